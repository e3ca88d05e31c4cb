//! Where it is: in words, by an address that is looked up, by the device. Every way leads on alone.

use std::time::Duration;

use anyhow::Result;
use frontdoor_tests::{Reply, Stage, en, plural, stage};
use serde_json::json;

use crate::steps::{at, go_on, number, pin, start_form};

const PHOTON: &str = "/geocode/photon";
/// The house 12 Main St on the sample map.
const MAIN_12: (f64, f64) = (40.614714, -89.92025);

/// From the place to the city's answer, for a service that asks nothing of its own.
async fn send(stage: &Stage) -> Result<serde_json::Value> {
    let page = &stage.page;
    go_on(page, "details.heading").await?;
    page.fill(&en("description.alone"), "Glass.").await?;
    go_on(page, "photos.heading").await?;
    go_on(page, "how-to-reach.heading").await?;
    page.press(&en("contact.anonymous")).await?;
    page.heading(&en("check.heading")).await?;
    page.press(&en("send")).await?;
    stage.city.request(&number(page).await?).await
}

fn is_near(row: &serde_json::Value, (lat, long): (f64, f64)) {
    let (there, along) = (row["lat"].as_f64(), row["long"].as_f64());
    let (Some(there), Some(along)) = (there, along) else {
        panic!("no place in {row}");
    };
    assert!(
        (there - lat).abs() < 0.0005 && (along - long).abs() < 0.0005,
        "{row}"
    );
}

#[test]
fn a_typed_address_is_found_whichever_shape_the_geocoder_answers_in() {
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
            start_form(stage, "street-sweeping").await?;
            pin(page, "12 Main St").await?;
            page.holds(&en("place.label"), "12 Main St, Riverton")
                .await?;
            let row = send(stage).await?;
            assert_eq!(row["address"], "12 Main St, Riverton", "{shape}");
            is_near(&row, MAIN_12);
        }
        Ok(())
    });
}

#[test]
fn of_several_addresses_the_resident_chooses() {
    stage(async |stage| {
        let page = &stage.page;
        start_form(stage, "street-sweeping").await?;
        page.fill(&en("place.label"), "ma").await?;
        page.press(&en("place.find")).await?;
        page.hears(&plural("search.found", 2)).await?;
        page.sees(&en("place.which")).await?;
        // Nothing was chosen for them.
        page.holds(&en("place.label"), "ma").await?;
        let buttons = page.names("button").await?;
        assert!(!buttons.contains(&en("place.remove-pin")), "{buttons:?}");
        page.press("Maple St, Riverton").await?;
        page.hears(&at("Maple St, Riverton")).await?;
        page.holds(&en("place.label"), "Maple St, Riverton").await?;
        page.loses(&en("place.which")).await?;
        // What was written by hand is not thrown away by a second search.
        page.fill(&en("place.label"), "12 Main St").await?;
        page.press(&en("place.find")).await?;
        page.hears(&at("12 Main St")).await
    });
}

#[test]
fn after_an_address_is_found_the_keyboard_is_in_its_field() {
    stage(async |stage| {
        let page = &stage.page;
        start_form(stage, "street-sweeping").await?;
        pin(page, "12 Main St").await?;
        page.focus_on("textbox", &en("place.label")).await?;
        page.fill(&en("place.label"), "ma").await?;
        page.press(&en("place.find")).await?;
        page.press("Main St, Riverton").await?;
        page.hears(&at("Main St, Riverton")).await?;
        page.focus_on("textbox", &en("place.label")).await?;
        page.press(&en("place.remove-pin")).await?;
        page.focus_on("textbox", &en("place.label")).await
    });
}

#[test]
fn an_address_that_is_not_found_or_not_looked_up_is_enough_as_it_is() {
    let cases = [
        (
            "none like it",
            Reply::json(r#"{"type":"FeatureCollection","features":[]}"#),
            "place.not-found",
        ),
        (
            "none like it, of the other shape",
            Reply::json("[]"),
            "place.not-found",
        ),
        (
            "an error in the answer",
            Reply::json(r#"{"error":"Unable to geocode"}"#),
            "place.not-found",
        ),
        ("in trouble", Reply::status(503), "place.find-failed"),
        (
            "no JSON",
            Reply::html("<h1>Sign in</h1>"),
            "place.find-failed",
        ),
        ("broken off", Reply::broken(), "place.find-failed"),
        (
            "half an answer",
            Reply::stalled(r#"{"features":["#),
            "place.find-failed",
        ),
    ];
    stage(async |stage| {
        let page = &stage.page;
        stage
            .configure(|config| config["report"]["nearby"] = json!(0))
            .await?;
        start_form(stage, "street-sweeping").await?;
        page.fill(&en("place.label"), "Behind the old mill").await?;
        for (what, reply, words) in cases {
            // Slow enough for “looking” to be seen, so that the words after it are those of this answer.
            stage
                .host
                .answer(PHOTON, reply.after(Duration::from_millis(300)));
            page.press(&en("place.find")).await?;
            page.hears(&en("place.finding")).await?;
            page.sees_after(&en(words), Duration::from_secs(15))
                .await
                .map_err(|error| error.context(what))?;
            page.holds(&en("place.label"), "Behind the old mill")
                .await?;
        }
        let row = send(stage).await?;
        assert_eq!(row["address"], "Behind the old mill");
        assert!(row["lat"].is_null(), "{row}");
        Ok(())
    });
}

#[test]
fn looking_up_nothing_says_so_and_going_on_with_nothing_too() {
    stage(async |stage| {
        let page = &stage.page;
        start_form(stage, "street-sweeping").await?;
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
        start_form(stage, "street-sweeping").await?;
        let buttons = page.names("button").await?;
        assert!(!buttons.contains(&en("place.find")), "{buttons:?}");
        page.fill(&en("place.label"), "Behind the old mill").await?;
        let row = send(stage).await?;
        assert_eq!(row["address"], "Behind the old mill");
        Ok(())
    });
}

#[test]
fn the_device_s_place_is_asked_for_on_a_press_only_and_names_its_address() {
    stage(async |stage| {
        let page = &stage.page;
        stage
            .configure(|config| config["report"]["nearby"] = json!(0))
            .await?;
        start_form(stage, "street-sweeping").await?;
        page.script(
            "window.asked = 0;
             const ask = navigator.geolocation.getCurrentPosition.bind(navigator.geolocation);
             Geolocation.prototype.getCurrentPosition = (...parts) => { window.asked += 1; ask(...parts); };",
            Vec::new(),
        )
        .await?;
        page.stands_at(MAIN_12.0, MAIN_12.1, 12.0).await?;
        page.fill(&en("place.label"), "").await?;
        assert_eq!(page.eval("window.asked").await?, "0");
        page.press(&en("place.use-device")).await?;
        page.hears(&at("12 Main St")).await?;
        assert_eq!(page.eval("window.asked").await?, "1");
        page.holds(&en("place.label"), "12 Main St, Riverton")
            .await?;
        let text = page.text().await?;
        assert!(!text.contains(&en("landmark.label")), "{text}");
        let row = send(stage).await?;
        is_near(&row, MAIN_12);
        Ok(())
    });
}

#[test]
fn a_resident_s_own_words_are_not_written_over_by_the_device() {
    stage(async |stage| {
        let page = &stage.page;
        start_form(stage, "street-sweeping").await?;
        page.stands_at(MAIN_12.0, MAIN_12.1, 12.0).await?;
        page.fill(&en("place.label"), "By the blue gate").await?;
        page.press(&en("place.use-device")).await?;
        page.hears(&at("12 Main St")).await?;
        page.holds(&en("place.label"), "By the blue gate").await
    });
}

#[test]
fn a_device_that_may_not_tell_leaves_the_other_ways() {
    stage(async |stage| {
        let page = &stage.page;
        start_form(stage, "street-sweeping").await?;
        page.permit("geolocation", "denied").await?;
        page.press(&en("place.use-device")).await?;
        page.hears(&en("place.no-device")).await?;
        page.fill(&en("place.label"), "4 Main St").await?;
        go_on(page, "details.heading").await
    });
}

#[test]
fn a_vague_device_asks_for_a_landmark_and_does_not_go_on_without() {
    stage(async |stage| {
        let page = &stage.page;
        stage
            .configure(|config| {
                config["report"]["nearby"] = json!(0);
                config["report"]["geocoder"]["reverse"] = json!(null);
            })
            .await?;
        start_form(stage, "street-sweeping").await?;
        page.stands_at(MAIN_12.0, MAIN_12.1, 350.0).await?;
        page.press(&en("place.use-device")).await?;
        page.hears(&plural("place.vague", 350)).await?;
        page.press(&en("continue")).await?;
        page.focus_on("alert", "").await?;
        let fault = en("fault.empty").replace("{label}", &en("landmark.label"));
        page.press(&fault).await?;
        page.focus_on("textbox", &en("landmark.label")).await?;
        page.keys("At the bus stop").await?;
        let row = send(stage).await?;
        assert_eq!(row["address"], "At the bus stop");
        is_near(&row, MAIN_12);
        // A hundred metres are no reason to ask.
        start_form(stage, "street-sweeping").await?;
        page.stands_at(MAIN_12.0, MAIN_12.1, 100.0).await?;
        page.press(&en("place.use-device")).await?;
        page.hears(&plural("place.located", 100)).await?;
        let fields = page.names("textbox").await?;
        assert!(!fields.contains(&en("landmark.label")), "{fields:?}");
        go_on(page, "details.heading").await
    });
}

#[test]
fn pin_and_address_are_there_after_going_back_and_after_a_reload() {
    stage(async |stage| {
        let page = &stage.page;
        start_form(stage, "street-sweeping").await?;
        pin(page, "12 Main St").await?;
        let stand = async || {
            page.holds(&en("place.label"), "12 Main St, Riverton")
                .await?;
            page.find("button", &en("place.remove-pin")).await.map(drop)
        };
        page.press(&en("continue")).await?;
        page.loses(&en("place.heading")).await?;
        page.press(&en("back")).await?;
        page.heading(&en("place.heading")).await?;
        stand().await?;
        page.reload().await?;
        stand().await?;
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
