//! The phrases of one language, and how a phrase is looked up: in that language, else in English.

use super::{Key, fill};
use json::Value;

/// The phrases of one language.
#[derive(Debug)]
pub struct Catalog {
    language: String,
    /// In the order of the keys; empty for English.
    phrases: Vec<Value>,
}

impl Catalog {
    /// English, which is compiled in.
    pub fn english() -> Self {
        Self {
            language: String::from("en"),
            phrases: Vec::new(),
        }
    }

    /// A language that was fetched: a list of phrases in the order of the keys, each a string, an object of
    /// plural forms, or null if the translation is missing.
    pub fn fetched(language: &str, phrases: Value) -> Self {
        let phrases = match phrases {
            Value::List(phrases) => phrases,
            _ => Vec::new(),
        };
        Self {
            language: language.to_owned(),
            phrases,
        }
    }

    /// The language tag (BCP 47) these phrases are in.
    pub fn language(&self) -> &str {
        &self.language
    }

    /// A phrase as it is.
    pub fn get(&self, key: Key) -> &str {
        self.form(key, "other")
    }

    /// A phrase with its placeholders filled.
    pub fn with(&self, key: Key, values: &[(&str, &str)]) -> String {
        fill(self.get(key), values)
    }

    /// A phrase in one of its plural forms (a category of `Intl.PluralRules`), with its placeholders filled.
    pub fn plural(&self, key: Key, category: &str, values: &[(&str, &str)]) -> String {
        fill(self.form(key, category), values)
    }

    fn form(&self, key: Key, category: &str) -> &str {
        let own = match self.phrases.get(usize::from(key.0.index)) {
            Some(Value::Text(phrase)) => Some(phrase.as_str()),
            Some(forms @ Value::Map(_)) => match forms.get(category).or_else(|| forms.get("other"))
            {
                Some(Value::Text(phrase)) => Some(phrase.as_str()),
                _ => None,
            },
            _ => None,
        };
        own.unwrap_or(match category {
            "one" if !key.0.one.is_empty() => key.0.one,
            _ => key.0.other,
        })
    }
}
