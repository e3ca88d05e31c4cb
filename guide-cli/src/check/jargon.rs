//! Finds jargon, and suggests plain words. The list is `data/jargon.json`; a city can add words, or remove one with
//! null.

use std::collections::BTreeMap;
use std::path::Path;

use json::Value;

use crate::collection::Document;
use crate::file::{self, FileError};
use crate::finding::{Findings, plural};
use crate::located::Located;
use crate::texts::{self, language_name};
use guide::readability::words;

const BUILT_IN: &str = include_str!("../../data/jargon.json");

/// Words to avoid with their plain words, by language. A final `*` matches any ending.
#[derive(Debug, Default)]
pub(crate) struct Jargon {
    lists: BTreeMap<String, BTreeMap<String, String>>,
}

impl Jargon {
    /// The built-in list, changed by the city's own list.
    ///
    /// # Errors
    /// A message that names the file.
    pub(crate) fn load(path: Option<&Path>) -> Result<Self, String> {
        let mut jargon = Self::default();
        let built_in = json::parse(BUILT_IN).map_err(|error| format!("jargon.json: {error}"))?;
        jargon
            .add(&built_in)
            .map_err(|error| error.at(Path::new("jargon.json")))?;
        if let Some(path) = path {
            let added = file::read_json(path).and_then(|value| jargon.add(&value));
            added.map_err(|error| error.at(path))?;
        }
        Ok(jargon)
    }

    fn add(&mut self, value: &Value) -> Result<(), FileError> {
        let remedy = "Write it as {\"en\": {\"utilize\": \"use\"}}.";
        if !matches!(value, Value::Map(_)) {
            return Err(FileError::new(
                "this is no list of words by language",
                remedy,
            ));
        }
        for (language, entries) in value.fields() {
            if !matches!(entries, Value::Map(_)) {
                let problem = format!("“{language}” has no words and plain ones");
                return Err(FileError::new(problem, remedy));
            }
            let list = self.lists.entry(language.to_ascii_lowercase()).or_default();
            for (word, plain) in entries.fields() {
                let key = normalize(word);
                match plain {
                    Value::Null => {
                        list.remove(&key);
                    }
                    Value::Text(plain) => {
                        list.insert(key, plain.clone());
                    }
                    _ => {
                        let problem = format!("“{word}” needs a plain word, or null");
                        return Err(FileError::new(problem, remedy));
                    }
                }
            }
        }
        Ok(())
    }

    /// Reports each word once, at the first text that has it, with the number of texts.
    pub(crate) fn check(&self, document: &Document, top: &Located, findings: &mut Findings) {
        let mut found: BTreeMap<(&str, &str), Vec<String>> = BTreeMap::new();
        let texts = texts::all_texts(top);
        for (language, _, translation) in texts::written(&texts, document.guide.source()) {
            if let Some((language, list)) = self.lists.get_key_value(&language) {
                let text = format!(" {} ", normalize(&translation.text));
                for word in list.keys().filter(|word| contains_word(&text, word)) {
                    let paths = found.entry((language, word)).or_default();
                    paths.push(translation.path.clone());
                }
            }
        }
        for ((language, word), paths) in found {
            let plain = self.lists.get(language).and_then(|list| list.get(word));
            let shown = word.trim_end_matches('*');
            let problem = match paths.len() {
                1 => format!("“{shown}” is office {}", language_name(language)),
                more => format!(
                    "“{shown}” is office {} ({})",
                    language_name(language),
                    plural(more, "place")
                ),
            };
            let remedy = format!("Say: {}.", plain.map_or("", String::as_str));
            findings.warning(paths.first().map_or("", String::as_str), problem, remedy);
        }
    }
}

/// The words in lower case, separated by single spaces.
fn normalize(text: &str) -> String {
    let ending = if text.ends_with('*') { "*" } else { "" };
    let all: Vec<String> = words(text).map(str::to_lowercase).collect();
    all.join(" ") + ending
}

/// Whether a normalized text, with a space at both ends, has a normalized word.
fn contains_word(text: &str, word: &str) -> bool {
    match word.strip_suffix('*') {
        Some(beginning) => text.contains(&format!(" {beginning}")),
        None => text.contains(&format!(" {word} ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_matches_as_a_whole_or_with_any_ending_if_it_has_a_star() {
        for (text, word, expected) in [
            ("Call prior to digging", "prior to", true),
            ("A priority to some", "prior to", false),
            ("Utilization of the lot", "utiliz*", true),
            ("Reuse it", "use*", false),
            ("PRIOR TO, then", "prior to", true),
        ] {
            let text = format!(" {} ", normalize(text));
            assert_eq!(
                contains_word(&text, &normalize(word)),
                expected,
                "{text}: {word}"
            );
        }
    }

    #[test]
    fn the_built_in_list_has_sixty_words_in_english_and_in_spanish() {
        let jargon = Jargon::load(None).unwrap();
        for language in ["en", "es"] {
            let list = jargon.lists.get(language).unwrap();
            assert!(list.len() >= 60, "{language}: {}", list.len());
            assert!(list.values().all(|plain| !plain.is_empty()));
        }
    }

    #[test]
    fn a_city_can_add_and_remove_words() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("jargon.json");
        std::fs::write(
            &path,
            r#"{"en": {"ROW": "the street", "prior to": null}, "vi": {"x": "y"}}"#,
        )
        .unwrap();
        let jargon = Jargon::load(Some(&path)).unwrap();
        let english = jargon.lists.get("en").unwrap();
        assert_eq!(english.get("row").unwrap(), "the street");
        assert!(!english.contains_key("prior to"));
        std::fs::write(&path, r#"["prior to"]"#).unwrap();
        assert!(
            Jargon::load(Some(&path))
                .unwrap_err()
                .contains("no list of words")
        );
    }
}
