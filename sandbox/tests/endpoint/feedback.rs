//! What residents say of the city's work, and the clerk's page that shows it.

use serde_json::{Value, json};

use crate::support::{Answer, Folder, Sandbox, WITHOUT_VERSION_4};

const STEP: [(&str, &str); 7] = [
    ("id", "key-1"),
    ("about", "step"),
    ("guide", "park-shelter"),
    ("step", "send"),
    ("clear", "no"),
    ("text", "Where is <b>River Park</b>?"),
    ("language", "es-MX"),
];
const REQUEST: [(&str, &str); 7] = [
    ("id", "key-1"),
    ("about", "request"),
    ("service_code", "pothole"),
    ("solved", "no"),
    ("score", "2"),
    ("matters", "It came back after the rain."),
    ("language", "en"),
];

/// Sends these fields with others in the place of some of them.
fn say(sandbox: &Sandbox, fields: &[(&str, &str)], other: &[(&str, &str)]) -> Answer {
    let replaced = |name: &str| other.iter().any(|(known, _)| *known == name);
    let kept = fields.iter().filter(|(name, _)| !replaced(name));
    let fields: Vec<(&str, &str)> = kept.chain(other).copied().collect();
    sandbox.post("/feedback", &fields)
}

/// The rows of the table: key, subject, fields.
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
fn what_is_said_is_kept_once_and_nothing_else_with_it() {
    let folder = Folder::new();
    let sandbox = Sandbox::start(&folder, &[]);
    let extra = [("email", "someone@example.com"), ("score", "5")];
    let first = say(&sandbox, &STEP, &extra);
    assert_eq!(first.status, 201, "{}", first.text());
    assert_eq!(first.json(), json!({ "id": "key-1" }));
    assert_eq!(first.header("access-control-allow-origin"), "*");
    let again = say(&sandbox, &STEP, &[("clear", "yes")]);
    assert_eq!(again.status, 200);
    assert_eq!(again.json(), json!({ "id": "key-1" }));
    let silent = say(&sandbox, &STEP, &[("id", "key-2"), ("text", " ")]);
    assert_eq!(silent.status, 201, "{}", silent.text());
    drop(sandbox);
    let step = json!({
        "guide": "park-shelter",
        "step": "send",
        "clear": "no",
        "text": "Where is <b>River Park</b>?",
        "language": "es-MX",
    });
    let mut wordless = step.clone();
    wordless.as_object_mut().unwrap().remove("text");
    assert_eq!(
        rows(&folder),
        [
            ("key-1".into(), "step".into(), step),
            ("key-2".into(), "step".into(), wordless),
        ]
    );
    let sandbox = Sandbox::start(&folder, &[]);
    assert_eq!(
        say(&sandbox, &STEP, &[]).status,
        200,
        "the key is kept, too"
    );
}

#[test]
fn a_request_is_spoken_about_by_the_citys_own_name_of_its_service() {
    let folder = Folder::new();
    let sandbox = Sandbox::start(&folder, &["--dialect", "fixmystreet"]);
    let sent = say(&sandbox, &REQUEST, &[("service_code", "Pothole")]);
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
fn what_cannot_be_read_is_refused_in_the_endpoints_words() {
    let folder = Folder::new();
    let sandbox = Sandbox::start(&folder, &[]);
    let (long, longer) = ("ñ".repeat(1000), "ñ".repeat(1001));
    for (fields, name, value, cause) in [
        (STEP, "id", "", "id was not provided"),
        (STEP, "about", "", "about was not provided"),
        (
            STEP,
            "about",
            "weather",
            "about weather is not known: use step, request",
        ),
        (STEP, "guide", " ", "guide was not provided"),
        (STEP, "step", "", "step was not provided"),
        (STEP, "clear", "", "clear was not provided"),
        (
            STEP,
            "clear",
            "maybe",
            "clear maybe is not known: use yes, no",
        ),
        (
            STEP,
            "text",
            &longer,
            "text has 1001 characters, at most 1000 are kept",
        ),
        (STEP, "language", "", "language was not provided"),
        (
            STEP,
            "language",
            "es_MX",
            "language es_MX is not a language tag such as es-MX",
        ),
        (REQUEST, "service_code", "", "service_code was not provided"),
        (
            REQUEST,
            "score",
            "6",
            "score 6 is not known: use 1, 2, 3, 4, 5",
        ),
    ] {
        let refused = say(&sandbox, &fields, &[(name, value)]);
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
    assert_eq!(sandbox.get("/feedback").status, 405, "nobody may read it");
    assert_eq!(rows(&folder), []);
    let sent = say(&sandbox, &STEP, &[("text", &long)]);
    assert_eq!(sent.status, 201, "characters are counted, not bytes");
}

#[test]
fn the_clerk_sees_how_clear_each_step_is_and_what_was_said() {
    let folder = Folder::new();
    let sandbox = Sandbox::start(&folder, &[]);
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
        assert_eq!(say(&sandbox, &STEP, &other).status, 201);
    }
    let other_subject = say(&sandbox, &REQUEST, &[("text", "Of a request")]);
    assert_eq!(other_subject.status, 201);
    let page = page();
    let mut rest = page.as_str();
    for expected in [
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
    ] {
        let at = rest
            .find(expected)
            .unwrap_or_else(|| panic!("{expected} is not in its place: {page}"));
        rest = &rest[at..];
    }
    assert!(!page.contains("<script>") && !page.contains("Of a request"));
}

#[test]
fn the_clerk_reads_the_fifty_newest_sentences() {
    let folder = Folder::new();
    let sandbox = Sandbox::start(&folder, &[]);
    for number in 1..=51 {
        let (id, text) = (format!("key-{number}"), format!("Sentence {number}."));
        let sent = say(&sandbox, &STEP, &[("id", &id), ("text", &text)]);
        assert_eq!(sent.status, 201);
    }
    let page = sandbox.get("/clerk/feedback").text().to_owned();
    assert_eq!(page.matches("Sentence ").count(), 50);
    assert!(page.contains("Sentence 51.") && !page.contains("Sentence 1."));
    assert!(page.contains("<td>0</td><td>51</td>"), "all are counted");
}

#[test]
fn a_database_of_the_second_version_learns_to_keep_it() {
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
    assert_eq!(say(&sandbox, &STEP, &[]).status, 201);
    assert_eq!(
        sandbox.get("/notices.json").rows().len(),
        6,
        "its notices are not filled in again"
    );
    drop(sandbox);
    assert_eq!(rows(&folder).len(), 1);
}
