//! Conditional attributes in the manner of Boston's `dependencies`: an attribute is asked only
//! when the answers to others say so.
//!
//! `{"clause": "AND" | "OR", "conditions": [{"attribute": code, "op": "eq" | "neq" | "in", "value": …}]}`

use serde_json::Value;

use crate::form::Form;

/// Whether the attribute is asked for, given the answers in the form.
pub(super) fn is_asked(attribute: &Value, form: &Form) -> bool {
    let Some(dependencies) = attribute.get("dependencies") else {
        return true;
    };
    let Some(conditions) = dependencies.get("conditions").and_then(Value::as_array) else {
        return true;
    };
    let is_met = |condition: &Value| condition_is_met(condition, form);
    match dependencies.get("clause").and_then(Value::as_str) {
        Some("OR") => conditions.is_empty() || conditions.iter().any(is_met),
        _ => conditions.iter().all(is_met),
    }
}

fn condition_is_met(condition: &Value, form: &Form) -> bool {
    let text = |name: &str| {
        condition
            .get(name)
            .and_then(Value::as_str)
            .unwrap_or_default()
    };
    let given = form.attribute(text("attribute"));
    let has = |wanted: &Value| {
        wanted
            .as_str()
            .is_some_and(|wanted| given.contains(&wanted))
    };
    match (text("op"), condition.get("value")) {
        ("eq", Some(value)) => has(value),
        ("neq", Some(value)) => !has(value),
        ("in", Some(Value::Array(values))) => values.iter().any(has),
        // A condition that cannot be read hides nothing.
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn an_attribute_is_asked_when_its_conditions_are_met() {
        let form =
            Form::from_encoded(b"attribute[pet]=dog&attribute[size][]=a&attribute[size][]=b");
        let eq = |code: &str, value: &str| json!({"attribute": code, "op": "eq", "value": value});
        for (clause, conditions, asked) in [
            ("AND", json!([eq("pet", "dog"), eq("size", "b")]), true),
            ("AND", json!([eq("pet", "dog"), eq("size", "c")]), false),
            ("OR", json!([eq("pet", "cat"), eq("size", "a")]), true),
            ("OR", json!([eq("pet", "cat")]), false),
            (
                "AND",
                json!([{"attribute": "pet", "op": "neq", "value": "cat"}]),
                true,
            ),
            (
                "AND",
                json!([{"attribute": "pet", "op": "in", "value": ["cat", "dog"]}]),
                true,
            ),
            (
                "AND",
                json!([{"attribute": "pet", "op": "like", "value": "x"}]),
                true,
            ),
        ] {
            let attribute = json!({"dependencies": {"clause": clause, "conditions": conditions}});
            assert_eq!(is_asked(&attribute, &form), asked, "{attribute}");
        }
        assert!(is_asked(&json!({}), &form));
    }
}
