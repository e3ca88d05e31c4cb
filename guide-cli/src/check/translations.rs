//! Which texts are not there in which language, and which a machine made.

use std::collections::{BTreeMap, BTreeSet};

use super::City;
use crate::collection::Collection;
use crate::finding::{Notes, plural};
use crate::names::is_language;
use crate::place::{self, Place};
use crate::reading::words;
use crate::texts::{self, Kind, Told, language_name};

/// So many missing texts are told one by one.
const FEW: usize = 5;

/// So many words for every language are a sentence, which no language shares with another.
const SENTENCE: usize = 5;

/// The languages of all titles, without regions.
pub(crate) fn languages(collection: &Collection) -> BTreeSet<String> {
    let entries = collection
        .index
        .iter()
        .flat_map(|index| &index.index.guides);
    let titles = entries.map(|entry| &entry.title);
    let own = collection
        .documents
        .iter()
        .map(|document| &document.guide.title);
    let tags = titles.chain(own).flat_map(|title| title.entries());
    tags.map(|(tag, _)| guide::primary(tag).to_ascii_lowercase())
        .filter(|tag| is_language(tag))
        .collect()
}

pub(crate) fn check(top: &Place, source: &str, city: &City, notes: &mut Notes) {
    let told = texts::told(top);
    tags(&told, city, notes);
    for language in &city.languages {
        missing(
            &told,
            top,
            language,
            language == &guide::primary(source).to_ascii_lowercase(),
            notes,
        );
    }
    if city.languages.len() > 1 {
        for_all(&told, notes);
    }
    machine_made(&told, notes);
}

/// Tags that are none, and languages that no title has.
fn tags(told: &[Told], city: &City, notes: &mut Notes) {
    for words in told.iter().flat_map(|told| &told.words) {
        let primary = guide::primary(&words.tag).to_ascii_lowercase();
        if words.tag.is_empty() {
            continue;
        }
        if !is_language(&words.tag) {
            let wrong = format!("“{}” is no language tag", words.tag);
            notes.error(&words.path, wrong, "Write it as en, es or pt-BR.");
        } else if !city.languages.is_empty() && !city.languages.contains(&primary) {
            let known: Vec<&str> = city.languages.iter().map(String::as_str).collect();
            let wrong = format!("no title is in {}", language_name(&words.tag));
            let remedy = format!(
                "The titles have {}; write one of these, or translate the title.",
                known.join(", ")
            );
            notes.warning(&words.path, wrong, remedy);
        }
    }
}

fn missing(told: &[Told], top: &Place, language: &str, is_source: bool, notes: &mut Notes) {
    let is_there = |told: &Told| {
        let words = told.in_language(language);
        words.is_some_and(|words| !words.text.trim().is_empty())
    };
    // A text without any words in any language is told as missing itself.
    let mut paths: Vec<String> = told
        .iter()
        .filter(|told| told.words.iter().any(|words| !words.text.trim().is_empty()))
        .filter(|told| !is_there(told))
        .map(|told| told.path.clone())
        .collect();
    paths.extend(without_keywords(top, language));
    let name = language_name(language);
    if is_source {
        for path in paths {
            let wrong = format!("the text is not there in {name}, the guide’s own language");
            notes.error(path, wrong, "Write it, or correct “language”.");
        }
    } else if paths.len() > FEW {
        let first: Vec<&str> = paths.iter().take(FEW).map(String::as_str).collect();
        let wrong = format!(
            "{} are not there in {name}: {} and more",
            plural(paths.len(), "text"),
            first.join(", ")
        );
        notes.warning("", wrong, "Have them translated by a person who speaks it.");
    } else {
        for path in paths {
            let wrong = format!("the text is not there in {name}");
            notes.warning(path, wrong, "Have it translated by a person who speaks it.");
        }
    }
}

fn without_keywords(top: &Place, language: &str) -> Vec<String> {
    let lists = place::everywhere(top, "keywords").into_iter();
    let missing = lists.filter(|list| {
        let own = list
            .value
            .fields()
            .iter()
            .find(|(tag, _)| guide::primary(tag).eq_ignore_ascii_case(language));
        list.is_map() && own.is_none_or(|(_, words)| words.is_blank())
    });
    missing.map(|list| list.path).collect()
}

fn for_all(told: &[Told], notes: &mut Notes) {
    for told in told.iter().filter(|told| told.kind == Kind::Prose) {
        let plain = told.words.iter().find(|words| words.tag.is_empty());
        if let Some(plain) = plain
            && words(&plain.text).count() >= SENTENCE
        {
            let wrong = "this sentence is the same in every language";
            let remedy = "Write it by language: {\"en\": \"…\", \"es\": \"…\"}.";
            notes.warning(&plain.path, wrong, remedy);
        }
    }
}

fn machine_made(told: &[Told], notes: &mut Notes) {
    let mut made: BTreeMap<&str, usize> = BTreeMap::new();
    for words in told.iter().flat_map(|told| &told.words) {
        if !guide::is_machine_made(&words.tag) {
            continue;
        }
        *made.entry(&words.tag).or_default() += 1;
        let matters = [".fees[", "refusal."]
            .iter()
            .any(|part| words.path.contains(part));
        if matters {
            let what = if words.path.contains(".fees[") {
                "a fee"
            } else {
                "a refusal"
            };
            let wrong =
                format!("a machine translated {what}, where a mistake costs money or a right");
            let remedy =
                "Have a person who speaks the language check it, and take “-t-…” off the tag.";
            notes.warning(&words.path, wrong, remedy);
        }
    }
    for (tag, count) in made {
        let all = told.len();
        let wrong = format!(
            "{count} of {all} texts in {} are a machine’s translation ({tag})",
            language_name(tag)
        );
        let remedy = "Have a person who speaks the language check them.";
        notes.warning("", wrong, remedy);
    }
}
