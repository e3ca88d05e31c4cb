//! What can be judged without running the widget: format, lints, dependencies, layers, the entry script, the texts.

use std::process::Command;

use anyhow::{Result, bail, ensure};

use crate::progress::{Step, heading, say};
use crate::project::Project;
use crate::{layers, locales, setup, unused};

/// The names by which one check can be asked for alone.
const NAMES: [&str; 8] = [
    "format",
    "lints",
    "wasm-lints",
    "script",
    "guides",
    "dependencies",
    "layers",
    "locales",
];

/// Runs every check, or only the named one; the others also run after one has failed.
pub(crate) fn run(project: &Project, only: Option<&str>) -> Result<()> {
    if let Some(name) = only {
        ensure!(
            NAMES.contains(&name),
            "there is no check {name}; there are: {}",
            NAMES.join(", ")
        );
    }
    heading("Checking");
    let mut failed = Vec::new();
    for name in NAMES {
        if only.is_none_or(|only| only == name) && !check(project, name)? {
            failed.push(name);
        }
    }
    if failed.is_empty() {
        return Ok(());
    }
    bail!("these checks failed: {}", failed.join(", "))
}

/// Runs one check and prints what it finds; true when that is nothing.
fn check(project: &Project, name: &str) -> Result<bool> {
    match name {
        "format" => command(
            project,
            Step::new("format").hint("`cargo fmt --all` corrects it."),
            cargo().args(["fmt", "--all", "--check", "--", "--color=never"]),
        ),
        "lints" => command(
            project,
            Step::new("lints"),
            clippy()
                .args(["--workspace", "--all-targets", "--all-features"])
                .args(DENY_WARNINGS),
        ),
        "wasm-lints" => {
            setup::wasm_target()?;
            command(
                project,
                Step::new("lints of the wasm"),
                clippy()
                    .args(["--package", "frontdoor"])
                    .args(["--target", "wasm32-unknown-unknown"])
                    .args(DENY_WARNINGS),
            )
        }
        "script" => {
            setup::node()?;
            command(
                project,
                Step::new("syntax of the entry script"),
                Command::new("node").args(["--check", "src/embed.js"]),
            )
        }
        "guides" => command(
            project,
            Step::new("guides of the sample city"),
            cargo()
                .args(["run", "--quiet", "--package=guide", "--profile=native"])
                .args(["--", "check", "sandbox/data/guides"])
                .arg("--services=sandbox/data/services"),
        ),
        "dependencies" => Ok(judge(name, &unused::find(project)?)),
        "layers" => Ok(judge(name, &layers::faults(project)?)),
        _ => Ok(judge(
            name,
            &locales::faults(&project.root.join("locales"))?,
        )),
    }
}

fn command(project: &Project, step: Step, command: &mut Command) -> Result<bool> {
    step.show(command.current_dir(&project.root), |_| {})
}

const DENY_WARNINGS: [&str; 3] = ["--", "-D", "warnings"];

fn cargo() -> Command {
    Command::new("cargo")
}

/// The profile of the native binaries, so that their compiled dependencies are used again.
fn clippy() -> Command {
    let mut command = cargo();
    command.args(["clippy", "--profile", "native"]);
    command
}

fn judge(name: &str, faults: &[String]) -> bool {
    for fault in faults {
        println!("{fault}");
    }
    say(match faults.len() {
        0 => format!("{name}: no faults"),
        1 => format!("{name}: 1 fault, named above"),
        number => format!("{name}: {number} faults, named above"),
    });
    faults.is_empty()
}
