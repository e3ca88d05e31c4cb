//! Conditions on answers: whether something applies to a resident. In a document: `{"school": "yes"}`. Several
//! keys must all match, a list of values matches any of them, and a list of objects matches if any object does.

use json::{Fields, Node, Value};

/// A condition on answers.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(transparent))]
pub struct When(
    /// Alternatives; of each, all questions must have one of their options.
    #[cfg_attr(feature = "schema", schemars(with = "shape::When"))]
    Vec<Vec<(String, Vec<String>)>>,
);

/// What is known of the answer to a question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Known<'a> {
    /// The answer is this option.
    Is(&'a str),
    /// The question is asked and has no answer yet.
    Open,
    /// The question is not asked.
    Never,
}

/// Whether something applies to a resident.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Applies {
    /// It does not.
    No,
    /// It depends on an answer that is not given yet.
    Maybe,
    /// It does.
    Yes,
}

impl When {
    /// Reads a condition; `None`, reported, if it is neither an object nor a list.
    pub fn read(node: &Node) -> Option<Self> {
        let any = match node.value() {
            Value::Map(_) => vec![all_of(node)],
            Value::List(_) => node.items().iter().map(all_of).collect(),
            _ => {
                node.expected("an object of questions and answers, such as {\"school\": \"yes\"}");
                return None;
            }
        };
        Some(Self(any))
    }

    /// Reads the condition under `when`.
    pub(crate) fn of(fields: &Fields) -> Option<Self> {
        Self::read(&fields.get("when")?)
    }

    /// Whether the condition is met; `known` returns what is known of the answer to a question.
    pub fn applies<'a>(&self, known: &dyn Fn(&str) -> Known<'a>) -> Applies {
        let one = |(question, options): &(String, Vec<String>)| match known(question) {
            Known::Is(option) if options.iter().any(|known| known == option) => Applies::Yes,
            Known::Is(_) | Known::Never => Applies::No,
            Known::Open => Applies::Maybe,
        };
        let all = |all: &Vec<_>| all.iter().map(one).min().unwrap_or(Applies::Yes);
        self.0.iter().map(all).max().unwrap_or(Applies::Yes)
    }

    /// Alternatives; of each, all questions must have one of their options.
    pub fn any(&self) -> &[Vec<(String, Vec<String>)>] {
        &self.0
    }
}

fn all_of(node: &Node) -> Vec<(String, Vec<String>)> {
    let Value::Map(entries) = node.value() else {
        node.expected("an object of questions and answers, such as {\"school\": \"yes\"}");
        return Vec::new();
    };
    let one = |(question, value): &(String, Value)| {
        let inside = node.inside(question, value);
        let options = match value {
            Value::List(_) => inside.items(),
            _ => vec![inside],
        };
        let options = options.iter().filter_map(Node::string).collect();
        (question.clone(), options)
    };
    entries.iter().map(one).collect()
}

#[cfg(feature = "schema")]
mod shape {
    #![allow(dead_code, reason = "only their schema is used")]
    use schemars::JsonSchema;
    use std::collections::BTreeMap;

    /// `{"school": "yes"}`. Several keys must all match; a list matches any of its items.
    #[derive(JsonSchema)]
    #[schemars(untagged)]
    pub(super) enum When {
        /// All of these answers.
        All(BTreeMap<String, Options>),
        /// Any of these conditions.
        Any(Vec<BTreeMap<String, Options>>),
    }

    #[derive(JsonSchema)]
    #[schemars(untagged)]
    pub(super) enum Options {
        /// This option.
        One(String),
        /// Any of these options.
        Any(Vec<String>),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use json::read;

    fn applies(when: &str, answers: &[(&str, Known<'static>)]) -> Applies {
        let value = json::parse(&["{\"when\": ", when, "}"].concat()).unwrap();
        let (when, _) = read(&value, When::of);
        let known = |question: &str| {
            let found = answers.iter().find(|(name, _)| *name == question);
            found.map_or(Known::Open, |(_, known)| *known)
        };
        when.map_or(Applies::Yes, |when| when.applies(&known))
    }

    #[test]
    fn all_keys_and_any_of_their_values_and_any_object_must_match() {
        use Known::{Is, Never, Open};
        let cases = [
            (r#"{"a": "x"}"#, vec![("a", Is("x"))], Applies::Yes),
            (r#"{"a": "x"}"#, vec![("a", Is("y"))], Applies::No),
            (r#"{"a": "x"}"#, vec![("a", Never)], Applies::No),
            (r#"{"a": "x"}"#, vec![("a", Open)], Applies::Maybe),
            (r#"{"a": ["x", "y"]}"#, vec![("a", Is("y"))], Applies::Yes),
            (
                r#"{"a": "x", "b": "y"}"#,
                vec![("a", Is("x"))],
                Applies::Maybe,
            ),
            (r#"{"a": "x", "b": "y"}"#, vec![("a", Is("z"))], Applies::No),
            (
                r#"[{"a": "x"}, {"b": "y"}]"#,
                vec![("b", Is("y"))],
                Applies::Yes,
            ),
            (
                r#"[{"a": "x"}, {"b": "y"}]"#,
                vec![("b", Is("z"))],
                Applies::Maybe,
            ),
            ("{}", vec![], Applies::Yes),
            // An unreadable condition applies to everybody, and is reported to the author.
            ("7", vec![], Applies::Yes),
        ];
        for (when, answers, expected) in cases {
            assert_eq!(applies(when, &answers), expected, "{when}");
        }
    }
}
