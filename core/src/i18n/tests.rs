//! The locale files are complete and consistent, and phrases are looked up with fallbacks.

use super::*;
use json::Value;
use std::{collections::BTreeMap, fs, path::Path};

type File = BTreeMap<String, serde_json::Value>;

fn locales() -> Vec<(String, File)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../locales");
    let files = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path());
    files
        .map(|path| {
            let language = path.file_stem().unwrap().to_string_lossy().into_owned();
            (
                language,
                serde_json::from_str(&fs::read_to_string(&path).unwrap()).unwrap(),
            )
        })
        .collect()
}

/// The languages whose files are whole: a region's file has only what it changes.
fn whole_locales() -> Vec<(String, File)> {
    let mut whole = locales();
    whole.retain(|(language, _)| !language.contains('-'));
    whole
}

fn sources(folder: &Path, all: &mut String) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, all);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            all.push_str(&fs::read_to_string(&path).unwrap());
        }
    }
}

fn placeholders(phrase: &str) -> Vec<&str> {
    let mut placeholders: Vec<&str> = phrase
        .split('{')
        .skip(1)
        .filter_map(|rest| Some(rest.split_once('}')?.0))
        .collect();
    placeholders.sort_unstable();
    placeholders.dedup();
    placeholders
}

fn forms(phrase: &serde_json::Value) -> Vec<&str> {
    match phrase {
        serde_json::Value::String(one) => vec![one],
        serde_json::Value::Object(forms) => {
            forms.values().filter_map(|form| form.as_str()).collect()
        }
        other => panic!("neither a phrase nor plural forms: {other}"),
    }
}

#[test]
fn every_language_has_exactly_the_keys_of_english() {
    let locales = whole_locales();
    assert!(locales.len() >= 2, "English and Spanish at least");
    let english = &locales
        .iter()
        .find(|(language, _)| language == "en")
        .unwrap()
        .1;
    for (language, phrases) in &locales {
        let missing: Vec<_> = english
            .keys()
            .filter(|key| !phrases.contains_key(*key))
            .collect();
        let unknown: Vec<_> = phrases
            .keys()
            .filter(|key| !english.contains_key(*key))
            .collect();
        assert!(
            missing.is_empty() && unknown.is_empty(),
            "{language}: missing {missing:?}, unknown {unknown:?}"
        );
    }
}

#[test]
fn every_key_is_used() {
    let mut code = String::new();
    for folder in ["src", "../src"] {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
        sources(&folder, &mut code);
    }
    let used = |key: &str| {
        let name = ["k::", &key.replace(['.', '-'], "_").to_uppercase()].concat();
        code.match_indices(&name).any(|(at, _)| {
            let after = code[at + name.len()..].chars().next();
            !after.is_some_and(|c| c.is_ascii_alphanumeric() || c == '_')
        })
    };
    let unused: Vec<String> = whole_locales()
        .remove(0)
        .1
        .into_keys()
        .filter(|key| !used(key))
        .collect();
    assert!(
        unused.is_empty(),
        "keys in the locale files that are never used: {unused:?}"
    );
}

#[test]
fn every_language_has_the_same_placeholders_and_no_empty_phrases() {
    let locales = locales();
    let english = &locales
        .iter()
        .find(|(language, _)| language == "en")
        .unwrap()
        .1;
    for (language, phrases) in &locales {
        for (key, phrase) in phrases {
            let (own, model) = (forms(phrase).join(" "), forms(&english[key]).join(" "));
            assert_eq!(
                placeholders(&own),
                placeholders(&model),
                "{language}: {key}"
            );
            assert!(
                forms(phrase).iter().all(|form| !form.trim().is_empty()),
                "{language}: {key} is empty"
            );
        }
    }
}

#[test]
fn phrases_avoid_words_that_break_the_tone() {
    let unwanted = [
        "!",
        "please",
        "sorry",
        "invalid",
        "por favor",
        "lo sentimos",
        "inválid",
    ];
    for (language, phrases) in locales() {
        for (key, phrase) in &phrases {
            let text = forms(phrase).join(" ").to_lowercase();
            let found: Vec<_> = unwanted
                .iter()
                .filter(|word| text.contains(**word))
                .collect();
            assert!(found.is_empty(), "{language}: {key} says {found:?}");
        }
    }
}

#[test]
fn placeholders_are_replaced_and_unknown_ones_are_kept() {
    assert_eq!(
        fill("Call {phone}, {phone}", &[("phone", "311")]),
        "Call 311, 311"
    );
    assert_eq!(fill("{a} {b} {", &[("a", "{b}")]), "{b} {b} {");
}

#[test]
fn an_untranslated_phrase_falls_back_to_english() {
    let nulls = vec![Value::Null; PHRASES];
    let catalog = Catalog::fetched("vi", Value::List(nulls));
    assert_eq!(
        catalog.get(k::CONTINUE),
        Catalog::english().get(k::CONTINUE)
    );
    assert_eq!(
        Catalog::fetched("vi", Value::Null).get(k::CONTINUE),
        "Continue"
    );
}

#[test]
fn a_region_says_what_it_changes_and_otherwise_what_is_built_in() {
    let mut phrases = vec![Value::Null; PHRASES];
    phrases[usize::from(k::NEARBY_AWAY.0.index)] = Value::Text("{count} metres away".into());
    let catalog = Catalog::fetched("en-GB", Value::List(phrases));
    let count = [("count", "82")];
    assert_eq!(
        catalog.plural(k::NEARBY_AWAY, "other", &count),
        "82 metres away"
    );
    assert_eq!(catalog.language(), "en-GB");
    assert_eq!(
        catalog.get(k::CONTINUE),
        Catalog::english().get(k::CONTINUE)
    );
}

#[test]
fn plural_forms_are_selected_by_category_and_fall_back_to_other() {
    let english = Catalog::english();
    assert_eq!(
        english.plural(k::SEARCH_FOUND, "one", &[("count", "1")]),
        "1 result"
    );
    assert_eq!(
        english.plural(k::SEARCH_FOUND, "few", &[("count", "3")]),
        "3 results"
    );
    let mut phrases = vec![Value::Null; PHRASES];
    phrases[usize::from(k::SEARCH_FOUND.0.index)] =
        json::parse(r#"{"one": "{count} wynik", "other": "{count} wyniki"}"#).unwrap();
    let polish = Catalog::fetched("pl", Value::List(phrases));
    assert_eq!(
        polish.plural(k::SEARCH_FOUND, "many", &[("count", "5")]),
        "5 wyniki"
    );
}
