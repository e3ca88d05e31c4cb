//! What is sent without a network waits on the device, and goes out once when the network is back.

use std::time::Duration;

use anyhow::Result;
use frontdoor_tests::{Page, Reply, Stage, en, stage};

use crate::steps::{
    ADDRESS, POST, TAG, another_window, at_the_city, close_for, device_holds, number, posted,
    posts, ready_to_send,
};

/// A request in the outbox of a window that has no network.
async fn kept_offline(stage: &Stage, reply: Reply) -> Result<()> {
    let page = &stage.page;
    ready_to_send(stage, reply).await?;
    page.offline(true).await?;
    page.press(&en("send")).await?;
    page.focus_on("heading", &en("outbox.kept")).await?;
    page.sees(&en("outbox.kept-more")).await?;
    device_holds(page, "outbox/", true).await
}

/// What stands on the list of what waits once the city has it.
async fn numbered(page: &Page) -> Result<String> {
    let words = en("sent.numbered");
    let label = words.trim_end_matches("{number}");
    page.find(
        "button",
        &format!("{} Street sweeping", en("outbox.dismiss")),
    )
    .await?;
    let text = page.text().await?;
    let after = text.split_once(label).map(|(_, after)| after);
    let number = after.and_then(|after| after.split_whitespace().next());
    Ok(number.unwrap_or_default().to_owned())
}

fn waiting() -> String {
    let words = en("outbox.waiting");
    let (_, end) = words.split_once("{day}").unwrap();
    end.to_owned()
}

#[test]
fn without_a_network_it_is_kept_and_goes_out_by_itself() {
    stage(async |stage| {
        let page = &stage.page;
        let before = at_the_city(stage).await?;
        kept_offline(stage, Reply::passed()).await?;
        for (view, heading) in [
            ("start-again", "start.heading"),
            ("way.ask", "services.heading"),
        ] {
            page.press(&en(view)).await?;
            page.heading(&en(heading)).await?;
            page.heading(&en("outbox.heading")).await?;
            page.sees(&waiting()).await?;
        }
        assert_eq!(posts(stage), 0);

        page.offline(false).await?;
        let number = numbered(page).await?;
        assert_eq!(posts(stage), 1);
        assert_eq!(at_the_city(stage).await?, before + 1);
        assert_eq!(stage.city.request(&number).await?["address"], ADDRESS);
        page.press(&en("sent.next")).await?;
        assert_eq!(crate::steps::number(page).await?, number);
        Ok(())
    });
}

#[test]
fn two_windows_send_what_waits_once() {
    stage(async |stage| {
        let page = &stage.page;
        let before = at_the_city(stage).await?;
        kept_offline(stage, Reply::passed().after(Duration::from_secs(2))).await?;
        let first = another_window(page).await?;
        let second = page.browser.window().await?;
        page.open(&stage.host.page(TAG)).await?;
        posted(stage, 1).await?;
        // The network of the first one is back while the second one sends.
        page.browser.switch_to_window(first.clone()).await?;
        page.offline(false).await?;
        page.browser.switch_to_window(second).await?;
        let number = numbered(page).await?;
        close_for(page, first).await?;
        page.press(&en("outbox.see")).await?;
        page.offline(true).await?;
        page.offline(false).await?;
        assert_eq!(numbered(page).await?, number);
        assert_eq!(posts(stage), 1);
        assert_eq!(at_the_city(stage).await?, before + 1);
        Ok(())
    });
}

#[test]
fn it_waits_on_while_the_window_is_closed() {
    stage(async |stage| {
        let page = &stage.page;
        kept_offline(stage, Reply::passed()).await?;
        crate::steps::leave_and_come_back(page).await?;
        assert_eq!(posts(stage), 0);
        page.open(&stage.host.page(TAG)).await?;
        let number = numbered(page).await?;
        assert_eq!(stage.city.request(&number).await?["address"], ADDRESS);
        assert_eq!(posts(stage), 1);
        Ok(())
    });
}

#[test]
fn what_the_city_refuses_later_is_shown_with_its_reason_and_can_be_changed() {
    stage(async |stage| {
        let page = &stage.page;
        let why = "This address is outside the city";
        let refusal = format!(r#"[{{"code":400,"description":"{why}"}}]"#);
        kept_offline(stage, Reply::text(400, "application/json", refusal)).await?;
        page.press(&en("outbox.see")).await?;
        page.offline(false).await?;
        page.sees(&format!("{} {why}", en("send.refused"))).await?;
        stage.host.heal(POST);
        page.press(&format!("{} Street sweeping", en("change")))
            .await?;
        page.heading(&en("check.heading")).await?;
        page.press(&format!("{} {}", en("change"), en("place.label")))
            .await?;
        page.holds(&en("place.label"), ADDRESS).await?;
        page.fill(&en("place.label"), "5 Main St").await?;
        page.press(&en("continue")).await?;
        page.heading(&en("check.heading")).await?;
        page.press(&en("send")).await?;
        let number = number(page).await?;
        assert_eq!(stage.city.request(&number).await?["address"], "5 Main St");
        Ok(())
    });
}

#[test]
fn the_way_back_does_not_lead_into_the_form_that_was_kept() {
    stage(async |stage| {
        let page = &stage.page;
        kept_offline(stage, Reply::passed()).await?;
        page.press(&en("outbox.see")).await?;
        page.heading(&en("services.heading")).await?;
        page.press(&en("back")).await?;
        page.heading(&en("start.heading")).await?;
        let text = page.text().await?;
        assert!(
            !text.contains(&en("check.heading")),
            "the form stands there empty: {text}"
        );
        page.offline(false).await
    });
}
