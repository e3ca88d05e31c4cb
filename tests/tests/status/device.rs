//! What the status view stores on the device, and how it is erased.

use anyhow::Result;
use frontdoor_tests::steps::common::{HASH_TAG, open_tag, text_before_placeholder};
use frontdoor_tests::steps::request::DESCRIPTION;
use frontdoor_tests::steps::status::{look_up, made_up, open_made_up, open_sample};
use frontdoor_tests::{Page, Reply, Stage, en, stage};
use serde_json::json;

/// Opens a request with a description that can be recognized in the storage.
async fn open_recognizable(stage: &Stage) -> Result<()> {
    let mut row = made_up("open");
    row[0]["description"] = json!(DESCRIPTION);
    open_made_up(stage, row, json!([])).await
}

async fn web_storage(page: &Page) -> Result<String> {
    page.eval("JSON.stringify([Object.entries(localStorage), Object.entries(sessionStorage)])")
        .await
}

#[test]
fn erased_data_is_gone_and_does_not_come_back() {
    stage(async |stage| {
        let page = &stage.page;
        open_recognizable(stage).await?;
        page.press(&en("status.follow")).await?;
        page.hears(&en("nearby.followed")).await?;
        page.loses(&en("status.follow")).await?;
        assert!(web_storage(page).await?.contains("bike lane"));
        page.press(&en("status.forget")).await?;
        page.heading(&en("lookup.heading")).await?;
        page.hears(&en("erased")).await?;
        page.script("dispatchEvent(new Event('focus'))", Vec::new())
            .await?;
        let stored = web_storage(page).await?;
        for text in ["bike lane", "known/7", "rated/", "answered/"] {
            assert!(!stored.contains(text), "{text} in {stored}");
        }
        page.loses(&en("lookup.own")).await
    });
}

#[test]
fn nothing_that_was_looked_up_stays_on_a_shared_computer() {
    stage(async |stage| {
        let page = &stage.page;
        open_recognizable(stage).await?;
        page.press(&en("shared-computer")).await?;
        page.heading(&en("lookup.heading")).await?;
        page.hears(&en("kept.nowhere")).await?;
        look_up(page, "7").await?;
        page.sees(DESCRIPTION).await?;
        page.press(&en("status.follow")).await?;
        page.hears(&en("kept.nowhere")).await?;
        let stored = web_storage(page).await?;
        assert!(!stored.contains("bike lane"), "{stored}");
        Ok(())
    });
}

#[test]
fn at_most_twenty_requests_are_cached() {
    stage(async |stage| {
        let page = &stage.page;
        for id in 1..=23 {
            let mut row = made_up("open");
            row[0]["service_request_id"] = json!(format!("{id}"));
            let path = format!("/open311/v2/requests/{id}.json");
            stage.host.answer(&path, Reply::json(row.to_string()));
        }
        page.open(&stage.host.page(HASH_TAG)).await?;
        for id in 1..=23 {
            page.script(&format!("location.hash = '#/status/{id}'"), Vec::new())
                .await?;
            page.sees(&en("status.number").replace("{number}", &id.to_string()))
                .await?;
        }
        let cached = "Object.keys(localStorage).filter((key) => /known[/]./.test(key)).length";
        page.until(&format!("{cached} === 20")).await
    });
}

#[test]
fn a_followed_request_is_listed_on_the_device_until_it_is_erased() {
    stage(async |stage| {
        let page = &stage.page;
        let id = open_sample(stage, "01187").await?;
        page.press(&en("status.follow")).await?;
        page.hears(&en("nearby.followed")).await?;
        open_tag(stage, r#"view="status""#).await?;
        page.heading(&en("lookup.own")).await?;
        page.sees(&en("lookup.followed").replace("{number}", &id))
            .await?;
        page.press(&format!("{} {id}", en("status.forget"))).await?;
        page.loses(&en("lookup.own")).await
    });
}

#[test]
fn during_an_outage_the_last_known_status_is_shown_and_marked_as_old() {
    stage(async |stage| {
        let page = &stage.page;
        let id = open_sample(stage, "01187").await?;
        page.sees(&en("status.history")).await?;
        stage.host.answer(
            &format!("/open311/v2/requests/{id}.json"),
            Reply::status(503),
        );
        page.reload().await?;
        page.sees(&en("status.history")).await?;
        page.sees(&text_before_placeholder("status.old")).await
    });
}
