//! What several tests do on their way, and what the city has after it.

use std::time::Duration;

use anyhow::{Context, Result};
use frontdoor_tests::{Page, Sandbox, Stage, en, eventually};
use thirtyfour::By;

/// A page with one widget that has the city's config.
pub(crate) const TAG: &str =
    r#"<front-door config="/frontdoor.json"><p>Call 311.</p></front-door>"#;
/// A house that the sample city's geocoder knows, alone of its name.
pub(crate) const ADDRESS: &str = "118 Oak Street";
/// How it writes that address.
pub(crate) const FOUND: &str = "118 Oak Street, Riverton";
/// What the resident writes.
pub(crate) const WORDS: &str = "Cars swerve around it & onto the “bike lane” — at night, too.";
pub(crate) const SERVICES: &str = "/open311/v2/services.json";
pub(crate) const REQUESTS: &str = "/open311/v2/requests.json";
pub(crate) const POST: &str = "POST /open311/v2/requests.json";

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

/// Searches for a service from the first view, as a resident does, and opens its form.
pub(crate) async fn search(page: &Page, words: &str, name: &str) -> Result<()> {
    page.fill(&en("start.search"), words).await?;
    page.press(name).await?;
    page.heading(&en("place.heading")).await
}

/// Presses “Try again” on the first view, once nothing moves there any more.
pub(crate) async fn retry_on_start(page: &Page) -> Result<()> {
    page.find("link", "Reserve a park shelter").await?;
    page.press(&en("problem.retry")).await?;
    page.find("link", "Pothole").await.map(drop)
}

/// Puts the pin where the address is that is typed.
pub(crate) async fn pin(page: &Page, address: &str) -> Result<()> {
    page.fill(&en("place.label"), address).await?;
    page.press(&en("place.find")).await?;
    page.sees(&en("place.pin-at").replace("{address}.", address))
        .await
}

/// Goes on from the place, past what the city knows already near it, to the questions.
pub(crate) async fn past_nearby(page: &Page) -> Result<()> {
    page.press(&en("continue")).await?;
    if one_of(page, &["nearby.heading", "details.heading"]).await? == "nearby.heading" {
        page.press(&en("nearby.none")).await?;
    }
    page.heading(&en("details.heading")).await
}

/// Waits until one of these stands there as a heading, and says which.
pub(crate) async fn one_of<'a>(page: &Page, keys: &[&'a str]) -> Result<&'a str> {
    let there = async || {
        let names = page.names("heading").await?;
        let known = keys.iter().any(|key| names.contains(&en(key)));
        Ok((!known).then_some(names.join(" | ")))
    };
    eventually(&keys.join(" or "), there).await?;
    let names = page.names("heading").await?;
    let found = keys.iter().find(|key| names.contains(&en(key)));
    found.copied().context("gone again")
}

/// Answers whatever is not marked as optional on this page, with the first answer there is.
pub(crate) async fn answer_required(page: &Page) -> Result<()> {
    let is_needed = |name: &&String| !name.ends_with("(optional)");
    for group in page.names("group").await?.iter().filter(is_needed) {
        let group = page.find("group", group).await?;
        group.find(By::Css("input")).await?.click().await?;
    }
    let own = [
        en("description.label"),
        en("description.alone"),
        format!("{} (optional)", en("description.label")),
    ];
    for field in page.names("textbox").await?.iter().filter(is_needed) {
        if !own.iter().any(|own| field.starts_with(own)) {
            page.fill(field, "12").await?;
        }
    }
    Ok(())
}

/// The description's label: another one where nothing else is asked.
pub(crate) async fn describe(page: &Page, words: &str) -> Result<()> {
    let names = page.names("textbox").await?;
    let labels = [en("description.label"), en("description.alone")];
    let label = labels
        .iter()
        .find(|label| names.iter().any(|name| name.starts_with(*label)));
    page.fill(label.context("no description")?, words).await
}

/// Fills in the step “How can we reach you?” and goes on.
pub(crate) async fn contact(page: &Page) -> Result<()> {
    page.heading(&en("how-to-reach.heading")).await?;
    for (field, words) in [
        ("first-name", "Ada"),
        ("last-name", "Byron"),
        ("phone", "(555) 010-0199"),
        ("email", "ada@example.org"),
    ] {
        page.fill(&en(field), words).await?;
    }
    page.choose(&en("preferred-contact"), &en("way.email"))
        .await?;
    go_on(page, "check.heading").await
}

/// From a form's first step to the last page before sending, with the first answer to what has to
/// be answered.
pub(crate) async fn to_check(page: &Page) -> Result<()> {
    page.fill(&en("place.label"), "4 Main St").await?;
    go_on(page, "details.heading").await?;
    answer_required(page).await?;
    describe(page, WORDS).await?;
    page.press(&en("continue")).await?;
    if one_of(page, &["photos.heading", "how-to-reach.heading"]).await? == "photos.heading" {
        page.press(&en("continue")).await?;
    }
    contact(page).await
}

/// The number that the city gave, as it can be read on the page.
pub(crate) async fn number(page: &Page) -> Result<String> {
    page.sees_after(&en("sent.number"), Duration::from_secs(20))
        .await?;
    after_words(page, &en("sent.number")).await
}

/// The word that stands after these.
pub(crate) async fn after_words(page: &Page, label: &str) -> Result<String> {
    let text = page.text().await?;
    let (_, after) = text.split_once(label).context("the label is gone")?;
    let word = after.split_whitespace().next();
    Ok(word.context("nothing after the label")?.to_owned())
}

/// How many requests the city has, public or not.
pub(crate) async fn count(city: &Sandbox) -> Result<usize> {
    let list = city.bytes("/clerk").await?;
    let list = String::from_utf8(list)?;
    let (before, _) = list
        .split_once(" requests, newest first")
        .context("the clerk's page does not count")?;
    let digits = before.rsplit('>').next().unwrap_or_default();
    Ok(digits.parse()?)
}

/// Words as they stand in the clerk's page.
pub(crate) fn in_markup(words: &str) -> String {
    words
        .replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
        .replace('\'', "&#39;")
}

/// Waits until so many requests have arrived.
pub(crate) async fn arrived(stage: &Stage, method: &str, path: &str, count: usize) -> Result<()> {
    let there = async || {
        let seen = stage.host.seen(method, path).len();
        Ok((seen < count).then(|| format!("{seen} of them")))
    };
    eventually(&format!("{count} × {method} {path}"), there).await
}

/// Puts a small picture into the page for pictures, as if it was chosen from the gallery.
pub(crate) async fn add_photo(page: &Page, shows: &str) -> Result<()> {
    let folder = tempfile::tempdir()?;
    let file = folder.path().join("hole.png");
    std::fs::write(&file, PNG)?;
    let chosen = page.find("textbox", &en("photos.choose")).await?;
    chosen.send_keys(file.display().to_string()).await?;
    page.fill(&en("photo.words").replace("{name}", "hole.png"), shows)
        .await
}

/// One pixel.
const PNG: [u8; 67] = [
    0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0x0d, 0x49, 0x48, 0x44, 0x52, 0, 0, 0,
    1, 0, 0, 0, 1, 8, 0, 0, 0, 0, 0x3a, 0x7e, 0x9b, 0x55, 0, 0, 0, 0x0a, 0x49, 0x44, 0x41, 0x54,
    0x78, 0xda, 0x63, 0x60, 0, 0, 0, 2, 0, 1, 0xe5, 0x27, 0xde, 0xfc, 0, 0, 0, 0, 0x49, 0x45, 0x4e,
    0x44, 0xae, 0x42, 0x60, 0x82,
];
