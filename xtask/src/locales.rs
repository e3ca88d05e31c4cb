//! The texts of the interface: from files that people edit to arrays that the wasm indexes.
//!
//! English is the source and is compiled in. Every other language is sent as an array of its values in the order of the
//! English keys, without the keys; `core/build.rs` uses the same order.

use std::collections::BTreeSet;
use std::path::Path;

use anyhow::{Context, Result, bail};
use serde_json::{Map, Value};

use crate::project::{files, read};

const SOURCE: &str = "en";

/// Every language except the source, as the wasm reads it: the language's tag and the file's text.
pub(crate) fn compact(folder: &Path) -> Result<Vec<(String, String)>> {
    let languages = load(folder)?;
    let Some((_, source)) = languages.iter().find(|(tag, _)| tag == SOURCE) else {
        return Ok(Vec::new());
    };
    let keys = keys(source);
    let mut found = Vec::new();
    for (tag, texts) in languages.iter().filter(|(tag, _)| tag != SOURCE) {
        let values: Vec<&Value> = keys
            .iter()
            .map(|key| texts.get(*key).unwrap_or(&Value::Null))
            .collect();
        found.push((tag.clone(), serde_json::to_string(&values)?));
    }
    Ok(found)
}

/// A sentence for each fault in the texts.
pub(crate) fn faults(folder: &Path) -> Result<Vec<String>> {
    let languages = load(folder)?;
    let Some((_, source)) = languages.iter().find(|(tag, _)| tag == SOURCE) else {
        return Ok(vec![format!(
            "{}/{SOURCE}.json is missing",
            folder.display()
        )]);
    };
    let mut faults = Vec::new();
    for (tag, texts) in &languages {
        for key in keys(source) {
            match (source.get(key), texts.get(key)) {
                (_, None) => faults.push(format!("{tag}: the key {key} is missing")),
                (Some(ours), Some(theirs)) => compare(tag, key, ours, theirs, &mut faults),
                (None, Some(_)) => {}
            }
        }
        for key in keys(texts).difference(&keys(source)) {
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
            if placeholders(ours) != placeholders(theirs) {
                fault("has other placeholders than the English text");
            }
        }
        (Value::Object(_), Value::Object(forms)) => {
            if !forms.contains_key("other") {
                fault("has no plural form `other`");
            }
            let expected = ours.get("other").and_then(Value::as_str).map(placeholders);
            let found = forms.get("other").and_then(Value::as_str).map(placeholders);
            if expected != found {
                fault("has other placeholders than the English text");
            }
            if !forms.values().all(Value::is_string) {
                fault("has a plural form that is not a text");
            }
        }
        (Value::String(_) | Value::Object(_), _) => {
            fault("has plural forms in one language and plain text in another");
        }
        _ => fault("is neither a text nor an object of plural forms"),
    }
}

/// The names of the placeholders in a text.
fn placeholders(text: &str) -> BTreeSet<&str> {
    text.split('{')
        .skip(1)
        .filter_map(|rest| rest.split_once('}').map(|(name, _)| name))
        .collect()
}

fn keys(texts: &Map<String, Value>) -> BTreeSet<&str> {
    texts.keys().map(String::as_str).collect()
}

fn load(folder: &Path) -> Result<Vec<(String, Map<String, Value>)>> {
    let mut languages = Vec::new();
    for path in files(folder, "json")? {
        let text = read(&path)?;
        let value = serde_json::from_str(&text)
            .with_context(|| format!("{} is not JSON", path.display()))?;
        let Value::Object(texts) = value else {
            bail!("{} is not a JSON object", path.display());
        };
        let tag = path.file_stem().unwrap_or_default().to_string_lossy();
        languages.push((tag.into_owned(), texts));
    }
    Ok(languages)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn faults_of(ours: Value, theirs: Value) -> Vec<String> {
        let mut faults = Vec::new();
        compare("es", "a.b", &ours, &theirs, &mut faults);
        faults
    }

    #[test]
    fn a_translation_keeps_the_placeholders() {
        assert!(faults_of(json!("{n} of {all}"), json!("de {all}, {n}")).is_empty());
        assert_eq!(faults_of(json!("{n} left"), json!("quedan")).len(), 1);
    }

    #[test]
    fn plural_forms_need_the_form_other() {
        let ours = json!({"one": "{n} day", "other": "{n} days"});
        assert!(faults_of(ours.clone(), json!({"one": "{n} día", "other": "{n} días"})).is_empty());
        assert!(!faults_of(ours.clone(), json!({"one": "{n} día"})).is_empty());
        assert!(!faults_of(ours, json!("{n} días")).is_empty());
    }
}
