//! What can be judged without running the widget: format, lints, dependencies, layers, scripts, texts.

use std::process::Command;

use anyhow::{Result, bail, ensure};

use crate::progress::{Step, heading, say};
use crate::project::{Project, files};
use crate::{layers, locales, native, setup, unused};

/// The names by which one check can be asked for alone.
const NAMES: [&str; 8] = [
    "format",
    "lints",
    "wasm-lints",
    "scripts",
    "guides",
    "dependencies",
    "layers",
    "locales",
];

/// The options of `check`.
pub(crate) struct CheckOptions<'a> {
    /// One of `NAMES`, to run it alone.
    pub(crate) only: Option<&'a str>,
    /// The programs of the workspace have been built already.
    pub(crate) are_programs_built: bool,
}

/// Runs the checks, also after one has failed.
pub(crate) fn run(project: &Project, options: &CheckOptions) -> Result<()> {
    if let Some(name) = options.only {
        ensure!(
            NAMES.contains(&name),
            "there is no check {name}; there are: {}",
            NAMES.join(", ")
        );
    }
    heading("Checking");
    let mut failed = Vec::new();
    for name in NAMES {
        let is_wanted = options.only.is_none_or(|only| only == name);
        if is_wanted && !check(project, name, options)? {
            failed.push(name);
        }
    }
    if failed.is_empty() {
        return Ok(());
    }
    bail!("these checks failed: {}", failed.join(", "))
}

/// Runs one check and prints what it finds; true when that is nothing.
fn check(project: &Project, name: &str, options: &CheckOptions) -> Result<bool> {
    match name {
        "format" => command(
            project,
            Step::new("format").hint("`cargo fmt --all` corrects it."),
            cargo().args(["fmt", "--all", "--check", "--", "--color=never"]),
        ),
        // The widget is checked for the target it is made for, and only for that: leptos takes long.
        "lints" => command(
            project,
            Step::new("lints"),
            &mut clippy(&["--workspace", "--exclude", WIDGET]),
        ),
        "wasm-lints" => {
            setup::wasm_target()?;
            command(
                project,
                Step::new("lints of the widget"),
                &mut clippy(&["--package", WIDGET, "--target", "wasm32-unknown-unknown"]),
            )
        }
        "scripts" => Ok(judge(name, &script_faults(project)?)),
        "guides" => {
            if !options.are_programs_built {
                native::start(project, &[GUIDE_PACKAGE])?.finish()?;
            }
            command(
                project,
                Step::new("guides of the sample city"),
                Command::new(project.program("guide"))
                    .args(["check", "sandbox/data/guides"])
                    .arg("--services=sandbox/data/services"),
            )
        }
        "dependencies" => Ok(judge(name, &unused::find(project)?)),
        "layers" => Ok(judge(name, &layers::faults(project)?)),
        _ => {
            let folder = project.root.join("locales");
            for level in locales::levels(&folder)? {
                say(level);
            }
            Ok(judge(name, &locales::faults(&folder)?))
        }
    }
}

fn command(project: &Project, step: Step, command: &mut Command) -> Result<bool> {
    step.show(command.current_dir(&project.root), |_| {})
}

/// The syntax errors of the widget's JavaScript.
fn script_faults(project: &Project) -> Result<Vec<String>> {
    setup::node()?;
    let mut faults = Vec::new();
    for folder in ["src/embed", "src/js"] {
        for path in files(&project.root.join(folder), "js")? {
            let mut command = Command::new("node");
            let result = Step::new("checking a script").read(command.arg("--check").arg(path));
            faults.extend(result.err().map(|error| error.to_string()));
        }
    }
    Ok(faults)
}

/// The package of the command for those who write guides, which is called `guide`.
const GUIDE_PACKAGE: &str = "guide-cli";

const WIDGET: &str = "frontdoor";

fn cargo() -> Command {
    Command::new("cargo")
}

/// With the profile of the native programs, so that their build scripts and macros are used again.
fn clippy(packages: &[&str]) -> Command {
    let mut command = cargo();
    command
        .args(["clippy", "--profile", "native"])
        .args(packages)
        .args(["--all-targets", "--all-features"])
        .args(["--", "-D", "warnings"]);
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
