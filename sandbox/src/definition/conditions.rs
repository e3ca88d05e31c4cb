//! Conditions on answers, in the format of Boston's `dependencies`.
//!
//! `{"clause": "AND" | "OR", "conditions": [condition or group, …]}`, where a condition is
//! `{"attribute": code, "op": "eq" | "neq" | "in" | "gt" | "lt" | "gte" | "lte", "value": …}`.

use std::collections::BTreeMap;

use serde::{Deserialize, Deserializer};
use serde_json::Value;

use crate::json::{as_text, lenient, lenient_list, lenient_text};

/// The answers by the code of their attribute. An attribute without an answer has no entry.
pub(crate) type Answers = BTreeMap<String, Vec<String>>;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct ConditionGroup {
    #[serde(deserialize_with = "lenient")]
    clause: String,
    #[serde(deserialize_with = "lenient_list")]
    conditions: Option<Vec<Condition>>,
}

#[derive(Debug, Default)]
enum Condition {
    Group(ConditionGroup),
    Comparison(Comparison),
    #[default]
    Unreadable,
}

#[derive(Debug, Deserialize)]
struct Comparison {
    #[serde(deserialize_with = "lenient_text")]
    attribute: Option<String>,
    op: String,
    value: Value,
}

impl<'de> Deserialize<'de> for Condition {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let value = Value::deserialize(deserializer)?;
        if value.get("conditions").is_some() {
            let group = ConditionGroup::deserialize(value);
            return Ok(group.map_or(Condition::Unreadable, Condition::Group));
        }
        let comparison = Comparison::deserialize(value);
        Ok(comparison.map_or(Condition::Unreadable, Condition::Comparison))
    }
}

impl ConditionGroup {
    /// `if_unreadable` is the result of a condition that cannot be read, and of an empty group.
    pub(super) fn is_met(&self, answers: &Answers, if_unreadable: bool) -> bool {
        let conditions = self.conditions.as_deref().unwrap_or_default();
        if conditions.is_empty() {
            return if_unreadable;
        }
        let mut results = conditions.iter().map(|condition| match condition {
            Condition::Group(group) => group.is_met(answers, if_unreadable),
            Condition::Comparison(comparison) => {
                comparison.is_met(answers).unwrap_or(if_unreadable)
            }
            Condition::Unreadable => if_unreadable,
        });
        if self.clause.eq_ignore_ascii_case("or") {
            results.any(|is_met| is_met)
        } else {
            results.all(|is_met| is_met)
        }
    }
}

impl Comparison {
    /// `None`: the comparison cannot be read.
    fn is_met(&self, answers: &Answers) -> Option<bool> {
        let given = answers
            .get(self.attribute.as_ref()?)
            .map_or(&[][..], Vec::as_slice);
        let has = |wanted: &Value| {
            let wanted = as_form_value(wanted)?;
            Some(given.contains(&wanted))
        };
        let compare = |is_met: fn(&f64, &f64) -> bool| {
            let bound: f64 = as_form_value(&self.value)?.parse().ok()?;
            let mut numbers = given.iter().filter_map(|text| text.parse::<f64>().ok());
            Some(numbers.any(|number| is_met(&number, &bound)))
        };
        match self.op.to_ascii_lowercase().as_str() {
            "eq" => has(&self.value),
            "neq" => has(&self.value).map(|has| !has),
            "in" => {
                let mut items = self.value.as_array()?.iter();
                Some(items.any(|item| has(item) == Some(true)))
            }
            "gt" => compare(f64::gt),
            "lt" => compare(f64::lt),
            "gte" | "geq" => compare(f64::ge),
            "lte" | "leq" => compare(f64::le),
            _ => None,
        }
    }
}

/// The value of a condition as a form would send it.
fn as_form_value(value: &Value) -> Option<String> {
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

    fn is_met(group: &Value, if_unreadable: bool) -> bool {
        let group = ConditionGroup::deserialize(group).unwrap();
        group.is_met(&answers(), if_unreadable)
    }

    fn condition(code: &str, op: &str, value: Value) -> Value {
        json!({ "attribute": code, "op": op, "value": value })
    }

    #[test]
    fn each_operator_compares_the_answers_with_the_value() {
        for (code, op, value, expected) in [
            ("pet", "eq", json!("dog"), true),
            ("pet", "EQ", json!("dog"), true),
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
            // A readable condition does not depend on `if_unreadable`.
            for if_unreadable in [true, false] {
                assert_eq!(is_met(&group, if_unreadable), expected, "{group}");
            }
        }
    }

    #[test]
    fn groups_can_be_nested() {
        let (yes, no) = (
            condition("pet", "eq", json!("dog")),
            condition("pet", "eq", json!("cat")),
        );
        let any = |items: &[&Value]| json!({ "clause": "OR", "conditions": items });
        let all = |items: &[&Value]| json!({ "clause": "AND", "conditions": items });
        for (group, expected) in [
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
            assert_eq!(is_met(&group, true), expected, "{group}");
        }
    }
}
