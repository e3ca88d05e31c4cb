//! The reader and the writer against arbitrary texts, with serde_json as the reference.
#![allow(clippy::unwrap_used, clippy::panic)]

use json::{ParseErrorKind, Value, parse, write};
use proptest::prelude::*;
use serde::de::IgnoredAny;

fn any_value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::Bool),
        any::<i64>().prop_map(|number| Value::Number(number.to_string())),
        "-?(0|[1-9][0-9]{0,20})(\\.[0-9]{1,5})?([eE][+-]?[0-9]{1,3})?".prop_map(Value::Number),
        any::<String>().prop_map(Value::Text),
    ];
    leaf.prop_recursive(6, 60, 8, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..8).prop_map(Value::List),
            prop::collection::vec((any::<String>(), inner), 0..8).prop_map(Value::Map),
        ]
    })
}

/// JSON with a few characters replaced, removed or inserted, or the end cut off.
fn broken_json() -> impl Strategy<Value = String> {
    let edit = (
        any::<prop::sample::Index>(),
        0..4,
        r#"[\[\]{},:"\\u0-9eE.+\-tfn \n]"#,
    );
    (any_value(), prop::collection::vec(edit, 1..4)).prop_map(|(value, edits)| {
        let mut chars: Vec<char> = write(&value).chars().collect();
        for (at, kind, text) in edits {
            if chars.is_empty() {
                break;
            }
            let at = at.index(chars.len());
            match kind {
                0 => drop(chars.splice(at..=at, text.chars())),
                1 => drop(chars.remove(at)),
                2 => drop(chars.splice(at..at, text.chars())),
                _ => chars.truncate(at),
            }
        }
        chars.into_iter().collect()
    })
}

/// `IgnoredAny` makes serde_json check the grammar alone: neither the size of numbers nor halves of surrogate
/// pairs, which this crate accepts too. The nesting limit is this crate's own.
fn agree(text: &str) {
    let theirs = serde_json::from_str::<IgnoredAny>(text).is_ok();
    match parse(text) {
        Ok(value) => {
            assert!(theirs, "only we accept {text:?}");
            if let Ok(their_value) = serde_json::from_str::<serde_json::Value>(text) {
                compare(&value, &their_value);
            }
        }
        Err(error) if error.kind == ParseErrorKind::TooDeep => {}
        Err(error) => {
            assert!(!theirs, "only we refuse {text:?}: {error}");
            assert!(error.offset <= text.len() && text.is_char_boundary(error.offset));
            let lines = text.split('\n').count();
            assert!((1..=lines).contains(&error.line) && error.column >= 1);
        }
    }
}

fn compare(ours: &Value, theirs: &serde_json::Value) {
    match (ours, theirs) {
        (Value::Null, serde_json::Value::Null) => {}
        (Value::Bool(ours), serde_json::Value::Bool(theirs)) => assert_eq!(ours, theirs),
        (Value::Number(ours), serde_json::Value::Number(theirs)) => {
            let ours: f64 = ours.parse().unwrap();
            // Through text, because `as_f64` returns nothing for a number that is too large if another
            // package of the workspace enables serde_json's `arbitrary_precision`.
            let theirs: f64 = theirs.to_string().parse().unwrap();
            assert!(
                ours == theirs || (ours - theirs).abs() <= ours.abs() * 1e-15,
                "{ours} {theirs}"
            );
        }
        (Value::Text(ours), serde_json::Value::String(theirs)) => assert_eq!(ours, theirs),
        (Value::List(ours), serde_json::Value::Array(theirs)) => {
            assert_eq!(ours.len(), theirs.len());
            for (ours, theirs) in ours.iter().zip(theirs) {
                compare(ours, theirs);
            }
        }
        (Value::Map(_), serde_json::Value::Object(theirs)) => {
            for (name, theirs) in theirs {
                compare(ours.get(name).unwrap(), theirs);
            }
        }
        other => panic!("{other:?}"),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_written_value_parses_to_the_same_value(value in any_value()) {
        prop_assert_eq!(parse(&write(&value)), Ok(value.clone()));
        prop_assert_eq!(parse(&format!("\u{feff} {}\r\n", write(&value))), Ok(value));
    }

    #[test]
    fn valid_and_broken_json_is_accepted_and_refused_as_by_serde_json(text in broken_json()) {
        agree(&text);
    }

    #[test]
    fn any_text_is_accepted_or_refused_as_by_serde_json(
        text in any::<String>(),
        near_json in r#"[\[\]{},:"\\u0-9a-fE.+\-truefalsn \n\u{0}-\u{20}é]{0,30}"#,
    ) {
        agree(&text);
        agree(&near_json);
        let in_quotes = ["\"", &near_json, "\""].concat();
        agree(&in_quotes);
    }
}
