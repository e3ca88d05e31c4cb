//! Checks how hard a guide is to read in each language, and names the hardest sentences.

use std::collections::BTreeMap;

use crate::collection::Document;
use crate::finding::Findings;
use crate::located::Located;
use crate::texts::{self, Kind, language_name};
use guide::readability::{Formula, Measure, sentences, words};

/// A language with fewer words is not rated, because the formulas need a sample. About 30 to 100.
const MIN_WORDS: usize = 30;
/// A text with fewer words and without a final mark is a label, not a sentence. 3 to 5.
const MIN_SENTENCE_WORDS: usize = 4;
/// A sentence with more words is reported. Plain-language guidelines recommend 20 to 25.
const MAX_SENTENCE_WORDS: usize = 25;
/// How many of the hardest sentences are named. 1 to 5 fit into a message.
const HARDEST_NAMED: usize = 3;

/// A sentence with the path of its text.
struct Sentence {
    path: String,
    text: String,
    level: f64,
}

/// The measured text of one language.
#[derive(Default)]
struct LanguageSample {
    measure: Measure,
    sentences: Vec<Sentence>,
}

pub(crate) fn check(document: &Document, top: &Located, findings: &mut Findings) {
    let mut samples: BTreeMap<String, LanguageSample> = BTreeMap::new();
    let texts = texts::all_texts(top);
    for (language, text, translation) in texts::written(&texts, document.guide.source()) {
        if text.kind == Kind::Prose
            && let Some(formula) = Formula::of(&language)
        {
            let sample = samples.entry(language).or_default();
            sample.add(&translation.text, &translation.path, formula, findings);
        }
    }
    for (language, sample) in samples {
        if let Some(formula) = Formula::of(&language) {
            sample.report(&language, formula, findings);
        }
    }
}

impl LanguageSample {
    fn add(&mut self, text: &str, path: &str, formula: Formula, findings: &mut Findings) {
        let is_label =
            words(text).count() < MIN_SENTENCE_WORDS && !text.trim_end().ends_with(['.', '!', '?']);
        if is_label {
            return;
        }
        for sentence in sentences(text) {
            let measure = Measure::of(sentence, formula);
            self.measure.add(measure);
            let length = measure.words;
            if length > MAX_SENTENCE_WORDS {
                let problem = format!("this sentence has {length} words: “{}”", shorten(sentence));
                let remedy = format!("Make two of it; {MAX_SENTENCE_WORDS} words are the most.");
                findings.warning(path, problem, remedy);
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

    fn report(mut self, language: &str, formula: Formula, findings: &mut Findings) {
        let Some(level) = self.measure.level(formula) else {
            return;
        };
        if self.measure.words < MIN_WORDS || !formula.is_too_hard(level) {
            return;
        }
        // By the formulas, a single long word makes a short sentence hard.
        self.sentences.retain(|sentence| {
            formula.is_too_hard(sentence.level)
                && words(&sentence.text).count() >= MIN_SENTENCE_WORDS
        });
        self.sentences.sort_by(|one, other| {
            formula
                .hardness(other.level)
                .total_cmp(&formula.hardness(one.level))
        });
        let hardest: Vec<String> = self
            .sentences
            .iter()
            .take(HARDEST_NAMED)
            .map(|one| {
                format!(
                    "{} “{}” ({})",
                    one.path,
                    shorten(&one.text),
                    formula.format(one.level)
                )
            })
            .collect();
        let problem = format!(
            "{} is hard to read: {}, and {}",
            language_name(language),
            formula.format(level),
            formula.limit()
        );
        let remedy = format!(
            "Write shorter sentences and everyday words, first here: {}.",
            hardest.join("; ")
        );
        findings.warning("", problem, remedy);
    }
}

/// The start of a sentence, long enough to find it.
fn shorten(sentence: &str) -> String {
    // In characters. 40 to 80 identifies a sentence and fits into a message.
    const MAX_LENGTH: usize = 60;
    match sentence.char_indices().nth(MAX_LENGTH) {
        Some((end, _)) => format!("{}…", sentence.get(..end).unwrap_or_default()),
        None => sentence.to_owned(),
    }
}
