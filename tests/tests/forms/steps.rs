//! What several tests do on their way.

use anyhow::Result;
use frontdoor_tests::{Page, Stage, en};

pub(crate) const REQUESTS: &str = "/open311/v2/requests.json";

/// A service that asks nothing of its own, up to the step “How can we reach you?”.
pub(crate) async fn to_contact(stage: &Stage) -> Result<()> {
    to_details(stage).await?;
    let page = &stage.page;
    page.press(&en("continue")).await?;
    page.heading(&en("photos.heading")).await?;
    page.press(&en("continue")).await?;
    page.heading(&en("how-to-reach.heading")).await
}

/// The same, up to its questions.
pub(crate) async fn to_details(stage: &Stage) -> Result<()> {
    let page = &stage.page;
    let tag = r#"<front-door config="/frontdoor.json" service="street-sweeping"></front-door>"#;
    page.open(&stage.host.page(tag)).await?;
    page.fill(&en("place.label"), "4 Main St").await?;
    page.press(&en("continue")).await?;
    page.heading(&en("details.heading")).await
}

/// From the check page to the city's answer.
pub(crate) async fn send(page: &Page) -> Result<()> {
    page.heading(&en("check.heading")).await?;
    page.press(&en("send")).await?;
    page.heading(&en("sent.heading")).await
}
