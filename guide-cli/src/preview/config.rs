//! The config and the index that the widget is given.

use serde_json::{Map, Value, json};

use crate::collection::Collection;
use crate::index::entry;
use crate::output_json::from_read;

/// A city without services whose guides are those of the folder.
pub(super) fn config(collection: &Collection) -> Value {
    json!({
        "name": "Preview",
        "endpoint": "open311/v2",
        "languages": languages(collection),
        "guides": "guides/index.json",
    })
}

/// The index as it would be written now: of one guide alone, with the offices beside it.
pub(super) fn index(collection: &Collection) -> Value {
    let own = collection
        .index
        .as_ref()
        .map(|index| from_read(&index.value));
    if collection.is_whole
        && let Some(index) = own
    {
        return index;
    }
    let mut index = match own {
        Some(Value::Object(fields)) => fields,
        _ => Map::new(),
    };
    let documents = collection.documents.iter();
    let entries = documents.map(|document| entry(&from_read(&document.value), &document.stem));
    index.insert("guides".to_owned(), Value::Array(entries.collect()));
    Value::Object(index)
}

/// Languages of the titles; those of a machine's translation count as the language itself.
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
