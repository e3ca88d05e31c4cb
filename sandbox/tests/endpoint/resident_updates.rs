//! What a resident can do with an existing request: report that the problem is still there, withdraw
//! it, remind the city, or send another request that follows it.

use crate::steps::{
    clerk_action, clerk_page, clerk_path, history, id_of, new_request, new_update, post_request,
    receipt_of, row,
};
use crate::support::{Folder, Response, Sandbox, UPDATES};

const PIXEL: &[u8] = b"GIF89a-and-the-rest";
const SERVICE: &str = "dead-animal";

fn close(sandbox: &Sandbox, id: &str) {
    let fields = [("reason", "done"), ("note", "Taken away.")];
    clerk_action(sandbox, id, "close", &fields);
}

#[test]
fn still_there_reopens_a_closed_request() {
    let sandbox = Sandbox::new(&[]);
    let id = new_request(&sandbox, SERVICE, &[]);
    close(&sandbox, &id);
    let still_there = [
        ("status", "open"),
        ("description", "It is still there."),
        ("idempotency_key", "k"),
    ];
    let first = new_update(&sandbox, &id, &still_there);
    let open = row(&sandbox, &id);
    assert_eq!(open["status"], "open");
    assert_eq!(
        open["status_notes"],
        "Open again: the resident says it is still there."
    );
    let updates = history(&sandbox, &id);
    assert_eq!(
        (&updates[2]["status"], &updates[2]["author"]),
        (&"open".into(), &"resident".into())
    );
    assert_eq!(open["updated_datetime"], updates[2]["updated_datetime"]);
    close(&sandbox, &id);
    assert_eq!(
        new_update(&sandbox, &id, &still_there),
        first,
        "an update with the same key is the same update"
    );
    assert_eq!(row(&sandbox, &id)["status"], "closed");
}

#[test]
fn a_comment_or_a_photo_after_closing_does_not_change_the_date_of_closing() {
    let sandbox = Sandbox::new(&[]);
    let id = new_request(&sandbox, SERVICE, &[]);
    close(&sandbox, &id);
    let closed = row(&sandbox, &id);
    std::thread::sleep(std::time::Duration::from_millis(1100));
    let fields = [
        ("service_request_id", id.as_str()),
        ("description", "Thank you!"),
    ];
    let sent = sandbox.post_with_files(UPDATES, &fields, &[PIXEL]);
    assert_eq!(sent.status, 201, "{}", sent.text());
    let updates = history(&sandbox, &id);
    assert_ne!(updates[2]["updated_datetime"], closed["updated_datetime"]);
    assert_eq!(row(&sandbox, &id), closed);
    let photo = sandbox.get(updates[2]["media_url"].as_str().unwrap());
    assert_eq!(photo.bytes, PIXEL);
}

#[test]
fn a_photo_that_was_uploaded_before_belongs_to_the_update_that_names_it() {
    let sandbox = Sandbox::new(&[]);
    let id = new_request(&sandbox, SERVICE, &[]);
    let uploaded = sandbox.post_with_files("/upload", &[], &[PIXEL]).json();
    let url = uploaded["media_url"].as_str().unwrap();
    new_update(&sandbox, &id, &[("description", "See"), ("media_url", url)]);
    assert_eq!(history(&sandbox, &id)[1]["media_url"], url);
    let path = url.strip_prefix(&sandbox.origin).unwrap();
    let page = clerk_page(&sandbox, &id);
    assert!(page.contains(&format!("<img src=\"{path}\"")), "{page}");
}

#[test]
fn a_resident_can_withdraw_a_request() {
    let sandbox = Sandbox::new(&[]);
    let id = new_request(&sandbox, SERVICE, &[]);
    let withdrawal = [
        ("status", "withdrawn"),
        ("description", "A neighbor did it."),
    ];
    new_update(&sandbox, &id, &withdrawal);
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
    let page = clerk_page(&sandbox, &id);
    assert!(
        page.contains("<b>withdrawn</b><br>A neighbor did it."),
        "{page}"
    );

    let without_reason = new_request(&sandbox, SERVICE, &[]);
    new_update(&sandbox, &without_reason, &[("status", "withdrawn")]);
    assert_eq!(row(&sandbox, &without_reason)["status"], "closed");

    let done = new_request(&sandbox, SERVICE, &[]);
    close(&sandbox, &done);
    new_update(&sandbox, &done, &[("status", "withdrawn")]);
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
    let id = new_request(&sandbox, SERVICE, &[]);
    let other = new_request(&sandbox, SERVICE, &[]);
    let before = row(&sandbox, &id);
    let reminder = [("type", "reminder"), ("description", "When?")];
    let first = new_update(&sandbox, &id, &reminder);
    assert_eq!(new_update(&sandbox, &id, &reminder), first);
    let closing = [("type", "reminder"), ("status", "closed")];
    assert_eq!(new_update(&sandbox, &id, &closing), first);
    assert_ne!(new_update(&sandbox, &other, &[("type", "reminder")]), first);
    let updates = history(&sandbox, &id);
    assert_eq!(updates.len(), 2);
    assert_eq!(
        (&updates[1]["type"], &updates[1]["author"]),
        (&"reminder".into(), &"resident".into())
    );
    assert_eq!(updates[1]["status"], "open");
    let after = row(&sandbox, &id);
    assert_eq!(
        (&after["status"], &after["status_notes"]),
        (&before["status"], &before["status_notes"])
    );
    let page = || clerk_page(&sandbox, &id);
    assert!(page().contains("The resident reminded us on"), "{}", page());
    let list = sandbox.get("/clerk").text().to_owned();
    assert_eq!(list.matches("Reminder came").count(), 2);

    let response = [("stage", "in_progress"), ("note", "Today.")];
    clerk_action(&sandbox, &id, "", &response);
    assert!(!page().contains("The resident reminded us on"));
    drop(sandbox);
    // A day passes.
    rusqlite::Connection::open(folder.file("city.sqlite"))
        .unwrap()
        .execute("UPDATE updates SET at = at - 86400000", [])
        .unwrap();
    let sandbox = Sandbox::start(&folder, &[]);
    assert_ne!(new_update(&sandbox, &id, &reminder), first);
    let unknown = [
        ("service_request_id", id.as_str()),
        ("description", "x"),
        ("type", "question"),
        ("receipt", &receipt_of(&id)),
    ];
    assert_eq!(
        sandbox.post(UPDATES, &unknown).errors(),
        ["type question is not known: use reminder"]
    );
}

#[test]
fn a_request_can_follow_an_earlier_one() {
    let sandbox = Sandbox::new(&[]);
    let first = new_request(&sandbox, SERVICE, &[]);
    let second = new_request(&sandbox, SERVICE, &[("linked_request_id", &first)]);
    assert_eq!(row(&sandbox, &second)["linked_request_id"], first);
    assert_eq!(row(&sandbox, &first).get("linked_request_id"), None);
    for (id, label, other) in [
        (&second, "Follows", &first),
        (&first, "Followed by", &second),
    ] {
        let page = clerk_page(&sandbox, id);
        let link = format!("{label} <a href=\"{}\">{other}</a>", clerk_path(other));
        assert!(page.contains(&link), "{page}");
    }
    let refused = post_request(&sandbox, SERVICE, &[("linked_request_id", "26-99999")]);
    assert_eq!(refused.status, 400);
    assert_eq!(
        refused.errors(),
        ["linked_request_id 26-99999 was not found"]
    );
}

#[test]
fn a_dialect_has_none_of_our_own_fields() {
    let sandbox = Sandbox::new(&["--dialect", "adapter"]);
    let fields = [
        ("service_code", SERVICE),
        ("address_string", "12 Main St"),
        ("linked_request_id", "26-99999"),
    ];
    let id = id_of(&sandbox.post("/open311/requests.json", &fields));
    clerk_action(&sandbox, &id, "ask", &[("note", "Which?")]);
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

/// Posts an update with these fields, and returns the response.
fn update(sandbox: &Sandbox, id: &str, fields: &[(&str, &str)]) -> Response {
    let mut fields = fields.to_vec();
    fields.extend([("service_request_id", id), ("description", "x")]);
    sandbox.post(UPDATES, &fields)
}

#[test]
fn only_the_sender_of_a_request_can_withdraw_close_remind_and_answer() {
    let sandbox = Sandbox::new(&[]);
    let id = new_request(&sandbox, SERVICE, &[]);
    let other = receipt_of(&new_request(&sandbox, SERVICE, &[]));
    for fields in [
        ("status", "withdrawn"),
        ("status", "Fixed"),
        ("type", "reminder"),
    ] {
        let refused = update(&sandbox, &id, &[fields]);
        assert_eq!(refused.status, 403, "{fields:?}: {}", refused.text());
        let expected = "receipt was not provided: only the sender of the request may do this";
        assert_eq!(refused.errors(), [expected]);
        let refused = update(&sandbox, &id, &[fields, ("receipt", &other)]);
        assert_eq!(refused.status, 403, "{fields:?}: {}", refused.text());
        let expected = "receipt is not the one of this request";
        assert_eq!(refused.errors(), [expected]);
    }
    assert_eq!(row(&sandbox, &id)["status"], "open");
    clerk_action(&sandbox, &id, "ask", &[("note", "Which?")]);
    assert_eq!(update(&sandbox, &id, &[]).status, 201);
    let waits = |sandbox: &Sandbox| sandbox.get("/clerk?asked=1").text().contains(&id);
    assert!(waits(&sandbox), "another person's words are not the answer");
    new_update(&sandbox, &id, &[("description", "The left one.")]);
    assert!(!waits(&sandbox));
}

#[test]
fn what_another_person_says_is_marked_and_can_reopen_a_request() {
    let sandbox = Sandbox::new(&[]);
    let id = new_request(&sandbox, SERVICE, &[]);
    close(&sandbox, &id);
    assert_eq!(update(&sandbox, &id, &[("status", "open")]).status, 201);
    let open = row(&sandbox, &id);
    let expected = "Open again: somebody says it is still there.";
    assert_eq!(
        (&open["status"], &open["status_notes"]),
        (&"open".into(), &expected.into())
    );
    let last = history(&sandbox, &id).pop().unwrap();
    assert_eq!(last["author"], "other");
    assert!(clerk_page(&sandbox, &id).contains(" · another person"));
}

#[test]
fn the_receipt_is_a_secret_of_the_response() {
    let sandbox = Sandbox::new(&[]);
    let fields = [("idempotency_key", "k")];
    let sent = post_request(&sandbox, SERVICE, &fields);
    let id = id_of(&sent);
    let receipt = receipt_of(&id);
    assert_eq!(receipt.len(), 48);
    assert_eq!(post_request(&sandbox, SERVICE, &fields).text(), sent.text());
    for path in [
        format!("/open311/v2/requests/{id}.json?extensions=true"),
        format!("{UPDATES}?service_request_id={id}"),
        clerk_path(&id),
    ] {
        assert!(!sandbox.get(&path).text().contains(&receipt), "{path}");
    }
}

#[test]
fn without_a_receipt_the_sender_is_asked_to_confirm_and_until_then_nothing_changes() {
    let sandbox = Sandbox::new(&[]);
    let withdrawal = [
        ("status", "withdrawn"),
        ("confirmation", "yes"),
        ("idempotency_key", "k"),
    ];
    let anonymous = new_request(&sandbox, SERVICE, &[]);
    let refused = update(&sandbox, &anonymous, &withdrawal);
    assert_eq!(refused.status, 403);
    let expected = "nobody can confirm this: the request was sent without an e-mail address";
    assert_eq!(refused.errors(), [expected]);
    let id = new_request(&sandbox, SERVICE, &[("email", "ada@example.org")]);
    let sent = update(&sandbox, &id, &withdrawal);
    assert_eq!(sent.status, 201, "{}", sent.text());
    assert!(!sent.text().contains("ada"), "{}", sent.text());
    assert_eq!(update(&sandbox, &id, &withdrawal).text(), sent.text());
    assert_eq!(row(&sandbox, &id)["status"], "open");
    assert_eq!(history(&sandbox, &id).len(), 1);
    let page = clerk_page(&sandbox, &id);
    let (_, rest) = page.split_once("href=\"/confirm/").unwrap();
    let (secret, _) = rest.split_once('"').unwrap();
    let link = format!("/confirm/{secret}");
    assert!(sandbox.get(&link).text().contains("<button>"));
    assert_eq!(
        row(&sandbox, &id)["status"],
        "open",
        "opening is not enough"
    );
    assert_eq!(sandbox.post(&link, &[]).status, 201);
    assert_eq!(row(&sandbox, &id)["status"], "closed");
    let last = history(&sandbox, &id).pop().unwrap();
    assert_eq!(last["author"], "resident");
    assert_eq!(sandbox.post(&link, &[]).status, 404, "a link works once");
    assert!(!clerk_page(&sandbox, &id).contains("/confirm/"));
}
