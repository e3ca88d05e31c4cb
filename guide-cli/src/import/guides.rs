//! Turns rows into guides: a row starts a guide, continues one, or both.

use guide::Text;
use serde_json::{Map, Value, json};

use super::document::{GuideDocument, StepDocument};
use super::report::{Cell, Report};
use super::rows::{Row, Table};
use super::step::StepReader;
use super::texts::{self, TextCell};
use crate::ids::is_id;
use crate::new::SCHEMA;

/// The columns of a step: a row in which all of them are empty is not a step.
const STEP_COLUMNS: [&str; 12] = [
    "step",
    "text",
    "who",
    "office",
    "usual",
    "most",
    "fee",
    "fee title",
    "bring",
    "without",
    "action",
    "optional",
];

/// A guide that was read from a table.
pub(super) struct ImportedGuide {
    /// The line of its first row.
    pub(super) line: u64,
    pub(super) document: GuideDocument,
    steps: StepReader,
}

/// Reads all guides of a table.
pub(super) fn read(table: &Table, report: &mut Report) -> Vec<ImportedGuide> {
    let mut guides: Vec<ImportedGuide> = Vec::new();
    let mut current: Option<usize> = None;
    for row in &table.rows {
        if let Some((id, cell)) = table.plain(row, "guide") {
            current = Some(find_or_start(&id, &cell, row, &mut guides, report));
        }
        match current.and_then(|index| guides.get_mut(index)) {
            Some(guide) => guide.add_row(table, row, report),
            None => {
                let problem = "the row belongs to no guide";
                report.error(
                    &Cell::line(row.line),
                    problem,
                    "Write the guide’s id into its first row.",
                );
            }
        }
    }
    for guide in &mut guides {
        guide.finish(table, report);
    }
    guides
}

/// The index of the guide with this id, which starts with this row if it is new.
fn find_or_start(
    id: &str,
    cell: &Cell,
    row: &Row,
    guides: &mut Vec<ImportedGuide>,
    report: &mut Report,
) -> usize {
    if let Some(known) = guides.iter().position(|guide| guide.document.id == id) {
        return known;
    }
    if !is_id(id) || id == "index" {
        let slug = texts::slug(id);
        let remedy = format!("Use small letters, digits and hyphens, such as {slug}.");
        report.error(cell, &format!("“{id}” is no id for a guide"), &remedy);
    }
    guides.push(ImportedGuide {
        line: row.line,
        document: GuideDocument {
            schema: SCHEMA,
            id: id.to_owned(),
            ..GuideDocument::default()
        },
        steps: StepReader::default(),
    });
    guides.len() - 1
}

impl ImportedGuide {
    fn add_row(&mut self, table: &Table, row: &Row, report: &mut Report) {
        let document = &mut self.document;
        let texts: [(&str, &mut Option<Text>); 4] = [
            ("title", &mut document.title),
            ("topic", &mut document.topic),
            ("summary", &mut document.summary),
            ("output", &mut document.output),
        ];
        for (name, field) in texts {
            let cells = texts::cells(table, row, name);
            set_once(
                field,
                texts::text(&cells),
                name,
                &cells,
                &document.id,
                report,
            );
        }
        let cells = texts::cells(table, row, "keywords");
        let keywords: Map<String, Value> = cells
            .iter()
            .map(|cell| (cell.language.clone(), json!(texts::split(&cell.text))))
            .collect();
        let field = &mut document.keywords;
        set_once(field, keywords, "keywords", &cells, &document.id, report);
        let plain = |name: &str| table.plain(row, name).map(|(text, _)| text);
        document.currency = document.currency.take().or_else(|| plain("currency"));
        document.reviewed = document.reviewed.take().or_else(|| plain("reviewed"));
        let mut columns = table.columns.iter();
        let is_step = columns
            .any(|column| STEP_COLUMNS.contains(&column.name) && !row.get(column).is_empty());
        if is_step {
            let step = self.steps.read(table, row, report);
            self.add_step(step);
        }
    }

    /// The office and the currency of the first step that has one apply to the guide, unless it has its own.
    fn add_step(&mut self, step: StepDocument) {
        let document = &mut self.document;
        document.office = document.office.take().or_else(|| step.office.clone());
        let currency = self.steps.currency.clone();
        document.currency = document.currency.take().or(currency);
        document.steps.push(step);
    }

    fn finish(&mut self, table: &Table, report: &mut Report) {
        let cell = Cell::line(self.line);
        let id = &self.document.id;
        if self.document.title.is_none() {
            let problem = format!("the guide “{id}” has no title");
            report.error(
                &cell,
                &problem,
                "Write it into “title en” in its first row.",
            );
        }
        if self.document.steps.is_empty() {
            let problem = format!("the guide “{id}” has no steps");
            report.error(&cell, &problem, "Add a row for each step.");
        }
        self.document.language = table.languages.first().cloned();
    }
}

/// Sets a field of a guide, which a later row may repeat but not change.
fn set_once<T: PartialEq>(
    field: &mut Option<T>,
    value: T,
    name: &str,
    cells: &[TextCell],
    id: &str,
    report: &mut Report,
) {
    let Some(first) = cells.first() else { return };
    if field.as_ref().is_some_and(|known| *known != value) {
        let problem = format!("{name} says something else than in an earlier row of “{id}”");
        let remedy = "Write it in the first row of the guide only.";
        report.error(&first.cell, &problem, remedy);
    } else {
        *field = Some(value);
    }
}
