//! Riverton, the sample city: its services and notices, and some hundred requests with their
//! histories.

pub(crate) mod addresses;
mod event;
mod insert;
mod notices;
mod random;
mod requests;
mod showcase;
mod shows;
mod story;
pub(crate) mod streets;

use jiff::Timestamp;
use rusqlite::Transaction;
use serde_json::{Value, json};

use crate::clock::{self, Zone};
use crate::store;
use crate::store::services::{self, Service};
use story::Notes;

const SERVICES: [&str; 8] = [
    include_str!("../../data/services/streets.json"),
    include_str!("../../data/services/waste.json"),
    include_str!("../../data/services/parks.json"),
    include_str!("../../data/services/permits.json"),
    include_str!("../../data/services/water.json"),
    include_str!("../../data/services/neighborhood.json"),
    include_str!("../../data/services/animals.json"),
    include_str!("../../data/services/cityhall.json"),
];

pub(crate) fn fill(tx: &Transaction, now: Timestamp, zone: &Zone) -> Result<(), String> {
    fill_services(tx)?;
    notices::fill(tx, now, zone)?;
    let notes = Notes::read(include_str!("../../data/notes.json"))?;
    requests::fill(tx, &notes, now, zone).map_err(|error| error.to_string())
}

/// Gives a sample city of an earlier version today's services and notices; its requests stay.
pub(crate) fn renew(tx: &Transaction, zone: &Zone) -> Result<(), String> {
    let kind = store::fact(tx, "kind").map_err(|error| error.to_string())?;
    if kind.as_deref() != Some("sample") {
        return Ok(());
    }
    tx.execute("DELETE FROM services", [])
        .map_err(|error| error.to_string())?;
    fill_services(tx)?;
    notices::fill(tx, clock::now(), zone)
}

fn fill_services(tx: &Transaction) -> Result<(), String> {
    for text in SERVICES {
        let group: Value = serde_json::from_str(text).map_err(|error| error.to_string())?;
        for entry in group.as_array().into_iter().flatten() {
            let (code, service) = read(entry);
            services::insert(tx, &code, &service).map_err(|error| error.to_string())?;
        }
    }
    Ok(())
}

/// One entry of a service file: the row of the list, the questions, and how it is handled.
fn read(entry: &Value) -> (String, Service) {
    let field = |name: &str| entry.get(name).cloned().unwrap_or_default();
    let code = entry
        .get("service_code")
        .and_then(Value::as_str)
        .unwrap_or_default()
        .to_owned();
    let attributes = entry.get("attributes").and_then(Value::as_array);
    let row = json!({
        "service_code": code,
        "service_name": field("service_name"),
        "description": field("description"),
        "metadata": attributes.is_some(),
        "type": entry.get("type").cloned().unwrap_or(json!("realtime")),
        "keywords": field("keywords"),
        "group": field("group"),
    });
    let definition = attributes.map(|attributes| {
        let attributes: Vec<Value> = attributes
            .iter()
            .enumerate()
            .map(|(place, attribute)| definition_row(attribute, place))
            .collect();
        json!({ "service_code": code, "attributes": attributes })
    });
    let mut handling = field("handling");
    if let Some(handling) = handling.as_object_mut() {
        handling.insert("examples".into(), field("examples"));
    }
    (
        code,
        Service {
            row,
            definition,
            handling,
        },
    )
}

/// The files leave out what is usual; the answer has every field of the specification.
fn definition_row(attribute: &Value, place: usize) -> Value {
    let mut row = json!({
        "variable": true,
        "code": null,
        "datatype": "string",
        "required": false,
        "datatype_description": null,
        "order": place + 1,
        "description": null,
    });
    if let (Some(row), Some(fields)) = (row.as_object_mut(), attribute.as_object()) {
        for (name, value) in fields {
            row.insert(name.clone(), value.clone());
        }
    }
    row
}
