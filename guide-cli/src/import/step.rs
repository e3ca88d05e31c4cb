//! Turns a row into a step: who acts, how long it takes, what to bring, what it costs, and its action.

use guide::Text;

use super::document::{ActionDocument, EvidenceDocument, FeeDocument, StepDocument, TimeDocument};
use super::report::{Cell, Report};
use super::rows::{Row, Table};
use super::texts::{self, TextCell};
use super::{action, money};
use crate::ids::is_id;
use crate::pretty_json::Amount;

/// Reads the steps of one guide, and gives steps, evidence and fees their ids.
#[derive(Default)]
pub(super) struct StepReader {
    step_ids: Vec<String>,
    /// Evidence and fees by their ids.
    shared: Vec<(String, Shared)>,
    /// The first currency that a fee names.
    pub(super) currency: Option<String>,
}

/// What makes evidence, or a fee, the same in several steps.
#[derive(PartialEq)]
enum Shared {
    Evidence(Text),
    Fee(Text, Amount, Option<Amount>),
}

impl StepReader {
    pub(super) fn read(&mut self, table: &Table, row: &Row, report: &mut Report) -> StepDocument {
        let title = texts::cells(table, row, "step");
        let id = self.step_id(table.plain(row, "step"), &title, report);
        if title.is_empty() {
            let problem = "the step has no title";
            report.error(
                &Cell::line(row.line),
                problem,
                "Write it into “step en”, or empty the row.",
            );
        }
        StepDocument {
            title: texts::text(&title),
            text: texts::blocks(&texts::cells(table, row, "text"), report),
            who: who(table, row, report),
            office: table.plain(row, "office").map(|(office, _)| office),
            optional: is_optional(table, row, report),
            time: time(table, row, report),
            evidence: self.evidence(table, row, report),
            fees: self.fee(table, row, &id, report).into_iter().collect(),
            action: action(table, row, report),
            id,
        }
    }

    fn step_id(
        &mut self,
        written: Option<(String, Cell)>,
        title: &[TextCell],
        report: &mut Report,
    ) -> String {
        if let Some((id, cell)) = written {
            if !is_id(&id) {
                let remedy = format!(
                    "Use small letters, digits and hyphens, such as {}.",
                    texts::slug(&id)
                );
                report.error(&cell, &format!("“{id}” is no id for a step"), &remedy);
            } else if self.step_ids.contains(&id) {
                let problem = format!("the guide has a step “{id}” already");
                report.error(&cell, &problem, "Give it another id.");
            }
            self.step_ids.push(id.clone());
            return id;
        }
        let slug = title.first().map(|cell| texts::slug(&cell.text));
        let base = slug.filter(|slug| !slug.is_empty());
        let base = base.unwrap_or_else(|| "step".to_owned());
        let mut id = base.clone();
        let mut number = 2;
        while self.step_ids.contains(&id) {
            id = format!("{base}-{number}");
            number += 1;
        }
        self.step_ids.push(id.clone());
        id
    }

    fn evidence(&mut self, table: &Table, row: &Row, report: &mut Report) -> Vec<EvidenceDocument> {
        let bring = texts::cells(table, row, "bring");
        let without = texts::cells(table, row, "without");
        let titles = texts::several(&bring, report);
        let withouts = texts::several(&without, report);
        if let Some(first) = without.first()
            && withouts.len() > titles.len()
        {
            let problem = format!("{} parts, but {} to bring", withouts.len(), titles.len());
            report.error(
                &first.cell,
                &problem,
                "Write one for each thing, with “;” between them.",
            );
        }
        let names = bring
            .first()
            .map(|cell| texts::split(&cell.text))
            .unwrap_or_default();
        let mut withouts = withouts.into_iter();
        let mut all = Vec::new();
        for (title, name) in titles.into_iter().zip(names) {
            let without = withouts.next();
            if name.is_empty() {
                continue;
            }
            let shared = Shared::Evidence(title.clone());
            all.push(EvidenceDocument {
                id: self.shared_id(&texts::slug(name), "document", shared),
                title,
                without: without.filter(|text| !text.is_empty()),
            });
        }
        all
    }

    fn fee(
        &mut self,
        table: &Table,
        row: &Row,
        step: &str,
        report: &mut Report,
    ) -> Option<FeeDocument> {
        let cells = texts::cells(table, row, "fee title");
        let Some((text, cell)) = table.plain(row, "fee") else {
            if let Some(first) = cells.first() {
                let remedy = "Write the amount into “fee”; 0 is free.";
                report.error(&first.cell, "a fee without an amount", remedy);
            }
            return None;
        };
        let Some(money) = money::parse(&text) else {
            let remedy = "Write a number such as 35 or 35.50, or 35-90; 0 is free.";
            report.error(&cell, &format!("“{text}” is no amount"), remedy);
            return None;
        };
        self.currency = self.currency.take().or(money.currency);
        let (amount, to) = (Amount(money.amount), money.to.map(Amount));
        let title = texts::text(&cells);
        let slug = cells
            .first()
            .map_or_else(|| format!("{step}-fee"), |cell| texts::slug(&cell.text));
        Some(FeeDocument {
            id: self.shared_id(&slug, "fee", Shared::Fee(title.clone(), amount, to)),
            title: (!cells.is_empty()).then_some(title),
            amount,
            to,
        })
    }

    /// The id of evidence or of a fee: the same for the same one, another for one that only has the same name.
    fn shared_id(&mut self, slug: &str, default: &str, shared: Shared) -> String {
        let base = if slug.is_empty() { default } else { slug };
        let mut id = base.to_owned();
        let mut number = 2;
        while let Some((_, known)) = self.shared.iter().find(|(known, _)| *known == id) {
            if *known == shared {
                return id;
            }
            id = format!("{base}-{number}");
            number += 1;
        }
        self.shared.push((id.clone(), shared));
        id
    }
}

/// Who acts; `None` for the resident, which is the default.
fn who(table: &Table, row: &Row, report: &mut Report) -> Option<String> {
    let (who, cell) = table.plain(row, "who")?;
    let who = who.to_lowercase();
    if !["you", "city", "other"].contains(&who.as_str()) {
        let problem = format!("“{who}” is nobody who acts");
        report.error(&cell, &problem, "Write you, city or other.");
    }
    (who != "you").then_some(who)
}

fn is_optional(table: &Table, row: &Row, report: &mut Report) -> bool {
    let Some((optional, cell)) = table.plain(row, "optional") else {
        return false;
    };
    match optional.to_lowercase().as_str() {
        "yes" | "true" | "x" | "1" => true,
        "no" | "false" | "0" => false,
        _ => {
            let problem = format!("“{optional}” is neither yes nor no");
            report.error(&cell, &problem, "Write yes or no.");
            false
        }
    }
}

fn time(table: &Table, row: &Row, report: &mut Report) -> Option<TimeDocument> {
    let mut duration = |name: &str| {
        let (text, cell) = table.plain(row, name)?;
        if guide::Duration::parse(&text).is_none() {
            let remedy = "Write it as 5 minutes, 2-4 weeks or 10 working days.";
            report.error(&cell, &format!("“{text}” is no time"), remedy);
        }
        Some(text)
    };
    let (usual, most) = (duration("usual"), duration("most"));
    (usual.is_some() || most.is_some()).then_some(TimeDocument { usual, most })
}

fn action(table: &Table, row: &Row, report: &mut Report) -> Option<ActionDocument> {
    let label = texts::cells(table, row, "action");
    let Some((text, cell)) = table.plain(row, "action") else {
        if let Some(first) = label.first() {
            let remedy = "Write into “action” what it does, such as service:CODE or tel:311.";
            report.error(&first.cell, "a button that does nothing", remedy);
        }
        return None;
    };
    let Some(target) = action::parse(&text) else {
        let remedy =
            "Write service:CODE, guide:ID, tel:311 or an address that begins with https://.";
        report.error(
            &cell,
            &format!("“{text}” is nothing that can be done"),
            remedy,
        );
        return None;
    };
    if label.is_empty() {
        let remedy = "Write into “action en” what stands on it.";
        report.error(&cell, "the button has no words", remedy);
    }
    Some(ActionDocument {
        label: texts::text(&label),
        target,
    })
}
