//! As much of a WebDriver client as measuring needs: open a page, run a script, speak DevTools.

use std::process::Command;
use std::time::Duration;

use anyhow::{Context, Result, bail};
use serde_json::{Value, json};
use ureq::Agent;

use crate::sandbox::{Running, listen};
use crate::setup::Browser;

const PATIENCE: Duration = Duration::from_secs(60);

/// Starts ChromeDriver on a free port; `said` is its base URL.
pub(crate) fn start_driver(browser: &Browser) -> Result<Running> {
    listen(Command::new(&browser.driver).arg("--port=0"), |line| {
        let (_, port) = line.split_once("started successfully on port ")?;
        Some(format!("http://127.0.0.1:{}", port.trim_end_matches('.')))
    })
}

/// A browser window with nothing in its cache, closed when this value goes.
pub(crate) struct Session {
    agent: Agent,
    base: String,
}

impl Session {
    /// Opens a narrow window.
    pub(crate) fn open(driver: &Running, browser: &Browser) -> Result<Self> {
        let config = Agent::config_builder()
            .http_status_as_error(false)
            .timeout_global(Some(PATIENCE))
            .build();
        let mut session = Self {
            agent: config.into(),
            base: driver.said.clone(),
        };
        // Without its sandbox, because root, as in a container, may not have it.
        let arguments = ["--headless=new", "--no-sandbox", "--window-size=360,740"];
        let options = json!({ "binary": browser.chromium, "args": arguments });
        let wanted = json!({ "browserName": "chrome", "goog:chromeOptions": options });
        let body = json!({ "capabilities": { "alwaysMatch": wanted } });
        let told = session.post("/session", &body)?;
        let id = told
            .get("sessionId")
            .and_then(Value::as_str)
            .context("ChromeDriver opened no session")?;
        session.base = format!("{}/session/{id}", session.base);
        Ok(session)
    }

    /// Opens a page and waits for its load event.
    pub(crate) fn navigate(&self, url: &str) -> Result<()> {
        self.post("/url", &json!({ "url": url })).map(drop)
    }

    /// Runs the body of a function in the page.
    pub(crate) fn script(&self, body: &str) -> Result<Value> {
        self.post("/execute/sync", &json!({ "script": body, "args": [] }))
    }

    /// Runs a command of the DevTools protocol.
    pub(crate) fn devtools(&self, name: &str, parameters: &Value) -> Result<()> {
        let body = json!({ "cmd": name, "params": parameters });
        self.post("/goog/cdp/execute", &body).map(drop)
    }

    fn post(&self, path: &str, body: &Value) -> Result<Value> {
        let url = format!("{}{path}", self.base);
        let mut response = self
            .agent
            .post(&url)
            .send_json(body)
            .with_context(|| format!("ChromeDriver did not answer to {path}"))?;
        let status = response.status();
        let mut told: Value = response.body_mut().read_json()?;
        let value = told.get_mut("value").map(Value::take).unwrap_or_default();
        if status.is_success() {
            return Ok(value);
        }
        let message = value.get("message").and_then(Value::as_str);
        bail!(
            "ChromeDriver refused {path}: {}",
            message.unwrap_or("it gave no reason")
        )
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        // The driver is ended right after, and takes its windows with it.
        let _ = self.agent.delete(&self.base).call();
    }
}
