//! What the reader left out: keys that nothing reads, values that do not fit, keys that stand twice.

use std::collections::BTreeSet;

use json::Diagnostics;

use super::keys;
use crate::finding::Notes;
use crate::near;
use crate::place::{self, Place};

pub(crate) fn check(top: &Place, diagnostics: &Diagnostics, notes: &mut Notes) {
    for invalid in &diagnostics.invalid_values {
        let missing = invalid.expected.strip_prefix("the key “");
        if let Some(key) = missing.and_then(|key| key.strip_suffix('”')) {
            let remedy = format!("Write “{key}” here.");
            notes.error(&invalid.path, format!("“{key}” is missing"), remedy);
        } else if let Some(why) = invalid.expected.strip_prefix("left out: ") {
            let remedy = "Move it or remove it.";
            notes.error(&invalid.path, format!("this is left out: {why}"), remedy);
        } else {
            let remedy = format!("Write {}.", invalid.expected);
            notes.error(&invalid.path, "this does not fit and is left out", remedy);
        }
    }
    for path in &diagnostics.unknown_keys {
        unknown(path, notes);
    }
    twice(top, notes);
    for action in place::everywhere(top, "action") {
        one_kind(&action, &ACTIONS, notes);
    }
    for action in place::everywhere(top, "try").iter().flat_map(Place::items) {
        one_kind(&action, &ACTIONS, notes);
    }
    for text in ["text", "appeal"] {
        for text in place::everywhere(top, text) {
            links(&text, notes);
        }
    }
}

/// What an action may do, and where words may lead: one of each.
const ACTIONS: [&str; 6] = ["service", "url", "phone", "guide", "download", "calendar"];
const TARGETS: [&str; 4] = ["link", "guide", "service", "phone"];

fn links(place: &Place, notes: &mut Notes) {
    one_kind(place, &TARGETS, notes);
    for (_, field) in place.fields() {
        links(&field, notes);
    }
    for item in place.items() {
        links(&item, notes);
    }
}

fn one_kind(place: &Place, kinds: &[&str], notes: &mut Notes) {
    let found: Vec<&str> = kinds
        .iter()
        .copied()
        .filter(|kind| place.get(kind).is_some())
        .collect();
    if found.len() > 1 {
        let wrong = format!("this leads to several things: {}", found.join(", "));
        notes.error(&place.path, wrong, "Keep one; only the first counts.");
    }
}

fn unknown(path: &str, notes: &mut Notes) {
    let key = path.rsplit('.').next().unwrap_or(path);
    let wrong = format!("nothing reads the key “{key}”");
    match near::nearest(key, keys::beside(path)) {
        Some(near) => notes.error(path, wrong, format!("Did you mean “{near}”?")),
        None => notes.warning(path, wrong, "Remove it, or check the spelling."),
    }
}

/// Of keys that stand twice only the last counts, and whoever wrote the first does not see why.
fn twice(place: &Place, notes: &mut Notes) {
    let mut seen = BTreeSet::new();
    for (key, field) in place.fields() {
        if !seen.insert(key) {
            let wrong = format!("“{key}” stands twice here, and only the last one counts");
            notes.error(&field.path, wrong, "Remove one, or put both together.");
        }
        twice(&field, notes);
    }
    for item in place.items() {
        twice(&item, notes);
    }
}
