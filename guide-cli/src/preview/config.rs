//! The config and the index that the preview serves to the widget.

use serde::Serialize;
use serde_json::{Map, Value};

use crate::collection::Collection;
use crate::index::entry;
use crate::pretty_json::to_value;

/// The config of a city without services.
#[derive(Serialize)]
pub(super) struct Config {
    name: &'static str,
    endpoint: &'static str,
    languages: Vec<String>,
    guides: &'static str,
}

pub(super) fn config(collection: &Collection) -> Config {
    Config {
        name: "Preview",
        endpoint: "open311/v2",
        languages: languages(collection),
        guides: "guides/index.json",
    }
}

/// The index of the folder; for a single guide, an index that lists only that guide.
pub(super) fn index(collection: &Collection) -> Value {
    let existing = collection.index.as_ref();
    let existing = existing.map(|index| to_value(&index.value));
    if collection.is_whole_folder
        && let Some(index) = existing
    {
        return index;
    }
    let mut index = match existing {
        Some(Value::Object(fields)) => fields,
        _ => Map::new(),
    };
    let documents = collection.documents.iter();
    let entries = documents.map(|document| entry(&to_value(&document.value), &document.stem));
    index.insert("guides".to_owned(), Value::Array(entries.collect()));
    Value::Object(index)
}

/// The languages of the titles; a machine translation counts as its language.
fn languages(collection: &Collection) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for document in &collection.documents {
        for (tag, _) in document.guide.title.entries() {
            let language = tag.split("-t-").next().unwrap_or_default().to_owned();
            if !language.is_empty() && !found.contains(&language) {
                found.push(language);
            }
        }
    }
    if found.is_empty() {
        found.push("en".to_owned());
    }
    found
}
