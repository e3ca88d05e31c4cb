//! Checks the answers of a form against the service's definition.

use jiff::civil;
use serde_json::{Map, Value, json};

use super::conditions::{self, Answers, has_alternatives, is_asked};
use crate::clock;
use crate::form::Form;
use crate::store::requests::as_text;
use crate::store::services::Service;

const LONGEST_STRING: usize = 1000;
const LONGEST_TEXT: usize = 4000;

/// The answers that may be kept; what is wrong with the others goes into `problems`.
pub(super) fn check(
    service: &Service,
    form: &Form,
    answers: &Answers,
    problems: &mut Vec<String>,
) -> Value {
    let attributes = service.attributes();
    let mut kept = Map::new();
    for attribute in attributes.iter().filter(|attribute| is_variable(attribute)) {
        let Some(code) = attribute.get("code").and_then(as_text) else {
            continue;
        };
        let Some(given) = answers.get(&code) else {
            if is_required(attribute) && !is_automated(attribute) && is_asked(attribute, answers) {
                problems.push(format!(
                    "attribute[{code}] is required: {}",
                    question(attribute)
                ));
            }
            continue;
        };
        match check_values(attribute, given, answers) {
            Ok(()) if is_list(attribute) => {
                kept.insert(code, json!(given));
            }
            Ok(()) => {
                kept.insert(code, json!(given.first()));
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
                kept.insert(code.to_owned(), json!(form.attribute(code)));
            }
            (false, false) => {
                problems.push(format!("attribute[{code}] is not asked by this service"))
            }
        }
    }
    Value::Object(kept)
}

fn check_values(attribute: &Value, given: &[String], answers: &Answers) -> Result<(), String> {
    if !is_list(attribute) && given.len() > 1 {
        return Err("takes one value".to_owned());
    }
    given
        .iter()
        .try_for_each(|value| check_value(attribute, value, answers))
}

fn check_value(attribute: &Value, value: &str, answers: &Answers) -> Result<(), String> {
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
        "datetime" if attribute.get("values").is_some() && !offers(attribute, value, answers) => {
            Err(format!(
                "{value} is not free: choose one of the times that are offered"
            ))
        }
        "number" | "datetime" => Ok(()),
        "singlevaluelist" | "multivaluelist" if !offers(attribute, value, answers) => {
            Err(format!("has no value {value}"))
        }
        "singlevaluelist" | "multivaluelist" => Ok(()),
        _ => fits(LONGEST_TEXT),
    }
}

/// Whether the value is one of those to choose from. A list that names none takes what comes;
/// times are another matter: where none is left, none can be chosen.
fn offers(attribute: &Value, value: &str, answers: &Answers) -> bool {
    let values = conditions::values(attribute, answers);
    let is_open = values.is_empty() && is_choice(attribute) && !has_alternatives(attribute);
    is_open
        || values
            .iter()
            .any(|offered| offered.get("key").and_then(as_text).as_deref() == Some(value))
}

fn is_datetime(value: &str) -> bool {
    // A date and time without a zone is the city's own time.
    clock::read(value).is_some() || value.parse::<civil::DateTime>().is_ok()
}

fn is_choice(attribute: &Value) -> bool {
    let datatype = attribute.get("datatype").and_then(Value::as_str);
    datatype.is_some_and(|name| name.ends_with("valuelist"))
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
    use super::super::asked;
    use super::*;

    fn service() -> Service {
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
        Service {
            row: json!({}),
            definition: Some(json!({"attributes": [
                attribute("name", "string", true), attribute("count", "number", false),
                attribute("when", "datetime", false), list("one", "singlevaluelist"),
                list("many", "multivaluelist"), attribute("story", "text", false),
                attribute("odd", "colour", false), hidden, notice,
            ]})),
            handling: json!({}),
        }
    }

    fn checked(service: &Service, sent: &str, problems: &mut Vec<String>) -> Value {
        let form = Form::from_encoded(sent.as_bytes());
        check(service, &form, &asked::answers(service, &form), problems)
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
            checked(&service(), &sent, &mut problems);
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
        checked(&service(), &sent, &mut problems);
        assert_eq!(
            problems,
            ["attribute[story] has 4001 characters, at most 4000 are kept"]
        );
    }
}
