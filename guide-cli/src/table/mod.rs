//! Makes guides of a spreadsheet, one row for each step. A table is written by many hands: what is not
//! clear is told with line, column and remedy, and then nothing is written at all.

mod action;
mod build;
mod columns;
mod money;
mod rows;
mod step;
mod words;

use std::path::Path;

use serde_json::Value;

use super::finding::plural;
use super::options::Import;
use super::{file, index, new, output_json};

/// What is to say of a table.
#[derive(Debug, Default)]
pub(crate) struct Report {
    file: String,
    /// What keeps the guides from being written.
    pub(crate) problems: Vec<String>,
    /// What was left out, and harms nothing.
    pub(crate) remarks: Vec<String>,
}

/// A place in the table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Cell {
    pub(crate) line: u64,
    /// The heading; empty for the whole line.
    pub(crate) heading: String,
    /// Counted from 0.
    pub(crate) column: usize,
}

impl Report {
    fn on(path: &Path) -> Self {
        Self {
            file: path.display().to_string(),
            ..Self::default()
        }
    }

    pub(crate) fn problem(&mut self, cell: &Cell, wrong: &str, remedy: &str) {
        let line = format!("{}: {cell}: {wrong}. {remedy}", self.file);
        self.problems.push(line);
    }

    pub(crate) fn remark(&mut self, cell: &Cell, wrong: &str, remedy: &str) {
        let line = format!("{}: {cell}: {wrong}. {remedy}", self.file);
        self.remarks.push(line);
    }
}

impl Cell {
    /// A whole line.
    pub(crate) fn line(line: u64) -> Self {
        let (heading, column) = (String::new(), 0);
        Self {
            line,
            heading,
            column,
        }
    }
}

impl std::fmt::Display for Cell {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "line {}", self.line)?;
        if self.heading.is_empty() {
            return Ok(());
        }
        let letters = columns::letters(self.column);
        write!(formatter, ", column {letters} ({})", self.heading)
    }
}

pub(crate) fn run(options: &Import) -> Result<String, String> {
    let path = &options.table;
    let text = file::read_text(path).map_err(|fault| fault.line(path))?;
    let mut report = Report::on(path);
    let guides = guides(&text, &mut report);
    for remark in &report.remarks {
        eprintln!("{remark}");
    }
    if !options.force {
        for (id, line, _) in &guides {
            let target = options.folder.join(format!("{id}.json"));
            if target.exists() || target.is_symlink() {
                let wrong = format!("{} is there already", target.display());
                let remedy = "Take another id, or overwrite it with --force.";
                report.problem(&Cell::line(*line), &wrong, remedy);
            }
        }
    }
    if !report.problems.is_empty() {
        let number = plural(report.problems.len(), "problem");
        let all = report.problems.join("\n");
        return Err(format!("{all}\n{number}; nothing was written"));
    }
    write(options, guides)
}

fn write(options: &Import, guides: Vec<(String, u64, Value)>) -> Result<String, String> {
    let folder = &options.folder;
    new::make_folder(folder)?;
    // Before anything is written: an index that cannot be read would leave guides that nobody finds.
    index::existing(folder)?;
    new::save_schema(folder)?;
    let mut said = Vec::new();
    let mut written = Vec::new();
    for (id, _, guide) in guides {
        let path = folder.join(format!("{id}.json"));
        output_json::save(&path, &guide)?;
        let steps = guide
            .get("steps")
            .and_then(Value::as_array)
            .map_or(0, Vec::len);
        said.push(format!("{}: {}", path.display(), plural(steps, "step")));
        written.push((id, guide));
    }
    index::add(folder, &written)?;
    said.push(format!(
        "See what is missing with: guide check {}",
        folder.display()
    ));
    Ok(said.join("\n"))
}

/// The guides of a table: id, line, document.
fn guides(text: &str, report: &mut Report) -> Vec<(String, u64, Value)> {
    let Some(table) = rows::read(text, report) else {
        return Vec::new();
    };
    build::guides(&table, report)
}
