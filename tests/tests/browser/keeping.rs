//! What a resident wrote stays: on the way back, after a reload, and where the tag moves nothing
//! of the page's own.

use anyhow::Result;
use frontdoor_tests::{Stage, en, stage};

use crate::steps::{TAG, no_photos, number, send, start_form};

const HASH: &str = r#"<front-door config="/frontdoor.json" history="hash"></front-door>"#;
const MOMENT: &str = "Which day should it have been?";

/// The details of a form with all kinds of answers given, two steps from its beginning.
async fn half_way(stage: &Stage, address: &str) -> Result<()> {
    let page = &stage.page;
    page.open(address).await?;
    page.press(&en("way.ask")).await?;
    page.press("Missed collection").await?;
    page.fill(&en("place.label"), "12 Cedar St").await?;
    page.press(&en("continue")).await?;
    page.choose("What was missed?", "Recycling").await?;
    page.choose("What was missed?", "Trash").await?;
    for (part, text) in [
        ("date.month", "11"),
        ("date.day", "3"),
        ("date.year", "2026"),
    ] {
        page.fill_in(&en(part), text, MOMENT).await?;
    }
    page.choose("Was the cart at the curb by 7 am?", "I don’t know")
        .await?;
    page.fill(&en("description.label"), "Nobody came to the whole block.")
        .await
}

async fn all_is_there(stage: &Stage) -> Result<()> {
    let page = &stage.page;
    page.heading(&en("details.heading")).await?;
    for (answer, is_chosen) in [("Trash", true), ("Recycling", true), ("Yard waste", false)] {
        assert_eq!(
            page.is_chosen("What was missed?", answer).await?,
            is_chosen,
            "{answer}"
        );
    }
    for (part, text) in [
        ("date.month", "11"),
        ("date.day", "3"),
        ("date.year", "2026"),
    ] {
        let field = page.find_in("textbox", &en(part), MOMENT).await?;
        assert_eq!(field.prop("value").await?.as_deref(), Some(text));
    }
    assert!(
        page.is_chosen("Was the cart at the curb by 7 am?", "I don’t know")
            .await?
    );
    page.holds(&en("description.label"), "Nobody came to the whole block.")
        .await
}

#[test]
fn going_back_and_forth_keeps_every_answer() {
    stage(async |stage| {
        let page = &stage.page;
        half_way(stage, &stage.host.page(TAG)).await?;
        // Without a press on “Continue”: answers are kept as they are typed.
        page.press(&en("back")).await?;
        page.holds(&en("place.label"), "12 Cedar St").await?;
        page.press(&en("back")).await?;
        page.heading(&en("services.heading")).await?;
        page.press("Missed collection").await?;
        page.press(&en("continue")).await?;
        all_is_there(stage).await
    });
}

#[test]
fn changing_an_answer_from_the_check_page_leads_to_it_and_back() {
    stage(async |stage| {
        let page = &stage.page;
        half_way(stage, &stage.host.page(TAG)).await?;
        page.press(&en("continue")).await?;
        no_photos(page).await?;
        page.press(&en("contact.anonymous")).await?;
        page.heading(&en("check.heading")).await?;
        let change = |key: &str| format!("{} {}", en("change"), en(key));
        page.press(&change("place.label")).await?;
        page.fill(&en("place.label"), "14 Cedar St").await?;
        // Back to where the change began, and not through all that was answered.
        page.press(&en("continue")).await?;
        page.heading(&en("check.heading")).await?;
        page.sees("14 Cedar St").await?;
        page.press(&change("description.label")).await?;
        all_is_there(stage).await
    });
}

#[test]
fn a_reload_loses_nothing_that_was_typed() {
    stage(async |stage| {
        let page = &stage.page;
        half_way(stage, &stage.host.page(TAG)).await?;
        page.reload().await?;
        // The address of the page says nothing, so the widget begins where the tag says.
        page.heading(&en("start.heading")).await?;
        page.press(&en("way.ask")).await?;
        page.press("Missed collection").await?;
        page.holds(&en("place.label"), "12 Cedar St").await?;
        page.press(&en("continue")).await?;
        all_is_there(stage).await
    });
}

#[test]
fn with_the_view_in_the_address_a_reload_returns_to_it() {
    stage(async |stage| {
        let page = &stage.page;
        half_way(stage, &stage.host.page(HASH)).await?;
        assert_eq!(
            page.eval("location.hash").await?,
            "#/report/missed-collection/details"
        );
        page.reload().await?;
        all_is_there(stage).await
    });
}

#[test]
fn with_the_view_in_the_address_the_browser_s_own_buttons_work() {
    stage(async |stage| {
        let page = &stage.page;
        half_way(stage, &stage.host.page(HASH)).await?;
        page.browser.back().await?;
        page.holds(&en("place.label"), "12 Cedar St").await?;
        page.focus_on("heading", &en("place.heading")).await?;
        page.browser.back().await?;
        page.heading(&en("services.heading")).await?;
        page.browser.forward().await?;
        page.browser.forward().await?;
        all_is_there(stage).await?;
        // The widget's way back and the browser's are one.
        page.press(&en("back")).await?;
        page.heading(&en("place.heading")).await?;
        page.press(&en("back")).await?;
        page.heading(&en("services.heading")).await?;
        page.press(&en("back")).await?;
        page.heading(&en("start.heading")).await
    });
}

#[test]
fn after_sending_the_browser_s_way_back_does_not_lead_into_the_sent_form() {
    stage(async |stage| {
        let page = &stage.page;
        page.open(&format!(
            "{}#/report/street-sweeping",
            stage.host.page(HASH)
        ))
        .await?;
        send(page).await?;
        let number = number(page).await?;
        page.reload().await?;
        page.sees(&number).await?;
        page.browser.back().await?;
        page.loses(&number).await?;
        let text = page.text().await?;
        assert!(
            !text.contains("Glass on the bike lane."),
            "the sent answers stand there again: {text}"
        );
        assert_eq!(
            stage.host.seen("POST", "/open311/v2/requests.json").len(),
            1
        );
        Ok(())
    });
}

#[test]
fn without_history_the_page_s_address_is_not_touched() {
    stage(async |stage| {
        let page = &stage.page;
        let address = stage.host.page(TAG);
        page.go(&address).await?;
        let before = page.eval("history.length").await?;
        page.stands().await?;
        start_form(stage, "street-sweeping").await?;
        let entries = page.eval("history.length").await?;
        send(page).await?;
        number(page).await?;
        assert_eq!(page.eval("location.href").await?, address);
        assert_eq!(
            page.eval("history.length").await?,
            entries,
            "at first it was {before}"
        );
        Ok(())
    });
}

#[test]
fn an_anchor_of_the_page_is_left_to_the_page() {
    stage(async |stage| {
        let page = &stage.page;
        let address = stage.host.page(&format!(
            r##"<a href="#news">News</a>{HASH}<h2 id="news">News</h2>"##
        ));
        page.open(&address).await?;
        page.press(&en("way.ask")).await?;
        page.heading(&en("services.heading")).await?;
        page.script("location.hash = '#news'", Vec::new()).await?;
        page.until("location.hash === '#news'").await?;
        page.heading(&en("services.heading")).await
    });
}
