//! Reading guides as people write them, and which parts of them apply to whom.

use crate::*;
use json::{Diagnostics, read};
use proptest::prelude::*;

fn guide(text: &str) -> (Guide, Diagnostics) {
    read(&json::parse(text).unwrap(), Guide::read)
}

/// A guide with `more` fields after its id and title.
fn with(more: &str) -> (Guide, Diagnostics) {
    guide(&[r#"{"id": "g", "title": "G", "#, more, "}"].concat())
}

fn report(diagnostics: &Diagnostics) -> String {
    let invalid_values = diagnostics.invalid_values.iter();
    let invalid_values: Vec<String> = invalid_values
        .map(|invalid| format!("{}: {}", invalid.path, invalid.expected))
        .collect();
    [
        invalid_values.join("\n"),
        diagnostics.unknown_keys.join("\n"),
    ]
    .join("\n")
}

#[test]
fn a_value_that_does_not_fit_is_reported_with_its_path_and_the_rest_is_read() {
    let cases = [
        (
            r#""steps": [{"id": "a", "text": [{"html": "<b>"}, "Go on"]}]"#,
            "steps[0].text[0]: a text by language, or one of paragraph, list, numbered",
        ),
        (
            r#""steps": [{"id": "a", "action": {"label": "Go", "teleport": "x"}}]"#,
            "steps[0].action: an object with one of service, url, phone",
        ),
        (
            r#""steps": [{"id": "a", "time": {"usual": "soon"}}]"#,
            "steps[0].time.usual: a time such as “5 minutes”",
        ),
        (
            r#""steps": [{"id": "a", "who": "mayor"}]"#,
            "steps[0].who: one of you, city, other",
        ),
        (
            r#""steps": [{"id": "a", "fees": [{"id": "f", "amount": -1}]}]"#,
            "steps[0].fees[0].amount: a number, 0 or more",
        ),
        (
            r#""steps": [{"id": "a", "fees": [{"id": "f"}]}]"#,
            "steps[0].fees[0].amount: a number, 0 for free",
        ),
        (
            r#""steps": [{"id": "a", "when": "always"}]"#,
            "steps[0].when: an object of questions and answers",
        ),
        (
            r#""steps": [{"id": "a", "when": {"q": [7]}}]"#,
            "steps[0].when.q[0]: a string",
        ),
        (
            r#""steps": [{"id": "a", "steps": [{"id": "b", "steps": [{"id": "c"}]}]}]"#,
            "steps[0].steps[0].steps: left out: a part of a step has no parts",
        ),
        (
            r#""steps": [{"id": "a", "action": {"label": "x", "calendar": {"dates": ["June"]}}}]"#,
            "steps[0].action.calendar.dates[0]: a day such as 2027-06-01",
        ),
        (
            r#""steps": [{"id": "a", "text": [{"en": [{"b": "x"}]}]}]"#,
            "steps[0].text[0].en[0]: words, {\"emphasis\": …}",
        ),
        (
            r#""steps": [{"id": "a", "text": [{"en": [{"text": "x"}]}]}]"#,
            "steps[0].text[0].en[0].text: beside one of link",
        ),
        (r#""steps": {"id": "a"}"#, "steps: a list"),
        (
            r#""steps": [{"id": "a", "optional": "yes"}]"#,
            "steps[0].optional: true or false",
        ),
        (r#""stepz": [{"id": "a"}]"#, "stepz"),
        (
            r#""steps": [{"id": "a", "action": {"service": "s", "prefill": {"x": {"anser": "q"}}}}]"#,
            "steps[0].action.prefill.x.anser",
        ),
    ];
    for (more, expected) in cases {
        let (read, diagnostics) = with(more);
        let report = report(&diagnostics);
        assert!(report.contains(expected), "{more}: {report}");
        assert_eq!(read.title.get("en"), "G", "{more}");
        if more.starts_with(r#""steps": ["#) {
            assert_eq!(read.steps[0].id, "a", "{more}");
        }
    }
}

#[test]
fn text_has_paragraphs_lists_links_and_emphasis_in_each_language() {
    let (read, diagnostics) = with(
        r#""steps": [{"id": "a", "text": [
            {"en": ["See ", {"text": "this", "link": "https://x.example"}, " ", {"emphasis": "now"}], "es": "Vea"},
            {"list": ["One", {"en": "Two", "es": "Dos"}]},
            {"numbered": ["First"]},
            "Plain"
        ]}]"#,
    );
    assert_eq!(diagnostics, Diagnostics::default());
    let [
        Block::Paragraph(first),
        Block::List {
            is_numbered: false,
            items,
        },
        Block::List {
            is_numbered: true, ..
        },
        Block::Paragraph(_),
    ] = read.steps[0].text.as_slice()
    else {
        panic!("{:?}", read.steps[0].text);
    };
    let found = first.find("en", "en").unwrap();
    assert_eq!(
        found.text,
        [
            Span::Words("See ".into()),
            Span::Link("this".into(), Target::Address("https://x.example".into())),
            Span::Words(" ".into()),
            Span::Emphasis("now".into()),
        ]
    );
    assert_eq!(
        items[1].find("es-MX", "en").unwrap().text,
        [Span::Words("Dos".into())]
    );
}

#[test]
fn a_missing_language_falls_back_to_another_which_is_named() {
    let value = json::parse(r#"{"title": {"de": "Hund", "en": "Dog", "vi-t-de": "Chó"}}"#).unwrap();
    let (text, _) = read(&value, |fields| fields.text("title"));
    let cases = [
        ("de", "Hund", true, false),
        ("de-AT", "Hund", true, false),
        ("vi", "Chó", true, true),
        ("fr", "Hund", false, false),
        ("en-GB", "Dog", true, false),
    ];
    for (language, text_in_it, is_in, is_machine_made) in cases {
        let found = text.find(language, "de").unwrap();
        assert_eq!(found.text, text_in_it, "{language}");
        assert_eq!(found.is_in(language), is_in, "{language}");
        assert_eq!(found.is_machine_made(), is_machine_made, "{language}");
    }
    assert_eq!(Text::default().find("en", "en"), None);
}

const SHELTER: &str = r#"{
    "id": "shelter", "title": "Shelter",
    "questions": [
        {"id": "people", "label": "How many?", "options": [{"id": "few", "label": "Few"}, {"id": "many", "label": "Many"}]},
        {"id": "school", "label": "School?", "when": {"people": "few"}, "options": [{"id": "yes", "label": "Yes"}, {"id": "no", "label": "No"}]}
    ],
    "outcomes": [
        {"id": "too-many", "when": {"people": "many"}, "eligible": false, "title": "Too many"},
        {"id": "free", "when": {"school": "yes"}, "title": "Free"},
        {"id": "pay", "title": "You can"}
    ],
    "steps": [
        {"id": "send", "title": "Send", "evidence": [{"id": "id", "title": "ID"}, {"id": "letter", "title": "Letter", "when": {"school": "yes"}}]},
        {"id": "pay", "title": "Pay", "when": {"school": "no"}, "fees": [{"id": "rent", "amount": 35}], "evidence": [{"id": "id", "title": "ID"}],
         "choose": "one", "steps": [{"id": "card", "title": "Card"}, {"id": "cash", "title": "Cash", "when": {"people": "few"}}]}
    ]
}"#;

#[test]
fn answers_decide_which_steps_evidence_fees_and_outcome_apply() {
    let (shelter, diagnostics) = guide(SHELTER);
    assert_eq!(diagnostics, Diagnostics::default());
    type Case<'a> = (
        &'a [(&'a str, &'a str)],
        &'a str,
        &'a str,
        &'a str,
        &'a str,
        Option<&'a str>,
    );
    let cases: [Case; 7] = [
        (
            &[],
            "people",
            "send pay card cash",
            "id letter",
            "rent",
            None,
        ),
        (
            &[("people", "many")],
            "people",
            "send",
            "id",
            "",
            Some("too-many"),
        ),
        (
            &[("people", "few")],
            "people school",
            "send pay card cash",
            "id letter",
            "rent",
            None,
        ),
        (
            &[("people", "few"), ("school", "yes")],
            "people school",
            "send",
            "id letter",
            "",
            Some("free"),
        ),
        (
            &[("people", "few"), ("school", "no")],
            "people school",
            "send pay card cash",
            "id",
            "rent",
            Some("pay"),
        ),
        // An answer to a question that is no longer asked is ignored.
        (
            &[("people", "many"), ("school", "yes")],
            "people",
            "send",
            "id",
            "",
            Some("too-many"),
        ),
        // So is an option that the guide does not have.
        (
            &[("people", "dozens")],
            "people",
            "send pay card cash",
            "id letter",
            "rent",
            None,
        ),
    ];
    for (given, asked, steps, evidence, fees, outcome) in cases {
        let answers = Answers::from_iter(given.iter().copied());
        let personal = Personal::new(&shelter, &answers);
        let join = |ids: Vec<&str>| ids.join(" ");
        assert_eq!(
            join(personal.asked().map(|one| one.id.as_str()).collect()),
            asked,
            "{given:?}"
        );
        assert_eq!(
            join(personal.steps().map(|one| one.id.as_str()).collect()),
            steps,
            "{given:?}"
        );
        assert_eq!(
            join(
                personal
                    .evidence()
                    .iter()
                    .map(|one| one.id.as_str())
                    .collect()
            ),
            evidence,
            "{given:?}"
        );
        assert_eq!(
            join(personal.fees().iter().map(|one| one.id.as_str()).collect()),
            fees,
            "{given:?}"
        );
        assert_eq!(
            personal.outcome().map(|one| one.id.as_str()),
            outcome,
            "{given:?}"
        );
    }
}

#[test]
fn an_office_is_given_by_its_id_or_in_the_guide_itself() {
    let value = json::parse(r#"{"guides": [], "offices": [{"id": "parks", "name": "Parks", "hours": [{"days": ["mo"], "opens": "09:00", "closes": "16:30"}]}], "holidays": ["2026-12-25"]}"#).unwrap();
    let (index, diagnostics) = read(&value, Index::read);
    assert_eq!(diagnostics, Diagnostics::default());
    let office = |more: &str| {
        let (guide, _) = with(more);
        let office = guide
            .office
            .as_ref()
            .and_then(|office| office.find(&index.offices));
        office.map(|office| office.name.get("en").to_owned())
    };
    assert_eq!(office(r#""office": "parks""#).as_deref(), Some("Parks"));
    assert_eq!(
        office(r#""office": {"name": "Here"}"#).as_deref(),
        Some("Here")
    );
    assert_eq!(office(r#""office": "gone""#), None);
}

proptest! {
    #[test]
    fn no_file_makes_reading_panic(text in "[\\[\\]{}\",:a-z0-9 -]{0,200}") {
        if let Ok(value) = json::parse(&text) {
            let (guide, _) = read(&value, Guide::read);
            let answers = Answers::from_iter([("a", "b")]);
            let personal = Personal::new(&guide, &answers);
            let _ = (personal.outcome(), personal.steps().count(), personal.fees(), personal.evidence());
        }
    }

    #[test]
    fn half_a_guide_with_its_brackets_closed_is_read_without_a_panic(cut in 0usize..1000) {
        // What an author's editor may save while typing.
        let cut = (0..=cut.min(SHELTER.len())).rev().find(|cut| SHELTER.is_char_boundary(*cut)).unwrap_or(0);
        let half = SHELTER.get(..cut).unwrap_or_default();
        for end in ["", "}", "]}", "\"}", "\"}]}", "}]}", "\"}]}]}"] {
            if let Ok(value) = json::parse(&[half, end].concat()) {
                let (guide, _) = read(&value, Guide::read);
                let answers = Answers::default();
                let personal = Personal::new(&guide, &answers);
                prop_assert!(personal.steps().count() <= 4);
            }
        }
    }
}
