//! The window itself: size, colour scheme, scripts, and what the console says.

use anyhow::{Context, Result};
use serde_json::{Value, json};

use super::{Page, ROOT, Theme, eventually};

impl Page {
    /// Makes the window this many CSS pixels wide and high.
    ///
    /// # Errors
    /// The browser is not Chromium.
    pub async fn resize(&self, width: u32, height: u32) -> Result<()> {
        // Chromium only: WebDriver cannot make a window as narrow as a phone.
        let metrics =
            json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false });
        self.devtools("Emulation.setDeviceMetricsOverride", metrics)
            .await
            .map(drop)
    }

    /// Sets the colour scheme that the device prefers.
    ///
    /// # Errors
    /// The browser is not Chromium.
    pub async fn set_theme(&self, theme: Theme) -> Result<()> {
        let value = match theme {
            Theme::Dark => "dark",
            Theme::Light => "light",
        };
        // Chromium only: WebDriver knows no device.
        let features = json!({ "features": [{ "name": "prefers-color-scheme", "value": value }] });
        self.devtools("Emulation.setEmulatedMedia", features)
            .await
            .map(drop)
    }

    /// Sends a DevTools command, which only Chromium understands.
    ///
    /// # Errors
    /// The browser is not Chromium, or rejects the command.
    pub async fn devtools(&self, command: &str, parameters: Value) -> Result<Value> {
        Ok(self.browser.cdp().send_raw(command, parameters).await?)
    }

    /// Runs the body of a function in the page.
    ///
    /// # Errors
    /// It throws.
    pub async fn script(&self, body: &str, arguments: Vec<Value>) -> Result<Value> {
        let result = self.browser.execute(body, arguments).await;
        Ok(result
            .with_context(|| format!("in the script {body}"))?
            .json()
            .clone())
    }

    /// The value of a JavaScript expression, as text.
    ///
    /// # Errors
    /// It throws.
    pub async fn eval(&self, expression: &str) -> Result<String> {
        let value = self
            .script(&format!("return String({expression})"), Vec::new())
            .await?;
        Ok(value.as_str().unwrap_or_default().to_owned())
    }

    /// Waits until a JavaScript expression is true.
    ///
    /// # Errors
    /// It stays false.
    pub async fn until(&self, expression: &str) -> Result<()> {
        let is_false = async || {
            let value = self.eval(&format!("!!({expression})")).await?;
            Ok((value != "true").then_some(value))
        };
        eventually(expression, is_false).await
    }

    /// Waits until an element of the first widget matches a selector.
    ///
    /// # Errors
    /// None does.
    pub async fn until_shown(&self, selector: &str) -> Result<()> {
        self.until(&format!("{ROOT}.querySelector({selector:?})"))
            .await
    }

    /// Waits until no element of the first widget matches a selector.
    ///
    /// # Errors
    /// One still does.
    pub async fn until_gone(&self, selector: &str) -> Result<()> {
        self.until(&format!("!{ROOT}.querySelector({selector:?})"))
            .await
    }

    /// Waits until the page has loaded a resource with this in its address.
    ///
    /// # Errors
    /// It does not.
    pub async fn until_loaded(&self, part: &str) -> Result<()> {
        let entries = "performance.getEntriesByType('resource')";
        self.until(&format!(
            "{entries}.some((one) => one.name.includes({part:?}))"
        ))
        .await
    }

    /// A list that the probe records: `errors` and `warnings` of the console, `violations` of the
    /// Content-Security-Policy, `uncaught` errors.
    ///
    /// # Errors
    /// The page has no probe.
    pub async fn logged(&self, list: &str) -> Result<Vec<String>> {
        let lines = self
            .eval(&format!("window.seen[{list:?}].join('\\n')"))
            .await?;
        Ok(lines.lines().map(str::to_owned).collect())
    }

    /// The state of the page, for the output of a failed test.
    pub(crate) async fn describe_state(&self) -> String {
        let text = self.text().await;
        let text = text.unwrap_or_else(|error| format!("{error:#}"));
        let focus = self.focus().await.unwrap_or_default();
        let console = self.eval("JSON.stringify(window.seen)").await;
        let address = self.eval("location.href").await.unwrap_or_default();
        format!(
            "at {address}\n  the widget shows: {text}\n  the focus: {focus:?}\n  the console: {}\n ",
            console.unwrap_or_default()
        )
    }
}
