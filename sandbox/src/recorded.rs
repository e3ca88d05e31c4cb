//! Loads a recorded city: service lists and requests as real endpoints sent them.
//!
//! Rows keep all their fields unchanged, so they stay JSON values. Rows that are not objects are
//! left out, and their number is printed.

use std::path::Path;

use jiff::Timestamp;
use rusqlite::Transaction;
use serde_json::{Map, Value, json};

use crate::clock::Zone;
use crate::json::{as_text, str_field, text_field, to_value};
use crate::store::requests::{self, IdSource, NewRequest};
use crate::store::services::{self, Handling, Service, ServiceRow};
use crate::store::stage::Stage;

pub(crate) fn load(
    tx: &Transaction,
    service_file: Option<&Path>,
    request_file: Option<&Path>,
    zone: &Zone,
) -> Result<(), String> {
    let services = rows(service_file, &["services", "service"], "service_code")?;
    let requests = rows(
        request_file,
        &["requests", "service_requests", "request"],
        "status",
    )?;
    for row in services {
        insert_service(tx, row)?;
    }
    // Without a service list, the services are those that the requests name.
    for row in &requests {
        let code = text_field(row, "service_code");
        let name = text_field(row, "service_name");
        if let Some(name) = name.or_else(|| code.clone())
            && service_file.is_none()
        {
            let code = code.unwrap_or_else(|| name.clone());
            let row = ServiceRow::new(&code, &name);
            insert_service(tx, to_value(row))?;
        }
    }
    // Recordings are newest first; inserted oldest first, numbers grow with time.
    for row in requests.into_iter().rev() {
        insert_request(tx, row, zone)?;
    }
    Ok(())
}

fn insert_service(tx: &Transaction, mut row: Value) -> Result<(), String> {
    let Some(code) = text_field(&row, "service_code") else {
        return Ok(());
    };
    let attributes = row
        .as_object_mut()
        .and_then(|fields| fields.shift_remove("attributes"));
    let has_metadata = row.get("metadata").is_some_and(|value| match value {
        Value::Bool(flag) => *flag,
        other => {
            as_text(other).is_some_and(|text| text.eq_ignore_ascii_case("true") || text == "1")
        }
    });
    let definition = match attributes {
        Some(attributes) => Some(attributes),
        // The definition was not recorded: the form has no questions.
        None => has_metadata.then(|| json!([])),
    };
    let definition =
        definition.map(|attributes| json!({ "service_code": code, "attributes": attributes }));
    let service = Service {
        row,
        definition,
        handling: Handling::default(),
    };
    services::insert(tx, &code, &service).map_err(|error| error.to_string())
}

fn insert_request(tx: &Transaction, row: Value, zone: &Zone) -> Result<(), String> {
    let datetime = |name: &str| zone.parse_lenient(str_field(&row, name)?);
    let requested = datetime("requested_datetime").unwrap_or(Timestamp::UNIX_EPOCH);
    let is_closed = str_field(&row, "status")
        .is_some_and(|status| status.trim().eq_ignore_ascii_case("closed"));
    let new = NewRequest {
        id: IdSource::Recorded(text_field(&row, "service_request_id")),
        stage: if is_closed {
            Stage::Closed
        } else {
            Stage::Received
        },
        requested,
        updated: datetime("updated_datetime").unwrap_or(requested),
        due: datetime("expected_datetime"),
        visible: Some(Timestamp::UNIX_EPOCH),
        token: None,
        key: None,
        row,
        answers: Map::new(),
        contact: Map::new(),
    };
    requests::insert(tx, new)
        .map(|_| ())
        .map_err(|error| error.to_string())
}

/// The rows of a file: a list, a list inside one of the `wrappers`, or one object, which is
/// recognized by `row_field`.
fn rows(path: Option<&Path>, wrappers: &[&str], row_field: &str) -> Result<Vec<Value>, String> {
    let Some(path) = path else {
        return Ok(Vec::new());
    };
    let in_file = |error: &dyn std::fmt::Display| format!("{}: {error}", path.display());
    let text = std::fs::read_to_string(path).map_err(|error| in_file(&error))?;
    let value: Value = serde_json::from_str(text.trim_start_matches('\u{feff}'))
        .map_err(|error| in_file(&error))?;
    let rows =
        unwrap(value, wrappers, row_field).ok_or_else(|| in_file(&"contains no list of rows"))?;
    let (rows, invalid): (Vec<Value>, Vec<Value>) = rows.into_iter().partition(Value::is_object);
    if !invalid.is_empty() {
        eprintln!(
            "sandbox: {}: left out {} rows that are not objects",
            path.display(),
            invalid.len()
        );
    }
    Ok(rows)
}

fn unwrap(value: Value, wrappers: &[&str], row_field: &str) -> Option<Vec<Value>> {
    match value {
        Value::Array(rows) => Some(rows),
        Value::Object(mut fields) => {
            let inner = wrappers.iter().find_map(|name| fields.remove(*name));
            match inner {
                Some(inner) => unwrap(inner, wrappers, row_field),
                None if fields.contains_key(row_field) => Some(vec![Value::Object(fields)]),
                None => None,
            }
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_found_in_every_known_wrapper() {
        let names = ["requests", "service_requests", "request"];
        for (value, rows) in [
            (json!([{"status": "open"}]), Some(1)),
            (json!({"requests": [{}, {}], "meta": {}}), Some(2)),
            (
                json!({"service_requests": {"request": {"status": "open"}}}),
                Some(1),
            ),
            (json!({"status": "open"}), Some(1)),
            (json!({"error": "no"}), None),
            (json!("no"), None),
        ] {
            let found = unwrap(value.clone(), &names, "status").map(|rows| rows.len());
            assert_eq!(found, rows, "{value}");
        }
    }
}
