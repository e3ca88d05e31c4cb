//! Seeing where it stands, and what comes after.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic
)]

mod acts;
mod after;
mod doing;
mod figures;
mod kept;
mod many;
mod promises;
mod refresh;
mod says;

use anyhow::{Context, Result};
use frontdoor_tests::{Reply, Stage};
use serde_json::{Value, json};

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

/// The answer about a request of our own, without a standard that it could miss.
pub(crate) fn own_row(status: &str) -> Value {
    json!([{
        "service_request_id": "7", "status": status, "service_name": "Pothole", "service_code": "no-standard",
        "requested_datetime": "2026-11-01T10:00:00Z", "updated_datetime": "2026-11-02T10:00:00Z",
    }])
}

/// Shows a request of our own, with its updates.
pub(crate) async fn show(stage: &Stage, row: Value, updates: Value) -> Result<()> {
    let host = &stage.host;
    host.answer("/open311/v2/requests/7.json", Reply::json(row.to_string()));
    host.answer(
        "/open311/v2/servicerequestupdates.json",
        Reply::json(updates.to_string()),
    );
    let tag = r#"<front-door config="/frontdoor.json" request="7"></front-door>"#;
    stage.page.open(&host.page(tag)).await
}
