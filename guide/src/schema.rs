//! What the JSON Schemas of documents have in common.

use schemars::Schema;
use schemars::transform::{Transform, transform_subschemas};

/// Removes the default of every property whose type has a definition of its own. schemars writes such defaults only if
/// the type implements `Serialize`, and a schema must not depend on whether the feature `serde` is enabled, too.
#[derive(Clone, Debug)]
pub struct WithoutDefaultsOfReferences;

impl Transform for WithoutDefaultsOfReferences {
    fn transform(&mut self, schema: &mut Schema) {
        transform_subschemas(self, schema);
        let alternatives = schema.get("anyOf").and_then(|any| any.as_array());
        let is_reference = schema.get("$ref").is_some()
            || schema
                .get("items")
                .is_some_and(|items| items.get("$ref").is_some())
            || alternatives.is_some_and(|any| any.iter().any(|one| one.get("$ref").is_some()));
        if is_reference {
            schema.remove("default");
        }
    }
}
