//! Looks up phrases in one language, falling back to the compiled-in English.
//!
//! It does not know how a language is fetched or chosen, nor the rules for plural categories.

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
    /// The compiled-in English catalog.
    pub fn english() -> Self {
        Self {
            language: String::from("en"),
            phrases: Vec::new(),
        }
    }

    /// The catalog of a fetched language. `phrases` is an array in the order of the keys; each item is a
    /// string, an object of plural forms, or null if the translation is missing. Anything else is treated as
    /// missing.
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

    /// The language of the catalog (BCP 47 tag).
    pub fn language(&self) -> &str {
        &self.language
    }

    /// The phrase, with its placeholders left in place.
    pub fn get(&self, key: Key) -> &str {
        self.form(key, "other")
    }

    /// The phrase with its placeholders replaced; see [`fill`].
    pub fn with(&self, key: Key, values: &[(&str, &str)]) -> String {
        fill(self.get(key), values)
    }

    /// The plural form of the phrase for a category of `Intl.PluralRules`, with its placeholders replaced. Falls
    /// back to the form `other`.
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
