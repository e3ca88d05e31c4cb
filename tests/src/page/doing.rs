//! What a person does: finds things by role and name, presses, types, chooses.

use std::time::Instant;

use anyhow::{Context, Result, bail};
use thirtyfour::prelude::*;

use super::{FIELDS, LIMIT, PAUSE, Page};

impl Page {
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
}
