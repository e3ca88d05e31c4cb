//! What was answered is kept: over a restart, and over a kill in the middle of writing.

use std::collections::BTreeSet;
use std::process::Stdio;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

use crate::support::{BASE, Folder, Sandbox, WITHOUT_VERSION_4, command};

#[test]
fn a_restart_on_the_same_file_shows_the_same_city() {
    let folder = Folder::new();
    let look = |sandbox: &Sandbox| {
        let list = format!("{BASE}/requests.json?extensions=true&page_size=1000");
        let services = sandbox
            .get(&format!("{BASE}/services.json"))
            .text()
            .to_owned();
        // A photo's address has the port in it.
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
    let path = format!("{BASE}/requests.json");
    let first = sandbox.post_with_files(&path, &fields, &[b"GIF89a-kept"]);
    let before = look(&sandbox);
    drop(sandbox);
    let sandbox = Sandbox::start(&folder, &[]);
    assert_eq!(look(&sandbox), before);
    assert_eq!(
        sandbox.post(&path, &fields).text(),
        first.text(),
        "the key is kept, too"
    );
    let url = sandbox.get(&format!("{path}?page_size=1")).rows()[0]["media_url"].clone();
    assert_eq!(sandbox.get(url.as_str().unwrap()).bytes, b"GIF89a-kept");
}

#[test]
fn a_kill_in_the_middle_of_writing_loses_nothing_that_was_answered() {
    const SENDERS: usize = 3;
    const EACH: usize = 60;
    let folder = Folder::new();
    let sandbox = Sandbox::start(&folder, &[]);
    let origin = sandbox.origin.clone();
    let enough = AtomicBool::new(false);
    let answered: Vec<String> = thread::scope(|scope| {
        let (origin, enough) = (&origin, &enough);
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
                        // The kill comes in between: from then on nothing is answered.
                        let result = ureq::post(format!("{origin}{BASE}/requests.json"))
                            .send_form(fields)
                            .and_then(|mut response| response.body_mut().read_to_string());
                        let Ok(body) = result else { break };
                        let rows: serde_json::Value = serde_json::from_str(&body).unwrap();
                        ids.push(rows[0]["service_request_id"].as_str().unwrap().to_owned());
                        if ids.len() > EACH / 4 {
                            enough.store(true, Ordering::Relaxed);
                        }
                    }
                    ids
                })
            })
            .collect();
        while !enough.load(Ordering::Relaxed) {
            thread::sleep(Duration::from_millis(1));
        }
        sandbox.kill();
        senders
            .into_iter()
            .flat_map(|sender| sender.join().unwrap())
            .collect()
    });
    assert!(
        answered.len() > EACH / 4,
        "too few were answered before the kill"
    );
    assert!(
        answered.len() < SENDERS * EACH,
        "the kill came after the last request"
    );
    let sandbox = Sandbox::start(&folder, &[]);
    let kept: BTreeSet<String> = sandbox
        .get(&format!("{BASE}/requests.json?service_code=website"))
        .rows()
        .iter()
        .map(|row| row["service_request_id"].as_str().unwrap().to_owned())
        .collect();
    for id in &answered {
        assert!(kept.contains(id), "{id} was answered and is gone");
    }
}

#[test]
fn a_first_run_that_is_killed_leaves_a_file_that_the_next_run_can_use() {
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
fn a_database_of_the_first_version_is_brought_up_to_date_and_keeps_its_requests() {
    let folder = Folder::new();
    let sandbox = Sandbox::start(&folder, &[]);
    let path = format!("{BASE}/requests.json");
    let fields = [("service_code", "website"), ("address_string", "x")];
    sandbox.post_with_files(&path, &fields, &[b"GIF89a-kept"]);
    let before = sandbox.get(&path).text().replace(&sandbox.origin, "");
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
        sandbox.get(&path).text().replace(&sandbox.origin, ""),
        before
    );
    assert_eq!(
        sandbox.get(&format!("{BASE}/services.json")).text(),
        services
    );
    assert_eq!(sandbox.get("/notices.json").text(), notices);
    let url = sandbox.get(&format!("{path}?page_size=1")).rows()[0]["media_url"].clone();
    assert_eq!(sandbox.get(url.as_str().unwrap()).bytes, b"GIF89a-kept");
}

#[test]
fn two_first_runs_give_the_same_city() {
    let (one, two) = (Folder::new(), Folder::new());
    let (one, two) = (Sandbox::start(&one, &[]), Sandbox::start(&two, &[]));
    let tell = |sandbox: &Sandbox| -> Vec<String> {
        let rows = sandbox.get(&format!("{BASE}/requests.json")).rows();
        rows.iter()
            .map(|row| {
                format!(
                    "{} {} {}",
                    row["service_request_id"], row["service_code"], row["address"]
                )
            })
            .collect()
    };
    assert_eq!(tell(&one), tell(&two));
}

#[test]
fn a_start_that_cannot_work_says_why() {
    let folder = Folder::new();
    drop(Sandbox::start(&folder, &[]));
    let requests = folder.write("requests.json", "[]");
    let broken = folder.write("broken.json", "[{");
    let words = folder.write("words.json", "{\"error\": \"no\"}");
    let text = folder.write("text.sqlite", &"this is no database ".repeat(100));
    for (database, arguments, cause) in [
        (
            "city.sqlite",
            vec!["--requests", &requests],
            "already holds the sample city",
        ),
        ("a.sqlite", vec!["--requests", &broken], "broken.json"),
        (
            "b.sqlite",
            vec!["--services", &words],
            "holds no list of rows",
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
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(
            !output.status.success() && said.contains(cause),
            "{arguments:?}: {said}"
        );
    }
}
