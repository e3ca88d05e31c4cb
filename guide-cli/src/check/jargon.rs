//! Words that only an office uses, and what to say for them. The list is `data/jargon.json`; a city
//! adds its own, or takes a word off with null.

use std::collections::BTreeMap;
use std::path::Path;

use json::Value;

use crate::collection::Document;
use crate::file::{self, Fault};
use crate::finding::{Notes, plural};
use crate::place::Place;
use crate::reading::words;
use crate::texts::{self, language_name};

const OWN: &str = include_str!("../../data/jargon.json");

/// By language: the words to avoid, and the plain ones. A `*` at the end stands for any ending.
#[derive(Debug, Default)]
pub(crate) struct Jargon {
    lists: BTreeMap<String, BTreeMap<String, String>>,
}

impl Jargon {
    /// The list that comes with the command, and the city's.
    pub(crate) fn with(path: Option<&Path>) -> Result<Self, String> {
        let mut jargon = Self::default();
        let own = json::parse(OWN).map_err(|error| format!("jargon.json: {error}"))?;
        jargon
            .add(&own)
            .map_err(|fault| fault.line(Path::new("jargon.json")))?;
        if let Some(path) = path {
            let added = file::read_json(path).and_then(|value| jargon.add(&value));
            added.map_err(|fault| fault.line(path))?;
        }
        Ok(jargon)
    }

    fn add(&mut self, value: &Value) -> Result<(), Fault> {
        let remedy = "Write it as {\"en\": {\"utilize\": \"use\"}}.";
        if !matches!(value, Value::Map(_)) {
            return Err(Fault::new("this is no list of words by language", remedy));
        }
        for (language, entries) in value.fields() {
            if !matches!(entries, Value::Map(_)) {
                let wrong = format!("“{language}” has no words and plain ones");
                return Err(Fault::new(wrong, remedy));
            }
            let list = self.lists.entry(language.to_ascii_lowercase()).or_default();
            for (word, plain) in entries.fields() {
                let key = normal(word);
                match plain {
                    Value::Null => {
                        list.remove(&key);
                    }
                    Value::Text(plain) => {
                        list.insert(key, plain.clone());
                    }
                    _ => {
                        let wrong = format!("“{word}” needs a plain word, or null");
                        return Err(Fault::new(wrong, remedy));
                    }
                }
            }
        }
        Ok(())
    }

    /// Tells each word once, with the places where it stands.
    pub(crate) fn check(&self, document: &Document, top: &Place, notes: &mut Notes) {
        let mut found: BTreeMap<(&str, &str), Vec<String>> = BTreeMap::new();
        for told in texts::told(top) {
            for words in told.words.iter().filter(|words| !words.is_to_fill_in()) {
                let tag = match words.tag.as_str() {
                    "" => document.guide.source(),
                    tag => tag,
                };
                let language = guide::primary(tag).to_ascii_lowercase();
                if let Some((language, list)) = self.lists.get_key_value(&language) {
                    let text = format!(" {} ", normal(&words.text));
                    for word in list.keys().filter(|word| has(&text, word)) {
                        found
                            .entry((language, word))
                            .or_default()
                            .push(words.path.clone());
                    }
                }
            }
        }
        for ((language, word), paths) in found {
            let plain = self.lists.get(language).and_then(|list| list.get(word));
            let shown = word.trim_end_matches('*');
            let wrong = match paths.len() {
                1 => format!("“{shown}” is office {}", language_name(language)),
                more => format!(
                    "“{shown}” is office {} ({})",
                    language_name(language),
                    plural(more, "place")
                ),
            };
            let remedy = format!("Say: {}.", plain.map_or("", String::as_str));
            notes.warning(paths.first().map_or("", String::as_str), wrong, remedy);
        }
    }
}

/// Words in small letters, one space between them.
fn normal(text: &str) -> String {
    let ending = if text.ends_with('*') { "*" } else { "" };
    let all: Vec<String> = words(text).map(str::to_lowercase).collect();
    all.join(" ") + ending
}

/// Whether a text, normal and with a space on both sides, has a word or its beginning.
fn has(text: &str, word: &str) -> bool {
    match word.strip_suffix('*') {
        Some(beginning) => text.contains(&format!(" {beginning}")),
        None => text.contains(&format!(" {word} ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_found_whole_and_with_any_ending_where_a_star_allows_it() {
        for (text, word, expected) in [
            ("Call prior to digging", "prior to", true),
            ("A priority to some", "prior to", false),
            ("Utilization of the lot", "utiliz*", true),
            ("Reuse it", "use*", false),
            ("PRIOR TO, then", "prior to", true),
        ] {
            let text = format!(" {} ", normal(text));
            assert_eq!(has(&text, &normal(word)), expected, "{text}: {word}");
        }
    }

    #[test]
    fn the_own_list_has_sixty_words_in_english_and_in_spanish() {
        let jargon = Jargon::with(None).unwrap();
        for language in ["en", "es"] {
            let list = jargon.lists.get(language).unwrap();
            assert!(list.len() >= 60, "{language}: {}", list.len());
            assert!(list.values().all(|plain| !plain.is_empty()));
        }
    }

    #[test]
    fn a_city_adds_words_and_takes_them_off() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("jargon.json");
        std::fs::write(
            &path,
            r#"{"en": {"ROW": "the street", "prior to": null}, "vi": {"x": "y"}}"#,
        )
        .unwrap();
        let jargon = Jargon::with(Some(&path)).unwrap();
        let english = jargon.lists.get("en").unwrap();
        assert_eq!(english.get("row").unwrap(), "the street");
        assert!(!english.contains_key("prior to"));
        std::fs::write(&path, r#"["prior to"]"#).unwrap();
        assert!(
            Jargon::with(Some(&path))
                .unwrap_err()
                .contains("no list of words")
        );
    }
}
