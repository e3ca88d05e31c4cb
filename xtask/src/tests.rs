//! Every check there is, one after the other, a summary, and a last line that counts the tests.

use std::path::Path;
use std::process::Command;
use std::time::Instant;

use anyhow::{Result, bail};

use crate::counts::Counts;
use crate::progress::{Step, heading};
use crate::project::Project;
use crate::setup::Browser;
use crate::tools::{Tools, on_path};
use crate::{bundle, check, sandbox, setup, size};

const DEFAULT_BROWSER: &str = "chromium";
const BROWSER_TESTS: &str = "frontdoor-tests";

/// What `test` was asked for.
pub(crate) struct Wish<'a> {
    pub(crate) browser: Option<&'a str>,
    pub(crate) filter: Option<&'a str>,
}

/// Runs all, or with a filter only the tests whose names hold it.
pub(crate) fn run(project: &Project, wish: &Wish) -> Result<()> {
    let started = Instant::now();
    setup::python()?;
    let browser = setup::browser()?;
    let nginx = setup::nginx()?;
    let tools = setup::widget(project)?;
    let mut summary = Summary::default();
    if wish.filter.is_none() {
        summary.add("check", check::run(project, None));
    }
    heading("Building");
    let built = summary.keep("build", bundle::build(project, &tools, false));
    if let (Some(build), None) = (&built, wish.filter) {
        summary.add("size", size::report(project, &tools, build));
    }
    heading("Testing on this machine");
    let result = host_tests(project, wish, &mut summary.counts);
    summary.add("tests on this machine", result);
    heading("Testing in a browser");
    let program = summary.keep("sandbox", sandbox::build(project));
    // Without the widget or the sandbox every browser test would fail for the same reason.
    if let (Some(build), Some(program)) = (built, program) {
        let mut command = browser_tests(project, &tools, &browser, &build.dist, &program);
        command.env("FRONTDOOR_BROWSER", wish.browser.unwrap_or(DEFAULT_BROWSER));
        command.env("NGINX", nginx);
        command.args(wish.filter);
        let step = Step::new("tests in a browser");
        let result = judge(step, &mut command, &mut summary.counts);
        summary.add("tests in a browser", result);
    }
    summary.close(started)
}

fn host_tests(project: &Project, wish: &Wish, counts: &mut Counts) -> Result<()> {
    let mut command = Command::new("cargo");
    command.current_dir(&project.root);
    let nextest = on_path("cargo-nextest").is_some();
    if nextest {
        command.args(["nextest", "run", "--cargo-profile", "native"]);
        command.arg("--no-tests=pass");
    } else {
        command.args(["test", "--profile", "native"]);
    }
    command.args(["--workspace", "--exclude", BROWSER_TESTS, "--no-fail-fast"]);
    command.args(wish.filter);
    let tests = judge(Step::new("tests"), &mut command, counts);
    if !nextest {
        return tests;
    }
    // nextest leaves out the examples in the documentation.
    let mut command = Command::new("cargo");
    command
        .current_dir(&project.root)
        .args(["test", "--doc", "--profile", "native"])
        .args(["--workspace", "--exclude", BROWSER_TESTS, "--no-fail-fast"])
        .args(wish.filter);
    let examples = judge(
        Step::new("examples in the documentation"),
        &mut command,
        counts,
    );
    tests.and(examples)
}

/// The browser tests as a command; what they need to know travels in the environment.
pub(crate) fn browser_tests(
    project: &Project,
    tools: &Tools,
    browser: &Browser,
    dist: &Path,
    sandbox: &Path,
) -> Command {
    let mut command = Command::new("cargo");
    command
        .current_dir(&project.root)
        .args(["test", "--package", BROWSER_TESTS, "--profile", "native"])
        .arg("--no-fail-fast")
        .env("FRONTDOOR_DIST", dist)
        .env("FRONTDOOR_SANDBOX", sandbox)
        .env("FRONTDOOR_NODE_MODULES", &tools.node_modules)
        .env("FRONTDOOR_BROWSER", DEFAULT_BROWSER)
        .env("CHROMIUM", &browser.chromium)
        .env("CHROMEDRIVER", &browser.driver);
    command
}

fn judge(step: Step, command: &mut Command, counts: &mut Counts) -> Result<()> {
    if step.show(command, |line| counts.read(line))? {
        return Ok(());
    }
    bail!("{command:?} failed; its output stands above")
}

#[derive(Default)]
struct Summary {
    rows: Vec<(&'static str, Option<String>)>,
    counts: Counts,
}

impl Summary {
    /// Notes how it went, and hands on what came of it.
    fn keep<T>(&mut self, name: &'static str, result: Result<T>) -> Option<T> {
        match result {
            Ok(value) => {
                self.add(name, Ok(()));
                Some(value)
            }
            Err(error) => {
                self.add(name, Err(error));
                None
            }
        }
    }

    fn add(&mut self, name: &'static str, result: Result<()>) {
        let error = result.err().map(|error| format!("{error:#}"));
        if let Some(error) = &error {
            eprintln!("✗ {error}");
        }
        self.rows.push((name, error));
    }

    fn close(&self, started: Instant) -> Result<()> {
        heading("Summary");
        let mut failed = Vec::new();
        for (name, error) in &self.rows {
            match error {
                None => eprintln!("✓ {name}"),
                Some(error) => {
                    failed.push(*name);
                    eprintln!("✗ {name}: {}", error.lines().next().unwrap_or_default());
                }
            }
        }
        let all_well = failed.is_empty() && self.counts.all_passed();
        println!("\n{}", self.counts.line(all_well, started.elapsed()));
        if all_well {
            return Ok(());
        }
        // The counting line is the last one: an error on top of it would only repeat the summary.
        std::process::exit(1)
    }
}
