//! What the clerk does with a request, and what the resident then reads.

use serde_json::Value;

use crate::support::{BASE, Folder, Sandbox};

/// A new request: its number, and its page at the clerk's.
fn send(sandbox: &Sandbox) -> (String, String) {
    let fields = [
        ("service_code", "pothole"),
        ("address_string", "12 Main St"),
        ("attribute[depth]", "deep"),
        ("attribute[lane][]", "drive"),
    ];
    let sent = sandbox.post(&format!("{BASE}/requests.json"), &fields);
    assert_eq!(sent.status, 201, "{}", sent.text());
    let id = sent.rows()[0]["service_request_id"]
        .as_str()
        .unwrap()
        .to_owned();
    let number: u32 = id.rsplit_once('-').unwrap().1.parse().unwrap();
    (id, format!("/clerk/{number}"))
}

fn order(sandbox: &Sandbox, page: &str, name: &str, fields: &[(&str, &str)]) {
    let answer = sandbox.post(&format!("{page}/{name}"), fields);
    assert_eq!(answer.status, 303, "{name} {fields:?}: {}", answer.text());
    assert_eq!(answer.header("location"), format!("{page}?moved=1"));
}

fn row(sandbox: &Sandbox, id: &str) -> Value {
    sandbox
        .get(&format!("{BASE}/requests/{id}.json?extensions=true"))
        .rows()
        .remove(0)
}

fn last(row: &Value) -> &Value {
    row["notes"].as_array().unwrap().last().unwrap()
}

/// A day of the city's calendar, so many days from now.
fn day(days: i64) -> String {
    let now = jiff::Timestamp::now() + jiff::SignedDuration::from_hours(24 * days);
    now.in_tz("America/Chicago").unwrap().date().to_string()
}

#[test]
fn a_request_goes_to_another_office_with_a_sentence() {
    let folder = Folder::new();
    let sandbox = Sandbox::start(&folder, &[]);
    let (id, page) = send(&sandbox);
    let note = "It is a water main, so the Water Department has it now.";
    order(
        &sandbox,
        &page,
        "hand-over",
        &[("agency", "Water Department"), ("note", note)],
    );
    let row = row(&sandbox, &id);
    assert_eq!(row["agency_responsible"], "Water Department");
    assert_eq!(
        (&row["status"], &row["status_notes"]),
        (&"open".into(), &note.into())
    );
    let last = last(&row);
    assert_eq!(last["status"], "internal_referral");
    assert_eq!(last["agency_responsible"], "Water Department");
    assert_eq!(last["author"], "city");
    assert_eq!(last.get("type"), None);
}

#[test]
fn a_late_request_gets_a_reason_and_a_new_date_that_its_update_tells() {
    let folder = Folder::new();
    let sandbox = Sandbox::start(&folder, &[]);
    let (id, page) = send(&sandbox);
    let promised = row(&sandbox, &id)["expected_datetime"].clone();
    let (new, note) = (day(30), "The asphalt plant is closed by frost.");
    order(
        &sandbox,
        &page,
        "late",
        &[("note", note), ("expected", &new)],
    );
    let row = row(&sandbox, &id);
    assert_ne!(row["expected_datetime"], promised);
    let expected = row["expected_datetime"].as_str().unwrap();
    assert!(
        expected.starts_with(&format!("{new}T17:00:00-0")),
        "{expected}"
    );
    assert_eq!(row["status_notes"], note);
    assert_eq!(last(&row)["expected_datetime"], expected);
    assert_eq!(last(&row)["status"], "waiting");
    assert_eq!(row["notes"][0].get("expected_datetime"), None);
    assert!(sandbox.get(&page).text().contains("new date"));
}

#[test]
fn a_request_is_closed_with_its_reason_and_a_refusal_with_the_next_step() {
    let folder = Folder::new();
    let sandbox = Sandbox::start(&folder, &[]);
    for (reason, fields, status, note) in [
        ("done", vec![], "closed", "Done."),
        ("done", vec![("note", "Filled.")], "closed", "Filled."),
        (
            "refused",
            vec![
                ("note", "It is private ground."),
                ("next", "Write to the City Manager within 30 days."),
            ],
            "no_further_action",
            "It is private ground. Write to the City Manager within 30 days.",
        ),
        (
            "not-ours",
            vec![
                ("note", "It is the county’s."),
                ("next", "Call (555) 010-0190."),
            ],
            "not_councils_responsibility",
            "It is the county’s. Call (555) 010-0190.",
        ),
        (
            "nothing-found",
            vec![("note", "We went there twice.")],
            "unable_to_fix",
            "We went there twice.",
        ),
    ] {
        let (id, page) = send(&sandbox);
        let mut fields = fields;
        fields.push(("reason", reason));
        order(&sandbox, &page, "close", &fields);
        let row = row(&sandbox, &id);
        assert_eq!(row["status"], "closed", "{reason}");
        assert_eq!(row["status_notes"], note);
        assert_eq!(
            (&last(&row)["status"], &last(&row)["description"]),
            (&status.into(), &note.into())
        );
        assert_eq!(row["updated_datetime"], last(&row)["updated_datetime"]);
    }
    let ((first, _), (second, page)) = (send(&sandbox), send(&sandbox));
    order(
        &sandbox,
        &page,
        "close",
        &[("reason", "duplicate"), ("other", &first)],
    );
    let row = row(&sandbox, &second);
    assert_eq!(last(&row)["status"], "duplicate");
    assert!(
        row["status_notes"].as_str().unwrap().contains(&first),
        "{row}"
    );
}

#[test]
fn a_question_waits_for_the_resident_until_the_answer_comes() {
    let folder = Folder::new();
    let sandbox = Sandbox::start(&folder, &[]);
    let (id, page) = send(&sandbox);
    let waits = || {
        let list = sandbox.get("/clerk?asked=1").text().to_owned();
        assert!(list.contains("26-") || list.contains("requests, newest first"));
        list.contains(&format!("href=\"{page}\""))
    };
    assert!(!waits());
    order(
        &sandbox,
        &page,
        "ask",
        &[("note", "Which lane <left> or right?")],
    );
    let asked = row(&sandbox, &id);
    assert_eq!(last(&asked)["type"], "question");
    assert_eq!(last(&asked)["status"], "waiting");
    assert_eq!(last(&asked)["author"], "city");
    assert!(waits());
    let shown = sandbox.get(&page).text().to_owned();
    assert!(
        shown.contains("The resident has not answered yet."),
        "{shown}"
    );

    let reminder = [("service_request_id", id.as_str()), ("type", "reminder")];
    let updates = format!("{BASE}/servicerequestupdates.json");
    assert_eq!(sandbox.post(&updates, &reminder).status, 201);
    assert!(waits(), "a reminder is no answer");

    let answer = [
        ("service_request_id", id.as_str()),
        ("description", "The left one & wide."),
    ];
    assert_eq!(sandbox.post(&updates, &answer).status, 201);
    assert!(!waits());
    let answered = row(&sandbox, &id);
    assert_eq!(last(&answered)["author"], "resident");
    assert_eq!(
        last(&answered)["status"],
        "in_progress",
        "the city has to say the next word"
    );
    assert_eq!(last(&answered).get("type"), None);
    assert_eq!(answered["status"], "open");
    let shown = sandbox.get(&page).text().to_owned();
    assert!(
        shown.contains(
            "The resident answered:</b><blockquote>The left one &amp; wide.</blockquote>"
        ),
        "{shown}"
    );
    assert!(shown.contains("Which lane &lt;left&gt; or right?"));
}

#[test]
fn a_question_that_the_city_no_longer_asks_waits_for_nobody() {
    let folder = Folder::new();
    let sandbox = Sandbox::start(&folder, &[]);
    for (name, fields, waits) in [
        (
            "/hand-over",
            vec![("agency", "Water Department"), ("note", "Theirs.")],
            true,
        ),
        (
            "/late",
            vec![("note", "Frost."), ("expected", "2030-01-02")],
            true,
        ),
        ("/close", vec![("reason", "done")], false),
        ("", vec![("stage", "in_progress")], false),
    ] {
        let (_, page) = send(&sandbox);
        order(&sandbox, &page, "ask", &[("note", "Which lane?")]);
        assert_eq!(sandbox.post(&format!("{page}{name}"), &fields).status, 303);
        let list = sandbox.get("/clerk?asked=1").text().to_owned();
        assert_eq!(list.contains(&format!("href=\"{page}\"")), waits, "{name}");
    }
}

#[test]
fn an_order_without_its_reason_is_refused_and_changes_nothing() {
    let folder = Folder::new();
    let sandbox = Sandbox::start(&folder, &[]);
    let (id, page) = send(&sandbox);
    let before = row(&sandbox, &id);
    let long = "x".repeat(2001);
    let own = id.clone();
    for (name, fields, cause) in [
        ("hand-over", vec![("note", "x")], "Name the office"),
        (
            "hand-over",
            vec![("agency", "Water Department")],
            "sentence for the resident is missing",
        ),
        (
            "hand-over",
            vec![("agency", "Street Maintenance"), ("note", "x")],
            "has it already",
        ),
        ("ask", vec![], "The question is missing"),
        ("ask", vec![("note", &long)], "over 2000 characters"),
        (
            "late",
            vec![("expected", "2030-01-01")],
            "The reason is missing",
        ),
        ("late", vec![("note", "x")], "The new date is missing"),
        (
            "late",
            vec![("note", "x"), ("expected", "soon")],
            "soon is not a day",
        ),
        (
            "late",
            vec![("note", "x"), ("expected", "2020-01-01")],
            "past already",
        ),
        (
            "late",
            vec![("note", "x"), ("expected", "9999-12-31")],
            "too far away",
        ),
        ("close", vec![("note", "x")], "Choose why it is closed"),
        (
            "close",
            vec![("reason", "tired"), ("note", "x")],
            "Choose why it is closed",
        ),
        (
            "close",
            vec![("reason", "refused"), ("next", "x")],
            "The reason is missing",
        ),
        (
            "close",
            vec![("reason", "refused"), ("note", "x")],
            "The next step: whom to ask",
        ),
        (
            "close",
            vec![("reason", "not-ours")],
            "The reason is missing",
        ),
        (
            "close",
            vec![("reason", "duplicate")],
            "number of the other request is missing",
        ),
        (
            "close",
            vec![("reason", "duplicate"), ("other", "26-9")],
            "There is no request 26-9",
        ),
        (
            "close",
            vec![("reason", "duplicate"), ("other", &own)],
            "no duplicate of itself",
        ),
    ] {
        let refused = sandbox.post(&format!("{page}/{name}"), &fields);
        assert_eq!(refused.status, 400, "{name} {fields:?}");
        assert!(
            refused.text().contains(cause),
            "{name} {fields:?}: {}",
            refused.text()
        );
    }
    for (path, status) in [
        (format!("{page}/burn"), 404),
        ("/clerk/999999/ask".to_owned(), 404),
    ] {
        assert_eq!(
            sandbox.post(&path, &[("note", "x")]).status,
            status,
            "{path}"
        );
    }
    let elsewhere = "https://elsewhere.example";
    let ask = format!("{page}/ask");
    assert_eq!(
        sandbox.post_from(elsewhere, &ask, &[("note", "x")]).status,
        403
    );
    assert_eq!(row(&sandbox, &id), before);

    order(&sandbox, &page, "close", &[("reason", "done")]);
    assert!(!sandbox.get(&page).text().contains("Hand it over"));
    let closed = sandbox.post(&ask, &[("note", "x")]);
    assert!(closed.status == 400 && closed.text().contains("The request is closed."));
}
