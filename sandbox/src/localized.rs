//! Text that a city writes once, or once for each of its languages.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[serde(untagged)]
pub(crate) enum Localized {
    Plain(String),
    /// By BCP 47 language tag.
    ByLanguage(Map<String, Value>),
}

impl Localized {
    pub(crate) fn english(&self) -> Option<&str> {
        match self {
            Localized::Plain(text) => Some(text),
            Localized::ByLanguage(texts) => texts.get("en").and_then(Value::as_str),
        }
    }

    /// Whether this is the text in one of its languages.
    pub(crate) fn contains(&self, wanted: &str) -> bool {
        match self {
            Localized::Plain(text) => text == wanted,
            Localized::ByLanguage(texts) => {
                texts.values().any(|text| text.as_str() == Some(wanted))
            }
        }
    }
}
