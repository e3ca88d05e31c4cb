//! Names inside a guide: the id that is also the file's name, and ids that stand twice.

use std::collections::BTreeMap;

use json::Value;

use crate::collection::Document;
use crate::finding::Notes;
use crate::names::is_id;
use crate::place::{self, Place};

pub(crate) fn check(document: &Document, top: &Place, notes: &mut Notes) {
    if let Some(id) = top.id() {
        if !is_id(id) {
            let remedy = "Use small letters a-z, digits and hyphens, such as park-shelter.";
            notes.error("id", format!("“{id}” is no id for an address"), remedy);
        }
        if id != document.stem {
            let wrong = format!(
                "the id is “{id}”, but the file is called {}.json",
                document.stem
            );
            let remedy = format!("Rename the file to {id}.json, or change the id.");
            notes.error("id", wrong, remedy);
        }
    }
    let steps = place::steps(top);
    for step in &steps {
        if step.id().is_none() {
            let remedy =
                "Give it a short one, such as send: the page’s address and scenarios use it.";
            notes.error(step.path_of("id"), "the step has no id", remedy);
        }
    }
    unique("step", &steps, notes);
    unique("question", &top.list("questions"), notes);
    unique("outcome", &top.list("outcomes"), notes);
    for question in top.list("questions") {
        unique("option", &question.list("options"), notes);
    }
    for key in ["evidence", "fees"] {
        shared(key, &steps, notes);
    }
}

/// Names that have to be different.
pub(crate) fn unique(what: &str, places: &[Place], notes: &mut Notes) {
    let mut seen: BTreeMap<&str, &str> = BTreeMap::new();
    for place in places {
        let Some(id) = place.id() else { continue };
        if let Some(first) = seen.get(id) {
            let wrong = format!("the {what} “{id}” is already at {first}");
            notes.error(place.path_of("id"), wrong, "Give one of them another id.");
        } else {
            seen.insert(id, &place.path);
        }
    }
}

/// The same evidence or fee in two steps is the same thing, told once: it has to say the same.
fn shared(key: &str, steps: &[Place], notes: &mut Notes) {
    let what = if key == "fees" { "fee" } else { "evidence" };
    let mut seen: BTreeMap<&str, Place> = BTreeMap::new();
    for step in steps {
        let own = step.list(key);
        unique(what, &own, notes);
        for one in own {
            let Some(id) = one.id() else { continue };
            match seen.get(id) {
                Some(first)
                    if !same(first.value, one.value)
                        && !one.path.starts_with(&step_path(first)) =>
                {
                    let wrong = format!(
                        "the {what} “{id}” says something else than at {}, and is told only once",
                        first.path
                    );
                    let remedy = "Write the same in both, or give one another id.";
                    notes.warning(&one.path, wrong, remedy);
                }
                Some(_) => {}
                None => {
                    seen.insert(id, one);
                }
            }
        }
    }
}

fn step_path(one: &Place) -> String {
    let end = one.path.rfind('[').unwrap_or_default();
    format!("{}[", one.path.get(..end).unwrap_or_default())
}

fn same(one: &Value, other: &Value) -> bool {
    ["title", "amount", "to"]
        .iter()
        .all(|key| one.get(key) == other.get(key))
}
