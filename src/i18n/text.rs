//! What a city writes in its own config and guides: one string for every language,
//! or a string for each.

use serde::{Deserialize, Deserializer, de};

/// A text of the city's: `"Parks"`, or `{"en": "Parks", "es": "Parques"}`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(transparent))]
pub struct Text(#[cfg_attr(feature = "schema", schemars(with = "TextShape"))] Vec<(String, String)>);

/// The two ways to write a text: one string, or a string for each language tag.
#[cfg(feature = "schema")]
#[derive(schemars::JsonSchema)]
#[schemars(untagged)]
#[allow(dead_code, reason = "only its schema is used")]
enum TextShape {
    /// The same words in every language.
    One(String),
    /// Words by language tag (BCP 47), such as `en` or `pt-BR`.
    ByLanguage(std::collections::BTreeMap<String, String>),
}

impl Text {
    /// The same words in every language.
    pub fn plain(words: &str) -> Self {
        Self(vec![(String::new(), words.to_owned())])
    }

    /// The words for `language`: of that tag, else of its primary language, else the
    /// ones for every language, else English, else whatever comes first; "" if there are none.
    pub fn get(&self, language: &str) -> &str {
        let primary = language.split('-').next().unwrap_or_default();
        [language, primary, "", "en"]
            .iter()
            .find_map(|wanted| self.0.iter().find(|(tag, _)| tag.eq_ignore_ascii_case(wanted)))
            .or_else(|| self.0.first())
            .map_or("", |(_, words)| words.as_str())
    }

    /// Every language's words, for search.
    pub fn all(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|(_, words)| words.as_str())
    }

    /// True if no language has any words.
    pub fn is_empty(&self) -> bool {
        self.0.iter().all(|(_, words)| words.trim().is_empty())
    }
}

impl<'de> Deserialize<'de> for Text {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visitor;
        impl<'de> de::Visitor<'de> for Visitor {
            type Value = Text;
            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("a text, or an object of texts by language")
            }
            fn visit_str<E: de::Error>(self, words: &str) -> Result<Text, E> {
                Ok(Text::plain(words))
            }
            fn visit_map<A: de::MapAccess<'de>>(self, mut map: A) -> Result<Text, A::Error> {
                let mut all = Vec::new();
                while let Some(entry) = map.next_entry()? {
                    all.push(entry);
                }
                Ok(Text(all))
            }
        }
        deserializer.deserialize_any(Visitor)
    }
}
