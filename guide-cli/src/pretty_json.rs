//! Writes JSON as a person would: whatever fits on a line stays on one.

use std::fs;
use std::path::Path;

use serde::Serialize;
use serde_json::Value;

/// Objects and lists up to this many characters are written on one line. 80 to 120 reads well in an editor.
const MAX_WIDTH: usize = 110;

/// A value as JSON. None of the values of this command fails to serialize.
pub(crate) fn to_value(value: &impl Serialize) -> Value {
    serde_json::to_value(value).unwrap_or_default()
}

/// An amount of money: a whole number is written without a decimal point.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Amount(pub(crate) f64);

impl Serialize for Amount {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if self.0.fract() == 0.0 && self.0.abs() < 1e15 {
            serializer.serialize_i64(self.0 as i64)
        } else {
            serializer.serialize_f64(self.0)
        }
    }
}

/// Writes a value to a file.
///
/// # Errors
/// A message that names the file.
pub(crate) fn save(path: &Path, value: &impl Serialize) -> Result<(), String> {
    fs::write(path, pretty(&to_value(value))).map_err(|error| {
        format!(
            "{}: cannot be written: {error}. Check the folder and its rights.",
            path.display()
        )
    })
}

/// The text of a value, ending with a newline.
fn pretty(value: &Value) -> String {
    let mut text = String::new();
    write(value, 0, 0, &mut text);
    text.push('\n');
    text
}

/// Writes a value at an indentation level; its line has `used` characters already.
fn write(value: &Value, depth: usize, used: usize, text: &mut String) {
    let line = one_line(value);
    if used + line.chars().count() <= MAX_WIDTH
        || !matches!(value, Value::Array(_) | Value::Object(_))
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
        write(
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
    fn what_fits_on_a_line_stays_on_one_and_the_rest_is_split() {
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
    fn a_parsed_document_is_written_unchanged() {
        let text = "{ \"amount\": 35.5, \"id\": 12345678901234567890, \"none\": null, \"words\": \"ü “\\\"\" }\n";
        let read = json::parse(text).unwrap();
        assert_eq!(pretty(&to_value(&read)), text);
    }
}
