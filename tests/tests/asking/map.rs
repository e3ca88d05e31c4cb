//! The map: opened only on demand, with the pin by tap, by drag, by keys; without tiles, without its code,
//! and for those who cannot use it.

use anyhow::{Context, Result};
use frontdoor_tests::{Page, Reply, Stage, en, stage};
use serde_json::{Value, json};
use thirtyfour::prelude::{Key, WebElement};

use crate::steps::{arrived, at, go_on, number, pin, start_form};

const CODE: &str = "/fd/map-*";

/// Opens the form and its map, with nothing near to ask about afterwards.
async fn open_map(stage: &Stage) -> Result<WebElement> {
    stage
        .configure(|config| config["report"]["nearby"] = json!(0))
        .await?;
    start_form(stage, "street-sweeping").await?;
    map(&stage.page).await
}

async fn map(page: &Page) -> Result<WebElement> {
    page.press(&en("place.use-map")).await?;
    let map = page.find("application", &en("map.label")).await?;
    // A click goes to the middle of what can be seen.
    map.scroll_into_view().await?;
    Ok(map)
}

async fn inside(page: &Page, selector: &str) -> Result<WebElement> {
    let find = "return document.querySelector('front-door').shadowRoot.querySelector(arguments[0])";
    let found = page.browser.execute(find, vec![json!(selector)]).await?;
    found.element().with_context(|| format!("no {selector}"))
}

/// Where the city has the request after all the rest of the form.
async fn sent(stage: &Stage) -> Result<(f64, f64)> {
    let page = &stage.page;
    go_on(page, "details.heading").await?;
    page.fill(&en("description.alone"), "Glass.").await?;
    go_on(page, "photos.heading").await?;
    go_on(page, "how-to-reach.heading").await?;
    page.press(&en("contact.anonymous")).await?;
    page.heading(&en("check.heading")).await?;
    page.press(&en("send")).await?;
    let row = stage.city.request(&number(page).await?).await?;
    let place = row["lat"].as_f64().zip(row["long"].as_f64());
    place.with_context(|| format!("no place: {row}"))
}

async fn press_key(page: &Page, key: Key, times: usize) -> Result<()> {
    page.keys(char::from(key).to_string().repeat(times)).await
}

#[test]
fn the_map_comes_when_it_is_asked_for_and_not_before() {
    stage(async |stage| {
        let page = &stage.page;
        start_form(stage, "street-sweeping").await?;
        pin(page, "12 Main St").await?;
        let before = [CODE, "/tiles/*"].map(|path| stage.host.seen("GET", path).len());
        assert_eq!(before, [0, 0]);
        map(page).await?;
        page.until("document.querySelector('front-door').shadowRoot.querySelector('.pin')")
            .await?;
        assert_eq!(stage.host.seen("GET", CODE).len(), 1);
        page.press(&en("place.close-map")).await?;
        page.until("!document.querySelector('front-door').shadowRoot.querySelector('.pin')")
            .await
    });
}

#[test]
fn a_tap_puts_the_pin_and_names_the_address() {
    stage(async |stage| {
        let page = &stage.page;
        let map = open_map(stage).await?;
        map.click().await?;
        // The middle of the city, as the config has it.
        page.hears("The pin is at").await?;
        assert!(!page.value(&en("place.label")).await?.is_empty());
        let (lat, long) = sent(stage).await?;
        assert!(
            (lat - 40.6205).abs() < 0.0003 && (long + 89.918).abs() < 0.0003,
            "{lat} {long}"
        );
        Ok(())
    });
}

#[test]
fn the_pin_is_dragged() {
    stage(async |stage| {
        let page = &stage.page;
        stage
            .host
            .answer("/geocode/photon/reverse", Reply::status(404));
        let map = open_map(stage).await?;
        map.click().await?;
        page.hears(&en("place.pin-set")).await?;
        let pin = inside(page, ".pin").await?;
        let mut hand = page.browser.action_chain().click_and_hold_element(&pin);
        for _ in 0..5 {
            hand = hand.move_by_offset(10, 0);
        }
        hand.release().perform().await?;
        let (_, long) = sent(stage).await?;
        // 50 pixels to the east, at zoom 14.
        assert!((long + 89.918 - 0.00429).abs() < 0.0004, "{long}");
        Ok(())
    });
}

#[test]
fn the_arrow_keys_put_and_move_the_pin() {
    stage(async |stage| {
        let page = &stage.page;
        stage
            .host
            .answer("/geocode/photon/reverse", Reply::status(404));
        open_map(stage).await?;
        page.script(
            "document.querySelector('front-door').shadowRoot.querySelector('[role=application]').focus()",
            Vec::new(),
        )
        .await?;
        let keys = page.description(&en("map.label")).await?;
        press_key(page, Key::Right, 1).await?;
        page.hears(&en("place.pin-set")).await?;
        press_key(page, Key::Right, 4).await?;
        press_key(page, Key::Up, 2).await?;
        // The focus stays on the map for as long as keys are pressed.
        page.focus_on("application", &en("map.label")).await?;
        let (lat, long) = sent(stage).await?;
        // 40 pixels to the east and 20 to the north, at zoom 14.
        assert!((long + 89.918 - 0.00343).abs() < 0.0003, "{long}; {keys}");
        assert!((lat - 40.6205 - 0.0013).abs() < 0.0003, "{lat}");
        Ok(())
    });
}

#[test]
fn the_keys_are_told_with_the_map() {
    stage(async |stage| {
        let page = &stage.page;
        open_map(stage).await?;
        let told = page
            .eval("(() => {
                const root = document.querySelector('front-door').shadowRoot;
                return root.getElementById(root.querySelector('[role=application]').getAttribute('aria-describedby')).textContent;
            })()")
            .await?;
        assert_eq!(told, en("map.keys"));
        Ok(())
    });
}

#[test]
fn a_pin_that_keys_move_out_of_the_city_is_told_at_once() {
    stage(async |stage| {
        let page = &stage.page;
        start_form(stage, "street-sweeping").await?;
        pin(page, "500 Walnut St").await?;
        map(page).await?;
        page.until("document.querySelector('front-door').shadowRoot.querySelector('.pin')")
            .await?;
        page.script(
            "document.querySelector('front-door').shadowRoot.querySelector('[role=application]').focus()",
            Vec::new(),
        )
        .await?;
        press_key(page, Key::Right, 15).await?;
        let outside = en("place.outside").replace("{city}", "City of Riverton");
        page.hears(&outside).await?;
        press_key(page, Key::Left, 15).await?;
        page.loses(&outside).await
    });
}

#[test]
fn the_buttons_of_the_map_zoom() {
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
            // A map in the middle of a zoom takes no other; it begins with the next frame.
            let frames = "window.hasBegun = false; requestAnimationFrame(() => requestAnimationFrame(() => (window.hasBegun = true)));";
            page.script(frames, Vec::new()).await?;
            page.until("window.hasBegun").await?;
            page.until(
                "!document.querySelector('front-door').shadowRoot.querySelector('.leaflet-zoom-anim')",
            )
            .await?;
        }
        Ok(())
    });
}

#[test]
fn without_tiles_there_is_a_plain_map_with_the_city_s_edge_and_nobody_else_is_asked() {
    stage(async |stage| {
        let page = &stage.page;
        stage
            .configure(|config| {
                config["map"]["tiles"] = json!(null);
                config["report"]["nearby"] = json!(0);
            })
            .await?;
        start_form(stage, "street-sweeping").await?;
        let map = map(page).await?;
        page.until("document.querySelector('front-door').shadowRoot.querySelector('.grid')")
            .await?;
        page.until("document.querySelector('front-door').shadowRoot.querySelector('path.edge')?.getBBox().width > 100")
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
        stage.host.answer(CODE, Reply::status(404));
        start_form(stage, "street-sweeping").await?;
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
        start_form(stage, "street-sweeping").await?;
        let text = page.text().await?;
        for words in ["place.use-map", "place.no-map"] {
            assert!(!text.contains(&en(words)), "{text}");
        }
        pin(page, "12 Main St").await
    });
}

#[test]
fn whoever_cannot_use_the_map_is_told_what_to_do_instead() {
    stage(async |stage| {
        let page = &stage.page;
        open_map(stage).await?;
        page.script(
            "Array.from(document.querySelector('front-door').shadowRoot.querySelectorAll('summary'))
               .find((one) => one.textContent === arguments[0]).click()",
            vec![json!(en("place.no-map"))],
        )
        .await?;
        page.sees(&en("place.no-map-more")).await?;
        page.press(&en("place.write")).await?;
        page.focus_on("textbox", &en("place.label")).await?;
        page.until(
            "!document.querySelector('front-door').shadowRoot.querySelector('[role=application]')",
        )
        .await
    });
}

#[test]
fn an_address_that_is_found_moves_the_pin_of_an_open_map() {
    stage(async |stage| {
        let page = &stage.page;
        open_map(stage).await?;
        pin(page, "12 Main St").await?;
        page.until("document.querySelector('front-door').shadowRoot.querySelector('.pin')")
            .await?;
        pin(page, "400 Cedar St").await?;
        page.hears(&at("400 Cedar St")).await?;
        page.press(&en("place.remove-pin")).await?;
        page.until("!document.querySelector('front-door').shadowRoot.querySelector('.pin')")
            .await
    });
}
