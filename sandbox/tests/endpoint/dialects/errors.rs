//! Refusals in every shape, and the city's own files beside another system's endpoint.

use open311::{Lookup, json, look_up_request, read_error, read_receipt, read_services};
use serde_json::Value;

use super::{City, NAMES, cart};

#[test]
fn a_refusal_can_be_read_in_every_dialect() {
    for (name, kind, said) in [
        (
            "seeclickfix",
            "application/json",
            "service_code was not provided",
        ),
        (
            "connected-bits",
            "application/json",
            "service_code was not provided",
        ),
        (
            "bos311",
            "application/json",
            "service_code was not provided",
        ),
        (
            "ureport",
            "application/json",
            "service_code was not provided",
        ),
        (
            "klarschiff",
            "application/json",
            "service_code was not provided",
        ),
        (
            "markaspot",
            "application/json",
            "service_code was not provided",
        ),
        ("6aika", "application/json", "service_code was not provided"),
        ("fixmystreet", "text/html", "service_code was not provided"),
        (
            "adapter",
            "application/json",
            "service_code was not provided",
        ),
        (
            "libre311",
            "application/json",
            "service_code was not provided",
        ),
    ] {
        let city = City::start(name);
        let path = format!("{}/requests.json", city.base);
        let refused = city.sandbox.post(&path, &[("description", "x")]);
        assert_eq!(refused.status, 400, "{name}");
        assert!(refused.header("content-type").starts_with(kind), "{name}");
        let error = read_error(refused.status, refused.text());
        let first = error.messages.first().map(String::as_str);
        assert_eq!(first, Some(said), "{name}: {}", refused.text());
        let (status, body) = city.get("requests/nothing.json");
        let looked = look_up_request(status, &body, "nothing");
        assert!(matches!(looked, Lookup::NotYet), "{name}: {looked:?}");
        let (status, _) = city.get("offices.json");
        assert_eq!(status, 404, "{name}");
    }
}

#[test]
fn the_citys_own_files_name_services_as_the_dialect_does() {
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

/// Every service that a guide's actions and links name.
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
fn a_number_that_is_not_shown_yet_is_not_there_yet() {
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
