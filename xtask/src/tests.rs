//! Every check there is, one after the other; a summary, the times, and a last line that counts the tests.

use std::path::Path;
use std::process::Command;
use std::time::Instant;

use anyhow::{Result, bail, ensure};

use crate::bundle::{self, Build};
use crate::check::{self, CheckOptions};
use crate::counts::Counts;
use crate::native::{self, TestProgram};
use crate::progress::{Step, heading, print_times};
use crate::project::{Mode, Project};
use crate::setup::{self, Browser};
use crate::tools::Tools;
use crate::{size, wasm};

const DEFAULT_BROWSER: &str = "chromium";
/// The package whose tests need a browser.
pub(crate) const BROWSER_TESTS: &str = "frontdoor-tests";
/// The folder of that package.
const BROWSER_TESTS_FOLDER: &str = "tests";
/// What the names of the tests contain that the plain build is run through: every view, from the start to the end of
/// each journey.
const PLAIN_TESTS: &str = "tour";

/// The options of `test`.
pub(crate) struct TestOptions<'a> {
    pub(crate) browser: Option<&'a str>,
    pub(crate) filter: Option<&'a str>,
    /// Only the browser tests, with the plain build.
    pub(crate) plain: bool,
}

/// Runs everything, or with a filter only the tests whose names contain it.
pub(crate) fn run(project: &Project, options: &TestOptions) -> Result<()> {
    let started = Instant::now();
    setup::python()?;
    let browser = setup::browser()?;
    let nginx = setup::nginx()?;
    let tools = setup::widget(project)?;
    let is_whole = options.filter.is_none() && !options.plain;
    let mut summary = Summary::default();

    heading("Building");
    let mode = if options.plain {
        Mode::Plain
    } else {
        Mode::Release
    };
    // Beside each other, because each of the two leaves a core idle at times.
    let programs = native::start_tests(project)?;
    let compiled = wasm::compile(project, mode);
    let programs = programs.finish();
    let programs = programs.and_then(|output| native::test_programs(project, &output));
    let programs = summary.keep("programs and tests", programs);
    let built = compiled.and_then(|wasm| bundle::bundle(project, &tools, mode, &wasm));
    let built = summary.keep("widget", built);
    if is_whole {
        let options = CheckOptions {
            only: None,
            are_programs_built: programs.is_some(),
        };
        summary.add("check", check::run(project, &options));
        if let Some(build) = &built {
            summary.add("size", size::report(project, &tools, build));
        }
    }

    let run = Run {
        project,
        options,
        tools: &tools,
        browser: &browser,
        nginx: &nginx,
    };
    if let Some(programs) = programs {
        let folder = project.root.join(BROWSER_TESTS_FOLDER);
        let (in_browser, on_host): (Vec<_>, Vec<_>) = programs
            .into_iter()
            .partition(|program| program.folder == folder);
        if !options.plain {
            heading("Testing on this machine");
            let result = run.on_host(&on_host, &mut summary.counts);
            summary.add("tests on this machine", result);
        }
        // Without the widget every browser test would fail for the same reason.
        if let Some(build) = &built {
            heading("Testing in a browser");
            let result = run.in_browser(&in_browser, build, options.filter, &mut summary.counts);
            summary.add("tests in a browser", result);
        }
        if is_whole {
            heading("Testing the plain build in a browser");
            let before = summary.counts.passed();
            let result = plain_build(project, &tools).and_then(|build| {
                run.in_browser(&in_browser, &build, Some(PLAIN_TESTS), &mut summary.counts)?;
                ensure!(
                    summary.counts.passed() > before,
                    "no test of {BROWSER_TESTS} has `{PLAIN_TESTS}` in its name"
                );
                Ok(())
            });
            summary.add("tests of the plain build", result);
        }
    }
    print_times(started);
    summary.close(started)
}

/// How often each model of the core is run, each time with other events in another order: some 10 s without
/// optimisation.
const MODEL_RUNS: &str = "100000";

fn plain_build(project: &Project, tools: &Tools) -> Result<Build> {
    let compiled = wasm::compile(project, Mode::Plain)?;
    bundle::bundle(project, tools, Mode::Plain, &compiled)
}

/// What every run of tests needs.
struct Run<'a> {
    project: &'a Project,
    options: &'a TestOptions<'a>,
    tools: &'a Tools,
    browser: &'a Browser,
    nginx: &'a Path,
}

impl Run<'_> {
    fn on_host(&self, programs: &[TestProgram], counts: &mut Counts) -> Result<()> {
        let filter = self.options.filter;
        let commands = programs.iter().map(|program| {
            let mut command = program.command(filter);
            command.env("FRONTDOOR_MODEL_RUNS", MODEL_RUNS);
            (program.name.as_str(), command)
        });
        let mut doc_tests = native::doc_tests(self.project);
        doc_tests.args(filter);
        run_all(
            commands.chain([("examples in the documentation", doc_tests)]),
            counts,
        )
    }

    fn in_browser(
        &self,
        programs: &[TestProgram],
        build: &Build,
        filter: Option<&str>,
        counts: &mut Counts,
    ) -> Result<()> {
        let commands = programs.iter().map(|program| {
            let mut command = program.command(filter);
            browser_environment(
                &mut command,
                self.project,
                self.tools,
                self.browser,
                &build.dist,
            );
            command.env("NGINX", self.nginx);
            let browser = self.options.browser.unwrap_or(DEFAULT_BROWSER);
            command.env("FRONTDOOR_BROWSER", browser);
            (program.name.as_str(), command)
        });
        run_all(commands, counts)
    }
}

/// Runs all commands, also after one has failed.
fn run_all<'a>(
    commands: impl IntoIterator<Item = (&'a str, Command)>,
    counts: &mut Counts,
) -> Result<()> {
    let mut failed = Vec::new();
    for (name, mut command) in commands {
        if !Step::new(name).show(&mut command, |line| counts.read(line))? {
            failed.push(name);
        }
    }
    if failed.is_empty() {
        return Ok(());
    }
    bail!("failed: {}; the output is above", failed.join(", "))
}

/// What the browser tests find in their environment.
pub(crate) fn browser_environment(
    command: &mut Command,
    project: &Project,
    tools: &Tools,
    browser: &Browser,
    dist: &Path,
) {
    command
        .env("FRONTDOOR_DIST", dist)
        .env("FRONTDOOR_SANDBOX", project.program(native::SANDBOX))
        .env("FRONTDOOR_NODE_MODULES", &tools.node_modules)
        .env("FRONTDOOR_BROWSER", DEFAULT_BROWSER)
        .env("CHROMIUM", &browser.chromium)
        .env("CHROMEDRIVER", &browser.driver);
}

#[derive(Default)]
struct Summary {
    rows: Vec<(&'static str, Option<String>)>,
    counts: Counts,
}

impl Summary {
    /// Notes a result, and gives its value.
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
        // The line of counts comes last: an error below it would only repeat the summary.
        std::process::exit(1)
    }
}
