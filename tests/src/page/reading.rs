//! What a person sees, hears and has the focus on.

use std::time::{Duration, Instant};

use anyhow::{Result, bail};

use super::{FIELDS, Focus, PAUSE, Page, eventually};

impl Page {
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
}
