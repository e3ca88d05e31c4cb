//! Conditions on answers, in the manner of Boston's `dependencies`: whether a question is asked,
//! which values it offers, whether the request is for this form at all.
//!
//! `{"clause": "AND" | "OR", "conditions": [condition or group, …]}`, where a condition is
//! `{"attribute": code, "op": "eq" | "neq" | "in" | "gt" | "lt" | "gte" | "lte", "value": …}`.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::store::requests::as_text;

/// What was answered, by the attribute's code. An attribute without an answer is not in it.
pub(super) type Answers = BTreeMap<String, Vec<String>>;

/// Whether the attribute is asked for. Conditions that cannot be read hide nothing.
pub(super) fn is_asked(attribute: &Value, answers: &Answers) -> bool {
    attribute
        .get("dependencies")
        .is_none_or(|group| is_met(group, answers, true))
}

/// The values to choose from: those of the first `conditional_values` whose conditions are met,
/// else the attribute's own. Conditions that cannot be read choose nothing.
pub(super) fn values<'a>(attribute: &'a Value, answers: &Answers) -> &'a [Value] {
    let alternatives = either(attribute, "conditional_values", "conditionalValues");
    let met = alternatives
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
        .find(|alternative| {
            either(alternative, "dependent_on", "dependentOn")
                .is_some_and(|group| is_met(group, answers, false))
        });
    met.unwrap_or(attribute)
        .get("values")
        .and_then(Value::as_array)
        .map_or(&[], Vec::as_slice)
}

/// Whether other values than the attribute's own may be offered.
pub(super) fn has_alternatives(attribute: &Value) -> bool {
    either(attribute, "conditional_values", "conditionalValues").is_some()
}

/// Why the request is not for this form: the first message of `stops` whose conditions are met.
/// Conditions that cannot be read stop nobody.
pub(super) fn stop<'a>(attribute: &'a Value, answers: &Answers) -> Option<&'a str> {
    let stops = attribute.get("stops").and_then(Value::as_array);
    stops
        .into_iter()
        .flatten()
        .filter(|stop| is_met(stop, answers, false))
        .find_map(|stop| stop.get("message").and_then(Value::as_str))
}

fn either<'a>(value: &'a Value, name: &str, other: &str) -> Option<&'a Value> {
    value.get(name).or_else(|| value.get(other))
}

/// `unread` is what a condition counts for that cannot be read, and a group without any.
fn is_met(group: &Value, answers: &Answers, unread: bool) -> bool {
    let Some(conditions) = group.get("conditions").and_then(Value::as_array) else {
        return unread;
    };
    let mut each = conditions.iter().map(|condition| {
        if condition.get("conditions").is_some() {
            is_met(condition, answers, unread)
        } else {
            condition_is_met(condition, answers).unwrap_or(unread)
        }
    });
    let clause = group.get("clause").and_then(Value::as_str);
    match clause {
        _ if conditions.is_empty() => unread,
        Some(clause) if clause.eq_ignore_ascii_case("or") => each.any(|met| met),
        _ => each.all(|met| met),
    }
}

/// `None`: the condition cannot be read.
fn condition_is_met(condition: &Value, answers: &Answers) -> Option<bool> {
    let code = condition.get("attribute").and_then(as_text)?;
    let value = condition.get("value")?;
    let given = answers.get(&code).map_or(&[][..], Vec::as_slice);
    let has = |wanted: &Value| {
        let wanted = spelled(wanted)?;
        Some(given.contains(&wanted))
    };
    let compares = |compare: fn(f64, f64) -> bool| {
        let bound: f64 = spelled(value)?.parse().ok()?;
        let mut numbers = given.iter().filter_map(|text| text.parse::<f64>().ok());
        Some(numbers.any(|number| compare(number, bound)))
    };
    let op = condition.get("op").and_then(Value::as_str)?;
    match op.to_ascii_lowercase().as_str() {
        "eq" => has(value),
        "neq" => has(value).map(|has| !has),
        "in" => Some(value.as_array()?.iter().any(|item| has(item) == Some(true))),
        "gt" => compares(|number, bound| number > bound),
        "lt" => compares(|number, bound| number < bound),
        "gte" | "geq" => compares(|number, bound| number >= bound),
        "lte" | "leq" => compares(|number, bound| number <= bound),
        _ => None,
    }
}

/// A value of a condition as a form would send it.
fn spelled(value: &Value) -> Option<String> {
    match value {
        Value::Bool(flag) => Some(flag.to_string()),
        other => as_text(other),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn answers() -> Answers {
        let several = |values: &[&str]| values.iter().map(|v| (*v).to_owned()).collect();
        Answers::from([
            ("pet".into(), several(&["dog"])),
            ("size".into(), several(&["a", "b"])),
            ("age".into(), several(&["12"])),
            ("shots".into(), several(&["true"])),
            ("floor".into(), several(&["9"])),
        ])
    }

    fn condition(code: &str, op: &str, value: Value) -> Value {
        json!({ "attribute": code, "op": op, "value": value })
    }

    #[test]
    fn each_operator_compares_what_was_answered() {
        for (code, op, value, met) in [
            ("pet", "eq", json!("dog"), true),
            ("pet", "eq", json!("cat"), false),
            ("pet", "neq", json!("cat"), true),
            ("pet", "neq", json!("dog"), false),
            ("pet", "in", json!(["cat", "dog"]), true),
            ("pet", "in", json!(["cat"]), false),
            ("size", "eq", json!("b"), true),
            ("size", "in", json!(["x", "b"]), true),
            ("size", "neq", json!("b"), false),
            ("age", "eq", json!(12), true),
            ("age", "eq", json!("12.0"), false),
            ("age", "in", json!([11, 12]), true),
            ("shots", "eq", json!(true), true),
            ("age", "gt", json!(11.5), true),
            ("age", "gt", json!(12), false),
            ("age", "gte", json!("12"), true),
            ("age", "geq", json!(13), false),
            ("age", "lt", json!(13), true),
            ("age", "lt", json!("12"), false),
            ("age", "lte", json!(12), true),
            ("age", "leq", json!(11), false),
            ("floor", "lt", json!("10"), true),
            ("pet", "gt", json!(1), false),
            ("fur", "neq", json!("long"), true),
            ("fur", "eq", json!("long"), false),
            ("fur", "in", json!(["long"]), false),
            ("fur", "lt", json!(5), false),
        ] {
            let group = json!({ "clause": "AND", "conditions": [condition(code, op, value)] });
            // What is read does not depend on what counts for the unread.
            for unread in [true, false] {
                assert_eq!(is_met(&group, &answers(), unread), met, "{group}");
            }
        }
    }

    #[test]
    fn groups_stand_inside_groups() {
        let (yes, no) = (
            condition("pet", "eq", json!("dog")),
            condition("pet", "eq", json!("cat")),
        );
        let any = |items: &[&Value]| json!({ "clause": "OR", "conditions": items });
        let all = |items: &[&Value]| json!({ "clause": "AND", "conditions": items });
        for (group, met) in [
            (all(&[&yes, &yes]), true),
            (all(&[&yes, &no]), false),
            (any(&[&no, &yes]), true),
            (any(&[&no, &no]), false),
            (any(&[&no, &all(&[&yes, &yes])]), true),
            (any(&[&no, &all(&[&yes, &no])]), false),
            (all(&[&yes, &any(&[&no, &all(&[&yes])])]), true),
            (all(&[&yes, &any(&[&no, &no])]), false),
            (json!({ "conditions": [yes, no] }), false),
            (json!({ "clause": "or", "conditions": [yes, no] }), true),
        ] {
            assert_eq!(is_met(&group, &answers(), true), met, "{group}");
        }
    }

    #[test]
    fn what_cannot_be_read_hides_nothing_and_stops_nobody() {
        for broken in [
            json!({ "clause": "AND", "conditions": [condition("pet", "like", json!("x"))] }),
            json!({ "clause": "AND", "conditions": [{ "op": "eq", "value": "x" }] }),
            json!({ "clause": "AND", "conditions": [{ "attribute": "pet", "op": "eq" }] }),
            json!({ "clause": "OR", "conditions": [condition("pet", "in", json!("x"))] }),
            json!({ "clause": "OR", "conditions": [condition("age", "gt", json!("many"))] }),
            json!({ "clause": "OR", "conditions": [] }),
            json!({ "clause": "AND" }),
            json!("always"),
        ] {
            assert!(
                is_asked(&json!({ "dependencies": broken }), &answers()),
                "{broken}"
            );
            let mut stop_of = broken.clone();
            if let Some(fields) = stop_of.as_object_mut() {
                fields.insert("message".into(), json!("no"));
            }
            assert_eq!(
                stop(&json!({ "stops": [stop_of] }), &answers()),
                None,
                "{broken}"
            );
            let choice =
                json!({ "conditional_values": [{ "dependent_on": broken, "values": [1] }] });
            assert!(values(&choice, &answers()).is_empty(), "{broken}");
        }
        assert!(is_asked(&json!({}), &answers()));
    }

    #[test]
    fn the_first_values_whose_conditions_are_met_are_offered_in_both_spellings() {
        let group = |value: &str| json!({ "clause": "AND", "conditions": [condition("pet", "eq", json!(value))] });
        for (list, on) in [
            ("conditional_values", "dependent_on"),
            ("conditionalValues", "dependentOn"),
        ] {
            for (pets, expected) in [
                (["dog", "dog"], json!(["first"])),
                (["cat", "dog"], json!(["second"])),
                (["cat", "cat"], json!(["own"])),
            ] {
                let attribute = json!({ "values": ["own"], list: [
                    { on: group(pets[0]), "values": ["first"] },
                    { on: group(pets[1]), "values": ["second"] },
                ] });
                assert_eq!(
                    json!(values(&attribute, &answers())),
                    expected,
                    "{attribute}"
                );
            }
        }
    }

    #[test]
    fn a_stop_gives_its_message_when_its_conditions_are_met() {
        for (bound, message) in [(10, Some("Too old.")), (12, None)] {
            let attribute = json!({ "stops": [{
                "clause": "AND", "conditions": [condition("age", "gt", json!(bound))],
                "message": "Too old.",
            }] });
            assert_eq!(stop(&attribute, &answers()), message);
        }
    }
}
