//! A recorded city: rows as real endpoints send them, loaded and served again.

use crate::steps::{id_of, post_request, row};
use crate::support::{BASE, Folder, REQUESTS, Sandbox, UPDATES};

const RECORDED_SERVICES: &str = r#"{"services": [
    {"service_code": 7, "service_name": "Graffiti ÄÖ", "metadata": "true", "type": "realtime", "own_field": [1]},
    {"service_code": "4e09", "service_name": "Other", "metadata": false, "keywords": "", "group": null},
    {"service_name": "no code"}, "no row"
]}"#;
const RECORDED_REQUESTS: &str = "\u{feff}[
    {\"service_request_id\": 12345678901234567890, \"status\": \"Open\", \"service_code\": 7, \"requested_datetime\": \"2012-05-22 23:57:23.97\", \"lat\": \"\", \"status_notes\": 4},
    {\"service_request_id\": \"A-1\", \"status\": \"in process\", \"service_code\": \"4e09\", \"requested_datetime\": \"null\"},
    {\"service_request_id\": \"A-2\", \"status\": \"closed\", \"service_code\": \"4e09\", \"requested_datetime\": \"2023-12-11T09:01:37+01:00\", \"long\": 6.96852398907956},
    {\"service_request_id\": null, \"token\": \"t\", \"status\": \"open\"},
    {\"service_request_id\": \"A-1\", \"status\": \"open\"}
]";

fn start(folder: &Folder) -> Sandbox {
    let services = folder.write("services.json", RECORDED_SERVICES);
    let requests = folder.write("requests.json", RECORDED_REQUESTS);
    Sandbox::start(folder, &["--services", &services, "--requests", &requests])
}

#[test]
fn recorded_rows_keep_their_fields_and_are_found_by_every_filter() {
    let folder = Folder::new();
    let sandbox = start(&folder);
    let services = sandbox.get(&format!("{BASE}/services.json"));
    assert_eq!(services.rows().len(), 2);
    assert!(
        services.text().contains("\"own_field\":[1]")
            && services.text().contains("\"service_code\":7")
    );
    let list = sandbox.get(REQUESTS);
    assert_eq!(
        list.rows().len(),
        5,
        "a recording is not limited to the last 90 days"
    );
    assert!(
        list.text().contains("12345678901234567890"),
        "a long number keeps all its digits"
    );
    assert!(
        list.text().contains("6.96852398907956") && list.text().contains("2012-05-22 23:57:23.97")
    );
    for (query, count) in [
        ("service_code=7", 1),
        ("status=open", 3),
        ("status=in%20process", 1),
        ("service_request_id=12345678901234567890,A-2", 2),
        ("start_date=2023-12-01T00:00:00Z", 1),
    ] {
        let rows = sandbox.get(&format!("{REQUESTS}?{query}")).rows();
        assert_eq!(rows.len(), count, "{query}");
    }
    let single = sandbox.get(&format!("{BASE}/requests/A-1.json")).rows();
    assert_eq!(single.len(), 1);
    assert_eq!(
        sandbox.get(&format!("{BASE}/services/7.json")).json()["attributes"],
        serde_json::json!([])
    );
    assert_eq!(
        sandbox.get(&format!("{BASE}/services/4e09.json")).status,
        404
    );
    roxmltree::Document::parse(sandbox.get(&format!("{BASE}/requests.xml")).text()).unwrap();
}

#[test]
fn a_recorded_city_accepts_requests_and_updates() {
    let folder = Folder::new();
    let sandbox = start(&folder);
    let sent = post_request(&sandbox, "7", &[("attribute[anything]", "kept")]);
    let id = id_of(&sent);
    let row = row(&sandbox, &id);
    assert_eq!(row["service_name"], "Graffiti ÄÖ");
    let clerk = sandbox.get("/clerk").text().to_owned();
    assert!(clerk.contains("Recorded city") && clerk.contains("A-2"));
    let update = [
        ("service_request_id", "A-2"),
        ("status", "open"),
        ("description", "Not done"),
    ];
    assert_eq!(sandbox.post(UPDATES, &update).status, 201);
    let row = &sandbox.get(&format!("{BASE}/requests/A-2.json")).rows()[0];
    assert_eq!(row["status"], "open");
    assert_eq!(
        row["long"].to_string(),
        "6.96852398907956",
        "recorded fields do not change"
    );
    drop(sandbox);
    let sandbox = Sandbox::start(&folder, &[]);
    assert_eq!(
        sandbox.get(REQUESTS).rows().len(),
        6,
        "it is still a recorded city after a restart"
    );
}

#[test]
fn requests_without_a_service_list_name_the_services() {
    let folder = Folder::new();
    let row = r#"{"service_request_id": "1", "status": "open", "service_code": "9", "service_name": "Nine"}"#;
    let file = folder.write(
        "one.json",
        &format!("{{\"service_requests\": {{\"request\": {row}}}}}"),
    );
    let sandbox = Sandbox::start(&folder, &["--requests", &file]);
    let services = sandbox.get(&format!("{BASE}/services.json")).rows();
    assert_eq!(services.len(), 1);
    assert_eq!(services[0]["service_name"], "Nine");
}

/// The recordings are not part of the project. They are in the folder that the variable names, or in
/// the default one beside the project.
fn recordings() -> Option<std::path::PathBuf> {
    let beside = concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared/open311/recorded");
    let path = std::env::var_os("OPEN311_RECORDED").map_or_else(|| beside.into(), Into::into);
    let path: std::path::PathBuf = path;
    if path.is_dir() {
        return Some(path);
    }
    eprintln!(
        "skipped: no recordings in {}; set OPEN311_RECORDED to their folder",
        path.display()
    );
    None
}

#[test]
fn all_rows_of_real_recordings_are_served() {
    let Some(recordings) = recordings() else {
        return;
    };
    let mut files = 0;
    for entry in std::fs::read_dir(&recordings).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let kind = if name.contains("services") {
            "services"
        } else {
            "requests"
        };
        if !name.ends_with(".json") {
            continue;
        }
        files += 1;
        let sandbox = Sandbox::new(&[&format!("--{kind}"), &path.display().to_string()]);
        let text = std::fs::read_to_string(&path).unwrap();
        let sent: Vec<serde_json::Value> = serde_json::from_str(&text).unwrap();
        let served = sandbox.get(&format!("{BASE}/{kind}.json")).rows();
        assert_eq!(served.len(), sent.len(), "{name}");
        assert!(
            sent.iter().all(|row| served.contains(row)),
            "{name}: a row changed"
        );
    }
    assert!(files > 0, "no recordings in {}", recordings.display());
}
