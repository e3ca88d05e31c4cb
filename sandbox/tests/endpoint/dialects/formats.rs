//! How each dialect writes ids, missing values, wrappers and dates.

use open311::form::Post;
use open311::read_requests;
use serde_json::Value;

use super::{City, NAMES};

/// The year in the id of the late pothole, which was sent a week before the first run.
fn year_of_the_late_request() -> String {
    let week_ago = jiff::Timestamp::now() - jiff::SignedDuration::from_hours(7 * 24);
    week_ago.strftime("%y").to_string()
}

#[test]
fn each_dialect_has_its_own_format() {
    for (name, path, pointer, expected) in [
        (
            "seeclickfix",
            "requests/2601187.json",
            "/0/service_request_id",
            "2601187",
        ),
        (
            "seeclickfix",
            "services.json",
            "/0/service_code",
            "\"1101\"",
        ),
        (
            "connected-bits",
            "requests/26-01187.json",
            "/0/address",
            "\"     118 Oak Street \"",
        ),
        (
            "bos311",
            "requests/101002601187.json",
            "/service_request_id",
            "\"101002601187\"",
        ),
        (
            "bos311",
            "services/interpreter.json",
            "/attributes/1/dependencies/clause",
            "\"AND\"",
        ),
        (
            "bos311",
            "services/interpreter.json",
            "/definitions/location/required",
            "true",
        ),
        ("ureport", "services.json", "/0/service_code", "101"),
        ("ureport", "requests/2601187.json", "/0/media_url", "\"\""),
        ("ureport", "services/107.json", "/attributes", "[]"),
        ("klarschiff", "services/101.json", "/0/metadata", "false"),
        (
            "klarschiff",
            "requests/2601187.json?extensions=true",
            "/0/extended_attributes/detailed_status",
            "\"PENDING\"",
        ),
        (
            "markaspot",
            "requests/A-2601187.json?extensions=true",
            "/service_requests/request/extended_attributes/markaspot/status_descriptive_name",
            "\"Waiting\"",
        ),
        (
            "markaspot",
            "requests/A-2601187.json",
            "/service_requests/request/address_string",
            "\"118 Oak Street\"",
        ),
        ("markaspot", "requests.json", "/meta/count", "50"),
        ("markaspot", "services.json", "/0/metadata", "\"True\""),
        ("6aika", "requests/26-01187.json", "/0/zipcode", "\"61599\""),
        ("6aika", "services.json", "/0/metadata", "1"),
        ("6aika", "requests/none.json", "", "[]"),
        (
            "fixmystreet",
            "services.json",
            "/services/0/service_code",
            "\"Pothole\"",
        ),
        (
            "fixmystreet",
            "requests/2601187.json",
            "/requests/0/agency_responsible/recipient/0",
            "\"Street Maintenance\"",
        ),
        (
            "adapter",
            "services.json",
            "/0/groups/0",
            "\"Streets and sidewalks\"",
        ),
        (
            "adapter",
            "services/pothole.json",
            "/0/attributes/3/automated",
            "\"server_set\"",
        ),
        (
            "adapter",
            "services/pothole.json",
            "/0/attributes/1/required",
            "\"true\"",
        ),
        ("libre311", "services", "/0/keywords/0", "\"hole\""),
        ("libre311", "requests/2601187", "/0/lat", "\"40.617046\""),
    ] {
        let city = City::start(name);
        let year = year_of_the_late_request();
        let path = path
            .replace("26-", &format!("{year}-"))
            .replace("2601187", &format!("{year}01187"));
        let expected = expected.replace("2601187", &format!("{year}01187"));
        let (status, text) = city.get(&path);
        assert_eq!(status, 200, "{name} {path}: {text}");
        let value: Value = serde_json::from_str(&text).unwrap();
        let found = value
            .pointer(pointer)
            .unwrap_or_else(|| panic!("{name} {path}: {text}"));
        assert_eq!(found.to_string(), expected, "{name} {path} {pointer}");
    }
}

#[test]
fn each_dialect_has_its_own_date_format() {
    for (name, expected) in [
        ("seeclickfix", "0000-00-00T00:00:00-00:00"),
        ("connected-bits", "0000-00-00 00:00:00.00"),
        ("bos311", "0000-00-00T00:00:00.000Z"),
        ("klarschiff", "0000-00-00T00:00:00.000-00:00"),
        ("6aika", "0000-00-00T00:00:00"),
    ] {
        let city = City::start(name);
        let requests = read_requests(&city.read("requests.json"));
        let text = &requests.rows[0].requested.as_ref().unwrap().text;
        let shape: String = text
            .chars()
            .map(|c| if c.is_ascii_digit() { '0' } else { c })
            .collect();
        assert_eq!(shape, expected, "{name}");
    }
}

#[test]
fn a_request_without_coordinates_has_no_location_in_every_dialect() {
    for (name, written) in [
        ("seeclickfix", "\"lat\":null"),
        ("connected-bits", ""),
        ("ureport", "\"lat\":0,\"long\":0"),
        ("6aika", "\"lat\":\"\""),
        ("libre311", ""),
    ] {
        let city = City::start(name);
        let id = city.send(&Post {
            service_code: city.service("Tall grass or weeds").code,
            address_string: "12 Main St".into(),
            ..Post::default()
        });
        let request = city.look_up(&id);
        assert_eq!(request.location, None, "{name}");
        let (_, text) = city.get(&format!("requests/{id}.json"));
        assert_eq!(
            text.contains("\"lat\""),
            !written.is_empty(),
            "{name}: {text}"
        );
        assert!(text.contains(written), "{name}: {text}");
    }
}

#[test]
fn every_dialect_also_has_xml() {
    for name in NAMES {
        let city = City::start(name);
        for path in ["services.xml", "requests.xml"] {
            let (status, text) = city.get(path);
            assert_eq!(status, 200, "{name} {path}");
            let document = roxmltree::Document::parse(&text).unwrap();
            let rows = document.root_element().children().count();
            assert!(rows >= 20, "{name} {path}: {rows} rows");
            let code = document
                .descendants()
                .find(|node| node.has_tag_name("service_code"));
            assert!(code.and_then(|node| node.text()).is_some(), "{name} {path}");
        }
    }
}
