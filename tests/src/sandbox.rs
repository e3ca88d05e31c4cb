//! The sample city's endpoint, one for each test, on a free port and a database of its own.

use anyhow::{Context, Result, ensure};
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

    /// Sends a form to `open311/v2/PATH`, as another program of the city's would.
    ///
    /// # Errors
    /// It is refused.
    pub async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Result<()> {
        let url = format!("{}/open311/v2/{path}", self.origin());
        let mut form = reqwest::Url::parse("form:")?;
        form.query_pairs_mut().extend_pairs(fields);
        let answer = self
            .client
            .post(&url)
            .header("content-type", "application/x-www-form-urlencoded")
            .body(form.query().unwrap_or_default().to_owned())
            .send()
            .await?;
        let status = answer.status();
        ensure!(
            status.is_success(),
            "{url} answers {status}: {}",
            answer.text().await?
        );
        Ok(())
    }

    /// What the clerk's page says of the newest request: it shows answers and names that no
    /// public answer has.
    ///
    /// # Errors
    /// No answer, or no request.
    pub async fn clerk_page(&self) -> Result<String> {
        let read = async |path: &str| -> Result<String> {
            let url = format!("{}{path}", self.origin());
            Ok(self.client.get(&url).send().await?.text().await?)
        };
        let list = read("/clerk").await?;
        let links = list.match_indices("/clerk/").filter_map(|(place, _)| {
            let number: String = list
                .get(place + "/clerk/".len()..)?
                .chars()
                .take_while(char::is_ascii_digit)
                .collect();
            number.parse::<u64>().ok()
        });
        let newest = links.max().context("the clerk has no request")?;
        read(&format!("/clerk/{newest}")).await
    }
}
