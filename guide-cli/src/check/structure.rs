//! Checks the structure: what the reader reported (unknown keys, values that do not fit), repeated keys, and actions and
//! links with several targets.

use std::collections::BTreeSet;

use json::Diagnostics;

use super::known_keys;
use crate::finding::Findings;
use crate::located::{self, Located};
use crate::suggest;

pub(crate) fn check(top: &Located, diagnostics: &Diagnostics, findings: &mut Findings) {
    for invalid in &diagnostics.invalid_values {
        let missing = invalid.expected.strip_prefix("the key “");
        if let Some(key) = missing.and_then(|key| key.strip_suffix('”')) {
            let remedy = format!("Write “{key}” here.");
            findings.error(&invalid.path, format!("“{key}” is missing"), remedy);
        } else if let Some(reason) = invalid.expected.strip_prefix("left out: ") {
            let remedy = "Move it or remove it.";
            findings.error(&invalid.path, format!("this is left out: {reason}"), remedy);
        } else {
            let remedy = format!("Write {}.", invalid.expected);
            findings.error(&invalid.path, "this does not fit and is left out", remedy);
        }
    }
    for path in &diagnostics.unknown_keys {
        check_unknown(path, findings);
    }
    check_repeated(top, findings);
    for action in located::find_all(top, "action") {
        check_single(&action, &ACTIONS, findings);
    }
    for action in located::find_all(top, "try")
        .iter()
        .flat_map(Located::items)
    {
        check_single(&action, &ACTIONS, findings);
    }
    for text in ["text", "appeal"] {
        for text in located::find_all(top, text) {
            check_links(&text, findings);
        }
    }
}

/// The kinds of actions, of which an action has one.
const ACTIONS: [&str; 6] = ["service", "url", "phone", "guide", "download", "calendar"];
/// The targets of links, of which a link has one.
const TARGETS: [&str; 4] = ["link", "guide", "service", "phone"];

fn check_links(located: &Located, findings: &mut Findings) {
    check_single(located, &TARGETS, findings);
    for (_, field) in located.fields() {
        check_links(&field, findings);
    }
    for item in located.items() {
        check_links(&item, findings);
    }
}

fn check_single(located: &Located, kinds: &[&str], findings: &mut Findings) {
    let found: Vec<&str> = kinds
        .iter()
        .copied()
        .filter(|kind| located.get(kind).is_some())
        .collect();
    if found.len() > 1 {
        let problem = format!("this leads to several things: {}", found.join(", "));
        findings.error(&located.path, problem, "Keep one; only the first counts.");
    }
}

fn check_unknown(path: &str, findings: &mut Findings) {
    let key = path.rsplit('.').next().unwrap_or(path);
    let problem = format!("nothing reads the key “{key}”");
    match suggest::nearest(key, known_keys::siblings_of(path)) {
        Some(near) => findings.error(path, problem, format!("Did you mean “{near}”?")),
        None => findings.warning(path, problem, "Remove it, or check the spelling."),
    }
}

/// Of a repeated key only the last value counts, which its author may not notice.
fn check_repeated(located: &Located, findings: &mut Findings) {
    let mut seen = BTreeSet::new();
    for (key, field) in located.fields() {
        if !seen.insert(key) {
            let problem = format!("“{key}” stands twice here, and only the last one counts");
            findings.error(&field.path, problem, "Remove one, or put both together.");
        }
        check_repeated(&field, findings);
    }
    for item in located.items() {
        check_repeated(&item, findings);
    }
}
