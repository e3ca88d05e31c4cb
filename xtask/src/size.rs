//! What the widget weighs, compared with its budgets, and which crates the bytes come from.
//!
//! Brotli and gzip are Node's own: the C implementations that servers use.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail, ensure};

use crate::budgets::Budgets;
use crate::bundle::{Build, Kind};
use crate::crates;
use crate::forbidden;
use crate::progress::{Step, heading};
use crate::project::{Mode, Project};
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

/// Prints the table, and fails when something is too heavy or must not be there. Of the plain build, which is larger, it
/// only prints.
pub(crate) fn report(project: &Project, tools: &Tools, build: &Build) -> Result<()> {
    let limits = Budgets::load(project)?;
    let files: Vec<PathBuf> = build
        .artifacts
        .iter()
        .map(|artifact| build.dist.join(&artifact.file))
        .collect();
    let all: Vec<Item> = build
        .artifacts
        .iter()
        .zip(weigh(&files)?)
        .map(|(artifact, weight)| Item {
            file: &artifact.file,
            kind: &artifact.kind,
            weight,
        })
        .collect();
    let mut table = Table {
        is_judged: build.mode == Mode::Release,
        ..Table::default()
    };
    first_view(&all, &limits, &mut table);
    chunks(&all, &limits, &mut table);
    openings(&all, &limits, &mut table)?;
    modules(&all, &limits, &mut table);
    locales(&all, &mut table);
    heading("Size in bytes");
    table.print();
    by_crate(tools, build)?;
    if !table.is_judged {
        return Ok(());
    }
    let forbidden = forbidden::find(build)?;
    ensure!(
        forbidden.is_empty(),
        "code that must not be in the wasm: {}",
        forbidden.join("; ")
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
            "JavaScript, with the style sheet",
            limits.first_view.javascript,
            &[Kind::Entry, Kind::Script][..],
        ),
        ("wasm", limits.first_view.wasm, &[Kind::Wasm]),
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
    table.row("  = first view", total, Some(limits.first_view.all));
}

/// Every chunk by itself, and several together.
fn chunks(all: &[Item], limits: &Budgets, table: &mut Table) {
    table.title("chunks");
    let weight = |name: &String| -> Weight {
        all.iter()
            .filter(|item| matches!(item.kind, Kind::Chunk(chunk) if chunk == name))
            .map(|item| item.weight)
            .sum()
    };
    for (name, budget) in &limits.chunks {
        let label = match &budget.after {
            Some(after) => format!("  {name}, after {after}"),
            None => format!("  {name}"),
        };
        table.row(&label, weight(name), Some(budget.limit));
    }
    for (name, journey) in &limits.journeys {
        let sum = journey.chunks.iter().map(weight).sum();
        table.row(&format!("  = {name}, all of it"), sum, Some(journey.limit));
    }
}

/// What is fetched until a resident can use the widget, by where it is opened.
fn openings(all: &[Item], limits: &Budgets, table: &mut Table) -> Result<()> {
    table.title("opened straight at");
    for (name, opening) in &limits.openings {
        let is_in = |item: &&Item| match item.kind {
            Kind::Entry | Kind::Script | Kind::Wasm => true,
            Kind::Chunk(chunk) => opening.chunks.contains(chunk),
            Kind::Module => opening
                .modules
                .iter()
                .any(|name| *name == module(item.file)),
            Kind::Locale => false,
        };
        let items: Vec<&Item> = all.iter().filter(is_in).collect();
        let asked = opening.chunks.len() + opening.modules.len();
        let found = items
            .iter()
            .filter(|item| matches!(item.kind, Kind::Chunk(_) | Kind::Module));
        ensure!(
            found.count() == asked,
            "budgets.toml names a chunk or a module for {name} that does not exist"
        );
        let weight = items.iter().map(|item| item.weight).sum();
        table.row(&format!("  {name}"), weight, Some(opening.limit));
        table.requests(items.len() + opening.answers.len(), opening.requests);
    }
    Ok(())
}

fn modules(all: &[Item], limits: &Budgets, table: &mut Table) {
    table.title("JavaScript modules, fetched when they are needed");
    for item in all.iter().filter(|item| *item.kind == Kind::Module) {
        let limit = limits.modules.limit(module(item.file));
        table.row(&format!("  {}", item.file), item.weight, Some(limit));
    }
}

/// The name of a module, by its file.
fn module(file: &str) -> &str {
    file.split('-').next().unwrap_or_default()
}

fn locales(all: &[Item], table: &mut Table) {
    table.title("texts in languages other than English");
    for item in all.iter().filter(|item| *item.kind == Kind::Locale) {
        table.row(&format!("  {}", item.file), item.weight, None);
    }
}

#[derive(Default)]
struct Table {
    /// Shows the limits and notes what is above them.
    is_judged: bool,
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
        if let Some(limit) = limit.filter(|_| self.is_judged) {
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

    /// Adds the number of requests to the last row, with its limit.
    fn requests(&mut self, number: usize, limit: usize) {
        let Some(line) = self.lines.last_mut() else {
            return;
        };
        line.push_str(&format!("  {number} requests"));
        if self.is_judged && number > limit {
            let name = line.split_whitespace().next().unwrap_or_default();
            self.over
                .push(format!("{name} by {} requests", number - limit));
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
    let output = Step::new("weighing files").read(&mut command)?;
    let weights: Vec<[u64; 3]> =
        serde_json::from_slice(&output).context("Node printed no list of weights")?;
    if weights.len() != files.len() {
        bail!("Node weighed {} of {} files", weights.len(), files.len());
    }
    Ok(weights
        .into_iter()
        .map(|[raw, gzip, brotli]| Weight { raw, gzip, brotli })
        .collect())
}

/// The published wasm has no names in it, so the same wasm is shrunk once more with its names.
fn by_crate(tools: &Tools, build: &Build) -> Result<()> {
    let source = &build.wasm.named;
    let named = source.with_file_name("named.wasm");
    if !is_newer(&named, source) {
        let mut command = shrink(tools, build.mode, source, &named);
        Step::new("shrinking the wasm with its names").run(command.arg("-g"))?;
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

    fn judged() -> Table {
        Table {
            is_judged: true,
            ..Table::default()
        }
    }

    #[test]
    fn what_is_over_its_budget_is_named_with_the_excess() {
        let mut table = judged();
        let weight = Weight {
            raw: 300,
            gzip: 200,
            brotli: 101,
        };
        table.row("  = wasm", weight, Some(100));
        table.row("  = style", weight, Some(101));
        assert_eq!(table.over, ["wasm by 1"]);
    }

    fn weight(brotli: u64) -> Weight {
        Weight {
            brotli,
            ..Weight::default()
        }
    }

    #[test]
    fn an_opening_is_charged_for_all_that_it_fetches() {
        let kinds = [
            (Kind::Entry, "frontdoor.js"),
            (Kind::Chunk("a".into()), "a-0.wasm"),
            (Kind::Chunk("b".into()), "b-0.wasm"),
            (Kind::Module, "store-0.js"),
        ];
        let all: Vec<Item> = kinds
            .iter()
            .map(|(kind, file)| Item {
                file,
                kind,
                weight: weight(10),
            })
            .collect();
        let limits = |opening: &str| -> Budgets {
            let text = format!(
                "entry = 0
                first_view = {{ all = 0, wasm = 0, javascript = 0 }}
                chunks = {{ a = {{ limit = 9 }}, b = {{ limit = 10, after = \"a\" }} }}
                journeys.c = {{ limit = 19, chunks = [\"a\", \"b\"] }}
                openings.form = {{ {opening} }}
                modules.each = 0"
            );
            toml::from_str(&text).unwrap()
        };
        let mut table = judged();
        let known = limits(
            "limit = 29, requests = 4, chunks = [\"a\"], modules = [\"store\"], answers = [\"page\", \"list\"]",
        );
        chunks(&all, &known, &mut table);
        openings(&all, &known, &mut table).unwrap();
        assert_eq!(
            table.over,
            [
                "a by 1",
                "c, all of it by 1",
                "form by 1",
                "form by 1 requests"
            ]
        );
        let unknown =
            limits("limit = 9, requests = 9, chunks = [\"d\"], modules = [], answers = []");
        assert!(openings(&all, &unknown, &mut table).is_err());
    }
}
