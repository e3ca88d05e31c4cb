//! Addresses: which may not be opened, which are not safe, which lead to a PDF.

use crate::finding::Notes;
use crate::place::{self, Place};

pub(crate) fn check(top: &Place, notes: &mut Notes) {
    for key in ["link", "url", "download", "map"] {
        for place in place::everywhere(top, key) {
            if let Some(address) = place.text() {
                one(&place.path, address, notes);
            }
        }
    }
    for place in place::everywhere(top, "phone") {
        if let Some(number) = place.text()
            && !number.contains(|letter: char| letter.is_ascii_digit())
        {
            let remedy = "Write the number as people dial it.";
            notes.error(
                &place.path,
                format!("“{number}” is no telephone number"),
                remedy,
            );
        }
    }
}

fn one(path: &str, address: &str, notes: &mut Notes) {
    if address.trim().is_empty() {
        notes.error(path, "there is no address", "Write one, or remove this.");
        return;
    }
    if guide::safe_address(address).is_none() {
        let wrong = format!("browsers must not open “{address}”");
        let remedy = "Use https:, http:, mailto:, tel: or a path of the same site.";
        notes.error(path, wrong, remedy);
        return;
    }
    let lower = address.trim().to_ascii_lowercase();
    if lower.starts_with("http:") {
        let remedy = "Write https: and try it; most sites have it.";
        notes.warning(path, format!("“{address}” is not encrypted"), remedy);
    }
    let plain = lower.split(['?', '#']).next().unwrap_or_default();
    if plain.ends_with(".pdf") {
        let wrong = "this is a PDF: hard to read on a phone and for screen readers";
        let remedy = "Write what it says into the guide, or make a form (a service) of it.";
        notes.warning(path, wrong, remedy);
    }
}
