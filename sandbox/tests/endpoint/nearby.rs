//! Requests near a location.

use serde_json::Value;

use crate::support::{REQUESTS, Sandbox};

fn ids(sandbox: &Sandbox, query: &str) -> Vec<String> {
    let rows = sandbox.get(&format!("{REQUESTS}?{query}")).rows();
    rows.iter()
        .map(|row| row["service_request_id"].as_str().unwrap().to_owned())
        .collect()
}

/// On a map this small the curvature of the earth does not matter.
fn metres(row: &Value, lat: f64, long: f64) -> f64 {
    let north = (row["lat"].as_f64().unwrap() - lat) * 111_195.0;
    let east = (row["long"].as_f64().unwrap() - long) * 111_195.0 * lat.to_radians().cos();
    north.hypot(east)
}

#[test]
fn a_circle_filters_the_list_together_with_the_other_filters() {
    let sandbox = Sandbox::new(&[]);
    let (lat, long) = (40.6205, -89.918);
    let all = sandbox.get(REQUESTS).rows();
    for radius in [150.0, 300.0, 5000.0] {
        let is_near = |row: &&Value| metres(row, lat, long) <= radius;
        let expected: Vec<&str> = all
            .iter()
            .filter(is_near)
            .map(|row| row["service_request_id"].as_str().unwrap())
            .collect();
        let circle = format!("lat={lat}&long={long}&radius={radius}");
        assert_eq!(ids(&sandbox, &circle), expected, "{radius}");
        assert!(!expected.is_empty());
        let open = format!("{circle}&status=open");
        let count = all
            .iter()
            .filter(is_near)
            .filter(|row| row["status"] == "open")
            .count();
        assert_eq!(ids(&sandbox, &open).len(), count, "{radius}");
        let page = format!("{circle}&page_size=2&page=2");
        assert_eq!(
            ids(&sandbox, &page),
            expected[2.min(expected.len())..4.min(expected.len())]
        );
    }
    let elsewhere = ids(&sandbox, "lat=41&long=-89.918&radius=5000");
    assert!(elsewhere.is_empty(), "{elsewhere:?}");
    let by_id = format!(
        "service_request_id={}&lat=x",
        all[0]["service_request_id"].as_str().unwrap()
    );
    assert_eq!(ids(&sandbox, &by_id).len(), 1, "ids override all else");
}

#[test]
fn the_error_names_each_invalid_part_of_a_circle() {
    let sandbox = Sandbox::new(&[]);
    for (query, causes) in [
        (
            "lat=40",
            &["long was not provided", "radius was not provided"][..],
        ),
        (
            "lat=40&long=-89&radius=0",
            &["radius 0 is not a number from 1 to 5000"],
        ),
        ("lat=40&long=-89&radius=5001", &["radius 5001 is not"]),
        (
            "lat=91&long=east&radius=10",
            &["lat 91 is not", "long east is not"],
        ),
    ] {
        let refused = sandbox.get(&format!("{REQUESTS}?{query}"));
        assert_eq!(refused.status, 400, "{query}");
        let errors = refused.errors();
        assert_eq!(errors.len(), causes.len(), "{query}: {errors:?}");
        for (error, cause) in errors.iter().zip(causes) {
            assert!(error.starts_with(cause), "{query}: {error}");
        }
    }
}
