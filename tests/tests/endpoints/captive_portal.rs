//! A network that answers every request with its own page, as a captive portal does.

use anyhow::Result;
use frontdoor_tests::steps::common::{NOTICES, TAG, TOKENS, alerts, arrived, go_on, open_tag};
use frontdoor_tests::steps::request::{
    KNOWN_ADDRESS, KNOWN_ADDRESS_IN_FULL, SPECIAL_TEXT, any_form_to_review, describe,
    look_up_address, open_form, past_nearby, retry_services, search_service, sent_number,
};
use frontdoor_tests::steps::status::newest_number;
use frontdoor_tests::{Page, Reply, Stage, en, eventually, stage};

const LOGIN: &str = "<!DOCTYPE html><html><head><title>Wi-Fi</title></head><body><h1>Welcome to Café Wi-Fi</h1><form><input name=room></form></body></html>";

/// Answers all of the city's paths with the portal's page, as status 200 and HTML, or stops doing so.
fn capture(stage: &Stage, is_captured: bool) {
    for path in [
        "/open311/*",
        NOTICES,
        "/geocode/*",
        "/boundary.geojson",
        "/upload",
    ] {
        match is_captured {
            true => stage.host.answer(path, Reply::html(LOGIN)),
            false => stage.host.restore(path),
        }
    }
}

/// The message, the phone number, and nothing of the portal's page.
async fn shows_problem_only(page: &Page, key: &str) -> Result<()> {
    alerts(page, &[&en(key)]).await?;
    let text = page.text().await?;
    assert!(!text.contains("Wi-Fi"), "{text}");
    Ok(())
}

#[test]
fn the_page_of_a_captive_portal_is_not_taken_for_the_city() {
    stage(async |stage| {
        let page = &stage.page;
        let before = stage.city.request_count().await?;
        capture(stage, true);
        page.open(&stage.host.page(TAG)).await?;
        shows_problem_only(page, "problem.trouble").await?;
        capture(stage, false);
        retry_services(page).await?;
        search_service(page, "pothole", "Pothole").await?;
        look_up_address(page, KNOWN_ADDRESS).await?;
        // In the middle of the form the phone changes to such a network.
        capture(stage, true);
        page.press(&en("place.find")).await?;
        let failed = ["place.find-failed", "place.not-found"].map(en);
        let is_missing = async || {
            let text = page.text().await?;
            Ok((!failed.iter().any(|message| text.contains(message))).then_some(text))
        };
        eventually("a message about the address", is_missing).await?;
        page.holds(&en("place.label"), KNOWN_ADDRESS_IN_FULL)
            .await?;
        past_nearby(page).await?;
        page.choose("How deep is it?", "I don’t know").await?;
        describe(page, SPECIAL_TEXT).await?;
        go_on(page, "photos.heading").await?;
        go_on(page, "how-to-reach.heading").await?;
        page.fill(&en("email"), "ada@example.org").await?;
        go_on(page, "check.heading").await?;
        page.press(&en("send")).await?;
        shows_problem_only(page, "problem.trouble").await?;
        for text in [KNOWN_ADDRESS, SPECIAL_TEXT, "ada@example.org"] {
            page.sees(text).await?;
        }
        assert!(!page.text().await?.contains(&en("sent.heading")));
        capture(stage, false);
        page.press(&en("problem.retry")).await?;
        sent_number(page).await?;
        assert_eq!(stage.city.request_count().await?, before + 1);
        Ok(())
    });
}

#[test]
fn the_page_of_a_captive_portal_is_no_status_and_no_number() {
    stage(async |stage| {
        let page = &stage.page;
        let id = newest_number(stage).await?;
        stage
            .host
            .answer("/open311/v2/requests/*", Reply::html(LOGIN));
        open_tag(stage, &format!(r#"request="{id}""#)).await?;
        shows_problem_only(page, "problem.trouble").await?;
        stage.host.restore("/open311/v2/requests/*");
        page.press(&en("problem.retry")).await?;
        page.sees(&en("status.history")).await?;
        // A token without a real response stays a token.
        open_form(stage, "tax-copy").await?;
        any_form_to_review(page).await?;
        stage.host.answer(TOKENS, Reply::html(LOGIN));
        page.press(&en("send")).await?;
        page.sees(&en("sent.token")).await?;
        arrived(stage, "GET", TOKENS, 1).await?;
        page.sees(&en("sent.numbering")).await?;
        stage.host.restore(TOKENS);
        sent_number(page).await.map(drop)
    });
}
