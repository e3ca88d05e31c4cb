//! The feature `serde`: documents are written in the format of docs/guides.md, and reading them again gives the
//! same guide.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

use std::path::Path;

use guide::{Answers, Block, Duration, Guide, Index, Office, Rich, Step, Text, When};
use proptest::prelude::*;
use serde_json::{Value, from_str, to_string, to_value};

/// Names and contents of the sample city's guides and of their index.
fn sample_city() -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../sandbox/data/guides");
    let files = std::fs::read_dir(folder).unwrap().map(|entry| {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        (name, std::fs::read_to_string(path).unwrap())
    });
    files.filter(|(name, _)| name.ends_with(".json")).collect()
}

fn read_guide(text: &str) -> Guide {
    let (guide, diagnostics) = json::read(&json::parse(text).unwrap(), Guide::read);
    assert_eq!(diagnostics.invalid_values, []);
    guide
}

/// What documents may say and this crate does not write: the schema, the languages of keywords, and defaults.
fn is_not_written(key: &str, value: &Value) -> bool {
    let is_default = match key {
        "who" => value == "you",
        "choose" => value == "all",
        "eligible" => value == true,
        "optional" => value == false,
        _ => false,
    };
    is_default || key == "$schema" || key == "keywords"
}

/// The path of the first difference between a document and what was written of it.
fn difference(document: &Value, written: &Value, path: &str) -> Option<String> {
    match (document, written) {
        (Value::Object(document), Value::Object(written)) => {
            let unknown = written.keys().find(|key| !document.contains_key(*key));
            let changed = || {
                let mut fields = document
                    .iter()
                    .filter(|(key, value)| !is_not_written(key, value));
                fields.find_map(|(key, value)| {
                    difference(
                        value,
                        written.get(key).unwrap_or(&Value::Null),
                        &format!("{path}.{key}"),
                    )
                })
            };
            unknown.map(|key| format!("{path}.{key}")).or_else(changed)
        }
        (Value::Array(document), Value::Array(written)) if document.len() == written.len() => {
            let mut items = document.iter().zip(written).enumerate();
            items.find_map(|(index, (document, written))| {
                difference(document, written, &format!("{path}[{index}]"))
            })
        }
        _ => (document != written).then(|| path.to_owned()),
    }
}

#[test]
fn the_guides_of_the_sample_city_are_unchanged_after_reading_and_writing() {
    let files = sample_city();
    assert!(files.len() > 10);
    for (name, text) in files {
        let written = if name == "index.json" {
            let index: Index = from_str(&text).expect(&name);
            assert!(!index.guides.is_empty() && !index.guides[0].keywords.is_empty());
            let written = to_string(&index).unwrap();
            assert_eq!(from_str::<Index>(&written).unwrap(), index, "{name}");
            written
        } else {
            let guide: Guide = from_str(&text).expect(&name);
            assert_eq!(guide, read_guide(&text), "{name}");
            assert!(
                !guide.keywords.is_empty() && !guide.scenarios.is_empty(),
                "{name}"
            );
            let written = to_string(&guide).unwrap();
            assert_eq!(from_str::<Guide>(&written).unwrap(), guide, "{name}");
            written
        };
        let (document, written) = (from_str(&text).unwrap(), from_str(&written).unwrap());
        assert_eq!(difference(&document, &written, &name), None);
    }
}

const EVERY_FIELD: &str = r#"{
    "id": "a", "language": "en", "title": {"en": "A", "es": "Á"}, "topic": "T", "summary": "S",
    "keywords": ["one"], "office": {"id": "o", "name": "O", "phone": "311", "email": "a@b.example",
        "address": "1 Road", "hours": [{"days": ["mo", "su"], "opens": "09:00", "closes": "24:00"}],
        "closed": ["2026-12-24"], "accessibility": "Lift", "note": "N", "map": "https://x.example"},
    "output": "X", "time": {"usual": "1 hour", "most": "2-4 working days"}, "currency": "USD",
    "questions": [{"id": "q", "label": "Q", "hint": "H", "options": [{"id": "y", "label": "Y"}],
        "when": {"p": ["1", "2"]}}],
    "outcomes": [{"id": "no", "when": [{"q": "y"}, {"p": "1"}], "eligible": false, "title": "No",
        "text": ["Why", {"list": ["1", {"en": "2"}]}, {"numbered": [["a", {"emphasis": "b"}]]}],
        "try": [{"label": "Call", "phone": "311"}, {"label": "Read", "guide": "g"}]}],
    "steps": [{"id": "s", "title": "S", "text": [["See ", {"text": "t", "link": "https://x.example"}]],
        "who": "city", "actor": "Clerk", "office": "o", "optional": true, "time": {"usual": "5 minutes"},
        "when": {"q": "y"}, "after": ["r"],
        "evidence": [{"id": "e", "title": "E", "text": "T", "without": "W", "optional": true, "when": {"q": "y"}}],
        "fees": [{"id": "f", "title": "F", "amount": 35, "to": 40.5, "waiver": "W", "pay": "P", "when": {}}],
        "refusal": {"text": ["No"], "appeal": ["Ask"]},
        "action": {"label": "Go", "service": "x", "prefill": {"a": "1", "b": ["1"], "c": {"answer": "q"}}},
        "choose": "one", "steps": [
            {"id": "p", "action": {"label": "D", "download": "/d"}},
            {"id": "u", "action": {"label": "U", "url": "/u"}},
            {"id": "c", "action": {"label": "C", "calendar": {"title": "T", "place": "P", "text": "X",
                "dates": ["2027-06-01T19:00"], "in": "2 weeks", "minutes": 90, "remind": "1 day"}}}]}],
    "refusal": {"text": ["No"]}, "related": {"guides": ["g"], "services": ["s"]},
    "reviewed": "2026-10-01", "review_months": 6,
    "scenarios": [{"name": "N", "answers": {"q": "y"}, "outcome": null, "steps": [], "fees": ["f"]}]
}"#;

#[test]
fn every_field_is_written_under_its_name_in_the_format() {
    let document: Value = from_str(EVERY_FIELD).unwrap();
    let guide: Guide = serde_json::from_value(document.clone()).unwrap();
    assert_eq!(to_value(&guide).unwrap(), document);
}

#[test]
fn a_value_that_does_not_fit_is_an_error_with_its_path() {
    for (error, expected) in [
        (
            from_str::<Guide>(r#"{"id": "a", "steps": [{"who": "mayor"}]}"#).unwrap_err(),
            "steps[0].who: expected one of you, city, other",
        ),
        (
            from_str::<Step>(r#"{"time": {"most": "soon"}}"#).unwrap_err(),
            "time.most: expected a time such as",
        ),
        (
            from_str::<Text>("7").unwrap_err(),
            "expected a text, or an object of texts by language",
        ),
        (
            from_str::<Office>(r#"{"hours": [{"days": ["monday"]}]}"#).unwrap_err(),
            "hours[0].days[0]: expected one of mo, tu",
        ),
        (
            from_str::<Duration>(r#""a while""#).unwrap_err(),
            "expected a time such as",
        ),
    ] {
        assert!(error.to_string().contains(expected), "{error}");
    }
}

#[test]
fn small_types_are_read_and_written() {
    let when: When = from_str(r#"{"a": ["x", "y"]}"#).unwrap();
    assert_eq!(to_string(&when).unwrap(), r#"{"a":["x","y"]}"#);
    let rich: Rich = from_str(r#"["a", {"emphasis": "b"}]"#).unwrap();
    assert_eq!(to_string(&rich).unwrap(), r#"["a",{"emphasis":"b"}]"#);
    let block: Block = from_str(r#"{"paragraph": {"list": "no language"}}"#).unwrap();
    assert_eq!(
        to_string(&block).unwrap(),
        r#"{"paragraph":{"list":"no language"}}"#
    );
    let answers: Answers = from_str(r#"{"a": "x"}"#).unwrap();
    assert_eq!(to_string(&answers).unwrap(), r#"{"a":"x"}"#);
}

const KEYS: &[&str] = &[
    "id",
    "title",
    "text",
    "steps",
    "who",
    "office",
    "when",
    "q",
    "en",
    "es",
    "evidence",
    "fees",
    "amount",
    "to",
    "refusal",
    "appeal",
    "action",
    "label",
    "url",
    "service",
    "prefill",
    "answer",
    "calendar",
    "in",
    "time",
    "usual",
    "choose",
    "outcomes",
    "eligible",
    "try",
    "questions",
    "options",
    "list",
    "paragraph",
    "emphasis",
    "link",
    "scenarios",
    "answers",
    "outcome",
    "hours",
    "days",
    "keywords",
    "related",
    "guides",
    "review_months",
    "name",
];

fn any_value() -> impl Strategy<Value = json::Value> {
    let leaf = prop_oneof![
        Just(json::Value::Null),
        any::<bool>().prop_map(json::Value::Bool),
        (0..1000i64).prop_map(json::Value::from),
        prop::sample::select(vec![
            "",
            "a",
            "mo",
            "city",
            "one",
            "5 minutes",
            "2-4 weeks",
            "https://x.example"
        ])
        .prop_map(json::Value::from),
    ];
    leaf.prop_recursive(6, 80, 8, |inner| {
        let name = prop::sample::select(KEYS).prop_map(str::to_owned);
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(json::Value::List),
            prop::collection::vec((name, inner), 0..8).prop_map(json::Value::Map),
        ]
    })
}

fn any_fields() -> impl Strategy<Value = Vec<(String, json::Value)>> {
    let name = prop::sample::select(KEYS).prop_map(str::to_owned);
    prop::collection::vec((name, any_value()), 0..12)
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_guide_is_read_as_the_same_guide_after_writing(guide in any_fields(), step in any_fields()) {
        let steps = json::Value::List(vec![json::Value::Map(step)]);
        let fields = guide.into_iter().chain([("steps".into(), steps)]).collect();
        let (guide, _) = json::read(&json::Value::Map(fields), Guide::read);
        let again: Guide = from_str(&to_string(&guide).unwrap()).unwrap();
        prop_assert_eq!(again, guide);
    }
}
