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
    chunks(&all, &limits, &mut table)?;
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
            "JavaScript",
            limits.first_view.javascript,
            &[Kind::Entry, Kind::Script][..],
        ),
        ("wasm", limits.first_view.wasm, &[Kind::Wasm]),
        ("style", limits.first_view.style, &[Kind::Style]),
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

/// A chunk is charged for everything that opening it may fetch, shared chunks included; one that is opened from another,
/// for what that one has not fetched already.
fn chunks(all: &[Item], limits: &Budgets, table: &mut Table) -> Result<()> {
    table.title("chunks");
    let mut names = Vec::new();
    for item in all {
        if let Kind::Chunk(needed_by) = item.kind {
            table.row(&format!("  {}", item.file), item.weight, None);
            if let [_, _, ..] = needed_by.as_slice() {
                table.note(&needed_by.join(", "));
            }
            names.extend(needed_by);
        }
    }
    names.sort();
    names.dedup();
    let sum = |counts: &dyn Fn(&[String]) -> bool| -> Weight {
        all.iter()
            .filter(|item| matches!(item.kind, Kind::Chunk(needed_by) if counts(needed_by)))
            .map(|item| item.weight)
            .sum()
    };
    for name in &names {
        let budget = limits
            .chunks
            .get(*name)
            .with_context(|| format!("budgets.toml has no limit for the chunk {name}"))?;
        let after = budget.after.as_ref();
        let weight = sum(&|needed_by| {
            needed_by.contains(name) && after.is_none_or(|after| !needed_by.contains(after))
        });
        let label = match after {
            Some(after) => format!("  = {name}, after {after}"),
            None => format!("  = {name}"),
        };
        table.row(&label, weight, Some(budget.limit));
        if budget.own.is_some() {
            let is_own = |user: &String| {
                let leads_on = limits
                    .chunks
                    .get(user)
                    .and_then(|chunk| chunk.after.as_ref());
                user == *name || leads_on == Some(name)
            };
            let weight = sum(&|needed_by| needed_by.contains(name) && needed_by.iter().all(is_own));
            table.row(&format!("  = {name}, its own code"), weight, budget.own);
        }
    }
    for name in limits.chunks.keys() {
        ensure!(
            names.contains(&name),
            "budgets.toml has a limit for the chunk {name}, which does not exist"
        );
    }
    for (name, journey) in &limits.journeys {
        let weight = sum(&|needed_by| needed_by.iter().any(|user| journey.chunks.contains(user)));
        table.row(
            &format!("  = {name}, all of it"),
            weight,
            Some(journey.limit),
        );
    }
    Ok(())
}

fn modules(all: &[Item], limits: &Budgets, table: &mut Table) {
    table.title("JavaScript modules, fetched when they are needed");
    for item in all.iter().filter(|item| *item.kind == Kind::Module) {
        let name = item.file.split('-').next().unwrap_or_default();
        let limit = limits.modules.limit(name);
        table.row(&format!("  {}", item.file), item.weight, Some(limit));
    }
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

    /// Adds a text to the last row.
    fn note(&mut self, text: &str) {
        if let Some(line) = self.lines.last_mut() {
            line.push_str("  ");
            line.push_str(text);
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

    #[test]
    fn a_chunk_is_charged_for_what_it_shares_and_was_not_there() {
        let weight = |brotli| Weight {
            brotli,
            ..Weight::default()
        };
        let kind = |names: &[&str]| Kind::Chunk(names.iter().map(|&name| name.into()).collect());
        let (own, shared, later) = (kind(&["a"]), kind(&["a", "b"]), kind(&["b"]));
        let all = [(&own, 20), (&shared, 15), (&later, 15)].map(|(kind, brotli)| Item {
            file: "file.wasm",
            kind,
            weight: weight(brotli),
        });
        let limits = |chunks: &str| -> Budgets {
            let text = format!(
                "entry = 0
                first_view = {{ all = 0, wasm = 0, javascript = 0, style = 0 }}
                chunks = {{ {chunks} }}
                journeys.c = {{ limit = 49, chunks = [\"a\", \"b\"] }}
                modules.each = 0"
            );
            toml::from_str(&text).unwrap()
        };
        let mut table = judged();
        let known = limits("a = { limit = 34, own = 34 }, b = { limit = 14, after = \"a\" }");
        chunks(&all, &known, &mut table).unwrap();
        assert_eq!(
            table.over,
            [
                "a by 1",
                "a, its own code by 1",
                "b, after a by 1",
                "c, all of it by 1"
            ]
        );
        for unknown in [
            "a = { limit = 1 }",
            "a = { limit = 1 }, b = { limit = 1 }, d = { limit = 1 }",
        ] {
            assert!(
                chunks(&all, &limits(unknown), &mut table).is_err(),
                "{unknown}"
            );
        }
    }
}
