//! `guide new --csv`: makes guides from a spreadsheet with a row for each step. Tables are written by many people, so
//! every problem is reported with line, column and remedy; if there is one, nothing is written.

mod action;
mod columns;
mod document;
mod guides;
mod money;
mod report;
mod rows;
mod step;
mod texts;

use crate::args::ImportArgs;
use crate::finding::plural;
use crate::{file, index, new, pretty_json};
use guides::ImportedGuide;
use report::{Cell, Report};

/// Reads the table and writes the guides.
///
/// # Errors
/// All problems of the table, or the file that cannot be written.
pub(crate) fn run(args: &ImportArgs) -> Result<String, String> {
    let path = &args.table;
    let text = file::read_text(path).map_err(|error| error.at(path))?;
    let mut report = Report::new(path);
    let guides = match rows::read(&text, &mut report) {
        Some(table) => guides::read(&table, &mut report),
        None => Vec::new(),
    };
    for warning in &report.warnings {
        eprintln!("{warning}");
    }
    if !args.force {
        for guide in &guides {
            let target = args.folder.join(format!("{}.json", guide.document.id));
            if target.exists() || target.is_symlink() {
                let problem = format!("{} is there already", target.display());
                let remedy = "Take another id, or overwrite it with --force.";
                report.error(&Cell::line(guide.line), &problem, remedy);
            }
        }
    }
    if !report.errors.is_empty() {
        let number = plural(report.errors.len(), "problem");
        let all = report.errors.join("\n");
        return Err(format!("{all}\n{number}; nothing was written"));
    }
    write(args, &guides)
}

fn write(args: &ImportArgs, guides: &[ImportedGuide]) -> Result<String, String> {
    let folder = &args.folder;
    new::create_folder(folder)?;
    // Before anything is written: without a readable index, nobody would find the guides.
    index::read_existing(folder)?;
    new::save_schema(folder)?;
    let mut lines = Vec::new();
    let mut entries = Vec::new();
    for ImportedGuide { document, .. } in guides {
        let path = folder.join(format!("{}.json", document.id));
        pretty_json::save(&path, document)?;
        let steps = plural(document.steps.len(), "step");
        lines.push(format!("{}: {steps}", path.display()));
        entries.push((document.id.clone(), pretty_json::to_value(document)));
    }
    index::update(folder, &entries)?;
    lines.push(format!(
        "See what is missing with: guide check {}",
        folder.display()
    ));
    Ok(lines.join("\n"))
}
