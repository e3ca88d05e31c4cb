//! What a city writes in its own config and guides: one string for every language,
//! or a string for each.

use open311::Value;

/// A text of the city's: `"Parks"`, or `{"en": "Parks", "es": "Parques"}`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(transparent))]
pub struct Text(
    #[cfg_attr(feature = "schema", schemars(with = "TextShape"))] Vec<(String, String)>,
);

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

    /// Words by language tag; None if one of them is no string.
    pub fn by_language(entries: &[(String, Value)]) -> Option<Self> {
        let mut texts = Vec::with_capacity(entries.len());
        for (tag, words) in entries {
            let Value::Text(words) = words else {
                return None;
            };
            texts.push((tag.clone(), words.clone()));
        }
        Some(Self(texts))
    }

    /// The words for `language`: of that tag, else of its primary language, else the
    /// ones for every language, else English, else whatever comes first; "" if there are none.
    pub fn get(&self, language: &str) -> &str {
        let primary = language.split('-').next().unwrap_or_default();
        [language, primary, "", "en"]
            .iter()
            .find_map(|wanted| {
                self.0
                    .iter()
                    .find(|(tag, _)| tag.eq_ignore_ascii_case(wanted))
            })
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
