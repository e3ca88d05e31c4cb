//! The map without a pointer: keys set and move the pin, and Tab leads into the map and out again.

use anyhow::{Context, Result, bail};
use frontdoor_tests::steps::common::TAG;
use frontdoor_tests::steps::request::{form_page, photos_to_review, sent_request};
use frontdoor_tests::{Page, ROOT, Stage, en, key, stage};
use thirtyfour::prelude::Key;

/// The centre of the sample city's map, where the first pin is set.
const MIDDLE: (&str, &str) = ("40.6205", "-89.918");

/// More tab stops than there are between the map and the end of the form.
const STOPS_TO_THE_END: usize = 20;

/// From the heading of the location step into the open map.
async fn into_the_map(page: &Page) -> Result<()> {
    page.tab_to("button", &en("place.use-map")).await?;
    page.keys(key(Key::Enter)).await?;
    page.find("application", &en("map.label")).await?;
    page.tab_to("application", &en("map.label")).await
}

/// Posts an open pothole where the first pin is set, so that there is a request nearby.
async fn post_pothole_in_the_middle(stage: &Stage) -> Result<()> {
    let fields = [
        ("service_code", "pothole"),
        ("lat", MIDDLE.0),
        ("long", MIDDLE.1),
        ("description", "Hole in the middle of town."),
        ("attribute[depth]", "deep"),
    ];
    stage.city.post("requests.json", &fields).await
}

#[test]
fn keys_alone_set_and_move_the_pin_and_the_request_has_its_coordinates() {
    stage(async |stage| {
        let page = &stage.page;
        post_pothole_in_the_middle(stage).await?;
        page.open(&stage.host.page(TAG)).await?;
        page.fill(&en("start.search"), "pothole").await?;
        page.tab_to("link", "Pothole").await?;
        page.keys(key(Key::Enter)).await?;
        page.focus_on("heading", &en("place.heading")).await?;

        into_the_map(page).await?;
        page.keys(key(Key::Enter)).await?;
        page.find("button", &en("place.remove-pin")).await?;
        // Setting the pin does not move the focus: the next key moves the pin.
        page.focus_on("application", &en("map.label")).await?;
        page.keys(key(Key::Right)).await?;
        page.keys(key(Key::Up)).await?;
        page.hears(&en("place.pin-at").replace(" {address}.", ""))
            .await?;
        page.tab_to("button", &en("continue")).await?;
        page.keys(key(Key::Enter)).await?;

        page.focus_on("heading", &en("nearby.heading")).await?;
        page.sees("Hole in the middle of town.").await?;
        page.tab_to("button", &en("nearby.none")).await?;
        page.keys(key(Key::Enter)).await?;
        page.focus_on("heading", &en("details.heading")).await?;
        page.choose("How deep is it?", "I don’t know").await?;
        page.press(&en("continue")).await?;
        photos_to_review(page).await?;
        page.sees(&en("check.pin-set")).await?;
        page.press(&en("send")).await?;
        let row = sent_request(stage).await?;
        let degrees = |name: &str| row[name].as_f64().with_context(|| format!("no {name}"));
        let (lat, long) = (degrees("lat")? - 40.6205, degrees("long")? + 89.918);
        // One step to the right and one up: north-east of the centre, by less than a block.
        assert!((0.0001..0.005).contains(&lat), "{row}");
        assert!((0.0001..0.005).contains(&long), "{row}");
        Ok(())
    });
}

#[test]
fn the_map_names_itself_and_its_keys() {
    stage(async |stage| {
        let page = &stage.page;
        page.open(&form_page(stage, "pothole")).await?;
        page.press(&en("place.use-map")).await?;
        let map = page.find("application", &en("map.label")).await?;
        let hint = map
            .attr("aria-describedby")
            .await?
            .context("nothing describes the map")?;
        let text = page
            .eval(&format!("{ROOT}.getElementById({hint:?})?.textContent"))
            .await?;
        assert_eq!(text, en("map.keys"));
        for key in ["map.zoom-in", "map.zoom-out"] {
            page.find("button", &en(key)).await?;
        }
        let toggle = page.find("button", &en("place.close-map")).await?;
        assert_eq!(toggle.attr("aria-expanded").await?.as_deref(), Some("true"));
        Ok(())
    });
}

#[test]
fn tab_leaves_the_map_in_both_directions_and_moves_no_pin() {
    stage(async |stage| {
        let page = &stage.page;
        page.open(&form_page(stage, "pothole")).await?;
        page.find("textbox", &en("place.label"))
            .await?
            .click()
            .await?;
        into_the_map(page).await?;
        page.browser
            .action_chain()
            .key_down(Key::Shift)
            .send_keys(Key::Tab)
            .key_up(Key::Shift)
            .perform()
            .await?;
        let before = page.focus().await?;
        assert_ne!(before.role, "application", "Shift+Tab stays in the map");
        page.tab_to("application", &en("map.label")).await?;
        for _ in 0..STOPS_TO_THE_END {
            page.keys(key(Key::Tab)).await?;
            let focus = page.focus().await?;
            assert_ne!(focus.role, "application", "Tab comes back into the map");
            if focus.name == en("continue") {
                let buttons = page.names("button").await?;
                assert!(!buttons.contains(&en("place.remove-pin")), "{buttons:?}");
                return Ok(());
            }
        }
        bail!("the focus does not get out: {:?}", page.focus().await?)
    });
}
