//! The keyboard: keys, and walking through the page with Tab.

use anyhow::{Result, bail, ensure};
use thirtyfour::prelude::Key;

use super::Page;

/// How often Tab is pressed at most. More than the tab stops of any view.
const MOST_STOPS: usize = 90;

/// Style and width of the outline of the focused element.
const OUTLINE: &str = "(() => {
  let node = document.activeElement;
  while (node.shadowRoot?.activeElement) node = node.shadowRoot.activeElement;
  const { outlineStyle, outlineWidth } = getComputedStyle(node);
  return `${outlineStyle} ${outlineWidth}`;
})()";

/// A key as text, for [`Page::keys`].
pub fn key(key: Key) -> String {
    char::from(key).to_string()
}

impl Page {
    /// Presses keys, wherever the focus is.
    ///
    /// # Errors
    /// The browser does not take them.
    pub async fn keys(&self, keys: impl AsRef<str>) -> Result<()> {
        let chain = self.browser.action_chain();
        Ok(chain.send_keys(keys.as_ref()).perform().await?)
    }

    /// Presses Tab until the focus is on an element of this role whose name begins like this, and
    /// checks that the focus can be seen there.
    ///
    /// # Errors
    /// Tab never gets there, or the focus is not visible.
    pub async fn tab_to(&self, role: &str, name: &str) -> Result<()> {
        let mut stops = Vec::new();
        for _ in 0..MOST_STOPS {
            self.keys(key(Key::Tab)).await?;
            let focus = self.focus().await?;
            if focus.role == role && focus.name.starts_with(name) {
                return self.shows_focus().await;
            }
            stops.push(format!("{} “{}”", focus.role, focus.name));
        }
        bail!(
            "Tab never gets to {role} “{name}”, but to {}",
            stops.join(", ")
        )
    }

    /// Keyboard users have to see where the focus is (WCAG 2.2, 2.4.7 and 2.4.11).
    async fn shows_focus(&self) -> Result<()> {
        let outline = self.eval(OUTLINE).await?;
        let (style, width) = outline.split_once(' ').unwrap_or_default();
        let width: f64 = width.trim_end_matches("px").parse()?;
        ensure!(
            style != "none" && width >= 2.0,
            "the focus has the outline {outline}: {:?}",
            self.focus().await?
        );
        Ok(())
    }
}
