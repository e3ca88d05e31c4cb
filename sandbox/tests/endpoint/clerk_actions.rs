//! The clerk's actions on a request, and what the public sees of them.

use serde_json::Value;

use crate::steps::{clerk_action, clerk_page, clerk_path, new_request, new_update, row_with_notes};
use crate::support::Sandbox;

fn new_pothole(sandbox: &Sandbox) -> String {
    let answers = [("attribute[depth]", "deep"), ("attribute[lane][]", "drive")];
    new_request(sandbox, "pothole", &answers)
}

fn last_note(row: &Value) -> &Value {
    row["notes"].as_array().unwrap().last().unwrap()
}

/// The date this many days from now, in the city's time zone.
fn day(days: i64) -> String {
    let now = jiff::Timestamp::now() + jiff::SignedDuration::from_hours(24 * days);
    now.in_tz("America/Chicago").unwrap().date().to_string()
}

#[test]
fn a_request_is_handed_over_to_another_office_with_a_note() {
    let sandbox = Sandbox::new(&[]);
    let id = new_pothole(&sandbox);
    let note = "It is a water main, so the Water Department has it now.";
    clerk_action(
        &sandbox,
        &id,
        "hand-over",
        &[("agency", "Water Department"), ("note", note)],
    );
    let row = row_with_notes(&sandbox, &id);
    assert_eq!(row["agency_responsible"], "Water Department");
    assert_eq!(
        (&row["status"], &row["status_notes"]),
        (&"open".into(), &note.into())
    );
    let last = last_note(&row);
    assert_eq!(last["status"], "internal_referral");
    assert_eq!(last["agency_responsible"], "Water Department");
    assert_eq!(last["author"], "city");
    assert_eq!(last.get("type"), None);
}

#[test]
fn a_delay_is_announced_with_a_reason_and_a_new_date() {
    let sandbox = Sandbox::new(&[]);
    let id = new_pothole(&sandbox);
    let promised = row_with_notes(&sandbox, &id)["expected_datetime"].clone();
    let (new, note) = (day(30), "The asphalt plant is closed by frost.");
    clerk_action(&sandbox, &id, "late", &[("note", note), ("expected", &new)]);
    let row = row_with_notes(&sandbox, &id);
    assert_ne!(row["expected_datetime"], promised);
    let expected = row["expected_datetime"].as_str().unwrap();
    assert!(
        expected.starts_with(&format!("{new}T17:00:00-0")),
        "{expected}"
    );
    assert_eq!(row["status_notes"], note);
    assert_eq!(last_note(&row)["expected_datetime"], expected);
    assert_eq!(last_note(&row)["status"], "waiting");
    assert_eq!(row["notes"][0].get("expected_datetime"), None);
    assert!(clerk_page(&sandbox, &id).contains("new date"));
}

#[test]
fn a_request_is_closed_with_a_reason_and_a_refusal_also_with_the_next_step() {
    let sandbox = Sandbox::new(&[]);
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
        let id = new_pothole(&sandbox);
        let mut fields = fields;
        fields.push(("reason", reason));
        clerk_action(&sandbox, &id, "close", &fields);
        let row = row_with_notes(&sandbox, &id);
        assert_eq!(row["status"], "closed", "{reason}");
        assert_eq!(row["status_notes"], note);
        assert_eq!(
            (&last_note(&row)["status"], &last_note(&row)["description"]),
            (&status.into(), &note.into())
        );
        assert_eq!(row["updated_datetime"], last_note(&row)["updated_datetime"]);
    }
    let (first, second) = (new_pothole(&sandbox), new_pothole(&sandbox));
    clerk_action(
        &sandbox,
        &second,
        "close",
        &[("reason", "duplicate"), ("other", &first)],
    );
    let row = row_with_notes(&sandbox, &second);
    assert_eq!(last_note(&row)["status"], "duplicate");
    assert!(
        row["status_notes"].as_str().unwrap().contains(&first),
        "{row}"
    );
}

#[test]
fn a_question_is_open_until_the_resident_answers() {
    let sandbox = Sandbox::new(&[]);
    let id = new_pothole(&sandbox);
    let is_waiting = || {
        let list = sandbox.get("/clerk?asked=1").text().to_owned();
        assert!(list.contains("26-") || list.contains("requests, newest first"));
        list.contains(&format!("href=\"{}\"", clerk_path(&id)))
    };
    assert!(!is_waiting());
    clerk_action(
        &sandbox,
        &id,
        "ask",
        &[("note", "Which lane <left> or right?")],
    );
    let asked = row_with_notes(&sandbox, &id);
    assert_eq!(last_note(&asked)["type"], "question");
    assert_eq!(last_note(&asked)["status"], "waiting");
    assert_eq!(last_note(&asked)["author"], "city");
    assert!(is_waiting());
    let page = clerk_page(&sandbox, &id);
    assert!(
        page.contains("The resident has not answered yet."),
        "{page}"
    );

    new_update(&sandbox, &id, &[("type", "reminder")]);
    assert!(is_waiting(), "a reminder is not an answer");

    let answer = [("description", "The left one & wide.")];
    new_update(&sandbox, &id, &answer);
    assert!(!is_waiting());
    let answered = row_with_notes(&sandbox, &id);
    assert_eq!(last_note(&answered)["author"], "resident");
    assert_eq!(
        last_note(&answered)["status"],
        "in_progress",
        "it is the city's turn"
    );
    assert_eq!(last_note(&answered).get("type"), None);
    assert_eq!(answered["status"], "open");
    let page = clerk_page(&sandbox, &id);
    assert!(
        page.contains(
            "The resident answered:</b><blockquote>The left one &amp; wide.</blockquote>"
        ),
        "{page}"
    );
    assert!(page.contains("Which lane &lt;left&gt; or right?"));
}

#[test]
fn only_closing_or_a_new_stage_ends_an_open_question() {
    let sandbox = Sandbox::new(&[]);
    for (name, fields, is_waiting) in [
        (
            "hand-over",
            vec![("agency", "Water Department"), ("note", "Theirs.")],
            true,
        ),
        (
            "late",
            vec![("note", "Frost."), ("expected", "2030-01-02")],
            true,
        ),
        ("close", vec![("reason", "done")], false),
        ("", vec![("stage", "in_progress")], false),
    ] {
        let id = new_pothole(&sandbox);
        clerk_action(&sandbox, &id, "ask", &[("note", "Which lane?")]);
        clerk_action(&sandbox, &id, name, &fields);
        let list = sandbox.get("/clerk?asked=1").text().to_owned();
        let link = format!("href=\"{}\"", clerk_path(&id));
        assert_eq!(list.contains(&link), is_waiting, "{name}");
    }
}

#[test]
fn an_action_without_its_required_fields_is_refused_and_changes_nothing() {
    let sandbox = Sandbox::new(&[]);
    let id = new_pothole(&sandbox);
    let page = clerk_path(&id);
    let before = row_with_notes(&sandbox, &id);
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
    assert_eq!(row_with_notes(&sandbox, &id), before);

    clerk_action(&sandbox, &id, "close", &[("reason", "done")]);
    assert!(!clerk_page(&sandbox, &id).contains("Hand it over"));
    let closed = sandbox.post(&ask, &[("note", "x")]);
    assert!(closed.status == 400 && closed.text().contains("The request is closed."));
}
