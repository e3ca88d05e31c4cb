//! From rows to guides: a row begins a guide, goes on with it, or does both.

use serde_json::{Map, Value, json};

use super::rows::{Row, Table};
use super::words::{self, Words};
use super::{Cell, Report};
use crate::names::is_id;
use crate::new::SCHEMA;

/// Words that belong to the guide and not to a step.
const OF_THE_GUIDE: [&str; 4] = ["title", "topic", "summary", "output"];
/// Columns of a step: a row in which all are empty is no step.
const OF_A_STEP: [&str; 12] = [
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

/// A guide that is being put together.
pub(super) struct Draft {
    id: String,
    /// The line of its first row.
    line: u64,
    /// What belongs to the guide itself, by key.
    pub(super) fields: Map<String, Value>,
    pub(super) steps: Vec<Value>,
    pub(super) step_ids: Vec<String>,
    /// Ids of evidence and of fees with what they are.
    pub(super) things: Vec<(String, Value)>,
}

/// The guides: id, line, document.
pub(super) fn guides(table: &Table, report: &mut Report) -> Vec<(String, u64, Value)> {
    let mut drafts: Vec<Draft> = Vec::new();
    let mut current: Option<usize> = None;
    for row in &table.rows {
        if let Some(id) = plain(table, row, "guide") {
            current = Some(draft_of(&id, row, &mut drafts, report));
        }
        match current.and_then(|index| drafts.get_mut(index)) {
            Some(draft) => draft.take(table, row, report),
            None => {
                let wrong = "the row belongs to no guide";
                report.problem(
                    &Cell::line(row.line),
                    wrong,
                    "Write the guide’s id into its first row.",
                );
            }
        }
    }
    let finished = drafts.into_iter().map(|draft| draft.finish(table, report));
    finished.collect()
}

fn draft_of(id: &(String, Cell), row: &Row, drafts: &mut Vec<Draft>, report: &mut Report) -> usize {
    let (id, cell) = id;
    if let Some(known) = drafts.iter().position(|draft| draft.id == *id) {
        return known;
    }
    if !is_id(id) || id == "index" {
        let slug = words::slug(id);
        let remedy = format!("Use small letters, digits and hyphens, such as {slug}.");
        report.problem(cell, &format!("“{id}” is no id for a guide"), &remedy);
    }
    drafts.push(Draft {
        id: id.clone(),
        line: row.line,
        fields: Map::new(),
        steps: Vec::new(),
        step_ids: Vec::new(),
        things: Vec::new(),
    });
    drafts.len() - 1
}

/// A cell without a language, if anything stands in it.
pub(super) fn plain(table: &Table, row: &Row, name: &str) -> Option<(String, Cell)> {
    let mut columns = table.columns.iter();
    let column = columns.find(|column| column.name == name && column.language.is_none())?;
    let text = row.get(column);
    (!text.is_empty()).then(|| (text.to_owned(), row.cell(column)))
}

impl Draft {
    fn take(&mut self, table: &Table, row: &Row, report: &mut Report) {
        for name in OF_THE_GUIDE {
            let words = words::of(table, row, name);
            self.set(name, words::whole(&words), &words, report);
        }
        let words = words::of(table, row, "keywords");
        let lists = words
            .iter()
            .map(|one| (one.language.clone(), json!(words::split(&one.text))));
        self.set("keywords", Value::Object(lists.collect()), &words, report);
        for name in ["currency", "reviewed"] {
            if let Some((text, _)) = plain(table, row, name) {
                self.fields
                    .entry(name.to_owned())
                    .or_insert_with(|| json!(text));
            }
        }
        let columns = table
            .columns
            .iter()
            .filter(|column| OF_A_STEP.contains(&column.name));
        if columns
            .into_iter()
            .any(|column| !row.get(column).is_empty())
        {
            self.step(table, row, report);
        }
    }

    /// What belongs to the guide is written once; a later row may repeat it and not change it.
    fn set(&mut self, name: &str, value: Value, words: &[Words], report: &mut Report) {
        let Some(first) = words.first() else { return };
        match self.fields.get(name) {
            Some(known) if *known != value => {
                let wrong = format!(
                    "{name} says something else than in an earlier row of “{}”",
                    self.id
                );
                let remedy = "Write it in the first row of the guide only.";
                report.problem(&first.cell, &wrong, remedy);
            }
            _ => {
                self.fields.insert(name.to_owned(), value);
            }
        }
    }

    fn finish(self, table: &Table, report: &mut Report) -> (String, u64, Value) {
        let cell = Cell::line(self.line);
        if !self.fields.contains_key("title") {
            let wrong = format!("the guide “{}” has no title", self.id);
            report.problem(&cell, &wrong, "Write it into “title en” in its first row.");
        }
        if self.steps.is_empty() {
            let wrong = format!("the guide “{}” has no steps", self.id);
            report.problem(&cell, &wrong, "Add a row for each step.");
        }
        let mut guide = Map::new();
        guide.insert("$schema".to_owned(), json!(SCHEMA));
        guide.insert("id".to_owned(), json!(self.id));
        if let Some(source) = table.languages.first() {
            guide.insert("language".to_owned(), json!(source));
        }
        for name in [
            "title", "topic", "summary", "keywords", "office", "output", "currency",
        ] {
            if let Some(value) = self.fields.get(name) {
                guide.insert(name.to_owned(), value.clone());
            }
        }
        guide.insert("steps".to_owned(), Value::Array(self.steps));
        if let Some(reviewed) = self.fields.get("reviewed") {
            guide.insert("reviewed".to_owned(), reviewed.clone());
        }
        (self.id, self.line, Value::Object(guide))
    }
}
