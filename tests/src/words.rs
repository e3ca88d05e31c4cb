//! The interface's words, read from the same files as the widget's: a test names what is
//! meant, and the words may be improved without touching it.

use std::sync::OnceLock;

use serde_json::Value;

const ENGLISH: &str = include_str!("../../locales/en.json");
const SPANISH: &str = include_str!("../../locales/es.json");

/// The English words of a key; for a plural, those for many. The key itself where there are none,
/// so that a failing test names it.
pub fn en(key: &str) -> String {
    static WORDS: OnceLock<Value> = OnceLock::new();
    words(&WORDS, ENGLISH, key, "other")
}

/// The Spanish words of a key.
pub fn es(key: &str) -> String {
    static WORDS: OnceLock<Value> = OnceLock::new();
    words(&WORDS, SPANISH, key, "other")
}

/// The English words of a key with its place `{count}` filled.
pub fn plural(key: &str, count: usize) -> String {
    static WORDS: OnceLock<Value> = OnceLock::new();
    let form = if count == 1 { "one" } else { "other" };
    words(&WORDS, ENGLISH, key, form).replace("{count}", &count.to_string())
}

/// All phrases of a language (`en` or `es`) up to their first place to fill, so that a test can
/// look for words that should not be there.
pub fn phrases(language: &str) -> Vec<String> {
    let source = if language == "es" { SPANISH } else { ENGLISH };
    let all: Value = serde_json::from_str(source).unwrap_or_default();
    let all = all.as_object().into_iter().flat_map(|all| all.values());
    let texts = all.flat_map(|phrase| match phrase {
        Value::Object(forms) => forms.values().filter_map(Value::as_str).collect(),
        other => other.as_str().into_iter().collect::<Vec<_>>(),
    });
    texts
        .filter_map(|text| text.split('{').next())
        .map(|text| text.trim().to_owned())
        .collect()
}

fn words(file: &OnceLock<Value>, source: &str, key: &str, form: &str) -> String {
    let all = file.get_or_init(|| serde_json::from_str(source).unwrap_or_default());
    let phrase = all.get(key);
    let phrase = phrase.and_then(|phrase| phrase.get(form)).or(phrase);
    phrase.and_then(Value::as_str).unwrap_or(key).to_owned()
}
