//! What can be judged without running the widget: format, lints, dependencies, script, words.

use std::process::Command;

use anyhow::{Result, bail};

use crate::progress::{Step, heading, say};
use crate::project::Project;
use crate::{locales, setup, unused};

/// Runs every check, also after one has failed, and then fails if any did.
pub(crate) fn run(project: &Project) -> Result<()> {
    setup::lints()?;
    heading("Checking");
    let mut failed = Vec::new();
    let mut check = |name: &'static str, hint: &str, command: &mut Command| -> Result<()> {
        let step = Step::new(name).hint(hint);
        if !step.show(command.current_dir(&project.root), |_| {})? {
            failed.push(name);
        }
        Ok(())
    };
    check(
        "format",
        "`cargo fmt --all` puts it right.",
        cargo().args(["fmt", "--all", "--check", "--", "--color=never"]),
    )?;
    check(
        "lints",
        "",
        clippy()
            .args(["--workspace", "--all-targets", "--all-features"])
            .args(DENY_WARNINGS),
    )?;
    check(
        "lints of the wasm",
        "",
        clippy()
            .args([
                "--package",
                "frontdoor",
                "--target",
                "wasm32-unknown-unknown",
            ])
            .args(DENY_WARNINGS),
    )?;
    check(
        "syntax of the entry script",
        "",
        Command::new("node").args(["--check", "src/embed.js"]),
    )?;
    check(
        "guides of the sample city",
        "",
        cargo().args([
            "run",
            "--quiet",
            "--package=guide-cli",
            "--profile=native",
            "--",
            "check",
            "sandbox/data/guides",
            "--services=sandbox/data/services",
        ]),
    )?;
    for (name, faults) in [
        ("dependencies", unused::find(project)?),
        ("words", locales::faults(&project.root.join("locales"))?),
    ] {
        if !judge(name, &faults) {
            failed.push(name);
        }
    }
    if failed.is_empty() {
        return Ok(());
    }
    bail!("these checks failed: {}", failed.join(", "))
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
    say(match faults {
        [] => format!("{name}: nothing to say against them"),
        _ => format!("{name}: {} faults, named above", faults.len()),
    });
    faults.is_empty()
}
