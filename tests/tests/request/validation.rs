//! Errors: shown on “Continue” and never earlier, in a summary and at the field, without losing what
//! was typed.

use anyhow::Result;
use frontdoor_tests::steps::common::open_hash;
use frontdoor_tests::steps::request::{
    fill_date, open_form, photos_to_review, posts, skip_photos, to_details,
};
use frontdoor_tests::{Page, ROOT, Stage, en, plural, stage};

const DEPTH: &str = "How deep is it?";

/// The message of an error about a question, which has no question mark in it.
fn error_message(key: &str, label: &str) -> String {
    en(key).replace("{label}", label.trim_end_matches('?'))
}

async fn pothole_details(stage: &Stage) -> Result<()> {
    open_form(stage, "pothole").await?;
    to_details(&stage.page).await
}

#[test]
fn a_missing_answer_shows_a_summary_that_links_to_the_field() {
    stage(async |stage| {
        let page = &stage.page;
        pothole_details(stage).await?;
        page.fill(&en("description.label"), "Cars swerve around it.")
            .await?;
        page.choose("Where in the street is it?", "Crosswalk")
            .await?;
        page.press(&en("continue")).await?;

        page.focus_on("alert", &plural("summary.heading", 1))
            .await?;
        let message = error_message("fault.not-chosen", DEPTH);
        page.find("link", &message).await?;
        let description = page.description(DEPTH).await?;
        assert!(description.contains(&message), "{description}");

        page.press(&message).await?;
        page.focus_on("radio", "Less than a hand’s width").await?;
        page.holds(&en("description.label"), "Cars swerve around it.")
            .await?;
        assert!(
            page.is_chosen("Where in the street is it?", "Crosswalk")
                .await?
        );

        page.choose(DEPTH, "I don’t know").await?;
        page.press(&en("continue")).await?;
        page.heading(&en("photos.heading")).await
    });
}

#[test]
fn every_error_has_a_line_in_the_summary_and_marks_its_field() {
    stage(async |stage| {
        let page = &stage.page;
        open_form(stage, "shelter-reservation").await?;
        page.press(&en("continue")).await?;
        page.focus_on("alert", &plural("summary.heading", 1))
            .await?;
        page.press(&error_message("fault.empty", &en("place.label")))
            .await?;
        page.focus_on("textbox", &en("place.label")).await?;
        let field = page.find("textbox", &en("place.label")).await?;
        assert_eq!(field.attr("aria-invalid").await?.as_deref(), Some("true"));
        page.keys("River Park").await?;
        page.press(&en("continue")).await?;

        page.heading(&en("details.heading")).await?;
        page.fill("How many people?", "about twelve").await?;
        fill_date(page, "Which day?", ["2", "30", "2027"]).await?;
        page.fill_in(&en("date.day"), "3", "Which day if that one is taken?")
            .await?;
        page.press(&en("continue")).await?;
        let expected = [
            error_message("fault.not-chosen", "Which shelter?"),
            error_message("fault.no-such-day", "Which day?"),
            error_message("fault.date", "Which day if that one is taken?"),
            error_message("fault.number", "How many people?"),
        ];
        for message in &expected {
            page.find("link", message).await?;
        }
        let (alert, links) = (page.names("alert").await?, page.names("link").await?);
        let count = links.iter().filter(|name| expected.contains(name)).count();
        assert_eq!(count, expected.len(), "{links:?}");
        assert_eq!(alert.len(), 1, "one summary: {alert:?}");
        // What was typed is still there, right or wrong.
        page.holds("How many people?", "about twelve").await?;
        page.press(&expected[1]).await?;
        page.focus_on("textbox", &en("date.month")).await
    });
}

#[test]
fn no_error_is_shown_while_typing() {
    stage(async |stage| {
        let page = &stage.page;
        open_form(stage, "shelter-reservation").await?;
        page.fill(&en("place.label"), "River Park").await?;
        page.press(&en("continue")).await?;
        page.fill("How many people?", "x").await?;
        page.fill_in(&en("date.day"), "99", "Which day?").await?;
        page.find("textbox", &en("description.label"))
            .await?
            .click()
            .await?;
        assert_eq!(page.names("alert").await?, [""; 0]);
        let marked = format!("{ROOT}.querySelectorAll('[aria-invalid]').length");
        assert_eq!(page.eval(&marked).await?, "0");
        Ok(())
    });
}

#[test]
fn an_email_address_is_checked_and_may_be_left_out() {
    stage(async |stage| {
        let page = &stage.page;
        open_form(stage, "street-sweeping").await?;
        to_details(page).await?;
        page.press(&en("continue")).await?;
        skip_photos(page).await?;
        for wrong in ["ada", "ada@", "ada@example", "a da@example.org"] {
            page.fill(&en("email"), wrong).await?;
            page.press(&en("continue")).await?;
            page.focus_on("alert", "").await?;
            page.press(&en("fault.email")).await?;
            page.focus_on("textbox", &en("email")).await?;
        }
        page.fill(&en("email"), "").await?;
        page.press(&en("continue")).await?;
        page.heading(&en("check.heading")).await
    });
}

#[test]
fn the_main_button_can_always_be_pressed() {
    stage(async |stage| {
        let page = &stage.page;
        pothole_details(stage).await?;
        can_be_pressed(page, &en("continue")).await?;
        page.press(&en("continue")).await?;
        page.focus_on("alert", "").await?;
        can_be_pressed(page, &en("continue")).await?;
        page.choose(DEPTH, "I don’t know").await?;
        page.press(&en("continue")).await?;
        photos_to_review(page).await?;
        can_be_pressed(page, &en("send")).await
    });
}

async fn can_be_pressed(page: &Page, name: &str) -> Result<()> {
    let button = page.find("button", name).await?;
    assert!(button.is_enabled().await?, "{name} is disabled");
    assert_eq!(button.attr("aria-disabled").await?, None, "{name}");
    Ok(())
}

#[test]
fn a_request_with_a_missing_answer_is_not_sent_and_leads_to_the_question() {
    stage(async |stage| {
        let page = &stage.page;
        open_hash(stage, "#/report/pothole/check").await?;
        page.sees(&en("not-answered")).await?;
        page.press(&en("send")).await?;
        page.focus_on("alert", &plural("summary.heading", 1))
            .await?;
        page.press(&error_message("fault.empty", &en("place.label")))
            .await?;
        page.heading(&en("place.heading")).await?;
        assert_eq!(posts(stage), 0);
        Ok(())
    });
}
