//! Which questions of a definition are asked, given the answers, and which answer ends the form.

use serde_json::Value;

use super::conditions::{self, Answers, is_asked};
use crate::form::Form;
use crate::store::requests::as_text;
use crate::store::services::Service;

/// What was answered to the questions that are asked. One that is not asked has no answer, and so
/// may hide another one in turn.
pub(super) fn answers(service: &Service, form: &Form) -> Answers {
    let attributes = service.attributes();
    let given = |attribute: &Value| {
        let code = attribute.get("code").and_then(as_text)?;
        let values = form.attribute(&code);
        let values: Vec<String> = values.into_iter().map(str::to_owned).collect();
        (!values.is_empty()).then_some((code, values))
    };
    let mut answers: Answers = attributes.iter().filter_map(given).collect();
    // Each round may hide one more; questions that hide each other must not go round for ever.
    for _ in attributes {
        let asked = attributes
            .iter()
            .filter(|attribute| is_asked(attribute, &answers));
        let next = asked.filter_map(given).collect();
        if next == answers {
            break;
        }
        answers = next;
    }
    answers
}

/// Why the request is not for this form, if an answer says so.
pub(super) fn stops(service: &Service, answers: &Answers) -> Vec<String> {
    let mut messages = Vec::new();
    for attribute in service.attributes() {
        let code = attribute.get("code").and_then(as_text).unwrap_or_default();
        let Some(given) = answers.get(&code) else {
            continue;
        };
        let chosen = conditions::values(attribute, answers)
            .iter()
            .filter(|value| {
                let key = value.get("key").and_then(as_text);
                key.is_some_and(|key| given.contains(&key))
            });
        let of_values = chosen.filter_map(|value| value.get("stop").and_then(Value::as_str));
        let of_attribute = conditions::stop(attribute, answers);
        messages.extend(of_values.chain(of_attribute).map(str::to_owned));
    }
    messages
}

#[cfg(test)]
mod tests {
    use super::super::definition::check;
    use super::*;
    use serde_json::json;

    fn checked(service: &Service, sent: &str, problems: &mut Vec<String>) -> Value {
        let form = Form::from_encoded(sent.as_bytes());
        check(service, &form, &answers(service, &form), problems)
    }

    fn asking(attributes: Value) -> Service {
        Service {
            row: json!({}),
            definition: Some(json!({ "attributes": attributes })),
            handling: json!({}),
        }
    }

    fn when(code: &str, value: &str) -> Value {
        json!({ "clause": "AND", "conditions": [{ "attribute": code, "op": "eq", "value": value }] })
    }

    /// A pet, its breed if it is a dog, its shots if the breed is known, and where it sleeps.
    fn pet() -> Service {
        let choice = |keys: &[&str]| -> Value {
            keys.iter()
                .map(|key| json!({ "key": key, "name": key }))
                .collect()
        };
        asking(json!([
            { "code": "pet", "datatype": "singlevaluelist",
              "values": [{ "key": "dog" }, { "key": "tiger", "stop": "Call 911 now." }] },
            { "code": "breed", "datatype": "string", "required": true,
              "dependencies": when("pet", "dog") },
            { "code": "shots", "datatype": "string", "required": true,
              "dependencies": when("breed", "pug") },
            { "code": "bed", "datatype": "singlevaluelist", "values": choice(&["box"]),
              "conditional_values": [
                { "dependent_on": when("pet", "dog"), "values": choice(&["basket"]) },
                { "dependent_on": when("pet", "fish"), "values": [] } ] },
            { "code": "legs", "datatype": "number", "stops": [{
                "clause": "AND", "conditions": [{ "attribute": "legs", "op": "gt", "value": 4 }],
                "message": "That is no pet." }] },
            { "code": "visit", "datatype": "datetime",
              "values": [{ "key": "2026-12-01T10:00:00-06:00", "name": "2026-12-01 10:00" }] },
        ]))
    }

    #[test]
    fn an_answer_to_a_question_that_is_not_asked_is_dropped_and_asks_for_nothing() {
        for (sent, kept, problem) in [
            (
                "attribute[pet]=dog&attribute[breed]=lab",
                json!({"pet": "dog", "breed": "lab"}),
                None,
            ),
            (
                "attribute[pet]=dog",
                json!({"pet": "dog"}),
                Some("attribute[breed] is required"),
            ),
            ("attribute[breed]=lab", json!({}), None),
            // The breed is not asked, so its answer cannot ask for the shots.
            ("attribute[breed]=pug", json!({}), None),
            ("attribute[breed]=pug&attribute[shots]=yes", json!({}), None),
            (
                "attribute[pet]=dog&attribute[breed]=pug",
                json!({"pet": "dog", "breed": "pug"}),
                Some("attribute[shots] is required"),
            ),
            ("attribute[bed]=box", json!({"bed": "box"}), None),
            (
                "attribute[bed]=basket",
                json!({}),
                Some("attribute[bed] has no value basket"),
            ),
            (
                "attribute[pet]=dog&attribute[breed]=lab&attribute[bed]=basket",
                json!({"pet": "dog", "breed": "lab", "bed": "basket"}),
                None,
            ),
            (
                "attribute[visit]=2026-12-01T10:00:00-06:00",
                json!({"visit": "2026-12-01T10:00:00-06:00"}),
                None,
            ),
            (
                "attribute[visit]=2026-12-01T11:00:00-06:00",
                json!({}),
                Some("attribute[visit] 2026-12-01T11:00:00-06:00 is not free"),
            ),
        ] {
            let mut problems = Vec::new();
            assert_eq!(checked(&pet(), sent, &mut problems), kept, "{sent}");
            assert_eq!(
                problems.len(),
                usize::from(problem.is_some()),
                "{sent}: {problems:?}"
            );
            if let Some(start) = problem {
                assert!(problems[0].starts_with(start), "{sent}: {problems:?}");
            }
        }
    }

    #[test]
    fn a_stop_of_a_value_and_one_of_a_question_end_the_form() {
        for (sent, expected) in [
            ("attribute[pet]=dog&attribute[legs]=4", vec![]),
            ("attribute[pet]=tiger", vec!["Call 911 now."]),
            ("attribute[legs]=5", vec!["That is no pet."]),
            (
                "attribute[pet]=tiger&attribute[legs]=6",
                vec!["Call 911 now.", "That is no pet."],
            ),
        ] {
            let form = Form::from_encoded(sent.as_bytes());
            assert_eq!(stops(&pet(), &answers(&pet(), &form)), expected, "{sent}");
        }
    }
}
