//! `guide check`: runs all checks on the named folders and guides. Each check has its own module; this one has their
//! order.

mod completeness;
mod context;
mod dates;
mod ids;
mod index;
mod jargon;
mod known_keys;
mod links;
mod prefill;
mod questions;
mod reachability;
mod readability;
mod references;
mod scenarios;
mod step_order;
mod structure;
mod translations;

use std::path::PathBuf;

use jiff::civil::Date;

use crate::args::CheckArgs;
use crate::collection::{Collection, Document};
use crate::date;
use crate::finding::{Finding, Findings};
use crate::located::Located;
use crate::services::Services;
use context::CheckContext;
use jargon::Jargon;

/// Checks what the arguments name.
///
/// # Errors
/// A message if the services or the jargon list cannot be read.
pub(crate) fn run(args: &CheckArgs) -> Result<Vec<Finding>, String> {
    let services = args.services.as_deref().map(Services::read);
    let services = services.transpose()?;
    let jargon = Jargon::load(args.jargon.as_deref())?;
    let current_folder = [PathBuf::from(".")];
    let paths = match args.paths.as_slice() {
        [] => current_folder.as_slice(),
        paths => paths,
    };
    let mut findings = Vec::new();
    for collection in Collection::open_all(paths) {
        let found = check(&collection, services.as_ref(), &jargon, args.today);
        findings.extend(found);
    }
    Ok(findings)
}

/// Checks a collection as of today, without knowledge of the services.
pub(crate) fn run_without_services(collection: &Collection) -> Vec<Finding> {
    match Jargon::load(None) {
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
    let context = CheckContext {
        collection,
        services,
        jargon,
        today,
        languages: translations::languages(collection),
    };
    let mut all = collection.unreadable.clone();
    if collection.is_whole_folder && collection.stems.is_empty() {
        let mut findings = Findings::new(collection.folder.display().to_string());
        let remedy = "Begin one with: guide new park-shelter";
        findings.warning("", "there is no guide in this folder", remedy);
        all.extend(findings.into_vec());
    }
    if collection.includes_index
        && let Some(file) = &collection.index
    {
        let mut findings = Findings::new(&file.file);
        index::check(file, &context, &mut findings);
        all.extend(findings.into_vec());
    }
    for document in &collection.documents {
        all.extend(check_document(document, &context));
    }
    all
}

fn check_document(document: &Document, context: &CheckContext) -> Vec<Finding> {
    let mut findings = Findings::new(&document.file);
    let top = Located::top(&document.value);
    structure::check(&top, &document.diagnostics, &mut findings);
    // The other checks need an object.
    if top.is_map() {
        ids::check(document, &top, &mut findings);
        references::check(document, &top, context, &mut findings);
        step_order::check(&top, &mut findings);
        reachability::check(document, &top, &mut findings);
        scenarios::check(document, &top, &mut findings);
        completeness::check(document, context, &top, &mut findings);
        dates::check(&top, context.today, &mut findings);
        links::check(&top, &mut findings);
        translations::check(&top, document.guide.source(), context, &mut findings);
        readability::check(document, &top, &mut findings);
        context.jargon.check(document, &top, &mut findings);
    }
    findings.into_vec()
}
