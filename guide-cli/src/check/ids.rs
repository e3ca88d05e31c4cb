//! Checks ids: the guide's, which is also its file name, and duplicates.

use std::collections::BTreeMap;

use json::Value;

use crate::collection::Document;
use crate::finding::Findings;
use crate::ids::is_id;
use crate::located::{self, Located};

pub(crate) fn check(document: &Document, top: &Located, findings: &mut Findings) {
    if let Some(id) = top.id() {
        if !is_id(id) {
            let remedy = "Use small letters a-z, digits and hyphens, such as park-shelter.";
            findings.error("id", format!("“{id}” is no id for an address"), remedy);
        }
        if id != document.stem {
            let problem = format!(
                "the id is “{id}”, but the file is called {}.json",
                document.stem
            );
            let remedy = format!("Rename the file to {id}.json, or change the id.");
            findings.error("id", problem, remedy);
        }
    }
    let steps = located::steps(top);
    for step in &steps {
        if step.id().is_none() {
            let remedy =
                "Give it a short one, such as send: the page’s address and scenarios use it.";
            findings.error(step.path_of("id"), "the step has no id", remedy);
        }
    }
    check_unique("step", &steps, findings);
    check_unique("question", &top.list("questions"), findings);
    check_unique("outcome", &top.list("outcomes"), findings);
    for question in top.list("questions") {
        check_unique("option", &question.list("options"), findings);
    }
    for key in ["evidence", "fees"] {
        check_shared(key, &steps, findings);
    }
}

/// Checks that ids are different.
pub(crate) fn check_unique(what: &str, all: &[Located], findings: &mut Findings) {
    let mut seen: BTreeMap<&str, &str> = BTreeMap::new();
    for one in all {
        let Some(id) = one.id() else { continue };
        if let Some(first) = seen.get(id) {
            let problem = format!("the {what} “{id}” is already at {first}");
            findings.error(one.path_of("id"), problem, "Give one of them another id.");
        } else {
            seen.insert(id, &one.path);
        }
    }
}

/// The same id in two steps means the same evidence or fee, which is shown once, so both must be equal.
fn check_shared(key: &str, steps: &[Located], findings: &mut Findings) {
    let what = if key == "fees" { "fee" } else { "evidence" };
    let mut seen: BTreeMap<&str, Located> = BTreeMap::new();
    for step in steps {
        let own = step.list(key);
        check_unique(what, &own, findings);
        for one in own {
            let Some(id) = one.id() else { continue };
            match seen.get(id) {
                Some(first)
                    if !is_same(first.value, one.value)
                        && !one.path.starts_with(&list_path(first)) =>
                {
                    let problem = format!(
                        "the {what} “{id}” says something else than at {}, and is told only once",
                        first.path
                    );
                    let remedy = "Write the same in both, or give one another id.";
                    findings.warning(&one.path, problem, remedy);
                }
                Some(_) => {}
                None => {
                    seen.insert(id, one);
                }
            }
        }
    }
}

/// The path of the list that has this item, with its opening bracket.
fn list_path(one: &Located) -> String {
    let end = one.path.rfind('[').unwrap_or_default();
    format!("{}[", one.path.get(..end).unwrap_or_default())
}

fn is_same(one: &Value, other: &Value) -> bool {
    ["title", "amount", "to"]
        .iter()
        .all(|key| one.get(key) == other.get(key))
}
