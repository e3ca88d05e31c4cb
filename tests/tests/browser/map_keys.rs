//! The map without a mouse: the pin is put and moved by keys, Tab leads into the map and out of it
//! again, and what is near can be read and passed by.

use anyhow::{Context, Result, bail};
use frontdoor_tests::{Page, Stage, en, stage};
use thirtyfour::prelude::Key;

use crate::keyboard::{key, tab_to};
use crate::steps::{TAG, contact, number, tag_for};

/// The middle of the sample city's map, where the first pin is put.
const MIDDLE: (&str, &str) = ("40.6205", "-89.918");
/// More stops than lie between the map and the end of the form.
const MOST_STOPS: usize = 20;

/// From the place page's heading into the open map.
async fn into_the_map(page: &Page) -> Result<()> {
    tab_to(page, "button", &en("place.use-map")).await?;
    page.keys(key(Key::Enter)).await?;
    page.find("application", &en("map.label")).await?;
    tab_to(page, "application", &en("map.label")).await
}

/// An open pothole where the first pin is put, so that there is something near.
async fn a_pothole_in_the_middle(stage: &Stage) -> Result<()> {
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
fn the_keyboard_alone_puts_and_moves_the_pin_and_the_request_goes_there() {
    stage(async |stage| {
        let page = &stage.page;
        a_pothole_in_the_middle(stage).await?;
        page.open(&stage.host.page(TAG)).await?;
        page.fill(&en("start.search"), "pothole").await?;
        tab_to(page, "link", "Pothole").await?;
        page.keys(key(Key::Enter)).await?;
        page.focus_on("heading", &en("place.heading")).await?;

        into_the_map(page).await?;
        page.keys(key(Key::Enter)).await?;
        page.find("button", &en("place.remove-pin")).await?;
        // Putting the pin takes the focus nowhere: the next key moves it.
        page.focus_on("application", &en("map.label")).await?;
        page.keys(key(Key::Right)).await?;
        page.keys(key(Key::Up)).await?;
        page.hears(&en("place.pin-at").replace(" {address}.", ""))
            .await?;
        tab_to(page, "button", &en("continue")).await?;
        page.keys(key(Key::Enter)).await?;

        page.focus_on("heading", &en("nearby.heading")).await?;
        page.sees("Hole in the middle of town.").await?;
        tab_to(page, "button", &en("nearby.none")).await?;
        page.keys(key(Key::Enter)).await?;
        page.focus_on("heading", &en("details.heading")).await?;
        page.choose("How deep is it?", "I don’t know").await?;
        page.press(&en("continue")).await?;
        contact(page).await?;
        page.heading(&en("check.heading")).await?;
        page.sees(&en("check.pin-set")).await?;
        page.press(&en("send")).await?;
        let kept = stage.city.request(&number(page).await?).await?;
        let at = |name: &str| kept[name].as_f64().with_context(|| format!("no {name}"));
        let (lat, long) = (at("lat")? - 40.6205, at("long")? + 89.918);
        // One step to the right and one up: north-east of the middle, and by less than a street.
        assert!((0.0001..0.005).contains(&lat), "{kept}");
        assert!((0.0001..0.005).contains(&long), "{kept}");
        Ok(())
    });
}

#[test]
fn the_map_says_what_it_is_and_which_keys_it_takes() {
    stage(async |stage| {
        let page = &stage.page;
        page.open(&stage.host.page(&tag_for("pothole"))).await?;
        page.press(&en("place.use-map")).await?;
        let map = page.find("application", &en("map.label")).await?;
        let hint = map
            .attr("aria-describedby")
            .await?
            .context("nothing describes the map")?;
        let words = page
            .eval(&format!(
                "document.querySelector('front-door').shadowRoot.getElementById({hint:?})?.textContent"
            ))
            .await?;
        assert_eq!(words, en("map.keys"));
        for words in ["map.zoom-in", "map.zoom-out"] {
            page.find("button", &en(words)).await?;
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
        page.open(&stage.host.page(&tag_for("pothole"))).await?;
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
        assert_ne!(before.role, "application", "Shift and Tab stay in the map");
        tab_to(page, "application", &en("map.label")).await?;
        for _ in 0..MOST_STOPS {
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
