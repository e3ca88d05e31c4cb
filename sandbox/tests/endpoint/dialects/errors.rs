//! Errors in every dialect, and the codes of services in the city's own files.

use open311::{Lookup, json, look_up_request, read_error, read_receipt, read_services};
use serde_json::Value;

use super::{City, NAMES, cart};

#[test]
fn the_errors_of_every_dialect_can_be_read() {
    for name in NAMES {
        let content_type = match name {
            "fixmystreet" => "text/html",
            _ => "application/json",
        };
        let city = City::start(name);
        let path = format!("{}/requests.json", city.base);
        let refused = city.sandbox.post(&path, &[("description", "x")]);
        assert_eq!(refused.status, 400, "{name}");
        assert!(
            refused.header("content-type").starts_with(content_type),
            "{name}"
        );
        let error = read_error(refused.status, refused.text());
        let first = error.messages.first().map(String::as_str);
        assert_eq!(
            first,
            Some("service_code was not provided"),
            "{name}: {}",
            refused.text()
        );
        let (status, body) = city.get("requests/nothing.json");
        let looked = look_up_request(status, &body, "nothing");
        assert!(matches!(looked, Lookup::NotYet), "{name}: {looked:?}");
        let (status, _) = city.get("offices.json");
        assert_eq!(status, 404, "{name}");
    }
}

#[test]
fn the_citys_own_files_have_the_codes_of_the_dialect() {
    for name in NAMES {
        let city = City::start(name);
        let services = read_services(&city.read("services.json")).rows;
        let known = |code: &Value| services.iter().any(|row| *code == row.code.as_str());
        let hole = city.service("Pothole");
        let popular = city.config["popular"].as_array().unwrap();
        assert!(
            popular.iter().any(|code| *code == hole.code.as_str()),
            "{name}: {popular:?}"
        );
        for standard in city.config["standards"].as_array().unwrap() {
            for code in standard["services"].as_array().into_iter().flatten() {
                assert!(known(code), "{name}: {code}");
            }
        }
        for notice in city.sandbox.get("/notices.json").rows() {
            for code in notice["services"].as_array().unwrap() {
                assert!(known(code), "{name}: {code}");
            }
        }
        let guide = city.sandbox.get("/guides/recycle-bin.json").json();
        let mut actions = Vec::new();
        named_services(&guide["steps"], &mut actions);
        assert!(!actions.is_empty());
        assert!(
            actions.iter().all(|code| known(code)),
            "{name}: {actions:?}"
        );
    }
}

/// The services to which the actions and links of a guide refer.
fn named_services<'a>(value: &'a Value, found: &mut Vec<&'a Value>) {
    match value {
        Value::Array(items) => items.iter().for_each(|item| named_services(item, found)),
        Value::Object(fields) => {
            found.extend(fields.get("service"));
            fields
                .values()
                .for_each(|field| named_services(field, found));
        }
        _ => {}
    }
}

#[test]
fn a_request_that_is_not_public_yet_is_not_found_yet() {
    let city = City::start_with_delay("klarschiff", "60000");
    let (status, text) = city.post(&cart(&city));
    assert_eq!(status, 201, "{text}");
    let receipt = read_receipt(&json::parse(&text).unwrap());
    let id = receipt.service_request_id.unwrap();
    let (status, body) = city.get(&format!("requests/{id}.json"));
    assert_eq!(status, 404);
    assert!(
        matches!(look_up_request(status, &body, &id), Lookup::NotYet),
        "{body}"
    );
}
