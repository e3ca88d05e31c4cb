//! Features that a dialect does not have are absent, and forms get by without them.

use std::thread;
use std::time::Duration;

use open311::form::encode;
use open311::{json, read_requests, read_updates};
use serde_json::Value;

use super::{City, FORM, cart};

/// Name, CORS, and the features: paging, updates, photos in a form, requests near a location.
const FEATURES: [(&str, bool, [bool; 4]); 10] = [
    ("seeclickfix", true, [true, false, false, true]),
    ("connected-bits", false, [true, false, true, false]),
    ("bos311", false, [false, false, false, false]),
    ("ureport", false, [true, false, true, false]),
    ("klarschiff", false, [false, false, false, false]),
    ("markaspot", true, [false, false, false, false]),
    ("6aika", true, [false, false, true, true]),
    ("fixmystreet", false, [false, false, false, false]),
    ("adapter", false, [false, true, false, false]),
    ("libre311", true, [false, false, false, false]),
];

#[test]
fn features_that_a_dialect_does_not_have_are_absent() {
    for (name, cors, [paging, updates, media, radius]) in FEATURES {
        let city = City::start(name);
        let response = city.sandbox.get(&format!("{}/requests.json", city.base));
        let header = response.header("access-control-allow-origin").to_owned();
        assert_eq!(header, if cors { "*" } else { "" }, "{name}");
        let all = read_requests(&city.read("requests.json")).rows.len();
        let page = read_requests(&city.read("requests.json?page_size=3"))
            .rows
            .len();
        assert_eq!(page, if paging { 3 } else { all }, "{name}");
        let circle = "requests.json?lat=41&long=-89.9&radius=10";
        let around = read_requests(&city.read(circle)).rows.len();
        assert_eq!(around, if radius { 0 } else { all }, "{name}");

        let post = cart(&city);
        let (first, second) = (city.send(&post), city.send(&post));
        assert_ne!(first, second, "{name}: idempotency keys are ignored");

        let (status, text) = city.get(&format!(
            "servicerequestupdates.json?service_request_id={first}"
        ));
        assert_eq!(status, if updates { 200 } else { 404 }, "{name}: {text}");
        if updates {
            let history = read_updates(&json::parse(&text).unwrap());
            assert_eq!(
                history.rows[0].service_request_id.as_deref(),
                Some(first.as_str())
            );
            assert!(text.contains("\"OPEN\""), "{text}");
        }

        let fields: Vec<(String, String)> = post.pairs();
        let fields: Vec<(&str, &str)> = fields
            .iter()
            .map(|(n, v)| (n.as_str(), v.as_str()))
            .collect();
        let path = format!("{}/requests.json", city.base);
        let sent = city
            .sandbox
            .post_with_files(&path, &fields, &[b"GIF89a-photo"]);
        assert!(sent.status < 300, "{name}: {}", sent.text());
        thread::sleep(Duration::from_millis(if name == "connected-bits" {
            300
        } else {
            0
        }));
        let newest = read_requests(&city.read("requests.json")).rows.remove(0);
        assert_eq!(newest.media_url.is_some(), media, "{name}");

        let extensions: Vec<&str> = city.config["extensions"]
            .as_array()
            .unwrap()
            .iter()
            .filter_map(Value::as_str)
            .collect();
        assert_eq!(
            extensions.contains(&"updates"),
            updates,
            "{name}: {extensions:?}"
        );
        assert_eq!(
            extensions.contains(&"media"),
            media,
            "{name}: {extensions:?}"
        );
        for extension in ["idempotency", "preferred_contact"] {
            assert!(!extensions.contains(&extension), "{name}: {extensions:?}");
        }
        if extensions.contains(&"radius") {
            assert!(radius, "{name}: {extensions:?}");
        }
        let mut invalid = post.pairs();
        invalid.push(("preferred_contact".to_owned(), "pigeon".to_owned()));
        let sent = city
            .sandbox
            .post_raw(&path, FORM, encode(&invalid).as_bytes());
        assert!(sent.status < 300, "{name}: it is ignored: {}", sent.text());
    }
}

#[test]
fn without_conditions_conditional_questions_are_not_required() {
    let city = City::start("adapter");
    let (_, text) = city.get("services/block-party.json");
    for name in ["dependencies", "stop", "conditional_values", "slots"] {
        assert!(!text.contains(&format!("\"{name}")), "{name}: {text}");
    }
    let fields = [
        ("service_code", "block-party"),
        ("address_string", "x"),
        ("attribute[day]", "2027-06-05"),
        ("attribute[from]", "Oak Street"),
        ("attribute[neighbors]", "8"),
        ("attribute[homes]", "8"),
        ("attribute[food][]", "bounce"),
    ];
    let sent = city.sandbox.post("/open311/requests.json", &fields);
    assert_eq!(sent.status, 201, "{}", sent.text());
    let (_, parts) = city.get("services/park-repair.json");
    for key in ["railing", "seat", "door", "dry"] {
        assert!(parts.contains(&format!("\"{key}\"")), "{key}: {parts}");
    }
    let boston = City::start("bos311");
    let (_, text) = boston.get("services/park-repair.json");
    assert!(text.contains("\"conditional_values\"") && text.contains("\"dependencies\""));
}
