//! The JSON Schema of the documents, with which editors complete and validate while an author types.

use guide::{Guide, Index, WithoutDefaultsOfReferences};
use schemars::transform::Transform as _;
use serde_json::{Value, json};

use crate::args::DocumentKind;

/// The schema as text.
pub(crate) fn text(document: DocumentKind) -> String {
    let (mut schema, title, required) = match document {
        DocumentKind::Guide => (
            schemars::schema_for!(Guide),
            "A guide of Frontdoor",
            json!(["id", "title", "steps"]),
        ),
        DocumentKind::Index => (
            schemars::schema_for!(Index),
            "The index of Frontdoor’s guides",
            json!(["guides"]),
        ),
    };
    WithoutDefaultsOfReferences.transform(&mut schema);
    let mut schema = schema.to_value();
    // The reader tolerates missing keys; authors should not leave these out.
    if let Some(fields) = schema.as_object_mut() {
        fields.insert("required".to_owned(), required);
    }
    if let Some(type_name) = schema.get_mut("title") {
        *type_name = json!(title);
    }
    // The key by which a document names its schema is for editors, and not unknown.
    if let Some(properties) = schema.get_mut("properties").and_then(Value::as_object_mut) {
        properties.insert("$schema".to_owned(), json!({"type": "string"}));
    }
    serde_json::to_string_pretty(&schema).unwrap_or_default()
}
