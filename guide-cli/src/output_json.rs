//! Writes JSON as a person would: what fits into a line stays in one.

use std::fs;
use std::path::Path;

use json::Value as Read;
use serde_json::{Map, Number, Value};

/// The longest line, in characters, that an object or a list is put into.
const WIDTH: usize = 110;

/// What was read, to be written. A number keeps its value; one that JSON's writer cannot hold becomes text.
pub(crate) fn from_read(value: &Read) -> Value {
    match value {
        Read::Null => Value::Null,
        Read::Bool(flag) => Value::Bool(*flag),
        Read::Number(digits) => digits
            .parse::<Number>()
            .map_or_else(|_| Value::String(digits.clone()), Value::Number),
        Read::Text(text) => Value::String(text.clone()),
        Read::List(items) => Value::Array(items.iter().map(from_read).collect()),
        Read::Map(fields) => {
            let fields = fields.iter();
            let fields: Map<_, _> = fields
                .map(|(key, value)| (key.clone(), from_read(value)))
                .collect();
            Value::Object(fields)
        }
    }
}

/// Money: a whole number is written without a decimal point.
pub(crate) fn amount(amount: f64) -> Value {
    if amount.fract() == 0.0 && amount.abs() < 1e15 {
        Value::from(amount as i64)
    } else {
        Value::from(amount)
    }
}

/// Puts a value into a file, and names the file if that fails.
pub(crate) fn save(path: &Path, value: &Value) -> Result<(), String> {
    fs::write(path, pretty(value)).map_err(|error| {
        format!(
            "{}: cannot be written: {error}. Check the folder and its rights.",
            path.display()
        )
    })
}

/// The text of a value, with a new line at the end.
pub(crate) fn pretty(value: &Value) -> String {
    let mut text = String::new();
    put(value, 0, 0, &mut text);
    text.push('\n');
    text
}

/// `used` characters stand before the value in its line already.
fn put(value: &Value, depth: usize, used: usize, text: &mut String) {
    let line = one_line(value);
    if used + line.chars().count() <= WIDTH || !matches!(value, Value::Array(_) | Value::Object(_))
    {
        text.push_str(&line);
        return;
    }
    let indent = "  ".repeat(depth + 1);
    let (open, close) = if value.is_array() {
        ("[", "]")
    } else {
        ("{", "}")
    };
    text.push_str(open);
    let mut comma = "";
    let mut next = |key: Option<&String>, value: &Value| {
        let key = key.map_or_else(String::new, |key| format!("{}: ", quoted(key)));
        text.push_str(comma);
        text.push('\n');
        text.push_str(&indent);
        text.push_str(&key);
        put(
            value,
            depth + 1,
            indent.len() + key.chars().count() + 1,
            text,
        );
        comma = ",";
    };
    match value {
        Value::Array(items) => items.iter().for_each(|item| next(None, item)),
        Value::Object(fields) => fields
            .iter()
            .for_each(|(key, value)| next(Some(key), value)),
        _ => {}
    }
    text.push('\n');
    text.push_str(&"  ".repeat(depth));
    text.push_str(close);
}

fn one_line(value: &Value) -> String {
    match value {
        Value::Array(items) if !items.is_empty() => {
            let items: Vec<String> = items.iter().map(one_line).collect();
            format!("[{}]", items.join(", "))
        }
        Value::Object(fields) if !fields.is_empty() => {
            let fields = fields.iter();
            let fields: Vec<String> = fields
                .map(|(key, value)| format!("{}: {}", quoted(key), one_line(value)))
                .collect();
            format!("{{ {} }}", fields.join(", "))
        }
        other => other.to_string(),
    }
}

fn quoted(text: &str) -> String {
    Value::from(text).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn what_fits_into_a_line_stays_in_one_and_the_rest_is_cut_at_its_parts() {
        let long = "x".repeat(60);
        let value =
            json!({"id": "a", "title": {"en": "A", "es": "B"}, "none": [], "text": [long, long]});
        assert_eq!(
            pretty(&value),
            format!(
                "{{\n  \"id\": \"a\",\n  \"title\": {{ \"en\": \"A\", \"es\": \"B\" }},\n  \"none\": [],\n  \
                 \"text\": [\n    \"{long}\",\n    \"{long}\"\n  ]\n}}\n"
            )
        );
    }

    #[test]
    fn what_was_read_is_written_the_same() {
        let text = "{ \"amount\": 35.5, \"id\": 12345678901234567890, \"none\": null, \"words\": \"ü “\\\"\" }\n";
        let read = json::parse(text).unwrap();
        assert_eq!(pretty(&from_read(&read)), text);
    }
}
