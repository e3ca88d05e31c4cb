//! One form makes one request: however often “Send” is pressed, in however many windows, and whatever
//! happens to the city's response.

use std::time::Duration;

use frontdoor_tests::steps::common::{POST_REQUEST, REQUESTS, arrived};
use frontdoor_tests::steps::request::{
    ADDRESS, continue_to_review, form_page, idempotency_keys, posts, ready_to_send, sent_number,
};
use frontdoor_tests::{Reply, en, key, stage};
use thirtyfour::prelude::Key;

/// How long the endpoint takes, so that the second press comes before its response.
const SLOW: Duration = Duration::from_millis(1500);

#[test]
fn a_double_press_sends_once() {
    stage(async |stage| {
        let page = &stage.page;
        let before = stage.city.request_count().await?;
        ready_to_send(stage, Reply::passthrough().delayed(SLOW)).await?;
        let button = page.find("button", &en("send")).await?;
        let twice = page.browser.action_chain().double_click_element(&button);
        twice.perform().await?;
        sent_number(page).await?;
        assert_eq!(posts(stage), 1);
        assert_eq!(stage.city.request_count().await?, before + 1);
        Ok(())
    });
}

#[test]
fn pressing_enter_twice_sends_once() {
    stage(async |stage| {
        let page = &stage.page;
        ready_to_send(stage, Reply::passthrough().delayed(SLOW)).await?;
        let button = page.find("button", &en("send")).await?;
        button.focus().await?;
        page.keys(key(Key::Enter).repeat(2)).await?;
        sent_number(page).await?;
        assert_eq!(posts(stage), 1);
        Ok(())
    });
}

#[test]
fn two_windows_with_the_same_draft_send_it_once() {
    stage(async |stage| {
        let page = &stage.page;
        ready_to_send(stage, Reply::passthrough().delayed(SLOW * 2)).await?;
        page.database_contains("ada@example.org", true).await?;
        let first = page.new_tab().await?;
        page.open(&form_page(stage, "street-sweeping")).await?;
        page.press(&en("draft.go-on")).await?;
        continue_to_review(page).await?;
        page.press(&en("send")).await?;
        arrived(stage, "POST", REQUESTS, 1).await?;

        let second = page.browser.window().await?;
        page.browser.switch_to_window(first.clone()).await?;
        page.press(&en("send")).await?;
        page.focus_on("alert", &en("send.elsewhere")).await?;

        page.browser.switch_to_window(second).await?;
        let given = sent_number(page).await?;
        page.close_tab(first).await?;
        // The first window finds the number, and does not send again.
        page.press(&en("problem.retry")).await?;
        assert_eq!(sent_number(page).await?, given);
        assert_eq!(posts(stage), 1);
        Ok(())
    });
}

#[test]
fn after_a_lost_response_the_request_is_repeated_with_the_same_key() {
    stage(async |stage| {
        let page = &stage.page;
        let before = stage.city.request_count().await?;
        ready_to_send(stage, Reply::lost()).await?;
        page.press(&en("send")).await?;
        arrived(stage, "POST", REQUESTS, 1).await?;
        stage.host.restore(POST_REQUEST);
        let number = sent_number(page).await?;

        let keys = idempotency_keys(stage)?;
        assert_eq!(keys.len(), 2);
        assert_eq!(keys[0], keys[1]);
        assert_eq!(stage.city.request_count().await?, before + 1);
        assert_eq!(stage.city.request(&number).await?["address"], ADDRESS);
        Ok(())
    });
}

#[test]
fn a_double_press_followed_by_enter_sends_once() {
    stage(async |stage| {
        let page = &stage.page;
        ready_to_send(
            stage,
            Reply::passthrough().delayed(Duration::from_millis(800)),
        )
        .await?;
        // Until the heading has the focus, the page may still scroll and move the button away.
        page.focus_on("heading", &en("check.heading")).await?;
        let button = page.find("button", &en("send")).await?;
        button.scroll_into_view().await?;
        page.browser
            .action_chain()
            .double_click_element(&button)
            .perform()
            .await?;
        page.keys(key(Key::Enter).repeat(2)).await?;
        sent_number(page).await?;
        assert_eq!(posts(stage), 1);
        Ok(())
    });
}

#[test]
fn while_sending_the_button_says_so_and_is_not_disabled() {
    stage(async |stage| {
        let page = &stage.page;
        ready_to_send(
            stage,
            Reply::passthrough().delayed(Duration::from_millis(1500)),
        )
        .await?;
        page.press(&en("send")).await?;
        let button = page.find("button", &en("sending")).await?;
        assert!(button.is_enabled().await?);
        assert_eq!(button.attr("aria-busy").await?.as_deref(), Some("true"));
        sent_number(page).await.map(drop)
    });
}

#[test]
fn going_elsewhere_while_sending_does_not_send_twice() {
    stage(async |stage| {
        let page = &stage.page;
        ready_to_send(
            stage,
            Reply::passthrough().delayed(Duration::from_millis(1500)),
        )
        .await?;
        page.press(&en("send")).await?;
        arrived(stage, "POST", REQUESTS, 1).await?;
        page.press(&en("back")).await?;
        page.heading(&en("how-to-reach.heading")).await?;
        // The number is shown wherever the resident is by then.
        sent_number(page).await?;
        assert_eq!(posts(stage), 1);
        Ok(())
    });
}
