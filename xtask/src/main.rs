//! `cargo xtask`: every command that a person or a machine runs on Frontdoor.
//!
//! Each verb sets up what it needs and nothing more, so that a fresh clone needs one command.

mod bench;
mod budgets;
mod bundle;
mod check;
mod counts;
mod crates;
mod glue;
mod hollow;
mod layers;
mod locales;
mod metadata;
mod names;
mod progress;
mod project;
mod sandbox;
mod screenshots;
mod serve;
mod setup;
mod size;
mod tables;
mod tests;
mod tools;
mod unused;
mod wasm;
mod webdriver;

use std::env;
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context, Result, bail};

use crate::project::Project;

const HELP: &str = "\
cargo xtask VERB

  setup              install all that any other verb needs; quick when nothing is missing
  serve [--dev]      build, start the sample city, print its addresses; Ctrl-C stops it
        [--watch]    build again after every change and reload the page (trunk)
        [--port N]   this port, rather than 3110 or a free one
  build [--dev]      the widget into dist/ (or, quickly and larger, dist-dev/)
  size               build, then what every file weighs, against budgets.toml, and why
  bench              build, then the time to the first usable view on a simulated phone
  check [NAME]       format, lints, wasm-lints, script, guides, dependencies, layers, locales; or one of these
  test               set-up, check, build, size, tests on the host, tests in a browser
        [--browser NAME] [--filter TEXT]
  screenshots [DIR]  pictures of every view, narrow and wide, light and dark, in each language

  --root DIR         another folder laid out like this project";

/// What was typed.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Options {
    verb: String,
    dev: bool,
    watch: bool,
    port: Option<u16>,
    browser: Option<String>,
    filter: Option<String>,
    check: Option<String>,
    folder: Option<PathBuf>,
    root: Option<PathBuf>,
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
        "setup" => setup::everything(&project),
        "build" => {
            let tools = setup::widget(&project)?;
            let build = bundle::build(&project, &tools, options.dev)?;
            // Trunk runs this as a hook, and says where it gathers the page.
            match env::var_os("TRUNK_STAGING_DIR") {
                Some(staging) => build.copy_beside_the_page(staging.as_ref()),
                None => Ok(()),
            }
        }
        "size" => {
            let tools = setup::widget(&project)?;
            let build = bundle::build(&project, &tools, false)?;
            size::report(&project, &tools, &build)
        }
        "serve" => serve::run(
            &project,
            &serve::Wish {
                dev: options.dev,
                watch: options.watch,
                port: options.port,
            },
        ),
        "bench" => bench::run(&project),
        "check" => check::run(&project, options.check.as_deref()),
        "test" => tests::run(
            &project,
            &tests::Wish {
                browser: options.browser.as_deref(),
                filter: options.filter.as_deref(),
            },
        ),
        "screenshots" => screenshots::run(&project, options.folder.as_deref()),
        verb => bail!("there is no verb {verb}\n\n{HELP}"),
    }
}

#[cfg(test)]
mod typing {
    use super::*;

    fn typed(line: &str) -> Result<Options> {
        parse(line.split_whitespace().map(str::to_owned))
    }

    #[test]
    fn options_may_stand_before_or_after_the_verb() {
        let before = typed("--filter guide test").unwrap();
        assert_eq!(before, typed("test --filter guide").unwrap());
        assert_eq!(before.filter.as_deref(), Some("guide"));
    }

    #[test]
    fn a_word_that_means_nothing_is_refused() {
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
