//! `guide export` and `guide schema`: what other programs read.

mod city;

use std::fs;

use city::{City, guide, park_shelter};
use serde_json::Value;

#[test]
fn each_guide_becomes_one_document_of_json_ld() {
    let city = City::new();
    let out = city.path().join("public/ld");
    let said = guide(&[
        "export",
        city.path().to_str().unwrap(),
        "--out",
        out.to_str().unwrap(),
    ]);
    assert_eq!(said.code, 0, "{}", said.err);
    let document: Value =
        serde_json::from_slice(&fs::read(out.join("park-shelter.jsonld")).unwrap()).unwrap();
    assert_eq!(document["@context"], "https://schema.org");
    let graph = document["@graph"].as_array().unwrap();
    let types: Vec<&str> = graph
        .iter()
        .map(|node| node["@type"].as_str().unwrap())
        .collect();
    assert_eq!(
        types,
        ["GovernmentService", "HowTo", "GovernmentOrganization"]
    );
    assert_eq!(graph[0]["provider"]["@id"], graph[2]["@id"]);
    assert_eq!(graph[0]["subjectOf"]["@id"], graph[1]["@id"]);
}

#[test]
fn one_guide_is_exported_beside_itself_with_the_offices_of_the_index() {
    let city = City::new();
    let file = city.file("park-shelter.json");
    let said = guide(&["export", file.to_str().unwrap()]);
    assert_eq!(said.code, 0, "{}", said.err);
    let document: Value =
        serde_json::from_slice(&fs::read(city.file("park-shelter.jsonld")).unwrap()).unwrap();
    assert_eq!(document["@graph"][2]["telephone"], "(555) 010-0160");
}

#[test]
fn a_guide_that_cannot_be_read_fails_the_export_of_none_but_itself() {
    let city = City::new();
    city.write("broken.json", "{");
    let said = guide(&["export", city.path().to_str().unwrap()]);
    assert_eq!(said.code, 1);
    assert!(
        said.err.contains("broken.json: error: this is half a file"),
        "{}",
        said.err
    );
    assert!(city.file("park-shelter.jsonld").exists());
}

#[test]
fn an_unsafe_address_is_exported_nowhere() {
    let city = City::changed(|guide| {
        city::set(guide, "/steps/0/action/url", "javascript:alert(1)".into())
    });
    guide(&["export", city.path().to_str().unwrap()]);
    let text = fs::read_to_string(city.file("park-shelter.jsonld")).unwrap();
    assert!(!text.contains("javascript"));
}

#[test]
fn the_schemas_are_json_and_know_the_keys_of_a_guide_and_of_the_index() {
    for (which, document) in [("guide", park_shelter()), ("index", city::index(&[]))] {
        let said = guide(&["schema", which]);
        assert_eq!(said.code, 0);
        let schema: Value = serde_json::from_str(&said.out).unwrap();
        assert_eq!(schema["additionalProperties"], false);
        let keys = document.as_object().unwrap().keys().map(String::as_str);
        for key in keys.chain(["$schema"]) {
            assert!(schema["properties"].get(key).is_some(), "{which}: {key}");
        }
    }
}
