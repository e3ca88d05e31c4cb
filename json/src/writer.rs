//! Writes a [`Value`] as compact JSON.

use crate::Value;

/// Writes a value as compact JSON. A parsed value keeps its meaning, and its numbers keep their characters.
///
/// A [`Value::Number`] that was not parsed is written unchanged and must follow the grammar of JSON.
pub fn write(value: &Value) -> String {
    let mut out = String::new();
    write_value(&mut out, value);
    out
}

fn write_value(out: &mut String, value: &Value) {
    match value {
        Value::Null => out.push_str("null"),
        Value::Bool(true) => out.push_str("true"),
        Value::Bool(false) => out.push_str("false"),
        Value::Number(text) => out.push_str(text),
        Value::Text(text) => write_text(out, text),
        Value::List(items) => {
            out.push('[');
            for (index, item) in items.iter().enumerate() {
                separate(out, index);
                write_value(out, item);
            }
            out.push(']');
        }
        Value::Map(fields) => {
            out.push('{');
            for (index, (name, value)) in fields.iter().enumerate() {
                separate(out, index);
                write_text(out, name);
                out.push(':');
                write_value(out, value);
            }
            out.push('}');
        }
    }
}

fn separate(out: &mut String, index: usize) {
    if index > 0 {
        out.push(',');
    }
}

fn write_text(out: &mut String, text: &str) {
    out.push('"');
    for char in text.chars() {
        match char {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '\0'..' ' => {
                out.push_str(if char < '\u{10}' { "\\u000" } else { "\\u001" });
                out.extend(char::from_digit(char as u32 % 16, 16));
            }
            _ => out.push(char),
        }
    }
    out.push('"');
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse;

    #[test]
    fn compact_json_is_written_unchanged() {
        let json = r#"{"a":[null,true,false,-1.50e3,"ä\"\\\n\r\t\u0000\u001f"],"":{},"a":[]}"#;
        assert_eq!(write(&parse(json).unwrap()), json);
    }
}
