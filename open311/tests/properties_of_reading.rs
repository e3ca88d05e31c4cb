//! Arbitrary values in any field: no reader panics, and a bad row does not affect the others.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use open311::form::{AnswerValue, AttributeAnswer, Post, encode};
use open311::{
    Location, Value, join, json, look_up_request, look_up_token, plain_text, read_definition,
    read_error, read_receipt, read_requests, read_services, read_updates,
};
use proptest::prelude::*;
use values::{any_fields, any_text, any_value};

#[path = "common/values.rs"]
mod values;

fn row(id: &str, fields: Vec<(String, Value)>) -> Value {
    // The id comes last, so that it replaces one in `fields`.
    let id = (id.to_owned(), Value::Text("the good one".into()));
    Value::Map(fields.into_iter().chain([id]).collect())
}

/// Decodes a form as a server does.
fn decode(form: &str) -> Vec<(String, String)> {
    let text = |encoded: &str| {
        let mut bytes = Vec::new();
        let mut rest = encoded.as_bytes();
        while let Some((first, after)) = rest.split_first() {
            rest = after;
            bytes.push(match first {
                b'+' => b' ',
                b'%' => {
                    let digits = std::str::from_utf8(&after[..2]).unwrap();
                    rest = &after[2..];
                    u8::from_str_radix(digits, 16).unwrap()
                }
                plain => *plain,
            });
        }
        String::from_utf8(bytes).unwrap()
    };
    form.split('&')
        .filter(|pair| !pair.is_empty())
        .map(|pair| pair.split_once('=').unwrap())
        .map(|(name, value)| (text(name), text(value)))
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_reader_panics_on_any_value(value in any_value(), text in any_text(), status: u16) {
        read_services(&value);
        read_definition(&value);
        read_requests(&value);
        read_receipt(&value);
        read_updates(&value);
        for body in [json::write(&value), text] {
            let error = read_error(status, &body);
            prop_assert_eq!(error.status, status);
            prop_assert!(error.messages.len() <= 5);
            for message in &error.messages {
                prop_assert!(message.chars().count() <= 300 && !message.contains('\n'));
            }
            look_up_request(status, &body, "7");
            look_up_token(status, &body);
        }
    }

    #[test]
    fn a_row_with_an_id_is_read_whatever_else_it_contains(fields in any_fields()) {
        let services = read_services(&Value::List(vec![row("service_code", fields.clone())]));
        prop_assert_eq!((services.rows.len(), services.bad_rows), (1, 0));
        prop_assert_eq!(&services.rows[0].code, "the good one");
        let requests = read_requests(&Value::List(vec![row("service_request_id", fields.clone())]));
        prop_assert_eq!((requests.rows.len(), requests.bad_rows), (1, 0));
        prop_assert_eq!(requests.rows[0].id.as_deref(), Some("the good one"));
        let updates = read_updates(&Value::List(vec![row("update_id", fields)]));
        prop_assert_eq!((updates.rows.len(), updates.bad_rows), (1, 0));
    }

    #[test]
    fn bad_rows_are_counted_and_do_not_affect_other_rows(
        before in prop::collection::vec(any_value(), 0..4),
        after in prop::collection::vec(any_value(), 0..4),
    ) {
        let list = |id: &str| {
            let good = row(id, Vec::new());
            let rows = before.iter().cloned().chain([good.clone(), good]);
            Value::List(rows.chain(after.iter().cloned()).collect())
        };
        let all = before.len() + after.len() + 2;
        let services = read_services(&list("service_code"));
        prop_assert_eq!(services.rows.len() + services.bad_rows, all);
        prop_assert!(services.rows.iter().filter(|row| row.code == "the good one").count() >= 2);
        let requests = read_requests(&list("service_request_id"));
        prop_assert_eq!(requests.rows.len() + requests.bad_rows, all);
        let updates = read_updates(&list("update_id"));
        prop_assert_eq!(updates.rows.len() + updates.bad_rows, all);
        let definition = read_definition(&Value::Map(vec![("attributes".into(), list("code"))]));
        let read = definition.attributes.len() + definition.automated + definition.bad_rows;
        prop_assert!(definition.attributes.len() >= 2 && read <= all);
    }

    #[test]
    fn plain_text_is_never_markup(text in any_text(), tags in "[<>/!?&;#a-z= \n\u{202a}-\u{202e}\u{0}]{0,60}") {
        for text in [text, tags] {
            let plain = plain_text(&text);
            let mut chars = plain.chars().peekable();
            while let Some(char) = chars.next() {
                if char == '<' {
                    let opens = chars.peek().is_some_and(|next| next.is_ascii_alphabetic() || "/!?".contains(*next));
                    prop_assert!(!opens, "{plain:?} of {text:?}");
                }
                prop_assert!(char == '\n' || !char.is_control(), "{plain:?} of {text:?}");
            }
            prop_assert_eq!(plain.trim(), &plain);
            prop_assert!(!plain.contains("\n\n\n"), "{plain:?} of {text:?}");
        }
    }

    #[test]
    fn text_without_markup_is_only_trimmed(words in prop::collection::vec("[^<&\\s\\pC]{1,12}", 0..8)) {
        let text = words.join(" ");
        prop_assert_eq!(plain_text(&text), text);
    }

    #[test]
    fn a_form_decodes_to_the_pairs_that_were_encoded(
        code in any::<String>(),
        one in any::<String>(),
        many in prop::collection::vec(any::<String>(), 0..4),
        description in any::<String>(),
        (lat, long) in (-90.0..90.0f64, -180.0..180.0f64),
    ) {
        let answer = |value| AttributeAnswer { code: code.clone(), value };
        let post = Post {
            description,
            location: Location::new(lat, long),
            attributes: vec![answer(AnswerValue::One(one)), answer(AnswerValue::Many(many))],
            ..Post::default()
        };
        let pairs = post.pairs();
        let form = encode(&pairs);
        prop_assert!(form.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+%&=*-._".contains(&byte)));
        prop_assert_eq!(decode(&form), pairs.clone());
        prop_assert!(join("x", &["y?", &form].concat()).ends_with(&form));
        let sent = |name: &str| -> f64 {
            pairs.iter().find(|(found, _)| found == name).unwrap().1.parse().unwrap()
        };
        prop_assert!((sent("lat") - lat).abs() < 1e-6 && (sent("long") - long).abs() < 1e-6);
    }
}
