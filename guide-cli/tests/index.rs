//! `guide check` on the index, and `guide index`.

mod city;

use city::{City, index, park_shelter};
use serde_json::json;

#[test]
fn the_index_must_list_the_guides_and_agree_with_them() {
    let city = City::new();
    let mut other = park_shelter();
    other["id"] = json!("oak-grove");
    city.save("oak-grove", &other);
    let mut listed = index(&[park_shelter()]);
    listed["guides"][0]["title"]["en"] = json!("Old");
    listed["guides"][0]["id"] = json!("shelter");
    let gone = json!({"id": "gone", "title": "Gone", "url": "gone.json"});
    listed["guides"].as_array_mut().unwrap().push(gone);
    listed["offices"]
        .as_array_mut()
        .unwrap()
        .push(json!({"name": "Nobody"}));
    listed["holidays"] = json!(["Christmas"]);
    city.save("index", &listed);
    let output = city.check(&[]);
    for expected in [
        "guides[0]: warning: not what park-shelter.json says: title. Write the index anew: guide index ",
        "guides[0].id: error: the id is not that of park-shelter.json, which is “park-shelter”",
        "guides[1].url: error: gone.json is listed, but there is no such file",
        "guides: error: oak-grove.json is not listed, so nobody finds it",
        "offices[1].id: error: no guide can name an office without id",
        "offices[1]: warning: the office can be neither called nor visited",
        "holidays[0]: error: “Christmas” is no day",
    ] {
        assert!(
            output.stdout.contains(expected),
            "missing: {expected}\n{}",
            output.stdout
        );
    }
}

#[test]
fn index_updates_the_entries_and_keeps_the_rest() {
    let city = City::new();
    let mut first = park_shelter();
    first["id"] = json!("oak-grove");
    city.save("oak-grove", &first);
    let mut listed = index(&[park_shelter()]);
    listed["guides"][0]["title"]["en"] = json!("Old");
    let elsewhere = json!({"id": "bus", "title": "Bus", "url": "https://bus.example/guide.json"});
    listed["guides"]
        .as_array_mut()
        .unwrap()
        .insert(0, elsewhere.clone());
    let gone = json!({"id": "gone", "title": "Gone", "url": "gone.json"});
    listed["guides"].as_array_mut().unwrap().push(gone);
    city.save("index", &listed);
    let output = city::guide(&["index", city.path().to_str().unwrap()]);
    assert_eq!(output.code, 0, "{}", output.stderr);
    let written = city.read("index");
    assert_eq!(written["guides"][0], elsewhere);
    assert_eq!(
        written["guides"][1]["title"]["en"],
        "Reserve a park shelter"
    );
    assert_eq!(written["guides"][2]["id"], "oak-grove");
    assert_eq!(written["guides"].as_array().unwrap().len(), 3);
    assert_eq!(written["offices"], listed["offices"]);
    assert_eq!(written["holidays"], listed["holidays"]);
    assert_eq!(city.check(&[]).code, 0);
}
