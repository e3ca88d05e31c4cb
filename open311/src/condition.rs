//! Conditions on other answers, in the manner of Boston's `dependencies`: whether a question is asked,
//! which values it offers, and which answers end the form. It knows answers only as texts by code.

use crate::fields::code;
use json::{Value, decimal};

/// What has to be true of the answers so far.
#[derive(Debug, Clone, PartialEq)]
pub enum Condition {
    /// All of these (`"clause": "AND"`, and where no clause is named).
    All(Vec<Condition>),
    /// Any of these (`"clause": "OR"`).
    Any(Vec<Condition>),
    /// One answer compared with values.
    Compare {
        /// The code of the attribute whose answer is looked at.
        attribute: String,
        /// How.
        operator: Operator,
        /// With what; one for all operators but [`Operator::In`].
        values: Vec<String>,
    },
    /// A condition that cannot be read. It is met, because it must hide nothing.
    Unknown,
}

/// How an answer is compared (`op`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Operator {
    /// `eq`: is the value; of several answers, one is.
    Equal,
    /// `neq`: is not the value, or not answered.
    NotEqual,
    /// `in`: is one of the values.
    In,
    /// `gt`, as numbers. Answers and values that are no numbers do not meet it.
    Greater,
    /// `gte` or `geq`, as numbers.
    GreaterOrEqual,
    /// `lt`, as numbers.
    Less,
    /// `lte` or `leq`, as numbers.
    LessOrEqual,
}

/// Deeper than this no form goes, and a hostile one must not fill the stack.
const DEEPEST: usize = 8;

impl Condition {
    /// Reads `{"clause": …, "conditions": […]}` or a bare list of conditions; `None` where there are none.
    pub(crate) fn read(value: &Value) -> Option<Self> {
        if value.is_blank() {
            return None;
        }
        match Self::read_at(value, 0) {
            Self::All(parts) | Self::Any(parts) if parts.is_empty() => None,
            condition => Some(condition),
        }
    }

    fn read_at(value: &Value, depth: usize) -> Self {
        let list = match value {
            Value::List(_) => Some(value),
            _ => value.get("conditions"),
        };
        let Some(list) = list else {
            return Self::read_comparison(value);
        };
        if depth == DEEPEST {
            return Self::Unknown;
        }
        let parts = list.items().iter();
        let parts = parts.map(|part| Self::read_at(part, depth + 1)).collect();
        let is_any = |clause: &str| clause.eq_ignore_ascii_case("or");
        match value.text_of(&["clause"]).is_some_and(is_any) {
            true => Self::Any(parts),
            false => Self::All(parts),
        }
    }

    fn read_comparison(value: &Value) -> Self {
        const OPERATORS: [(&str, Operator); 9] = [
            ("eq", Operator::Equal),
            ("neq", Operator::NotEqual),
            ("in", Operator::In),
            ("gt", Operator::Greater),
            ("gte", Operator::GreaterOrEqual),
            ("geq", Operator::GreaterOrEqual),
            ("lt", Operator::Less),
            ("lte", Operator::LessOrEqual),
            ("leq", Operator::LessOrEqual),
        ];
        let name = value.text_of(&["op"]).unwrap_or_default();
        let operator = OPERATORS
            .iter()
            .find(|(known, _)| known.eq_ignore_ascii_case(name));
        let values: Vec<String> = match value.get("value") {
            Some(Value::List(items)) => items.iter().filter_map(plain_text_of).collect(),
            Some(one) => plain_text_of(one).into_iter().collect(),
            None => Vec::new(),
        };
        match (code(value, &["attribute", "code"]), operator) {
            (Some(attribute), Some((_, operator))) if !values.is_empty() => Self::Compare {
                attribute,
                operator: *operator,
                values,
            },
            _ => Self::Unknown,
        }
    }

    /// Whether it is met; `answers` gives what was answered to the attribute of a code: nothing, one
    /// text, or the keys of all that was ticked.
    pub fn is_met(&self, answers: &dyn Fn(&str) -> Vec<String>) -> bool {
        match self {
            Self::All(parts) => parts.iter().all(|part| part.is_met(answers)),
            Self::Any(parts) => parts.is_empty() || parts.iter().any(|part| part.is_met(answers)),
            Self::Unknown => true,
            Self::Compare {
                attribute,
                operator,
                values,
            } => compare(&answers(attribute), *operator, values),
        }
    }

    /// Whether a part of it could not be read.
    pub(crate) fn is_unclear(&self) -> bool {
        match self {
            Self::All(parts) | Self::Any(parts) => parts.iter().any(Self::is_unclear),
            Self::Compare { .. } => false,
            Self::Unknown => true,
        }
    }

    /// Whether the answer to this attribute matters to it.
    pub fn looks_at(&self, code: &str) -> bool {
        match self {
            Self::All(parts) | Self::Any(parts) => parts.iter().any(|part| part.looks_at(code)),
            Self::Compare { attribute, .. } => attribute == code,
            Self::Unknown => false,
        }
    }
}

fn compare(answers: &[String], operator: Operator, values: &[String]) -> bool {
    let is_one_of = || answers.iter().any(|answer| values.contains(answer));
    let number = |fits: fn(f64, f64) -> bool| {
        let value = values.first().and_then(|value| decimal(value));
        let mut answers = answers.iter().filter_map(|answer| decimal(answer));
        value.is_some_and(|value| answers.any(|answer| fits(answer, value)))
    };
    match operator {
        Operator::Equal | Operator::In => is_one_of(),
        Operator::NotEqual => !is_one_of(),
        Operator::Greater => number(|answer, value| answer > value),
        Operator::GreaterOrEqual => number(|answer, value| answer >= value),
        Operator::Less => number(|answer, value| answer < value),
        Operator::LessOrEqual => number(|answer, value| answer <= value),
    }
}

fn plain_text_of(value: &Value) -> Option<String> {
    match value {
        Value::Bool(flag) => Some(flag.to_string()),
        other => other.text().map(str::to_owned),
    }
}

#[cfg(test)]
mod tests {
    use super::Condition;
    use json::parse;

    fn is_met(condition: &str) -> bool {
        let answers = |code: &str| -> Vec<String> {
            let given: &[&str] = match code {
                "pet" => &["dog"],
                "size" => &["a", "b"],
                "count" => &["12"],
                "2" => &["true"],
                _ => &[],
            };
            given.iter().map(|text| (*text).to_owned()).collect()
        };
        Condition::read(&parse(condition).unwrap()).is_none_or(|read| read.is_met(&answers))
    }

    #[test]
    fn every_operator_looks_at_the_answers() {
        let cases = [
            (r#"{"attribute":"pet","op":"eq","value":"dog"}"#, true),
            (r#"{"attribute":"pet","op":"eq","value":"cat"}"#, false),
            (r#"{"attribute":"size","op":"EQ","value":"b"}"#, true),
            (r#"{"attribute":"pet","op":"neq","value":"cat"}"#, true),
            (r#"{"attribute":"size","op":"neq","value":"a"}"#, false),
            (r#"{"attribute":"none","op":"neq","value":"a"}"#, true),
            (r#"{"attribute":"none","op":"eq","value":"a"}"#, false),
            (
                r#"{"attribute":"pet","op":"in","value":["cat","dog"]}"#,
                true,
            ),
            (r#"{"attribute":"pet","op":"in","value":["cat"]}"#, false),
            (r#"{"attribute":"count","op":"gt","value":11.5}"#, true),
            (r#"{"attribute":"count","op":"gt","value":12}"#, false),
            (r#"{"attribute":"count","op":"gte","value":"12"}"#, true),
            (r#"{"attribute":"count","op":"geq","value":13}"#, false),
            (r#"{"attribute":"count","op":"lt","value":100}"#, true),
            (r#"{"attribute":"count","op":"lte","value":9}"#, false),
            (r#"{"attribute":"pet","op":"leq","value":9}"#, false),
            (r#"{"attribute":2,"op":"eq","value":true}"#, true),
        ];
        for (condition, expected) in cases {
            assert_eq!(is_met(condition), expected, "{condition}");
        }
    }

    #[test]
    fn clauses_stand_in_one_another() {
        let dog = r#"{"attribute":"pet","op":"eq","value":"dog"}"#;
        let cat = r#"{"attribute":"pet","op":"eq","value":"cat"}"#;
        let many = r#"{"attribute":"count","op":"gt","value":5}"#;
        let cases = [
            (
                format!(r#"{{"clause":"AND","conditions":[{dog},{many}]}}"#),
                true,
            ),
            (
                format!(r#"{{"clause":"AND","conditions":[{cat},{many}]}}"#),
                false,
            ),
            (
                format!(r#"{{"clause":"or","conditions":[{cat},{many}]}}"#),
                true,
            ),
            (format!(r#"[{dog},{cat}]"#), false),
            (
                format!(
                    r#"{{"clause":"AND","conditions":[{many},{{"clause":"OR","conditions":[{cat},{dog}]}}]}}"#
                ),
                true,
            ),
        ];
        for (condition, expected) in cases {
            assert_eq!(is_met(&condition), expected, "{condition}");
        }
    }

    #[test]
    fn a_condition_that_cannot_be_read_hides_nothing() {
        for broken in [
            "null",
            "[]",
            r#"{"clause":"OR","conditions":[]}"#,
            r#"{"attribute":"pet","op":"like","value":"x"}"#,
            r#"{"attribute":"pet","op":"eq"}"#,
            r#"{"op":"eq","value":"x"}"#,
            r#""dog""#,
        ] {
            assert!(is_met(broken), "{broken}");
        }
        let deep = "[".repeat(60) + &"]".repeat(60);
        assert!(is_met(&deep));
    }
}
