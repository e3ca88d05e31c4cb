//! A pin outside the city: the resident hears at once whom to ask instead, and the form waits until
//! the pin is moved or removed.

use anyhow::Result;
use frontdoor_tests::steps::common::go_on;
use frontdoor_tests::steps::request::{look_up_address, open_form, pin_is_at};
use frontdoor_tests::{Page, Reply, Stage, en, plural, stage};
use serde_json::json;

/// East of the city.
const OUTSIDE: (f64, f64) = (40.62, -89.90);

fn outside_message() -> String {
    en("place.outside").replace("{city}", "City of Riverton")
}

async fn locate_outside(stage: &Stage) -> Result<()> {
    let page = &stage.page;
    open_form(stage, "street-sweeping").await?;
    page.set_location(OUTSIDE.0, OUTSIDE.1, 10.0).await?;
    page.press(&en("place.use-device")).await
}

async fn cannot_go_on(page: &Page) -> Result<()> {
    page.fill(&en("place.label"), "Somewhere over there")
        .await?;
    page.press(&en("continue")).await?;
    page.focus_on("alert", "").await?;
    page.sees(&en("place.outside-move")).await?;
    page.heading(&en("place.heading")).await
}

#[test]
fn a_location_outside_the_city_is_announced_at_once_with_whom_to_ask() {
    stage(async |stage| {
        let page = &stage.page;
        locate_outside(stage).await?;
        // Before “Continue” is pressed.
        page.hears(&outside_message()).await?;
        page.hears("Fulton County Roads").await?;
        page.hears("They look after roads and land outside Riverton.")
            .await?;
        let call = en("contact.call").replace("{phone}", "(555) 010-0190");
        let link = page.find("link", &call).await?;
        assert_eq!(link.attr("href").await?.as_deref(), Some("tel:5550100190"));
        cannot_go_on(page).await
    });
}

#[test]
fn moving_the_pin_into_the_city_lets_the_form_go_on() {
    stage(async |stage| {
        let page = &stage.page;
        locate_outside(stage).await?;
        page.hears(&outside_message()).await?;
        cannot_go_on(page).await?;
        look_up_address(page, "12 Main St").await?;
        page.loses(&outside_message()).await?;
        page.loses(&en("place.outside-move")).await?;
        page.press(&en("continue")).await?;
        page.loses(&en("place.heading")).await
    });
}

#[test]
fn removing_the_pin_lets_the_form_go_on() {
    stage(async |stage| {
        let page = &stage.page;
        locate_outside(stage).await?;
        page.hears(&outside_message()).await?;
        cannot_go_on(page).await?;
        page.press(&en("place.remove-pin")).await?;
        page.loses(&outside_message()).await?;
        page.focus_on("textbox", &en("place.label")).await?;
        go_on(page, "details.heading").await
    });
}

#[test]
fn an_address_found_outside_the_city_is_announced_too() {
    stage(async |stage| {
        let page = &stage.page;
        let farm =
            r#"[{"lat": "40.7", "lon": "-89.8", "display_name": "9 Farm Rd, Fulton County"}]"#;
        stage.host.answer("/geocode/photon", Reply::json(farm));
        open_form(stage, "street-sweeping").await?;
        look_up_address(page, "9 Farm Rd").await?;
        page.hears(&outside_message()).await?;
        page.press(&en("continue")).await?;
        page.sees(&en("place.outside-move")).await?;
        page.heading(&en("place.heading")).await
    });
}

#[test]
fn returning_to_a_location_outside_announces_it_again() {
    stage(async |stage| {
        let page = &stage.page;
        locate_outside(stage).await?;
        page.hears(&outside_message()).await?;
        page.reload().await?;
        page.hears(&outside_message()).await
    });
}

#[test]
fn if_the_boundary_cannot_be_loaded_every_location_is_accepted() {
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
            locate_outside(stage).await?;
            page.hears(&plural("place.located", 10)).await?;
            page.fill(&en("place.label"), "Somewhere").await?;
            go_on(page, "details.heading").await?;
            page.press(&en("erase")).await?;
        }
        Ok(())
    });
}

#[test]
fn the_boundary_of_the_sample_city_contains_its_streets() {
    stage(async |stage| {
        let page = &stage.page;
        open_form(stage, "street-sweeping").await?;
        for address in ["1 River Rd", "449 12th St", "500 Walnut St"] {
            look_up_address(page, address).await?;
            page.hears(&pin_is_at(address)).await?;
            let announced = page.announcements().await?;
            assert!(
                !announced.contains(&outside_message()),
                "{address}: {announced}"
            );
        }
        Ok(())
    });
}
