//! The sample city's endpoint, one for each test, on a free port and a database of its own.

use anyhow::{Context, Result};
use serde_json::Value;
use tempfile::TempDir;

use crate::child::Running;
use crate::setting;

/// A city's endpoint, its config and guides, and the widget's folder as its site.
pub struct Sandbox {
    running: Running,
    client: reqwest::Client,
}

impl Sandbox {
    /// Starts one; `options` are the sandbox's own.
    ///
    /// # Errors
    /// It is not built, or does not start.
    pub fn start(options: &[&str]) -> Result<Self> {
        let folder = TempDir::with_prefix("frontdoor-city-")?.keep();
        let database = folder.join("city.sqlite").display().to_string();
        let site = setting::dist()?.display().to_string();
        let mut arguments = vec!["--port", "0", "--database", &database, "--site", &site];
        arguments.extend(options);
        let running = Running::start(&folder, &setting::sandbox()?, arguments, |line| {
            line.strip_prefix("sandbox: ").map(str::to_owned)
        })?;
        let client = reqwest::Client::new();
        Ok(Self { running, client })
    }

    /// `http://127.0.0.1:PORT`.
    pub fn origin(&self) -> &str {
        &self.running.said
    }

    /// What the endpoint answers to `GET open311/v2/PATH`.
    ///
    /// # Errors
    /// No answer, or none that is JSON.
    pub async fn ask(&self, path: &str) -> Result<Value> {
        let url = format!("{}/open311/v2/{path}", self.origin());
        let text = self.client.get(&url).send().await?.text().await?;
        serde_json::from_str(&text).with_context(|| format!("{url} answers {text}"))
    }

    /// The one row that the endpoint has of a request.
    ///
    /// # Errors
    /// No answer, or no such request.
    pub async fn request(&self, id: &str) -> Result<Value> {
        let rows = self.ask(&format!("requests/{id}.json")).await?;
        rows.get(0)
            .cloned()
            .with_context(|| format!("no request {id}: {rows}"))
    }

    /// The clerk's page of a request, as text: it shows what no public answer does.
    ///
    /// # Errors
    /// No answer.
    pub async fn clerk(&self, path: &str) -> Result<String> {
        let url = format!("{}/clerk{path}", self.origin());
        Ok(self.client.get(&url).send().await?.text().await?)
    }
}
