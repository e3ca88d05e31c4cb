//! The public report card: what it counts, how much work a large city is, and lists without paging.

use std::time::Duration;

use anyhow::{Context, Result};
use frontdoor_tests::steps::common::{HASH_TAG, REQUESTS, arrived, open_hash};
use frontdoor_tests::{Page, PagedList, ROOT, Reply, Stage, en, plural, stage};
use serde_json::{Value, json};

#[test]
fn the_report_card_counts_the_city_s_list_and_saves_it_as_a_table() {
    stage(async |stage| {
        let page = &stage.page;
        open_hash(stage, "#/report-card").await?;
        page.sees(&en("card.how")).await?;
        page.until(&format!("{ROOT}.querySelectorAll('tbody tr').length > 10"))
            .await?;
        let csv = page.save(&en("card.csv")).await?.text;
        assert!(
            csv.starts_with(&en("card.service")) && csv.contains("Pothole,"),
            "{csv}"
        );
        Ok(())
    });
}

#[test]
fn a_repeated_page_of_the_list_ends_the_count() {
    stage(async |stage| {
        let page = &stage.page;
        let rows: Vec<_> = (0..30)
            .map(|id| json!({ "service_request_id": id, "service_code": "x", "service_name": "Thing", "status": "open" }))
            .collect();
        let reply = Reply::json(Value::from(rows).to_string());
        stage.host.answer(REQUESTS, reply);
        open_hash(stage, "#/report-card").await?;
        page.sees(&en("card.how")).await?;
        assert_eq!(stage.host.seen("GET", REQUESTS).len(), 2);
        Ok(())
    });
}

/// This many requests for 40 services, spread evenly over the last 80 days, newest first, with texts as
/// long as those of a real city.
async fn rows(stage: &Stage, count: usize) -> Result<Vec<Value>> {
    let page = &stage.page;
    let now: f64 = page.eval("Date.now()").await?.parse()?;
    let step = 80.0 * 86_400_000.0 / count as f64;
    let moments = format!(
        "JSON.stringify(Array.from({{ length: {count} }}, (_, n) => new Date({now} - (n + 1) * {step}).toISOString().slice(0, 19) + 'Z'))"
    );
    let moments: Vec<String> = serde_json::from_str(&page.eval(&moments).await?)?;
    let row = |(id, sent): (usize, String)| {
        let is_closed = id % 3 != 0;
        json!({
            "service_request_id": format!("26-{id:06}"), "service_code": format!("s{}", id % 40),
            "service_name": format!("Service {}", id % 40), "status": if is_closed { "closed" } else { "open" },
            "status_notes": "The crew of the district has been told and will come by within the week.",
            "description": "There is something in the street in front of the house that was not there yesterday.",
            "requested_datetime": sent, "updated_datetime": sent, "expected_datetime": sent,
            "address": "100 Main Street", "lat": 44.98, "long": -93.26, "media_url": null,
        })
    };
    Ok(moments.into_iter().enumerate().map(row).collect())
}

async fn open_card(stage: &Stage, list: PagedList) -> Result<()> {
    stage.host.answer(REQUESTS, Reply::list(list));
    let page = &stage.page;
    page.script("location.hash = '#/report-card'", Vec::new())
        .await
        .map(drop)
}

/// Seconds of work so far: of scripts and wasm, and of the page's whole main thread.
async fn work_seconds(page: &Page) -> Result<[f64; 2]> {
    let metrics = page.metrics().await?;
    let seconds = |name: &str| metrics.get(name).with_context(|| format!("no {name}"));
    Ok([*seconds("ScriptDuration")?, *seconds("TaskDuration")?])
}

#[test]
fn ten_thousand_requests_are_little_work_and_the_page_stays_responsive() {
    stage(async |stage| {
        let page = &stage.page;
        page.open(&stage.host.page(HASH_TAG)).await?;
        let rows = rows(stage, 10_000).await?;
        page.devtools("Performance.enable", json!({})).await?;
        let watch = "window.longest = 0;
            new PerformanceObserver((list) => list.getEntries().forEach((task) => (longest = Math.max(longest, task.duration)))).observe({ entryTypes: ['longtask'] });";
        page.script(watch, Vec::new()).await?;
        stage
            .host
            .answer(REQUESTS, Reply::list(PagedList::new(rows, 200)));
        let counted = plural("card.counted", 10_000).replace("10000", "10,000");
        // The time by the clock depends on what else runs; the work is measured.
        let limit = Duration::from_secs(60);
        // The best of three, because other tests run on the same processors.
        let mut best = f64::INFINITY;
        page.throttle_cpu(4).await?;
        for _ in 0..3 {
            let before = work_seconds(page).await?;
            let open = "window.longest = 0; location.hash = '#/report-card'";
            page.script(open, Vec::new()).await?;
            page.sees_within(&counted, limit).await?;
            let after = work_seconds(page).await?;
            let [work, all] = [0, 1].map(|index| after[index] - before[index]);
            let longest: f64 = page.eval("longest").await?.parse()?;
            println!(
                "10,000 requests, four times slower: {work:.2} s of scripts, {all:.2} s of the main thread, longest task {longest} ms"
            );
            assert!(longest < 250.0, "a task of {longest} ms");
            best = best.min(work);
            page.script("location.hash = '#/status'", Vec::new())
                .await?;
            page.heading(&en("lookup.heading")).await?;
        }
        page.throttle_cpu(1).await?;
        assert_eq!(stage.host.seen("GET", REQUESTS).len(), 3 * 51);
        assert!(best < 1.5, "{best} s of work");
        Ok(())
    });
}

#[test]
fn a_list_without_pages_is_read_week_by_week() {
    stage(async |stage| {
        let page = &stage.page;
        page.open(&stage.host.page(HASH_TAG)).await?;
        let rows = rows(stage, 900).await?;
        open_card(stage, PagedList::new(rows, 100).without_pages()).await?;
        page.sees(&plural("card.counted", 900)).await?;
        page.loses(&en("card.part")).await
    });
}

#[test]
fn a_list_without_pages_and_dates_is_called_incomplete() {
    stage(async |stage| {
        let page = &stage.page;
        page.open(&stage.host.page(HASH_TAG)).await?;
        let rows = rows(stage, 300).await?;
        let list = PagedList::new(rows, 100).without_pages().without_dates();
        open_card(stage, list).await?;
        page.sees(&plural("card.counted", 100)).await?;
        page.sees(&en("card.part")).await
    });
}

#[test]
fn requests_older_than_the_period_are_not_counted() {
    stage(async |stage| {
        let page = &stage.page;
        page.open(&stage.host.page(HASH_TAG)).await?;
        let mut rows = rows(stage, 120).await?;
        for row in rows.iter_mut().skip(70) {
            row["requested_datetime"] = json!("2020-02-29T10:00:00Z");
        }
        open_card(stage, PagedList::new(rows, 50).without_dates()).await?;
        page.sees(&plural("card.counted", 70)).await?;
        page.loses(&en("card.part")).await
    });
}

#[test]
fn loading_can_be_stopped_with_the_keyboard_and_the_part_is_shown() {
    stage(async |stage| {
        let page = &stage.page;
        page.open(&stage.host.page(HASH_TAG)).await?;
        let rows = rows(stage, 4_000).await?;
        let list = Reply::list(PagedList::new(rows, 50)).delayed(Duration::from_millis(150));
        stage.host.answer(REQUESTS, list);
        page.script("location.hash = '#/report-card'", Vec::new())
            .await?;
        page.sees(&en("card.stop")).await?;
        page.until(&format!(
            "{ROOT}.querySelector('.view .btn').focus() === undefined"
        ))
        .await?;
        // More pages arrive, and the focus stays on the button.
        let before = stage.host.seen("GET", REQUESTS).len();
        arrived(stage, "GET", REQUESTS, before + 4).await?;
        page.focus_on("button", &en("card.stop")).await?;
        page.keys(" ").await?;
        page.sees(&en("card.part")).await?;
        let last = stage.host.seen("GET", REQUESTS).len();
        assert!(last < 80, "{last} pages");
        Ok(())
    });
}

#[test]
fn the_city_s_own_statuses_count_as_its_config_defines_them() {
    stage(async |stage| {
        let page = &stage.page;
        stage
            .configure(|config| config["status"] = json!({ "words": { "fertig": "done" } }))
            .await?;
        page.open(&stage.host.page(HASH_TAG)).await?;
        let mut rows = rows(stage, 3).await?;
        for row in &mut rows {
            row["service_code"] = json!("x");
            row["status"] = json!("Fertig");
        }
        open_card(stage, PagedList::new(rows, 50)).await?;
        page.sees(&plural("card.counted", 3)).await?;
        // Total, open, days until half were done, days until nine in ten were done, on time.
        let cells = format!(
            "JSON.stringify([...{ROOT}.querySelectorAll('tbody td')].map((cell) => cell.textContent))"
        );
        assert_eq!(page.eval(&cells).await?, r#"["3","0","0","0","100 %"]"#);
        Ok(())
    });
}

#[test]
fn a_list_of_unreadable_rows_is_not_taken_for_no_requests() {
    stage(async |stage| {
        let page = &stage.page;
        page.open(&stage.host.page(HASH_TAG)).await?;
        let list = PagedList::new(vec![json!({ "color": "red" }), json!(7)], 50).without_dates();
        open_card(stage, list).await?;
        page.sees(&en("problem.trouble")).await?;
        page.loses(&en("card.nothing")).await
    });
}
