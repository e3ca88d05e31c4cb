//! The geocoder of the sample map, with the APIs of Photon and of Nominatim.

use serde_json::{Value, json};

use crate::support::Sandbox;

#[test]
fn photon_returns_features_with_the_longitude_first() {
    let sandbox = Sandbox::new(&[]);
    let search = |query: &str| sandbox.get(&format!("/geocode/photon?{query}")).json();
    let house = search("q=118%20OAK&limit=1&lang=en");
    assert_eq!(house["type"], "FeatureCollection");
    let feature = &house["features"][0];
    assert_eq!(feature["properties"]["housenumber"], "118");
    assert_eq!(feature["properties"]["street"], "Oak Street");
    assert_eq!(feature["properties"]["city"], "Riverton");
    assert_eq!(feature["properties"]["type"], "house");
    let point = |feature: &Value| {
        let degrees = &feature["geometry"]["coordinates"];
        (degrees[0].as_f64().unwrap(), degrees[1].as_f64().unwrap())
    };
    let (long, lat) = point(feature);
    assert!((-90.0..-89.0).contains(&long) && (40.0..41.0).contains(&lat));
    let corner = search("q=corner+of+main+and+3rd");
    assert_eq!(
        corner["features"][0]["properties"]["name"],
        "Main St & 3rd St"
    );
    let streets = search("q=ma");
    let names: Vec<&Value> = streets["features"]
        .as_array()
        .unwrap()
        .iter()
        .map(|feature| &feature["properties"]["name"])
        .collect();
    assert_eq!(names, ["Main St", "Maple St"]);
    assert_eq!(
        search("q=ma&limit=1")["features"].as_array().unwrap().len(),
        1
    );
    assert_eq!(search("q=nowhere")["features"], json!([]));

    let nearest = sandbox
        .get(&format!("/geocode/photon/reverse?lat={lat}&lon={long}"))
        .json();
    assert_eq!(&nearest["features"][0], feature);
    let outside = sandbox.get("/geocode/photon/reverse?lat=0&lon=0").json();
    assert_eq!(outside["features"], json!([]));
}

#[test]
fn nominatim_returns_places_with_coordinates_as_text() {
    let sandbox = Sandbox::new(&[]);
    let search = |query: &str| sandbox.get(&format!("/geocode/nominatim?{query}"));
    let places = search("q=12+main+st&format=jsonv2&limit=5").rows();
    assert_eq!(places.len(), 1);
    let place = &places[0];
    assert!(place["place_id"].is_u64());
    assert_eq!(place["display_name"], "12, Main St, Riverton, 61599");
    assert_eq!(place["address"]["house_number"], "12");
    assert_eq!(place["address"]["road"], "Main St");
    assert_eq!(place["address"]["city"], "Riverton");
    assert!(search("q=nowhere&format=jsonv2").rows().is_empty());

    let (lat, long) = (
        place["lat"].as_str().unwrap(),
        place["lon"].as_str().unwrap(),
    );
    let reverse = |lat: &str, long: &str| {
        let path = format!("/geocode/nominatim/reverse?lat={lat}&lon={long}&format=jsonv2");
        sandbox.get(&path).json()
    };
    assert_eq!(&reverse(lat, long), place);
    assert_eq!(reverse("0", "0"), json!({ "error": "Unable to geocode" }));
}

#[test]
fn other_sites_can_search_and_an_invalid_search_is_refused() {
    let sandbox = Sandbox::new(&[]);
    let found = sandbox.get("/geocode/photon?q=main");
    assert_eq!(found.header("access-control-allow-origin"), "*");
    for path in [
        "/geocode/photon",
        "/geocode/photon?q=",
        "/geocode/photon/reverse?lat=40",
        "/geocode/nominatim?format=jsonv2",
        "/geocode/nominatim?q=main&format=xml",
        "/geocode/nominatim/reverse?lat=x&lon=y",
    ] {
        let refused = sandbox.get(path);
        assert_eq!(refused.status, 400, "{path}: {}", refused.text());
        assert!(refused.json().is_object());
    }
}
