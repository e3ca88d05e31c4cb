//! The states of the journey that the tour of all views does not come to, judged by axe-core in light and
//! dark, on a phone and on a desk; and what a screen reader says of the map.

use anyhow::{Context, Result};
use frontdoor_tests::{Page, Reply, Stage, Theme, en, plural, stage, violations};
use serde_json::json;

use crate::steps::{go_on, pin, start_form, tag_for, to_details};

async fn axe_is_content(page: &Page, what: &str) -> Result<()> {
    for width in [320, 1280] {
        page.size(width, 900).await?;
        for theme in [Theme::Light, Theme::Dark] {
            page.theme(theme).await?;
            let found = violations(page).await?;
            assert!(
                found.is_empty(),
                "{what} at {width} px, {theme:?}:\n{}",
                found.join("\n")
            );
        }
    }
    Ok(())
}

#[test]
fn axe_is_content_with_notices_of_every_kind() {
    stage(async |stage| {
        let page = &stage.page;
        for (service, title) in [
            ("sewer", "Do you smell gas?"),
            ("traffic-signal", "Traffic lights are the state’s"),
            ("yard-waste", "Yard waste pickup pauses for the season"),
            ("water-leak", "Water work on Elm St and Maple St"),
        ] {
            page.open(&stage.host.page(&tag_for(service))).await?;
            page.heading(title).await?;
            axe_is_content(page, service).await?;
        }
        Ok(())
    });
}

#[test]
fn axe_is_content_where_the_device_is_unsure_and_where_the_map_is_lost() {
    stage(async |stage| {
        let page = &stage.page;
        stage.host.answer("/fd/map-*", Reply::status(404));
        start_form(stage, "street-sweeping").await?;
        page.stands_at(40.62, -89.918, 350.0).await?;
        page.press(&en("place.use-device")).await?;
        page.find("textbox", &en("landmark.label")).await?;
        page.press(&en("continue")).await?;
        page.press(&en("place.use-map")).await?;
        page.sees(&en("map.lost")).await?;
        axe_is_content(page, "unsure").await
    });
}

/// Two requests beside 12 Main St.
fn near() -> String {
    let row = |id: &str, lat: f64| {
        json!({
            "service_request_id": id, "status": "open", "service_code": "street-sweeping",
            "description": format!("Heap {id}"), "lat": lat, "long": -89.92025,
        })
    };
    json!([row("one", 40.6148), row("two", 40.6155)]).to_string()
}

#[test]
fn axe_is_content_with_the_map_of_what_is_near() {
    stage(async |stage| {
        let page = &stage.page;
        stage
            .host
            .answer("GET /open311/v2/requests.json", Reply::json(near()));
        start_form(stage, "street-sweeping").await?;
        pin(page, "12 Main St").await?;
        page.press(&en("continue")).await?;
        page.heading(&en("nearby.heading")).await?;
        page.press(&en("nearby.map")).await?;
        page.find("button", "2. Heap two").await?;
        axe_is_content(page, "the map of requests").await
    });
}

#[test]
fn axe_is_content_with_pictures_that_are_ready_and_that_failed() {
    stage(async |stage| {
        let page = &stage.page;
        start_form(stage, "street-sweeping").await?;
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
        page.until("document.querySelector('front-door').shadowRoot.querySelector('.photos img')")
            .await?;
        page.sees(&en("photo.unreadable")).await?;
        axe_is_content(page, "pictures").await?;
        // Each control says which picture it is about.
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
fn axe_is_content_with_free_times_and_with_too_many_characters() {
    stage(async |stage| {
        let page = &stage.page;
        start_form(stage, "deck-inspection").await?;
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
        page.sees(
            &en("fault.too-long")
                .replace("{count}", "100")
                .replace(": {label}", ""),
        )
        .await?;
        let kept = page.value(&en("description.label")).await?;
        assert_eq!(kept.len(), 4100);
        axe_is_content(page, "questions").await
    });
}

/// Name, role and description of the map and of what stands on it, as the browser tells a screen reader.
#[test]
fn a_screen_reader_hears_what_the_map_is_and_what_can_be_done_on_it() {
    stage(async |stage: &Stage| {
        let page = &stage.page;
        start_form(stage, "street-sweeping").await?;
        page.press(&en("place.use-map")).await?;
        page.find("button", &en("map.zoom-in")).await?;
        let tree = page
            .devtools("Accessibility.getFullAXTree", json!({}))
            .await?;
        let nodes = tree["nodes"].as_array().context("no tree")?;
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
