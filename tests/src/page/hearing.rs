//! What a person hears who does not see the page: the regions that speak by themselves, and what a
//! screen reader says of a thing.

use anyhow::Result;

use super::{Page, eventually};

/// The words of all regions that speak by themselves, through the shadow root.
const SAID: &str = "Array.from(document.querySelectorAll('front-door'))
  .flatMap((host) => Array.from(host.shadowRoot?.querySelectorAll('[role=status], [role=alert], [aria-live]') ?? []))
  .map((node) => node.textContent.replace(/\\s+/g, ' ').trim()).filter(Boolean).join('\\n')";

impl Page {
    /// What the widget's live regions say, a line for each.
    ///
    /// # Errors
    /// The browser does not say.
    pub async fn said(&self) -> Result<String> {
        self.eval(SAID).await
    }

    /// Waits until a live region says this.
    ///
    /// # Errors
    /// None does within the limit.
    pub async fn hears(&self, words: &str) -> Result<()> {
        let said = async || {
            let said = self.said().await?;
            Ok((!said.contains(words)).then_some(said))
        };
        eventually(&format!("“{words}” to be said"), said).await
    }
}
