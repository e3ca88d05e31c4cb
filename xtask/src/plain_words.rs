//! Checks that the interface's texts are easy to read, in words that a native reader would use.
//!
//! The level is that of `guide check`, by the same formulas. They are made for texts, not for labels: a text of a few
//! words is only part of the level of its language. docs/words.md says what one writes instead.

use guide::readability::{Formula, Measure, sentences, words};
use serde_json::{Map, Value};

/// A sentence with more words is a fault. 15 to 20: these texts are read standing, on a phone.
const MAX_SENTENCE_WORDS: usize = 20;
/// A text with fewer words is not rated by itself: one long word would decide. 8 to 12.
const MIN_WORDS: usize = 8;

/// A text with fewer words and without a final mark is a label. 3 to 5.
const MIN_SENTENCE_WORDS: usize = 4;

/// Words that may not be used, by language.
const UNIDIOMATIC: &str = include_str!("unidiomatic.tsv");

/// A sentence for each fault in the texts of one language. `tag` is its language.
pub(crate) fn faults(tag: &str, texts: &Map<String, Value>) -> Vec<String> {
    let mut faults = Vec::new();
    let mut whole = Measure::default();
    let formula = Formula::of(tag);
    let rules = rules(tag);
    for (key, text) in forms(texts) {
        let mut fault = |text: String| faults.push(format!("{tag}: the key {key} {text}"));
        for rule in rules.iter().filter(|rule| rule.applies_to(text)) {
            fault(format!(
                "says “{}”. Write “{}”. {}",
                rule.words, rule.instead, rule.reason
            ));
        }
        for sentence in sentences(text) {
            let length = words(sentence).count();
            if length > MAX_SENTENCE_WORDS {
                fault(format!(
                    "has a sentence of {length} words; {MAX_SENTENCE_WORDS} are the most"
                ));
            }
        }
        let Some(formula) = formula else { continue };
        let measure = Measure::of(text, formula);
        if !is_label(text) {
            whole.add(measure);
        }
        let is_hard = |level: &f64| measure.words >= MIN_WORDS && formula.is_too_hard(*level);
        if let Some(level) = measure.level(formula).filter(is_hard) {
            fault(too_hard(formula, level));
        }
    }
    if let Some(formula) = formula
        && let Some(level) = whole.level(formula)
        && formula.is_too_hard(level)
    {
        faults.push(format!("{tag}: the whole {}", too_hard(formula, level)));
    }
    faults
}

/// The level of all texts of a language together, for people; `None` if no formula fits the language.
pub(crate) fn level(tag: &str, texts: &Map<String, Value>) -> Option<String> {
    let formula = Formula::of(tag)?;
    let mut whole = Measure::default();
    for (_, text) in forms(texts).filter(|(_, text)| !is_label(text)) {
        whole.add(Measure::of(text, formula));
    }
    let level = formula.format(whole.level(formula)?);
    Some(format!("{tag}: {level}, {} words", whole.words))
}

/// A few words without a final mark: a label, which would make the whole look easier than its sentences are.
fn is_label(text: &str) -> bool {
    words(text).count() < MIN_SENTENCE_WORDS && !text.ends_with(['.', '?'])
}

fn too_hard(formula: Formula, level: f64) -> String {
    format!(
        "is hard to read: {}, and {}",
        formula.format(level),
        formula.limit()
    )
}

/// Every text with its key: of a plural, each form.
fn forms(texts: &Map<String, Value>) -> impl Iterator<Item = (&str, &str)> {
    texts.iter().flat_map(|(key, value)| {
        let forms: Vec<&str> = match value {
            Value::Object(forms) => forms.values().filter_map(Value::as_str).collect(),
            text => text.as_str().into_iter().collect(),
        };
        forms.into_iter().map(move |form| (key.as_str(), form))
    })
}

/// Words that may not be used.
struct Rule {
    words: &'static str,
    instead: &'static str,
    reason: &'static str,
}

impl Rule {
    fn applies_to(&self, text: &str) -> bool {
        let (found, wanted) = (comparable(text), comparable(self.words));
        found.windows(wanted.len()).any(|some| {
            some.iter()
                .zip(&wanted)
                .all(|(word, rule)| fits(word, rule))
        })
    }
}

fn fits(word: &str, rule: &str) -> bool {
    match rule.strip_prefix('*') {
        Some(ending) => word.ends_with(ending),
        None => word == rule,
    }
}

/// The words of a text in lower case with a plain apostrophe, without punctuation around them. The mark of an ending and
/// the braces of a placeholder are kept.
fn comparable(text: &str) -> Vec<String> {
    let is_outside = |mark: char| !mark.is_alphanumeric() && !matches!(mark, '*' | '{' | '}');
    text.split(|mark: char| mark.is_whitespace() || matches!(mark, '–' | '—'))
        .map(|word| {
            word.trim_matches(is_outside)
                .to_lowercase()
                .replace('’', "'")
        })
        .filter(|word| !word.is_empty())
        .collect()
}

/// The rules for a language. English is written as in the United States, unless the tag names a region.
fn rules(tag: &str) -> Vec<Rule> {
    let region = if tag == "en" { "en-US" } else { tag };
    let primary = tag.split('-').next().unwrap_or_default();
    rows()
        .filter(|[language, ..]| [primary, region].contains(language))
        .map(|[_, words, instead, reason]| Rule {
            words,
            instead,
            reason,
        })
        .collect()
}

/// The rows of the list: language, words, what to write, why. A row that is none of these is kept as it is, with what is
/// missing empty.
fn rows() -> impl Iterator<Item = [&'static str; 4]> {
    let is_row = |line: &&str| !line.is_empty() && !line.starts_with('#');
    UNIDIOMATIC.lines().filter(is_row).map(|line| {
        let mut cells = line.split('\t');
        std::array::from_fn(|_| cells.next().unwrap_or_default())
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn faults_of(tag: &str, text: &str) -> Vec<String> {
        let texts = json!({ "a.b": text });
        faults(tag, texts.as_object().unwrap())
    }

    #[test]
    fn every_row_says_what_to_write_and_why() {
        assert!(rows().count() > 100);
        for row in rows() {
            assert!(row.iter().all(|cell| !cell.is_empty()), "{row:?}");
            assert!(
                ["en", "en-US", "en-GB", "es"].contains(&row[0]),
                "{row:?}: no such language"
            );
        }
    }

    #[test]
    fn what_to_write_instead_keeps_every_rule() {
        for [language, _, instead, _] in rows() {
            let tag = if language == "en-US" { "en" } else { language };
            let broken: Vec<&str> = rules(tag)
                .into_iter()
                .filter(|rule| rule.applies_to(instead))
                .map(|rule| rule.words)
                .collect();
            assert!(broken.is_empty(), "“{instead}”: {broken:?}");
        }
    }

    #[test]
    fn words_of_the_list_are_found_in_any_case_and_with_any_apostrophe() {
        for (tag, text) in [
            ("en", "The map can’t be shown."),
            ("en", "The map can't be shown."),
            ("en", "Nobody: go on."),
            ("en", "THE CITY HAS it"),
            ("en", "Within 3 working days"),
            ("en-GB", "Within 3 business days"),
            ("es", "Abre hoy a las {time}"),
        ] {
            assert_eq!(faults_of(tag, text).len(), 1, "{text}");
        }
    }

    #[test]
    fn parts_of_words_and_other_languages_are_left_alone() {
        for (tag, text) in [
            ("en", "The category has changed."),
            ("en-GB", "Within 3 working days"),
            ("es", "La solicitud"),
            ("de", "Die Antwort kommt per E-Mail"),
        ] {
            assert!(faults_of(tag, text).is_empty(), "{text}");
        }
    }

    #[test]
    fn a_sentence_has_at_most_twenty_words() {
        let twenty = "we go to it and ".repeat(4);
        assert!(faults_of("en", &format!("{}.", twenty.trim())).is_empty());
        assert_eq!(faults_of("en", &format!("{twenty}end.")).len(), 1);
    }

    #[test]
    fn a_hard_text_is_a_fault_and_a_hard_label_is_none() {
        let text = "Applicants must subsequently resubmit additional documentation to the municipal administration.";
        let found = faults_of("en", text);
        assert!(
            found.iter().any(|fault| fault.contains("a.b is hard")),
            "{found:?}"
        );
        assert!(
            found
                .iter()
                .any(|fault| fault.contains("the whole is hard"))
        );
        assert!(
            !faults_of("en", "Administration")
                .iter()
                .any(|fault| fault.contains("a.b"))
        );
    }

    #[test]
    fn every_form_of_a_plural_is_read() {
        let texts = json!({ "a.b": { "one": "{count} day late", "other": "You can’t wait" } });
        assert_eq!(faults("en", texts.as_object().unwrap()).len(), 1);
    }
}
