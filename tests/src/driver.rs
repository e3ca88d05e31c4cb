//! One ChromeDriver for all tests of the process, and a browser for each test. A browser is reused
//! if its test passed: each test has an origin of its own, so nothing that is stored for a site
//! reaches another test.

use std::sync::{Mutex, OnceLock, PoisonError};

use anyhow::{Context, Result, bail};
use serde_json::json;
use thirtyfour::{Capabilities, WebDriver};
use tokio::runtime::Runtime;

use crate::child::ChildProcess;
use crate::environment;

/// The size of a desktop window, the same for every test.
const WINDOW_SIZE: &str = "--window-size=1280,900";

/// The runtime of all tests. The connections of an HTTP client end with the runtime on which they
/// were made, so one runtime serves them all.
pub(crate) fn runtime() -> Result<&'static Runtime> {
    static RUNTIME: OnceLock<Option<Runtime>> = OnceLock::new();
    let runtime = RUNTIME.get_or_init(|| Runtime::new().ok());
    runtime.as_ref().context("the runtime did not start")
}

fn idle() -> &'static Mutex<Vec<WebDriver>> {
    static IDLE: Mutex<Vec<WebDriver>> = Mutex::new(Vec::new());
    &IDLE
}

/// The driver and the folder of its browsers' profiles. The driver ends with the process.
fn driver() -> Result<&'static (ChildProcess, std::path::PathBuf)> {
    static DRIVER: Mutex<Option<&'static (ChildProcess, std::path::PathBuf)>> = Mutex::new(None);
    let mut driver = DRIVER.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(driver) = *driver {
        return Ok(driver);
    }
    let folder = tempfile::Builder::new()
        .prefix("frontdoor-browsers-")
        .tempdir()?;
    let folder = folder.keep();
    let arguments = ["--port=0", "--log-level=SEVERE"];
    let child = ChildProcess::start(&folder, &environment::driver(), arguments, |line| {
        let (_, port) = line.split_once("started successfully on port ")?;
        Some(format!("http://127.0.0.1:{}", port.trim_end_matches('.')))
    })?;
    let started: &'static _ = Box::leak(Box::new((child, folder)));
    *driver = Some(started);
    Ok(started)
}

/// A browser, with nothing open in it.
pub(crate) async fn open() -> Result<WebDriver> {
    let reusable = idle().lock().unwrap_or_else(PoisonError::into_inner).pop();
    match reusable {
        Some(browser) => Ok(browser),
        None => start().await,
    }
}

async fn start() -> Result<WebDriver> {
    let browser = environment::browser();
    if browser != "chromium" {
        bail!("the tests support only chromium, not {browser}");
    }
    let (driver, folder) = tokio::task::spawn_blocking(driver).await??;
    let profile = tempfile::tempdir_in(folder)?.keep();
    let options = json!({
        "binary": environment::chromium(),
        "args": [
            // Root, as in a container, cannot use Chromium's own sandbox.
            "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
            "--disable-background-networking", "--disable-component-update", "--disable-sync",
            // /dev/shm is small in containers, and a page that does not fit into it crashes.
            "--disable-dev-shm-usage", "--lang=en-US", WINDOW_SIZE,
            format!("--user-data-dir={}", profile.display()),
        ],
    });
    let mut capabilities = serde_json::Map::new();
    capabilities.insert("browserName".into(), json!("chrome"));
    capabilities.insert("goog:chromeOptions".into(), options);
    WebDriver::new(driver.address.as_str(), Capabilities::from(capabilities))
        .await
        .context("the driver cannot open a browser")
}

/// Keeps a browser for the next test, or closes it if its test failed.
pub(crate) async fn close(browser: WebDriver, has_passed: bool) -> Result<()> {
    if !has_passed || reset(&browser).await.is_err() {
        return Ok(browser.quit().await?);
    }
    let mut idle = idle().lock().unwrap_or_else(PoisonError::into_inner);
    idle.push(browser);
    Ok(())
}

async fn reset(browser: &WebDriver) -> Result<()> {
    // Chromium only: the window keeps the emulated size of a phone until it is cleared.
    let devtools = browser.cdp();
    devtools
        .send_raw("Emulation.clearDeviceMetricsOverride", json!({}))
        .await?;
    devtools
        .send_raw("Emulation.setEmulatedMedia", json!({ "features": [] }))
        .await?;
    Ok(browser.goto("about:blank").await?)
}
