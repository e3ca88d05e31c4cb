//! Which questions of a definition are asked, given the answers, and which answers end the form.

use crate::definition::{Answers, Attribute};
use crate::form::Form;

/// The answers to the questions that are asked. A question that is not asked has no answer, which
/// may in turn hide other questions.
pub(super) fn answers(attributes: &[Attribute], form: &Form) -> Answers {
    let given = |attribute: &Attribute| {
        let code = attribute.code.clone()?;
        let values = form.attribute(&code);
        let values: Vec<String> = values.into_iter().map(str::to_owned).collect();
        (!values.is_empty()).then_some((code, values))
    };
    let mut answers: Answers = attributes.iter().filter_map(given).collect();
    // Each round may hide another question. The number of rounds is limited, since questions that
    // hide each other would never settle.
    for _ in attributes {
        let asked = attributes
            .iter()
            .filter(|attribute| attribute.is_asked(&answers));
        let next = asked.filter_map(given).collect();
        if next == answers {
            break;
        }
        answers = next;
    }
    answers
}

/// Why the request is not for this form: the messages of all answers that end it.
pub(super) fn stop_messages(attributes: &[Attribute], answers: &Answers) -> Vec<String> {
    let mut messages = Vec::new();
    for attribute in attributes {
        let given = attribute.code.as_ref().and_then(|code| answers.get(code));
        let Some(given) = given else {
            continue;
        };
        let values = attribute.offered_values(answers).iter();
        let chosen =
            values.filter(|value| value.key.as_ref().is_some_and(|key| given.contains(key)));
        let of_values = chosen.filter_map(|value| value.stop.as_deref());
        let of_attribute = attribute.stop_message(answers);
        messages.extend(of_values.chain(of_attribute).map(str::to_owned));
    }
    messages
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    fn attributes() -> Vec<Attribute> {
        let when = |code: &str, value: &str| {
            json!({
                "clause": "AND",
                "conditions": [{ "attribute": code, "op": "eq", "value": value }],
            })
        };
        let value: Value = json!([
            { "code": "pet", "datatype": "singlevaluelist",
              "values": [{ "key": "dog" }, { "key": "tiger", "stop": "Call 911 now." }] },
            { "code": "breed", "datatype": "string", "dependencies": when("pet", "dog") },
            { "code": "shots", "datatype": "string", "dependencies": when("breed", "pug") },
            { "code": "legs", "datatype": "number", "stops": [{
                "clause": "AND", "conditions": [{ "attribute": "legs", "op": "gt", "value": 4 }],
                "message": "That is no pet." }] },
        ]);
        serde_json::from_value(value).unwrap()
    }

    fn answers_of(sent: &str) -> Answers {
        answers(&attributes(), &Form::from_encoded(sent.as_bytes()))
    }

    #[test]
    fn an_answer_to_a_hidden_question_is_dropped_and_hides_what_depends_on_it() {
        for (sent, expected) in [
            (
                "attribute[pet]=dog&attribute[breed]=pug",
                &["breed", "pet"][..],
            ),
            ("attribute[breed]=pug", &[]),
            ("attribute[breed]=pug&attribute[shots]=yes", &[]),
            (
                "attribute[pet]=dog&attribute[breed]=pug&attribute[shots]=yes",
                &["breed", "pet", "shots"],
            ),
        ] {
            let answers = answers_of(sent);
            let codes: Vec<&str> = answers.keys().map(String::as_str).collect();
            assert_eq!(codes, expected, "{sent}");
        }
    }

    #[test]
    fn the_stop_of_a_value_and_the_stop_of_a_question_end_the_form() {
        for (sent, expected) in [
            ("attribute[pet]=dog&attribute[legs]=4", vec![]),
            ("attribute[pet]=tiger", vec!["Call 911 now."]),
            ("attribute[legs]=5", vec!["That is no pet."]),
            (
                "attribute[pet]=tiger&attribute[legs]=6",
                vec!["Call 911 now.", "That is no pet."],
            ),
        ] {
            let answers = answers_of(sent);
            assert_eq!(stop_messages(&attributes(), &answers), expected, "{sent}");
        }
    }
}
