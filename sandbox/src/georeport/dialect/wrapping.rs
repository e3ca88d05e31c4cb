//! What stands around the rows of a JSON answer.

use serde_json::{Value, json};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Wrap {
    Bare,
    /// The first row alone.
    First,
    /// One object in a list of one.
    List,
    /// `{"requests": […]}`
    Key(&'static str),
    /// `{"requests": […], "meta": {…}}`
    KeyAndMeta(&'static str),
    /// `{"service_requests": {"request": {…}}}`; several rows are a list in there.
    Keys(&'static str, &'static str),
}

impl Wrap {
    pub(super) fn around(self, value: Value) -> Value {
        match self {
            Wrap::Bare => value,
            Wrap::First => first(value),
            Wrap::List => json!([value]),
            Wrap::Key(name) => json!({ name: value }),
            Wrap::KeyAndMeta(name) => {
                let count = value.as_array().map_or(0, Vec::len);
                json!({ name: value, "meta": { "count": count } })
            }
            Wrap::Keys(outer, inner) => {
                let is_one = value.as_array().is_some_and(|rows| rows.len() == 1);
                let inside = if is_one { first(value) } else { value };
                json!({ outer: { inner: inside } })
            }
        }
    }
}

fn first(value: Value) -> Value {
    match value {
        Value::Array(rows) => rows.into_iter().next().unwrap_or_default(),
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_wrapped_in_every_way_that_was_met() {
        for (wrap, one, two) in [
            (Wrap::Bare, json!([1]), json!([1, 2])),
            (Wrap::First, json!(1), json!(1)),
            (Wrap::List, json!([[1]]), json!([[1, 2]])),
            (Wrap::Key("a"), json!({"a": [1]}), json!({"a": [1, 2]})),
            (
                Wrap::KeyAndMeta("a"),
                json!({"a": [1], "meta": {"count": 1}}),
                json!({"a": [1, 2], "meta": {"count": 2}}),
            ),
            (
                Wrap::Keys("a", "b"),
                json!({"a": {"b": 1}}),
                json!({"a": {"b": [1, 2]}}),
            ),
        ] {
            assert_eq!(wrap.around(json!([1])), one, "{wrap:?}");
            assert_eq!(wrap.around(json!([1, 2])), two, "{wrap:?}");
        }
    }
}
