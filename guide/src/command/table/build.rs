//! From rows to guides: a row begins a guide, goes on with it, or does both.

use serde_json::{Map, Value, json};

use super::rows::{Row, Table};
use super::words::{self, Words};
use super::{Cell, Report, action, money};
use crate::command::options::is_id;

/// Words that belong to the guide and not to a step.
const OF_THE_GUIDE: [&str; 4] = ["title", "topic", "summary", "output"];
/// Columns of a step: a row in which all are empty is no step.
const OF_A_STEP: [&str; 12] = [
    "step", "text", "who", "office", "usual", "most", "fee", "fee title", "bring", "without", "action", "optional",
];

/// A guide that is being put together.
struct Draft {
    id: String,
    line: u64,
    fields: Map<String, Value>,
    steps: Vec<Value>,
    /// Ids of steps, of evidence and of fees with what they are.
    step_ids: Vec<String>,
    things: Vec<(String, Value)>,
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
                report.problem(&Cell::line(row.line), wrong, "Write the guide’s id into its first row.");
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
fn plain(table: &Table, row: &Row, name: &str) -> Option<(String, Cell)> {
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
        let lists = words.iter().map(|one| (one.language.clone(), json!(words::split(&one.text))));
        self.set("keywords", Value::Object(lists.collect()), &words, report);
        for name in ["currency", "reviewed"] {
            if let Some((text, _)) = plain(table, row, name) {
                self.fields.entry(name.to_owned()).or_insert_with(|| json!(text));
            }
        }
        let columns = table.columns.iter().filter(|column| OF_A_STEP.contains(&column.name));
        if columns.into_iter().any(|column| !row.get(column).is_empty()) {
            self.step(table, row, report);
        }
    }

    /// What belongs to the guide is written once; a later row may repeat it and not change it.
    fn set(&mut self, name: &str, value: Value, words: &[Words], report: &mut Report) {
        let Some(first) = words.first() else { return };
        match self.fields.get(name) {
            Some(known) if *known != value => {
                let wrong = format!("{name} says something else than in an earlier row of “{}”", self.id);
                let remedy = "Write it in the first row of the guide only.";
                report.problem(&first.cell, &wrong, remedy);
            }
            _ => {
                self.fields.insert(name.to_owned(), value);
            }
        }
    }

    fn step(&mut self, table: &Table, row: &Row, report: &mut Report) {
        let mut step = Map::new();
        let title = words::of(table, row, "step");
        let id = self.step_id(plain(table, row, "step"), &title, report);
        step.insert("id".to_owned(), json!(id));
        if title.is_empty() {
            let wrong = "the step has no title";
            report.problem(&Cell::line(row.line), wrong, "Write it into “step en”, or empty the row.");
        }
        step.insert("title".to_owned(), words::whole(&title));
        let text = words::blocks(&words::of(table, row, "text"), report);
        if !text.is_empty() {
            step.insert("text".to_owned(), json!(text));
        }
        self.who_and_when(table, row, &mut step, report);
        let evidence = self.evidence(table, row, report);
        if !evidence.is_empty() {
            step.insert("evidence".to_owned(), json!(evidence));
        }
        if let Some(fee) = self.fee(table, row, &id, report) {
            step.insert("fees".to_owned(), json!([fee]));
        }
        if let Some(action) = offered(table, row, report) {
            step.insert("action".to_owned(), action);
        }
        self.steps.push(Value::Object(step));
    }

    fn step_id(&mut self, written: Option<(String, Cell)>, title: &[Words], report: &mut Report) -> String {
        if let Some((id, cell)) = written {
            if !is_id(&id) {
                let remedy = format!("Use small letters, digits and hyphens, such as {}.", words::slug(&id));
                report.problem(&cell, &format!("“{id}” is no id for a step"), &remedy);
            } else if self.step_ids.contains(&id) {
                let wrong = format!("the guide has a step “{id}” already");
                report.problem(&cell, &wrong, "Give it another id.");
            }
            self.step_ids.push(id.clone());
            return id;
        }
        let slug = title.first().map(|words| words::slug(&words.text)).unwrap_or_default();
        let base = if slug.is_empty() { "step".to_owned() } else { slug };
        let mut id = base.clone();
        let mut number = 2;
        while self.step_ids.contains(&id) {
            id = format!("{base}-{number}");
            number += 1;
        }
        self.step_ids.push(id.clone());
        id
    }

    fn who_and_when(&mut self, table: &Table, row: &Row, step: &mut Map<String, Value>, report: &mut Report) {
        if let Some((who, cell)) = plain(table, row, "who") {
            let who = who.to_lowercase();
            if !["you", "city", "other"].contains(&who.as_str()) {
                let remedy = "Write you, city or other.";
                report.problem(&cell, &format!("“{who}” is nobody who acts"), remedy);
            } else if who != "you" {
                step.insert("who".to_owned(), json!(who));
            }
        }
        if let Some((office, _)) = plain(table, row, "office") {
            // The office of the first step owns the guide.
            self.fields.entry("office").or_insert_with(|| json!(office));
            step.insert("office".to_owned(), json!(office));
        }
        if let Some((optional, cell)) = plain(table, row, "optional") {
            match optional.to_lowercase().as_str() {
                "yes" | "true" | "x" | "1" => {
                    step.insert("optional".to_owned(), json!(true));
                }
                "no" | "false" | "0" => {}
                _ => report.problem(&cell, &format!("“{optional}” is neither yes nor no"), "Write yes or no."),
            }
        }
        let mut time = Map::new();
        for name in ["usual", "most"] {
            let Some((text, cell)) = plain(table, row, name) else { continue };
            if guide::Duration::parse(&text).is_none() {
                let remedy = "Write it as 5 minutes, 2-4 weeks or 10 working days.";
                report.problem(&cell, &format!("“{text}” is no time"), remedy);
            }
            time.insert(name.to_owned(), json!(text));
        }
        if !time.is_empty() {
            step.insert("time".to_owned(), Value::Object(time));
        }
    }

    fn evidence(&mut self, table: &Table, row: &Row, report: &mut Report) -> Vec<Value> {
        let bring = words::of(table, row, "bring");
        let without = words::of(table, row, "without");
        let titles = words::several(&bring, report);
        let withouts = words::several(&without, report);
        if let Some(first) = without.first()
            && withouts.len() > titles.len()
        {
            let wrong = format!("{} parts, but {} to bring", withouts.len(), titles.len());
            report.problem(&first.cell, &wrong, "Write one for each thing, with “;” between them.");
        }
        let names = bring.first().map(|one| words::split(&one.text)).unwrap_or_default();
        let all = titles.into_iter().zip(names).enumerate();
        all.filter(|(_, (_, name))| !name.is_empty())
            .map(|(index, (title, name))| {
                let id = self.thing_id(&words::slug(name), "document", &title);
                let mut one = Map::new();
                one.insert("id".to_owned(), json!(id));
                one.insert("title".to_owned(), title);
                if let Some(without) = withouts.get(index).filter(|text| !is_blank(text)) {
                    one.insert("without".to_owned(), without.clone());
                }
                Value::Object(one)
            })
            .collect()
    }

    fn fee(&mut self, table: &Table, row: &Row, step: &str, report: &mut Report) -> Option<Value> {
        let title = words::of(table, row, "fee title");
        let Some((text, cell)) = plain(table, row, "fee") else {
            if let Some(first) = title.first() {
                let remedy = "Write the amount into “fee”; 0 is free.";
                report.problem(&first.cell, "a fee without an amount", remedy);
            }
            return None;
        };
        let Some(money) = money::read(&text) else {
            let remedy = "Write a number such as 35 or 35.50, or 35-90; 0 is free.";
            report.problem(&cell, &format!("“{text}” is no amount"), remedy);
            return None;
        };
        if let Some(currency) = money.currency {
            self.fields.entry("currency").or_insert_with(|| json!(currency));
        }
        let mut fee = Map::new();
        let words = words::whole(&title);
        let slug = title.first().map_or_else(|| format!("{step}-fee"), |one| words::slug(&one.text));
        let id = self.thing_id(&slug, "fee", &json!([words, money.amount, money.to]));
        fee.insert("id".to_owned(), json!(id));
        if !title.is_empty() {
            fee.insert("title".to_owned(), words);
        }
        fee.insert("amount".to_owned(), number(money.amount));
        if let Some(to) = money.to {
            fee.insert("to".to_owned(), number(to));
        }
        Some(Value::Object(fee))
    }

    /// An id for a thing: the same for the same thing, another one for what is only called so.
    fn thing_id(&mut self, slug: &str, otherwise: &str, what: &Value) -> String {
        let base = if slug.is_empty() { otherwise } else { slug };
        let mut id = base.to_owned();
        let mut number = 2;
        while let Some((_, known)) = self.things.iter().find(|(known, _)| *known == id) {
            if known == what {
                return id;
            }
            id = format!("{base}-{number}");
            number += 1;
        }
        self.things.push((id.clone(), what.clone()));
        id
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
        guide.insert("$schema".to_owned(), json!("guide.schema.json"));
        guide.insert("id".to_owned(), json!(self.id));
        if let Some(source) = table.languages.first() {
            guide.insert("language".to_owned(), json!(source));
        }
        for name in ["title", "topic", "summary", "keywords", "office", "output", "currency"] {
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

fn offered(table: &Table, row: &Row, report: &mut Report) -> Option<Value> {
    let label = words::of(table, row, "action");
    let Some((text, cell)) = plain(table, row, "action") else {
        if let Some(first) = label.first() {
            let remedy = "Write into “action” what it does, such as service:CODE or tel:311.";
            report.problem(&first.cell, "a button that does nothing", remedy);
        }
        return None;
    };
    let Some((kind, value)) = action::read(&text) else {
        let remedy = "Write service:CODE, guide:ID, tel:311 or an address that begins with https://.";
        report.problem(&cell, &format!("“{text}” is nothing that can be done"), remedy);
        return None;
    };
    if label.is_empty() {
        let remedy = "Write into “action en” what stands on it.";
        report.problem(&cell, "the button has no words", remedy);
    }
    Some(action::document(words::whole(&label), kind, value))
}

/// A whole number without a decimal point.
fn number(amount: f64) -> Value {
    if amount.fract() == 0.0 && amount.abs() < 1e15 {
        json!(amount as i64)
    } else {
        json!(amount)
    }
}

fn is_blank(text: &Value) -> bool {
    match text {
        Value::String(text) => text.is_empty(),
        Value::Object(by_language) => by_language.values().all(is_blank),
        _ => false,
    }
}
