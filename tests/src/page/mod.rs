//! A browser's window as a person uses it: reads, presses, types. Nothing waits for a fixed
//! time; what is not there within the limit is a failure that says what was there instead.

mod device;
mod doing;
mod hearing;
mod reading;
mod window;

use std::time::{Duration, Instant};

use anyhow::{Result, bail};
use serde_json::json;
use thirtyfour::WebDriver;
use thirtyfour::session::scriptret::ScriptRet;

/// How long a person's patience is in these tests.
pub const LIMIT: Duration = Duration::from_secs(10);
const PAUSE: Duration = Duration::from_millis(40);

const FINDER: &str = include_str!("finder.js");
/// Everything that text can be typed into, or that holds a value.
const FIELDS: &str = "textbox searchbox combobox";

/// The colours that a device asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Theme {
    /// Dark words on light paper.
    Light,
    /// Light words on dark paper.
    Dark,
}

/// What the keyboard speaks to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Focus {
    /// Its role; its tag where it has none.
    pub role: String,
    /// Its name.
    pub name: String,
    /// Its id.
    pub id: String,
}

/// A window with one or more widgets in it.
#[derive(Clone)]
pub struct Page {
    /// The window itself.
    pub browser: WebDriver,
    /// Which of the page's widgets is meant.
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
    /// There is none within the limit.
    pub async fn open(&self, address: &str) -> Result<()> {
        self.go(address).await?;
        self.stands().await
    }

    /// Opens an address. Another one on the same page alone would not load it again.
    ///
    /// # Errors
    /// The browser does not.
    pub async fn go(&self, address: &str) -> Result<()> {
        Ok(self.browser.goto(address).await?)
    }

    /// Loads the page again and waits for the widget.
    ///
    /// # Errors
    /// It does not come.
    pub async fn reload(&self) -> Result<()> {
        self.browser.refresh().await?;
        self.stands().await
    }

    /// Waits until a widget stands: it has a region, and a heading in it.
    ///
    /// # Errors
    /// It does not come.
    pub async fn stands(&self) -> Result<()> {
        let stands = async || {
            Ok(self
                .ask("names", &["region"])
                .await?
                .is_empty()
                .then(|| "no widget".into()))
        };
        eventually("the widget", stands).await
    }

    async fn ask(&self, task: &str, words: &[&str]) -> Result<String> {
        let told = self.look(task, words).await?;
        Ok(told.json().as_str().unwrap_or_default().to_owned())
    }

    async fn look(&self, task: &str, words: &[&str]) -> Result<ScriptRet> {
        let mut arguments = vec![json!(task), json!(self.nth)];
        arguments.extend(words.iter().map(|word| json!(word)));
        Ok(self.browser.execute(FINDER, arguments).await?)
    }
}

/// Waits until `lacks` finds nothing lacking any more.
///
/// # Errors
/// Something still does at the limit.
pub async fn eventually(what: &str, lacks: impl AsyncFn() -> Result<Option<String>>) -> Result<()> {
    let end = Instant::now() + LIMIT;
    loop {
        match lacks().await {
            Ok(None) => return Ok(()),
            told if Instant::now() > end => bail!("waited in vain for {what}; there is {told:?}"),
            _ => tokio::time::sleep(PAUSE).await,
        }
    }
}
