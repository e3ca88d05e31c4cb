//! A JSON value with the accessors that tolerant readers need, and the builders for what is written.
//! It knows nothing of services or requests.

/// A JSON value.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum Value {
    /// `null`.
    #[default]
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A number in its original characters: an id of twenty digits must not lose any.
    Number(String),
    /// A string, unescaped.
    Text(String),
    /// An array.
    List(Vec<Value>),
    /// An object with its fields in document order, repeated keys included.
    Map(Vec<(String, Value)>),
}

impl Value {
    /// The value under `key` of an object; the last one if the key is repeated, as in JavaScript. `None` for
    /// anything but an object.
    pub fn get(&self, key: &str) -> Option<&Value> {
        match self {
            Value::Map(fields) => fields
                .iter()
                .rev()
                .find(|(name, _)| name == key)
                .map(|(_, value)| value),
            _ => None,
        }
    }

    /// The first value under one of `keys` that is not blank; see [`Value::is_blank`].
    pub fn first(&self, keys: &[&str]) -> Option<&Value> {
        keys.iter()
            .filter_map(|key| self.get(key))
            .find(|value| !value.is_blank())
    }

    /// A string, trimmed, or the characters of a number. `None` for a blank string and for anything else.
    pub fn text(&self) -> Option<&str> {
        let text = match self {
            Value::Text(text) => text.trim(),
            Value::Number(text) => text,
            _ => return None,
        };
        (!text.is_empty()).then_some(text)
    }

    /// The text under the first of `keys` that has one; see [`Value::text`].
    pub fn text_of(&self, keys: &[&str]) -> Option<&str> {
        keys.iter().find_map(|key| self.get(key)?.text())
    }

    /// A boolean in any spelling that servers use: `true`, `"true"`, `"True"`, `1`, `"1"`, and the same
    /// for false. `None` for anything else.
    pub fn as_bool(&self) -> Option<bool> {
        if let Value::Bool(value) = self {
            return Some(*value);
        }
        let text = self.text()?;
        if text == "1" || text.eq_ignore_ascii_case("true") {
            Some(true)
        } else if text == "0" || text.eq_ignore_ascii_case("false") {
            Some(false)
        } else {
            None
        }
    }

    /// The items of an array; empty for anything else.
    pub fn items(&self) -> &[Value] {
        match self {
            Value::List(items) => items,
            _ => &[],
        }
    }

    /// The keys and values of an object; empty for anything else.
    pub fn fields(&self) -> &[(String, Value)] {
        match self {
            Value::Map(fields) => fields,
            _ => &[],
        }
    }

    /// True for `null`, blank strings, empty arrays and empty objects: servers send all of them for a missing
    /// value.
    pub fn is_blank(&self) -> bool {
        match self {
            Value::Null => true,
            Value::Bool(_) | Value::Number(_) => false,
            Value::Text(text) => text.trim().is_empty(),
            Value::List(items) => items.is_empty(),
            Value::Map(fields) => fields.is_empty(),
        }
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<bool> for Value {
    fn from(flag: bool) -> Self {
        Self::Bool(flag)
    }
}

impl From<i64> for Value {
    fn from(number: i64) -> Self {
        Self::Number(number.to_string())
    }
}

impl From<Vec<Value>> for Value {
    fn from(items: Vec<Value>) -> Self {
        Self::List(items)
    }
}

/// Builders, and accessors for what they wrote.
impl Value {
    /// An object with these fields, in this order.
    pub fn object(fields: Vec<(&str, Value)>) -> Self {
        let fields = fields.into_iter();
        Self::Map(
            fields
                .map(|(name, value)| (name.to_owned(), value))
                .collect(),
        )
    }

    /// An array of strings.
    pub fn texts(texts: &[String]) -> Self {
        Self::List(texts.iter().map(|text| text.as_str().into()).collect())
    }

    /// A string, untrimmed; `None` for anything else.
    pub fn string(&self) -> Option<String> {
        match self {
            Self::Text(text) => Some(text.clone()),
            _ => None,
        }
    }

    /// The string under `key`, untrimmed.
    pub fn string_of(&self, key: &str) -> Option<String> {
        self.get(key)?.string()
    }

    /// The whole number under `key`, whether written as a number or as a string.
    pub fn i64_of(&self, key: &str) -> Option<i64> {
        self.get(key)?.text()?.parse().ok()
    }

    /// The items of the array under `key`; empty for anything else.
    pub fn items_of(&self, key: &str) -> &[Value] {
        self.get(key).map(Value::items).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use crate::parse;

    #[test]
    fn text_is_a_trimmed_string_or_a_number_and_nothing_else() {
        let cases = [
            (r#"" a b ""#, Some("a b")),
            ("12345678901234567890", Some("12345678901234567890")),
            ("1.50", Some("1.50")),
            (r#""""#, None),
            (r#"" \t\u00a0 ""#, None),
            ("null", None),
            ("true", None),
            (r#"["a"]"#, None),
            (r#"{"a":"a"}"#, None),
        ];
        for (json, expected) in cases {
            assert_eq!(parse(json).unwrap().text(), expected, "{json}");
        }
    }

    #[test]
    fn the_first_key_with_a_value_that_is_not_blank_wins() {
        let value = parse(r#"{"a":null,"b":" ","c":[],"d":{},"e":0,"f":"x"}"#).unwrap();
        let first = value.first(&["z", "a", "b", "c", "d", "e", "f"]);
        assert_eq!(first.and_then(|value| value.text()), Some("0"));
        assert_eq!(value.text_of(&["a", "b", "f"]), Some("x"));
        assert!(value.first(&["a", "z"]).is_none());
    }

    #[test]
    fn a_repeated_key_has_its_last_value() {
        let value = parse(r#"{"a":1,"a":2}"#).unwrap();
        assert_eq!(value.text_of(&["a"]), Some("2"));
    }
}
