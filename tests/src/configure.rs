//! The sample city's config with a change, as a webmaster of another city would have written it.

use anyhow::{Context, Result, ensure};
use serde_json::Value;

use crate::reply::Reply;
use crate::sandbox::Sandbox;
use crate::stage::Stage;

impl Stage {
    /// Serves the sample city's config with a change from now on.
    ///
    /// # Errors
    /// The sandbox does not answer, or with something else.
    pub async fn configure(&self, change: impl FnOnce(&mut Value)) -> Result<()> {
        let mut config = self.city.file("/frontdoor.json").await?;
        change(&mut config);
        self.host
            .answer("/frontdoor.json", Reply::json(config.to_string()));
        Ok(())
    }

    /// Serves it without a word of its `extensions`: the endpoint can do less.
    ///
    /// # Errors
    /// As above.
    pub async fn without_extension(&self, word: &str) -> Result<()> {
        self.configure(|config| {
            if let Some(words) = config.get_mut("extensions").and_then(Value::as_array_mut) {
                words.retain(|known| known != word);
            }
        })
        .await
    }
}

impl Sandbox {
    /// A file of the city's site, such as `/frontdoor.json`.
    ///
    /// # Errors
    /// No answer, or none that is JSON.
    pub async fn file(&self, path: &str) -> Result<Value> {
        let url = format!("{}{path}", self.origin());
        let text = reqwest::get(&url).await?.text().await?;
        serde_json::from_str(&text).with_context(|| format!("{url} answers {text}"))
    }

    /// The bytes of a file of the city's site, such as a photo.
    ///
    /// # Errors
    /// No answer, or a refusal.
    pub async fn bytes(&self, path: &str) -> Result<Vec<u8>> {
        let url = format!("{}{path}", self.origin());
        let answer = reqwest::get(&url).await?.error_for_status()?;
        Ok(answer.bytes().await?.to_vec())
    }

    /// Sends a form to any path of the city's site, as a page of its own does.
    ///
    /// # Errors
    /// It is refused.
    pub async fn post_to(&self, path: &str, fields: &[(&str, &str)]) -> Result<()> {
        let mut form = reqwest::Url::parse("form:")?;
        form.query_pairs_mut().extend_pairs(fields);
        let answer = reqwest::Client::new()
            .post(format!("{}{path}", self.origin()))
            .header("content-type", "application/x-www-form-urlencoded")
            .body(form.query().unwrap_or_default().to_owned())
            .send()
            .await?;
        ensure!(
            !answer.status().is_client_error() && !answer.status().is_server_error(),
            "{path} answers {}",
            answer.status()
        );
        Ok(())
    }
}
