//! The main journey, from the need to the status, as a resident takes it.

use anyhow::{Context, Result};
use frontdoor_tests::steps::request::{
    DESCRIPTION, open_form, photos_to_review, posts, sent_number, sent_request, skip_photos,
    to_review,
};
use frontdoor_tests::steps::status::look_up;
use frontdoor_tests::{Page, Stage, en, stage, stage_with};

#[test]
fn a_resident_reports_a_pothole_and_looks_it_up_again() {
    stage(async |stage| {
        let page = &stage.page;
        page.open(&format!("{}/", stage.city.origin())).await?;
        page.fill(&en("start.search"), "pothole").await?;
        page.press("Pothole").await?;

        page.heading(&en("place.heading")).await?;
        page.sees("Pothole · Step 1 of 5").await?;
        page.sees("3 business days").await?;
        page.fill(&en("place.label"), "4 Main St, beside the bakery")
            .await?;
        page.press(&en("continue")).await?;

        page.heading(&en("details.heading")).await?;
        page.sees("deep enough to stop a car, call 911 now").await?;
        page.choose("How deep is it?", "A hand’s width or more")
            .await?;
        page.choose("Where in the street is it?", "Bike lane")
            .await?;
        page.fill(&en("description.label"), "Cars swerve around it.")
            .await?;
        page.press(&en("continue")).await?;

        photos_to_review(page).await?;
        for answer in [
            "Pothole",
            "4 Main St, beside the bakery",
            "A hand’s width or more",
            "Bike lane",
        ] {
            page.sees(answer).await?;
        }
        page.press(&en("send")).await?;
        page.heading(&en("sent.heading")).await?;
        let number = sent_number(page).await?;

        let row = stage.city.request(&number).await?;
        assert_eq!(row["service_code"], "pothole");
        assert_eq!(row["address"], "4 Main St, beside the bakery");
        assert_eq!(row["description"], "Cars swerve around it.");

        look_up_and_refresh(stage, &number).await
    });
}

async fn look_up_and_refresh(stage: &Stage, number: &str) -> Result<()> {
    let page = &stage.page;
    page.press(&en("start-again")).await?;
    page.press(&en("way.see")).await?;
    look_up(page, &format!(" #{number} ")).await?;
    page.heading(&en("status.open")).await?;
    for text in [
        number,
        "Pothole",
        "4 Main St, beside the bakery",
        "Cars swerve around it.",
    ] {
        page.sees(text).await?;
    }
    let (_, last) = number.split_once('-').unwrap_or_default();
    let path = format!("/clerk/{}/close", last.trim_start_matches('0'));
    let reason = [("reason", "done"), ("note", "We filled it on Tuesday.")];
    stage.city.post_to(&path, &reason).await?;
    page.press(&en("status.look-again")).await?;
    page.heading(&en("status.closed")).await?;
    page.sees("We filled it on Tuesday.").await
}

#[test]
fn a_sent_request_cannot_be_sent_again_by_going_back() {
    stage(async |stage| {
        let page = &stage.page;
        open_form(stage, "street-sweeping").await?;
        to_review(page, DESCRIPTION).await?;
        page.press(&en("send")).await?;
        sent_number(page).await?;
        page.press(&en("back")).await?;
        page.loses(&en("sent.heading")).await?;
        page.loses(&en("send")).await?;
        assert_eq!(posts(stage), 1);
        // The next request for this service begins empty.
        open_form(stage, "street-sweeping").await?;
        page.holds(&en("place.label"), "").await
    });
}

#[test]
fn a_service_with_tokens_shows_its_number_later() {
    stage_with(&["--token-delay", "500"], async |stage| {
        let page = &stage.page;
        open_form(stage, "tax-copy").await?;
        page.fill(&en("place.label"), "40 River Rd").await?;
        page.press(&en("continue")).await?;
        let question = first_question(page).await?;
        page.fill(&question, "2025").await?;
        page.press(&en("continue")).await?;
        skip_photos(page).await?;
        page.press(&en("contact.anonymous")).await?;
        page.press(&en("send")).await?;
        page.heading(&en("sent.heading")).await?;
        page.sees(&en("sent.token")).await?;
        page.sees(&en("sent.numbering")).await?;
        let row = sent_request(stage).await?;
        page.loses(&en("sent.token")).await?;
        assert_eq!(row["service_code"], "tax-copy");
        Ok(())
    });
}

#[test]
fn a_black_box_service_says_that_there_is_no_number() {
    stage(async |stage| {
        let page = &stage.page;
        open_form(stage, "feedback").await?;
        page.fill(&en("place.label"), "City Hall").await?;
        page.press(&en("continue")).await?;
        page.heading(&en("details.heading")).await?;
        let radio = page.names("radio").await?;
        let group = page.names("group").await?;
        page.choose(
            group.first().context("no question")?,
            radio.first().context("no answer")?,
        )
        .await?;
        page.fill(&first_question(page).await?, "Friendly and quick.")
            .await?;
        page.press(&en("continue")).await?;
        skip_photos(page).await?;
        page.press(&en("contact.anonymous")).await?;
        page.press(&en("send")).await?;
        page.heading(&en("sent.heading")).await?;
        page.sees(&en("sent.no-number")).await?;
        let text = page.text().await?;
        assert!(!text.contains(&en("sent.number")), "{text}");
        assert!(!text.contains(&en("sent.follow")), "{text}");
        Ok(())
    });
}

/// The label of the first text field among the questions.
async fn first_question(page: &Page) -> Result<String> {
    page.heading(&en("details.heading")).await?;
    page.names("textbox")
        .await?
        .into_iter()
        .next()
        .context("the form has no text field")
}
