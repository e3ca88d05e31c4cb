//! What several tests do on their way.

use anyhow::{Context, Result};
use frontdoor_tests::{Page, Stage, en, eventually};

/// A page with one widget that has the sample city's config.
pub(crate) const TAG: &str =
    r#"<front-door config="/frontdoor.json"><p>Call 311.</p></front-door>"#;

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

/// Goes past the pictures, which nobody has to have.
pub(crate) async fn no_photos(page: &Page) -> Result<()> {
    page.heading(&en("photos.heading")).await?;
    page.press(&en("continue")).await
}

/// Goes past the pictures, fills in the step “How can we reach you?” and goes on.
pub(crate) async fn contact(page: &Page) -> Result<()> {
    no_photos(page).await?;
    page.heading(&en("how-to-reach.heading")).await?;
    page.fill(&en("first-name"), "Ada").await?;
    page.fill(&en("last-name"), "Byron").await?;
    page.fill(&en("phone"), "(555) 010-0199").await?;
    page.fill(&en("email"), "ada@example.org").await?;
    page.press(&en("continue")).await
}

/// From the first step of a service that asks nothing of its own to the city's answer.
pub(crate) async fn send(page: &Page) -> Result<()> {
    to_check(page).await?;
    page.press(&en("send")).await
}

/// From the first step of a service that asks nothing of its own to the last page before sending.
pub(crate) async fn to_check(page: &Page) -> Result<()> {
    page.fill(&en("place.label"), "4 Main St").await?;
    page.press(&en("continue")).await?;
    page.fill(&en("description.alone"), "Glass on the bike lane.")
        .await?;
    page.press(&en("continue")).await?;
    contact(page).await?;
    page.heading(&en("check.heading")).await
}

/// The number that the city gave, as it can be read on the page.
pub(crate) async fn number(page: &Page) -> Result<String> {
    let label = en("sent.number");
    page.sees(&label).await?;
    let text = page.text().await?;
    let (_, after) = text.split_once(&label).context("no number")?;
    let number = after
        .split_whitespace()
        .next()
        .context("no number after its label")?;
    Ok(number.to_owned())
}

/// Waits until so many requests have arrived.
pub(crate) async fn arrived(stage: &Stage, method: &str, path: &str, count: usize) -> Result<()> {
    let there = async || {
        let seen = stage.host.seen(method, path).len();
        Ok((seen < count).then(|| format!("{seen} of them")))
    };
    eventually(&format!("{count} × {method} {path}"), there).await
}
