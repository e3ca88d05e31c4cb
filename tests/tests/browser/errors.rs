//! Mistakes: said on “Continue” and never before, in one place and at the field, and nothing
//! that was typed is lost for them.

use anyhow::Result;
use frontdoor_tests::{Page, Stage, en, plural, stage};

use crate::steps::{contact, no_photos, start_form};

const DEPTH: &str = "How deep is it?";

/// The question in the words of a mistake: without its question mark.
fn fault(key: &str, label: &str) -> String {
    en(key).replace("{label}", label.trim_end_matches('?'))
}

async fn pothole_details(stage: &Stage) -> Result<()> {
    start_form(stage, "pothole").await?;
    stage.page.fill(&en("place.label"), "4 Main St").await?;
    stage.page.press(&en("continue")).await?;
    stage.page.heading(&en("details.heading")).await
}

#[test]
fn going_on_without_an_answer_leads_to_a_summary_that_leads_to_the_field() {
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
        let words = fault("fault.not-chosen", DEPTH);
        page.find("link", &words).await?;
        assert!(
            page.description(DEPTH).await?.contains(&words),
            "{}",
            page.description(DEPTH).await?
        );

        page.press(&words).await?;
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
fn every_mistake_has_its_line_and_the_field_is_marked() {
    stage(async |stage| {
        let page = &stage.page;
        start_form(stage, "shelter-reservation").await?;
        page.press(&en("continue")).await?;
        page.focus_on("alert", &plural("summary.heading", 1))
            .await?;
        let words = fault("fault.empty", &en("place.label"));
        page.press(&words).await?;
        page.focus_on("textbox", &en("place.label")).await?;
        let field = page.find("textbox", &en("place.label")).await?;
        assert_eq!(field.attr("aria-invalid").await?.as_deref(), Some("true"));
        page.keys("River Park").await?;
        page.press(&en("continue")).await?;

        page.heading(&en("details.heading")).await?;
        page.fill("How many people?", "about twelve").await?;
        for (part, text) in [
            ("date.month", "2"),
            ("date.day", "30"),
            ("date.year", "2027"),
        ] {
            page.fill_in(&en(part), text, "Which day?").await?;
        }
        page.fill_in(&en("date.day"), "3", "Which day if that one is taken?")
            .await?;
        page.press(&en("continue")).await?;
        let expected = [
            fault("fault.not-chosen", "Which shelter?"),
            fault("fault.no-such-day", "Which day?"),
            fault("fault.date", "Which day if that one is taken?"),
            fault("fault.number", "How many people?"),
        ];
        for words in &expected {
            page.find("link", words).await?;
        }
        let (alert, links) = (page.names("alert").await?, page.names("link").await?);
        let count = links.iter().filter(|name| expected.contains(name)).count();
        assert_eq!(count, expected.len(), "{links:?}");
        assert_eq!(alert.len(), 1, "one summary: {alert:?}");
        // What was typed stands there still, right or wrong.
        page.holds("How many people?", "about twelve").await?;
        page.press(&expected[1]).await?;
        page.focus_on("textbox", &en("date.month")).await
    });
}

#[test]
fn nothing_is_called_wrong_while_somebody_types() {
    stage(async |stage| {
        let page = &stage.page;
        start_form(stage, "shelter-reservation").await?;
        page.fill(&en("place.label"), "River Park").await?;
        page.press(&en("continue")).await?;
        page.fill("How many people?", "x").await?;
        page.fill_in(&en("date.day"), "99", "Which day?").await?;
        page.find("textbox", &en("description.label"))
            .await?
            .click()
            .await?;
        assert_eq!(page.names("alert").await?, [""; 0]);
        let marked = page.eval("document.querySelector('front-door').shadowRoot.querySelectorAll('[aria-invalid]').length").await?;
        assert_eq!(marked, "0");
        Ok(())
    });
}

#[test]
fn an_address_for_mail_is_checked_and_may_be_left_out() {
    stage(async |stage| {
        let page = &stage.page;
        start_form(stage, "street-sweeping").await?;
        page.fill(&en("place.label"), "4 Main St").await?;
        page.press(&en("continue")).await?;
        page.press(&en("continue")).await?;
        no_photos(page).await?;
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
        contact(page).await?;
        page.heading(&en("check.heading")).await?;
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
fn a_request_with_a_gap_is_not_sent_but_leads_to_the_gap() {
    stage(async |stage| {
        let page = &stage.page;
        let tag = r#"<front-door config="/frontdoor.json" history="hash"></front-door>"#;
        page.open(&format!("{}#/report/pothole/check", stage.host.page(tag)))
            .await?;
        page.sees(&en("not-answered")).await?;
        page.press(&en("send")).await?;
        page.focus_on("alert", &plural("summary.heading", 1))
            .await?;
        page.press(&fault("fault.empty", &en("place.label")))
            .await?;
        page.heading(&en("place.heading")).await?;
        assert!(
            stage
                .host
                .seen("POST", "/open311/v2/requests.json")
                .is_empty()
        );
        Ok(())
    });
}

#[test]
fn a_look_up_without_a_number_asks_for_it() {
    stage(async |stage| {
        let page = &stage.page;
        let tag = r#"<front-door config="/frontdoor.json" view="status"></front-door>"#;
        page.open(&stage.host.page(tag)).await?;
        page.press(&en("lookup.press")).await?;
        page.focus_on("alert", "").await?;
        page.press(&en("lookup.empty")).await?;
        page.focus_on("textbox", &en("lookup.label")).await?;
        page.keys("99-99999").await?;
        page.press(&en("lookup.press")).await?;
        page.heading(&en("status.not-found").replace("{number}", "99-99999"))
            .await?;
        page.sees(&en("status.not-found-why")).await
    });
}
