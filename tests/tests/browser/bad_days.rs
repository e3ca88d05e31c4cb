//! The endpoint is down, slow or in trouble: a clear sentence, the telephone beside it, a way to
//! try again, and nothing that was typed is lost.

use std::time::Duration;

use anyhow::{Context, Result};
use frontdoor_tests::{Page, Reply, Stage, en, stage};

use crate::steps::{TAG, start_form, tag_for};

pub(crate) const SERVICES: &str = "/open311/v2/services.json";
pub(crate) const POTHOLE: &str = "/open311/v2/services/pothole.json";

/// A list of services that is asked for anew with each press on “Try again”.
pub(crate) async fn open_list(stage: &Stage, reply: Reply) -> Result<()> {
    stage.host.answer(SERVICES, reply);
    let tag = r#"<front-door config="/frontdoor.json" view="report"></front-door>"#;
    stage.page.open(&stage.host.page(tag)).await
}

/// The one alert: this sentence, the telephone and the way to try again.
pub(crate) async fn says(page: &Page, sentence: &str) -> Result<()> {
    page.sees(&en(sentence)).await?;
    let alerts = page.names("alert").await?;
    let alert = alerts
        .iter()
        .find(|alert| alert.contains(&en(sentence)))
        .context("the sentence is in no alert")?;
    assert!(
        alert.contains("Call 311"),
        "no telephone beside it: {alert}"
    );
    assert!(
        alert.contains(&en("problem.retry")),
        "no way to try again: {alert}"
    );
    assert_eq!(alerts.len(), 1, "{alerts:?}");
    Ok(())
}

#[test]
fn an_endpoint_that_is_down_is_asked_again_when_it_is_back() {
    stage(async |stage| {
        let page = &stage.page;
        open_list(stage, Reply::broken()).await?;
        says(page, "problem.unreachable").await?;
        page.press(&en("problem.retry")).await?;
        says(page, "problem.unreachable").await?;
        stage.host.heal(SERVICES);
        page.press(&en("problem.retry")).await?;
        page.press("Pothole").await?;
        page.heading(&en("place.heading")).await?;
        assert!(page.names("alert").await?.is_empty());
        Ok(())
    });
}

#[test]
fn the_first_view_stands_without_the_endpoint_and_guides_can_be_read() {
    stage(async |stage| {
        let page = &stage.page;
        stage.host.answer("/open311/*", Reply::broken());
        page.open(&stage.host.page(TAG)).await?;
        says(page, "problem.unreachable").await?;
        page.press(&en("way.how")).await?;
        page.press("Reserve a park shelter").await?;
        page.sees("Pick a shelter and a date").await
    });
}

#[test]
fn a_silent_endpoint_is_given_up_after_ten_seconds() {
    stage(async |stage| {
        let page = &stage.page;
        stage.host.answer(POTHOLE, Reply::silence());
        page.open(&stage.host.page(&tag_for("pothole"))).await?;
        page.sees(&en("loading")).await?;
        let waited = page
            .sees_after(&en("problem.timed-out"), Duration::from_secs(15))
            .await?;
        assert!(waited > Duration::from_secs(6), "given up after {waited:?}");
        says(page, "problem.timed-out").await?;
        stage.host.heal(POTHOLE);
        page.press(&en("problem.retry")).await?;
        page.heading(&en("place.heading")).await
    });
}

#[test]
fn a_silent_list_of_services_is_given_up_after_ten_seconds() {
    stage(async |stage| {
        let page = &stage.page;
        open_list(stage, Reply::silence()).await?;
        page.sees_after(&en("problem.timed-out"), Duration::from_secs(15))
            .await?;
        says(page, "problem.timed-out").await?;
        stage.host.heal(SERVICES);
        page.press(&en("problem.retry")).await?;
        page.find("link", "Pothole").await.map(drop)
    });
}

#[test]
fn an_answer_that_begins_and_never_ends_is_given_up_too() {
    stage(async |stage| {
        let page = &stage.page;
        stage
            .host
            .answer(POTHOLE, Reply::stalled("[{\"service_code\":"));
        page.open(&stage.host.page(&tag_for("pothole"))).await?;
        page.sees_after(&en("problem.timed-out"), Duration::from_secs(15))
            .await?;
        says(page, "problem.timed-out").await
    });
}

#[test]
fn a_definition_that_fails_can_be_asked_for_again() {
    stage(async |stage| {
        let page = &stage.page;
        stage
            .host
            .answer(POTHOLE, Reply::text(500, "text/html", "<h1>500</h1>"));
        page.open(&stage.host.page(&tag_for("pothole"))).await?;
        says(page, "problem.trouble").await?;
        // The city in trouble is not asked again before the resident says so.
        assert_eq!(stage.host.seen("GET", POTHOLE).len(), 1);
        stage.host.heal(POTHOLE);
        page.press(&en("problem.retry")).await?;
        page.heading(&en("place.heading")).await
    });
}

#[test]
fn a_request_that_cannot_be_looked_up_now_can_be_later() {
    stage(async |stage| {
        let page = &stage.page;
        let rows = stage.city.ask("requests.json?page_size=1").await?;
        let id = rows[0]["service_request_id"]
            .as_str()
            .context("no request")?;
        let path = format!("/open311/v2/requests/{id}.json");
        stage.host.answer(&path, Reply::broken());
        stage
            .host
            .answer("/open311/v2/servicerequestupdates.json", Reply::status(500));
        let tag = format!(r#"<front-door config="/frontdoor.json" request="{id}"></front-door>"#);
        page.open(&stage.host.page(&tag)).await?;
        says(page, "problem.unreachable").await?;
        // The history alone is no reason to show nothing.
        stage.host.heal(&path);
        page.press(&en("problem.retry")).await?;
        page.sees(&en("status.history")).await
    });
}

#[test]
fn a_guide_that_does_not_come_can_be_asked_for_again() {
    stage(async |stage| {
        let page = &stage.page;
        let tag = r#"<front-door config="/frontdoor.json" guide="park-shelter"></front-door>"#;
        for path in ["/guides/index.json", "/guides/park-shelter.json"] {
            stage.host.answer(path, Reply::html("<h1>Not a guide</h1>"));
            page.open(&stage.host.page(tag)).await?;
            says(page, "problem.trouble").await?;
            stage.host.heal(path);
            page.press(&en("problem.retry")).await?;
            page.sees("Pick a shelter and a date").await?;
        }
        Ok(())
    });
}

#[test]
fn a_part_of_the_widget_that_does_not_come_can_be_asked_for_again() {
    stage(async |stage| {
        let page = &stage.page;
        stage.host.answer("/fd/report-*", Reply::broken());
        stage.host.answer("/fd/shared-*", Reply::broken());
        page.open(&stage.host.page(TAG)).await?;
        page.press(&en("way.ask")).await?;
        says(page, "problem.unreachable").await?;
        stage.host.heal("/fd/report-*");
        stage.host.heal("/fd/shared-*");
        page.press(&en("problem.retry")).await?;
        page.heading(&en("services.heading")).await?;
        page.press("Pothole").await?;
        page.heading(&en("place.heading")).await
    });
}

#[test]
fn what_was_typed_outlives_the_network() {
    stage(async |stage| {
        let page = &stage.page;
        start_form(stage, "street-sweeping").await?;
        page.fill(&en("place.label"), "4 Main St, beside the bakery")
            .await?;
        stage.host.answer("/open311/*", Reply::broken());
        page.reload().await?;
        says(page, "problem.unreachable").await?;
        stage.host.heal("/open311/*");
        page.press(&en("problem.retry")).await?;
        page.holds(&en("place.label"), "4 Main St, beside the bakery")
            .await
    });
}
