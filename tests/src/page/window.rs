//! The window and the device around a page, its scripts, and what its console says.

use anyhow::{Context, Result};
use serde_json::{Value, json};

use super::{Page, Theme, eventually};

impl Page {
    /// Makes the window so many CSS pixels wide and high, as on a phone.
    ///
    /// # Errors
    /// The browser is not Chromium.
    pub async fn size(&self, width: u32, height: u32) -> Result<()> {
        // Chromium only: WebDriver cannot make a window as narrow as a phone.
        let metrics =
            json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false });
        self.devtools("Emulation.setDeviceMetricsOverride", metrics)
            .await
            .map(drop)
    }

    /// Lets the device ask for light or dark.
    ///
    /// # Errors
    /// The browser is not Chromium.
    pub async fn theme(&self, theme: Theme) -> Result<()> {
        let value = if theme == Theme::Dark {
            "dark"
        } else {
            "light"
        };
        // Chromium only: WebDriver knows no device.
        let features = json!({ "features": [{ "name": "prefers-color-scheme", "value": value }] });
        self.devtools("Emulation.setEmulatedMedia", features)
            .await
            .map(drop)
    }

    /// Speaks DevTools, which only Chromium does.
    ///
    /// # Errors
    /// The browser does not.
    pub async fn devtools(&self, command: &str, parameters: Value) -> Result<Value> {
        Ok(self.browser.cdp().send_raw(command, parameters).await?)
    }

    /// Runs the body of a function in the page.
    ///
    /// # Errors
    /// It throws.
    pub async fn script(&self, body: &str, arguments: Vec<Value>) -> Result<Value> {
        let told = self.browser.execute(body, arguments).await;
        Ok(told
            .with_context(|| format!("in the script {body}"))?
            .json()
            .clone())
    }

    /// What a script's expression comes to, as text.
    ///
    /// # Errors
    /// It throws.
    pub async fn eval(&self, expression: &str) -> Result<String> {
        let told = self
            .script(&format!("return String({expression})"), Vec::new())
            .await?;
        Ok(told.as_str().unwrap_or_default().to_owned())
    }

    /// Waits until a script's expression is true.
    ///
    /// # Errors
    /// It is not within the limit.
    pub async fn until(&self, expression: &str) -> Result<()> {
        let held = async || {
            let told = self.eval(&format!("!!({expression})")).await?;
            Ok((told != "true").then_some(told))
        };
        eventually(expression, held).await
    }

    /// A list of the probe: `errors`, `warnings`, `violations`, `uncaught`.
    ///
    /// # Errors
    /// The page has no probe.
    pub async fn told(&self, list: &str) -> Result<Vec<String>> {
        let told = self
            .eval(&format!("window.seen[{list:?}].join('\\n')"))
            .await?;
        Ok(told.lines().map(str::to_owned).collect())
    }

    /// What stands there when a test has failed.
    pub(crate) async fn scene(&self) -> String {
        let text = self
            .text()
            .await
            .unwrap_or_else(|error| format!("{error:#}"));
        let focus = self
            .focus()
            .await
            .map(|focus| format!("{focus:?}"))
            .unwrap_or_default();
        let console = self
            .eval("JSON.stringify(window.seen)")
            .await
            .unwrap_or_default();
        let address = self.eval("location.href").await.unwrap_or_default();
        format!(
            "at {address}\n  the widget says: {text}\n  the focus: {focus}\n  the console: {console}\n "
        )
    }
}
