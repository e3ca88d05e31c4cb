//! Requests that the city already has near the location are offered before anything else is asked,
//! as a list first.

use std::time::Duration;

use anyhow::{Context, Result};
use frontdoor_tests::steps::common::{GET_REQUESTS, REQUESTS, TAG, go_on};
use frontdoor_tests::steps::request::{look_up_address, open_form};
use frontdoor_tests::{Page, Reply, Stage, dist, en, plural, stage};
use serde_json::{Value, json};

/// The coordinates of 12 Main St in the sample city.
const PIN: (f64, f64) = (40.614714, -89.92025);

/// Degrees of latitude in a metre.
const DEGREES_PER_METRE: f64 = 1.0 / 111_195.0;

/// A request for street sweeping this many metres north of the pin, with some fields changed.
fn row(id: &str, metres: f64, change: Value) -> Value {
    let mut row = json!({
        "service_request_id": id, "status": "open", "service_code": "street-sweeping",
        "service_name": "Street sweeping", "description": format!("Heap {id}"),
        "address": format!("{id} Main St"), "requested_datetime": "2026-11-20T10:00:00-06:00",
        "lat": PIN.0 + metres * DEGREES_PER_METRE, "long": PIN.1,
    });
    for (name, value) in change.as_object().into_iter().flatten() {
        row[name] = value.clone();
    }
    row
}

/// Sets the pin and presses “Continue”.
async fn go_on_with_pin(stage: &Stage) -> Result<()> {
    let page = &stage.page;
    open_form(stage, "street-sweeping").await?;
    look_up_address(page, "12 Main St").await?;
    page.press(&en("continue")).await
}

/// Posts a request to the sandbox forty metres from the pin, and returns its number.
async fn post_nearby(stage: &Stage) -> Result<String> {
    let (lat, long) = (
        (PIN.0 + 40.0 * DEGREES_PER_METRE).to_string(),
        PIN.1.to_string(),
    );
    let fields = [
        ("jurisdiction_id", "riverton.example"),
        ("service_code", "street-sweeping"),
        ("description", "Gravel by the bakery."),
        ("lat", &lat),
        ("long", &long),
    ];
    stage.city.post("requests.json", &fields).await?;
    let rows = stage
        .city
        .get("requests.json?service_code=street-sweeping")
        .await?;
    let mine = rows.as_array().into_iter().flatten();
    let mut mine = mine.filter(|row| row["description"] == "Gravel by the bakery.");
    let id = mine.next().context("the request is not in the list")?;
    Ok(id["service_request_id"]
        .as_str()
        .context("no number")?
        .to_owned())
}

async fn nearby_items(page: &Page) -> Result<Vec<String>> {
    page.heading(&en("nearby.heading")).await?;
    let all = page.names("listitem").await?;
    Ok(all
        .into_iter()
        .filter(|item| item.contains("Heap"))
        .collect())
}

#[test]
fn open_requests_for_the_same_service_are_listed_nearest_first() {
    stage(async |stage| {
        let page = &stage.page;
        let rows = json!([
            row("far", 251.0 + 5.0, json!({})),
            row("third", 240.0, json!({})),
            row("closed", 5.0, json!({ "status": "closed" })),
            row("other", 5.0, json!({ "service_code": "pothole" })),
            row("nowhere", 5.0, json!({ "lat": null, "long": null })),
            row("first", 3.0, json!({ "status": "in_progress" })),
            row(
                "second",
                60.0,
                json!({ "description": "Heap <b>of</b> leaves" })
            ),
        ]);
        stage
            .host
            .answer(GET_REQUESTS, Reply::json(rows.to_string()));
        go_on_with_pin(stage).await?;
        let items = nearby_items(page).await?;
        let expected = [
            ("Heap first", en("nearby.here")),
            ("Heap of leaves", plural("nearby.away", 60)),
            ("Heap third", plural("nearby.away", 240)),
        ];
        assert_eq!(items.len(), expected.len(), "{items:?}");
        for (item, (text, distance)) in items.iter().zip(expected) {
            assert!(item.contains(text) && item.contains(&distance), "{item}");
        }
        // The step counter does not advance, and each button names its request.
        page.sees("Step 1 of 5").await?;
        page.find("button", &format!("{} second", en("nearby.same")))
            .await
            .map(drop)
    });
}

#[test]
fn choosing_the_same_problem_follows_it_and_sends_nothing() {
    stage(async |stage| {
        let page = &stage.page;
        let id = post_nearby(stage).await?;
        go_on_with_pin(stage).await?;
        page.heading(&en("nearby.heading")).await?;
        page.sees("Gravel by the bakery.").await?;
        page.press(&format!("{} {id}", en("nearby.same"))).await?;
        page.heading(&en("status.open")).await?;
        page.sees(&id).await?;
        page.hears(&en("nearby.followed")).await?;
        assert!(stage.host.seen("POST", REQUESTS).is_empty());
        // The start view lists it, on this visit and the next.
        for _ in 0..2 {
            page.open(&stage.host.page(TAG)).await?;
            page.sees(&en("followed.heading")).await?;
            page.find("link", &format!("Street sweeping {id}")).await?;
        }
        page.press(&format!("Street sweeping {id}")).await?;
        page.heading(&en("status.open")).await?;
        // The form that was begun is no longer a draft.
        open_form(stage, "street-sweeping").await?;
        page.holds(&en("place.label"), "").await
    });
}

#[test]
fn none_of_these_goes_on_and_back_returns_to_the_list() {
    stage(async |stage| {
        let page = &stage.page;
        let rows = json!([row("first", 30.0, json!({}))]);
        stage
            .host
            .answer(GET_REQUESTS, Reply::json(rows.to_string()));
        go_on_with_pin(stage).await?;
        assert_eq!(nearby_items(page).await?.len(), 1);
        page.press(&en("nearby.none")).await?;
        page.heading(&en("details.heading")).await?;
        page.press(&en("back")).await?;
        page.heading(&en("nearby.heading")).await?;
        page.press(&en("back")).await?;
        page.heading(&en("place.heading")).await
    });
}

#[test]
fn without_requests_nearby_the_list_is_skipped_in_both_directions() {
    stage(async |stage| {
        let page = &stage.page;
        stage.host.answer(GET_REQUESTS, Reply::json("[]"));
        go_on_with_pin(stage).await?;
        page.heading(&en("details.heading")).await?;
        page.press(&en("back")).await?;
        page.heading(&en("place.heading")).await
    });
}

#[test]
fn a_list_that_cannot_be_loaded_does_not_stop_the_form() {
    stage(async |stage| {
        let page = &stage.page;
        let bad = [
            ("failing", Reply::text(500, "text/html", "<h1>500</h1>")),
            (
                "refused",
                Reply::text(
                    400,
                    "application/json",
                    r#"[{"code":400,"description":"lat?"}]"#,
                ),
            ),
            ("not a list", Reply::html("<h1>Sign in</h1>")),
            ("odd rows", Reply::json(r#"[7, null, {"lat": "x"}, []]"#)),
            ("disconnected", Reply::broken()),
        ];
        for (what, reply) in bad {
            stage.host.answer(GET_REQUESTS, reply);
            go_on_with_pin(stage).await?;
            page.heading(&en("details.heading"))
                .await
                .with_context(|| what)?;
        }
        // A silent city does not hold up the form for long.
        stage.host.answer(GET_REQUESTS, Reply::silence());
        go_on_with_pin(stage).await?;
        page.sees(&en("nearby.looking")).await?;
        let waited = page
            .sees_within(&en("details.heading"), Duration::from_secs(10))
            .await?;
        assert!(waited < Duration::from_secs(6), "{waited:?}");
        Ok(())
    });
}

#[test]
fn a_response_that_comes_too_late_does_not_replace_the_form() {
    stage(async |stage| {
        let page = &stage.page;
        let rows = json!([row("first", 30.0, json!({}))]);
        let late = Reply::json(rows.to_string()).delayed(Duration::from_secs(5));
        stage.host.answer(GET_REQUESTS, late);
        go_on_with_pin(stage).await?;
        page.heading(&en("details.heading")).await?;
        page.fill(&en("description.alone"), "Leaves").await?;
        page.until("performance.getEntriesByType('resource').some((one) => one.name.includes('/requests.json'))")
            .await?;
        page.heading(&en("details.heading")).await?;
        page.holds(&en("description.alone"), "Leaves").await
    });
}

#[test]
fn without_a_pin_or_if_the_city_turned_it_off_the_list_is_not_requested() {
    stage(async |stage| {
        let page = &stage.page;
        open_form(stage, "street-sweeping").await?;
        page.fill(&en("place.label"), "12 Main St").await?;
        go_on(page, "details.heading").await?;
        stage
            .configure(|config| config["report"]["nearby"] = json!(0))
            .await?;
        go_on_with_pin(stage).await?;
        page.heading(&en("details.heading")).await?;
        assert!(stage.host.seen("GET", REQUESTS).is_empty());
        Ok(())
    });
}

#[test]
fn the_map_of_the_list_opens_on_demand_and_its_numbers_open_requests() {
    stage(async |stage| {
        let page = &stage.page;
        let rows = json!([
            row("first", 30.0, json!({})),
            row("second", 80.0, json!({}))
        ]);
        stage
            .host
            .answer(GET_REQUESTS, Reply::json(rows.to_string()));
        go_on_with_pin(stage).await?;
        assert_eq!(nearby_items(page).await?.len(), 2);
        assert!(stage.host.seen("GET", dist::MAP).is_empty());
        page.press(&en("nearby.map")).await?;
        page.find("button", "1. Heap first").await?;
        page.find("button", "2. Heap second").await?;
        assert_eq!(stage.host.seen("GET", dist::MAP).len(), 1);
        let one = json!([row("second", 80.0, json!({}))]);
        stage.host.answer(
            "/open311/v2/requests/second.json",
            Reply::json(one.to_string()),
        );
        page.press("2. Heap second").await?;
        page.heading(&en("status.open")).await?;
        page.sees("Heap second").await?;
        assert!(stage.host.seen("POST", REQUESTS).is_empty());
        Ok(())
    });
}
