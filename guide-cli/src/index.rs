//! Writes the index anew from the guides. What only the index says (offices, holidays, the order of
//! the guides, guides that stand elsewhere) is kept.

use std::path::Path;

use serde_json::{Map, Value, json};

use super::collection::{Collection, INDEX};
use super::file;
use super::finding::plural;
use super::output_json;

/// What the index repeats of a guide.
const REPEATED: [&str; 5] = ["id", "title", "summary", "topic", "keywords"];

/// Every guide of the folder.
pub(crate) fn run(folder: &Path) -> Result<String, String> {
    if !folder.is_dir() {
        let place = folder.display();
        return Err(format!(
            "{place}: this is no folder. Name the folder that has the guides."
        ));
    }
    let mut index = existing(folder)?;
    let collection = Collection::open(folder);
    let broken: Vec<String> = collection
        .faults
        .iter()
        .filter(|fault| !fault.file.ends_with(INDEX))
        .map(ToString::to_string)
        .collect();
    if !broken.is_empty() {
        let lines = broken.join("\n");
        return Err(format!(
            "{lines}\nThe index was left as it is, so that no guide drops out of it."
        ));
    }
    let mut entries = take_entries(&mut index);
    // What is gone from the folder goes from the list.
    entries.retain(|entry| is_elsewhere(entry) || collection.stems.contains(stem(entry)));
    for document in &collection.documents {
        let guide = output_json::from_read(&document.value);
        put(&mut entries, entry(&guide, &document.stem));
    }
    let number = entries.len();
    set_entries(&mut index, entries);
    output_json::save(&folder.join(INDEX), &Value::Object(index))?;
    let path = folder.join(INDEX);
    Ok(format!("{}: {}", path.display(), plural(number, "guide")))
}

/// Some guides that were just written, each with the name of its file.
pub(crate) fn add(folder: &Path, guides: &[(String, Value)]) -> Result<(), String> {
    let mut index = existing(folder)?;
    let mut entries = take_entries(&mut index);
    for (stem, guide) in guides {
        put(&mut entries, entry(guide, stem));
    }
    set_entries(&mut index, entries);
    output_json::save(&folder.join(INDEX), &Value::Object(index))
}

/// The index that is there, or an empty one.
pub(crate) fn existing(folder: &Path) -> Result<Map<String, Value>, String> {
    let path = folder.join(INDEX);
    if !path.exists() && !path.is_symlink() {
        return Ok(Map::new());
    }
    let value = file::read_json(&path).map_err(|fault| fault.line(&path))?;
    match output_json::from_read(&value) {
        Value::Object(fields) => Ok(fields),
        _ => {
            let place = path.display();
            Err(format!(
                "{place}: this is no index. Mend it, or remove it to begin anew."
            ))
        }
    }
}

/// A guide as the index tells it.
pub(crate) fn entry(guide: &Value, stem: &str) -> Value {
    let mut fields = Map::new();
    for key in REPEATED {
        if let Some(value) = guide.get(key) {
            fields.insert(key.to_owned(), value.clone());
        }
    }
    fields.insert("url".to_owned(), json!(format!("{stem}.json")));
    Value::Object(fields)
}

fn take_entries(index: &mut Map<String, Value>) -> Vec<Value> {
    match index.get_mut("guides").map(Value::take) {
        Some(Value::Array(entries)) => entries,
        _ => Vec::new(),
    }
}

fn set_entries(index: &mut Map<String, Value>, entries: Vec<Value>) {
    index.insert("guides".to_owned(), Value::Array(entries));
}

fn put(entries: &mut Vec<Value>, new: Value) {
    let known = entries.iter_mut().find(|entry| stem(entry) == stem(&new));
    match known {
        Some(entry) => *entry = new,
        None => entries.push(new),
    }
}

fn url(entry: &Value) -> &str {
    let url = entry.get("url").and_then(Value::as_str);
    url.unwrap_or_default().trim_start_matches("./")
}

fn stem(entry: &Value) -> &str {
    url(entry).strip_suffix(".json").unwrap_or_default()
}

fn is_elsewhere(entry: &Value) -> bool {
    url(entry).contains(['/', ':', '?'])
}
