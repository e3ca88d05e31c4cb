//! What several tests do on their way.

use anyhow::{Context, Result};
use frontdoor_tests::{Page, Stage, en, eventually};

/// A page with one widget that has the sample city's config.
pub(crate) const TAG: &str =
    r#"<front-door config="/frontdoor.json"><p>Call 311.</p></front-door>"#;

pub(crate) const REQUESTS: &str = "/open311/v2/requests.json";

/// The same with a form of its own.
pub(crate) fn tag_for(service: &str) -> String {
    format!(
        r#"<front-door config="/frontdoor.json" service="{service}"><p>Call 311.</p></front-door>"#
    )
}

/// Opens a page that starts with a service's form.
pub(crate) async fn start_form(stage: &Stage, service: &str) -> Result<()> {
    stage.page.open(&stage.host.page(&tag_for(service))).await?;
    stage.page.heading(&en("place.heading")).await
}

/// Presses “Continue” and waits for the page that comes then.
pub(crate) async fn go_on(page: &Page, heading: &str) -> Result<()> {
    page.press(&en("continue")).await?;
    page.heading(&en(heading)).await
}

/// From a form's first step to its questions, with the place in words.
pub(crate) async fn to_details(page: &Page) -> Result<()> {
    page.fill(&en("place.label"), "4 Main St").await?;
    go_on(page, "details.heading").await
}

/// Puts the pin where an address is.
pub(crate) async fn pin(page: &Page, address: &str) -> Result<()> {
    page.fill(&en("place.label"), address).await?;
    page.press(&en("place.find")).await?;
    page.hears(&at(address)).await
}

/// What is said when the pin stands at an address.
pub(crate) fn at(address: &str) -> String {
    en("place.pin-at").replace("{address}.", address)
}

/// The number that the city gave, as it can be read on the page.
pub(crate) async fn number(page: &Page) -> Result<String> {
    let label = en("sent.number");
    page.sees(&label).await?;
    let text = page.text().await?;
    let (_, after) = text.split_once(&label).context("no number")?;
    let number = after.split_whitespace().next();
    Ok(number.context("no number after its label")?.to_owned())
}

/// Waits until so many requests have arrived.
pub(crate) async fn arrived(stage: &Stage, method: &str, path: &str, count: usize) -> Result<()> {
    let there = async || {
        let seen = stage.host.seen(method, path).len();
        Ok((seen < count).then(|| format!("{seen} of them")))
    };
    eventually(&format!("{count} × {method} {path}"), there).await
}
