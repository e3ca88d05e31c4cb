//! Feedback of residents, and the clerk's page that shows it.

use serde_json::{Value, json};

use crate::steps::assert_in_order;
use crate::support::{Folder, Response, Sandbox, WITHOUT_VERSION_4};

const STEP: [(&str, &str); 7] = [
    ("id", "key-1"),
    ("about", "step"),
    ("guide", "park-shelter"),
    ("step", "send"),
    ("clear", "no"),
    ("text", "Where is <b>River Park</b>?"),
    ("language", "es-MX"),
];
const REQUEST: [(&str, &str); 8] = [
    ("receipt", "sample-26-01187"),
    ("id", "key-1"),
    ("about", "request"),
    ("service_code", "pothole"),
    ("solved", "no"),
    ("score", "2"),
    ("matters", "It came back after the rain."),
    ("language", "en"),
];

/// Posts these fields, some of them replaced or added.
fn send(sandbox: &Sandbox, fields: &[(&str, &str)], other: &[(&str, &str)]) -> Response {
    let replaced = |name: &str| other.iter().any(|(known, _)| *known == name);
    let unchanged = fields.iter().filter(|(name, _)| !replaced(name));
    let fields: Vec<(&str, &str)> = unchanged.chain(other).copied().collect();
    sandbox.post("/feedback", &fields)
}

/// The rows of the table: key, subject and fields.
fn rows(folder: &Folder) -> Vec<(String, String, Value)> {
    let database = rusqlite::Connection::open(folder.file("city.sqlite")).unwrap();
    database
        .prepare("SELECT key, about, row FROM feedback ORDER BY number")
        .unwrap()
        .query_map([], |row| {
            let text: String = row.get(2)?;
            Ok((
                row.get(0)?,
                row.get(1)?,
                serde_json::from_str(&text).unwrap(),
            ))
        })
        .unwrap()
        .map(|row| row.unwrap())
        .collect()
}

#[test]
fn feedback_is_stored_once_and_other_fields_are_not_stored() {
    let folder = Folder::new();
    let sandbox = Sandbox::start(&folder, &[]);
    let extra = [("email", "someone@example.com"), ("score", "5")];
    let first = send(&sandbox, &STEP, &extra);
    assert_eq!(first.status, 201, "{}", first.text());
    assert_eq!(first.json(), json!({ "id": "key-1" }));
    assert_eq!(first.header("access-control-allow-origin"), "*");
    let again = send(&sandbox, &STEP, &[("clear", "yes")]);
    assert_eq!(again.status, 200);
    assert_eq!(again.json(), json!({ "id": "key-1" }));
    let without_text = send(&sandbox, &STEP, &[("id", "key-2"), ("text", " ")]);
    assert_eq!(without_text.status, 201, "{}", without_text.text());
    drop(sandbox);
    let step = json!({
        "guide": "park-shelter",
        "step": "send",
        "clear": "no",
        "text": "Where is <b>River Park</b>?",
        "language": "es-MX",
    });
    let mut without_text = step.clone();
    without_text.as_object_mut().unwrap().remove("text");
    assert_eq!(
        rows(&folder),
        [
            ("key-1".into(), "step".into(), step),
            ("key-2".into(), "step".into(), without_text),
        ]
    );
    let sandbox = Sandbox::start(&folder, &[]);
    assert_eq!(
        send(&sandbox, &STEP, &[]).status,
        200,
        "the key is stored, too"
    );
}

#[test]
fn feedback_about_a_request_is_stored_with_the_citys_own_code_of_the_service() {
    let folder = Folder::new();
    let sandbox = Sandbox::start(&folder, &["--dialect", "fixmystreet"]);
    let sent = send(&sandbox, &REQUEST, &[("service_code", "Pothole")]);
    assert_eq!(sent.status, 201, "{}", sent.text());
    drop(sandbox);
    let row = json!({
        "service_code": "pothole",
        "solved": "no",
        "score": "2",
        "matters": "It came back after the rain.",
        "language": "en",
    });
    assert_eq!(rows(&folder), [("key-1".into(), "request".into(), row)]);
}

#[test]
fn only_the_sender_of_a_request_can_rate_it_and_the_proof_is_not_stored() {
    let folder = Folder::new();
    let sandbox = Sandbox::start(&folder, &[]);
    for receipt in ["", "sample-26-99999"] {
        let refused = send(&sandbox, &REQUEST, &[("receipt", receipt)]);
        assert_eq!(refused.status, 403, "{receipt}: {}", refused.text());
    }
    assert_eq!(send(&sandbox, &REQUEST, &[]).status, 201);
    drop(sandbox);
    let rows = rows(&folder);
    assert_eq!(rows.len(), 1);
    assert_eq!(rows[0].2.get("receipt"), None);
}

#[test]
fn the_error_names_each_invalid_field() {
    let folder = Folder::new();
    let sandbox = Sandbox::start(&folder, &[]);
    let (long, longer) = ("ñ".repeat(1000), "ñ".repeat(1001));
    for (fields, name, value, cause) in [
        (&STEP[..], "id", "", "id was not provided"),
        (&STEP[..], "about", "", "about was not provided"),
        (
            &STEP[..],
            "about",
            "weather",
            "about weather is not known: use step, request",
        ),
        (&STEP[..], "guide", " ", "guide was not provided"),
        (&STEP[..], "step", "", "step was not provided"),
        (&STEP[..], "clear", "", "clear was not provided"),
        (
            &STEP[..],
            "clear",
            "maybe",
            "clear maybe is not known: use yes, no",
        ),
        (
            &STEP[..],
            "text",
            &longer,
            "text has 1001 characters, at most 1000 are kept",
        ),
        (&STEP[..], "language", "", "language was not provided"),
        (
            &STEP[..],
            "language",
            "es_MX",
            "language es_MX is not a language tag such as es-MX",
        ),
        (
            &REQUEST[..],
            "service_code",
            "",
            "service_code was not provided",
        ),
        (
            &REQUEST[..],
            "score",
            "6",
            "score 6 is not known: use 1, 2, 3, 4, 5",
        ),
    ] {
        let refused = send(&sandbox, fields, &[(name, value)]);
        assert_eq!(refused.status, 400, "{name}={value}");
        assert_eq!(refused.errors(), [cause]);
        assert_eq!(refused.header("access-control-allow-origin"), "*");
    }
    let nothing = sandbox.post("/feedback", &[]);
    assert_eq!(
        nothing.errors(),
        ["id was not provided", "about was not provided"]
    );
    let json = sandbox.post_raw("/feedback", "application/json", b"{}");
    assert_eq!(json.status, 415);
    assert_eq!(
        sandbox.get("/feedback").status,
        405,
        "feedback is not public"
    );
    assert_eq!(rows(&folder), []);
    let sent = send(&sandbox, &STEP, &[("text", &long)]);
    assert_eq!(sent.status, 201, "characters are counted, not bytes");
}

#[test]
fn the_clerk_sees_how_clear_each_step_is_and_the_comments() {
    let sandbox = Sandbox::new(&[]);
    assert!(
        sandbox
            .get("/clerk")
            .text()
            .contains("href=\"/clerk/feedback\"")
    );
    let page = || sandbox.get("/clerk/feedback").text().to_owned();
    assert!(page().contains("Nobody has said anything yet."));
    for (id, guide, step, clear, text) in [
        ("1", "park-shelter", "pick", "yes", ""),
        ("2", "park-shelter", "pick", "no", "First <script>"),
        ("3", "park-shelter", "send", "no", ""),
        ("4", "park-shelter", "send", "no", "Second\nline"),
        ("5", "bulky-waste", "pick", "yes", "\"Third\""),
    ] {
        let other = [
            ("id", id),
            ("guide", guide),
            ("step", step),
            ("clear", clear),
            ("text", text),
        ];
        assert_eq!(send(&sandbox, &STEP, &other).status, 201);
    }
    let other_subject = send(&sandbox, &REQUEST, &[("text", "Of a request")]);
    assert_eq!(other_subject.status, 201);
    let page = page();
    assert_in_order(
        &page,
        &[
            "<caption>bulky-waste</caption>",
            "<th scope=\"row\">pick</th><td>1</td><td>0</td>",
            "<caption>park-shelter</caption>",
            "<th scope=\"row\">send</th><td>0</td><td>2</td>",
            "<th scope=\"row\">pick</th><td>1</td><td>1</td>",
            "lang=\"es-MX\" dir=\"auto\">&quot;Third&quot;</p>",
            "bulky-waste · pick · clear",
            "Second\nline",
            "park-shelter · send · not clear",
            "First &lt;script&gt;",
        ],
    );
    assert!(!page.contains("<script>") && !page.contains("Of a request"));
}

#[test]
fn the_clerk_sees_the_fifty_newest_comments() {
    let sandbox = Sandbox::new(&[]);
    for number in 1..=51 {
        let (id, text) = (format!("key-{number}"), format!("Sentence {number}."));
        let sent = send(&sandbox, &STEP, &[("id", &id), ("text", &text)]);
        assert_eq!(sent.status, 201);
    }
    let page = sandbox.get("/clerk/feedback").text().to_owned();
    assert_eq!(page.matches("Sentence ").count(), 50);
    assert!(page.contains("Sentence 51.") && !page.contains("Sentence 1."));
    assert!(page.contains("<td>0</td><td>51</td>"), "all are counted");
}

#[test]
fn a_database_of_version_2_is_migrated() {
    let folder = Folder::new();
    drop(Sandbox::start(&folder, &[]));
    rusqlite::Connection::open(folder.file("city.sqlite"))
        .unwrap()
        .execute_batch(
            &[
                WITHOUT_VERSION_4,
                "DROP TABLE feedback; PRAGMA user_version = 2;",
            ]
            .concat(),
        )
        .unwrap();
    let sandbox = Sandbox::start(&folder, &[]);
    assert_eq!(send(&sandbox, &STEP, &[]).status, 201);
    assert_eq!(
        sandbox.get("/notices.json").rows().len(),
        6,
        "the notices are not added again"
    );
    drop(sandbox);
    assert_eq!(rows(&folder).len(), 1);
}
