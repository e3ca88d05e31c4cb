//! What a person reads: texts, headings, fields, and where the focus is.

use std::time::{Duration, Instant};

use anyhow::{Result, bail};

use super::{FIELDS, Focus, POLL_INTERVAL, Page, eventually};

impl Page {
    /// All visible text of the widget, with single spaces; of the page if it has no widget.
    ///
    /// # Errors
    /// The browser does not respond.
    pub async fn text(&self) -> Result<String> {
        self.query("text", &[]).await
    }

    /// Waits until the widget shows this text.
    ///
    /// # Errors
    /// It does not.
    pub async fn sees(&self, text: &str) -> Result<()> {
        let is_missing = async || {
            let shown = self.text().await?;
            Ok((!shown.contains(text)).then_some(shown))
        };
        eventually(&format!("the text “{text}”"), is_missing).await
    }

    /// Waits with a limit of its own until the widget shows this text. Returns how long it took.
    ///
    /// # Errors
    /// It does not within the limit.
    pub async fn sees_within(&self, text: &str, limit: Duration) -> Result<Duration> {
        let start = Instant::now();
        loop {
            let shown = self.text().await?;
            if shown.contains(text) {
                return Ok(start.elapsed());
            }
            if start.elapsed() > limit {
                bail!("waited in vain for the text “{text}”; found {shown}");
            }
            tokio::time::sleep(POLL_INTERVAL).await;
        }
    }

    /// Waits until the widget no longer shows this text.
    ///
    /// # Errors
    /// It still does.
    pub async fn loses(&self, text: &str) -> Result<()> {
        let is_shown = async || {
            let shown = self.text().await?;
            Ok(shown.contains(text).then_some(shown))
        };
        eventually(&format!("the text “{text}” to disappear"), is_shown).await
    }

    /// Waits for a heading with this text.
    ///
    /// # Errors
    /// There is none.
    pub async fn heading(&self, text: &str) -> Result<()> {
        self.find("heading", text).await.map(drop)
    }

    /// The names of all elements of a role.
    ///
    /// # Errors
    /// The browser does not respond.
    pub async fn names(&self, role: &str) -> Result<Vec<String>> {
        let names = self.query("names", &[role]).await?;
        Ok(names.lines().map(str::to_owned).collect())
    }

    /// The element that has the keyboard focus.
    ///
    /// # Errors
    /// The browser does not respond.
    pub async fn focus(&self) -> Result<Focus> {
        Ok(self.run_finder("focus", &[]).await?.convert()?)
    }

    /// Waits until the focus is on an element of this role whose name begins like this.
    ///
    /// # Errors
    /// It is elsewhere.
    pub async fn focus_on(&self, role: &str, name: &str) -> Result<()> {
        let is_elsewhere = async || {
            let focus = self.focus().await?;
            let is_there = focus.role == role && focus.name.starts_with(name);
            Ok((!is_there).then(|| format!("{focus:?}")))
        };
        eventually(&format!("the focus on {role} “{name}”"), is_elsewhere).await
    }

    /// What a screen reader adds to the name of a field: hint and error.
    ///
    /// # Errors
    /// The browser does not respond.
    pub async fn description(&self, field: &str) -> Result<String> {
        self.query("described", &["textbox searchbox combobox group", field])
            .await
    }

    /// The value of a field.
    ///
    /// # Errors
    /// There is no such field.
    pub async fn value(&self, field: &str) -> Result<String> {
        let field = self.find(FIELDS, field).await?;
        Ok(field.prop("value").await?.unwrap_or_default())
    }

    /// Waits until a field has this value.
    ///
    /// # Errors
    /// It has another.
    pub async fn holds(&self, field: &str, value: &str) -> Result<()> {
        let differs = async || {
            let now = self.value(field).await?;
            Ok((now != value).then_some(now))
        };
        eventually(&format!("“{value}” in “{field}”"), differs).await
    }
}
