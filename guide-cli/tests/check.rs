//! `guide check` on one guide: values that do not fit, missing information, dates that are over.

mod city;

use city::{Case, City, check_each, park_shelter, remove, services, set};
use serde_json::{Value, json};

#[test]
fn a_correct_guide_has_no_findings() {
    let city = City::new();
    city.write("services.list", services().to_string());
    let output = city.check(&["--services", city.file("services.list").to_str().unwrap()]);
    assert_eq!(output.stdout, "0 errors, 0 warnings\n");
    assert_eq!(output.code, 0);
}

#[test]
fn ignored_values_are_reported_with_a_suggestion() {
    check_each(&[
        (
            |guide| set(guide, "/steps/0/titel", json!("x")),
            "park-shelter.json: steps[0].titel: error: nothing reads the key “titel”. Did you mean “title”?",
        ),
        (
            |guide| set(guide, "/internal", json!("x")),
            "internal: warning: nothing reads the key “internal”. Remove it",
        ),
        (
            |guide| set(guide, "/time/usual", json!("soon")),
            "time.usual: error: this does not fit and is left out. Write a time such as",
        ),
        (
            |guide| remove(guide, "/id"),
            "park-shelter.json: error: “id” is missing. Write “id” here.",
        ),
        (
            |guide| {
                set(
                    guide,
                    "/steps/0/steps",
                    json!([{"id": "a", "title": "A", "steps": []}]),
                )
            },
            "steps[0].steps[0].steps: error: this is left out: a part of a step has no parts",
        ),
        (
            |guide| set(guide, "/steps/0/action/phone", json!("311")),
            "steps[0].action: error: this leads to several things: url, phone. Keep one",
        ),
        (
            |guide| {
                let span = json!([{"text": "Here", "link": "https://x.example", "phone": "311"}]);
                set(guide, "/steps/0/text/0/en", span);
            },
            "steps[0].text[0].en[0]: error: this leads to several things: link, phone",
        ),
        (
            |guide| set(guide, "/steps/0/who", json!("me")),
            "steps[0].who: error: ",
        ),
        (
            |guide| set(guide, "/steps/2/fees/0/amount", json!("35")),
            "steps[2].fees[0].amount: error: ",
        ),
    ]);
}

#[test]
fn a_repeated_key_is_reported() {
    let city = City::new();
    let text = park_shelter()
        .to_string()
        .replace(r#""topic":"#, r#""title":"A","topic":"#);
    city.write("park-shelter.json", text);
    let output = city.check(&[]);
    assert!(
        output.stdout.contains("title: error: “title” stands twice"),
        "{}",
        output.stdout
    );
}

#[test]
fn missing_information_for_residents_is_reported() {
    check_each(&[
        (
            |guide| {
                remove(guide, "/office");
                remove(guide, "/steps/2/office");
            },
            "office: warning: nobody is named whom a resident can call or visit",
        ),
        (
            |guide| remove(guide, "/steps/2/fees"),
            "warning: the guide does not say what it costs. Add it to “fees” of a step; if it is free, say so with amount 0.",
        ),
        (
            |guide| {
                remove(guide, "/time");
                remove(guide, "/steps/0/time");
            },
            "time: warning: the guide does not say how long it takes",
        ),
        (
            |guide| remove(guide, "/refusal"),
            "refusal: warning: the guide does not say what happens if the city says no",
        ),
        (
            |guide| remove(guide, "/currency"),
            "currency: warning: there are fees and no currency",
        ),
        (
            |guide| set(guide, "/currency", json!("Dollar")),
            "currency: error: “Dollar” is no currency",
        ),
        (
            |guide| set(guide, "/steps/2/fees/0/to", json!(5)),
            "steps[2].fees[0].to: error: “to” is less than “amount”",
        ),
        (
            |guide| set(guide, "/steps", json!([])),
            "steps: error: there are no steps",
        ),
        (
            |guide| remove(guide, "/steps/0/title"),
            "steps[0].title: error: there is no title",
        ),
        (
            |guide| remove(guide, "/steps/0/action/label"),
            "steps[0].action.label: error: there is no label",
        ),
        (
            |guide| remove(guide, "/questions/0/label"),
            "questions[0].label: error: there is no label",
        ),
        (
            |guide| set(guide, "/steps/0/choose", json!("one")),
            "steps[0].choose: warning: there is nothing to choose from",
        ),
        (
            |guide| {
                for number in 0..60 {
                    set(
                        guide,
                        "/steps/-",
                        json!({"id": format!("s{number}"), "title": "S"}),
                    );
                }
            },
            "steps: warning: there are 63 steps",
        ),
    ]);
}

#[test]
fn dates_in_the_past_or_future_are_reported() {
    check_each(&[
        (
            |guide| set(guide, "/reviewed", json!("2025-10-14")),
            "reviewed: warning: the guide was last checked on 2025-10-14 and was due again on 2026-10-14",
        ),
        (
            |guide| set(guide, "/reviewed", json!("2026-10-16")),
            "reviewed: error: 2026-10-16 is in the future (today is 2026-10-15)",
        ),
        (
            |guide| set(guide, "/reviewed", json!("1 October")),
            "reviewed: error: “1 October” is no day",
        ),
        (
            |guide| remove(guide, "/reviewed"),
            "reviewed: warning: nobody has said when",
        ),
        (
            |guide| {
                set(guide, "/reviewed", json!("2026-08-14"));
                set(guide, "/review_months", json!(2));
            },
            "reviewed: warning: the guide was last checked on 2026-08-14 and was due again on 2026-10-14 (after 2 months)",
        ),
        (
            |guide| {
                set(
                    guide,
                    "/steps/0/action",
                    json!({"label": {"en": "Save", "es": "Guardar"}, "calendar": {
                "title": {"en": "Day", "es": "Día"}, "dates": ["2026-10-14T19:00", "2026-06-01"]}}),
                )
            },
            "steps[0].action.calendar.dates: warning: all of these dates are over",
        ),
    ]);
    for fine in ["2025-10-15", "2026-10-15"] {
        let city = City::changed(|guide| set(guide, "/reviewed", json!(fine)));
        assert_eq!(city.check(&[]).stdout, "0 errors, 0 warnings\n", "{fine}");
    }
}

#[test]
fn unsafe_urls_and_links_to_pdfs_are_reported() {
    check_each(&[
        (
            |guide| set(guide, "/steps/0/action/url", json!("javascript:alert(1)")),
            "steps[0].action.url: error: browsers must not open “javascript:alert(1)”",
        ),
        (
            |guide| set(guide, "/steps/0/action/url", json!("data:text/html,x")),
            "steps[0].action.url: error: browsers must not open",
        ),
        (
            |guide| {
                set(
                    guide,
                    "/steps/0/action/url",
                    json!("http://riverton.example"),
                )
            },
            "steps[0].action.url: warning: “http://riverton.example” is not encrypted",
        ),
        (
            |guide| {
                set(
                    guide,
                    "/steps/0/action",
                    json!({"label": {"en": "Form", "es": "Hoja"}, "download": "forms/Shelter.PDF?v=2"}),
                )
            },
            "steps[0].action.download: warning: this is a PDF",
        ),
        (
            |guide| {
                set(
                    guide,
                    "/steps/0/text/0/en",
                    json!([{"text": "Here", "link": "vbscript:x"}]),
                )
            },
            "steps[0].text[0].en[0].link: error: browsers",
        ),
        (
            |guide| set(guide, "/outcomes/0/try/0/phone", json!("call us")),
            "outcomes[0].try[0].phone: error: “call us” is no telephone number",
        ),
    ]);
}

#[test]
fn findings_can_be_printed_as_json() {
    let city = City::changed(|guide| remove(guide, "/refusal"));
    let output = city.check(&["--json"]);
    let told: Value = serde_json::from_str(&output.stdout).unwrap();
    assert_eq!(told["warnings"], 1);
    assert_eq!(told["errors"], 0);
    assert_eq!(told["findings"][0]["path"], "refusal");
    assert_eq!(told["findings"][0]["severity"], "warning");
}

#[test]
fn the_exit_code_distinguishes_errors_warnings_and_invalid_arguments() {
    let warned = City::changed(|guide| remove(guide, "/refusal"));
    assert_eq!(warned.check(&[]).code, 0);
    let broken = City::changed(|guide| remove(guide, "/id"));
    assert_eq!(broken.check(&[]).code, 1);
    for words in [
        &["check", "--colour"][..],
        &["check", "--today", "soon"],
        &["check", "--services", "no/such/file.json"],
        &["check", "--jargon", "no/such/file.json"],
        &["frobnicate"],
        &[],
    ] {
        let output = city::guide(words);
        assert_eq!(output.code, 2, "{words:?}: {}", output.stderr);
        assert!(!output.stderr.is_empty());
    }
    assert_eq!(city::guide(&["--help"]).code, 0);
}

#[test]
fn values_at_the_limits_are_accepted() {
    let words = "we ".repeat(24) + "go.";
    let cases: [Case; 4] = [
        (
            |guide| {
                let title = json!({"en": "Day", "es": "Día"});
                let action =
                    json!({"label": title, "calendar": {"title": title, "dates": [city::TODAY]}});
                set(guide, "/steps/0/action", action);
            },
            "a date today",
        ),
        (
            |guide| set(guide, "/steps/2/fees/0/to", json!(35)),
            "a fee up to itself",
        ),
        (
            |guide| {
                for number in 0..57 {
                    set(
                        guide,
                        "/steps/-",
                        json!({"id": format!("s{number}"), "title": "S"}),
                    );
                }
                set(guide, "/scenarios", json!([]));
            },
            "sixty steps",
        ),
        (
            |guide| {
                set(
                    guide,
                    "/scenarios/-",
                    json!({"name": "Nobody", "answers": {}}),
                );
            },
            "a scenario that says nothing",
        ),
    ];
    for (change, name) in cases {
        let output = City::changed(change).check(&[]);
        assert_eq!(output.stdout, "0 errors, 0 warnings\n", "{name}");
    }
    let output = City::changed(|guide| set(guide, "/steps/0/text/0/en", json!(words))).check(&[]);
    assert_eq!(
        output.stdout, "0 errors, 0 warnings\n",
        "a sentence of 25 words"
    );
}
