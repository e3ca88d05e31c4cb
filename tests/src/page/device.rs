//! The device around a page: its network, its speed, where it is. Chromium only: WebDriver knows
//! no device. Whatever a test changes here it sets back, because the next test gets the browser.

use anyhow::Result;
use serde_json::json;

use super::Page;

impl Page {
    /// Takes the network away from this tab, or gives it back. The page hears of both.
    ///
    /// # Errors
    /// The browser is not Chromium.
    pub async fn offline(&self, is_offline: bool) -> Result<()> {
        self.devtools("Network.enable", json!({})).await?;
        let conditions = json!({
            "offline": is_offline, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1
        });
        self.devtools("Network.emulateNetworkConditions", conditions)
            .await?;
        self.until(&format!("navigator.onLine === {}", !is_offline))
            .await
    }

    /// Makes the processor so many times slower; 1 is as it is.
    ///
    /// # Errors
    /// The browser is not Chromium.
    pub async fn slow_down(&self, times: u32) -> Result<()> {
        self.devtools("Emulation.setCPUThrottlingRate", json!({ "rate": times }))
            .await
            .map(drop)
    }

    /// Puts the device at a place, which it tells give or take so many metres to the site of the
    /// page that is open.
    ///
    /// # Errors
    /// The browser is not Chromium.
    pub async fn stands_at(&self, lat: f64, long: f64, metres: f64) -> Result<()> {
        self.permit("geolocation", "granted").await?;
        let place = json!({ "latitude": lat, "longitude": long, "accuracy": metres });
        self.devtools("Emulation.setGeolocationOverride", place)
            .await
            .map(drop)
    }

    /// Answers the browser's question whether the site may do something: `granted` or `denied`.
    ///
    /// # Errors
    /// The browser is not Chromium.
    pub async fn permit(&self, what: &str, answer: &str) -> Result<()> {
        let origin = self.eval("location.origin").await?;
        let setting =
            json!({ "permission": { "name": what }, "setting": answer, "origin": origin });
        self.devtools("Browser.setPermission", setting)
            .await
            .map(drop)
    }
}
