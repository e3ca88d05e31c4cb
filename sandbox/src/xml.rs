//! Writes a JSON value as the XML of the specification (the "Spark" mapping): an array is an
//! element whose children have its name in the singular; the keys of an object are elements.

use serde_json::Value;

pub(crate) fn write(root: &str, value: &Value) -> String {
    let mut out = String::from("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n");
    element(&mut out, root, value);
    out.push('\n');
    out
}

fn element(out: &mut String, name: &str, value: &Value) {
    out.push_str(&format!("<{name}>"));
    match value {
        Value::Null => {}
        Value::Bool(flag) => out.push_str(if *flag { "true" } else { "false" }),
        Value::Number(number) => out.push_str(&number.to_string()),
        Value::String(text) => escape(out, text),
        Value::Array(items) => {
            for item in items {
                element(out, singular(name), item);
            }
        }
        Value::Object(fields) => {
            for (key, field) in fields {
                element(out, &element_name(key), field);
            }
        }
    }
    out.push_str(&format!("</{name}>"));
}

fn singular(name: &str) -> &str {
    match name {
        "service_requests" => "request",
        "service_request_updates" => "request_update",
        _ => name
            .strip_suffix('s')
            .filter(|short| !short.is_empty())
            .unwrap_or("item"),
    }
}

/// A recorded city may send keys that are not valid names of XML elements.
fn element_name(key: &str) -> String {
    let mut name: String = key
        .chars()
        .map(|c| {
            if c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.') {
                c
            } else {
                '_'
            }
        })
        .collect();
    if !name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_') {
        name.insert(0, '_');
    }
    name
}

fn escape(out: &mut String, text: &str) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            // An XML parser would turn a literal carriage return into a line feed.
            '\r' => out.push_str("&#13;"),
            // XML 1.0 cannot express these, not even escaped.
            '\u{0}'..='\u{8}'
            | '\u{b}'
            | '\u{c}'
            | '\u{e}'..='\u{1f}'
            | '\u{fffe}'
            | '\u{ffff}' => {
                out.push('\u{fffd}');
            }
            _ => out.push(c),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn body(root: &str, value: &Value) -> String {
        write(root, value)
            .split_once('\n')
            .unwrap()
            .1
            .trim_end()
            .to_owned()
    }

    #[test]
    fn lists_and_fields_have_the_names_of_the_specification() {
        for (root, value, expected) in [
            (
                "services",
                json!([{"service_code": "a"}]),
                "<services><service><service_code>a</service_code></service></services>",
            ),
            (
                "service_requests",
                json!([]),
                "<service_requests></service_requests>",
            ),
            (
                "service_requests",
                json!([{"lat": 1.50}]),
                "<service_requests><request><lat>1.5</lat></request></service_requests>",
            ),
            (
                "service_definition",
                json!({"attributes": [{"values": [{"key": 1}]}]}),
                "<service_definition><attributes><attribute><values><value><key>1</key></value></values></attribute></attributes></service_definition>",
            ),
            (
                "errors",
                json!([{"code": 400, "description": null}]),
                "<errors><error><code>400</code><description></description></error></errors>",
            ),
        ] {
            assert_eq!(body(root, &value), expected);
        }
    }

    #[test]
    fn text_is_escaped_and_invalid_keys_become_valid_names() {
        let value = json!({"1 <b>": "<b>&\u{1}\r"});
        assert_eq!(
            body("r", &value),
            "<r><_1__b_>&lt;b&gt;&amp;\u{fffd}&#13;</_1__b_></r>"
        );
    }
}
