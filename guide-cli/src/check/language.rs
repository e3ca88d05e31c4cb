//! How hard the guide is to read, language by language, and which sentences make it so.

use std::collections::BTreeMap;

use crate::collection::Document;
use crate::finding::Notes;
use crate::place::Place;
use crate::reading::{Formula, Measure, sentences, words};
use crate::texts::{self, Kind, language_name};

/// Below so many words a level means nothing.
const FEW_WORDS: usize = 30;
/// A text shorter than this that ends with no mark is a label, not a sentence.
const LABEL: usize = 4;
/// A sentence with more words is told by itself.
const LONG: usize = 25;
/// So many sentences are named as those that raise the level.
const HARDEST: usize = 3;

/// A sentence and where it stands.
struct Sentence {
    path: String,
    text: String,
    level: f64,
}

/// What was read of one language.
#[derive(Default)]
struct Reading {
    measure: Measure,
    sentences: Vec<Sentence>,
}

pub(crate) fn check(document: &Document, top: &Place, notes: &mut Notes) {
    let mut readings: BTreeMap<String, Reading> = BTreeMap::new();
    for told in texts::told(top) {
        if told.kind == Kind::Name {
            continue;
        }
        for found in told.words.iter().filter(|words| !words.is_to_fill_in()) {
            let tag = match found.tag.as_str() {
                "" => document.guide.source(),
                tag => tag,
            };
            let language = guide::primary(tag).to_ascii_lowercase();
            if let Some(formula) = Formula::of(&language) {
                let reading = readings.entry(language).or_default();
                reading.take(&found.text, &found.path, formula, notes);
            }
        }
    }
    for (language, reading) in readings {
        if let Some(formula) = Formula::of(&language) {
            reading.tell(&language, formula, notes);
        }
    }
}

impl Reading {
    fn take(&mut self, text: &str, path: &str, formula: Formula, notes: &mut Notes) {
        let is_label = words(text).count() < LABEL && !text.trim_end().ends_with(['.', '!', '?']);
        if is_label {
            return;
        }
        for sentence in sentences(text) {
            let measure = Measure::of(sentence, formula);
            self.measure.add(measure);
            let length = measure.words;
            if length > LONG {
                let wrong = format!("this sentence has {length} words: “{}”", short(sentence));
                let remedy = format!("Make two of it; {LONG} words are the most.");
                notes.warning(path, wrong, remedy);
            }
            if let Some(level) = measure.level(formula) {
                self.sentences.push(Sentence {
                    path: path.to_owned(),
                    text: sentence.to_owned(),
                    level,
                });
            }
        }
    }

    fn tell(mut self, language: &str, formula: Formula, notes: &mut Notes) {
        let Some(level) = self.measure.level(formula) else {
            return;
        };
        if self.measure.words < FEW_WORDS || !formula.too_hard(level) {
            return;
        }
        // One long word makes a short sentence hard by the formula, and by nothing else.
        self.sentences.retain(|sentence| {
            formula.too_hard(sentence.level) && words(&sentence.text).count() >= LABEL
        });
        self.sentences.sort_by(|one, other| {
            formula
                .hardness(other.level)
                .total_cmp(&formula.hardness(one.level))
        });
        let hardest: Vec<String> = self
            .sentences
            .iter()
            .take(HARDEST)
            .map(|one| {
                format!(
                    "{} “{}” ({})",
                    one.path,
                    short(&one.text),
                    formula.name(one.level)
                )
            })
            .collect();
        let wrong = format!(
            "{} is hard to read: {}, and {}",
            language_name(language),
            formula.name(level),
            formula.limit()
        );
        let remedy = format!(
            "Write shorter sentences and everyday words, first here: {}.",
            hardest.join("; ")
        );
        notes.warning("", wrong, remedy);
    }
}

/// The beginning of a sentence, enough to find it by.
fn short(sentence: &str) -> String {
    const MOST: usize = 60;
    match sentence.char_indices().nth(MOST) {
        Some((end, _)) => format!("{}…", sentence.get(..end).unwrap_or_default()),
        None => sentence.to_owned(),
    }
}
