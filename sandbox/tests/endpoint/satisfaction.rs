//! How satisfied residents are with closed requests: for the clerk, and for everybody.

use serde_json::{Value, json};

use crate::steps::assert_in_order;
use crate::support::Sandbox;

/// Sends answers about a service: this many solved and this many not solved, all with this score or
/// without one.
fn answer(sandbox: &Sandbox, service: &str, language: &str, solved: [u32; 2], score: &str) {
    for (is_solved, count) in ["yes", "no"].iter().zip(solved) {
        for index in 0..count {
            let id = format!("{service}-{language}-{score}-{is_solved}-{index}");
            let fields = [
                ("id", id.as_str()),
                ("about", "request"),
                ("service_code", service),
                ("solved", is_solved),
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
                ("receipt", "sample-26-01187"),
            ];
            assert_eq!(sandbox.post("/feedback", &fields).status, 201);
        }
    }
}

fn public(sandbox: &Sandbox) -> Vec<Value> {
    let response = sandbox.get("/satisfaction.json");
    assert_eq!(response.header("access-control-allow-origin"), "*");
    response.rows()
}

#[test]
fn groups_of_five_and_more_are_public() {
    let sandbox = Sandbox::new(&[]);
    assert_eq!(public(&sandbox), Vec::<Value>::new());
    answer(&sandbox, "pothole", "en", [2, 2], "4");
    assert_eq!(public(&sandbox), Vec::<Value>::new(), "four are too few");
    answer(&sandbox, "pothole", "en", [2, 0], "5");
    answer(&sandbox, "pothole", "es", [2, 0], "1");
    answer(&sandbox, "pothole", "es-MX", [0, 3], "2");
    answer(&sandbox, "graffiti", "en", [5, 0], "");
    answer(&sandbox, "graffiti", "es", [4, 0], "5");
    answer(&sandbox, "sidewalk", "en", [4, 0], "");
    answer(&sandbox, "sidewalk", "en", [4, 0], "1");
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
        "the mean of four scores is not public"
    );
}

#[test]
fn services_have_the_codes_of_the_dialect() {
    let sandbox = Sandbox::new(&["--dialect", "fixmystreet"]);
    answer(&sandbox, "Pothole", "en", [5, 0], "5");
    assert_eq!(public(&sandbox)[0]["service_code"], "Pothole");
}

#[test]
fn the_clerk_sees_each_service_by_language_and_what_matters_most() {
    let sandbox = Sandbox::new(&[]);
    assert!(
        !sandbox
            .get("/clerk/feedback")
            .text()
            .contains("How requests went")
    );
    answer(&sandbox, "pothole", "en", [2, 1], "4");
    answer(&sandbox, "pothole", "es", [1, 0], "1");
    answer(&sandbox, "graffiti", "es", [0, 1], "");
    let page = sandbox.get("/clerk/feedback").text().to_owned();
    assert_in_order(
        &page,
        &[
            "<caption>All services</caption>",
            "<th scope=\"row\">en</th><td>3</td><td>2</td><td>1</td><td>4.0</td>",
            "<th scope=\"row\">es</th><td>2</td><td>1</td><td>1</td><td>1.0</td>",
            "<th scope=\"row\">All</th><td>5</td><td>3</td><td>2</td><td>3.3</td>",
            "<caption>Graffiti</caption>",
            "<td>none</td>",
            "<caption>Pothole</caption>",
            // A choice of the city counts once, in whatever language it was chosen.
            "A quick answer (4)",
            "How clear the guides are",
        ],
    );
    assert!(page.contains("href=\"/clerk/feedback.csv\""));
}

#[test]
fn all_answers_can_be_downloaded_as_csv() {
    let sandbox = Sandbox::new(&[]);
    answer(&sandbox, "pothole", "es-MX", [1, 0], "4");
    let response = sandbox.get("/clerk/feedback.csv");
    assert_eq!(response.header("content-type"), "text/csv; charset=utf-8");
    assert_eq!(
        response.header("access-control-allow-origin"),
        "",
        "it is only for the clerk"
    );
    let mut lines = response.text().split("\r\n");
    let head = "day,service_code,service_name,language,channel,solved,score,matters,text";
    assert_eq!(lines.next(), Some(head));
    let line = lines.next().unwrap();
    let rest = ",pothole,Pothole,es-MX,web,yes,4,Una respuesta rápida,\"'=SUM(A1), \"\"again\"\"\"";
    assert!(line.ends_with(rest), "{line}");
}
