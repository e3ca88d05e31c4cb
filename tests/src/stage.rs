//! Where a test plays: a browser, a city's endpoint, and a web server. All of it is put away
//! after the test, however it ended.

use std::panic::{AssertUnwindSafe, resume_unwind};

use anyhow::{Context, Result};
use futures_util::FutureExt;

use crate::driver;
use crate::host::Host;
use crate::page::Page;
use crate::sandbox::Sandbox;

/// What a test has at hand.
pub struct Stage {
    /// The browser.
    pub page: Page,
    /// The city's endpoint.
    pub city: Sandbox,
    /// The web server that stands before it.
    pub host: Host,
}

/// Plays a test on a stage of its own.
///
/// # Panics
/// When the test fails: with its reason, what stands in the widget, and what the console says.
pub fn stage(test: impl AsyncFnOnce(&Stage) -> Result<()>) {
    stage_with(&[], test);
}

/// Plays a test; `options` are the sandbox's own.
///
/// # Panics
/// When the test fails.
pub fn stage_with(options: &[&str], test: impl AsyncFnOnce(&Stage) -> Result<()>) {
    if let Err(error) = play(options, test) {
        let reasons: Vec<String> = error.chain().map(ToString::to_string).collect();
        // The one place where a failure becomes a panic, which is what a test runner reads.
        std::panic::panic_any(reasons.join("\n"));
    }
}

fn play(options: &[&str], test: impl AsyncFnOnce(&Stage) -> Result<()>) -> Result<()> {
    driver::runtime()?.block_on(async {
        let city = Sandbox::start(options)?;
        let host = Host::start(city.origin()).await?;
        let browser = driver::open().await?;
        let stage = Stage {
            page: Page::new(browser.clone()),
            city,
            host,
        };
        let outcome = AssertUnwindSafe(test(&stage)).catch_unwind().await;
        let is_well = matches!(outcome, Ok(Ok(())));
        let scene = match is_well {
            true => String::new(),
            false => stage.page.scene().await,
        };
        driver::close(browser, is_well).await?;
        match outcome {
            Ok(result) => result.with_context(|| scene),
            Err(panic) => {
                eprintln!("{scene}");
                resume_unwind(panic)
            }
        }
    })
}
