//! Loads a recorded city: service lists and requests as real endpoints sent them.
//!
//! Rows keep their fields as they are. What cannot be read as a row is counted and said.

use std::path::Path;

use jiff::Timestamp;
use rusqlite::Transaction;
use serde_json::{Value, json};

use crate::clock::Zone;
use crate::store::requests::{self, Id, New, as_text};
use crate::store::services::{self, Service};
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
    // A file of requests alone still has services in it, one per code.
    for row in &requests {
        let code = row.get("service_code").and_then(as_text);
        let name = row.get("service_name").and_then(as_text);
        if let Some(name) = name.or_else(|| code.clone())
            && service_file.is_none()
        {
            let code = code.unwrap_or_else(|| name.clone());
            insert_service(
                tx,
                json!({ "service_code": code, "service_name": name, "description": null, "metadata": false, "type": "realtime", "keywords": null, "group": null }),
            )?;
        }
    }
    // Oldest first, so that numbers grow with time, as in a city that took them one by one.
    for row in requests.into_iter().rev() {
        insert_request(tx, row, zone)?;
    }
    Ok(())
}

fn insert_service(tx: &Transaction, mut row: Value) -> Result<(), String> {
    let Some(code) = row.get("service_code").and_then(as_text) else {
        return Ok(());
    };
    let attributes = row
        .as_object_mut()
        .and_then(|fields| fields.shift_remove("attributes"));
    let has_metadata = matches!(
        row.get("metadata").and_then(|value| match value {
            Value::Bool(flag) => Some(*flag),
            other => as_text(other).map(|text| text.eq_ignore_ascii_case("true") || text == "1"),
        }),
        Some(true)
    );
    let definition = match attributes {
        Some(attributes) => Some(attributes),
        // The definition was not recorded: the service is asked for without questions.
        None => has_metadata.then(|| json!([])),
    };
    let definition =
        definition.map(|attributes| json!({ "service_code": code, "attributes": attributes }));
    let service = Service {
        row,
        definition,
        handling: json!({}),
    };
    services::insert(tx, &code, &service).map_err(|error| error.to_string())
}

fn insert_request(tx: &Transaction, row: Value, zone: &Zone) -> Result<(), String> {
    let moment = |name: &str| {
        row.get(name)
            .and_then(Value::as_str)
            .and_then(|text| zone.read_tolerantly(text))
    };
    let requested = moment("requested_datetime").unwrap_or(Timestamp::UNIX_EPOCH);
    let is_closed = row
        .get("status")
        .and_then(Value::as_str)
        .is_some_and(|status| status.trim().eq_ignore_ascii_case("closed"));
    let new = New {
        id: Id::Recorded(row.get("service_request_id").and_then(as_text)),
        stage: if is_closed {
            Stage::Closed
        } else {
            Stage::Received
        },
        requested,
        updated: moment("updated_datetime").unwrap_or(requested),
        due: moment("expected_datetime"),
        visible: Some(Timestamp::UNIX_EPOCH),
        token: None,
        key: None,
        row,
        answers: json!({}),
        contact: json!({}),
    };
    requests::insert(tx, new)
        .map(|_| ())
        .map_err(|error| error.to_string())
}

/// The rows of a file, whether they come bare, inside one of these names, or as one object.
fn rows(path: Option<&Path>, wrappers: &[&str], own_field: &str) -> Result<Vec<Value>, String> {
    let Some(path) = path else {
        return Ok(Vec::new());
    };
    let named = |problem: &dyn std::fmt::Display| format!("{}: {problem}", path.display());
    let text = std::fs::read_to_string(path).map_err(|error| named(&error))?;
    let value: Value =
        serde_json::from_str(text.trim_start_matches('\u{feff}')).map_err(|error| named(&error))?;
    let rows = unwrap(value, wrappers, own_field).ok_or_else(|| named(&"holds no list of rows"))?;
    let (rows, bad): (Vec<Value>, Vec<Value>) = rows.into_iter().partition(Value::is_object);
    if !bad.is_empty() {
        eprintln!(
            "sandbox: {}: {} rows are no objects and were left out",
            path.display(),
            bad.len()
        );
    }
    Ok(rows)
}

fn unwrap(value: Value, wrappers: &[&str], own_field: &str) -> Option<Vec<Value>> {
    match value {
        Value::Array(rows) => Some(rows),
        Value::Object(mut fields) => {
            let inner = wrappers.iter().find_map(|name| fields.remove(*name));
            match inner {
                Some(inner) => unwrap(inner, wrappers, own_field),
                None if fields.contains_key(own_field) => Some(vec![Value::Object(fields)]),
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
    fn rows_are_found_in_every_wrapping_that_was_met() {
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
