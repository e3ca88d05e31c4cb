//! A browser's window as a person uses it: reads, presses, types. Nothing waits for a fixed
//! time; what is not there within the limit is a failure that says what was there instead.

use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use serde_json::{Value, json};
use thirtyfour::prelude::*;

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

    // Going places ---------------------------------------------------------

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

    // Reading --------------------------------------------------------------

    /// All that can be read in the widget, with single blanks; the page where there is none.
    ///
    /// # Errors
    /// The browser does not say.
    pub async fn text(&self) -> Result<String> {
        self.ask("text", &[]).await
    }

    /// Waits until the widget says this.
    ///
    /// # Errors
    /// It does not within the limit.
    pub async fn sees(&self, words: &str) -> Result<()> {
        let there = async || {
            let text = self.text().await?;
            Ok((!text.contains(words)).then_some(text))
        };
        eventually(&format!("the words “{words}”"), there).await
    }

    /// Waits longer than a person's patience until the widget says this, and tells how long it took.
    ///
    /// # Errors
    /// It does not within the limit.
    pub async fn sees_after(&self, words: &str, limit: Duration) -> Result<Duration> {
        let start = Instant::now();
        loop {
            let text = self.text().await?;
            if text.contains(words) {
                return Ok(start.elapsed());
            }
            if start.elapsed() > limit {
                bail!("waited in vain for the words “{words}”; there is {text}");
            }
            tokio::time::sleep(PAUSE).await;
        }
    }

    /// Waits until the widget does not say this any more.
    ///
    /// # Errors
    /// It still does at the limit.
    pub async fn loses(&self, words: &str) -> Result<()> {
        let gone = async || {
            let text = self.text().await?;
            Ok(text.contains(words).then_some(text))
        };
        eventually(&format!("an end of the words “{words}”"), gone).await
    }

    /// Waits for a heading that reads so.
    ///
    /// # Errors
    /// There is none within the limit.
    pub async fn heading(&self, words: &str) -> Result<()> {
        self.find("heading", words).await.map(drop)
    }

    /// The names of everything of a role.
    ///
    /// # Errors
    /// The browser does not say.
    pub async fn names(&self, role: &str) -> Result<Vec<String>> {
        let names = self.ask("names", &[role]).await?;
        Ok(names.lines().map(str::to_owned).collect())
    }

    /// What the keyboard speaks to.
    ///
    /// # Errors
    /// The browser does not say.
    pub async fn focus(&self) -> Result<Focus> {
        let told = self.ask("focus", &[]).await?;
        let mut parts = told.split('\n').map(str::to_owned);
        let mut next = || parts.next().unwrap_or_default();
        Ok(Focus {
            role: next(),
            name: next(),
            id: next(),
        })
    }

    /// Waits until the keyboard speaks to something of this role whose name begins so.
    ///
    /// # Errors
    /// It does not within the limit.
    pub async fn focus_on(&self, role: &str, name: &str) -> Result<()> {
        let there = async || {
            let focus = self.focus().await?;
            let is_there = focus.role == role && focus.name.starts_with(name);
            Ok((!is_there).then(|| format!("{focus:?}")))
        };
        eventually(&format!("the focus on {role} “{name}”"), there).await
    }

    /// What is said to a field beside its name: hint and error.
    ///
    /// # Errors
    /// There is no such field.
    pub async fn description(&self, field: &str) -> Result<String> {
        self.ask("described", &["textbox searchbox combobox group", field])
            .await
    }

    /// What stands in a field.
    ///
    /// # Errors
    /// There is no such field within the limit.
    pub async fn value(&self, field: &str) -> Result<String> {
        let field = self.find(FIELDS, field).await?;
        Ok(field.prop("value").await?.unwrap_or_default())
    }

    /// Waits until this stands in a field.
    ///
    /// # Errors
    /// It does not within the limit.
    pub async fn holds(&self, field: &str, value: &str) -> Result<()> {
        let there = async || {
            let now = self.value(field).await?;
            Ok((now != value).then_some(now))
        };
        eventually(&format!("“{value}” in “{field}”"), there).await
    }

    // Doing ----------------------------------------------------------------

    /// The one thing of one of these roles (with blanks between) and this name.
    ///
    /// # Errors
    /// There is none, or several, at the limit.
    pub async fn find(&self, roles: &str, name: &str) -> Result<WebElement> {
        self.find_in(roles, name, "").await
    }

    /// The same within a group of this name, such as the choices of a question.
    ///
    /// # Errors
    /// There is none, or several, at the limit.
    pub async fn find_in(&self, roles: &str, name: &str, group: &str) -> Result<WebElement> {
        let end = Instant::now() + LIMIT;
        loop {
            let told = match self.look("find", &[roles, name, group]).await?.element() {
                Ok(element) => return Ok(element),
                Err(_) => self
                    .ask("find", &[roles, name, group])
                    .await
                    .unwrap_or_default(),
            };
            if Instant::now() > end {
                bail!("nothing to find: {told}");
            }
            tokio::time::sleep(PAUSE).await;
        }
    }

    /// Presses a button, or a link, as with a finger.
    ///
    /// # Errors
    /// It is not there, or something lies over it.
    pub async fn press(&self, name: &str) -> Result<()> {
        self.click("button link", name, "").await
    }

    async fn click(&self, roles: &str, name: &str, group: &str) -> Result<()> {
        let end = Instant::now() + LIMIT;
        loop {
            let target = self.find_in(roles, name, group).await?;
            // A click that failed was none: the view may have been drawn anew in between.
            match target.click().await {
                Ok(()) => return Ok(()),
                Err(error) if Instant::now() > end => {
                    return Err(error).with_context(|| format!("“{name}” cannot be pressed"));
                }
                Err(_) => tokio::time::sleep(PAUSE).await,
            }
        }
    }

    /// Types into a field, in the place of what stood there.
    ///
    /// # Errors
    /// It is not there.
    pub async fn fill(&self, field: &str, text: &str) -> Result<()> {
        self.fill_in(field, text, "").await
    }

    /// The same within a group, such as the day of a date.
    ///
    /// # Errors
    /// It is not there.
    pub async fn fill_in(&self, field: &str, text: &str, group: &str) -> Result<()> {
        let target = self.find_in(FIELDS, field, group).await?;
        // Not WebDriver's “clear”, which empties a field behind the page's back.
        if !target.prop("value").await?.unwrap_or_default().is_empty() {
            // In one go, because each begins at the end of the text.
            let all = Key::Control + "a" + Key::Null + Key::Backspace;
            target.send_keys(all).await?;
        }
        Ok(target.send_keys(text).await?)
    }

    /// Chooses or ticks an answer to a question.
    ///
    /// # Errors
    /// There is no such question, or no such answer.
    pub async fn choose(&self, question: &str, answer: &str) -> Result<()> {
        self.click("radio checkbox", answer, question).await
    }

    /// Whether an answer to a question is chosen.
    ///
    /// # Errors
    /// There is no such question, or no such answer.
    pub async fn is_chosen(&self, question: &str, answer: &str) -> Result<bool> {
        let input = self.find_in("radio checkbox", answer, question).await?;
        Ok(input.is_selected().await?)
    }

    /// Presses keys, wherever the focus is.
    ///
    /// # Errors
    /// The browser does not.
    pub async fn keys(&self, keys: impl AsRef<str>) -> Result<()> {
        Ok(self
            .browser
            .action_chain()
            .send_keys(keys.as_ref())
            .perform()
            .await?)
    }

    // The window -----------------------------------------------------------

    /// Makes the window so many CSS pixels wide and high, as on a phone.
    ///
    /// # Errors
    /// The browser is not Chromium.
    pub async fn size(&self, width: u32, height: u32) -> Result<()> {
        // Chromium only: WebDriver cannot make a window as narrow as a phone.
        let metrics =
            json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false });
        self.devtools("Emulation.setDeviceMetricsOverride", metrics)
            .await
            .map(drop)
    }

    /// Lets the device ask for light or dark.
    ///
    /// # Errors
    /// The browser is not Chromium.
    pub async fn theme(&self, theme: Theme) -> Result<()> {
        let value = if theme == Theme::Dark {
            "dark"
        } else {
            "light"
        };
        // Chromium only: WebDriver knows no device.
        let features = json!({ "features": [{ "name": "prefers-color-scheme", "value": value }] });
        self.devtools("Emulation.setEmulatedMedia", features)
            .await
            .map(drop)
    }

    /// Speaks DevTools, which only Chromium does.
    ///
    /// # Errors
    /// The browser does not.
    pub async fn devtools(&self, command: &str, parameters: Value) -> Result<Value> {
        Ok(self.browser.cdp().send_raw(command, parameters).await?)
    }

    /// Runs the body of a function in the page.
    ///
    /// # Errors
    /// It throws.
    pub async fn script(&self, body: &str, arguments: Vec<Value>) -> Result<Value> {
        let told = self.browser.execute(body, arguments).await;
        Ok(told
            .with_context(|| format!("in the script {body}"))?
            .json()
            .clone())
    }

    /// What a script's expression comes to, as text.
    ///
    /// # Errors
    /// It throws.
    pub async fn eval(&self, expression: &str) -> Result<String> {
        let told = self
            .script(&format!("return String({expression})"), Vec::new())
            .await?;
        Ok(told.as_str().unwrap_or_default().to_owned())
    }

    /// Waits until a script's expression is true.
    ///
    /// # Errors
    /// It is not within the limit.
    pub async fn until(&self, expression: &str) -> Result<()> {
        let held = async || {
            let told = self.eval(&format!("!!({expression})")).await?;
            Ok((told != "true").then_some(told))
        };
        eventually(expression, held).await
    }

    /// A list of the probe: `errors`, `warnings`, `violations`, `uncaught`.
    ///
    /// # Errors
    /// The page has no probe.
    pub async fn told(&self, list: &str) -> Result<Vec<String>> {
        let told = self
            .eval(&format!("window.seen[{list:?}].join('\\n')"))
            .await?;
        Ok(told.lines().map(str::to_owned).collect())
    }

    /// What stands there when a test has failed.
    pub(crate) async fn scene(&self) -> String {
        let text = self
            .text()
            .await
            .unwrap_or_else(|error| format!("{error:#}"));
        let focus = self
            .focus()
            .await
            .map(|focus| format!("{focus:?}"))
            .unwrap_or_default();
        let console = self
            .eval("JSON.stringify(window.seen)")
            .await
            .unwrap_or_default();
        let address = self.eval("location.href").await.unwrap_or_default();
        format!(
            "at {address}\n  the widget says: {text}\n  the focus: {focus}\n  the console: {console}\n "
        )
    }

    async fn ask(&self, task: &str, words: &[&str]) -> Result<String> {
        let told = self.look(task, words).await?;
        Ok(told.json().as_str().unwrap_or_default().to_owned())
    }

    async fn look(
        &self,
        task: &str,
        words: &[&str],
    ) -> Result<thirtyfour::session::scriptret::ScriptRet> {
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
