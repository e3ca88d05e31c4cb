//! The texts of the interface: from files that people edit to arrays that the wasm indexes.
//!
//! English is the source and is compiled in. Every other language is sent as an array of its values in the order of the
//! English keys, without the keys; `core/build.rs` uses the same order. A file of a region, such as `en-GB`, holds only what
//! differs from its language; everything else is sent as null, for which the widget uses what is compiled in.

use std::collections::BTreeSet;
use std::path::Path;

use anyhow::{Context, Result, bail};
use serde_json::{Map, Value};

use crate::plain_words;
use crate::project::{files, read};

const SOURCE: &str = "en";

/// Regions with a file of their own: the widget asks for no other (`file_of` in src/app/language.rs).
const REGIONS: [&str; 1] = ["en-GB"];

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
        if tag.contains('-') {
            faults.extend(regional_faults(tag, source, texts));
            let mut whole = source.clone();
            whole.extend(texts.clone());
            faults.extend(plain_words::faults(tag, &whole));
            continue;
        }
        faults.extend(plain_words::faults(tag, texts));
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

/// A sentence for each language: how hard its texts are to read.
pub(crate) fn levels(folder: &Path) -> Result<Vec<String>> {
    let languages = load(folder)?;
    let whole = languages.iter().filter(|(tag, _)| !tag.contains('-'));
    Ok(whole
        .filter_map(|(tag, texts)| plain_words::level(tag, texts))
        .collect())
}

/// The faults of a file that holds what a region changes in the source.
fn regional_faults(
    tag: &str,
    source: &Map<String, Value>,
    texts: &Map<String, Value>,
) -> Vec<String> {
    let mut faults = Vec::new();
    if !REGIONS.contains(&tag) {
        faults.push(format!("{tag}: the widget asks for no such file"));
    }
    for (key, theirs) in texts {
        match source.get(key) {
            None => faults.push(format!("{tag}: the key {key} is not in {SOURCE}.json")),
            Some(ours) if ours == theirs => faults.push(format!(
                "{tag}: the key {key} says what {SOURCE}.json says; leave it out"
            )),
            Some(ours) => compare(tag, key, ours, theirs, &mut faults),
        }
    }
    faults
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
    fn a_region_holds_only_what_it_changes() {
        let source = json!({"a": "the city center", "b": "{n} days"});
        let source = source.as_object().unwrap();
        let faults =
            |tag: &str, texts: Value| regional_faults(tag, source, texts.as_object().unwrap());
        assert!(faults("en-GB", json!({"a": "the city centre"})).is_empty());
        for (tag, texts) in [
            ("en-GB", json!({"a": "the city center"})),
            ("en-GB", json!({"b": "days"})),
            ("en-GB", json!({"c": "new"})),
            ("pt-BR", json!({"a": "o centro"})),
        ] {
            assert_eq!(faults(tag, texts.clone()).len(), 1, "{tag} {texts}");
        }
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
