//! Says what does not fit, what is missing and what is hard to read: every check in its module,
//! run over what was named. Here is only the order and how it is printed.

mod dates;
mod index;
mod jargon;
mod keys;
mod language;
mod links;
mod missing;
mod names;
mod order;
mod prefill;
mod reach;
mod references;
mod scenarios;
mod shape;
mod translations;

use std::collections::BTreeSet;
use std::io::Write as _;
use std::path::PathBuf;
use std::process::ExitCode;

use jiff::civil::Date;
use serde_json::{Value, json};

use super::collection::{Collection, Document};
use super::finding::{self, Finding, Notes, Severity};
use super::options::Check;
use super::place::Place;
use super::services::Services;
use super::{USAGE, date};
use jargon::Jargon;

/// What a check may know beside the document.
pub(crate) struct City<'a> {
    pub(crate) collection: &'a Collection,
    pub(crate) services: Option<&'a Services>,
    pub(crate) jargon: &'a Jargon,
    pub(crate) today: Date,
    /// Primary languages of the titles of all guides.
    pub(crate) languages: BTreeSet<String>,
}

/// Checks, prints, and tells by the exit code.
pub(crate) fn run(options: &Check) -> ExitCode {
    let findings = match findings(options) {
        Ok(findings) => findings,
        Err(problem) => {
            eprintln!("guide: {problem}");
            return ExitCode::from(USAGE);
        }
    };
    let told = if options.json {
        to_json(&findings).to_string()
    } else {
        let mut lines: Vec<String> = findings.iter().map(ToString::to_string).collect();
        lines.push(finding::sum(&findings));
        lines.join("\n")
    };
    let _ = writeln!(std::io::stdout(), "{told}");
    match finding::count(&findings, Severity::Error) {
        0 => ExitCode::SUCCESS,
        _ => ExitCode::FAILURE,
    }
}

fn to_json(findings: &[Finding]) -> Value {
    let all: Vec<Value> = findings.iter().map(Finding::to_json).collect();
    json!({
        "errors": finding::count(findings, Severity::Error),
        "warnings": finding::count(findings, Severity::Warning),
        "findings": all,
    })
}

fn findings(options: &Check) -> Result<Vec<Finding>, String> {
    let services = options.services.as_deref().map(Services::read);
    let services = services.transpose()?;
    let jargon = Jargon::with(options.jargon.as_deref())?;
    let here = [PathBuf::from(".")];
    let paths = match options.paths.as_slice() {
        [] => here.as_slice(),
        paths => paths,
    };
    let mut findings = Vec::new();
    for collection in Collection::open_all(paths) {
        let found = check(&collection, services.as_ref(), &jargon, options.today);
        findings.extend(found);
    }
    Ok(findings)
}

/// Everything that is to say of a folder today, with nothing known of services.
pub(crate) fn quick(collection: &Collection) -> Vec<Finding> {
    match Jargon::with(None) {
        Ok(jargon) => check(collection, None, &jargon, date::today()),
        Err(_) => Vec::new(),
    }
}

fn check(
    collection: &Collection,
    services: Option<&Services>,
    jargon: &Jargon,
    today: Date,
) -> Vec<Finding> {
    let city = City {
        collection,
        services,
        jargon,
        today,
        languages: translations::languages(collection),
    };
    let mut findings = collection.faults.clone();
    if collection.is_whole && collection.stems.is_empty() {
        let mut notes = Notes::on(collection.folder.display().to_string());
        let remedy = "Begin one with: guide new park-shelter";
        notes.warning("", "there is no guide in this folder", remedy);
        findings.extend(notes.into_findings());
    }
    if collection.with_index
        && let Some(file) = &collection.index
    {
        let mut notes = Notes::on(&file.file);
        index::check(file, &city, &mut notes);
        findings.extend(notes.into_findings());
    }
    for document in &collection.documents {
        findings.extend(document_findings(document, &city));
    }
    findings
}

fn document_findings(document: &Document, city: &City) -> Vec<Finding> {
    let mut notes = Notes::on(&document.file);
    let top = Place::top(&document.value);
    shape::check(&top, &document.diagnostics, &mut notes);
    // What is no object has nothing else to check.
    if top.is_map() {
        names::check(document, &top, &mut notes);
        references::check(document, &top, city, &mut notes);
        order::check(&top, &mut notes);
        reach::check(document, &top, &mut notes);
        scenarios::check(document, &top, &mut notes);
        missing::check(document, city, &top, &mut notes);
        dates::check(&top, city.today, &mut notes);
        links::check(&top, &mut notes);
        translations::check(&top, document.guide.source(), city, &mut notes);
        language::check(document, &top, &mut notes);
        city.jargon.check(document, &top, &mut notes);
    }
    notes.into_findings()
}
