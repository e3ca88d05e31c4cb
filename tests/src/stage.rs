//! What a test works with: a browser, a city's endpoint, and a web server. All of it is shut down
//! after the test, whether it passed or not.

use std::panic::{AssertUnwindSafe, resume_unwind};

use anyhow::Result;
use futures_util::FutureExt;

use crate::driver;
use crate::host::Host;
use crate::page::Page;
use crate::sandbox::Sandbox;

/// The environment of one test.
pub struct Stage {
    /// The browser.
    pub page: Page,
    /// The city's endpoint.
    pub city: Sandbox,
    /// The web server in front of it.
    pub host: Host,
}

/// Runs a test on a stage of its own.
///
/// # Panics
/// When the test fails. The reason, the state of the widget and the console are printed.
pub fn stage(test: impl AsyncFnOnce(&Stage) -> Result<()>) {
    stage_with(&[], test);
}

/// Runs a test with command-line options for the sandbox.
///
/// # Panics
/// When the test fails.
pub fn stage_with(options: &[&str], test: impl AsyncFnOnce(&Stage) -> Result<()>) {
    if let Err(error) = run(options, test) {
        // The chain of reasons instead of a panic message, which would name only this line.
        for reason in error.chain() {
            eprintln!("{reason}");
        }
        resume_unwind(Box::new("the test failed"));
    }
}

fn run(options: &[&str], test: impl AsyncFnOnce(&Stage) -> Result<()>) -> Result<()> {
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
        let has_passed = matches!(outcome, Ok(Ok(())));
        if !has_passed {
            eprintln!("{}", stage.page.describe_state().await);
        }
        driver::close(browser, has_passed).await?;
        outcome.unwrap_or_else(|panic| resume_unwind(panic))
    })
}
