//! A browser window as a person uses it: reading, pressing, typing. Nothing waits for a fixed time;
//! a check polls until it holds, and fails after [`TIMEOUT`] with what was there instead.

mod actions;
mod announcements;
mod capture;
mod device;
mod keyboard;
mod reading;
mod tabs;
mod window;

use std::time::{Duration, Instant};

use anyhow::{Result, bail};
use serde::Deserialize;
use serde_json::json;
use thirtyfour::WebDriver;
use thirtyfour::session::scriptret::ScriptRet;

pub use capture::SavedFile;
pub use keyboard::key;

/// How long a check waits before it fails. Most hold at once; a longer wait only delays the report
/// of a failure, a much shorter one fails on a busy machine.
const TIMEOUT: Duration = Duration::from_secs(10);
/// How often a check is repeated. A shorter interval takes processor time from the browser.
const POLL_INTERVAL: Duration = Duration::from_millis(40);

const FINDER: &str = include_str!("finder.js");
/// Roles of everything that text can be typed into or that has a value.
const FIELDS: &str = "textbox searchbox combobox";

/// The shadow root of the page's first widget, as a JavaScript expression.
pub const ROOT: &str = "document.querySelector('front-door').shadowRoot";

/// The colour scheme that a device prefers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Theme {
    /// Dark text on a light background.
    Light,
    /// Light text on a dark background.
    Dark,
}

/// The element that has the keyboard focus.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
pub struct Focus {
    /// Its role, or its tag if it has none.
    pub role: String,
    /// Its accessible name.
    pub name: String,
    /// Its id.
    pub id: String,
}

/// A window with one or more widgets in it.
#[derive(Clone)]
pub struct Page {
    /// The WebDriver session of the window.
    pub browser: WebDriver,
    /// Which of the page's widgets is meant, from 0.
    nth: usize,
}

impl Page {
    pub(crate) fn new(browser: WebDriver) -> Self {
        Self { browser, nth: 0 }
    }

    /// The same window with its `nth` widget, from 0.
    pub fn widget(&self, nth: usize) -> Self {
        Self {
            browser: self.browser.clone(),
            nth,
        }
    }

    /// Opens an address and waits for the widget's first view.
    ///
    /// # Errors
    /// No widget appears.
    pub async fn open(&self, address: &str) -> Result<()> {
        self.go(address).await?;
        self.ready().await
    }

    /// Opens an address. A browser does not load the page again if only the hash differs.
    ///
    /// # Errors
    /// The browser cannot open it.
    pub async fn go(&self, address: &str) -> Result<()> {
        Ok(self.browser.goto(address).await?)
    }

    /// Loads the page again and waits for the widget.
    ///
    /// # Errors
    /// No widget appears.
    pub async fn reload(&self) -> Result<()> {
        self.browser.refresh().await?;
        self.ready().await
    }

    /// Waits for the widget's first view: it has a region.
    ///
    /// # Errors
    /// No widget appears.
    pub async fn ready(&self) -> Result<()> {
        let is_missing = async || {
            let regions = self.query("names", &["region"]).await?;
            Ok(regions.is_empty().then(|| "no widget".into()))
        };
        eventually("the widget", is_missing).await
    }

    /// Runs a task of the finder that returns text.
    async fn query(&self, task: &str, arguments: &[&str]) -> Result<String> {
        let result = self.run_finder(task, arguments).await?;
        Ok(result.json().as_str().unwrap_or_default().to_owned())
    }

    async fn run_finder(&self, task: &str, words: &[&str]) -> Result<ScriptRet> {
        let mut arguments = vec![json!(task), json!(self.nth)];
        arguments.extend(words.iter().map(|word| json!(word)));
        Ok(self.browser.execute(FINDER, arguments).await?)
    }
}

/// Repeats `problem` until it returns `None`.
///
/// # Errors
/// There is still a problem after [`TIMEOUT`]; the error names `what` was waited for.
pub async fn eventually(
    what: &str,
    problem: impl AsyncFn() -> Result<Option<String>>,
) -> Result<()> {
    let deadline = Instant::now() + TIMEOUT;
    loop {
        match problem().await {
            Ok(None) => return Ok(()),
            found if Instant::now() > deadline => {
                bail!("waited in vain for {what}; found {found:?}")
            }
            _ => tokio::time::sleep(POLL_INTERVAL).await,
        }
    }
}
