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

fn places(phrase: &str) -> Vec<&str> {
    let mut places: Vec<&str> = phrase
        .split('{')
        .skip(1)
        .filter_map(|rest| Some(rest.split_once('}')?.0))
        .collect();
    places.sort_unstable();
    places.dedup();
    places
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
fn every_language_has_every_key_and_no_other() {
    let locales = locales();
    assert!(locales.len() >= 2, "English and Spanish at least");
    let english = &locales
        .iter()
        .find(|(language, _)| language == "en")
        .unwrap()
        .1;
    for (language, words) in &locales {
        let missing: Vec<_> = english
            .keys()
            .filter(|key| !words.contains_key(*key))
            .collect();
        let unknown: Vec<_> = words
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
    let unused: Vec<String> = locales()
        .remove(0)
        .1
        .into_keys()
        .filter(|key| !used(key))
        .collect();
    assert!(
        unused.is_empty(),
        "in the locale files, but used nowhere: {unused:?}"
    );
}

#[test]
fn every_language_fills_the_same_places_and_leaves_no_phrase_empty() {
    let locales = locales();
    let english = &locales
        .iter()
        .find(|(language, _)| language == "en")
        .unwrap()
        .1;
    for (language, words) in &locales {
        for (key, phrase) in words {
            let (own, model) = (forms(phrase).join(" "), forms(&english[key]).join(" "));
            assert_eq!(places(&own), places(&model), "{language}: {key}");
            assert!(
                forms(phrase).iter().all(|form| !form.trim().is_empty()),
                "{language}: {key} is empty"
            );
        }
    }
}

#[test]
fn the_tone_is_kept() {
    let unwanted = [
        "!",
        "please",
        "sorry",
        "invalid",
        "por favor",
        "lo sentimos",
        "inválid",
    ];
    for (language, words) in locales() {
        for (key, phrase) in &words {
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
fn places_are_filled_and_unknown_ones_stay() {
    assert_eq!(
        fill("Call {phone}, {phone}", &[("phone", "311")]),
        "Call 311, 311"
    );
    assert_eq!(fill("{a} {b} {", &[("a", "{b}")]), "{b} {b} {");
}

#[test]
fn a_phrase_that_is_not_translated_is_shown_in_english() {
    let nulls = vec![Value::Null; PHRASES];
    let words = Catalog::fetched("vi", Value::List(nulls));
    assert_eq!(words.get(k::CONTINUE), Catalog::english().get(k::CONTINUE));
    assert_eq!(
        Catalog::fetched("vi", Value::Null).get(k::CONTINUE),
        "Continue"
    );
}

#[test]
fn plural_forms_are_chosen_by_category_and_fall_back_to_other() {
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
