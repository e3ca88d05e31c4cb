//! The sample city's config with a change, as the webmaster of another city would have written it.

use anyhow::Result;
use serde_json::Value;

use crate::reply::Reply;
use crate::stage::Stage;

impl Stage {
    /// Serves the sample city's config with a change from now on.
    ///
    /// # Errors
    /// The sandbox does not respond with JSON.
    pub async fn configure(&self, change: impl FnOnce(&mut Value)) -> Result<()> {
        let mut config = self.city.file("/frontdoor.json").await?;
        change(&mut config);
        self.host
            .answer("/frontdoor.json", Reply::json(config.to_string()));
        Ok(())
    }

    /// Serves the config without one of its `extensions`, as for an endpoint that can do less.
    ///
    /// # Errors
    /// The sandbox does not respond with JSON.
    pub async fn without_extension(&self, name: &str) -> Result<()> {
        self.configure(|config| {
            if let Some(names) = config.get_mut("extensions").and_then(Value::as_array_mut) {
                names.retain(|known| known != name);
            }
        })
        .await
    }
}
