//! What a step offers, from the cell `action`: `service:CODE`, `https://…`, `tel:311`, `guide:ID`.

use serde_json::{Map, Value, json};

/// The kind and its value; None if the cell is nothing of these.
pub(crate) fn read(text: &str) -> Option<(&'static str, String)> {
    let text = text.trim();
    let lower = text.to_ascii_lowercase();
    for (start, kind) in [
        ("service:", "service"),
        ("guide:", "guide"),
        ("tel:", "phone"),
        ("download:", "download"),
    ] {
        if lower.starts_with(start) {
            let value = text.get(start.len()..)?.trim();
            return (!value.is_empty()).then(|| (kind, value.to_owned()));
        }
    }
    let is_address = ["https://", "http://", "mailto:"]
        .iter()
        .any(|start| lower.starts_with(start));
    is_address.then(|| ("url", text.to_owned()))
}

/// The action for the guide.
pub(crate) fn document(label: Value, kind: &str, value: String) -> Value {
    let mut action = Map::new();
    action.insert("label".to_owned(), label);
    action.insert(kind.to_owned(), json!(value));
    Value::Object(action)
}
