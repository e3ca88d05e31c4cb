//! A request that is sent without a network waits on the device, and goes out once when the network
//! is back.

use std::time::Duration;

use anyhow::Result;
use frontdoor_tests::steps::common::{POST_REQUEST, REQUESTS, TAG, arrived, go_on, word_after};
use frontdoor_tests::steps::request::{ADDRESS, posts, ready_to_send, sent_number, sent_request};
use frontdoor_tests::{Page, Reply, Stage, en, stage};

/// Sends a request without a network, so that it waits in the outbox.
async fn send_offline(stage: &Stage, reply: Reply) -> Result<()> {
    let page = &stage.page;
    ready_to_send(stage, reply).await?;
    page.set_offline(true).await?;
    page.press(&en("send")).await?;
    page.focus_on("heading", &en("outbox.kept")).await?;
    page.sees(&en("outbox.kept-more")).await?;
    page.database_contains("outbox/", true).await
}

/// The number in the outbox, once the city has the request.
async fn outbox_number(page: &Page) -> Result<String> {
    let dismiss = format!("{} Street sweeping", en("outbox.dismiss"));
    page.find("button", &dismiss).await?;
    word_after(page, en("sent.numbered").trim_end_matches("{number}")).await
}

/// What the outbox says after the day on which a request was sent.
fn waiting_text() -> String {
    let text = en("outbox.waiting");
    let (_, end) = text.split_once("{day}").unwrap();
    end.to_owned()
}

#[test]
fn without_a_network_a_request_waits_and_is_sent_automatically() {
    stage(async |stage| {
        let page = &stage.page;
        let before = stage.city.request_count().await?;
        send_offline(stage, Reply::passthrough()).await?;
        for (view, heading) in [
            ("start-again", "start.heading"),
            ("way.ask", "services.heading"),
        ] {
            page.press(&en(view)).await?;
            page.heading(&en(heading)).await?;
            page.heading(&en("outbox.heading")).await?;
            page.sees(&waiting_text()).await?;
        }
        assert_eq!(posts(stage), 0);

        page.set_offline(false).await?;
        let number = outbox_number(page).await?;
        assert_eq!(posts(stage), 1);
        assert_eq!(stage.city.request_count().await?, before + 1);
        assert_eq!(stage.city.request(&number).await?["address"], ADDRESS);
        page.press(&en("sent.next")).await?;
        assert_eq!(sent_number(page).await?, number);
        Ok(())
    });
}

#[test]
fn two_windows_send_a_waiting_request_once() {
    stage(async |stage| {
        let page = &stage.page;
        let before = stage.city.request_count().await?;
        send_offline(stage, Reply::passthrough().delayed(Duration::from_secs(2))).await?;
        let first = page.new_tab().await?;
        let second = page.browser.window().await?;
        page.open(&stage.host.page(TAG)).await?;
        arrived(stage, "POST", REQUESTS, 1).await?;
        // The first window is online again while the second one sends.
        page.browser.switch_to_window(first.clone()).await?;
        page.set_offline(false).await?;
        page.browser.switch_to_window(second).await?;
        let number = outbox_number(page).await?;
        page.close_tab(first).await?;
        page.press(&en("outbox.see")).await?;
        page.set_offline(true).await?;
        page.set_offline(false).await?;
        assert_eq!(outbox_number(page).await?, number);
        assert_eq!(posts(stage), 1);
        assert_eq!(stage.city.request_count().await?, before + 1);
        Ok(())
    });
}

#[test]
fn a_waiting_request_survives_closing_the_window() {
    stage(async |stage| {
        let page = &stage.page;
        send_offline(stage, Reply::passthrough()).await?;
        page.leave_and_return().await?;
        assert_eq!(posts(stage), 0);
        page.open(&stage.host.page(TAG)).await?;
        let number = outbox_number(page).await?;
        assert_eq!(stage.city.request(&number).await?["address"], ADDRESS);
        assert_eq!(posts(stage), 1);
        Ok(())
    });
}

#[test]
fn a_waiting_request_that_is_refused_shows_the_reason_and_can_be_changed() {
    stage(async |stage| {
        let page = &stage.page;
        let why = "This address is outside the city";
        let refusal = format!(r#"[{{"code":400,"description":"{why}"}}]"#);
        send_offline(stage, Reply::text(400, "application/json", refusal)).await?;
        page.press(&en("outbox.see")).await?;
        page.set_offline(false).await?;
        page.sees(&format!("{} {why}", en("send.refused"))).await?;
        stage.host.restore(POST_REQUEST);
        page.press(&format!("{} Street sweeping", en("change")))
            .await?;
        page.heading(&en("check.heading")).await?;
        page.press(&format!("{} {}", en("change"), en("place.label")))
            .await?;
        page.holds(&en("place.label"), ADDRESS).await?;
        page.fill(&en("place.label"), "5 Main St").await?;
        go_on(page, "check.heading").await?;
        page.press(&en("send")).await?;
        assert_eq!(sent_request(stage).await?["address"], "5 Main St");
        Ok(())
    });
}

#[test]
fn back_does_not_lead_into_the_form_of_a_waiting_request() {
    stage(async |stage| {
        let page = &stage.page;
        send_offline(stage, Reply::passthrough()).await?;
        page.press(&en("outbox.see")).await?;
        page.heading(&en("services.heading")).await?;
        page.press(&en("back")).await?;
        page.heading(&en("start.heading")).await?;
        let text = page.text().await?;
        assert!(
            !text.contains(&en("check.heading")),
            "the empty form is shown: {text}"
        );
        page.set_offline(false).await
    });
}
