//! Conventions that services, definitions and requests share: missing values, booleans, other names.

use serde_json::{Value, json};

use super::profile::{BooleanFormat, Dialect, Missing};
use super::service_codes::ServiceCodes;
use crate::json::as_text;

impl Missing {
    /// Rewrites the nulls of a row.
    pub(super) fn rewrite(self, row: &mut Value) {
        let Some(fields) = row.as_object_mut() else {
            return;
        };
        match self {
            Missing::Null => {}
            Missing::Omitted => fields.retain(|_, value| !value.is_null()),
            Missing::EmptyText => fields
                .values_mut()
                .filter(|value| value.is_null())
                .for_each(|value| *value = json!("")),
        }
    }
}

impl BooleanFormat {
    /// Rewrites a boolean; other values are not changed.
    pub(super) fn rewrite(self, value: &mut Value) {
        let Value::Bool(flag) = *value else {
            return;
        };
        *value = match self {
            BooleanFormat::Json => json!(flag),
            BooleanFormat::Text => json!(flag.to_string()),
            BooleanFormat::CapitalizedText => json!(if flag { "True" } else { "False" }),
            BooleanFormat::Number => json!(u8::from(flag)),
        };
    }
}

impl Dialect {
    pub(super) fn rewrite_service_code(&self, codes: &ServiceCodes, row: &mut Value) {
        if let Some(code) = row.get_mut("service_code")
            && let Some(internal) = as_text(code)
        {
            *code = codes.external(&internal);
        }
    }

    /// Gives fields their names in the dialect. A field called `groups` becomes a list.
    pub(super) fn rename_fields(&self, row: &mut Value) {
        let Some(fields) = row.as_object_mut() else {
            return;
        };
        for (name, renamed) in self.renamed_fields {
            if let Some(value) = fields.shift_remove(*name) {
                let value = if *renamed == "groups" && !value.is_null() {
                    json!([value])
                } else {
                    value
                };
                fields.insert((*renamed).to_owned(), value);
            }
        }
    }
}
