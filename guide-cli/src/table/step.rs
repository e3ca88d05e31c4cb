//! A row as a step: who acts, how long, what to bring, what it costs, what it offers.

use serde_json::{Map, Value, json};

use super::build::{Draft, plain};
use super::rows::{Row, Table};
use super::words::{self, Words};
use super::{Cell, Report, action, money};
use crate::names::is_id;
use crate::output_json;

impl Draft {
    /// Adds a step.
    pub(super) fn step(&mut self, table: &Table, row: &Row, report: &mut Report) {
        let mut step = Map::new();
        let title = words::of(table, row, "step");
        let id = self.step_id(plain(table, row, "step"), &title, report);
        step.insert("id".to_owned(), json!(id));
        if title.is_empty() {
            let wrong = "the step has no title";
            report.problem(
                &Cell::line(row.line),
                wrong,
                "Write it into “step en”, or empty the row.",
            );
        }
        step.insert("title".to_owned(), words::whole(&title));
        let text = words::blocks(&words::of(table, row, "text"), report);
        if !text.is_empty() {
            step.insert("text".to_owned(), json!(text));
        }
        if let Some(who) = who(table, row, report) {
            step.insert("who".to_owned(), json!(who));
        }
        if let Some((office, _)) = plain(table, row, "office") {
            // The office of the first step owns the guide.
            self.fields.entry("office").or_insert_with(|| json!(office));
            step.insert("office".to_owned(), json!(office));
        }
        if is_optional(table, row, report) {
            step.insert("optional".to_owned(), json!(true));
        }
        let time = time(table, row, report);
        if !time.is_empty() {
            step.insert("time".to_owned(), Value::Object(time));
        }
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

    fn step_id(
        &mut self,
        written: Option<(String, Cell)>,
        title: &[Words],
        report: &mut Report,
    ) -> String {
        if let Some((id, cell)) = written {
            if !is_id(&id) {
                let remedy = format!(
                    "Use small letters, digits and hyphens, such as {}.",
                    words::slug(&id)
                );
                report.problem(&cell, &format!("“{id}” is no id for a step"), &remedy);
            } else if self.step_ids.contains(&id) {
                let wrong = format!("the guide has a step “{id}” already");
                report.problem(&cell, &wrong, "Give it another id.");
            }
            self.step_ids.push(id.clone());
            return id;
        }
        let slug = title
            .first()
            .map(|words| words::slug(&words.text))
            .unwrap_or_default();
        let base = if slug.is_empty() {
            "step".to_owned()
        } else {
            slug
        };
        let mut id = base.clone();
        let mut number = 2;
        while self.step_ids.contains(&id) {
            id = format!("{base}-{number}");
            number += 1;
        }
        self.step_ids.push(id.clone());
        id
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
            report.problem(
                &first.cell,
                &wrong,
                "Write one for each thing, with “;” between them.",
            );
        }
        let names = bring
            .first()
            .map(|one| words::split(&one.text))
            .unwrap_or_default();
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
            self.fields
                .entry("currency")
                .or_insert_with(|| json!(currency));
        }
        let mut fee = Map::new();
        let words = words::whole(&title);
        let slug = title
            .first()
            .map_or_else(|| format!("{step}-fee"), |one| words::slug(&one.text));
        let id = self.thing_id(&slug, "fee", &json!([words, money.amount, money.to]));
        fee.insert("id".to_owned(), json!(id));
        if !title.is_empty() {
            fee.insert("title".to_owned(), words);
        }
        fee.insert("amount".to_owned(), output_json::amount(money.amount));
        if let Some(to) = money.to {
            fee.insert("to".to_owned(), output_json::amount(to));
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
}

/// Who acts, where it is not the resident.
fn who(table: &Table, row: &Row, report: &mut Report) -> Option<String> {
    let (who, cell) = plain(table, row, "who")?;
    let who = who.to_lowercase();
    if !["you", "city", "other"].contains(&who.as_str()) {
        let wrong = format!("“{who}” is nobody who acts");
        report.problem(&cell, &wrong, "Write you, city or other.");
    }
    (who != "you").then_some(who)
}

fn is_optional(table: &Table, row: &Row, report: &mut Report) -> bool {
    let Some((optional, cell)) = plain(table, row, "optional") else {
        return false;
    };
    match optional.to_lowercase().as_str() {
        "yes" | "true" | "x" | "1" => true,
        "no" | "false" | "0" => false,
        _ => {
            let wrong = format!("“{optional}” is neither yes nor no");
            report.problem(&cell, &wrong, "Write yes or no.");
            false
        }
    }
}

fn time(table: &Table, row: &Row, report: &mut Report) -> Map<String, Value> {
    let mut time = Map::new();
    for name in ["usual", "most"] {
        let Some((text, cell)) = plain(table, row, name) else {
            continue;
        };
        if guide::Duration::parse(&text).is_none() {
            let remedy = "Write it as 5 minutes, 2-4 weeks or 10 working days.";
            report.problem(&cell, &format!("“{text}” is no time"), remedy);
        }
        time.insert(name.to_owned(), json!(text));
    }
    time
}

/// What the step offers to do.
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
        let remedy =
            "Write service:CODE, guide:ID, tel:311 or an address that begins with https://.";
        report.problem(
            &cell,
            &format!("“{text}” is nothing that can be done"),
            remedy,
        );
        return None;
    };
    if label.is_empty() {
        let remedy = "Write into “action en” what stands on it.";
        report.problem(&cell, "the button has no words", remedy);
    }
    Some(action::document(words::whole(&label), kind, value))
}

fn is_blank(text: &Value) -> bool {
    match text {
        Value::String(text) => text.is_empty(),
        Value::Object(by_language) => by_language.values().all(is_blank),
        _ => false,
    }
}
