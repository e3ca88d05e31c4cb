//! `cargo xtask`: every command that a person or a machine runs on Frontdoor.
//!
//! Each verb sets up what it needs and nothing more, so that a fresh clone works with one command.

mod bench;
mod budgets;
mod bundle;
mod check;
mod counts;
mod crates;
mod forbidden;
mod glue;
mod layers;
mod locales;
mod metadata;
mod native;
mod pack;
mod plain_words;
mod progress;
mod project;
mod reorder;
mod sandbox;
mod screenshots;
mod serve;
mod setup;
mod shorten_imports;
mod size;
mod stub_unused;
mod tests;
mod tools;
mod unused;
mod wasm;
mod wasm_file;
mod webdriver;

use std::env;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Instant;

use anyhow::{Context, Result, bail};

use crate::bundle::Build;
use crate::check::CheckOptions;
use crate::project::{Mode, Project};
use crate::tools::Tools;

const HELP: &str = "\
cargo xtask VERB

  setup [--watch]    install what the other verbs need (and trunk); quick when nothing is missing
  serve [--dev]      build, start the sample city, print its addresses; Ctrl-C stops it
        [--watch]    build again after every change and reload the page (trunk)
        [--port N]   this port, rather than 3110 or a free one
  build [--dev]      the widget into dist/ (or, quickly and larger, dist-dev/)
  size               build, then what every file weighs, compared with budgets.toml, and why
  bench              build, then the time to the first usable view on a simulated phone
  check [NAME]       format, lints, wasm-lints, scripts, guides, dependencies, layers, locales (complete,
                     easy to read, in words that a native reader would use); or one of these
  test               build, check, size, tests on this machine, tests in a browser
        [--browser NAME] [--filter TEXT]
  gallery            build, then serve a page with the parts of the interface in all their
        [--port N]   states: narrow and wide, light and dark
  screenshots [DIR]  pictures of every view, narrow and wide, light and dark, in each language

  --plain            with serve, build, size or test: without unstable compiler options and
                     without edits of the wasm, into dist-plain/
  --root DIR         another folder laid out like this project";

/// What was typed.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Options {
    verb: String,
    dev: bool,
    plain: bool,
    watch: bool,
    port: Option<u16>,
    browser: Option<String>,
    filter: Option<String>,
    check: Option<String>,
    folder: Option<PathBuf>,
    root: Option<PathBuf>,
}

impl Options {
    fn mode(&self) -> Result<Mode> {
        match (self.dev, self.plain) {
            (false, false) => Ok(Mode::Release),
            (false, true) => Ok(Mode::Plain),
            (true, false) => Ok(Mode::Dev),
            (true, true) => bail!("--dev and --plain are two builds: name one of them"),
        }
    }
}

fn main() -> ExitCode {
    match parse(env::args().skip(1)).and_then(|options| run(&options)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("\n✗ {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn parse(mut words: impl Iterator<Item = String>) -> Result<Options> {
    let mut options = Options::default();
    while let Some(word) = words.next() {
        let mut value = || {
            words
                .next()
                .with_context(|| format!("{word} needs a value"))
        };
        match word.as_str() {
            "-h" | "--help" => options.verb = "help".to_owned(),
            "--dev" => options.dev = true,
            "--plain" => options.plain = true,
            "--watch" => options.watch = true,
            "--port" => options.port = Some(value()?.parse().context("--port needs a number")?),
            "--browser" => options.browser = Some(value()?),
            "--filter" => options.filter = Some(value()?),
            "--root" => options.root = Some(value()?.into()),
            flag if flag.starts_with('-') => bail!("there is no option {flag}\n\n{HELP}"),
            _ if options.verb.is_empty() => options.verb = word,
            _ if options.verb == "check" && options.check.is_none() => options.check = Some(word),
            _ if options.verb == "screenshots" && options.folder.is_none() => {
                options.folder = Some(word.into());
            }
            _ => bail!("{word} is one word too many\n\n{HELP}"),
        }
    }
    Ok(options)
}

fn run(options: &Options) -> Result<()> {
    if matches!(options.verb.as_str(), "" | "help") {
        println!("{HELP}");
        return Ok(());
    }
    let project = Project::find(options.root.clone())?;
    match options.verb.as_str() {
        "setup" => {
            let started = Instant::now();
            setup::everything(&project, options.watch)?;
            progress::print_times(started);
            Ok(())
        }
        "build" => {
            let build = build(&project, &setup::widget(&project)?, options.mode()?)?;
            // Trunk runs this as a hook, and names the folder in which it gathers the page.
            match env::var_os("TRUNK_STAGING_DIR") {
                Some(staging) => build.copy_beside_the_page(staging.as_ref()),
                None => Ok(()),
            }
        }
        "size" => {
            let tools = setup::widget(&project)?;
            let build = build(&project, &tools, options.mode()?)?;
            size::report(&project, &tools, &build)
        }
        "serve" => serve::run(
            &project,
            &serve::ServeOptions {
                mode: options.mode()?,
                watch: options.watch,
                port: options.port,
            },
        ),
        "gallery" => serve::run(
            &project,
            &serve::ServeOptions {
                mode: Mode::Gallery,
                watch: false,
                port: options.port,
            },
        ),
        "bench" => bench::run(&project),
        "check" => {
            let options = CheckOptions {
                only: options.check.as_deref(),
                are_programs_built: false,
            };
            check::run(&project, &options)
        }
        "test" => tests::run(
            &project,
            &tests::TestOptions {
                browser: options.browser.as_deref(),
                filter: options.filter.as_deref(),
                plain: options.plain,
            },
        ),
        "screenshots" => screenshots::run(&project, options.folder.as_deref()),
        verb => bail!("there is no verb {verb}\n\n{HELP}"),
    }
}

fn build(project: &Project, tools: &Tools, mode: Mode) -> Result<Build> {
    let programs = native::start(project, &[native::WASM_TOOLS])?;
    bundle::build(project, tools, mode, programs)
}

#[cfg(test)]
mod command_line {
    use super::*;

    fn typed(line: &str) -> Result<Options> {
        parse(line.split_whitespace().map(str::to_owned))
    }

    #[test]
    fn options_come_before_or_after_the_verb() {
        let before = typed("--filter guide test").unwrap();
        assert_eq!(before, typed("test --filter guide").unwrap());
        assert_eq!(before.filter.as_deref(), Some("guide"));
    }

    #[test]
    fn an_unknown_word_is_refused() {
        for line in [
            "build --fast",
            "build twice",
            "serve --port many",
            "test --filter",
        ] {
            assert!(typed(line).is_err(), "{line}");
        }
    }
}
