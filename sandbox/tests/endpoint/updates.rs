//! mySociety's `servicerequestupdates`: reading histories and adding to them.

use crate::support::{BASE, Folder, Sandbox};

const PIXEL: &[u8] = b"GIF89a-and-the-rest";

fn path() -> String {
    format!("{BASE}/servicerequestupdates.json")
}

fn new_request(sandbox: &Sandbox) -> String {
    let fields = [
        ("service_code", "dead-animal"),
        ("address_string", "12 Main St"),
    ];
    let sent = sandbox.post(&format!("{BASE}/requests.json"), &fields);
    sent.rows()[0]["service_request_id"]
        .as_str()
        .unwrap()
        .to_owned()
}

#[test]
fn an_update_joins_the_history_and_its_status_moves_the_request() {
    let folder = Folder::new();
    let sandbox = Sandbox::start(&folder, &[]);
    let id = new_request(&sandbox);
    let send = |status: &str, text: &str| {
        let fields = [
            ("service_request_id", id.as_str()),
            ("status", status),
            ("description", text),
        ];
        let answer = sandbox.post(&path(), &fields);
        assert_eq!(answer.status, 201, "{}", answer.text());
        assert!(answer.rows()[0]["update_id"].is_string());
    };
    let status = || {
        let row = &sandbox.get(&format!("{BASE}/requests/{id}.json")).rows()[0];
        row["status"].as_str().unwrap().to_owned()
    };
    send("", "It is still there.");
    assert_eq!(status(), "open");
    send("FIXED", "Someone took it away.");
    assert_eq!(status(), "closed");
    send("open", "There is another one.");
    assert_eq!(status(), "open");
    let history = sandbox
        .get(&format!("{}?service_request_id={id}", path()))
        .rows();
    let told: Vec<_> = history
        .iter()
        .map(|row| {
            (
                row["status"].as_str().unwrap(),
                row["description"].as_str().unwrap(),
            )
        })
        .collect();
    assert_eq!(
        told,
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
fn every_wrong_update_is_named() {
    let folder = Folder::new();
    let sandbox = Sandbox::start(&folder, &["--api-key", "k"]);
    let long = "x".repeat(4001);
    let sent = sandbox.post(
        &format!("{BASE}/requests.json"),
        &[
            ("service_code", "dead-animal"),
            ("address_string", "12 Main St"),
            ("api_key", "k"),
        ],
    );
    let id = sent.rows()[0]["service_request_id"]
        .as_str()
        .unwrap()
        .to_owned();
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
        let answer = sandbox.post(&path(), &fields);
        assert_eq!(answer.status, status, "{fields:?}: {}", answer.text());
        assert!(answer.errors()[0].contains(cause), "{:?}", answer.errors());
    }
}

#[test]
fn an_update_sent_twice_is_one_update() {
    let folder = Folder::new();
    let sandbox = Sandbox::start(&folder, &[]);
    let id = new_request(&sandbox);
    for name in ["update_id", "idempotency_key"] {
        let fields = [
            ("service_request_id", id.as_str()),
            ("description", "x"),
            (name, "mine-1"),
        ];
        let (first, again) = (
            sandbox.post(&path(), &fields),
            sandbox.post(&path(), &fields),
        );
        assert_eq!(first.text(), again.text());
    }
    let history = sandbox
        .get(&format!("{}?service_request_id={id}", path()))
        .rows();
    assert_eq!(history.len(), 3);
}

#[test]
fn an_update_may_bring_a_photo_and_its_history_shows_it() {
    let folder = Folder::new();
    let sandbox = Sandbox::start(&folder, &[]);
    let id = new_request(&sandbox);
    let fields = [("service_request_id", id.as_str()), ("description", "See")];
    assert_eq!(
        sandbox.post_with_files(&path(), &fields, &[PIXEL]).status,
        201
    );
    let history = sandbox
        .get(&format!("{}?service_request_id={id}", path()))
        .rows();
    let photo = sandbox.get(history[1]["media_url"].as_str().unwrap());
    assert_eq!(photo.bytes, PIXEL);
}

#[test]
fn updates_can_be_asked_for_by_time_and_in_pages() {
    let folder = Folder::new();
    let sandbox = Sandbox::start(&folder, &[]);
    let all = sandbox.get(&path()).rows();
    assert!(all.len() > 500);
    let moment = all[100]["updated_datetime"]
        .as_str()
        .unwrap()
        .replace('+', "%2B");
    let from = sandbox
        .get(&format!("{}?start_date={moment}&page_size=1", path()))
        .rows();
    assert_eq!(from[0]["updated_datetime"], all[100]["updated_datetime"]);
    let second = sandbox
        .get(&format!("{}?page_size=7&page=2", path()))
        .rows();
    assert_eq!(second, all[7..14]);
}
