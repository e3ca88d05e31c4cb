//! What a person hears who uses a screen reader: the live regions.

use anyhow::Result;

use super::{Page, eventually};

/// The text of all live regions, through the shadow root, one line for each.
const LIVE_REGIONS: &str = "Array.from(document.querySelectorAll('front-door'))
  .flatMap((host) => Array.from(host.shadowRoot?.querySelectorAll('[role=status], [role=alert], [aria-live]') ?? []))
  .map((node) => node.textContent.replace(/\\s+/g, ' ').trim()).filter(Boolean).join('\\n')";

impl Page {
    /// The text of the widget's live regions, one line for each.
    ///
    /// # Errors
    /// The browser does not respond.
    pub async fn announcements(&self) -> Result<String> {
        self.eval(LIVE_REGIONS).await
    }

    /// Waits until a live region contains this text.
    ///
    /// # Errors
    /// None does.
    pub async fn hears(&self, text: &str) -> Result<()> {
        let is_missing = async || {
            let announced = self.announcements().await?;
            Ok((!announced.contains(text)).then_some(announced))
        };
        eventually(&format!("“{text}” to be announced"), is_missing).await
    }
}
