//! Riverton's services, from `data/services`.

use rusqlite::Transaction;
use serde::Deserialize;
use serde_json::{Map, Value, json};

use crate::json::to_value;
use crate::store::services::{self, Handling, Service, ServiceRow};

const FILES: [&str; 8] = [
    include_str!("../../data/services/streets.json"),
    include_str!("../../data/services/waste.json"),
    include_str!("../../data/services/parks.json"),
    include_str!("../../data/services/permits.json"),
    include_str!("../../data/services/water.json"),
    include_str!("../../data/services/neighborhood.json"),
    include_str!("../../data/services/animals.json"),
    include_str!("../../data/services/cityhall.json"),
];

/// An entry of a file: the row of the service list, the questions, and how the service is handled.
#[derive(Deserialize)]
struct SampleService {
    service_code: String,
    service_name: String,
    description: Option<String>,
    r#type: Option<String>,
    keywords: Option<String>,
    group: Option<String>,
    #[serde(default)]
    handling: Handling,
    /// JSON, since attributes have extensions and are served as they are.
    attributes: Option<Vec<Map<String, Value>>>,
    examples: Option<Vec<String>>,
}

pub(super) fn fill(tx: &Transaction) -> Result<(), String> {
    for text in FILES {
        let entries: Vec<SampleService> =
            serde_json::from_str(text).map_err(|error| error.to_string())?;
        for entry in entries {
            let code = entry.service_code.clone();
            services::insert(tx, &code, &service(entry)).map_err(|error| error.to_string())?;
        }
    }
    Ok(())
}

fn service(entry: SampleService) -> Service {
    let code = entry.service_code.as_str();
    let row = ServiceRow {
        description: entry.description.as_deref(),
        metadata: entry.attributes.is_some(),
        r#type: entry.r#type.as_deref().unwrap_or("realtime"),
        keywords: entry.keywords.as_deref(),
        group: entry.group.as_deref(),
        ..ServiceRow::new(code, &entry.service_name)
    };
    let row = to_value(row);
    let definition = entry.attributes.map(|attributes| {
        let attributes = attributes.into_iter().enumerate();
        let attributes: Value = attributes
            .map(|(index, attribute)| complete(attribute, index))
            .collect();
        json!({ "service_code": code, "attributes": attributes })
    });
    Service {
        row,
        definition,
        handling: Handling {
            examples: entry.examples,
            ..entry.handling
        },
    }
}

/// Adds the defaults that the files omit: the definition has every field of the specification.
fn complete(attribute: Map<String, Value>, index: usize) -> Value {
    let mut row = json!({
        "variable": true,
        "code": null,
        "datatype": "string",
        "required": false,
        "datatype_description": null,
        "order": index + 1,
        "description": null,
    });
    if let Some(fields) = row.as_object_mut() {
        fields.extend(attribute);
    }
    row
}
