//! serde for [`Value`], for native tools only: the widget is built without this feature.
//!
//! A number is handed to serde as an integer if it is one and as an `f64` otherwise, so digits beyond those
//! are lost, as in serde_json itself. A [`Value::Number`] that is not a number becomes a string.

use crate::Value;
use core::fmt;
use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde::ser::{Serialize, SerializeMap as _, Serializer};

impl Serialize for Value {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Null => serializer.serialize_unit(),
            Self::Bool(flag) => serializer.serialize_bool(*flag),
            Self::Number(digits) => number(digits, serializer),
            Self::Text(text) => serializer.serialize_str(text),
            Self::List(items) => serializer.collect_seq(items),
            Self::Map(fields) => {
                let mut map = serializer.serialize_map(Some(fields.len()))?;
                for (name, value) in fields {
                    map.serialize_entry(name, value)?;
                }
                map.end()
            }
        }
    }
}

fn number<S: Serializer>(digits: &str, serializer: S) -> Result<S::Ok, S::Error> {
    if let Ok(number) = digits.parse() {
        return serializer.serialize_u64(number);
    }
    // Integers have no negative zero.
    if let Ok(number) = digits.parse()
        && number != 0
    {
        return serializer.serialize_i64(number);
    }
    match digits.parse::<f64>() {
        Ok(number) if number.is_finite() => serializer.serialize_f64(number),
        _ => serializer.serialize_str(digits),
    }
}

impl<'de> Deserialize<'de> for Value {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ValueVisitor)
    }
}

/// serde_json, built with `arbitrary_precision`, passes a number as a map with this one key.
const NUMBER_KEY: &str = "$serde_json::private::Number";

struct ValueVisitor;

impl<'de> Visitor<'de> for ValueVisitor {
    type Value = Value;

    fn expecting(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        formatter.write_str("a value of JSON")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_none<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        Value::deserialize(deserializer)
    }

    fn visit_bool<E>(self, flag: bool) -> Result<Value, E> {
        Ok(Value::Bool(flag))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Value, E> {
        Ok(Value::Number(number.to_string()))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Value, E> {
        Ok(Value::Number(number.to_string()))
    }

    /// JSON has no infinities; formats that do give `null`, as `serde_json` writes them.
    fn visit_f64<E>(self, number: f64) -> Result<Value, E> {
        Ok(if number.is_finite() {
            Value::Number(format!("{number:?}"))
        } else {
            Value::Null
        })
    }

    fn visit_str<E>(self, text: &str) -> Result<Value, E> {
        Ok(Value::Text(text.to_owned()))
    }

    fn visit_string<E>(self, text: String) -> Result<Value, E> {
        Ok(Value::Text(text))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element()? {
            list.push(item);
        }
        Ok(Value::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Value, A::Error> {
        let mut fields = Vec::new();
        while let Some(name) = entries.next_key::<String>()? {
            if name == NUMBER_KEY {
                return Ok(Value::Number(entries.next_value()?));
            }
            fields.push((name, entries.next_value()?));
        }
        Ok(Value::Map(fields))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse;

    #[test]
    fn a_value_passes_through_serde_json_unchanged() {
        let text = r#"{"a":[null,true,-7,1.5,"ä\"\n"],"":{},"id":18446744073709551615,"b":[]}"#;
        let value = parse(text).unwrap();
        let through: Value = serde_json::from_str(&serde_json::to_string(&value).unwrap()).unwrap();
        assert_eq!(through, value);
        assert_eq!(serde_json::from_str::<Value>(text).unwrap(), value);
    }

    #[test]
    fn a_number_beyond_the_integers_keeps_its_value_and_not_its_digits() {
        for (digits, written) in [
            ("12345678901234567890123", "1.2345678901234568e+22"),
            ("1.50", "1.5"),
            ("-0", "-0.0"),
            ("1e999", "\"1e999\""),
            ("seven", "\"seven\""),
        ] {
            let value = Value::Number(digits.into());
            assert_eq!(serde_json::to_string(&value).unwrap(), written);
        }
    }
}
