//! The JSON Schema of the documents, for editors that complete and mark while somebody writes.

use guide::{Guide, Index};
use serde_json::{Value, json};

use super::options::Shape;

/// The schema as text.
pub(crate) fn text(of: Shape) -> String {
    let (schema, title, needed) = match of {
        Shape::Guide => (
            schemars::schema_for!(Guide),
            "A guide of Frontdoor",
            json!(["id", "title", "steps"]),
        ),
        Shape::Index => (
            schemars::schema_for!(Index),
            "The index of Frontdoor’s guides",
            json!(["guides"]),
        ),
    };
    let mut schema = schema.to_value();
    // The reader does without everything; whoever writes a guide does not.
    if let Some(fields) = schema.as_object_mut() {
        fields.insert("required".to_owned(), needed);
    }
    if let Some(title_of) = schema.get_mut("title") {
        *title_of = json!(title);
    }
    // The key by which a document names this schema is read by editors alone, and no unknown one.
    if let Some(properties) = schema.get_mut("properties").and_then(Value::as_object_mut) {
        properties.insert("$schema".to_owned(), json!({"type": "string"}));
    }
    serde_json::to_string_pretty(&schema).unwrap_or_default()
}
