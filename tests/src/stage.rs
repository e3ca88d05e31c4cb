//! Where a test plays: a browser, a city's endpoint, and a web server. All of it is put away
//! after the test, however it ended.

use std::panic::{AssertUnwindSafe, resume_unwind};

use anyhow::Result;
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
        // The chain of reasons instead of a panic's message, which would name only this line.
        for reason in error.chain() {
            eprintln!("{reason}");
        }
        resume_unwind(Box::new("the test failed"));
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
        if !is_well {
            eprintln!("{}", stage.page.scene().await);
        }
        driver::close(browser, is_well).await?;
        outcome.unwrap_or_else(|panic| resume_unwind(panic))
    })
}
