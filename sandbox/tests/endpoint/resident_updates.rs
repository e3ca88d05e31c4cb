//! What a resident can do with a request that is there: say that it is still there, take it back,
//! remind the city, follow it with another one.

use serde_json::Value;

use crate::support::{Answer, BASE, Folder, Sandbox};

const PIXEL: &[u8] = b"GIF89a-and-the-rest";

fn requests() -> String {
    format!("{BASE}/requests.json")
}

fn updates() -> String {
    format!("{BASE}/servicerequestupdates.json")
}

fn send(sandbox: &Sandbox, more: &[(&str, &str)]) -> Answer {
    let mut fields = vec![
        ("service_code", "dead-animal"),
        ("address_string", "12 Main St"),
    ];
    fields.extend(more);
    sandbox.post(&requests(), &fields)
}

fn new_request(sandbox: &Sandbox) -> String {
    let sent = send(sandbox, &[]);
    sent.rows()[0]["service_request_id"]
        .as_str()
        .unwrap()
        .to_owned()
}

fn page_of(id: &str) -> String {
    let number: u32 = id.rsplit_once('-').unwrap().1.parse().unwrap();
    format!("/clerk/{number}")
}

fn close(sandbox: &Sandbox, id: &str) {
    let fields = [("reason", "done"), ("note", "Taken away.")];
    assert_eq!(
        sandbox
            .post(&format!("{}/close", page_of(id)), &fields)
            .status,
        303
    );
}

fn say(sandbox: &Sandbox, id: &str, fields: &[(&str, &str)]) -> String {
    let mut fields = fields.to_vec();
    fields.push(("service_request_id", id));
    let answer = sandbox.post(&updates(), &fields);
    assert_eq!(answer.status, 201, "{fields:?}: {}", answer.text());
    answer.rows()[0]["update_id"].as_str().unwrap().to_owned()
}

fn row(sandbox: &Sandbox, id: &str) -> Value {
    sandbox
        .get(&format!("{BASE}/requests/{id}.json"))
        .rows()
        .remove(0)
}

fn history(sandbox: &Sandbox, id: &str) -> Vec<Value> {
    sandbox
        .get(&format!("{}?service_request_id={id}", updates()))
        .rows()
}

#[test]
fn still_there_opens_a_closed_request_again() {
    let folder = Folder::new();
    let sandbox = Sandbox::start(&folder, &[]);
    let id = new_request(&sandbox);
    close(&sandbox, &id);
    let still = [
        ("status", "open"),
        ("description", "It is still there."),
        ("idempotency_key", "k"),
    ];
    let first = say(&sandbox, &id, &still);
    let open = row(&sandbox, &id);
    assert_eq!(open["status"], "open");
    assert_eq!(
        open["status_notes"],
        "Open again: the resident says it is still there."
    );
    let told = history(&sandbox, &id);
    assert_eq!(
        (&told[2]["status"], &told[2]["author"]),
        (&"open".into(), &"resident".into())
    );
    assert_eq!(open["updated_datetime"], told[2]["updated_datetime"]);
    close(&sandbox, &id);
    assert_eq!(
        say(&sandbox, &id, &still),
        first,
        "the same words again are no new ones"
    );
    assert_eq!(row(&sandbox, &id)["status"], "closed");
}

#[test]
fn a_word_or_a_photo_after_closing_leaves_the_date_of_closing() {
    let folder = Folder::new();
    let sandbox = Sandbox::start(&folder, &[]);
    let id = new_request(&sandbox);
    close(&sandbox, &id);
    let closed = row(&sandbox, &id);
    std::thread::sleep(std::time::Duration::from_millis(1100));
    let fields = [
        ("service_request_id", id.as_str()),
        ("description", "Thank you!"),
    ];
    let sent = sandbox.post_with_files(&updates(), &fields, &[PIXEL]);
    assert_eq!(sent.status, 201, "{}", sent.text());
    let told = history(&sandbox, &id);
    assert_ne!(told[2]["updated_datetime"], closed["updated_datetime"]);
    assert_eq!(row(&sandbox, &id), closed);
    let photo = sandbox.get(told[2]["media_url"].as_str().unwrap());
    assert_eq!(photo.bytes, PIXEL);
}

#[test]
fn a_photo_that_was_uploaded_ahead_belongs_to_the_update_that_names_it() {
    let folder = Folder::new();
    let sandbox = Sandbox::start(&folder, &[]);
    let id = new_request(&sandbox);
    let uploaded = sandbox.post_with_files("/upload", &[], &[PIXEL]).json();
    let url = uploaded["media_url"].as_str().unwrap();
    say(&sandbox, &id, &[("description", "See"), ("media_url", url)]);
    assert_eq!(history(&sandbox, &id)[1]["media_url"], url);
    let path = url.strip_prefix(&sandbox.origin).unwrap();
    let page = sandbox.get(&page_of(&id)).text().to_owned();
    assert!(page.contains(&format!("<img src=\"{path}\"")), "{page}");
}

#[test]
fn a_resident_takes_a_request_back() {
    let folder = Folder::new();
    let sandbox = Sandbox::start(&folder, &[]);
    let id = new_request(&sandbox);
    say(
        &sandbox,
        &id,
        &[
            ("status", "withdrawn"),
            ("description", "A neighbor did it."),
        ],
    );
    let withdrawn = row(&sandbox, &id);
    assert_eq!(withdrawn["status"], "closed");
    assert_eq!(withdrawn["status_notes"], "Withdrawn by the resident.");
    let last = history(&sandbox, &id).pop().unwrap();
    for (name, value) in [
        ("status", "closed"),
        ("type", "withdrawn"),
        ("author", "resident"),
        ("description", "A neighbor did it."),
    ] {
        assert_eq!(last[name], value, "{last}");
    }
    let page = sandbox.get(&page_of(&id)).text().to_owned();
    assert!(
        page.contains("<b>withdrawn</b><br>A neighbor did it."),
        "{page}"
    );

    let wordless = new_request(&sandbox);
    say(&sandbox, &wordless, &[("status", "withdrawn")]);
    assert_eq!(row(&sandbox, &wordless)["status"], "closed");

    let done = new_request(&sandbox);
    close(&sandbox, &done);
    say(&sandbox, &done, &[("status", "withdrawn")]);
    assert_eq!(
        row(&sandbox, &done)["status_notes"],
        "Taken away.",
        "it was closed before"
    );
}

#[test]
fn the_clerk_sees_one_reminder_a_day() {
    let folder = Folder::new();
    let sandbox = Sandbox::start(&folder, &[]);
    let (id, other) = (new_request(&sandbox), new_request(&sandbox));
    let before = row(&sandbox, &id);
    let reminder = [("type", "reminder"), ("description", "When?")];
    let first = say(&sandbox, &id, &reminder);
    assert_eq!(say(&sandbox, &id, &reminder), first);
    assert_eq!(
        say(&sandbox, &id, &[("type", "reminder"), ("status", "closed")]),
        first
    );
    assert_ne!(say(&sandbox, &other, &[("type", "reminder")]), first);
    let told = history(&sandbox, &id);
    assert_eq!(told.len(), 2);
    assert_eq!(
        (&told[1]["type"], &told[1]["author"]),
        (&"reminder".into(), &"resident".into())
    );
    assert_eq!(told[1]["status"], "open");
    let after = row(&sandbox, &id);
    assert_eq!(
        (&after["status"], &after["status_notes"]),
        (&before["status"], &before["status_notes"])
    );
    let page = || sandbox.get(&page_of(&id)).text().to_owned();
    assert!(page().contains("The resident reminded us on"), "{}", page());
    assert_eq!(
        sandbox
            .get("/clerk")
            .text()
            .matches("Reminder came")
            .count(),
        2
    );

    let word = [("stage", "in_progress"), ("note", "Today.")];
    assert_eq!(sandbox.post(&page_of(&id), &word).status, 303);
    assert!(!page().contains("The resident reminded us on"));
    drop(sandbox);
    // A day passes.
    rusqlite::Connection::open(folder.file("city.sqlite"))
        .unwrap()
        .execute("UPDATE updates SET at = at - 86400000", [])
        .unwrap();
    let sandbox = Sandbox::start(&folder, &[]);
    assert_ne!(say(&sandbox, &id, &reminder), first);
    let unknown = [
        ("service_request_id", id.as_str()),
        ("description", "x"),
        ("type", "question"),
    ];
    let refused = sandbox.post(&updates(), &unknown);
    assert_eq!(
        refused.errors(),
        ["type question is not known: use reminder"]
    );
}

#[test]
fn a_request_may_follow_an_earlier_one() {
    let folder = Folder::new();
    let sandbox = Sandbox::start(&folder, &[]);
    let first = new_request(&sandbox);
    let sent = send(&sandbox, &[("linked_request_id", &first)]);
    assert_eq!(sent.status, 201, "{}", sent.text());
    let second = sent.rows()[0]["service_request_id"]
        .as_str()
        .unwrap()
        .to_owned();
    assert_eq!(row(&sandbox, &second)["linked_request_id"], first);
    assert_eq!(row(&sandbox, &first).get("linked_request_id"), None);
    let link = |id: &str| format!("<a href=\"{}\">{id}</a>", page_of(id));
    let (of_first, of_second) = (
        sandbox.get(&page_of(&first)),
        sandbox.get(&page_of(&second)),
    );
    assert!(
        of_second
            .text()
            .contains(&format!("Follows {}", link(&first))),
        "{}",
        of_second.text()
    );
    assert!(
        of_first
            .text()
            .contains(&format!("Followed by {}", link(&second))),
        "{}",
        of_first.text()
    );
    let refused = send(&sandbox, &[("linked_request_id", "26-99999")]);
    assert_eq!(refused.status, 400);
    assert_eq!(
        refused.errors(),
        ["linked_request_id 26-99999 was not found"]
    );
}

#[test]
fn no_other_system_knows_our_own_words() {
    let folder = Folder::new();
    let sandbox = Sandbox::start(&folder, &["--dialect", "adapter"]);
    let fields = [
        ("service_code", "dead-animal"),
        ("address_string", "12 Main St"),
        ("linked_request_id", "26-99999"),
    ];
    let sent = sandbox.post("/open311/requests.json", &fields);
    assert_eq!(sent.status, 201, "{}", sent.text());
    let id = sent.rows()[0]["service_request_id"]
        .as_str()
        .unwrap()
        .to_owned();
    let ask = sandbox.post(&format!("{}/ask", page_of(&id)), &[("note", "Which?")]);
    assert_eq!(ask.status, 303);
    for path in [
        format!("/open311/servicerequestupdates.json?service_request_id={id}"),
        format!("/open311/requests/{id}.json"),
    ] {
        let text = sandbox.get(&path).text().to_owned();
        for name in ["\"author\"", "\"type\"", "\"linked_request_id\""] {
            assert!(!text.contains(name), "{path}: {text}");
        }
    }
}
