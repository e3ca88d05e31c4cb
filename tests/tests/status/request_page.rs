//! What the page of a request shows: history, photos and a map.

use frontdoor_tests::steps::common::{UPDATES, nothing_ran, open_tag};
use frontdoor_tests::steps::status::{MADE_UP, made_up, open_made_up};
use frontdoor_tests::{ROOT, Reply, en, stage};
use serde_json::json;

#[test]
fn photo_addresses_resolve_against_the_endpoint_and_scripts_are_dropped() {
    stage(async |stage| {
        let page = &stage.page;
        let updates = json!([
            { "update_id": 1, "service_request_id": "7", "media_url": "media/1.jpg", "updated_datetime": "2026-11-02T10:00:00Z" },
            { "update_id": 2, "service_request_id": "7", "media_url": "javascript:alert(1)", "description": "B", "updated_datetime": "2026-11-03T10:00:00Z" },
        ]);
        let mut row = made_up("open");
        row[0]["media_url"] = json!("/photos/7.jpg");
        open_made_up(stage, row, updates).await?;
        page.sees(&en("status.history")).await?;
        let photos = format!(
            "JSON.stringify([...{ROOT}.querySelectorAll('img')].map((photo) => new URL(photo.src).pathname))"
        );
        assert_eq!(
            page.eval(&photos).await?,
            r#"["/open311/v2/media/1.jpg","/photos/7.jpg"]"#
        );
        Ok(())
    });
}

#[test]
fn notes_in_the_request_are_its_history_if_the_endpoint_has_them() {
    stage(async |stage| {
        let page = &stage.page;
        stage
            .configure(|config| config["extensions"] = json!(["notes"]))
            .await?;
        let mut row = made_up("open");
        row[0]["notes"] =
            json!([{ "datetime": "2026-11-03T10:00:00Z", "description": "A crew was there." }]);
        open_made_up(stage, row, json!([])).await?;
        page.sees("A crew was there.").await?;
        let seen = stage.host.seen("GET", MADE_UP);
        assert!(
            seen.iter()
                .all(|seen| seen.query.contains("extensions=true")),
            "{seen:?}"
        );
        Ok(())
    });
}

#[test]
fn the_map_of_the_location_is_loaded_only_when_it_is_opened() {
    stage(async |stage| {
        let page = &stage.page;
        let mut row = made_up("open");
        row[0]["lat"] = json!(44.9740);
        row[0]["long"] = json!(-93.2600);
        open_made_up(stage, row, json!([])).await?;
        page.sees(&en("status.map")).await?;
        let maps = "performance.getEntriesByType('resource').filter((one) => one.name.includes('/map-')).length";
        assert_eq!(page.eval(maps).await?, "0");
        page.press(&en("status.map")).await?;
        page.until(&format!("{maps} === 1")).await?;
        page.until_shown(".leaflet-container").await
    });
}

/// Markup that runs if it gets into the page, and an override that reverses the text after it.
const HOSTILE: &str =
    "<img src=x onerror=window.ran=1><script>window.ran=1</script>\u{202e}Pot<b>hole</b>";

#[test]
fn markup_and_direction_overrides_in_a_request_are_text() {
    stage(async |stage| {
        let page = &stage.page;
        let update = json!([{ "update_id": "1", "service_request_id": "13", "status": HOSTILE, "description": HOSTILE, "updated_datetime": HOSTILE }]);
        let request = json!([{ "service_request_id": "13", "status": HOSTILE, "status_notes": HOSTILE, "service_name": HOSTILE, "description": HOSTILE,
            "agency_responsible": HOSTILE, "address": HOSTILE, "requested_datetime": HOSTILE, "expected_datetime": "\u{202e}soon", "media_url": "javascript:window.ran=1" }]);
        stage.host.answer(
            "/open311/v2/requests/13.json",
            Reply::json(request.to_string()),
        );
        stage.host.answer(UPDATES, Reply::json(update.to_string()));
        open_tag(stage, r#"request="13""#).await?;
        page.sees(&en("status.history")).await?;
        nothing_ran(page).await
    });
}
