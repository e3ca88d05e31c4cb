//! What a page hands to the browser: saved files, printed pages, copied text. A headless browser
//! shows none of it, so scripts take the place of the browser's own functions.

use anyhow::Result;

use super::Page;

const CAPTURE_FILES: &str = "
window.savedText = window.savedName = undefined;
window.savedCount = 0;
URL.createObjectURL = (blob) => {
  savedCount += 1;
  blob.text().then((text) => (window.savedText = text));
  return 'about:blank';
};
HTMLAnchorElement.prototype.click = function () { window.savedName = this.download; };";

const CAPTURE_PRINT: &str = "
const own = Object.getOwnPropertyDescriptor(HTMLIFrameElement.prototype, 'contentWindow').get;
Object.defineProperty(HTMLIFrameElement.prototype, 'contentWindow', { get() {
  const inside = own.call(this);
  if (inside) inside.print = () => { window.printedFrame = inside; window.printed = inside.document.body.innerText; };
  return inside;
} });
window.print = () => { window.printed = 'the whole page'; };";

const CAPTURE_CLIPBOARD: &str = "
window.copied = '';
Object.defineProperty(navigator, 'clipboard', { configurable: true,
  value: { writeText: (text) => { window.copied = text; return Promise.resolve(); } } });";

/// A file that the page saved.
#[derive(Clone, Debug)]
pub struct SavedFile {
    /// The suggested name.
    pub name: String,
    /// The contents.
    pub text: String,
    /// How many files were saved by the press.
    pub count: usize,
}

impl Page {
    /// Presses a button that saves a file, and returns the file.
    ///
    /// # Errors
    /// No file is saved.
    pub async fn save(&self, button: &str) -> Result<SavedFile> {
        self.script(CAPTURE_FILES, Vec::new()).await?;
        self.press(button).await?;
        self.until("window.savedText !== undefined && window.savedName !== undefined")
            .await?;
        Ok(SavedFile {
            name: self.eval("savedName").await?,
            text: self.eval("savedText").await?,
            count: self.eval("savedCount").await?.parse()?,
        })
    }

    /// Presses a button that prints, and returns the text of the printed page. Its window is in
    /// `window.printedFrame`.
    ///
    /// # Errors
    /// Nothing is printed.
    pub async fn print(&self, button: &str) -> Result<String> {
        self.script(CAPTURE_PRINT, Vec::new()).await?;
        self.press(button).await?;
        self.until("window.printed").await?;
        self.eval("printed").await
    }

    /// Presses a button that copies text, and returns the text.
    ///
    /// # Errors
    /// Nothing is copied.
    pub async fn copy(&self, button: &str) -> Result<String> {
        self.script(CAPTURE_CLIPBOARD, Vec::new()).await?;
        self.press(button).await?;
        self.until("window.copied").await?;
        self.eval("copied").await
    }
}
