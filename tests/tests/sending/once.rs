//! One request of one form: however often “Send” is pressed, in however many windows, and
//! whatever becomes of the city's answer.

use std::time::Duration;

use crate::steps::{
    ADDRESS, POST, REQUESTS, another_window, at_the_city, close_for, device_holds, form, number,
    posted, posts, ready_to_send, through,
};
use anyhow::{Context, Result};
use frontdoor_tests::{Reply, en, pairs, stage};

const SLOW: Duration = Duration::from_millis(1500);

#[test]
fn a_double_press_sends_once() {
    stage(async |stage| {
        let page = &stage.page;
        let before = at_the_city(stage).await?;
        ready_to_send(stage, Reply::passed().after(SLOW)).await?;
        let button = page.find("button", &en("send")).await?;
        let twice = page.browser.action_chain().double_click_element(&button);
        twice.perform().await?;
        number(page).await?;
        assert_eq!(posts(stage), 1);
        assert_eq!(at_the_city(stage).await?, before + 1);
        Ok(())
    });
}

#[test]
fn enter_twice_sends_once() {
    stage(async |stage| {
        let page = &stage.page;
        ready_to_send(stage, Reply::passed().after(SLOW)).await?;
        let button = page.find("button", &en("send")).await?;
        button.focus().await?;
        page.keys("\u{e007}\u{e007}").await?;
        number(page).await?;
        assert_eq!(posts(stage), 1);
        Ok(())
    });
}

#[test]
fn two_windows_with_the_same_draft_send_it_once() {
    stage(async |stage| {
        let page = &stage.page;
        ready_to_send(stage, Reply::passed().after(SLOW * 2)).await?;
        device_holds(page, "ada@example.org", true).await?;
        let first = another_window(page).await?;
        page.open(&form(stage, "street-sweeping")).await?;
        page.press(&en("draft.go-on")).await?;
        through(page).await?;
        page.press(&en("send")).await?;
        posted(stage, 1).await?;

        let second = page.browser.window().await?;
        page.browser.switch_to_window(first.clone()).await?;
        page.press(&en("send")).await?;
        page.focus_on("alert", &en("send.elsewhere")).await?;

        page.browser.switch_to_window(second).await?;
        let given = number(page).await?;
        close_for(page, first).await?;
        // The window that was turned away finds out, and does not send it again.
        page.press(&en("problem.retry")).await?;
        assert_eq!(number(page).await?, given);
        assert_eq!(posts(stage), 1);
        Ok(())
    });
}

#[test]
fn a_lost_answer_is_asked_for_with_the_same_key() {
    stage(async |stage| {
        let page = &stage.page;
        let before = at_the_city(stage).await?;
        ready_to_send(stage, Reply::lost()).await?;
        page.press(&en("send")).await?;
        posted(stage, 1).await?;
        stage.host.heal(POST);
        let number = number(page).await?;

        let key = |body: &str| -> Result<String> {
            let mut pairs = pairs(body)?.into_iter();
            let key = pairs.find(|(name, _)| name == "idempotency_key");
            Ok(key.context("the request has no key")?.1)
        };
        let sent = stage.host.seen("POST", REQUESTS);
        assert_eq!(sent.len(), 2);
        assert_eq!(key(&sent[0].body)?, key(&sent[1].body)?);
        assert_eq!(at_the_city(stage).await?, before + 1);
        assert_eq!(stage.city.request(&number).await?["address"], ADDRESS);
        Ok(())
    });
}
