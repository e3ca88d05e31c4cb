//! States of the request journey that the tour does not reach, checked with axe-core; and what a
//! screen reader says about the map.

use anyhow::Context;
use frontdoor_tests::steps::common::{GET_REQUESTS, go_on, text_before_placeholder};
use frontdoor_tests::steps::request::{form_page, look_up_address, open_form, to_details};
use frontdoor_tests::{Reply, Stage, assert_accessible, dist, en, plural, stage};
use serde_json::json;

#[test]
fn notices_of_every_kind_are_accessible() {
    stage(async |stage| {
        let page = &stage.page;
        for (service, title) in [
            ("sewer", "Do you smell gas?"),
            ("traffic-signal", "Traffic lights are the state’s"),
            ("yard-waste", "Yard waste pickup pauses for the season"),
            ("water-leak", "Water work on Elm St and Maple St"),
        ] {
            page.open(&form_page(stage, service)).await?;
            page.heading(title).await?;
            assert_accessible(page).await.context(service)?;
        }
        Ok(())
    });
}

#[test]
fn an_inaccurate_location_and_a_missing_map_are_accessible() {
    stage(async |stage| {
        let page = &stage.page;
        stage.host.answer(dist::MAP, Reply::status(404));
        open_form(stage, "street-sweeping").await?;
        page.set_location(40.62, -89.918, 350.0).await?;
        page.press(&en("place.use-device")).await?;
        page.find("textbox", &en("landmark.label")).await?;
        page.press(&en("continue")).await?;
        page.press(&en("place.use-map")).await?;
        page.sees(&en("map.lost")).await?;
        assert_accessible(page).await
    });
}

/// Two requests next to 12 Main St.
fn nearby_requests() -> String {
    let row = |id: &str, lat: f64| {
        json!({
            "service_request_id": id, "status": "open", "service_code": "street-sweeping",
            "description": format!("Heap {id}"), "lat": lat, "long": -89.92025,
        })
    };
    json!([row("one", 40.6148), row("two", 40.6155)]).to_string()
}

#[test]
fn the_map_of_nearby_requests_is_accessible() {
    stage(async |stage| {
        let page = &stage.page;
        stage
            .host
            .answer(GET_REQUESTS, Reply::json(nearby_requests()));
        open_form(stage, "street-sweeping").await?;
        look_up_address(page, "12 Main St").await?;
        page.press(&en("continue")).await?;
        page.heading(&en("nearby.heading")).await?;
        page.press(&en("nearby.map")).await?;
        page.find("button", "2. Heap two").await?;
        assert_accessible(page).await
    });
}

#[test]
fn photos_that_are_ready_and_that_failed_are_accessible() {
    stage(async |stage| {
        let page = &stage.page;
        open_form(stage, "street-sweeping").await?;
        to_details(page).await?;
        page.fill(&en("description.alone"), "Glass.").await?;
        go_on(page, "photos.heading").await?;
        page.browser
            .execute_async(
                "const done = arguments[0];
                 const canvas = Object.assign(document.createElement('canvas'), { width: 40, height: 20 });
                 canvas.getContext('2d');
                 canvas.toBlob((blob) => {
                   const chosen = new DataTransfer();
                   chosen.items.add(new File([blob], 'fine.png', { type: 'image/png' }));
                   chosen.items.add(new File(['nothing'], 'odd.jpg', { type: 'image/jpeg' }));
                   const input = document.querySelector('front-door').shadowRoot.getElementById('photo-choose');
                   input.files = chosen.files;
                   input.dispatchEvent(new Event('change', { bubbles: true }));
                   done();
                 });",
                Vec::new(),
            )
            .await?;
        page.until_shown(".photos img").await?;
        page.sees(&en("photo.unreadable")).await?;
        assert_accessible(page).await?;
        // Each control names its photo.
        for name in ["fine.png", "odd.jpg"] {
            page.find("button", &format!("{} {name}", en("photo.remove")))
                .await?;
            page.find("textbox", &en("photo.words").replace("{name}", name))
                .await?;
        }
        Ok(())
    });
}

#[test]
fn appointment_times_and_a_text_that_is_too_long_are_accessible() {
    stage(async |stage| {
        let page = &stage.page;
        open_form(stage, "deck-inspection").await?;
        to_details(page).await?;
        page.script(
            "const area = document.querySelector('front-door').shadowRoot.querySelector('textarea');
             area.value = 'a'.repeat(4100);
             area.dispatchEvent(new Event('input', { bubbles: true, composed: true }));",
            Vec::new(),
        )
        .await?;
        page.hears(&plural("characters.over", 100)).await?;
        page.press(&en("continue")).await?;
        page.focus_on("alert", "").await?;
        page.sees(&text_before_placeholder("fault.too-long"))
            .await?;
        let text = page.value(&en("description.label")).await?;
        assert_eq!(text.len(), 4100);
        assert_accessible(page).await
    });
}

/// Name, role and description of the map and its controls, as the browser exposes them.
#[test]
fn a_screen_reader_reads_what_the_map_is_and_its_controls() {
    stage(async |stage: &Stage| {
        let page = &stage.page;
        open_form(stage, "street-sweeping").await?;
        page.press(&en("place.use-map")).await?;
        page.find("button", &en("map.zoom-in")).await?;
        let tree = page
            .devtools("Accessibility.getFullAXTree", json!({}))
            .await?;
        let nodes = tree["nodes"].as_array().context("no accessibility tree")?;
        let find = |role: &str, name: &str| {
            nodes
                .iter()
                .find(|node| node["role"]["value"] == role && node["name"]["value"] == name)
        };
        let map = find("application", &en("map.label")).context("no map")?;
        assert_eq!(map["description"]["value"], en("map.keys"));
        for name in [
            "map.zoom-in",
            "map.zoom-out",
            "place.use-device",
            "place.find",
            "place.close-map",
        ] {
            find("button", &en(name)).with_context(|| format!("no button {name}"))?;
        }
        find("textbox", &en("place.label")).context("no field")?;
        Ok(())
    });
}
