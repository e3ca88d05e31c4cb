//! The service list and the definitions in a dialect, and the questions that it supports.

use serde_json::{Map, Value, json};

use super::profile::{Definitions, Dialect, Extension};
use super::service_codes::ServiceCodes;
use crate::json::text_field;
use crate::store::services::Service;

impl Dialect {
    /// Removes from the definition what this dialect does not support. A question with a condition is
    /// then asked of everybody, but not required.
    pub(in crate::georeport) fn simplify(&self, service: &mut Service) {
        let definition = service.definition.as_mut();
        let attributes = definition
            .and_then(|definition| definition.get_mut("attributes"))
            .and_then(Value::as_array_mut);
        let Some(attributes) = attributes else {
            return;
        };
        if !self.has_questions() {
            attributes.clear();
        }
        attributes.retain(|attribute| self.has_automated || attribute.get("automated").is_none());
        for fields in attributes.iter_mut().filter_map(Value::as_object_mut) {
            fields.shift_remove("stops");
            fields.shift_remove("slots");
            let values = fields.get_mut("values").and_then(Value::as_array_mut);
            let values = values.into_iter().flatten();
            for value in values.filter_map(Value::as_object_mut) {
                value.shift_remove("stop");
            }
            if !self.has(Extension::Conditions) {
                remove_conditions(fields);
            }
        }
    }

    pub(super) fn rewrite_service(&self, codes: &ServiceCodes, row: &mut Value) {
        self.rewrite_service_code(codes, row);
        if let Some(fields) = row.as_object_mut() {
            if !self.has_questions() {
                fields.insert("metadata".into(), json!(false));
            }
            if let Some(metadata) = fields.get_mut("metadata") {
                self.booleans.rewrite(metadata);
            }
            if self.keyword_list
                && let Some(Value::String(keywords)) = fields.get("keywords")
            {
                let keywords: Value = keywords.split(',').map(str::trim).collect();
                fields.insert("keywords".into(), keywords);
            }
            fields.retain(|name, _| !self.omitted_service_fields.contains(&name.as_str()));
        }
        self.rename_fields(row);
        self.missing.rewrite(row);
    }

    pub(super) fn rewrite_definition(&self, codes: &ServiceCodes, row: &mut Value) {
        if self.definitions == Definitions::WithoutQuestions {
            return self.rewrite_service(codes, row);
        }
        self.rewrite_service_code(codes, row);
        let attributes = row.get_mut("attributes").and_then(Value::as_array_mut);
        for attribute in attributes.into_iter().flatten() {
            for name in ["variable", "required"] {
                if let Some(flag) = attribute.get_mut(name) {
                    self.booleans.rewrite(flag);
                }
            }
            self.missing.rewrite(attribute);
        }
        if self.definitions == Definitions::Boston
            && let Some(fields) = row.as_object_mut()
        {
            let required = json!({ "required": true, "visible": true });
            let optional = json!({ "required": false, "visible": true });
            fields.insert(
                "definitions".into(),
                json!({ "location": required, "reporter": optional }),
            );
        }
    }
}

/// The values of all alternatives are offered; a question with a condition is not required.
fn remove_conditions(fields: &mut Map<String, Value>) {
    if fields.shift_remove("dependencies").is_some() {
        fields.insert("required".into(), json!(false));
    }
    let Some(alternatives) = fields.shift_remove("conditional_values") else {
        return;
    };
    let alternatives = alternatives.as_array().into_iter().flatten();
    let more = alternatives.filter_map(|alternative| alternative.get("values")?.as_array());
    if let Some(values) = fields.get_mut("values").and_then(Value::as_array_mut) {
        for value in more.flatten() {
            let key = text_field(value, "key");
            if !values.iter().any(|known| text_field(known, "key") == key) {
                values.push(value.clone());
            }
        }
    }
}
