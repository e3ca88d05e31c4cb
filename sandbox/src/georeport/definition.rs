//! Checks the answers of a form against the service's definition.

use jiff::civil;
use serde_json::{Map, Value, json};

use super::conditions::is_asked;
use crate::clock;
use crate::form::Form;
use crate::store::requests::as_text;
use crate::store::services::Service;

const LONGEST_STRING: usize = 1000;
const LONGEST_TEXT: usize = 4000;

/// The answers that may be kept; what is wrong with the others goes into `problems`.
pub(super) fn check(service: &Service, form: &Form, problems: &mut Vec<String>) -> Value {
    let attributes = service.attributes();
    let mut answers = Map::new();
    for attribute in attributes.iter().filter(|attribute| is_variable(attribute)) {
        let Some(code) = attribute.get("code").and_then(as_text) else {
            continue;
        };
        let given = form.attribute(&code);
        if given.is_empty() {
            if is_required(attribute) && !is_automated(attribute) && is_asked(attribute, form) {
                problems.push(format!(
                    "attribute[{code}] is required: {}",
                    question(attribute)
                ));
            }
            continue;
        }
        match check_values(attribute, &given) {
            Ok(()) if is_list(attribute) => {
                answers.insert(code, json!(given));
            }
            Ok(()) => {
                answers.insert(code, json!(given.first()));
            }
            Err(problem) => problems.push(format!("attribute[{code}] {problem}")),
        }
    }
    for code in form.attribute_codes() {
        let known = attributes
            .iter()
            .any(|attribute| attribute.get("code").and_then(as_text).as_deref() == Some(code));
        // A recorded city comes without definitions: what is not known is kept as it was sent.
        match (known, attributes.is_empty()) {
            (true, _) => {}
            (false, true) => {
                answers.insert(code.to_owned(), json!(form.attribute(code)));
            }
            (false, false) => {
                problems.push(format!("attribute[{code}] is not asked by this service"))
            }
        }
    }
    Value::Object(answers)
}

fn check_values(attribute: &Value, given: &[&str]) -> Result<(), String> {
    if !is_list(attribute) && given.len() > 1 {
        return Err("takes one value".to_owned());
    }
    given
        .iter()
        .try_for_each(|value| check_value(attribute, value))
}

fn check_value(attribute: &Value, value: &str) -> Result<(), String> {
    let fits = |longest: usize| match value.chars().count() {
        length if length > longest => Err(format!(
            "has {length} characters, at most {longest} are kept"
        )),
        _ => Ok(()),
    };
    match attribute
        .get("datatype")
        .and_then(Value::as_str)
        .unwrap_or_default()
    {
        "string" if value.contains(['\n', '\r']) => Err("has line breaks".to_owned()),
        "string" => fits(LONGEST_STRING),
        "number" if !value.parse::<f64>().is_ok_and(f64::is_finite) => {
            Err(format!("is not a number: {value}"))
        }
        "datetime" if !is_datetime(value) => Err(format!(
            "is not a date or a date and time: {value}. Write 2026-01-31 or 2026-01-31T08:00:00Z"
        )),
        "number" | "datetime" => Ok(()),
        "singlevaluelist" | "multivaluelist" => match keys(attribute) {
            keys if keys.is_empty() || keys.iter().any(|key| key == value) => Ok(()),
            _ => Err(format!("has no value {value}")),
        },
        _ => fits(LONGEST_TEXT),
    }
}

fn is_datetime(value: &str) -> bool {
    // A date and time without a zone is the city's own time.
    clock::read(value).is_some() || value.parse::<civil::DateTime>().is_ok()
}

fn keys(attribute: &Value) -> Vec<String> {
    let values = attribute.get("values").and_then(Value::as_array);
    values
        .into_iter()
        .flatten()
        .filter_map(|value| value.get("key").and_then(as_text))
        .collect()
}

fn question(attribute: &Value) -> &str {
    attribute
        .get("description")
        .and_then(Value::as_str)
        .unwrap_or_default()
}

fn is_variable(attribute: &Value) -> bool {
    attribute.get("variable") != Some(&Value::Bool(false))
}

fn is_required(attribute: &Value) -> bool {
    attribute.get("required") == Some(&Value::Bool(true))
}

/// The server fills these in by itself; a form never shows them.
fn is_automated(attribute: &Value) -> bool {
    attribute
        .get("automated")
        .is_some_and(|value| !value.is_null())
}

fn is_list(attribute: &Value) -> bool {
    attribute.get("datatype").and_then(Value::as_str) == Some("multivaluelist")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn service() -> Service {
        let choice = json!([{"key": "a", "name": "A"}, {"key": 7, "name": "Seven"}]);
        let attribute = |code: &str, datatype: &str, required: bool| {
            json!({"variable": true, "code": code, "datatype": datatype, "required": required,
                   "description": format!("What is {code}?"), "values": choice})
        };
        let mut hidden = attribute("hidden", "string", true);
        hidden["automated"] = json!("server_set");
        let mut notice = attribute("notice", "string", true);
        notice["variable"] = json!(false);
        Service {
            row: json!({}),
            definition: Some(json!({"attributes": [
                attribute("name", "string", true), attribute("count", "number", false),
                attribute("when", "datetime", false), attribute("one", "singlevaluelist", false),
                attribute("many", "multivaluelist", false), attribute("story", "text", false),
                attribute("odd", "colour", false), hidden, notice,
            ]})),
            handling: json!({}),
        }
    }

    #[test]
    fn each_wrong_answer_is_named_and_a_right_one_is_kept() {
        for (sent, problem) in [
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
            let mut problems = Vec::new();
            check(
                &service(),
                &Form::from_encoded(sent.as_bytes()),
                &mut problems,
            );
            match problem {
                None => assert!(problems.is_empty(), "{sent}: {problems:?}"),
                Some(start) => assert!(
                    problems.len() == 1 && problems[0].starts_with(start),
                    "{sent}: {problems:?}"
                ),
            }
        }
    }

    #[test]
    fn a_text_that_is_too_long_says_both_lengths() {
        let mut problems = Vec::new();
        let sent = format!("attribute[name]=x&attribute[story]={}", "a".repeat(4001));
        check(
            &service(),
            &Form::from_encoded(sent.as_bytes()),
            &mut problems,
        );
        assert_eq!(
            problems,
            ["attribute[story] has 4001 characters, at most 4000 are kept"]
        );
    }
}
