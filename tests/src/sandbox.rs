//! The sample city's endpoint: one for each test, on a free port and with a database of its own.

use anyhow::{Context, Result, ensure};
use reqwest::Response;
use serde_json::Value;
use tempfile::TempDir;

use crate::child::ChildProcess;
use crate::environment;

/// A city's endpoint, its config and guides, and the widget's folder as its site.
pub struct Sandbox {
    child: ChildProcess,
    client: reqwest::Client,
}

impl Sandbox {
    /// Starts one with command-line options for the sandbox.
    ///
    /// # Errors
    /// It is not built or does not start.
    pub fn start(options: &[&str]) -> Result<Self> {
        let folder = TempDir::with_prefix("frontdoor-city-")?.keep();
        let database = folder.join("city.sqlite").display().to_string();
        let site = environment::dist()?.display().to_string();
        let mut arguments = vec!["--port", "0", "--database", &database, "--site", &site];
        arguments.extend(options);
        let child = ChildProcess::start(&folder, &environment::sandbox()?, arguments, |line| {
            line.strip_prefix("sandbox: ").map(str::to_owned)
        })?;
        let client = reqwest::Client::new();
        Ok(Self { child, client })
    }

    /// `http://127.0.0.1:PORT`.
    pub fn origin(&self) -> &str {
        &self.child.address
    }

    /// The response to `GET /open311/v2/PATH`.
    ///
    /// # Errors
    /// No response, or not JSON.
    pub async fn get(&self, path: &str) -> Result<Value> {
        self.file(&format!("/open311/v2/{path}")).await
    }

    /// The endpoint's row of a request.
    ///
    /// # Errors
    /// No response, or no such request.
    pub async fn request(&self, id: &str) -> Result<Value> {
        let rows = self.get(&format!("requests/{id}.json")).await?;
        rows.get(0)
            .cloned()
            .with_context(|| format!("no request {id}: {rows}"))
    }

    /// Posts a form to `/open311/v2/PATH`, as another program of the city would.
    ///
    /// # Errors
    /// It is refused.
    pub async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Result<()> {
        self.post_to(&format!("/open311/v2/{path}"), fields).await
    }

    /// Posts a form to any path of the city's site, such as the clerk's page.
    ///
    /// # Errors
    /// It is refused.
    pub async fn post_to(&self, path: &str, fields: &[(&str, &str)]) -> Result<()> {
        let mut form = reqwest::Url::parse("form:")?;
        form.query_pairs_mut().extend_pairs(fields);
        let response = self
            .client
            .post(format!("{}{path}", self.origin()))
            .header("content-type", "application/x-www-form-urlencoded")
            .body(form.query().unwrap_or_default().to_owned())
            .send()
            .await?;
        let status = response.status();
        ensure!(
            !status.is_client_error() && !status.is_server_error(),
            "{path} responds {status}: {}",
            response.text().await?
        );
        Ok(())
    }

    /// A JSON file of the city's site, such as `/frontdoor.json`.
    ///
    /// # Errors
    /// No response, or not JSON.
    pub async fn file(&self, path: &str) -> Result<Value> {
        let text = self.fetch(path).await?.text().await?;
        serde_json::from_str(&text).with_context(|| format!("{path} responds {text}"))
    }

    /// The bytes of a file of the city's site, such as a photo.
    ///
    /// # Errors
    /// No response, or an error status.
    pub async fn bytes(&self, path: &str) -> Result<Vec<u8>> {
        let response = self.fetch(path).await?.error_for_status()?;
        Ok(response.bytes().await?.to_vec())
    }

    async fn fetch(&self, path: &str) -> Result<Response> {
        let url = format!("{}{path}", self.origin());
        Ok(self.client.get(url).send().await?)
    }

    /// The clerk's page of the newest request. It shows answers and names that are not public.
    ///
    /// # Errors
    /// No response, or no request.
    pub async fn clerk_page(&self) -> Result<String> {
        let list = self.fetch("/clerk").await?.text().await?;
        let links = list.match_indices("/clerk/").filter_map(|(index, _)| {
            let number: String = list
                .get(index + "/clerk/".len()..)?
                .chars()
                .take_while(char::is_ascii_digit)
                .collect();
            number.parse::<u64>().ok()
        });
        let newest = links.max().context("the clerk has no request")?;
        let page = self.fetch(&format!("/clerk/{newest}")).await?;
        Ok(page.text().await?)
    }

    /// How many requests the city has, public or not.
    ///
    /// # Errors
    /// The clerk's page does not say.
    pub async fn request_count(&self) -> Result<usize> {
        let list = self.fetch("/clerk").await?.text().await?;
        let (before, _) = list
            .split_once(" requests, newest first")
            .context("the clerk's page has no count")?;
        let digits = before.rsplit('>').next().unwrap_or_default();
        Ok(digits.parse()?)
    }
}
