//! Updates the index from the guides. What only the index has (offices, holidays, the order of the guides, guides on
//! other sites, unknown keys) is kept, which is why it is edited as JSON.

use std::path::Path;

use serde_json::{Map, Value, json};

use crate::collection::{Collection, INDEX};
use crate::file;
use crate::finding::plural;
use crate::pretty_json::{save, to_value};

/// The keys of a guide that its entry repeats.
const REPEATED: [&str; 5] = ["id", "title", "summary", "topic", "keywords"];

/// Updates the entries of all guides in a folder.
pub(crate) fn run(folder: &Path) -> Result<String, String> {
    if !folder.is_dir() {
        let folder = folder.display();
        return Err(format!(
            "{folder}: this is no folder. Name the folder that has the guides."
        ));
    }
    let mut index = read_existing(folder)?;
    let collection = Collection::open(folder);
    let unreadable: Vec<String> = collection
        .unreadable
        .iter()
        .filter(|finding| !finding.file.ends_with(INDEX))
        .map(ToString::to_string)
        .collect();
    if !unreadable.is_empty() {
        let lines = unreadable.join("\n");
        return Err(format!(
            "{lines}\nThe index was left as it is, so that no guide drops out of it."
        ));
    }
    let mut entries = take_entries(&mut index);
    // Entries of deleted guides are removed.
    entries.retain(|entry| is_elsewhere(entry) || collection.stems.contains(stem(entry)));
    for document in &collection.documents {
        let guide = to_value(&document.value);
        insert_or_replace(&mut entries, entry(&guide, &document.stem));
    }
    let number = entries.len();
    set_entries(&mut index, entries);
    save(&folder.join(INDEX), &Value::Object(index))?;
    let path = folder.join(INDEX);
    Ok(format!("{}: {}", path.display(), plural(number, "guide")))
}

/// Updates the entries of guides that were just written, each given with its file name without `.json`.
pub(crate) fn update(folder: &Path, guides: &[(String, Value)]) -> Result<(), String> {
    let mut index = read_existing(folder)?;
    let mut entries = take_entries(&mut index);
    for (stem, guide) in guides {
        insert_or_replace(&mut entries, entry(guide, stem));
    }
    set_entries(&mut index, entries);
    save(&folder.join(INDEX), &Value::Object(index))
}

/// The existing index, or an empty one.
pub(crate) fn read_existing(folder: &Path) -> Result<Map<String, Value>, String> {
    let path = folder.join(INDEX);
    if !path.exists() && !path.is_symlink() {
        return Ok(Map::new());
    }
    let value = file::read_json(&path).map_err(|error| error.at(&path))?;
    match to_value(&value) {
        Value::Object(fields) => Ok(fields),
        _ => {
            let path = path.display();
            Err(format!(
                "{path}: this is no index. Mend it, or remove it to begin anew."
            ))
        }
    }
}

/// The entry of a guide.
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

fn insert_or_replace(entries: &mut Vec<Value>, new: Value) {
    let existing = entries.iter_mut().find(|entry| stem(entry) == stem(&new));
    match existing {
        Some(entry) => *entry = new,
        None => entries.push(new),
    }
}

fn url(entry: &Value) -> &str {
    let url = entry.get("url").and_then(Value::as_str);
    url.unwrap_or_default().trim_start_matches("./")
}

/// The file name without `.json`; empty for an entry with another URL.
fn stem(entry: &Value) -> &str {
    url(entry).strip_suffix(".json").unwrap_or_default()
}

/// True for a guide in another folder or on another site.
fn is_elsewhere(entry: &Value) -> bool {
    url(entry).contains(['/', ':', '?'])
}
