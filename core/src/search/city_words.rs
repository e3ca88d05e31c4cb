//! `words.json`: which words the residents of a city use for which service, counted from its public requests by
//! `frontdoor words`. Holds counts of words and nothing else. docs/own-words.md describes the file.

use super::letters::folded;
use json::{Diagnostics, Fields, Value};

/// The words of a city.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CityWords {
    /// Requests of each service, by code.
    pub services: Vec<(String, u32)>,
    /// The words, by their spelling.
    pub words: Vec<CityWord>,
}

/// A word that residents use.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CityWord {
    /// Folded, in the form that is used most.
    pub word: String,
    /// The requests that contain it.
    pub requests: u32,
    /// The services that it is used for most, as an index into [`CityWords::services`], with the requests of each.
    pub services: Vec<(u32, u32)>,
}

impl CityWords {
    /// Reads a file. Whatever is valid is kept; the rest is reported with its place in the file.
    pub fn read(value: &Value) -> (Self, Diagnostics) {
        json::read(value, Self::read_fields)
    }

    fn read_fields(fields: &Fields) -> Self {
        fields.accept("about");
        fields.accept("version");
        let mut read = Self::default();
        if let Some(services) = fields.get("services") {
            services.object(|services| {
                for (code, node) in services.entries() {
                    services.accept(code);
                    match count(node.value()) {
                        Some(requests) => read.services.push((String::from(code), requests)),
                        None => node.expected("a number of requests"),
                    }
                }
            });
        }
        if let Some(words) = fields.get("words") {
            words.object(|words| {
                for (word, node) in words.entries() {
                    words.accept(word);
                    match read.read_word(word, node.value()) {
                        Some(word) => read.words.push(word),
                        None => node.expected("a number of requests, then an object of services"),
                    }
                }
            });
        }
        read
    }

    fn read_word(&self, word: &str, value: &Value) -> Option<CityWord> {
        let (requests, services) = match value.items() {
            [requests, services] => (count(requests)?, services.fields()),
            _ => return None,
        };
        let services = services.iter().filter_map(|(code, value)| {
            let index = self.services.iter().position(|(known, _)| known == code)?;
            Some((u32::try_from(index).ok()?, count(value)?))
        });
        Some(CityWord {
            word: folded(word),
            requests,
            services: services.collect(),
        })
    }
}

fn count(value: &Value) -> Option<u32> {
    match value {
        Value::Number(digits) => digits.parse().ok(),
        _ => None,
    }
}
