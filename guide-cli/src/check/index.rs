//! Checks the index: whether it lists the guides of the folder and agrees with them.

use std::collections::BTreeSet;

use json::Value;

use super::context::CheckContext;
use super::{dates, ids, links, structure, translations};
use crate::collection::IndexFile;
use crate::finding::Findings;
use crate::located::Located;

/// The keys of a guide that its entry repeats.
const REPEATED: [&str; 4] = ["title", "summary", "topic", "keywords"];

pub(crate) fn check(file: &IndexFile, context: &CheckContext, findings: &mut Findings) {
    let top = Located::top(&file.value);
    structure::check(&top, &file.diagnostics, findings);
    if !top.is_map() {
        return;
    }
    ids::check_unique("guide", &top.list("guides"), findings);
    ids::check_unique("office", &top.list("offices"), findings);
    check_offices(&top, findings);
    if let Some(holidays) = top.get("holidays") {
        dates::check_dates(&holidays, findings);
    }
    dates::check_closed(&top, findings);
    links::check(&top, findings);
    // Entries repeat texts of the guides, where translations are checked.
    if let Some(offices) = top.get("offices") {
        translations::check(&offices, "", context, findings);
    }
    if context.collection.is_whole_folder {
        check_entries(&top, context, findings);
    }
}

fn check_offices(top: &Located, findings: &mut Findings) {
    for office in top.list("offices") {
        if office.id().is_none() {
            let remedy = "Give it a short one, such as parks.";
            findings.error(
                office.path_of("id"),
                "no guide can name an office without id",
                remedy,
            );
        }
        if office.get("phone").is_none() && office.get("address").is_none() {
            let problem = "the office can be neither called nor visited";
            findings.warning(&office.path, problem, "Add “phone” or “address”.");
        }
    }
}

/// Compares the entries with the guides. Entries for guides on other sites are not checked.
fn check_entries(top: &Located, context: &CheckContext, findings: &mut Findings) {
    let collection = context.collection;
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
            let problem = format!("{url} is listed, but there is no such file");
            findings.error(entry.path_of("url"), problem, &remedy);
            continue;
        }
        let own = collection
            .documents
            .iter()
            .find(|document| document.stem == stem);
        let Some(document) = own else { continue };
        if entry.id() != Some(&document.guide.id) {
            let problem = format!(
                "the id is not that of {url}, which is “{}”",
                document.guide.id
            );
            findings.error(entry.path_of("id"), problem, &remedy);
        }
        let differ: Vec<&str> = REPEATED
            .into_iter()
            .filter(|key| {
                unless_blank(entry.value.get(key)) != unless_blank(document.value.get(key))
            })
            .collect();
        if !differ.is_empty() {
            let problem = format!("not what {url} says: {}", differ.join(", "));
            findings.warning(&entry.path, problem, &remedy);
        }
    }
    for stem in &collection.stems {
        if !listed.contains(stem.as_str()) {
            let problem = format!("{stem}.json is not listed, so nobody finds it");
            findings.error("guides", problem, &remedy);
        }
    }
}

fn unless_blank(value: Option<&Value>) -> Option<&Value> {
    value.filter(|value| !value.is_blank())
}
