//! A shown request is fetched again: with growing waits, on focus, on demand, and not too often. A
//! change is announced once, and what does not change stays as it is.

use std::time::Duration;

use anyhow::Result;
use frontdoor_tests::steps::common::{TOKENS, UPDATES, arrived, text_before_placeholder};
use frontdoor_tests::steps::status::{MADE_UP, made_up, make_own};
use frontdoor_tests::{ROOT, Reply, Stage, en, stage};
use serde_json::json;

/// A clock on which long waits take `pace` milliseconds. The waits are recorded.
const FAST_CLOCK: &str = r"<script>
  const [now, later] = [Date.now, setTimeout];
  window.ahead = 0;
  window.waits = [];
  window.pace = 400;
  Date.now = () => now() + ahead;
  window.setTimeout = (task, wait, ...rest) => {
    if (!(wait >= 25_000)) return later(task, wait, ...rest);
    waits.push(wait);
    return later(() => { ahead += wait; task(...rest); }, pace);
  };
</script>";

const REQUEST_TAG: &str = r#"<front-door config="/frontdoor.json" request="7"></front-door>"#;

fn serve_status(stage: &Stage, status: &str) {
    stage
        .host
        .answer(MADE_UP, Reply::json(made_up(status).to_string()));
}

async fn open_with_clock(stage: &Stage, status: &str) -> Result<()> {
    serve_status(stage, status);
    stage.host.answer(UPDATES, Reply::json("[]"));
    let page = &stage.page;
    page.open(&stage.host.page(&format!("{FAST_CLOCK}{REQUEST_TAG}")))
        .await?;
    page.heading(&en("status.open")).await
}

fn fetches(stage: &Stage) -> usize {
    stage.host.seen("GET", MADE_UP).len()
}

async fn fetched(stage: &Stage, times: usize) -> Result<()> {
    arrived(stage, "GET", MADE_UP, times).await
}

/// Records every announcement from now on, and marks the heading element.
const RECORD_ANNOUNCEMENTS: &str = "
    const root = document.querySelector('front-door').shadowRoot;
    const heard = (seen.heard = []);
    const node = root.querySelector('.fd > [role=status]');
    new MutationObserver(() => node.textContent.trim() && heard.push(node.textContent.trim())).observe(node, { childList: true, characterData: true, subtree: true });
    window.mark = root.querySelector('.title');";

#[test]
fn an_unchanged_view_stays_as_it_is_and_a_change_is_announced_once() {
    stage(async |stage| {
        let page = &stage.page;
        open_with_clock(stage, "open").await?;
        page.script(RECORD_ANNOUNCEMENTS, Vec::new()).await?;
        fetched(stage, 4).await?;
        let waits = page.eval("JSON.stringify(waits.slice(0, 3))").await?;
        assert_eq!(waits, "[30000,60000,120000]");
        // Nothing was rendered again, and nothing announced.
        assert_eq!(page.eval("mark.isConnected").await?, "true");
        assert_eq!(page.eval("seen.heard.length").await?, "0");
        page.until(&format!(
            "{ROOT}.querySelector('.title').focus() === undefined"
        ))
        .await?;
        serve_status(stage, "in progress");
        page.heading(&en("status.in-progress")).await?;
        fetched(stage, fetches(stage) + 2).await?;
        assert_eq!(
            page.logged("heard").await?,
            [en("status.in-progress")],
            "announced once"
        );
        // The focus stays on the heading.
        page.focus_on("heading", &en("status.in-progress")).await
    });
}

#[test]
fn a_refresh_keeps_what_is_being_typed() {
    stage(async |stage| {
        let page = &stage.page;
        serve_status(stage, "closed");
        stage.host.answer(UPDATES, Reply::json("[]"));
        page.open(&stage.host.page(&format!("{FAST_CLOCK}{REQUEST_TAG}")))
            .await?;
        make_own(page, "7").await?;
        let field = format!("{} ", en("rate.words"));
        let field = en("optional").replace("{label}", field.trim());
        page.fill(&field, "It was quick.").await?;
        let now = fetches(stage);
        fetched(stage, now + 2).await?;
        page.holds(&field, "It was quick.").await
    });
}

#[test]
fn a_busy_endpoint_is_left_alone_for_as_long_as_it_says() {
    stage(async |stage| {
        let page = &stage.page;
        open_with_clock(stage, "open").await?;
        page.script("window.pace = 1500", Vec::new()).await?;
        for status in [429, 503] {
            page.script("waits.length = 0", Vec::new()).await?;
            let busy = Reply::status(status).header("retry-after", "3000");
            stage.host.answer(MADE_UP, busy);
            let before = fetches(stage);
            fetched(stage, before + 1).await?;
            page.sees(&en("status.history")).await?;
            let old = text_before_placeholder("status.old");
            page.sees(&old).await?;
            // Returning to the page does not fetch at once.
            page.until("waits.at(-1) > 2_900_000").await?;
            let before = fetches(stage);
            for _ in 0..3 {
                page.script("dispatchEvent(new Event('focus'))", Vec::new())
                    .await?;
            }
            page.until("waits.filter((wait) => wait > 2_900_000).length > 3")
                .await?;
            assert_eq!(fetches(stage), before, "too early");
            stage.host.restore(MADE_UP);
            fetched(stage, before + 1).await?;
            page.loses(&old).await?;
        }
        Ok(())
    });
}

#[test]
fn returning_to_the_page_refreshes_at_once_but_not_every_second() {
    stage(async |stage| {
        let page = &stage.page;
        open_with_clock(stage, "open").await?;
        // Once the first wait has begun, the clock advances only by what is added here.
        page.until("waits.length > 0").await?;
        page.script("window.pace = 1_000_000", Vec::new()).await?;
        fetched(stage, 2).await?;
        serve_status(stage, "planned");
        let before = fetches(stage);
        let focus = "dispatchEvent(new Event('focus'))";
        page.script(focus, Vec::new()).await?;
        page.script(focus, Vec::new()).await?;
        page.script(&format!("ahead += 20_000; {focus}"), Vec::new())
            .await?;
        page.heading(&en("status.planned")).await?;
        for _ in 0..3 {
            page.script(focus, Vec::new()).await?;
        }
        assert_eq!(fetches(stage), before + 1);
        Ok(())
    });
}

#[test]
fn refreshing_by_hand_says_that_nothing_is_new_or_why_it_failed() {
    stage(async |stage| {
        let page = &stage.page;
        open_with_clock(stage, "open").await?;
        page.press(&en("status.look-again")).await?;
        page.hears(&en("status.nothing-new")).await?;
        stage.host.answer(MADE_UP, Reply::broken());
        page.press(&en("status.look-again")).await?;
        page.hears(&en("problem.unreachable")).await?;
        page.sees(&en("status.history")).await
    });
}

#[test]
fn a_history_that_fails_to_refresh_is_not_lost() {
    stage(async |stage| {
        let page = &stage.page;
        open_with_clock(stage, "open").await?;
        let updates = json!([
            { "update_id": 1, "service_request_id": "7", "description": "A crew was there.", "updated_datetime": "2026-11-02T10:00:00Z" },
            { "update_id": 2, "service_request_id": "8", "description": "That is another street.", "updated_datetime": "2026-11-02T11:00:00Z" },
        ]);
        stage.host.answer(UPDATES, Reply::json(updates.to_string()));
        page.sees("A crew was there.").await?;
        page.script(RECORD_ANNOUNCEMENTS, Vec::new()).await?;
        stage.host.answer(UPDATES, Reply::status(500));
        fetched(stage, fetches(stage) + 2).await?;
        let text = page.text().await?;
        assert!(text.contains("A crew was there."), "{text}");
        // Updates of another request are not shown.
        assert!(!text.contains("another street"), "{text}");
        assert_eq!(page.eval("seen.heard.length").await?, "0");
        Ok(())
    });
}

#[test]
fn a_request_that_is_not_found_yet_is_shown_once_it_is_there() {
    stage(async |stage| {
        let page = &stage.page;
        for path in ["/open311/v2/requests/*", TOKENS] {
            stage.host.answer(path, Reply::status(404));
        }
        page.open(&stage.host.page(&format!("{FAST_CLOCK}{REQUEST_TAG}")))
            .await?;
        page.heading(&en("status.not-found").replace("{number}", "7"))
            .await?;
        page.sees(&en("status.not-found-why")).await?;
        page.script(RECORD_ANNOUNCEMENTS, Vec::new()).await?;
        serve_status(stage, "open");
        page.heading(&en("status.open")).await?;
        assert_eq!(page.logged("heard").await?, [en("status.open")]);
        Ok(())
    });
}

/// Records each notification of the browser before it is shown.
const RECORD_NOTIFICATIONS: &str = "<script>
    seen.notices = [];
    window.Notification = class extends Notification {
      constructor(title, more) { super(title, more); seen.notices.push(title + ' | ' + more.body + ' | ' + more.lang); }
    };
</script>";

#[test]
fn a_resident_can_get_a_notification_of_changes() {
    stage(async |stage| {
        let page = &stage.page;
        serve_status(stage, "open");
        stage.host.answer(UPDATES, Reply::json("[]"));
        page.open(
            &stage
                .host
                .page(&format!("{FAST_CLOCK}{RECORD_NOTIFICATIONS}{REQUEST_TAG}")),
        )
        .await?;
        page.set_permission("notifications", "granted").await?;
        page.press(&en("status.notice")).await?;
        page.hears(&en("status.notice-on")).await?;
        serve_status(stage, "planned");
        page.until("seen.notices.length > 1").await?;
        let number = en("status.number").replace("{number}", "7");
        let expected = [
            format!("{} |  | en", en("status.notice-on")),
            format!("{} | {number} | en", en("status.planned")),
        ];
        assert_eq!(page.logged("notices").await?, expected);
        Ok(())
    });
}

#[test]
fn denied_notifications_are_explained() {
    stage(async |stage| {
        let page = &stage.page;
        open_with_clock(stage, "open").await?;
        page.set_permission("notifications", "denied").await?;
        page.press(&en("status.notice")).await?;
        page.hears(&en("status.notice-off")).await
    });
}

#[test]
fn a_wrong_clock_on_the_phone_makes_nothing_late() {
    stage(async |stage| {
        let page = &stage.page;
        let in_days = |days: i32| async move {
            let moment = format!("new Date(Date.now() + {days} * 86_400_000).toISOString()");
            page.eval(&moment).await
        };
        page.open(&stage.host.page("")).await.ok();
        let mut row = made_up("open");
        row[0]["requested_datetime"] = json!(in_days(-2).await?);
        row[0]["expected_datetime"] = json!(in_days(5).await?);
        stage.host.answer(MADE_UP, Reply::json(row.to_string()));
        stage.host.answer(UPDATES, Reply::json("[]"));
        for days_ahead in [-40, -6, 6, 40] {
            let clock = format!(
                "<script>const now = Date.now; Date.now = () => now() + {days_ahead} * 86_400_000;</script>"
            );
            page.open(&stage.host.page(&format!("{clock}{REQUEST_TAG}")))
                .await?;
            page.heading(&en("status.open")).await?;
            let due = en("status.due");
            let (_, nth) = due.split_once("{day}. ").unwrap();
            let nth = nth.replace("{nth}", "2").replace("{of}", "7");
            page.sees(&nth).await?;
        }
        Ok(())
    });
}

#[test]
fn a_message_that_disappears_is_announced_once() {
    stage(async |stage| {
        let page = &stage.page;
        open_with_clock(stage, "open").await?;
        page.script(RECORD_ANNOUNCEMENTS, Vec::new()).await?;
        let soon = "const wait = setTimeout; window.setTimeout = (task, time, ...rest) => wait(task, time === 8_000 ? 500 : time, ...rest);";
        page.script(soon, Vec::new()).await?;
        page.press(&en("status.look-again")).await?;
        let toast = format!("{ROOT}.querySelector('.toast')");
        page.until(&format!("{toast}?.textContent")).await?;
        page.until(&format!("!{toast}")).await?;
        assert_eq!(page.logged("heard").await?, [en("status.nothing-new")]);
        Ok(())
    });
}

#[test]
fn a_refresh_that_ends_after_leaving_the_page_announces_nothing() {
    stage(async |stage| {
        let page = &stage.page;
        open_with_clock(stage, "open").await?;
        let late =
            Reply::json(made_up("planned").to_string()).delayed(Duration::from_millis(1_500));
        stage.host.answer(MADE_UP, late);
        let before = fetches(stage);
        page.press(&en("status.look-again")).await?;
        fetched(stage, before + 1).await?;
        page.press(&en("back")).await?;
        page.heading(&en("lookup.heading")).await?;
        page.script(RECORD_ANNOUNCEMENTS, Vec::new()).await?;
        tokio::time::sleep(Duration::from_millis(2_500)).await;
        assert_eq!(page.eval("seen.heard.length").await?, "0");
        Ok(())
    });
}
