//! Tables of civic concepts: which words link a service to a matter, and which link what a resident writes to it.
//! One table for each language in `civic/`, one line a concept; docs/own-words.md says how to read and extend them.
//!
//! A line is `name: words of services | words of texts`. Words are separated by commas; several words in one entry have
//! to stand close together. `~` before an entry makes it weak. `*` at its end or beginning also matches words that begin
//! or end with it. Two names have a meaning of their own: [`OTHER`] and [`EMERGENCY`].

use super::letters::folded;
use super::words::{spelling, stem, words};

/// The concept of services that take whatever fits nowhere else.
pub const OTHER: &str = "other";
/// The concept of danger: its words bring up what the city says about emergencies.
pub const EMERGENCY: &str = "emergency";

/// The table of one language.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Table {
    /// Words that carry no meaning, as they are spelled: their stems may be those of other words.
    pub(super) stop: Vec<String>,
    /// Words that stand in texts about anything, as stems: they count little.
    pub(super) common: Vec<String>,
    pub(super) concepts: Vec<Concept>,
}

/// A matter that residents turn to a city with.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Concept {
    pub(super) name: String,
    pub(super) service: Vec<Term>,
    pub(super) text: Vec<Term>,
}

/// An entry of a concept.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Term {
    pub(super) words: Vec<Pattern>,
    pub(super) is_weak: bool,
}

/// A word of an entry.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Pattern {
    /// A stem, or the beginning of a word.
    pub(super) text: String,
    /// Matches words that begin with it.
    pub(super) is_beginning: bool,
    /// Matches words that end with it.
    pub(super) is_end: bool,
}

impl Pattern {
    /// True if it matches more than one stem.
    pub(super) fn is_part(&self) -> bool {
        self.is_beginning || self.is_end
    }

    /// True if it fits a folded word with this spelling and this stem.
    pub(super) fn matches(&self, spelling: &str, stem: &str) -> bool {
        let text = self.text.as_str();
        match (self.is_beginning, self.is_end) {
            (true, true) => spelling.contains(text),
            (true, false) => spelling.starts_with(text),
            (false, true) => stem.ends_with(text),
            (false, false) => stem == text,
        }
    }
}

impl Table {
    /// Reads a table. Lines without a colon are ignored, so that half a file is half a table.
    pub fn read(text: &str) -> Self {
        let mut table = Self::default();
        let mut read_word: fn(&str) -> String = stem;
        for line in text.lines() {
            let Some((name, rest)) = line.split_once(':').filter(|_| !line.starts_with('#')) else {
                continue;
            };
            match name {
                // The compact form, see `compact`.
                "stems" => read_word = str::to_owned,
                "stop" => table.stop = list(rest, spelling),
                "common" => table.common = list(rest, read_word),
                _ => {
                    let (service, text) = rest.split_once('|').unwrap_or((rest, ""));
                    let service = terms(service, read_word);
                    let mut text = terms(text, read_word);
                    // What names a service also names the matter.
                    for term in service.iter().filter(|term| !term.is_weak) {
                        if !text.contains(term) {
                            text.push(term.clone());
                        }
                    }
                    table.concepts.push(Concept {
                        name: String::from(name.trim()),
                        service,
                        text,
                    });
                }
            }
        }
        table
    }

    /// The table as the widget fetches it: stems without doubles, and the names that have no meaning of their own
    /// replaced by their place in `names`.
    pub fn compact(&self, names: &[&str]) -> String {
        let mut out = String::from("stems:\n");
        for (name, list) in [("stop", &self.stop), ("common", &self.common)] {
            out.push_str(&[name, ":", &list.join(","), "\n"].concat());
        }
        for concept in &self.concepts {
            let place = names.iter().position(|name| *name == concept.name);
            let name = match (concept.name.as_str(), place) {
                (OTHER | EMERGENCY, _) | (_, None) => concept.name.clone(),
                (_, Some(place)) => place.to_string(),
            };
            let is_said = |term: &&Term| !term.is_weak && concept.service.contains(*term);
            let text = concept.text.iter().filter(|term| !is_said(term));
            let lists = [compact_terms(concept.service.iter()), compact_terms(text)];
            out.push_str(&[&name, ":", &lists.join("|"), "\n"].concat());
        }
        out
    }

    /// A table of the city's own synonyms: each word of a list stands for all.
    pub fn of_synonyms(lists: &[Vec<String>]) -> Self {
        let mut table = Self::default();
        for list in lists {
            let terms: Vec<Term> = list.iter().filter_map(|entry| term(entry, stem)).collect();
            table.concepts.push(Concept {
                name: String::new(),
                service: terms.clone(),
                text: terms,
            });
        }
        table
    }

    /// The names of the concepts.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.concepts.iter().map(|concept| concept.name.as_str())
    }

    /// True if a stem is one of the words of the concepts, or with `parts` if it has such a part.
    pub fn has_word(&self, stem: &str, parts: bool) -> bool {
        let is_it = |word: &Pattern| (parts || !word.is_part()) && word.matches(stem, stem);
        let mut terms = self.concepts.iter().flat_map(|concept| {
            let all = concept.service.iter().chain(&concept.text);
            all.flat_map(|term| &term.words)
        });
        self.common.iter().any(|word| word == stem) || terms.any(is_it)
    }

    /// True if a folded word carries no meaning in this language.
    pub fn is_stop(&self, word: &str) -> bool {
        self.stop.contains(&spelling(word))
    }
}

fn list(text: &str, read_word: fn(&str) -> String) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    for word in text.split(',') {
        let stem = read_word(&folded(word));
        if !stem.is_empty() && !all.contains(&stem) {
            all.push(stem);
        }
    }
    all
}

fn terms(list: &str, read_word: fn(&str) -> String) -> Vec<Term> {
    let mut all: Vec<Term> = Vec::new();
    for term in list.split(',').filter_map(|entry| term(entry, read_word)) {
        if !all.contains(&term) {
            all.push(term);
        }
    }
    all
}

fn term(entry: &str, read_word: fn(&str) -> String) -> Option<Term> {
    let entry = entry.trim();
    let (is_weak, entry) = match entry.strip_prefix('~') {
        Some(rest) => (true, rest),
        None => (false, entry),
    };
    let mut found = Vec::new();
    for part in entry.split(' ') {
        let folded = folded(part);
        let (is_beginning, is_end) = (part.ends_with('*'), part.starts_with('*'));
        for word in words(&folded) {
            let text = if is_beginning {
                spelling(word)
            } else {
                read_word(word)
            };
            found.push(Pattern {
                text,
                is_beginning,
                is_end,
            });
        }
    }
    (!found.is_empty()).then_some(Term {
        words: found,
        is_weak,
    })
}

fn compact_terms<'a>(terms: impl Iterator<Item = &'a Term>) -> String {
    let term = |term: &Term| {
        let words: Vec<String> = term.words.iter().map(compact_word).collect();
        let mark = if term.is_weak { "~" } else { "" };
        [mark, &words.join(" ")].concat()
    };
    let terms: Vec<String> = terms.map(term).collect();
    terms.join(",")
}

fn compact_word(word: &Pattern) -> String {
    let mark = |is_open: bool| if is_open { "*" } else { "" };
    [mark(word.is_end), &word.text, mark(word.is_beginning)].concat()
}
