//! Recorded responses of real cities, read without losing a row. They are not part of the repository: they are in
//! the folder that `OPEN311_RECORDED` names, or in `shared` next to the checkout. Without them the tests print a
//! note and pass. Only JSON is read.
#![allow(clippy::unwrap_used, clippy::print_stdout, clippy::print_stderr)]

use std::path::PathBuf;

use open311::{Reading, Stage, json, read_requests, read_services};

fn folder() -> Option<PathBuf> {
    let default = concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared/open311/recorded");
    let folder = std::env::var_os("OPEN311_RECORDED").map_or(PathBuf::from(default), PathBuf::from);
    if folder.is_dir() {
        return Some(folder);
    }
    eprintln!(
        "recorded responses: no folder {}, so nothing was read. Set OPEN311_RECORDED to their folder.",
        folder.display()
    );
    None
}

/// Names and contents of all recorded JSON files, sorted by name.
fn recorded() -> Vec<(String, String)> {
    let Some(folder) = folder() else {
        return Vec::new();
    };
    let mut files: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| {
            path.extension()
                .is_some_and(|extension| extension == "json")
        })
        .map(|path| {
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            (name, std::fs::read_to_string(path).unwrap())
        })
        .collect();
    files.sort();
    files
}

/// The number of rows according to serde_json.
fn count_rows(text: &str) -> usize {
    let value: serde_json::Value = serde_json::from_str(text).unwrap();
    value.as_array().unwrap().len()
}

fn report<T>(name: &str, text: &str, reading: &Reading<T>) {
    println!(
        "{name}: {} rows, {} bad rows, {} nulls, unknown fields: {}",
        reading.rows.len(),
        reading.bad_rows,
        reading.nulls,
        match reading.unknown_fields.as_slice() {
            [] => "none".to_owned(),
            names => names.join(", "),
        }
    );
    assert_eq!(reading.rows.len(), count_rows(text), "{name}");
    assert_eq!(reading.bad_rows, 0, "{name}");
}

#[test]
fn every_recorded_row_is_read() {
    let mut rows = Vec::new();
    for (name, text) in recorded() {
        let answer = json::parse(&text).unwrap();
        let count = if name.contains("services") {
            let reading = read_services(&answer);
            report(&name, &text, &reading);
            for service in &reading.rows {
                assert!(
                    !service.code.is_empty() && service.name != service.code,
                    "{name}"
                );
            }
            reading.rows.len()
        } else {
            let reading = read_requests(&answer);
            report(&name, &text, &reading);
            for request in &reading.rows {
                assert!(request.id.is_some(), "{name}");
                assert_ne!(
                    request.status.stage(),
                    Stage::Unknown,
                    "{name}: {request:?}"
                );
                let requested = request.requested.as_ref().unwrap();
                assert!(
                    requested.unix_milliseconds().is_some(),
                    "{name}: {requested:?}"
                );
            }
            reading.rows.len()
        };
        rows.push((name, count));
    }
    // A truncated or renamed file must fail the test.
    for (name, count) in [
        ("BLOOMINGTON-requests-2012.json", 21),
        ("BLOOMINGTON-services-2012.json", 46),
        ("CHICAGO-requests-2014.json", 2),
        ("KOELN-requests-2023-oldMarkaspot.json", 50),
        ("SPEC-services.json", 3),
    ] {
        if !rows.is_empty() {
            assert!(rows.contains(&(name.to_owned(), count)), "{name}: {rows:?}");
        }
    }
}

#[test]
fn recorded_coordinates_are_read_and_zero_zero_is_none() {
    for (name, text) in recorded() {
        if name.contains("services") {
            continue;
        }
        let reference: serde_json::Value = serde_json::from_str(&text).unwrap();
        let reading = read_requests(&json::parse(&text).unwrap());
        for (row, read) in reference.as_array().unwrap().iter().zip(&reading.rows) {
            let number = |field: &str| row.get(field).and_then(serde_json::Value::as_f64);
            let expected = match (number("lat"), number("long")) {
                (Some(lat), Some(long)) if lat != 0.0 || long != 0.0 => Some((lat, long)),
                _ => None,
            };
            let found = read.location.map(|location| (location.lat, location.long));
            match (found, expected) {
                (Some(found), Some(expected)) => {
                    assert!((found.0 - expected.0).abs() < 1e-12, "{name}: {row}");
                    assert!((found.1 - expected.1).abs() < 1e-12, "{name}: {row}");
                }
                (None, None) => {}
                other => assert_eq!(other.0, other.1, "{name}: {row}"),
            }
        }
    }
}

#[test]
fn recorded_responses_are_unchanged_after_parsing_and_writing() {
    for (name, text) in recorded() {
        let value = json::parse(&text).unwrap();
        let written = json::write(&value);
        assert_eq!(json::parse(&written), Ok(value), "{name}");
        let ours: serde_json::Value = serde_json::from_str(&written).unwrap();
        let theirs: serde_json::Value = serde_json::from_str(&text).unwrap();
        assert_eq!(ours, theirs, "{name}");
    }
}
