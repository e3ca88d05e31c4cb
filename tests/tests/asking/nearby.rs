//! What the city knows already near the place: offered before anything more is asked, as a list first.

use std::time::Duration;

use anyhow::{Context, Result};
use frontdoor_tests::{Page, Reply, Stage, en, plural, stage};
use serde_json::{Value, json};

use crate::steps::{REQUESTS, TAG, go_on, pin, start_form};

const GET: &str = "GET /open311/v2/requests.json";
/// The house 12 Main St on the sample map.
const MAIN_12: (f64, f64) = (40.614714, -89.92025);
/// A metre to the north, in degrees.
const METRE: f64 = 1.0 / 111_195.0;

/// A request of street sweeping so many metres to the north of the pin.
fn row(id: &str, metres: f64, change: Value) -> Value {
    let mut row = json!({
        "service_request_id": id, "status": "open", "service_code": "street-sweeping",
        "service_name": "Street sweeping", "description": format!("Heap {id}"),
        "address": format!("{id} Main St"), "requested_datetime": "2026-11-20T10:00:00-06:00",
        "lat": MAIN_12.0 + metres * METRE, "long": MAIN_12.1,
    });
    for (name, value) in change.as_object().into_iter().flatten() {
        row[name] = value.clone();
    }
    row
}

/// Puts the pin and goes on.
async fn with_pin(stage: &Stage) -> Result<()> {
    let page = &stage.page;
    start_form(stage, "street-sweeping").await?;
    pin(page, "12 Main St").await?;
    page.press(&en("continue")).await
}

/// A request in the real sandbox, forty metres from the pin; its number.
async fn sent_before(stage: &Stage) -> Result<String> {
    let (lat, long) = (
        (MAIN_12.0 + 40.0 * METRE).to_string(),
        MAIN_12.1.to_string(),
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
        .ask("requests.json?service_code=street-sweeping")
        .await?;
    let mine = rows.as_array().into_iter().flatten();
    let mut mine = mine.filter(|row| row["description"] == "Gravel by the bakery.");
    let id = mine.next().context("it is not in the list")?;
    Ok(id["service_request_id"]
        .as_str()
        .context("no number")?
        .to_owned())
}

async fn items(page: &Page) -> Result<Vec<String>> {
    page.heading(&en("nearby.heading")).await?;
    let all = page.names("listitem").await?;
    Ok(all
        .into_iter()
        .filter(|item| item.contains("Heap"))
        .collect())
}

#[test]
fn open_requests_of_the_same_service_are_listed_nearest_first() {
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
        stage.host.answer(GET, Reply::json(rows.to_string()));
        with_pin(stage).await?;
        let items = items(page).await?;
        let expected = [
            ("Heap first", en("nearby.here")),
            ("Heap of leaves", plural("nearby.away", 60)),
            ("Heap third", plural("nearby.away", 240)),
        ];
        assert_eq!(items.len(), expected.len(), "{items:?}");
        for (item, (words, away)) in items.iter().zip(expected) {
            assert!(item.contains(words) && item.contains(&away), "{item}");
        }
        // Still the same step of the form, and each press says which one it means.
        page.sees("Step 1 of 5").await?;
        page.find("button", &format!("{} second", en("nearby.same")))
            .await
            .map(drop)
    });
}

#[test]
fn the_same_problem_is_followed_and_nothing_is_sent() {
    stage(async |stage| {
        let page = &stage.page;
        let id = sent_before(stage).await?;
        with_pin(stage).await?;
        page.heading(&en("nearby.heading")).await?;
        page.sees("Gravel by the bakery.").await?;
        page.press(&format!("{} {id}", en("nearby.same"))).await?;
        page.heading(&en("status.open")).await?;
        page.sees(&id).await?;
        page.hears(&en("nearby.followed")).await?;
        assert!(stage.host.seen("POST", REQUESTS).is_empty());
        // The start view has it, in this visit and in the next.
        for _ in 0..2 {
            page.open(&stage.host.page(TAG)).await?;
            page.sees(&en("followed.heading")).await?;
            page.find("link", &format!("Street sweeping {id}")).await?;
        }
        page.press(&format!("Street sweeping {id}")).await?;
        page.heading(&en("status.open")).await?;
        // And the form that was begun is no draft any more.
        start_form(stage, "street-sweeping").await?;
        page.holds(&en("place.label"), "").await
    });
}

#[test]
fn none_of_these_goes_on_and_the_way_back_leads_here_again() {
    stage(async |stage| {
        let page = &stage.page;
        let rows = json!([row("first", 30.0, json!({}))]);
        stage.host.answer(GET, Reply::json(rows.to_string()));
        with_pin(stage).await?;
        assert_eq!(items(page).await?.len(), 1);
        page.press(&en("nearby.none")).await?;
        page.heading(&en("details.heading")).await?;
        page.press(&en("back")).await?;
        page.heading(&en("nearby.heading")).await?;
        page.press(&en("back")).await?;
        page.heading(&en("place.heading")).await
    });
}

#[test]
fn with_nothing_near_the_page_is_passed_in_both_directions() {
    stage(async |stage| {
        let page = &stage.page;
        stage.host.answer(GET, Reply::json("[]"));
        with_pin(stage).await?;
        page.heading(&en("details.heading")).await?;
        page.press(&en("back")).await?;
        page.heading(&en("place.heading")).await
    });
}

#[test]
fn a_list_that_is_not_to_be_had_does_not_stop_the_form() {
    stage(async |stage| {
        let page = &stage.page;
        let bad = [
            ("in trouble", Reply::text(500, "text/html", "<h1>500</h1>")),
            (
                "refused",
                Reply::text(
                    400,
                    "application/json",
                    r#"[{"code":400,"description":"lat?"}]"#,
                ),
            ),
            ("no list", Reply::html("<h1>Sign in</h1>")),
            ("odd rows", Reply::json(r#"[7, null, {"lat": "x"}, []]"#)),
            ("broken off", Reply::broken()),
        ];
        for (what, reply) in bad {
            stage.host.answer(GET, reply);
            with_pin(stage).await?;
            page.heading(&en("details.heading"))
                .await
                .with_context(|| what)?;
        }
        // Nobody waits for a silent city for long.
        stage.host.answer(GET, Reply::silence());
        with_pin(stage).await?;
        page.sees(&en("nearby.looking")).await?;
        let waited = page
            .sees_after(&en("details.heading"), Duration::from_secs(10))
            .await?;
        assert!(waited < Duration::from_secs(6), "{waited:?}");
        Ok(())
    });
}

#[test]
fn an_answer_that_comes_too_late_does_not_take_the_form_away() {
    stage(async |stage| {
        let page = &stage.page;
        let rows = json!([row("first", 30.0, json!({}))]);
        let late = Reply::json(rows.to_string()).after(Duration::from_secs(5));
        stage.host.answer(GET, late);
        with_pin(stage).await?;
        page.heading(&en("details.heading")).await?;
        page.fill(&en("description.alone"), "Leaves").await?;
        page.until("performance.getEntriesByType('resource').some((one) => one.name.includes('/requests.json'))")
            .await?;
        page.heading(&en("details.heading")).await?;
        page.holds(&en("description.alone"), "Leaves").await
    });
}

#[test]
fn without_a_pin_or_where_the_city_does_not_want_it_nobody_asks() {
    stage(async |stage| {
        let page = &stage.page;
        start_form(stage, "street-sweeping").await?;
        page.fill(&en("place.label"), "12 Main St").await?;
        go_on(page, "details.heading").await?;
        stage
            .configure(|config| config["report"]["nearby"] = json!(0))
            .await?;
        with_pin(stage).await?;
        page.heading(&en("details.heading")).await?;
        assert!(stage.host.seen("GET", REQUESTS).is_empty());
        Ok(())
    });
}

#[test]
fn the_map_of_the_list_opens_on_demand_and_a_number_on_it_follows() {
    stage(async |stage| {
        let page = &stage.page;
        let rows = json!([
            row("first", 30.0, json!({})),
            row("second", 80.0, json!({}))
        ]);
        stage.host.answer(GET, Reply::json(rows.to_string()));
        with_pin(stage).await?;
        assert_eq!(items(page).await?.len(), 2);
        assert!(stage.host.seen("GET", "/fd/map-*").is_empty());
        page.press(&en("nearby.map")).await?;
        page.find("button", "1. Heap first").await?;
        page.find("button", "2. Heap second").await?;
        assert_eq!(stage.host.seen("GET", "/fd/map-*").len(), 1);
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
