//! A small WebDriver client, as far as measuring needs one: open a page, run a script, call DevTools.

use std::process::Command;
use std::time::Duration;

use anyhow::{Context, Result, bail};
use serde::Deserialize;
use serde::de::{DeserializeOwned, IgnoredAny};
use serde_json::{Value, json};
use ureq::Agent;

use crate::sandbox::{Running, listen};
use crate::setup::Browser;

/// How long an answer may take, in which a page may load.
const TIMEOUT: Duration = Duration::from_secs(60);

/// Starts ChromeDriver on a free port; `address` is its base URL.
pub(crate) fn start_driver(browser: &Browser) -> Result<Running> {
    listen(Command::new(&browser.driver).arg("--port=0"), |line| {
        let (_, port) = line.split_once("started successfully on port ")?;
        Some(format!("http://127.0.0.1:{}", port.trim_end_matches('.')))
    })
}

/// A browser window with an empty cache, closed when this value is dropped.
pub(crate) struct Session {
    agent: Agent,
    base: String,
}

impl Session {
    /// Opens a narrow window.
    pub(crate) fn open(driver: &Running, browser: &Browser) -> Result<Self> {
        let config = Agent::config_builder()
            .http_status_as_error(false)
            .timeout_global(Some(TIMEOUT))
            .build();
        let mut session = Self {
            agent: config.into(),
            base: driver.address.clone(),
        };
        // Without its sandbox, because root, as in a container, may not have it.
        let arguments = ["--headless=new", "--no-sandbox", "--window-size=360,740"];
        let options = json!({ "binary": browser.chromium, "args": arguments });
        let wanted = json!({ "browserName": "chrome", "goog:chromeOptions": options });
        let body = json!({ "capabilities": { "alwaysMatch": wanted } });
        let new: NewSession = session.post("/session", &body)?;
        let id = new.session_id;
        session.base = format!("{}/session/{id}", session.base);
        Ok(session)
    }

    /// Opens a page and waits for its load event.
    pub(crate) fn navigate(&self, url: &str) -> Result<()> {
        self.post::<IgnoredAny>("/url", &json!({ "url": url }))
            .map(drop)
    }

    /// Runs the body of a function in the page, and gives what it returns.
    pub(crate) fn script<T: DeserializeOwned>(&self, body: &str) -> Result<T> {
        self.post("/execute/sync", &json!({ "script": body, "args": [] }))
    }

    /// Runs a command of the DevTools protocol.
    pub(crate) fn devtools(&self, name: &str, parameters: &Value) -> Result<()> {
        let body = json!({ "cmd": name, "params": parameters });
        self.post::<IgnoredAny>("/goog/cdp/execute", &body)
            .map(drop)
    }

    fn post<T: DeserializeOwned>(&self, path: &str, body: &Value) -> Result<T> {
        let url = format!("{}{path}", self.base);
        let mut response = self
            .agent
            .post(&url)
            .send_json(body)
            .with_context(|| format!("ChromeDriver did not answer to {path}"))?;
        let is_success = response.status().is_success();
        let body = response.body_mut();
        if is_success {
            return Ok(body.read_json::<Answer<T>>()?.value);
        }
        let error: Answer<Refusal> = body.read_json()?;
        bail!("ChromeDriver refused {path}: {}", error.value.message)
    }
}

/// Every answer of a WebDriver server.
#[derive(Deserialize)]
struct Answer<T> {
    value: T,
}

#[derive(Deserialize)]
struct Refusal {
    message: String,
}

#[derive(Deserialize)]
struct NewSession {
    #[serde(rename = "sessionId")]
    session_id: String,
}

impl Drop for Session {
    fn drop(&mut self) {
        // The driver is ended right after, and takes its windows with it.
        let _ = self.agent.delete(&self.base).call();
    }
}
