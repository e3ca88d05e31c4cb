//! The JSON Schema of the documents, for editors that complete and mark while somebody writes.

use guide::{Guide, Index};

use super::options::Shape;

/// The schema as text.
pub(crate) fn text(of: Shape) -> String {
    let schema = match of {
        Shape::Guide => schemars::schema_for!(Guide),
        Shape::Index => schemars::schema_for!(Index),
    };
    serde_json::to_string_pretty(schema.as_value()).unwrap_or_default()
}
