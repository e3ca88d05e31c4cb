//! The location: in words, by an address that is looked up, or from the device. Each is enough on
//! its own.

use std::time::Duration;

use anyhow::Context;
use frontdoor_tests::steps::common::go_on;
use frontdoor_tests::steps::request::{look_up_address, open_form, pin_is_at, send_from_location};
use frontdoor_tests::{Reply, en, plural, stage};
use serde_json::{Value, json};

const PHOTON: &str = "/geocode/photon";

/// The coordinates of 12 Main St in the sample city.
const MAIN_12: (f64, f64) = (40.614714, -89.92025);

fn assert_near(row: &Value, (lat, long): (f64, f64)) {
    let coordinates = row["lat"].as_f64().zip(row["long"].as_f64());
    let Some((row_lat, row_long)) = coordinates else {
        panic!("no coordinates in {row}");
    };
    assert!(
        (row_lat - lat).abs() < 0.0005 && (row_long - long).abs() < 0.0005,
        "{row}"
    );
}

#[test]
fn a_typed_address_is_found_with_either_kind_of_geocoder() {
    stage(async |stage| {
        let page = &stage.page;
        for shape in ["photon", "nominatim"] {
            let more = if shape == "nominatim" {
                "&format=jsonv2"
            } else {
                ""
            };
            stage
                .configure(|config| {
                    config["report"]["geocoder"] = json!({
                        "search": format!("geocode/{shape}?q={{q}}&limit=5&lang={{lang}}{more}"),
                        "reverse": format!("geocode/{shape}/reverse?lat={{lat}}&lon={{lon}}{more}"),
                    });
                    config["report"]["nearby"] = json!(0);
                })
                .await?;
            open_form(stage, "street-sweeping").await?;
            look_up_address(page, "12 Main St").await?;
            page.holds(&en("place.label"), "12 Main St, Riverton")
                .await?;
            let row = send_from_location(stage).await?;
            assert_eq!(row["address"], "12 Main St, Riverton", "{shape}");
            assert_near(&row, MAIN_12);
        }
        Ok(())
    });
}

#[test]
fn the_resident_chooses_among_several_addresses() {
    stage(async |stage| {
        let page = &stage.page;
        open_form(stage, "street-sweeping").await?;
        page.fill(&en("place.label"), "ma").await?;
        page.press(&en("place.find")).await?;
        page.hears(&plural("search.found", 2)).await?;
        page.sees(&en("place.which")).await?;
        // Nothing was chosen automatically.
        page.holds(&en("place.label"), "ma").await?;
        let buttons = page.names("button").await?;
        assert!(!buttons.contains(&en("place.remove-pin")), "{buttons:?}");
        page.press("Maple St, Riverton").await?;
        page.hears(&pin_is_at("Maple St, Riverton")).await?;
        page.holds(&en("place.label"), "Maple St, Riverton").await?;
        page.loses(&en("place.which")).await?;
        // A second search does not discard what was typed.
        page.fill(&en("place.label"), "12 Main St").await?;
        page.press(&en("place.find")).await?;
        page.hears(&pin_is_at("12 Main St")).await
    });
}

#[test]
fn after_an_address_is_found_the_focus_is_in_its_field() {
    stage(async |stage| {
        let page = &stage.page;
        open_form(stage, "street-sweeping").await?;
        look_up_address(page, "12 Main St").await?;
        page.focus_on("textbox", &en("place.label")).await?;
        page.fill(&en("place.label"), "ma").await?;
        page.press(&en("place.find")).await?;
        page.press("Main St, Riverton").await?;
        page.hears(&pin_is_at("Main St, Riverton")).await?;
        page.focus_on("textbox", &en("place.label")).await?;
        page.press(&en("place.remove-pin")).await?;
        page.focus_on("textbox", &en("place.label")).await
    });
}

#[test]
fn an_address_that_is_not_found_is_enough_as_it_is() {
    let cases = [
        (
            "no match, as Photon says it",
            Reply::json(r#"{"type":"FeatureCollection","features":[]}"#),
            "place.not-found",
        ),
        (
            "no match, as Nominatim says it",
            Reply::json("[]"),
            "place.not-found",
        ),
        (
            "an error in the response",
            Reply::json(r#"{"error":"Unable to geocode"}"#),
            "place.not-found",
        ),
        ("failing", Reply::status(503), "place.find-failed"),
        (
            "not JSON",
            Reply::html("<h1>Sign in</h1>"),
            "place.find-failed",
        ),
        ("disconnected", Reply::broken(), "place.find-failed"),
        (
            "half a response",
            Reply::stalled(r#"{"features":["#),
            "place.find-failed",
        ),
    ];
    stage(async |stage| {
        let page = &stage.page;
        stage
            .configure(|config| config["report"]["nearby"] = json!(0))
            .await?;
        open_form(stage, "street-sweeping").await?;
        page.fill(&en("place.label"), "Behind the old mill").await?;
        for (what, reply, message) in cases {
            // Slow enough to see “looking”, so that the message after it is about this response.
            stage
                .host
                .answer(PHOTON, reply.delayed(Duration::from_millis(300)));
            page.press(&en("place.find")).await?;
            page.hears(&en("place.finding")).await?;
            page.sees_within(&en(message), Duration::from_secs(15))
                .await
                .context(what)?;
            page.holds(&en("place.label"), "Behind the old mill")
                .await?;
        }
        let row = send_from_location(stage).await?;
        assert_eq!(row["address"], "Behind the old mill");
        assert!(row["lat"].is_null(), "{row}");
        Ok(())
    });
}

#[test]
fn looking_up_nothing_says_so_and_going_on_with_nothing_is_an_error() {
    stage(async |stage| {
        let page = &stage.page;
        open_form(stage, "street-sweeping").await?;
        page.press(&en("place.find")).await?;
        page.hears(&en("place.find-nothing-typed")).await?;
        assert!(stage.host.seen("GET", PHOTON).is_empty());
        page.press(&en("continue")).await?;
        page.focus_on("alert", "").await?;
        let fault = en("fault.empty").replace("{label}", &en("place.label"));
        page.sees(&fault).await?;
        page.press(&fault).await?;
        page.focus_on("textbox", &en("place.label")).await
    });
}

#[test]
fn without_a_geocoder_an_address_is_taken_as_it_is() {
    stage(async |stage| {
        let page = &stage.page;
        stage
            .configure(|config| config["report"]["geocoder"] = json!(null))
            .await?;
        open_form(stage, "street-sweeping").await?;
        let buttons = page.names("button").await?;
        assert!(!buttons.contains(&en("place.find")), "{buttons:?}");
        page.fill(&en("place.label"), "Behind the old mill").await?;
        let row = send_from_location(stage).await?;
        assert_eq!(row["address"], "Behind the old mill");
        Ok(())
    });
}

#[test]
fn the_device_is_located_only_on_a_press_and_its_address_is_filled_in() {
    stage(async |stage| {
        let page = &stage.page;
        stage
            .configure(|config| config["report"]["nearby"] = json!(0))
            .await?;
        open_form(stage, "street-sweeping").await?;
        page.script(
            "window.located = 0;
             const locate = navigator.geolocation.getCurrentPosition.bind(navigator.geolocation);
             Geolocation.prototype.getCurrentPosition = (...rest) => { window.located += 1; locate(...rest); };",
            Vec::new(),
        )
        .await?;
        page.set_location(MAIN_12.0, MAIN_12.1, 12.0).await?;
        page.fill(&en("place.label"), "").await?;
        assert_eq!(page.eval("window.located").await?, "0");
        page.press(&en("place.use-device")).await?;
        page.hears(&pin_is_at("12 Main St")).await?;
        assert_eq!(page.eval("window.located").await?, "1");
        page.holds(&en("place.label"), "12 Main St, Riverton")
            .await?;
        let text = page.text().await?;
        assert!(!text.contains(&en("landmark.label")), "{text}");
        let row = send_from_location(stage).await?;
        assert_near(&row, MAIN_12);
        Ok(())
    });
}

#[test]
fn locating_the_device_does_not_overwrite_what_the_resident_typed() {
    stage(async |stage| {
        let page = &stage.page;
        open_form(stage, "street-sweeping").await?;
        page.set_location(MAIN_12.0, MAIN_12.1, 12.0).await?;
        page.fill(&en("place.label"), "By the blue gate").await?;
        page.press(&en("place.use-device")).await?;
        page.hears(&pin_is_at("12 Main St")).await?;
        page.holds(&en("place.label"), "By the blue gate").await
    });
}

#[test]
fn if_locating_is_denied_the_other_ways_remain() {
    stage(async |stage| {
        let page = &stage.page;
        open_form(stage, "street-sweeping").await?;
        page.set_permission("geolocation", "denied").await?;
        page.press(&en("place.use-device")).await?;
        page.hears(&en("place.no-device")).await?;
        page.fill(&en("place.label"), "4 Main St").await?;
        go_on(page, "details.heading").await
    });
}

#[test]
fn an_inaccurate_location_requires_a_landmark() {
    stage(async |stage| {
        let page = &stage.page;
        stage
            .configure(|config| {
                config["report"]["nearby"] = json!(0);
                config["report"]["geocoder"]["reverse"] = json!(null);
            })
            .await?;
        open_form(stage, "street-sweeping").await?;
        page.set_location(MAIN_12.0, MAIN_12.1, 350.0).await?;
        page.press(&en("place.use-device")).await?;
        page.hears(&plural("place.vague", 350)).await?;
        page.press(&en("continue")).await?;
        page.focus_on("alert", "").await?;
        let fault = en("fault.empty").replace("{label}", &en("landmark.label"));
        page.press(&fault).await?;
        page.focus_on("textbox", &en("landmark.label")).await?;
        page.keys("At the bus stop").await?;
        let row = send_from_location(stage).await?;
        assert_eq!(row["address"], "At the bus stop");
        assert_near(&row, MAIN_12);
        // A hundred metres are accurate enough.
        open_form(stage, "street-sweeping").await?;
        page.set_location(MAIN_12.0, MAIN_12.1, 100.0).await?;
        page.press(&en("place.use-device")).await?;
        page.hears(&plural("place.located", 100)).await?;
        let fields = page.names("textbox").await?;
        assert!(!fields.contains(&en("landmark.label")), "{fields:?}");
        go_on(page, "details.heading").await
    });
}

#[test]
fn pin_and_address_survive_going_back_and_a_reload() {
    stage(async |stage| {
        let page = &stage.page;
        open_form(stage, "street-sweeping").await?;
        look_up_address(page, "12 Main St").await?;
        let both_are_there = async || {
            page.holds(&en("place.label"), "12 Main St, Riverton")
                .await?;
            page.find("button", &en("place.remove-pin")).await.map(drop)
        };
        page.press(&en("continue")).await?;
        page.loses(&en("place.heading")).await?;
        page.press(&en("back")).await?;
        page.heading(&en("place.heading")).await?;
        both_are_there().await?;
        page.reload().await?;
        both_are_there().await?;
        page.press(&en("place.remove-pin")).await?;
        page.hears(&en("place.pin-removed")).await?;
        page.reload().await?;
        page.holds(&en("place.label"), "12 Main St, Riverton")
            .await?;
        let buttons = page.names("button").await?;
        assert!(!buttons.contains(&en("place.remove-pin")), "{buttons:?}");
        Ok(())
    });
}
