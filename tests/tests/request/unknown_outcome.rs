//! An endpoint that cannot recognise a repeated request: the widget looks in the city's list before it
//! sends again, and leaves to the resident what cannot be known.

use anyhow::Result;
use frontdoor_tests::steps::common::{GET_REQUESTS, POST_REQUEST, REQUESTS, arrived};
use frontdoor_tests::steps::request::{
    ADDRESS, continue_to_review, form_page, posts, ready_to_send, sent_number, sent_request,
};
use frontdoor_tests::{Page, Reply, Stage, en, stage};

async fn ready_without_keys(stage: &Stage, reply: Reply) -> Result<()> {
    stage.without_extension("idempotency").await?;
    ready_to_send(stage, reply).await
}

/// The resident reads what is known, with the phone number, and has two buttons.
async fn resident_decides(page: &Page, looked: &str) -> Result<()> {
    page.focus_on("alert", &en("send.unclear")).await?;
    page.sees(&en(looked)).await?;
    let alert = page.focus().await?.name;
    assert!(alert.contains("Call 311"), "no phone number: {alert}");
    page.find("button", &en("status.look-again")).await?;
    page.find("button", &en("send.again")).await.map(drop)
}

#[test]
fn a_request_that_arrived_is_found_in_the_city_s_list() {
    stage(async |stage| {
        let page = &stage.page;
        let before = stage.city.request_count().await?;
        ready_without_keys(stage, Reply::lost()).await?;
        page.press(&en("send")).await?;
        assert_eq!(sent_request(stage).await?["address"], ADDRESS);
        assert_eq!(posts(stage), 1);
        assert_eq!(stage.city.request_count().await?, before + 1);
        Ok(())
    });
}

#[test]
fn a_request_that_is_not_in_the_list_is_sent_again_only_on_a_press() {
    stage(async |stage| {
        let page = &stage.page;
        let before = stage.city.request_count().await?;
        ready_without_keys(stage, Reply::broken()).await?;
        page.press(&en("send")).await?;
        resident_decides(page, "send.unclear-looked").await?;
        stage.host.restore(POST_REQUEST);
        let looks = stage.host.seen("GET", REQUESTS).len();
        page.press(&en("status.look-again")).await?;
        arrived(stage, "GET", REQUESTS, looks + 1).await?;
        resident_decides(page, "send.unclear-looked").await?;
        assert_eq!(posts(stage), 1, "“look again” sent it");
        page.press(&en("send.again")).await?;
        sent_number(page).await?;
        assert_eq!(posts(stage), 2);
        assert_eq!(stage.city.request_count().await?, before + 1);
        Ok(())
    });
}

#[test]
fn a_list_that_cannot_be_loaded_can_be_loaded_later() {
    stage(async |stage| {
        let page = &stage.page;
        let before = stage.city.request_count().await?;
        ready_without_keys(stage, Reply::lost()).await?;
        stage.host.answer(GET_REQUESTS, Reply::broken());
        page.press(&en("send")).await?;
        resident_decides(page, "send.unclear-not-looked").await?;
        stage.host.restore(GET_REQUESTS);
        page.press(&en("status.look-again")).await?;
        sent_number(page).await?;
        assert_eq!(posts(stage), 1);
        assert_eq!(stage.city.request_count().await?, before + 1);
        Ok(())
    });
}

#[test]
fn a_window_closed_while_sending_leads_to_no_second_request() {
    stage(async |stage| {
        let page = &stage.page;
        let before = stage.city.request_count().await?;
        // The city has it, and its response never comes.
        ready_without_keys(stage, Reply::silence().after_processing()).await?;
        page.database_contains("ada@example.org", true).await?;
        page.press(&en("send")).await?;
        arrived(stage, "POST", REQUESTS, 1).await?;
        page.leave_and_return().await?;
        stage.host.restore(POST_REQUEST);

        page.open(&form_page(stage, "street-sweeping")).await?;
        page.heading(&en("draft.heading")).await?;
        page.sees(&en("draft.in-doubt")).await?;
        page.press(&en("draft.go-on")).await?;
        continue_to_review(page).await?;
        page.press(&en("send")).await?;
        sent_number(page).await?;
        assert_eq!(posts(stage), 1, "it was sent again without a look");
        assert_eq!(stage.city.request_count().await?, before + 1);
        Ok(())
    });
}
