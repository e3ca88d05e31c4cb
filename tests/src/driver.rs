//! One driver for all tests of the process, and a browser for each test. A browser whose
//! test went well serves the next one: each test has an origin of its own, so nothing that is
//! kept for a site reaches another test.

use std::sync::{Mutex, OnceLock, PoisonError};

use anyhow::{Context, Result, bail};
use serde_json::json;
use thirtyfour::{Capabilities, WebDriver};
use tokio::runtime::Runtime;

use crate::child::Running;
use crate::setting;

/// Enough for a desktop page, and the same for every test.
const SIZE: &str = "--window-size=1280,900";

/// The runtime of all tests: a client's connections live and die with the one it was made on.
pub(crate) fn runtime() -> Result<&'static Runtime> {
    static RUNTIME: OnceLock<Option<Runtime>> = OnceLock::new();
    let runtime = RUNTIME.get_or_init(|| Runtime::new().ok());
    runtime.as_ref().context("there is no runtime")
}

fn idle() -> &'static Mutex<Vec<WebDriver>> {
    static IDLE: Mutex<Vec<WebDriver>> = Mutex::new(Vec::new());
    &IDLE
}

/// The driver and the folder of its browsers' profiles. It ends with the process.
fn driver() -> Result<&'static (Running, std::path::PathBuf)> {
    static DRIVER: Mutex<Option<&'static (Running, std::path::PathBuf)>> = Mutex::new(None);
    let mut driver = DRIVER.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(driver) = *driver {
        return Ok(driver);
    }
    let folder = tempfile::Builder::new()
        .prefix("frontdoor-browsers-")
        .tempdir()?;
    let folder = folder.keep();
    let arguments = ["--port=0", "--log-level=SEVERE"];
    let running = Running::start(&folder, &setting::driver(), arguments, |line| {
        let (_, port) = line.split_once("started successfully on port ")?;
        Some(format!("http://127.0.0.1:{}", port.trim_end_matches('.')))
    })?;
    let started: &'static _ = Box::leak(Box::new((running, folder)));
    *driver = Some(started);
    Ok(started)
}

/// A browser, with nothing open in it.
pub(crate) async fn open() -> Result<WebDriver> {
    let waiting = idle().lock().unwrap_or_else(PoisonError::into_inner).pop();
    match waiting {
        Some(browser) => Ok(browser),
        None => start().await,
    }
}

async fn start() -> Result<WebDriver> {
    let browser = setting::browser();
    if browser != "chromium" {
        bail!("the tests drive chromium, and not yet {browser}");
    }
    let (driver, folder) = tokio::task::spawn_blocking(driver).await??;
    let profile = tempfile::tempdir_in(folder)?.keep();
    let options = json!({
        "binary": setting::chromium(),
        "args": [
            // Root, as in a container, may not have Chromium's own sandbox.
            "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
            "--disable-background-networking", "--disable-component-update", "--disable-sync",
            // /dev/shm is small in containers, and a page that does not fit is a page that crashes.
            "--disable-dev-shm-usage", "--lang=en-US", SIZE,
            format!("--user-data-dir={}", profile.display()),
        ],
    });
    let mut capabilities = serde_json::Map::new();
    capabilities.insert("browserName".into(), json!("chrome"));
    capabilities.insert("goog:chromeOptions".into(), options);
    WebDriver::new(driver.said.as_str(), Capabilities::from(capabilities))
        .await
        .context("the driver opens no browser")
}

/// Hands a browser on to the next test, or closes it after a test that failed.
pub(crate) async fn close(browser: WebDriver, is_well: bool) -> Result<()> {
    if !is_well || clean(&browser).await.is_err() {
        return Ok(browser.quit().await?);
    }
    let mut idle = idle().lock().unwrap_or_else(PoisonError::into_inner);
    idle.push(browser);
    Ok(())
}

async fn clean(browser: &WebDriver) -> Result<()> {
    // Chromium only: there is no way around the size of a phone in a headless window.
    let devtools = browser.cdp();
    devtools
        .send_raw("Emulation.clearDeviceMetricsOverride", json!({}))
        .await?;
    devtools
        .send_raw("Emulation.setEmulatedMedia", json!({ "features": [] }))
        .await?;
    Ok(browser.goto("about:blank").await?)
}
