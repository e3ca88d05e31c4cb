//! The objects and lists that a dialect puts around the rows of a JSON response.

use serde_json::{Value, json};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Wrapper {
    None,
    /// Only the first row.
    First,
    /// One object in a list of one.
    List,
    /// `{"requests": […]}`
    Key(&'static str),
    /// `{"requests": […], "meta": {…}}`
    KeyAndMeta(&'static str),
    /// `{"service_requests": {"request": {…}}}`; several rows are a list.
    Keys(&'static str, &'static str),
}

impl Wrapper {
    pub(super) fn wrap(self, value: Value) -> Value {
        match self {
            Wrapper::None => value,
            Wrapper::First => first(value),
            Wrapper::List => json!([value]),
            Wrapper::Key(name) => json!({ name: value }),
            Wrapper::KeyAndMeta(name) => {
                let count = value.as_array().map_or(0, Vec::len);
                json!({ name: value, "meta": { "count": count } })
            }
            Wrapper::Keys(outer, inner) => {
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
    fn each_wrapper_wraps_one_row_and_several() {
        for (wrapper, one, two) in [
            (Wrapper::None, json!([1]), json!([1, 2])),
            (Wrapper::First, json!(1), json!(1)),
            (Wrapper::List, json!([[1]]), json!([[1, 2]])),
            (Wrapper::Key("a"), json!({"a": [1]}), json!({"a": [1, 2]})),
            (
                Wrapper::KeyAndMeta("a"),
                json!({"a": [1], "meta": {"count": 1}}),
                json!({"a": [1, 2], "meta": {"count": 2}}),
            ),
            (
                Wrapper::Keys("a", "b"),
                json!({"a": {"b": 1}}),
                json!({"a": {"b": [1, 2]}}),
            ),
        ] {
            assert_eq!(wrapper.wrap(json!([1])), one, "{wrapper:?}");
            assert_eq!(wrapper.wrap(json!([1, 2])), two, "{wrapper:?}");
        }
    }
}
