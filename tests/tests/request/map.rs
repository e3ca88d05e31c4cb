//! The map: loaded only on demand; a pin set by tap, drag and keys; without tiles, without its code,
//! and for people who cannot use it.

use anyhow::{Context, Result};
use frontdoor_tests::steps::common::{arrived, go_on};
use frontdoor_tests::steps::request::{look_up_address, open_form, pin_is_at, send_from_location};
use frontdoor_tests::{Page, ROOT, Reply, Stage, dist, en, stage};
use serde_json::{Value, json};
use thirtyfour::prelude::{Key, WebElement};

/// Opens the form and its map, without the step for requests nearby.
async fn open_map(stage: &Stage) -> Result<WebElement> {
    stage
        .configure(|config| config["report"]["nearby"] = json!(0))
        .await?;
    open_form(stage, "street-sweeping").await?;
    show_map(&stage.page).await
}

async fn show_map(page: &Page) -> Result<WebElement> {
    page.press(&en("place.use-map")).await?;
    let map = page.find("application", &en("map.label")).await?;
    // A click goes to the middle of the visible part.
    map.scroll_into_view().await?;
    Ok(map)
}

async fn find_by_selector(page: &Page, selector: &str) -> Result<WebElement> {
    let find = format!("return {ROOT}.querySelector(arguments[0])");
    let found = page.browser.execute(find, vec![json!(selector)]).await?;
    found.element().with_context(|| format!("no {selector}"))
}

/// Completes the form and returns the coordinates that the city has.
async fn sent_coordinates(stage: &Stage) -> Result<(f64, f64)> {
    let row = send_from_location(stage).await?;
    let coordinates = row["lat"].as_f64().zip(row["long"].as_f64());
    coordinates.with_context(|| format!("no coordinates: {row}"))
}

/// Moves the focus to the map.
async fn focus_map(page: &Page) -> Result<()> {
    let focus = format!("{ROOT}.querySelector('[role=application]').focus()");
    page.script(&focus, Vec::new()).await.map(drop)
}

async fn press_key(page: &Page, key: Key, times: usize) -> Result<()> {
    page.keys(char::from(key).to_string().repeat(times)).await
}

#[test]
fn the_map_is_loaded_only_when_it_is_opened() {
    stage(async |stage| {
        let page = &stage.page;
        open_form(stage, "street-sweeping").await?;
        look_up_address(page, "12 Main St").await?;
        let before = [dist::MAP, "/tiles/*"].map(|path| stage.host.seen("GET", path).len());
        assert_eq!(before, [0, 0]);
        show_map(page).await?;
        page.until_shown(".pin").await?;
        assert_eq!(stage.host.seen("GET", dist::MAP).len(), 1);
        page.press(&en("place.close-map")).await?;
        page.until_gone(".pin").await
    });
}

#[test]
fn a_tap_sets_the_pin_and_fills_in_the_address() {
    stage(async |stage| {
        let page = &stage.page;
        let map = open_map(stage).await?;
        map.click().await?;
        // The centre of the map, from the config.
        page.hears("The pin is at").await?;
        assert!(!page.value(&en("place.label")).await?.is_empty());
        let (lat, long) = sent_coordinates(stage).await?;
        assert!(
            (lat - 40.6205).abs() < 0.0003 && (long + 89.918).abs() < 0.0003,
            "{lat} {long}"
        );
        Ok(())
    });
}

#[test]
fn the_pin_can_be_dragged() {
    stage(async |stage| {
        let page = &stage.page;
        stage
            .host
            .answer("/geocode/photon/reverse", Reply::status(404));
        let map = open_map(stage).await?;
        map.click().await?;
        page.hears(&en("place.pin-set")).await?;
        let pin = find_by_selector(page, ".pin").await?;
        let mut drag = page.browser.action_chain().click_and_hold_element(&pin);
        for _ in 0..5 {
            drag = drag.move_by_offset(10, 0);
        }
        drag.release().perform().await?;
        let (_, long) = sent_coordinates(stage).await?;
        // 50 pixels to the east, at zoom 14.
        assert!((long + 89.918 - 0.00429).abs() < 0.0004, "{long}");
        Ok(())
    });
}

#[test]
fn the_arrow_keys_set_and_move_the_pin() {
    stage(async |stage| {
        let page = &stage.page;
        stage
            .host
            .answer("/geocode/photon/reverse", Reply::status(404));
        open_map(stage).await?;
        focus_map(page).await?;
        let keys = page.description(&en("map.label")).await?;
        press_key(page, Key::Right, 1).await?;
        page.hears(&en("place.pin-set")).await?;
        press_key(page, Key::Right, 4).await?;
        press_key(page, Key::Up, 2).await?;
        // The focus stays on the map for as long as keys are pressed.
        page.focus_on("application", &en("map.label")).await?;
        let (lat, long) = sent_coordinates(stage).await?;
        // 40 pixels to the east and 20 to the north, at zoom 14.
        assert!((long + 89.918 - 0.00343).abs() < 0.0003, "{long}; {keys}");
        assert!((lat - 40.6205 - 0.0013).abs() < 0.0003, "{lat}");
        Ok(())
    });
}

#[test]
fn the_map_is_described_by_its_keys() {
    stage(async |stage| {
        let page = &stage.page;
        open_map(stage).await?;
        let description = format!(
            "{ROOT}.getElementById({ROOT}.querySelector('[role=application]').getAttribute('aria-describedby')).textContent"
        );
        assert_eq!(page.eval(&description).await?, en("map.keys"));
        Ok(())
    });
}

#[test]
fn moving_the_pin_out_of_the_city_with_keys_is_announced_at_once() {
    stage(async |stage| {
        let page = &stage.page;
        open_form(stage, "street-sweeping").await?;
        look_up_address(page, "500 Walnut St").await?;
        show_map(page).await?;
        page.until_shown(".pin").await?;
        focus_map(page).await?;
        press_key(page, Key::Right, 15).await?;
        let outside = en("place.outside").replace("{city}", "City of Riverton");
        page.hears(&outside).await?;
        press_key(page, Key::Left, 15).await?;
        page.loses(&outside).await
    });
}

#[test]
fn the_buttons_on_the_map_zoom() {
    stage(async |stage| {
        let page = &stage.page;
        open_map(stage).await?;
        for (button, tiles) in [
            ("map.zoom-in", "/tiles/15/*"),
            ("map.zoom-out", "/tiles/14/*"),
            ("map.zoom-out", "/tiles/13/*"),
        ] {
            page.press(&en(button)).await?;
            arrived(stage, "GET", tiles, 1).await?;
            // The map ignores a zoom during another one, and a zoom begins with the next frame.
            let frames = "window.hasBegun = false; requestAnimationFrame(() => requestAnimationFrame(() => (window.hasBegun = true)));";
            page.script(frames, Vec::new()).await?;
            page.until("window.hasBegun").await?;
            page.until_gone(".leaflet-zoom-anim").await?;
        }
        Ok(())
    });
}

#[test]
fn without_tiles_the_map_shows_the_city_s_boundary_and_asks_no_other_host() {
    stage(async |stage| {
        let page = &stage.page;
        stage
            .configure(|config| {
                config["map"]["tiles"] = json!(null);
                config["report"]["nearby"] = json!(0);
            })
            .await?;
        open_form(stage, "street-sweeping").await?;
        let map = show_map(page).await?;
        page.until_shown(".grid").await?;
        page.until(&format!(
            "{ROOT}.querySelector('path.edge')?.getBBox().width > 100"
        ))
        .await?;
        map.click().await?;
        page.hears("The pin is at").await?;
        assert!(stage.host.seen("GET", "/tiles/*").is_empty());
        let elsewhere = page
            .script(
                "return performance.getEntriesByType('resource').map((one) => one.name)
                   .filter((url) => !url.startsWith(location.origin) && !/^(data|blob):/.test(url))",
                Vec::new(),
            )
            .await?;
        assert_eq!(elsewhere, Value::Array(Vec::new()));
        Ok(())
    });
}

#[test]
fn a_map_that_cannot_be_loaded_says_so_and_words_are_enough() {
    stage(async |stage| {
        let page = &stage.page;
        stage.host.answer(dist::MAP, Reply::status(404));
        open_form(stage, "street-sweeping").await?;
        page.press(&en("place.use-map")).await?;
        page.sees(&en("map.lost")).await?;
        page.fill(&en("place.label"), "By the old mill").await?;
        go_on(page, "details.heading").await
    });
}

#[test]
fn a_city_without_a_map_offers_none() {
    stage(async |stage| {
        let page = &stage.page;
        stage
            .configure(|config| config["map"] = json!(null))
            .await?;
        open_form(stage, "street-sweeping").await?;
        let text = page.text().await?;
        for key in ["place.use-map", "place.no-map"] {
            assert!(!text.contains(&en(key)), "{text}");
        }
        look_up_address(page, "12 Main St").await
    });
}

#[test]
fn people_who_cannot_use_the_map_are_told_what_to_do_instead() {
    stage(async |stage| {
        let page = &stage.page;
        open_map(stage).await?;
        let open = format!(
            "Array.from({ROOT}.querySelectorAll('summary'))
               .find((one) => one.textContent === arguments[0]).click()"
        );
        page.script(&open, vec![json!(en("place.no-map"))]).await?;
        page.sees(&en("place.no-map-more")).await?;
        page.press(&en("place.write")).await?;
        page.focus_on("textbox", &en("place.label")).await?;
        page.until_gone("[role=application]").await
    });
}

#[test]
fn finding_an_address_moves_the_pin_on_the_open_map() {
    stage(async |stage| {
        let page = &stage.page;
        open_map(stage).await?;
        look_up_address(page, "12 Main St").await?;
        page.until_shown(".pin").await?;
        look_up_address(page, "400 Cedar St").await?;
        page.hears(&pin_is_at("400 Cedar St")).await?;
        page.press(&en("place.remove-pin")).await?;
        page.until_gone(".pin").await
    });
}
