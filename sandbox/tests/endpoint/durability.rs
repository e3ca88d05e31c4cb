//! Confirmed requests survive a restart, and a kill while others are being written.

use std::collections::BTreeSet;
use std::process::Stdio;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

use crate::support::{BASE, Folder, REQUESTS, Sandbox, WITHOUT_VERSION_4, command};

#[test]
fn a_restart_with_the_same_file_serves_the_same_city() {
    let folder = Folder::new();
    let read_all = |sandbox: &Sandbox| {
        let list = format!("{REQUESTS}?extensions=true&page_size=1000");
        let services = sandbox
            .get(&format!("{BASE}/services.json"))
            .text()
            .to_owned();
        // The address of a photo contains the port.
        (
            sandbox.get(&list).text().replace(&sandbox.origin, ""),
            services,
        )
    };
    let sandbox = Sandbox::start(&folder, &[]);
    let fields = [
        ("service_code", "website"),
        ("address_string", "x"),
        ("idempotency_key", "k"),
    ];
    let first = sandbox.post_with_files(REQUESTS, &fields, &[b"GIF89a-kept"]);
    let before = read_all(&sandbox);
    drop(sandbox);
    let sandbox = Sandbox::start(&folder, &[]);
    assert_eq!(read_all(&sandbox), before);
    assert_eq!(
        sandbox.post(REQUESTS, &fields).text(),
        first.text(),
        "the key is stored, too"
    );
    let url = sandbox.get(&format!("{REQUESTS}?page_size=1")).rows()[0]["media_url"].clone();
    assert_eq!(sandbox.get(url.as_str().unwrap()).bytes, b"GIF89a-kept");
}

#[test]
fn a_kill_while_writing_loses_no_confirmed_request() {
    const SENDERS: usize = 3;
    const EACH: usize = 60;
    let folder = Folder::new();
    let sandbox = Sandbox::start(&folder, &[]);
    let origin = sandbox.origin.clone();
    let is_enough = AtomicBool::new(false);
    let confirmed: Vec<String> = thread::scope(|scope| {
        let (origin, is_enough) = (&origin, &is_enough);
        let senders: Vec<_> = (0..SENDERS)
            .map(|sender| {
                scope.spawn(move || {
                    let mut ids = Vec::new();
                    for count in 0..EACH {
                        let text = format!("sender {sender}, request {count}");
                        let fields = [
                            ("service_code", "website"),
                            ("address_string", "12 Main St"),
                            ("description", text.as_str()),
                        ];
                        // After the kill there are no more responses.
                        let result = ureq::post(format!("{origin}{REQUESTS}"))
                            .send_form(fields)
                            .and_then(|mut response| response.body_mut().read_to_string());
                        let Ok(body) = result else { break };
                        let rows: serde_json::Value = serde_json::from_str(&body).unwrap();
                        ids.push(rows[0]["service_request_id"].as_str().unwrap().to_owned());
                        if ids.len() > EACH / 4 {
                            is_enough.store(true, Ordering::Relaxed);
                        }
                    }
                    ids
                })
            })
            .collect();
        while !is_enough.load(Ordering::Relaxed) {
            thread::sleep(Duration::from_millis(1));
        }
        sandbox.kill();
        senders
            .into_iter()
            .flat_map(|sender| sender.join().unwrap())
            .collect()
    });
    assert!(
        confirmed.len() > EACH / 4,
        "too few were confirmed before the kill"
    );
    assert!(
        confirmed.len() < SENDERS * EACH,
        "the kill was after the last request"
    );
    let sandbox = Sandbox::start(&folder, &[]);
    let stored: BTreeSet<String> = sandbox
        .get(&format!("{REQUESTS}?service_code=website"))
        .rows()
        .iter()
        .map(|row| row["service_request_id"].as_str().unwrap().to_owned())
        .collect();
    for id in &confirmed {
        assert!(stored.contains(id), "{id} was confirmed, but is lost");
    }
}

#[test]
fn the_next_run_can_use_the_file_of_a_killed_first_run() {
    for wait in [0, 20, 60, 120] {
        let folder = Folder::new();
        let mut child = command(&folder.file("city.sqlite"), &[])
            .stdout(Stdio::null())
            .spawn()
            .unwrap();
        thread::sleep(Duration::from_millis(wait));
        child.kill().unwrap();
        child.wait().unwrap();
        let sandbox = Sandbox::start(&folder, &[]);
        assert_eq!(
            sandbox.get(&format!("{BASE}/services.json")).rows().len(),
            53
        );
        assert!(sandbox.get("/clerk").text().contains("314 requests"));
    }
}

#[test]
fn a_database_of_version_1_is_migrated_and_keeps_its_requests() {
    let folder = Folder::new();
    let sandbox = Sandbox::start(&folder, &[]);
    let fields = [("service_code", "website"), ("address_string", "x")];
    sandbox.post_with_files(REQUESTS, &fields, &[b"GIF89a-kept"]);
    let before = sandbox.get(REQUESTS).text().replace(&sandbox.origin, "");
    let services = sandbox
        .get(&format!("{BASE}/services.json"))
        .text()
        .to_owned();
    let notices = sandbox.get("/notices.json").text().to_owned();
    drop(sandbox);
    rusqlite::Connection::open(folder.file("city.sqlite"))
        .unwrap()
        .execute_batch(
            &[
                WITHOUT_VERSION_4,
                "DROP TABLE notices;
             DROP TABLE feedback;
             CREATE TABLE old (
                 name TEXT PRIMARY KEY, request INTEGER NOT NULL REFERENCES requests (number),
                 bytes BLOB NOT NULL
             ) STRICT;
             INSERT INTO old SELECT name, request, bytes FROM media;
             DROP TABLE media;
             ALTER TABLE old RENAME TO media;
             UPDATE services SET row = '{}' WHERE code = 'website';
             PRAGMA user_version = 1;",
            ]
            .concat(),
        )
        .unwrap();
    let sandbox = Sandbox::start(&folder, &[]);
    assert_eq!(
        sandbox.get(REQUESTS).text().replace(&sandbox.origin, ""),
        before
    );
    assert_eq!(
        sandbox.get(&format!("{BASE}/services.json")).text(),
        services
    );
    assert_eq!(sandbox.get("/notices.json").text(), notices);
    let url = sandbox.get(&format!("{REQUESTS}?page_size=1")).rows()[0]["media_url"].clone();
    assert_eq!(sandbox.get(url.as_str().unwrap()).bytes, b"GIF89a-kept");
}

#[test]
fn two_first_runs_create_the_same_city() {
    let (one, two) = (Folder::new(), Folder::new());
    let (one, two) = (Sandbox::start(&one, &[]), Sandbox::start(&two, &[]));
    let summary = |sandbox: &Sandbox| -> Vec<String> {
        let rows = sandbox.get(REQUESTS).rows();
        rows.iter()
            .map(|row| {
                format!(
                    "{} {} {}",
                    row["service_request_id"], row["service_code"], row["address"]
                )
            })
            .collect()
    };
    assert_eq!(summary(&one), summary(&two));
}

#[test]
fn a_failed_start_prints_the_cause() {
    let folder = Folder::new();
    drop(Sandbox::start(&folder, &[]));
    let requests = folder.write("requests.json", "[]");
    let broken = folder.write("broken.json", "[{");
    let words = folder.write("words.json", "{\"error\": \"no\"}");
    let text = folder.write("text.sqlite", &"this is not a database ".repeat(100));
    for (database, arguments, cause) in [
        (
            "city.sqlite",
            vec!["--requests", &requests],
            "already contains the sample city",
        ),
        ("a.sqlite", vec!["--requests", &broken], "broken.json"),
        (
            "b.sqlite",
            vec!["--services", &words],
            "contains no list of rows",
        ),
        ("c.sqlite", vec!["--services", "none.json"], "none.json"),
        (text.as_str(), vec![], "not a database"),
        ("no/such/folder/d.sqlite", vec![], "unable to open"),
        (
            "e.sqlite",
            vec!["--site", "no-such-folder"],
            "is not a folder",
        ),
    ] {
        let output = command(&folder.file(database), &arguments)
            .output()
            .unwrap();
        let error = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(
            !output.status.success() && error.contains(cause),
            "{arguments:?}: {error}"
        );
    }
}
