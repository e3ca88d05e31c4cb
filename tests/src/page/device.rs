//! The device around a page: network, speed, location, permissions, storage. Chromium only, because
//! WebDriver knows no device. A test must undo network and speed, because the browser is reused.

use std::collections::HashMap;

use anyhow::Result;
use serde::Deserialize;
use serde_json::json;

use super::{Page, eventually};

/// Reads both web storages and the whole database of the site.
const READ_STORAGE: &str = "window.stored = undefined;
(async () => {
  const all = [JSON.stringify(localStorage), JSON.stringify(sessionStorage)];
  const done = (request) => new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  for (const { name } of await indexedDB.databases()) {
    const database = await done(indexedDB.open(name));
    for (const name of database.objectStoreNames) {
      const store = database.transaction(name).objectStore(name);
      const [keys, values] = await Promise.all([done(store.getAllKeys()), done(store.getAll())]);
      all.push(JSON.stringify([keys, values]));
    }
    database.close();
  }
  window.stored = all.join('\\n');
})()";

#[derive(Deserialize)]
struct Metrics {
    metrics: Vec<Metric>,
}

#[derive(Deserialize)]
struct Metric {
    name: String,
    value: f64,
}

impl Page {
    /// Disconnects this tab from the network, or connects it again. The page hears of both.
    ///
    /// # Errors
    /// The browser is not Chromium.
    pub async fn set_offline(&self, is_offline: bool) -> Result<()> {
        self.devtools("Network.enable", json!({})).await?;
        let conditions = json!({
            "offline": is_offline, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1
        });
        self.devtools("Network.emulateNetworkConditions", conditions)
            .await?;
        self.until(&format!("navigator.onLine === {}", !is_offline))
            .await
    }

    /// Makes the processor this many times slower. 4 is about a cheap phone; 1 is normal speed.
    ///
    /// # Errors
    /// The browser is not Chromium.
    pub async fn throttle_cpu(&self, times: u32) -> Result<()> {
        self.devtools("Emulation.setCPUThrottlingRate", json!({ "rate": times }))
            .await
            .map(drop)
    }

    /// Lets the device report this location, with an accuracy in metres, to the open page's site.
    ///
    /// # Errors
    /// The browser is not Chromium.
    pub async fn set_location(&self, lat: f64, long: f64, accuracy: f64) -> Result<()> {
        self.set_permission("geolocation", "granted").await?;
        let location = json!({ "latitude": lat, "longitude": long, "accuracy": accuracy });
        self.devtools("Emulation.setGeolocationOverride", location)
            .await
            .map(drop)
    }

    /// Answers the browser's question whether the site may use something: `granted` or `denied`.
    ///
    /// # Errors
    /// The browser is not Chromium.
    pub async fn set_permission(&self, name: &str, setting: &str) -> Result<()> {
        let origin = self.eval("location.origin").await?;
        let parameters =
            json!({ "permission": { "name": name }, "setting": setting, "origin": origin });
        self.devtools("Browser.setPermission", parameters)
            .await
            .map(drop)
    }

    /// The browser's performance metrics by name. Needs `Performance.enable` before.
    ///
    /// # Errors
    /// The browser is not Chromium.
    pub async fn metrics(&self) -> Result<HashMap<String, f64>> {
        let response = self.devtools("Performance.getMetrics", json!({})).await?;
        let Metrics { metrics } = serde_json::from_value(response)?;
        Ok(metrics
            .into_iter()
            .map(|metric| (metric.name, metric.value))
            .collect())
    }

    /// Everything that the site stores on the device: the first line is `localStorage`, the second
    /// `sessionStorage`, the rest the database.
    ///
    /// # Errors
    /// The browser does not respond.
    pub async fn stored_data(&self) -> Result<String> {
        self.script(READ_STORAGE, Vec::new()).await?;
        self.until("window.stored !== undefined").await?;
        self.eval("stored").await
    }

    /// Waits until the device's database contains this text, or no longer does.
    ///
    /// # Errors
    /// It stays the other way.
    pub async fn database_contains(&self, text: &str, wanted: bool) -> Result<()> {
        let differs = async || {
            let stored = self.stored_data().await?;
            let database = stored.lines().skip(2).collect::<String>();
            Ok((database.contains(text) != wanted).then_some(stored))
        };
        let what = if wanted { "in" } else { "gone from" };
        eventually(&format!("“{text}” {what} the database"), differs).await
    }
}
