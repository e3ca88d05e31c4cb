//! What is shown is looked at again: with growing waits, on focus, on demand, and not too often; what
//! changes is said once, and what does not change stays as it is.

use std::time::Duration;

use anyhow::Result;
use frontdoor_tests::{Reply, Stage, en, eventually, stage};
use serde_json::json;

use crate::own_row;

const ROW: &str = "/open311/v2/requests/7.json";
const UPDATES: &str = "/open311/v2/servicerequestupdates.json";
/// Long waits are short ones on a clock that goes faster, and are written down.
const CLOCK: &str = r"<script>
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
const TAG: &str = r#"<front-door config="/frontdoor.json" request="7"></front-door>"#;

fn says(stage: &Stage, status: &str) {
    stage
        .host
        .answer(ROW, Reply::json(own_row(status).to_string()));
}

async fn open(stage: &Stage, status: &str) -> Result<()> {
    says(stage, status);
    stage.host.answer(UPDATES, Reply::json("[]"));
    let page = &stage.page;
    page.open(&stage.host.page(&format!("{CLOCK}{TAG}")))
        .await?;
    page.heading(&en("status.open")).await
}

fn asked(stage: &Stage) -> usize {
    stage.host.seen("GET", ROW).len()
}

async fn asks(stage: &Stage, times: usize) -> Result<()> {
    eventually(&format!("{times} looks"), async || {
        let now = asked(stage);
        Ok((now < times).then(|| now.to_string()))
    })
    .await
}

/// Writes down what the live regions say from now on, each time that they say something.
const LISTEN: &str = "
    const root = document.querySelector('front-door').shadowRoot;
    const heard = (seen.heard = []);
    const node = root.querySelector('.fd > [role=status]');
    new MutationObserver(() => node.textContent.trim() && heard.push(node.textContent.trim())).observe(node, { childList: true, characterData: true, subtree: true });
    window.mark = root.querySelector('.title');";

#[test]
fn what_is_the_same_stays_as_it_is_and_a_change_is_said_once() {
    stage(async |stage| {
        let page = &stage.page;
        open(stage, "open").await?;
        page.script(LISTEN, Vec::new()).await?;
        asks(stage, 4).await?;
        let waits = page.eval("JSON.stringify(waits.slice(0, 3))").await?;
        assert_eq!(waits, "[30000,60000,120000]");
        // Nothing was drawn anew, and nothing said.
        assert_eq!(page.eval("mark.isConnected").await?, "true");
        assert_eq!(page.eval("seen.heard.length").await?, "0");
        page.until("document.querySelector('front-door').shadowRoot.querySelector('.title').focus() === undefined").await?;
        says(stage, "in progress");
        page.heading(&en("status.in-progress")).await?;
        asks(stage, asked(stage) + 2).await?;
        assert_eq!(
            page.told("heard").await?,
            [en("status.in-progress")],
            "said once"
        );
        // Who stood in it still does.
        page.focus_on("heading", &en("status.in-progress")).await
    });
}

#[test]
fn what_is_typed_is_not_drawn_over() {
    stage(async |stage| {
        let page = &stage.page;
        says(stage, "closed");
        stage.host.answer(UPDATES, Reply::json("[]"));
        page.open(&stage.host.page(&format!("{CLOCK}{TAG}")))
            .await?;
        let field = format!("{} ", en("rate.words"));
        let field = en("optional").replace("{label}", field.trim());
        page.fill(&field, "It was quick.").await?;
        let now = asked(stage);
        asks(stage, now + 2).await?;
        page.holds(&field, "It was quick.").await
    });
}

#[test]
fn a_city_that_has_too_much_to_do_is_left_alone_for_as_long_as_it_says() {
    stage(async |stage| {
        let page = &stage.page;
        open(stage, "open").await?;
        page.script("window.pace = 1500", Vec::new()).await?;
        for status in [429, 503] {
            page.script("waits.length = 0", Vec::new()).await?;
            let busy = Reply::status(status).header("retry-after", "3000");
            stage.host.answer(ROW, busy);
            let before = asked(stage);
            asks(stage, before + 1).await?;
            page.sees(&en("status.history")).await?;
            let old = en("status.old");
            let (start, _) = old.split_once('{').unwrap();
            page.sees(start.trim()).await?;
            // Whoever comes back to the page does not ask at once.
            page.until("waits.at(-1) > 2_900_000").await?;
            let before = asked(stage);
            for _ in 0..3 {
                page.script("dispatchEvent(new Event('focus'))", Vec::new())
                    .await?;
            }
            page.until("waits.filter((wait) => wait > 2_900_000).length > 3")
                .await?;
            assert_eq!(asked(stage), before, "before its time");
            stage.host.heal(ROW);
            asks(stage, before + 1).await?;
            page.loses(start.trim()).await?;
        }
        Ok(())
    });
}

#[test]
fn who_comes_back_sees_at_once_what_is_new_but_not_every_second() {
    stage(async |stage| {
        let page = &stage.page;
        open(stage, "open").await?;
        // The clock stands still but for what is added here.
        page.script("window.pace = 1_000_000", Vec::new()).await?;
        asks(stage, 2).await?;
        says(stage, "planned");
        let before = asked(stage);
        let focus = "dispatchEvent(new Event('focus'))";
        page.script(focus, Vec::new()).await?;
        page.script(focus, Vec::new()).await?;
        page.script(&format!("ahead += 20_000; {focus}"), Vec::new())
            .await?;
        page.heading(&en("status.planned")).await?;
        for _ in 0..3 {
            page.script(focus, Vec::new()).await?;
        }
        assert_eq!(asked(stage), before + 1);
        Ok(())
    });
}

#[test]
fn looking_again_says_that_nothing_is_new_or_why_it_could_not_be_seen() {
    stage(async |stage| {
        let page = &stage.page;
        open(stage, "open").await?;
        page.press(&en("status.look-again")).await?;
        page.hears(&en("status.nothing-new")).await?;
        stage.host.answer(ROW, Reply::broken());
        page.press(&en("status.look-again")).await?;
        page.hears(&en("problem.unreachable")).await?;
        page.sees(&en("status.history")).await
    });
}

#[test]
fn a_history_that_cannot_be_had_now_is_not_lost() {
    stage(async |stage| {
        let page = &stage.page;
        open(stage, "open").await?;
        let told = json!([
            { "update_id": 1, "service_request_id": "7", "description": "A crew was there.", "updated_datetime": "2026-11-02T10:00:00Z" },
            { "update_id": 2, "service_request_id": "8", "description": "That is another street.", "updated_datetime": "2026-11-02T11:00:00Z" },
        ]);
        stage.host.answer(UPDATES, Reply::json(told.to_string()));
        page.sees("A crew was there.").await?;
        page.script(LISTEN, Vec::new()).await?;
        stage.host.answer(UPDATES, Reply::status(500));
        asks(stage, asked(stage) + 2).await?;
        let text = page.text().await?;
        assert!(text.contains("A crew was there."), "{text}");
        // What the endpoint tells of others is not told here.
        assert!(!text.contains("another street"), "{text}");
        assert_eq!(page.eval("seen.heard.length").await?, "0");
        Ok(())
    });
}

#[test]
fn what_is_not_found_yet_is_shown_once_it_is_there() {
    stage(async |stage| {
        let page = &stage.page;
        for path in ["/open311/v2/requests/*", "/open311/v2/tokens/*"] {
            stage.host.answer(path, Reply::status(404));
        }
        page.open(&stage.host.page(&format!("{CLOCK}{TAG}")))
            .await?;
        page.heading(&en("status.not-found").replace("{number}", "7"))
            .await?;
        page.sees(&en("status.not-found-why")).await?;
        page.script(LISTEN, Vec::new()).await?;
        says(stage, "open");
        page.heading(&en("status.open")).await?;
        assert_eq!(page.told("heard").await?, [en("status.open")]);
        Ok(())
    });
}

/// A notice of the browser's, written down before it is shown.
const NOTICES: &str = "<script>
    seen.notices = [];
    window.Notification = class extends Notification {
      constructor(title, more) { super(title, more); seen.notices.push(title + ' | ' + more.body + ' | ' + more.lang); }
    };
</script>";

#[test]
fn who_wants_to_gets_a_notice_when_something_changes() {
    stage(async |stage| {
        let page = &stage.page;
        says(stage, "open");
        stage.host.answer(UPDATES, Reply::json("[]"));
        page.open(&stage.host.page(&format!("{CLOCK}{NOTICES}{TAG}")))
            .await?;
        page.permit("notifications", "granted").await?;
        page.press(&en("status.notice")).await?;
        page.hears(&en("status.notice-on")).await?;
        says(stage, "planned");
        page.until("seen.notices.length > 1").await?;
        let number = en("status.number").replace("{number}", "7");
        let expected = [
            format!("{} |  | en", en("status.notice-on")),
            format!("{} | {number} | en", en("status.planned")),
        ];
        assert_eq!(page.told("notices").await?, expected);
        Ok(())
    });
}

#[test]
fn where_there_are_no_notices_it_is_said() {
    stage(async |stage| {
        let page = &stage.page;
        open(stage, "open").await?;
        page.permit("notifications", "denied").await?;
        page.press(&en("status.notice")).await?;
        page.hears(&en("status.notice-off")).await
    });
}

#[test]
fn a_phone_whose_clock_is_wrong_makes_nothing_late() {
    stage(async |stage| {
        let page = &stage.page;
        let days = |days: i32| async move {
            let moment = format!("new Date(Date.now() + {days} * 86_400_000).toISOString()");
            page.eval(&moment).await
        };
        page.open(&stage.host.page("")).await.ok();
        let mut row = own_row("open");
        row[0]["requested_datetime"] = json!(days(-2).await?);
        row[0]["expected_datetime"] = json!(days(5).await?);
        stage.host.answer(ROW, Reply::json(row.to_string()));
        stage.host.answer(UPDATES, Reply::json("[]"));
        for ahead in [-40, -6, 6, 40] {
            let clock = format!(
                "<script>const now = Date.now; Date.now = () => now() + {ahead} * 86_400_000;</script>"
            );
            page.open(&stage.host.page(&format!("{clock}{TAG}")))
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
fn what_is_shown_for_a_while_is_said_once() {
    stage(async |stage| {
        let page = &stage.page;
        open(stage, "open").await?;
        page.script(LISTEN, Vec::new()).await?;
        let soon = "const wait = setTimeout; window.setTimeout = (task, time, ...rest) => wait(task, time === 8_000 ? 500 : time, ...rest);";
        page.script(soon, Vec::new()).await?;
        page.press(&en("status.look-again")).await?;
        let toast = "document.querySelector('front-door').shadowRoot.querySelector('.toast')";
        page.until(&format!("{toast}?.textContent")).await?;
        page.until(&format!("!{toast}")).await?;
        assert_eq!(page.told("heard").await?, [en("status.nothing-new")]);
        Ok(())
    });
}

#[test]
fn of_what_was_left_nothing_is_said() {
    stage(async |stage| {
        let page = &stage.page;
        open(stage, "open").await?;
        let late = Reply::json(own_row("planned").to_string()).after(Duration::from_millis(1_500));
        stage.host.answer(ROW, late);
        let before = asked(stage);
        page.press(&en("status.look-again")).await?;
        asks(stage, before + 1).await?;
        page.press(&en("back")).await?;
        page.heading(&en("lookup.heading")).await?;
        page.script(LISTEN, Vec::new()).await?;
        tokio::time::sleep(Duration::from_millis(2_500)).await;
        assert_eq!(page.eval("seen.heard.length").await?, "0");
        Ok(())
    });
}
