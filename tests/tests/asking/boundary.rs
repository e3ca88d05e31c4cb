//! A pin outside the city: said at once, with whom to ask; the form waits until it is moved or gone.

use anyhow::Result;
use frontdoor_tests::{Page, Reply, Stage, en, plural, stage};
use serde_json::json;

use crate::steps::{at, go_on, pin, start_form};

/// East of the city.
const OUTSIDE: (f64, f64) = (40.62, -89.90);

fn words() -> String {
    en("place.outside").replace("{city}", "City of Riverton")
}

async fn stand_outside(stage: &Stage) -> Result<()> {
    let page = &stage.page;
    start_form(stage, "street-sweeping").await?;
    page.stands_at(OUTSIDE.0, OUTSIDE.1, 10.0).await?;
    page.press(&en("place.use-device")).await
}

async fn is_blocked(page: &Page) -> Result<()> {
    page.fill(&en("place.label"), "Somewhere over there")
        .await?;
    page.press(&en("continue")).await?;
    page.focus_on("alert", "").await?;
    page.sees(&en("place.outside-move")).await?;
    page.heading(&en("place.heading")).await
}

#[test]
fn a_place_outside_the_city_is_said_at_once_with_whom_to_ask() {
    stage(async |stage| {
        let page = &stage.page;
        stand_outside(stage).await?;
        // Before any press on “Continue”.
        page.hears(&words()).await?;
        page.hears("Fulton County Roads").await?;
        page.hears("They look after roads and land outside Riverton.")
            .await?;
        let call = en("contact.call").replace("{phone}", "(555) 010-0190");
        let link = page.find("link", &call).await?;
        assert_eq!(link.attr("href").await?.as_deref(), Some("tel:5550100190"));
        is_blocked(page).await
    });
}

#[test]
fn the_form_goes_on_once_the_pin_is_moved_into_the_city() {
    stage(async |stage| {
        let page = &stage.page;
        stand_outside(stage).await?;
        page.hears(&words()).await?;
        is_blocked(page).await?;
        pin(page, "12 Main St").await?;
        page.loses(&words()).await?;
        page.loses(&en("place.outside-move")).await?;
        page.press(&en("continue")).await?;
        page.loses(&en("place.heading")).await
    });
}

#[test]
fn the_form_goes_on_once_the_pin_is_taken_away() {
    stage(async |stage| {
        let page = &stage.page;
        stand_outside(stage).await?;
        page.hears(&words()).await?;
        is_blocked(page).await?;
        page.press(&en("place.remove-pin")).await?;
        page.loses(&words()).await?;
        page.focus_on("textbox", &en("place.label")).await?;
        go_on(page, "details.heading").await
    });
}

#[test]
fn an_address_that_is_found_outside_is_said_too() {
    stage(async |stage| {
        let page = &stage.page;
        let farm =
            r#"[{"lat": "40.7", "lon": "-89.8", "display_name": "9 Farm Rd, Fulton County"}]"#;
        stage.host.answer("/geocode/photon", Reply::json(farm));
        start_form(stage, "street-sweeping").await?;
        pin(page, "9 Farm Rd").await?;
        page.hears(&words()).await?;
        page.press(&en("continue")).await?;
        page.sees(&en("place.outside-move")).await?;
        page.heading(&en("place.heading")).await
    });
}

#[test]
fn whoever_comes_back_to_a_place_outside_is_told_again() {
    stage(async |stage| {
        let page = &stage.page;
        stand_outside(stage).await?;
        page.hears(&words()).await?;
        page.reload().await?;
        page.hears(&words()).await
    });
}

#[test]
fn without_a_boundary_that_can_be_had_every_place_is_taken() {
    let boundaries = [
        Reply::status(404),
        Reply::json(r#"{"type":"FeatureCollection","features":[]}"#),
        Reply::html("<h1>Sign in</h1>"),
        Reply::broken(),
    ];
    stage(async |stage| {
        let page = &stage.page;
        stage
            .configure(|config| config["report"]["nearby"] = json!(0))
            .await?;
        for reply in boundaries {
            stage.host.answer("/boundary.geojson", reply);
            stand_outside(stage).await?;
            page.hears(&plural("place.located", 10)).await?;
            page.fill(&en("place.label"), "Somewhere").await?;
            go_on(page, "details.heading").await?;
            page.press(&en("erase")).await?;
        }
        Ok(())
    });
}

#[test]
fn the_boundary_of_the_sample_city_takes_in_its_streets() {
    stage(async |stage| {
        let page = &stage.page;
        start_form(stage, "street-sweeping").await?;
        for address in ["1 River Rd", "449 12th St", "500 Walnut St"] {
            pin(page, address).await?;
            page.hears(&at(address)).await?;
            let said = page.said().await?;
            assert!(!said.contains(&words()), "{address}: {said}");
        }
        Ok(())
    });
}
