//! How content residents are: what the clerk sees of it, and what everybody may see.

use serde_json::{Value, json};

use crate::support::{Folder, Sandbox};

/// Answers about a service in a language: so many solved, so many not, each with this score or none.
fn say(sandbox: &Sandbox, service: &str, language: &str, solved: [u32; 2], score: &str) {
    for (answer, count) in ["yes", "no"].iter().zip(solved) {
        for place in 0..count {
            let id = format!("{service}-{language}-{score}-{answer}-{place}");
            let fields = [
                ("id", id.as_str()),
                ("about", "request"),
                ("service_code", service),
                ("solved", answer),
                ("score", score),
                (
                    "matters",
                    if language == "en" {
                        "A quick answer"
                    } else {
                        "Una respuesta rápida"
                    },
                ),
                ("text", "=SUM(A1), \"again\""),
                ("language", language),
            ];
            assert_eq!(sandbox.post("/feedback", &fields).status, 201);
        }
    }
}

fn public(sandbox: &Sandbox) -> Vec<Value> {
    let answer = sandbox.get("/satisfaction.json");
    assert_eq!(answer.header("access-control-allow-origin"), "*");
    answer.rows()
}

#[test]
fn everybody_reads_of_groups_of_five_and_more() {
    let folder = Folder::new();
    let sandbox = Sandbox::start(&folder, &[]);
    assert_eq!(public(&sandbox), Vec::<Value>::new());
    say(&sandbox, "pothole", "en", [2, 2], "4");
    assert_eq!(public(&sandbox), Vec::<Value>::new(), "four are too few");
    say(&sandbox, "pothole", "en", [2, 0], "5");
    say(&sandbox, "pothole", "es", [2, 0], "1");
    say(&sandbox, "pothole", "es-MX", [0, 3], "2");
    say(&sandbox, "graffiti", "en", [5, 0], "");
    say(&sandbox, "graffiti", "es", [4, 0], "5");
    say(&sandbox, "sidewalk", "en", [4, 0], "");
    say(&sandbox, "sidewalk", "en", [4, 0], "1");
    assert_eq!(
        public(&sandbox),
        [
            json!({ "service_code": "graffiti", "language": "en", "channel": "web",
                    "count": 5, "solved": 5, "score_mean": null }),
            json!({ "service_code": "pothole", "language": "en", "channel": "web",
                    "count": 6, "solved": 4, "score_mean": 4.3 }),
            json!({ "service_code": "pothole", "language": "es", "channel": "web",
                    "count": 5, "solved": 2, "score_mean": 1.6 }),
            json!({ "service_code": "sidewalk", "language": "en", "channel": "web",
                    "count": 8, "solved": 8, "score_mean": null }),
        ],
        "of four scores nobody learns the mean"
    );
}

#[test]
fn services_are_named_as_the_endpoint_names_them() {
    let folder = Folder::new();
    let sandbox = Sandbox::start(&folder, &["--dialect", "fixmystreet"]);
    say(&sandbox, "Pothole", "en", [5, 0], "5");
    assert_eq!(public(&sandbox)[0]["service_code"], "Pothole");
}

#[test]
fn the_clerk_sees_each_service_in_each_language_and_what_matters_most() {
    let folder = Folder::new();
    let sandbox = Sandbox::start(&folder, &[]);
    assert!(
        !sandbox
            .get("/clerk/feedback")
            .text()
            .contains("How requests went")
    );
    say(&sandbox, "pothole", "en", [2, 1], "4");
    say(&sandbox, "pothole", "es", [1, 0], "1");
    say(&sandbox, "graffiti", "es", [0, 1], "");
    let page = sandbox.get("/clerk/feedback").text().to_owned();
    let mut rest = page.as_str();
    for expected in [
        "<caption>All services</caption>",
        "<th scope=\"row\">en</th><td>3</td><td>2</td><td>1</td><td>4.0</td>",
        "<th scope=\"row\">es</th><td>2</td><td>1</td><td>1</td><td>1.0</td>",
        "<th scope=\"row\">All</th><td>5</td><td>3</td><td>2</td><td>3.3</td>",
        "<caption>Graffiti</caption>",
        "<td>none</td>",
        "<caption>Pothole</caption>",
        // In whatever language it was read, it is one choice of the city's list.
        "A quick answer (4)",
        "How clear the guides are",
    ] {
        let at = rest
            .find(expected)
            .unwrap_or_else(|| panic!("{expected} is not in its place: {page}"));
        rest = &rest[at..];
    }
    assert!(page.contains("href=\"/clerk/feedback.csv\""));
}

#[test]
fn all_answers_come_as_a_file_for_a_spreadsheet() {
    let folder = Folder::new();
    let sandbox = Sandbox::start(&folder, &[]);
    say(&sandbox, "pothole", "es-MX", [1, 0], "4");
    let answer = sandbox.get("/clerk/feedback.csv");
    assert_eq!(answer.header("content-type"), "text/csv; charset=utf-8");
    assert_eq!(
        answer.header("access-control-allow-origin"),
        "",
        "it is for the clerk alone"
    );
    let mut lines = answer.text().split("\r\n");
    let head = "day,service_code,service_name,language,channel,solved,score,matters,text";
    assert_eq!(lines.next(), Some(head));
    let line = lines.next().unwrap();
    let rest = ",pothole,Pothole,es-MX,web,yes,4,Una respuesta rápida,\"'=SUM(A1), \"\"again\"\"\"";
    assert!(line.ends_with(rest), "{line}");
}
