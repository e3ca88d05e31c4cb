//! What a person does: finds elements by role and name, presses, types, chooses.

use std::time::Instant;

use anyhow::{Context, Result, bail};
use tempfile::TempDir;
use thirtyfour::prelude::*;

use super::{FIELDS, POLL_INTERVAL, Page, TIMEOUT};

/// Sets a flag when an element gets its next click.
const WATCH_CLICK: &str = "window.wasClicked = false;
arguments[0].addEventListener('click', () => (window.wasClicked = true), { capture: true, once: true });";

impl Page {
    /// The one element that has one of these roles (separated by spaces) and this name.
    ///
    /// # Errors
    /// There is none, or more than one.
    pub async fn find(&self, roles: &str, name: &str) -> Result<WebElement> {
        self.find_in(roles, name, "").await
    }

    /// The same inside the group of this name, such as the choices of a question.
    ///
    /// # Errors
    /// There is none, or more than one.
    pub async fn find_in(&self, roles: &str, name: &str, group: &str) -> Result<WebElement> {
        let deadline = Instant::now() + TIMEOUT;
        loop {
            let found = self.run_finder("find", &[roles, name, group]).await?;
            // Text in place of an element describes what is there instead.
            let problem = found.json().to_string();
            if let Ok(element) = found.element() {
                return Ok(element);
            }
            if Instant::now() > deadline {
                bail!("not found: {problem}");
            }
            tokio::time::sleep(POLL_INTERVAL).await;
        }
    }

    /// Presses a button or a link with the pointer.
    ///
    /// # Errors
    /// It is not there, or something covers it.
    pub async fn press(&self, name: &str) -> Result<()> {
        self.click("button link", name, "").await
    }

    /// Presses a button inside the group of this name.
    ///
    /// # Errors
    /// It is not there, or something covers it.
    pub async fn press_in(&self, name: &str, group: &str) -> Result<()> {
        self.click("button", name, group).await
    }

    async fn click(&self, roles: &str, name: &str, group: &str) -> Result<()> {
        let deadline = Instant::now() + TIMEOUT;
        loop {
            let target = self.find_in(roles, name, group).await?;
            match self.click_on(&target).await {
                Ok(true) => return Ok(()),
                Ok(false) if Instant::now() > deadline => bail!("“{name}” keeps moving"),
                Err(error) if Instant::now() > deadline => {
                    return Err(error).with_context(|| format!("“{name}” cannot be pressed"));
                }
                // A failed click had no effect: the view may have been rendered again in between.
                _ => tokio::time::sleep(POLL_INTERVAL).await,
            }
        }
    }

    /// Clicks, and returns whether the element got the click: the page may move it away from under the
    /// pointer after WebDriver has looked where it is.
    async fn click_on(&self, target: &WebElement) -> Result<bool> {
        self.script(WATCH_CLICK, vec![target.to_json()?]).await?;
        target.click().await?;
        // On a new page the flag is undefined.
        Ok(self.eval("window.wasClicked").await? != "false")
    }

    /// Types into a field and replaces what it contained.
    ///
    /// # Errors
    /// There is no such field.
    pub async fn fill(&self, field: &str, text: &str) -> Result<()> {
        self.fill_in(field, text, "").await
    }

    /// The same inside the group of this name, such as the day of a date.
    ///
    /// # Errors
    /// There is no such field.
    pub async fn fill_in(&self, field: &str, text: &str, group: &str) -> Result<()> {
        let target = self.find_in(FIELDS, field, group).await?;
        // Not WebDriver's “clear”, which empties a field without the events of typing.
        if !target.prop("value").await?.unwrap_or_default().is_empty() {
            // In one call, because each call first moves the caret to the end of the text.
            let all = Key::Control + "a" + Key::Null + Key::Backspace;
            target.send_keys(all).await?;
        }
        Ok(target.send_keys(text).await?)
    }

    /// Chooses an answer to a question, or ticks a box. `question` may be empty.
    ///
    /// # Errors
    /// There is no such question or answer.
    pub async fn choose(&self, question: &str, answer: &str) -> Result<()> {
        self.click("radio checkbox", answer, question).await
    }

    /// Whether an answer to a question is chosen.
    ///
    /// # Errors
    /// There is no such question or answer.
    pub async fn is_chosen(&self, question: &str, answer: &str) -> Result<bool> {
        let input = self.find_in("radio checkbox", answer, question).await?;
        Ok(input.is_selected().await?)
    }

    /// Chooses a file in a file field, as from the gallery of a phone. The file is deleted when the
    /// returned folder is dropped; the browser reads it later than it is chosen.
    ///
    /// # Errors
    /// There is no such field, or the file cannot be written.
    pub async fn choose_file(&self, field: &str, name: &str, bytes: &[u8]) -> Result<TempDir> {
        let folder = tempfile::tempdir()?;
        let file = folder.path().join(name);
        std::fs::write(&file, bytes)?;
        let input = self.find("textbox", field).await?;
        input.send_keys(file.display().to_string()).await?;
        Ok(folder)
    }
}
