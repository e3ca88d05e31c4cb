//! Steps of a request, from the search for a service to the number that the city gives.

use std::time::Duration;

use anyhow::{Context, Result, ensure};
use serde_json::Value;
use tempfile::TempDir;
use thirtyfour::By;

use crate::en;
use crate::page::Page;
use crate::reply::{Reply, form_fields};
use crate::stage::Stage;
use crate::steps::common::{PNG, POST_REQUEST, REQUESTS, go_on, one_of, open_tag, tag, word_after};

/// An address for tests in which any will do. It is not looked up.
pub const ADDRESS: &str = "4 Main St";
/// A description for tests in which any will do.
pub const DESCRIPTION: &str = "Glass on the bike lane.";
/// A description with characters that need escaping in a form, in HTML and in XML.
pub const SPECIAL_TEXT: &str = "Cars swerve around it & onto the “bike lane” — at night, too.";
/// An address that the sample city's geocoder finds and nothing else matches.
pub const KNOWN_ADDRESS: &str = "118 Oak Street";
/// How the geocoder writes that address.
pub const KNOWN_ADDRESS_IN_FULL: &str = "118 Oak Street, Riverton";

/// How long a city may take to respond with a number.
const NUMBER_LIMIT: Duration = Duration::from_secs(20);

/// A page that starts with a service's form, and its address.
pub fn form_page(stage: &Stage, service: &str) -> String {
    stage.host.page(&service_tag(service))
}

/// A tag that starts with a service's form.
pub fn service_tag(service: &str) -> String {
    tag(&format!(r#"service="{service}""#))
}

/// Opens a service's form.
pub async fn open_form(stage: &Stage, service: &str) -> Result<()> {
    open_tag(stage, &format!(r#"service="{service}""#)).await?;
    stage.page.heading(&en("place.heading")).await
}

/// Searches for a service from the first view and opens its form.
pub async fn search_service(page: &Page, text: &str, name: &str) -> Result<()> {
    page.fill(&en("start.search"), text).await?;
    page.press(name).await?;
    page.heading(&en("place.heading")).await
}

/// Presses “Try again” on the first view, once everything else on it is there.
pub async fn retry_services(page: &Page) -> Result<()> {
    page.find("link", "Reserve a park shelter").await?;
    page.press(&en("problem.retry")).await?;
    page.find("link", "Pothole").await.map(drop)
}

/// Looks up an address and waits for its pin.
pub async fn look_up_address(page: &Page, address: &str) -> Result<()> {
    page.fill(&en("place.label"), address).await?;
    page.press(&en("place.find")).await?;
    page.hears(&pin_is_at(address)).await
}

/// What is announced when the pin is at an address.
pub fn pin_is_at(address: &str) -> String {
    en("place.pin-at").replace("{address}.", address)
}

/// From the location to the questions, past requests nearby if there are any.
pub async fn past_nearby(page: &Page) -> Result<()> {
    page.press(&en("continue")).await?;
    if one_of(page, &["nearby.heading", "details.heading"]).await? == "nearby.heading" {
        page.press(&en("nearby.none")).await?;
    }
    page.heading(&en("details.heading")).await
}

/// From the location to the questions, with the address in words.
pub async fn to_details(page: &Page) -> Result<()> {
    page.fill(&en("place.label"), ADDRESS).await?;
    go_on(page, "details.heading").await
}

/// Fills in the location and the description of a service that asks nothing of its own.
pub async fn fill_first_steps(page: &Page, description: &str) -> Result<()> {
    to_details(page).await?;
    page.fill(&en("description.alone"), description).await
}

/// Fills in the three parts of a date.
pub async fn fill_date(page: &Page, question: &str, [month, day, year]: [&str; 3]) -> Result<()> {
    page.fill_in(&en("date.month"), month, question).await?;
    page.fill_in(&en("date.day"), day, question).await?;
    page.fill_in(&en("date.year"), year, question).await
}

/// The three parts of a date, in the language of these texts.
pub async fn date_parts(
    page: &Page,
    question: &str,
    text: fn(&str) -> String,
) -> Result<[String; 3]> {
    let part = async |key: &str| -> Result<String> {
        let field = page.find_in("textbox", &text(key), question).await?;
        Ok(field.prop("value").await?.unwrap_or_default())
    };
    Ok([
        part("date.month").await?,
        part("date.day").await?,
        part("date.year").await?,
    ])
}

/// Gives the first answer to each question that is not optional.
pub async fn answer_required(page: &Page) -> Result<()> {
    let is_required = |name: &&String| !name.ends_with("(optional)");
    for group in page.names("group").await?.iter().filter(is_required) {
        let group = page.find("group", group).await?;
        group.find(By::Css("input")).await?.click().await?;
    }
    let description = [en("description.label"), en("description.alone")];
    for field in page.names("textbox").await?.iter().filter(is_required) {
        if !description.iter().any(|label| field.starts_with(label)) {
            page.fill(field, "12").await?;
        }
    }
    Ok(())
}

/// Fills in the description, whose label depends on whether anything else is asked.
pub async fn describe(page: &Page, text: &str) -> Result<()> {
    let names = page.names("textbox").await?;
    let labels = [en("description.label"), en("description.alone")];
    let label = labels
        .iter()
        .find(|label| names.iter().any(|name| name.starts_with(*label)));
    page.fill(label.context("no description")?, text).await
}

/// Adds a photo with a description of what it shows. The file is deleted when the returned folder is
/// dropped.
pub async fn add_photo(page: &Page, shows: &str) -> Result<TempDir> {
    let file = page
        .choose_file(&en("photos.choose"), "hole.png", &PNG)
        .await?;
    page.fill(&en("photo.words").replace("{name}", "hole.png"), shows)
        .await?;
    Ok(file)
}

/// Passes the step for photos, which nobody has to fill in.
pub async fn skip_photos(page: &Page) -> Result<()> {
    page.heading(&en("photos.heading")).await?;
    page.press(&en("continue")).await
}

/// Fills in the step “How can we reach you?”.
pub async fn fill_contact(page: &Page) -> Result<()> {
    page.heading(&en("how-to-reach.heading")).await?;
    for (field, text) in [
        ("first-name", "Ada"),
        ("last-name", "Byron"),
        ("phone", "(555) 010-0199"),
        ("email", "ada@example.org"),
    ] {
        page.fill(&en(field), text).await?;
    }
    Ok(())
}

/// From the contact step to the review, with email as the preferred channel.
pub async fn contact_by_email(page: &Page) -> Result<()> {
    fill_contact(page).await?;
    page.choose(&en("preferred-contact"), &en("way.email"))
        .await?;
    go_on(page, "check.heading").await
}

/// From the step for photos to the review, without photos.
pub async fn photos_to_review(page: &Page) -> Result<()> {
    skip_photos(page).await?;
    fill_contact(page).await?;
    go_on(page, "check.heading").await
}

/// From the first step of a service that asks nothing of its own to the review.
pub async fn to_review(page: &Page, description: &str) -> Result<()> {
    fill_first_steps(page, description).await?;
    page.press(&en("continue")).await?;
    photos_to_review(page).await
}

/// From the first step of any form to the review, with the first answer to each required question.
pub async fn any_form_to_review(page: &Page) -> Result<()> {
    to_details(page).await?;
    answer_required(page).await?;
    describe(page, SPECIAL_TEXT).await?;
    page.press(&en("continue")).await?;
    if one_of(page, &["photos.heading", "how-to-reach.heading"]).await? == "photos.heading" {
        page.press(&en("continue")).await?;
    }
    contact_by_email(page).await
}

/// Presses “Continue” through a form that is filled in, up to the review.
pub async fn continue_to_review(page: &Page) -> Result<()> {
    page.heading(&en("place.heading")).await?;
    for heading in ["details", "photos", "how-to-reach", "check"] {
        go_on(page, &format!("{heading}.heading")).await?;
    }
    Ok(())
}

/// Goes to the review of a request; the endpoint will respond with this reply when it is sent.
pub async fn ready_to_send(stage: &Stage, reply: Reply) -> Result<()> {
    stage.host.answer(POST_REQUEST, reply);
    open_form(stage, "street-sweeping").await?;
    to_review(&stage.page, DESCRIPTION).await
}

/// From the step for photos to the city's response, without a name.
pub async fn send_from_photos(page: &Page) -> Result<()> {
    go_on(page, "how-to-reach.heading").await?;
    page.press(&en("contact.anonymous")).await?;
    page.heading(&en("check.heading")).await?;
    page.press(&en("send")).await
}

/// From the location to the request as the city has it, for a service that asks nothing of its own.
pub async fn send_from_location(stage: &Stage) -> Result<Value> {
    let page = &stage.page;
    go_on(page, "details.heading").await?;
    page.fill(&en("description.alone"), DESCRIPTION).await?;
    go_on(page, "photos.heading").await?;
    send_from_photos(page).await?;
    sent_request(stage).await
}

/// From the first view to a sent request of the service “Pothole”, typing an address that contains
/// characters which shortcut scripts of a page listen for.
pub async fn send_pothole(page: &Page) -> Result<()> {
    let address = "118 Oak Street, j k / ? g";
    page.press(&en("way.ask")).await?;
    page.press("Pothole").await?;
    page.fill(&en("place.label"), address).await?;
    page.press(&en("continue")).await?;
    page.choose("How deep is it?", "I don’t know").await?;
    page.press(&en("continue")).await?;
    skip_photos(page).await?;
    page.heading(&en("how-to-reach.heading")).await?;
    go_on(page, "check.heading").await?;
    page.sees(address).await?;
    page.press(&en("send")).await?;
    page.heading(&en("sent.heading")).await
}

const MISSED: &str = "What was missed?";
const MISSED_DAY: &str = "Which day should it have been?";
const AT_THE_CURB: &str = "Was the cart at the curb by 7 am?";
const MISSED_DATE: [&str; 3] = ["11", "3", "2026"];
const MISSED_DESCRIPTION: &str = "Nobody came to the whole block.";

/// Opens a page and fills in a form with several kinds of questions, up to its second step.
pub async fn fill_missed_collection(page: &Page, address: &str) -> Result<()> {
    page.open(address).await?;
    page.press(&en("way.ask")).await?;
    page.press("Missed collection").await?;
    page.fill(&en("place.label"), "12 Cedar St").await?;
    page.press(&en("continue")).await?;
    page.choose(MISSED, "Recycling").await?;
    page.choose(MISSED, "Trash").await?;
    fill_date(page, MISSED_DAY, MISSED_DATE).await?;
    page.choose(AT_THE_CURB, "I don’t know").await?;
    page.fill(&en("description.label"), MISSED_DESCRIPTION)
        .await
}

/// Checks that everything from [`fill_missed_collection`] is still filled in.
pub async fn missed_collection_is_filled(page: &Page) -> Result<()> {
    page.heading(&en("details.heading")).await?;
    for (answer, is_chosen) in [("Trash", true), ("Recycling", true), ("Yard waste", false)] {
        ensure!(
            page.is_chosen(MISSED, answer).await? == is_chosen,
            "{answer}"
        );
    }
    let date = date_parts(page, MISSED_DAY, en).await?;
    ensure!(date == MISSED_DATE, "{date:?}");
    ensure!(
        page.is_chosen(AT_THE_CURB, "I don’t know").await?,
        "the curb"
    );
    page.holds(&en("description.label"), MISSED_DESCRIPTION)
        .await
}

/// The number that the city gave, as it is on the page.
pub async fn sent_number(page: &Page) -> Result<String> {
    page.sees_within(&en("sent.number"), NUMBER_LIMIT).await?;
    word_after(page, &en("sent.number")).await
}

/// The request that was just sent, as the city has it.
pub async fn sent_request(stage: &Stage) -> Result<Value> {
    stage.city.request(&sent_number(&stage.page).await?).await
}

/// How often the widget has posted a request.
pub fn posts(stage: &Stage) -> usize {
    stage.host.seen("POST", REQUESTS).len()
}

/// The fields of the last request that was posted.
pub fn posted_fields(stage: &Stage) -> Result<Vec<(String, String)>> {
    let posts = stage.host.seen("POST", REQUESTS);
    form_fields(&posts.last().context("nothing was posted")?.body)
}

/// The idempotency key of each request that was posted.
pub fn idempotency_keys(stage: &Stage) -> Result<Vec<String>> {
    let posts = stage.host.seen("POST", REQUESTS);
    let keys = posts.iter().map(|post| {
        let fields = form_fields(&post.body)?;
        let key = fields
            .into_iter()
            .find(|(name, _)| name == "idempotency_key");
        Ok(key.context("the request has no key")?.1)
    });
    keys.collect()
}

/// Text as it is in the HTML of the clerk's page.
pub fn escape_html(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
        .replace('\'', "&#39;")
}
