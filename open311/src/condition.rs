//! Conditions on other answers, as in Boston's `dependencies` extension: whether a question is asked, which
//! values it offers, and which answers end the form. Answers are texts by attribute code; nothing else is known.

use crate::fields::code;
use json::{Value, decimal};

/// A condition on the answers given so far.
#[derive(Debug, Clone, PartialEq)]
pub enum Condition {
    /// All of these (`"clause": "AND"`, also if `clause` is missing).
    All(Vec<Condition>),
    /// Any of these (`"clause": "OR"`).
    Any(Vec<Condition>),
    /// One answer compared with values.
    Compare {
        /// The code of the attribute whose answer is compared.
        attribute: String,
        /// How it is compared.
        operator: Operator,
        /// What it is compared with: one value, several for [`Operator::In`]. Never empty.
        values: Vec<String>,
    },
    /// A condition that cannot be read. It counts as met, so that it hides nothing.
    Unknown,
}

/// How an answer is compared (`op`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Operator {
    /// `eq`: the answer is the value; of several answers, one is.
    Equal,
    /// `neq`: the answer is not the value, or there is none.
    NotEqual,
    /// `in`: the answer is one of the values.
    In,
    /// `gt`, as numbers. Not met if either side is not a number.
    Greater,
    /// `gte` or `geq`, as numbers.
    GreaterOrEqual,
    /// `lt`, as numbers.
    Less,
    /// `lte` or `leq`, as numbers.
    LessOrEqual,
}

/// How many levels conditions may nest; a deeper one reads as [`Condition::Unknown`]. Real forms use 2 or 3
/// levels; the limit keeps a hostile definition from exhausting the stack.
const MAX_DEPTH: usize = 8;

/// The operators by their names in `op`; of several names the first is written.
pub(crate) const OPERATORS: [(&str, Operator); 9] = [
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

impl Condition {
    /// Reads `{"clause": …, "conditions": […]}` or a bare list of conditions; `None` if there are none.
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
        if depth == MAX_DEPTH {
            return Self::Unknown;
        }
        let parts = list.items().iter();
        let parts = parts.map(|part| Self::read_at(part, depth + 1)).collect();
        let is_any = |clause: &str| clause.eq_ignore_ascii_case("or");
        if value.text_of(&["clause"]).is_some_and(is_any) {
            Self::Any(parts)
        } else {
            Self::All(parts)
        }
    }

    fn read_comparison(value: &Value) -> Self {
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

    /// Whether the condition is met. `answers` returns the answer to the attribute with a code: nothing, one
    /// text, or the keys of all selected choices.
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

    /// Whether a part of the condition could not be read.
    pub(crate) fn is_unclear(&self) -> bool {
        match self {
            Self::All(parts) | Self::Any(parts) => parts.iter().any(Self::is_unclear),
            Self::Compare { .. } => false,
            Self::Unknown => true,
        }
    }

    /// Whether the condition depends on the answer to this attribute.
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
    fn every_operator_compares_the_answers() {
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
    fn clauses_nest() {
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
