//! mySociety's `servicerequestupdates`: reading histories and adding to them.

use crate::steps::{history, new_request, new_update, row};
use crate::support::{Sandbox, UPDATES};

const PIXEL: &[u8] = b"GIF89a-and-the-rest";
const SERVICE: &str = "dead-animal";

#[test]
fn an_update_is_added_to_the_history_and_its_status_changes_the_request() {
    let sandbox = Sandbox::new(&[]);
    let id = new_request(&sandbox, SERVICE, &[]);
    let send = |status: &str, text: &str| {
        new_update(&sandbox, &id, &[("status", status), ("description", text)]);
    };
    let status = || {
        let row = row(&sandbox, &id);
        row["status"].as_str().unwrap().to_owned()
    };
    send("", "It is still there.");
    assert_eq!(status(), "open");
    send("FIXED", "Someone took it away.");
    assert_eq!(status(), "closed");
    send("open", "There is another one.");
    assert_eq!(status(), "open");
    let history = history(&sandbox, &id);
    let updates: Vec<_> = history
        .iter()
        .map(|row| {
            (
                row["status"].as_str().unwrap(),
                row["description"].as_str().unwrap(),
            )
        })
        .collect();
    assert_eq!(
        updates,
        [
            ("open", "Received"),
            ("open", "It is still there."),
            ("fixed", "Someone took it away."),
            ("open", "There is another one.")
        ]
    );
    for field in [
        "update_id",
        "service_request_id",
        "updated_datetime",
        "media_url",
    ] {
        assert!(
            history.iter().all(|row| row.get(field).is_some()),
            "{field}"
        );
    }
}

#[test]
fn the_error_names_each_invalid_argument() {
    let sandbox = Sandbox::new(&["--api-key", "k"]);
    let long = "x".repeat(4001);
    let id = new_request(&sandbox, SERVICE, &[("api_key", "k")]);
    let to = ("service_request_id", id.as_str());
    let key = ("api_key", "k");
    for (fields, status, cause) in [
        (
            vec![to, ("description", "x")],
            403,
            "api_key was not provided",
        ),
        (
            vec![key, ("description", "x")],
            400,
            "service_request_id was not provided",
        ),
        (
            vec![key, ("service_request_id", "no"), ("description", "x")],
            404,
            "service_request_id no was not found",
        ),
        (vec![key, to], 400, "description was not provided"),
        (
            vec![key, to, ("description", &long)],
            400,
            "4001 characters",
        ),
        (
            vec![key, to, ("description", "x"), ("status", "lost")],
            400,
            "status lost is not known",
        ),
        (
            vec![key, to, ("description", "x"), ("updated_datetime", "noon")],
            400,
            "updated_datetime noon",
        ),
    ] {
        let refused = sandbox.post(UPDATES, &fields);
        assert_eq!(refused.status, status, "{fields:?}: {}", refused.text());
        assert!(
            refused.errors()[0].contains(cause),
            "{:?}",
            refused.errors()
        );
    }
}

#[test]
fn an_update_that_is_sent_twice_is_stored_once() {
    let sandbox = Sandbox::new(&[]);
    let id = new_request(&sandbox, SERVICE, &[]);
    for name in ["update_id", "idempotency_key"] {
        let fields = [
            ("service_request_id", id.as_str()),
            ("description", "x"),
            (name, "mine-1"),
        ];
        let (first, again) = (
            sandbox.post(UPDATES, &fields),
            sandbox.post(UPDATES, &fields),
        );
        assert_eq!(first.text(), again.text());
    }
    let history = history(&sandbox, &id);
    assert_eq!(history.len(), 3);
}

#[test]
fn an_update_can_have_a_photo() {
    let sandbox = Sandbox::new(&[]);
    let id = new_request(&sandbox, SERVICE, &[]);
    let fields = [("service_request_id", id.as_str()), ("description", "See")];
    assert_eq!(
        sandbox.post_with_files(UPDATES, &fields, &[PIXEL]).status,
        201
    );
    let history = history(&sandbox, &id);
    let photo = sandbox.get(history[1]["media_url"].as_str().unwrap());
    assert_eq!(photo.bytes, PIXEL);
}

#[test]
fn updates_can_be_filtered_by_time_and_paged() {
    let sandbox = Sandbox::new(&[]);
    let all = sandbox.get(UPDATES).rows();
    assert!(all.len() > 500);
    let start = all[100]["updated_datetime"]
        .as_str()
        .unwrap()
        .replace('+', "%2B");
    let from = sandbox
        .get(&format!("{UPDATES}?start_date={start}&page_size=1"))
        .rows();
    assert_eq!(from[0]["updated_datetime"], all[100]["updated_datetime"]);
    let second = sandbox.get(&format!("{UPDATES}?page_size=7&page=2")).rows();
    assert_eq!(second, all[7..14]);
}
