//! The service list and the definitions, and which questions this dialect can ask at all.

use serde_json::{Value, json};

use super::codes::Catalog;
use super::profile::{Definitions, Dialect, Extension, write_empties};
use crate::store::requests::as_text;
use crate::store::services::Service;

impl Dialect {
    fn asks(&self) -> bool {
        !matches!(
            self.definitions,
            Definitions::None | Definitions::WithoutQuestions
        )
    }

    /// Leaves in the definition what this dialect can say. A question whose condition it cannot tell
    /// is put to everyone and required of no one.
    pub(in crate::georeport) fn simplify(&self, service: &mut Service) {
        let attributes = service
            .definition
            .as_mut()
            .and_then(|definition| definition.get_mut("attributes"))
            .and_then(Value::as_array_mut);
        let Some(attributes) = attributes else {
            return;
        };
        if !self.asks() {
            attributes.clear();
        }
        attributes.retain(|attribute| self.automated || attribute.get("automated").is_none());
        for fields in attributes.iter_mut().filter_map(Value::as_object_mut) {
            fields.shift_remove("stops");
            fields.shift_remove("slots");
            for value in fields
                .get_mut("values")
                .and_then(Value::as_array_mut)
                .into_iter()
                .flatten()
            {
                if let Some(value) = value.as_object_mut() {
                    value.shift_remove("stop");
                }
            }
            if self.has(Extension::Conditions) {
                continue;
            }
            if fields.shift_remove("dependencies").is_some() {
                fields.insert("required".into(), json!(false));
            }
            let Some(alternatives) = fields.shift_remove("conditional_values") else {
                continue;
            };
            let more = alternatives.as_array().into_iter().flatten();
            let more = more.filter_map(|alternative| alternative.get("values")?.as_array());
            if let Some(values) = fields.get_mut("values").and_then(Value::as_array_mut) {
                for value in more.flatten() {
                    let key = |value: &Value| value.get("key").and_then(as_text);
                    if !values.iter().any(|known| key(known) == key(value)) {
                        values.push(value.clone());
                    }
                }
            }
        }
    }

    pub(super) fn service_row(&self, catalog: &Catalog, row: &mut Value) {
        self.own_code_out(catalog, row);
        if let Some(fields) = row.as_object_mut() {
            if !self.asks() {
                fields.insert("metadata".into(), json!(false));
            }
            if let Some(metadata) = fields.get_mut("metadata") {
                self.flags.write(metadata);
            }
            if self.keyword_list
                && let Some(Value::String(words)) = fields.get("keywords")
            {
                let words: Vec<&str> = words.split(',').map(str::trim).collect();
                let words = json!(words);
                fields.insert("keywords".into(), words);
            }
            fields.retain(|name, _| !self.without.contains(&name.as_str()));
        }
        self.rename(row);
        write_empties(self.empty, row);
    }

    pub(super) fn definition_row(&self, catalog: &Catalog, row: &mut Value) {
        if self.definitions == Definitions::WithoutQuestions {
            return self.service_row(catalog, row);
        }
        self.own_code_out(catalog, row);
        let attributes = row.get_mut("attributes").and_then(Value::as_array_mut);
        for attribute in attributes.into_iter().flatten() {
            for name in ["variable", "required"] {
                if let Some(flag) = attribute.get_mut(name) {
                    self.flags.write(flag);
                }
            }
            write_empties(self.empty, attribute);
        }
        if self.definitions == Definitions::Boston
            && let Some(fields) = row.as_object_mut()
        {
            let optional = json!({ "required": false, "visible": true });
            fields.insert(
                "definitions".into(),
                json!({ "location": { "required": true, "visible": true }, "reporter": optional }),
            );
        }
    }

    pub(super) fn own_code_out(&self, catalog: &Catalog, row: &mut Value) {
        if let Some(code) = row.get_mut("service_code")
            && let Some(own) = as_text(code)
        {
            *code = catalog.outside(&own);
        }
    }

    /// A list where the name says that there may be several.
    pub(super) fn rename(&self, row: &mut Value) {
        let Some(fields) = row.as_object_mut() else {
            return;
        };
        for (own, other) in self.renamed {
            if let Some(value) = fields.shift_remove(*own) {
                let value = if *other == "groups" && !value.is_null() {
                    json!([value])
                } else {
                    value
                };
                fields.insert((*other).to_owned(), value);
            }
        }
    }
}
