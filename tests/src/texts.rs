//! The texts of the interface, read from the widget's own files. Tests name a text by its key, so
//! that wording can be improved without touching a test.

use std::sync::OnceLock;

use serde_json::Value;

const ENGLISH: &str = include_str!("../../locales/en.json");
const BRITISH: &str = include_str!("../../locales/en-GB.json");
const SPANISH: &str = include_str!("../../locales/es.json");

/// The English text of a key; of a plural, the form for many. An unknown key is returned as it is,
/// so that a failing test names it.
pub fn en(key: &str) -> String {
    text(english(), key, "other")
}

/// The Spanish text of a key.
pub fn es(key: &str) -> String {
    static TEXTS: OnceLock<Value> = OnceLock::new();
    text(TEXTS.get_or_init(|| parse(SPANISH)), key, "other")
}

/// The British text of a key: the English one, unless it differs.
pub fn en_gb(key: &str) -> String {
    let changed = parse(BRITISH);
    let own = changed.get(key).is_some();
    text(if own { &changed } else { english() }, key, "other")
}

/// The English text of a key for this count, with `{count}` filled in.
pub fn plural(key: &str, count: usize) -> String {
    let form = if count == 1 { "one" } else { "other" };
    text(english(), key, form).replace("{count}", &count.to_string())
}

/// All texts of a language (`en` or `es`) up to their first placeholder, so that a test can look
/// for texts that must not appear.
pub fn phrases(language: &str) -> Vec<String> {
    let all = parse(if language == "es" { SPANISH } else { ENGLISH });
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

fn english() -> &'static Value {
    static TEXTS: OnceLock<Value> = OnceLock::new();
    TEXTS.get_or_init(|| parse(ENGLISH))
}

fn parse(source: &str) -> Value {
    serde_json::from_str(source).unwrap_or_default()
}

fn text(all: &Value, key: &str, form: &str) -> String {
    let phrase = all.get(key);
    let phrase = phrase.and_then(|phrase| phrase.get(form)).or(phrase);
    phrase.and_then(Value::as_str).unwrap_or(key).to_owned()
}
