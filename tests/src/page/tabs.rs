//! Several tabs of the same browser.

use anyhow::Result;
use thirtyfour::WindowHandle;

use super::Page;

impl Page {
    /// Opens a new tab and switches to it. Returns the tab before.
    ///
    /// # Errors
    /// The browser does not respond.
    pub async fn new_tab(&self) -> Result<WindowHandle> {
        let before = self.browser.window().await?;
        let new = self.browser.new_tab().await?;
        self.browser.switch_to_window(new).await?;
        Ok(before)
    }

    /// Closes this tab and switches to another.
    ///
    /// # Errors
    /// The browser does not respond.
    pub async fn close_tab(&self, other: WindowHandle) -> Result<()> {
        self.browser.close_window().await?;
        Ok(self.browser.switch_to_window(other).await?)
    }

    /// Closes this tab and opens a new one. What was stored for the tab is gone.
    ///
    /// # Errors
    /// The browser does not respond.
    pub async fn leave_and_return(&self) -> Result<()> {
        let old = self.new_tab().await?;
        let new = self.browser.window().await?;
        self.browser.switch_to_window(old).await?;
        self.close_tab(new).await
    }
}
