//! The index: whether it lists what is there, and says the same.

use std::collections::BTreeSet;

use json::Value;

use super::{City, dates, links, names, shape, translations};
use crate::collection::IndexFile;
use crate::finding::Notes;
use crate::place::Place;

/// What the index repeats of a guide.
const REPEATED: [&str; 4] = ["title", "summary", "topic", "keywords"];

pub(crate) fn check(file: &IndexFile, city: &City, notes: &mut Notes) {
    let top = Place::top(&file.value);
    shape::check(&top, &file.diagnostics, notes);
    if !top.is_map() {
        return;
    }
    names::unique("guide", &top.list("guides"), notes);
    names::unique("office", &top.list("offices"), notes);
    offices(&top, notes);
    if let Some(holidays) = top.get("holidays") {
        dates::days(&holidays, notes);
    }
    dates::closed(&top, notes);
    links::check(&top, notes);
    // The rest is told of the guides it repeats.
    if let Some(offices) = top.get("offices") {
        translations::check(&offices, "", city, notes);
    }
    if city.collection.is_whole {
        listed(&top, city, notes);
    }
}

fn offices(top: &Place, notes: &mut Notes) {
    for office in top.list("offices") {
        if office.id().is_none() {
            let remedy = "Give it a short one, such as parks.";
            notes.error(
                office.path_of("id"),
                "no guide can name an office without id",
                remedy,
            );
        }
        if office.get("phone").is_none() && office.get("address").is_none() {
            let wrong = "the office can be neither called nor visited";
            notes.warning(&office.path, wrong, "Add “phone” or “address”.");
        }
    }
}

/// Entries against files. An entry elsewhere on the web is not looked at.
fn listed(top: &Place, city: &City, notes: &mut Notes) {
    let collection = city.collection;
    let remedy = format!(
        "Write the index anew: guide index {}",
        collection.folder.display()
    );
    let mut listed = BTreeSet::new();
    for entry in top.list("guides") {
        let url = entry.string("url").unwrap_or_default();
        let Some(stem) = url.trim_start_matches("./").strip_suffix(".json") else {
            continue;
        };
        if stem.contains(['/', ':', '?']) {
            continue;
        }
        listed.insert(stem);
        if !collection.stems.contains(stem) {
            let wrong = format!("{url} is listed, but there is no such file");
            notes.error(entry.path_of("url"), wrong, &remedy);
            continue;
        }
        let own = collection
            .documents
            .iter()
            .find(|document| document.stem == stem);
        let Some(document) = own else { continue };
        if entry.id() != Some(&document.guide.id) {
            let wrong = format!(
                "the id is not that of {url}, which is “{}”",
                document.guide.id
            );
            notes.error(entry.path_of("id"), wrong, &remedy);
        }
        let differ: Vec<&str> = REPEATED
            .into_iter()
            .filter(|key| blank(entry.value.get(key)) != blank(document.value.get(key)))
            .collect();
        if !differ.is_empty() {
            let wrong = format!("not what {url} says: {}", differ.join(", "));
            notes.warning(&entry.path, wrong, &remedy);
        }
    }
    for stem in &collection.stems {
        if !listed.contains(stem.as_str()) {
            let wrong = format!("{stem}.json is not listed, so nobody finds it");
            notes.error("guides", wrong, &remedy);
        }
    }
}

fn blank(value: Option<&Value>) -> Option<&Value> {
    value.filter(|value| !value.is_blank())
}
