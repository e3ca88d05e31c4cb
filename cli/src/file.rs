//! `words.json` as text: one line a word, sorted, so that a person can read it and a difference is short.

use std::fmt::Write as _;

use frontdoor_core::search::city_words::{CityWord, CityWords};
use json::Value;

const ABOUT: &str = "Which words residents use for which service: the requests with the word, then those of each service. Made by `frontdoor words`; holds counts of words and nothing else.";

/// The file.
pub(crate) fn text(city: &CityWords) -> String {
    let mut out = String::from("{\n");
    let _ = writeln!(out, "\"about\": {},", quoted(ABOUT));
    out.push_str("\"services\": {\n");
    let services: Vec<String> = city
        .services
        .iter()
        .map(|(code, requests)| format!("{}: {requests}", quoted(code)))
        .collect();
    out.push_str(&services.join(",\n"));
    out.push_str("\n},\n\"words\": {\n");
    let words: Vec<String> = city
        .words
        .iter()
        .map(|word| line(word, &city.services))
        .collect();
    out.push_str(&words.join(",\n"));
    out.push_str("\n}\n}\n");
    out
}

/// The line of a word.
pub(crate) fn line(word: &CityWord, services: &[(String, u32)]) -> String {
    let of_services: Vec<String> = word
        .services
        .iter()
        .filter_map(|(index, together)| {
            let (code, _) = services.get(*index as usize)?;
            Some(format!("{}: {together}", quoted(code)))
        })
        .collect();
    let of_services = of_services.join(", ");
    format!(
        "{}: [{}, {{{of_services}}}]",
        quoted(&word.word),
        word.requests
    )
}

fn quoted(text: &str) -> String {
    json::write(&Value::Text(text.to_owned()))
}

/// What is different in a new file: words that came, went, or are used mostly for another service now.
pub(crate) fn difference(old: &CityWords, new: &CityWords) -> String {
    let first = |city: &CityWords, word: &CityWord| -> String {
        let (index, _) = word.services.first().copied().unwrap_or_default();
        let service = city.services.get(index as usize);
        service.map(|(code, _)| code.clone()).unwrap_or_default()
    };
    let find = |city: &CityWords, wanted: &str| -> Option<CityWord> {
        city.words.iter().find(|word| word.word == wanted).cloned()
    };
    let (mut came, mut went, mut moved) = (Vec::new(), Vec::new(), Vec::new());
    for word in &new.words {
        match find(old, &word.word) {
            None => came.push(word.word.clone()),
            Some(before) => {
                let (from, to) = (first(old, &before), first(new, word));
                if from != to {
                    moved.push(format!("{}: {from} → {to}", word.word));
                }
            }
        }
    }
    for word in &old.words {
        if find(new, &word.word).is_none() {
            went.push(word.word.clone());
        }
    }
    let mut out = String::new();
    for (what, list) in [
        ("new words", came),
        ("words gone", went),
        ("mostly for another service", moved),
    ] {
        let _ = writeln!(
            out,
            "{what}: {}{}{}",
            list.len(),
            if list.is_empty() { "" } else { "; " },
            list.join(", ")
        );
    }
    out
}
