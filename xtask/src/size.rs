//! What the widget weighs, against its budgets, and which crates the bytes are from.
//!
//! Brotli and gzip are Node's own: the C implementations that servers use.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail, ensure};
use serde_json::Value;

use crate::budgets::Budgets;
use crate::bundle::{Build, Kind};
use crate::crates;
use crate::progress::{Step, heading};
use crate::project::Project;
use crate::tables::tables;
use crate::tools::Tools;
use crate::wasm::shrink;

/// How many functions are listed: those that are worth a look.
const HEAVIEST: usize = 25;

/// The bytes of a file or of several, as they lie on the disk and as they travel.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Weight {
    pub(crate) raw: u64,
    pub(crate) gzip: u64,
    pub(crate) brotli: u64,
}

impl std::iter::Sum for Weight {
    fn sum<I: Iterator<Item = Self>>(weights: I) -> Self {
        weights.fold(Self::default(), |sum, weight| Self {
            raw: sum.raw + weight.raw,
            gzip: sum.gzip + weight.gzip,
            brotli: sum.brotli + weight.brotli,
        })
    }
}

/// Prints the table and fails when something is too heavy.
pub(crate) fn report(project: &Project, tools: &Tools, build: &Build) -> Result<()> {
    let limits = Budgets::load(project)?;
    let files: Vec<PathBuf> = build
        .pieces
        .iter()
        .map(|piece| build.dist.join(&piece.file))
        .collect();
    let weights = weigh(&files)?;
    let all: Vec<Item> = build
        .pieces
        .iter()
        .zip(weights)
        .map(|(piece, weight)| Item {
            file: &piece.file,
            kind: &piece.kind,
            weight,
        })
        .collect();
    let mut table = Table::default();
    first_view(&all, &limits, &mut table);
    journeys(&all, &limits, &mut table);
    parts(&all, &limits, &mut table);
    words(&all, &mut table);
    heading("Size in bytes");
    table.print();
    by_crate(project, tools, build)?;
    let tables = tables(build)?;
    ensure!(
        tables.is_empty(),
        "tables that do not compress: {}. Read and write such numbers and letters in another way (docs/decisions/0012)",
        tables.join(", ")
    );
    ensure!(
        table.over.is_empty(),
        "over budget: {}. Make it smaller, or raise the limit in budgets.toml and say why in docs/decisions/",
        table.over.join(", ")
    );
    Ok(())
}

struct Item<'a> {
    file: &'a str,
    kind: &'a Kind,
    weight: Weight,
}

fn first_view(all: &[Item], limits: &Budgets, table: &mut Table) {
    table.title("first view");
    let mut total = Weight::default();
    for (name, limit, kinds) in [
        (
            "JavaScript",
            limits.javascript,
            &[Kind::Entry, Kind::Script][..],
        ),
        ("wasm", limits.wasm, &[Kind::Wasm]),
        ("style", limits.style, &[Kind::Style]),
    ] {
        let items: Vec<&Item> = all
            .iter()
            .filter(|item| kinds.contains(item.kind))
            .collect();
        for item in &items {
            let limit = (*item.kind == Kind::Entry).then_some(limits.entry);
            table.row(&format!("  {}", item.file), item.weight, limit);
        }
        let sum: Weight = items.iter().map(|item| item.weight).sum();
        table.row(&format!("  = {name}"), sum, Some(limit));
        total = [total, sum].into_iter().sum();
    }
    table.row("  = first view", total, Some(limits.first_view));
}

/// A journey is charged for all that opening it may fetch, the shared chunks with it; one that is opened
/// from another, for what was not there already.
fn journeys(all: &[Item], limits: &Budgets, table: &mut Table) {
    table.title("journeys");
    let mut names = Vec::new();
    for item in all {
        if let Kind::Journey(journeys) = item.kind {
            table.row(&format!("  {}", item.file), item.weight, None);
            if let [_, _, ..] = journeys.as_slice() {
                table.note(&journeys.join(", "));
            }
            names.extend(journeys);
        }
    }
    names.sort();
    names.dedup();
    let sum = |counts: &dyn Fn(&[String]) -> bool| -> Weight {
        all.iter()
            .filter(|item| matches!(item.kind, Kind::Journey(users) if counts(users)))
            .map(|item| item.weight)
            .sum()
    };
    let has = |users: &[String], name: &str| users.iter().any(|user| user == name);
    for name in names {
        let before = FROM.iter().find(|(opened, _)| opened == name);
        let weight =
            sum(&|users| has(users, name) && before.is_none_or(|(_, before)| !has(users, before)));
        let (limit, after) = match (name.as_str(), before) {
            ("card", Some((_, before))) => (limits.card, format!(", after {before}")),
            (_, Some((_, before))) => (limits.journey, format!(", after {before}")),
            ("guides", _) => (limits.guides, String::new()),
            ("status", _) => (limits.status, String::new()),
            _ => (limits.report, String::new()),
        };
        table.row(&format!("  = {name}{after}"), weight, Some(limit));
        if let Some((_, family)) = OWN.iter().find(|(opened, _)| opened == name) {
            let is_own = |user: &String| family.contains(&user.as_str());
            let weight = sum(&|users| has(users, name) && users.iter().all(is_own));
            table.row(
                &format!("  = {name}, what is its own"),
                weight,
                Some(limits.own),
            );
        }
    }
    let request = sum(&|users| users.iter().any(|user| REQUEST.contains(&user.as_str())));
    table.row(
        "  = a request, from place to number",
        request,
        Some(limits.request),
    );
}

/// Journeys whose own code has a limit beside that of all that they fetch, with what leads on from them.
const OWN: [(&str, &[&str]); 2] = [
    ("guides", &["guides", "along"]),
    ("status", &["status", "act", "card"]),
];

/// The chunks that asking for something goes through, one after the other.
const REQUEST: [&str; 3] = ["report", "photos", "send"];

/// What is opened from where.
const FROM: [(&str, &str); 5] = [
    ("photos", "report"),
    ("send", "photos"),
    ("along", "guides"),
    ("act", "status"),
    ("card", "status"),
];

/// JavaScript of its own, each file with the limit of its name or the one for all.
fn parts(all: &[Item], limits: &Budgets, table: &mut Table) {
    table.title("parts, fetched when a journey comes to need them");
    for item in all.iter().filter(|item| *item.kind == Kind::Part) {
        let limit = match item.file.split('-').next() {
            Some("map") => limits.map,
            Some("xml") => limits.xml,
            _ => limits.part,
        };
        table.row(&format!("  {}", item.file), item.weight, Some(limit));
    }
}

fn words(all: &[Item], table: &mut Table) {
    table.title("words, in a language other than English");
    for item in all.iter().filter(|item| *item.kind == Kind::Words) {
        table.row(&format!("  {}", item.file), item.weight, None);
    }
}

#[derive(Default)]
struct Table {
    lines: Vec<String>,
    over: Vec<String>,
}

impl Table {
    fn title(&mut self, title: &str) {
        self.lines.push(title.to_owned());
    }

    fn row(&mut self, name: &str, weight: Weight, limit: Option<u64>) {
        let Weight { raw, gzip, brotli } = weight;
        let mut line = format!("{name:<40}{raw:>9}{gzip:>9}{brotli:>9}");
        if let Some(limit) = limit {
            let left = i128::from(limit) - i128::from(brotli);
            line.push_str(&format!("{limit:>9}{left:>9}"));
            if left < 0 {
                line.push_str("  over");
                let name = name.trim_start_matches([' ', '=']);
                self.over.push(format!("{name} by {}", -left));
            }
        }
        self.lines.push(line);
    }

    /// Beside the row that was told last.
    fn note(&mut self, words: &str) {
        if let Some(line) = self.lines.last_mut() {
            line.push_str("  ");
            line.push_str(words);
        }
    }

    fn print(&self) {
        let head = ["raw", "gzip", "brotli", "budget", "left"];
        let head: String = head.iter().map(|word| format!("{word:>9}")).collect();
        println!("{:<40}{head}", "");
        for line in &self.lines {
            println!("{line}");
        }
    }
}

/// Weighs files in one run of Node.
fn weigh(files: &[PathBuf]) -> Result<Vec<Weight>> {
    const SCRIPT: &str = "
        const fs = require('fs'), zlib = require('zlib'), c = zlib.constants;
        console.log(JSON.stringify(process.argv.slice(1).map(file => {
            const raw = fs.readFileSync(file);
            const params = { [c.BROTLI_PARAM_QUALITY]: 11, [c.BROTLI_PARAM_SIZE_HINT]: raw.length };
            const gzip = zlib.gzipSync(raw, { level: 9 }).length;
            return [raw.length, gzip, zlib.brotliCompressSync(raw, { params }).length];
        })));";
    let mut command = Command::new("node");
    command.args(["-e", SCRIPT]).args(files);
    let told: Value = serde_json::from_slice(&Step::new("weighing files").read(&mut command)?)?;
    let rows = told.as_array().context("Node gave no list of weights")?;
    rows.iter()
        .map(|row| {
            let number = |index: usize| row.get(index).and_then(Value::as_u64);
            match (number(0), number(1), number(2)) {
                (Some(raw), Some(gzip), Some(brotli)) => Ok(Weight { raw, gzip, brotli }),
                _ => bail!("Node gave no weight but {row}"),
            }
        })
        .collect()
}

/// The published wasm has no names in it, so the same wasm is shrunk once more with its names.
fn by_crate(project: &Project, tools: &Tools, build: &Build) -> Result<()> {
    let named = project.target.join("widget/named.wasm");
    if !is_newer(&named, &build.parts.named) {
        let from = &build.parts.named;
        shrink(
            tools,
            "shrinking the wasm with its names",
            from,
            &named,
            true,
        )?;
    }
    let bytes = fs::read(&named).with_context(|| format!("cannot read {}", named.display()))?;
    let weights = crates::weigh(&bytes)?;
    heading("What the raw bytes of the first view's wasm are");
    for (name, size) in weights.crates {
        println!("{name:<40}{size:>9}");
    }
    heading("Its heaviest functions");
    for (name, size) in weights.functions.into_iter().take(HEAVIEST) {
        let name: String = name.chars().take(100).collect();
        println!("{size:>9}  {name}");
    }
    Ok(())
}

fn is_newer(file: &Path, source: &Path) -> bool {
    let time = |path: &Path| fs::metadata(path).and_then(|data| data.modified());
    matches!((time(file), time(source)), (Ok(file), Ok(source)) if file >= source)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_over_its_budget_is_named_with_the_excess() {
        let mut table = Table::default();
        let weight = Weight {
            raw: 300,
            gzip: 200,
            brotli: 101,
        };
        table.row("  = wasm", weight, Some(100));
        table.row("  = style", weight, Some(101));
        assert_eq!(table.over, ["wasm by 1"]);
    }

    #[test]
    fn a_journey_is_charged_for_what_it_shares_and_was_not_there() {
        let weight = |brotli| Weight {
            raw: 0,
            gzip: 0,
            brotli,
        };
        let (own, shared, later) = (
            Kind::Journey(vec!["report".into()]),
            Kind::Journey(vec!["photos".into(), "report".into()]),
            Kind::Journey(vec!["photos".into()]),
        );
        let all = [
            Item {
                file: "report.wasm",
                kind: &own,
                weight: weight(20),
            },
            Item {
                file: "shared.wasm",
                kind: &shared,
                weight: weight(15),
            },
            Item {
                file: "photos.wasm",
                kind: &later,
                weight: weight(15),
            },
        ];
        let limits = Budgets {
            entry: 0,
            first_view: 0,
            wasm: 0,
            javascript: 0,
            style: 0,
            journey: 14,
            own: 0,
            card: 0,
            guides: 0,
            status: 0,
            report: 34,
            request: 50,
            part: 0,
            map: 0,
            xml: 0,
        };
        let mut table = Table::default();
        journeys(&all, &limits, &mut table);
        assert_eq!(table.over, ["photos, after report by 1", "report by 1"]);
    }
}
