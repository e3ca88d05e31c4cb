//! Seeing where it stands, and what comes after.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic
)]

mod acts;
mod after;
mod figures;
mod many;
mod promises;
mod refresh;

use anyhow::{Context, Result};
use frontdoor_tests::Stage;

/// The number of one of the sample city's requests to look at, by its last part.
pub(crate) async fn number(stage: &Stage, last: &str) -> Result<String> {
    let newest = stage.city.ask("requests.json?page_size=1").await?;
    let newest = newest[0]["service_request_id"].as_str();
    let (year, _) = newest
        .and_then(|id| id.split_once('-'))
        .context("no number")?;
    Ok(format!("{year}-{last}"))
}

/// Opens a request's status.
pub(crate) async fn open(stage: &Stage, last: &str) -> Result<String> {
    let page = &stage.page;
    let id = number(stage, last).await?;
    let tag = r#"<front-door config="/frontdoor.json" history="hash"></front-door>"#;
    page.open(&format!("{}#/status/{id}", stage.host.page(tag)))
        .await?;
    Ok(id)
}
