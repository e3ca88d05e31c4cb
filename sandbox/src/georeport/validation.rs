//! Validates the answers of a form against the service definition.

use jiff::civil;
use serde_json::{Map, Value, json};

use crate::clock;
use crate::definition::{Answers, Attribute};
use crate::form::Form;

const MAX_STRING_CHARS: usize = 1000;
const MAX_TEXT_CHARS: usize = 4000;

/// The valid answers; each invalid or missing one adds a sentence to `errors`.
pub(super) fn check(
    attributes: &[Attribute],
    form: &Form,
    answers: &Answers,
    errors: &mut Vec<String>,
) -> Map<String, Value> {
    let mut valid = Map::new();
    for attribute in attributes
        .iter()
        .filter(|attribute| attribute.is_question())
    {
        let Some(code) = &attribute.code else {
            continue;
        };
        let Some(given) = answers.get(code) else {
            if attribute.required && !attribute.is_automated() && attribute.is_asked(answers) {
                errors.push(format!(
                    "attribute[{code}] is required: {}",
                    attribute.description
                ));
            }
            continue;
        };
        match check_values(attribute, given, answers) {
            Ok(()) => {
                let value = if attribute.is_multiple() {
                    json!(given)
                } else {
                    json!(given.first())
                };
                valid.insert(code.clone(), value);
            }
            Err(error) => errors.push(format!("attribute[{code}] {error}")),
        }
    }
    for code in form.attribute_codes() {
        let mut codes = attributes
            .iter()
            .filter_map(|attribute| attribute.code.as_deref());
        if codes.any(|known| known == code) {
            continue;
        }
        // A recorded city has no definitions: its answers are stored as they were sent.
        if attributes.is_empty() {
            valid.insert(code.to_owned(), json!(form.attribute(code)));
        } else {
            errors.push(format!("attribute[{code}] is not asked by this service"));
        }
    }
    valid
}

fn check_values(attribute: &Attribute, given: &[String], answers: &Answers) -> Result<(), String> {
    if !attribute.is_multiple() && given.len() > 1 {
        return Err("takes one value".to_owned());
    }
    given
        .iter()
        .try_for_each(|value| check_value(attribute, value, answers))
}

fn check_value(attribute: &Attribute, value: &str, answers: &Answers) -> Result<(), String> {
    match attribute.datatype.as_str() {
        "string" if value.contains(['\n', '\r']) => Err("has line breaks".to_owned()),
        "string" => check_length(value, MAX_STRING_CHARS),
        "number" if !value.parse::<f64>().is_ok_and(f64::is_finite) => {
            Err(format!("is not a number: {value}"))
        }
        "datetime" if !is_datetime(value) => Err(format!(
            "is not a date or a date and time: {value}. Write 2026-01-31 or 2026-01-31T08:00:00Z"
        )),
        "datetime" if attribute.values.is_some() && !is_offered(attribute, value, answers) => Err(
            format!("{value} is not free: choose one of the times that are offered"),
        ),
        "number" | "datetime" => Ok(()),
        "singlevaluelist" | "multivaluelist" if !is_offered(attribute, value, answers) => {
            Err(format!("has no value {value}"))
        }
        "singlevaluelist" | "multivaluelist" => Ok(()),
        _ => check_length(value, MAX_TEXT_CHARS),
    }
}

fn check_length(value: &str, max: usize) -> Result<(), String> {
    let length = value.chars().count();
    if length > max {
        return Err(format!("has {length} characters, at most {max} are kept"));
    }
    Ok(())
}

/// Whether the value is one of those to choose from. A choice that lists no values accepts any; an
/// appointment without free times accepts none.
fn is_offered(attribute: &Attribute, value: &str, answers: &Answers) -> bool {
    let values = attribute.offered_values(answers);
    let accepts_any =
        values.is_empty() && attribute.is_choice() && !attribute.has_conditional_values();
    accepts_any
        || values
            .iter()
            .any(|offered| offered.key.as_deref() == Some(value))
}

fn is_datetime(value: &str) -> bool {
    // Without an offset it is in the city's time zone.
    clock::parse(value).is_some() || value.parse::<civil::DateTime>().is_ok()
}

#[cfg(test)]
mod tests {
    use super::super::active_questions;
    use super::*;

    fn check_form(definition: &Value, sent: &str) -> (Map<String, Value>, Vec<String>) {
        let attributes: Vec<Attribute> = serde_json::from_value(definition.clone()).unwrap();
        let form = Form::from_encoded(sent.as_bytes());
        let answers = active_questions::answers(&attributes, &form);
        let mut errors = Vec::new();
        let valid = check(&attributes, &form, &answers, &mut errors);
        (valid, errors)
    }

    fn questions() -> Value {
        let choice = json!([{"key": "a", "name": "A"}, {"key": 7, "name": "Seven"}]);
        let attribute = |code: &str, datatype: &str, required: bool| {
            json!({"variable": true, "code": code, "datatype": datatype, "required": required,
                   "description": format!("What is {code}?")})
        };
        let list = |code: &str, datatype: &str| {
            let mut attribute = attribute(code, datatype, false);
            attribute["values"] = choice.clone();
            attribute
        };
        let mut hidden = attribute("hidden", "string", true);
        hidden["automated"] = json!("server_set");
        let mut notice = attribute("notice", "string", true);
        notice["variable"] = json!(false);
        json!([
            attribute("name", "string", true),
            attribute("count", "number", false),
            attribute("when", "datetime", false),
            list("one", "singlevaluelist"),
            list("many", "multivaluelist"),
            attribute("story", "text", false),
            attribute("odd", "colour", false),
            hidden,
            notice,
        ])
    }

    #[test]
    fn the_error_names_each_invalid_answer() {
        for (sent, error) in [
            ("name=x", None),
            ("", Some("attribute[name] is required: What is name?")),
            ("name=a%0Ab", Some("attribute[name] has line breaks")),
            ("name=x&attribute[count]=12.5", None),
            (
                "name=x&attribute[count]=twelve",
                Some("attribute[count] is not a number: twelve"),
            ),
            (
                "name=x&attribute[count]=inf",
                Some("attribute[count] is not a number: inf"),
            ),
            (
                "name=x&attribute[count]=1&attribute[count]=2",
                Some("attribute[count] takes one value"),
            ),
            ("name=x&attribute[when]=2026-11-20", None),
            ("name=x&attribute[when]=2026-11-20T08:30", None),
            ("name=x&attribute[when]=2026-11-20T08:30:00-06:00", None),
            (
                "name=x&attribute[when]=20.11.",
                Some("attribute[when] is not a date or a date and time"),
            ),
            ("name=x&attribute[one]=7", None),
            (
                "name=x&attribute[one]=Seven",
                Some("attribute[one] has no value Seven"),
            ),
            ("name=x&attribute[many][]=a&attribute[many][]=7", None),
            (
                "name=x&attribute[many][]=a&attribute[many][]=b",
                Some("attribute[many] has no value b"),
            ),
            ("name=x&attribute[odd]=red%0Agreen", None),
            (
                "name=x&attribute[size]=1",
                Some("attribute[size] is not asked by this service"),
            ),
        ] {
            let sent = if sent.is_empty() {
                String::new()
            } else {
                sent.replacen("name=", "attribute[name]=", 1)
            };
            let (_, errors) = check_form(&questions(), &sent);
            match error {
                None => assert!(errors.is_empty(), "{sent}: {errors:?}"),
                Some(start) => assert!(
                    errors.len() == 1 && errors[0].starts_with(start),
                    "{sent}: {errors:?}"
                ),
            }
        }
    }

    #[test]
    fn the_error_for_a_long_text_gives_both_lengths() {
        let sent = format!("attribute[name]=x&attribute[story]={}", "a".repeat(4001));
        let (_, errors) = check_form(&questions(), &sent);
        assert_eq!(
            errors,
            ["attribute[story] has 4001 characters, at most 4000 are kept"]
        );
    }

    fn when(code: &str, value: &str) -> Value {
        json!({ "clause": "AND", "conditions": [{ "attribute": code, "op": "eq", "value": value }] })
    }

    /// A pet, its breed if it is a dog, its shots if the breed is known, and where it sleeps.
    fn pet() -> Value {
        let choice = |keys: &[&str]| -> Value {
            keys.iter()
                .map(|key| json!({ "key": key, "name": key }))
                .collect()
        };
        json!([
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
        ])
    }

    #[test]
    fn conditions_decide_what_is_required_and_which_values_are_valid() {
        for (sent, valid, error) in [
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
            let (checked, errors) = check_form(&pet(), sent);
            assert_eq!(Value::Object(checked), valid, "{sent}");
            match error {
                None => assert!(errors.is_empty(), "{sent}: {errors:?}"),
                Some(start) => assert!(
                    errors.len() == 1 && errors[0].starts_with(start),
                    "{sent}: {errors:?}"
                ),
            }
        }
    }
}
