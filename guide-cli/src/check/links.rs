//! Checks links and telephone numbers: URLs that browsers must not open, unencrypted ones, and PDFs.

use crate::finding::Findings;
use crate::located::{self, Located};

pub(crate) fn check(top: &Located, findings: &mut Findings) {
    for key in ["link", "url", "download", "map"] {
        for located in located::find_all(top, key) {
            if let Some(url) = located.text() {
                check_url(&located.path, url, findings);
            }
        }
    }
    for located in located::find_all(top, "phone") {
        if let Some(number) = located.text()
            && !number.contains(|letter: char| letter.is_ascii_digit())
        {
            let remedy = "Write the number as people dial it.";
            findings.error(
                &located.path,
                format!("“{number}” is no telephone number"),
                remedy,
            );
        }
    }
}

fn check_url(path: &str, url: &str, findings: &mut Findings) {
    if url.trim().is_empty() {
        findings.error(path, "there is no address", "Write one, or remove this.");
        return;
    }
    if guide::safe_address(url).is_none() {
        let problem = format!("browsers must not open “{url}”");
        let remedy = "Use https:, http:, mailto:, tel: or a path of the same site.";
        findings.error(path, problem, remedy);
        return;
    }
    let lower = url.trim().to_ascii_lowercase();
    if lower.starts_with("http:") {
        let remedy = "Write https: and try it; most sites have it.";
        findings.warning(path, format!("“{url}” is not encrypted"), remedy);
    }
    let plain = lower.split(['?', '#']).next().unwrap_or_default();
    if plain.ends_with(".pdf") {
        let problem = "this is a PDF: hard to read on a phone and for screen readers";
        let remedy = "Write what it says into the guide, or make a form (a service) of it.";
        findings.warning(path, problem, remedy);
    }
}
