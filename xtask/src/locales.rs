//! The words of the interface: from files that people edit to arrays that the wasm indexes.
//!
//! English is the source and is compiled in. Another language travels as an array of its values in
//! the order of the English keys, so that no key has to travel; `build.rs` of the widget uses the same
//! order.

use std::collections::BTreeSet;
use std::path::Path;

use anyhow::{Context, Result, bail};
use serde_json::{Map, Value};

use crate::project::{files, read};

const SOURCE: &str = "en";

/// Every language but the source, as the wasm reads it: the language's tag and the file's text.
pub(crate) fn compact(folder: &Path) -> Result<Vec<(String, String)>> {
    let languages = load(folder)?;
    let Some((_, source)) = languages.iter().find(|(tag, _)| tag == SOURCE) else {
        return Ok(Vec::new());
    };
    let keys = keys(source);
    let mut found = Vec::new();
    for (tag, words) in languages.iter().filter(|(tag, _)| tag != SOURCE) {
        let values: Vec<&Value> = keys
            .iter()
            .map(|key| words.get(*key).unwrap_or(&Value::Null))
            .collect();
        found.push((tag.clone(), serde_json::to_string(&values)?));
    }
    Ok(found)
}

/// What is wrong with the words, a sentence each; nothing when all is well.
pub(crate) fn faults(folder: &Path) -> Result<Vec<String>> {
    let languages = load(folder)?;
    let Some((_, source)) = languages.iter().find(|(tag, _)| tag == SOURCE) else {
        return Ok(vec![format!(
            "{}/{SOURCE}.json is missing",
            folder.display()
        )]);
    };
    let mut faults = Vec::new();
    for (tag, words) in &languages {
        for key in keys(source) {
            match (source.get(key), words.get(key)) {
                (_, None) => faults.push(format!("{tag}: the key {key} is missing")),
                (Some(ours), Some(theirs)) => compare(tag, key, ours, theirs, &mut faults),
                (None, Some(_)) => {}
            }
        }
        for key in keys(words).difference(&keys(source)) {
            faults.push(format!("{tag}: the key {key} is not in {SOURCE}.json"));
        }
    }
    Ok(faults)
}

fn compare(tag: &str, key: &str, ours: &Value, theirs: &Value, faults: &mut Vec<String>) {
    let mut fault = |text: &str| faults.push(format!("{tag}: the key {key} {text}"));
    match (ours, theirs) {
        (Value::String(ours), Value::String(theirs)) => {
            if theirs.trim().is_empty() {
                fault("is empty");
            }
            if gaps(ours) != gaps(theirs) {
                fault("has other {names} than the English text");
            }
        }
        (Value::Object(_), Value::Object(forms)) => {
            if !forms.contains_key("other") {
                fault("has no plural form `other`");
            }
            let expected = ours.get("other").and_then(Value::as_str).map(gaps);
            let found = forms.get("other").and_then(Value::as_str).map(gaps);
            if expected != found {
                fault("has other {names} than the English text");
            }
            if !forms.values().all(Value::is_string) {
                fault("has a plural form that is no text");
            }
        }
        (Value::String(_) | Value::Object(_), _) => {
            fault("has plural forms in one language and plain text in another");
        }
        _ => fault("is neither a text nor an object of plural forms"),
    }
}

/// The names in braces that are filled in later.
fn gaps(text: &str) -> BTreeSet<&str> {
    text.split('{')
        .skip(1)
        .filter_map(|rest| rest.split_once('}').map(|(name, _)| name))
        .collect()
}

fn keys(words: &Map<String, Value>) -> BTreeSet<&str> {
    words.keys().map(String::as_str).collect()
}

fn load(folder: &Path) -> Result<Vec<(String, Map<String, Value>)>> {
    let mut languages = Vec::new();
    for path in files(folder, "json")? {
        let text = read(&path)?;
        let value = serde_json::from_str(&text)
            .with_context(|| format!("{} is no JSON", path.display()))?;
        let Value::Object(words) = value else {
            bail!("{} is no JSON object", path.display());
        };
        let tag = path.file_stem().unwrap_or_default().to_string_lossy();
        languages.push((tag.into_owned(), words));
    }
    Ok(languages)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn told(ours: Value, theirs: Value) -> Vec<String> {
        let mut faults = Vec::new();
        compare("es", "a.b", &ours, &theirs, &mut faults);
        faults
    }

    #[test]
    fn a_translation_keeps_the_names_that_are_filled_in() {
        assert!(told(json!("{n} of {all}"), json!("de {all}, {n}")).is_empty());
        assert_eq!(told(json!("{n} left"), json!("quedan")).len(), 1);
    }

    #[test]
    fn plural_forms_need_the_form_other() {
        let ours = json!({"one": "{n} day", "other": "{n} days"});
        assert!(told(ours.clone(), json!({"one": "{n} día", "other": "{n} días"})).is_empty());
        assert!(!told(ours.clone(), json!({"one": "{n} día"})).is_empty());
        assert!(!told(ours, json!("{n} días")).is_empty());
    }
}
