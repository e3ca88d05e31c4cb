//! `guide export` and `guide schema`: output for other programs.

mod city;

use std::fs;

use city::{City, guide, park_shelter};
use serde_json::Value;

#[test]
fn each_guide_becomes_a_json_ld_document() {
    let city = City::new();
    let out = city.path().join("public/ld");
    let output = guide(&[
        "export",
        city.path().to_str().unwrap(),
        "--out",
        out.to_str().unwrap(),
    ]);
    assert_eq!(output.code, 0, "{}", output.stderr);
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
fn a_single_guide_is_exported_to_its_folder_with_the_offices_of_the_index() {
    let city = City::new();
    let file = city.file("park-shelter.json");
    let output = guide(&["export", file.to_str().unwrap()]);
    assert_eq!(output.code, 0, "{}", output.stderr);
    let document: Value =
        serde_json::from_slice(&fs::read(city.file("park-shelter.jsonld")).unwrap()).unwrap();
    assert_eq!(document["@graph"][2]["telephone"], "(555) 010-0160");
}

#[test]
fn an_unreadable_guide_fails_the_command_and_the_others_are_exported() {
    let city = City::new();
    city.write("broken.json", "{");
    let output = guide(&["export", city.path().to_str().unwrap()]);
    assert_eq!(output.code, 1);
    assert!(
        output
            .stderr
            .contains("broken.json: error: this is half a file"),
        "{}",
        output.stderr
    );
    assert!(city.file("park-shelter.jsonld").exists());
}

#[test]
fn an_unsafe_url_is_not_exported() {
    let city = City::changed(|guide| {
        city::set(guide, "/steps/0/action/url", "javascript:alert(1)".into())
    });
    guide(&["export", city.path().to_str().unwrap()]);
    let text = fs::read_to_string(city.file("park-shelter.jsonld")).unwrap();
    assert!(!text.contains("javascript"));
}

#[test]
fn the_schemas_have_the_keys_of_a_guide_and_of_the_index() {
    for (which, document) in [("guide", park_shelter()), ("index", city::index(&[]))] {
        let output = guide(&["schema", which]);
        assert_eq!(output.code, 0);
        let schema: Value = serde_json::from_str(&output.stdout).unwrap();
        assert_eq!(schema["additionalProperties"], false);
        let keys = document.as_object().unwrap().keys().map(String::as_str);
        for key in keys.chain(["$schema"]) {
            assert!(schema["properties"].get(key).is_some(), "{which}: {key}");
        }
    }
}
