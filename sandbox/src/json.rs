//! Helpers for JSON that other systems wrote: ids sent as numbers, fields of an unexpected type.

use serde::de::{Deserialize, DeserializeOwned, Deserializer};
use serde::ser::Serialize;
use serde_json::Value;

/// The text of an id or a code, which some systems send as a number. Text is trimmed; blank text
/// and values of other types give `None`.
pub(crate) fn as_text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) if !text.trim().is_empty() => Some(text.trim().to_owned()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

/// `as_text` of one field of an object.
pub(crate) fn text_field(value: &Value, name: &str) -> Option<String> {
    value.get(name).and_then(as_text)
}

/// One field of an object, if it is a string.
pub(crate) fn str_field<'a>(value: &'a Value, name: &str) -> Option<&'a str> {
    value.get(name).and_then(Value::as_str)
}

/// Null for a value that JSON cannot express, such as a map with keys that are no strings.
pub(crate) fn to_value(value: impl Serialize) -> Value {
    serde_json::to_value(value).unwrap_or_default()
}

/// For `deserialize_with`: a field of the wrong type counts as missing.
pub(crate) fn lenient<'de, D, T>(deserializer: D) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: DeserializeOwned + Default,
{
    let value = Value::deserialize(deserializer)?;
    Ok(T::deserialize(value).unwrap_or_default())
}

/// For `deserialize_with`: an item of the wrong type becomes the default, so that the list keeps
/// its length; anything but a list counts as missing.
pub(crate) fn lenient_list<'de, D, T>(deserializer: D) -> Result<Option<Vec<T>>, D::Error>
where
    D: Deserializer<'de>,
    T: DeserializeOwned + Default,
{
    let Value::Array(items) = Value::deserialize(deserializer)? else {
        return Ok(None);
    };
    let items = items.into_iter().map(T::deserialize);
    Ok(Some(items.map(Result::unwrap_or_default).collect()))
}

/// For `deserialize_with`: an id or a code, as `as_text` reads it.
pub(crate) fn lenient_text<'de, D>(deserializer: D) -> Result<Option<String>, D::Error>
where
    D: Deserializer<'de>,
{
    Ok(as_text(&Value::deserialize(deserializer)?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[derive(Debug, Default, PartialEq, serde::Deserialize)]
    #[serde(default)]
    struct Row {
        #[serde(deserialize_with = "lenient")]
        count: u32,
        #[serde(deserialize_with = "lenient_list")]
        names: Option<Vec<String>>,
        #[serde(deserialize_with = "lenient_text")]
        code: Option<String>,
    }

    #[test]
    fn a_field_of_the_wrong_type_counts_as_missing_and_a_wrong_item_keeps_its_position() {
        for (value, expected) in [
            (json!({}), Row::default()),
            (
                json!({ "count": "7", "names": "a", "code": [] }),
                Row::default(),
            ),
            (
                json!({ "count": 7, "names": ["a", 1, "b"], "code": 12.50 }),
                Row {
                    count: 7,
                    names: Some(vec!["a".into(), String::new(), "b".into()]),
                    code: Some("12.5".into()),
                },
            ),
        ] {
            let row: Row = serde_json::from_value(value.clone()).unwrap();
            assert_eq!(row, expected, "{value}");
        }
    }
}
