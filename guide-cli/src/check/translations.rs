//! Checks translations: missing ones, invalid language tags, and machine translations.

use std::collections::{BTreeMap, BTreeSet};

use super::context::CheckContext;
use crate::collection::Collection;
use crate::finding::{Findings, plural};
use crate::ids::is_language_tag;
use crate::located::{self, Located};
use crate::texts::{self, Kind, LocatedText, language_name};
use guide::readability::words;

/// If more texts are missing in a language, one finding counts them. Up to about 10 single findings are readable.
const MAX_LISTED: usize = 5;

/// A text for all languages with at least this many words is a sentence, which should be translated. Names have fewer.
const MIN_SENTENCE_WORDS: usize = 5;

/// The primary languages of the titles of all guides.
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
        .filter(|tag| is_language_tag(tag))
        .collect()
}

pub(crate) fn check(top: &Located, source: &str, context: &CheckContext, findings: &mut Findings) {
    let texts = texts::all_texts(top);
    check_tags(&texts, context, findings);
    for language in &context.languages {
        check_missing(
            &texts,
            top,
            language,
            language == &guide::primary(source).to_ascii_lowercase(),
            findings,
        );
    }
    if context.languages.len() > 1 {
        check_untranslated(&texts, findings);
    }
    check_machine_made(&texts, findings);
}

/// Reports invalid tags, and languages in which there is no title.
fn check_tags(texts: &[LocatedText], context: &CheckContext, findings: &mut Findings) {
    for translation in texts.iter().flat_map(|text| &text.translations) {
        let primary = guide::primary(&translation.tag).to_ascii_lowercase();
        if translation.tag.is_empty() {
            continue;
        }
        if !is_language_tag(&translation.tag) {
            let problem = format!("“{}” is no language tag", translation.tag);
            findings.error(&translation.path, problem, "Write it as en, es or pt-BR.");
        } else if !context.languages.is_empty() && !context.languages.contains(&primary) {
            let known: Vec<&str> = context.languages.iter().map(String::as_str).collect();
            let problem = format!("no title is in {}", language_name(&translation.tag));
            let remedy = format!(
                "The titles have {}; write one of these, or translate the title.",
                known.join(", ")
            );
            findings.warning(&translation.path, problem, remedy);
        }
    }
}

fn check_missing(
    texts: &[LocatedText],
    top: &Located,
    language: &str,
    is_source: bool,
    findings: &mut Findings,
) {
    let is_translated = |text: &LocatedText| {
        let translation = text.in_language(language);
        translation.is_some_and(|translation| !translation.text.trim().is_empty())
    };
    // A text that is blank in every language is reported elsewhere.
    let mut paths: Vec<String> = texts
        .iter()
        .filter(|text| {
            let mut translations = text.translations.iter();
            translations.any(|translation| !translation.text.trim().is_empty())
        })
        .filter(|text| !is_translated(text))
        .map(|text| text.path.clone())
        .collect();
    paths.extend(missing_keywords(top, language));
    let name = language_name(language);
    if is_source {
        for path in paths {
            let problem = format!("the text is not there in {name}, the guide’s own language");
            findings.error(path, problem, "Write it, or correct “language”.");
        }
    } else if paths.len() > MAX_LISTED {
        let first: Vec<&str> = paths.iter().take(MAX_LISTED).map(String::as_str).collect();
        let problem = format!(
            "{} are not there in {name}: {} and more",
            plural(paths.len(), "text"),
            first.join(", ")
        );
        findings.warning(
            "",
            problem,
            "Have them translated by a person who speaks it.",
        );
    } else {
        for path in paths {
            let problem = format!("the text is not there in {name}");
            findings.warning(
                path,
                problem,
                "Have it translated by a person who speaks it.",
            );
        }
    }
}

/// Paths of keywords that are not given in a language.
fn missing_keywords(top: &Located, language: &str) -> Vec<String> {
    let lists = located::find_all(top, "keywords").into_iter();
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

/// Reports sentences that are the same for all languages.
fn check_untranslated(texts: &[LocatedText], findings: &mut Findings) {
    for text in texts.iter().filter(|text| text.kind == Kind::Prose) {
        let mut translations = text.translations.iter();
        let plain = translations.find(|translation| translation.tag.is_empty());
        if let Some(plain) = plain
            && words(&plain.text).count() >= MIN_SENTENCE_WORDS
        {
            let problem = "this sentence is the same in every language";
            let remedy = "Write it by language: {\"en\": \"…\", \"es\": \"…\"}.";
            findings.warning(&plain.path, problem, remedy);
        }
    }
}

/// Counts machine translations, and reports each one of a fee or a refusal.
fn check_machine_made(texts: &[LocatedText], findings: &mut Findings) {
    let mut made: BTreeMap<&str, usize> = BTreeMap::new();
    for translation in texts.iter().flat_map(|text| &text.translations) {
        if !guide::is_machine_made(&translation.tag) {
            continue;
        }
        *made.entry(&translation.tag).or_default() += 1;
        let matters = [".fees[", "refusal."]
            .iter()
            .any(|part| translation.path.contains(part));
        if matters {
            let what = if translation.path.contains(".fees[") {
                "a fee"
            } else {
                "a refusal"
            };
            let problem =
                format!("a machine translated {what}, where a mistake costs money or a right");
            let remedy =
                "Have a person who speaks the language check it, and take “-t-…” off the tag.";
            findings.warning(&translation.path, problem, remedy);
        }
    }
    for (tag, count) in made {
        let all = texts.len();
        let problem = format!(
            "{count} of {all} texts in {} are a machine’s translation ({tag})",
            language_name(tag)
        );
        let remedy = "Have a person who speaks the language check them.";
        findings.warning("", problem, remedy);
    }
}
