//! Where the endpoint cannot tell that two are one: what may have arrived is looked for in the
//! city's list before anything is sent again, and what cannot be known is left to the resident.

use anyhow::Result;
use frontdoor_tests::{Page, Reply, Stage, en, stage};

use crate::steps::{
    ADDRESS, POST, at_the_city, device_holds, form, leave_and_come_back, number, posted, posts,
    ready_to_send, through,
};

const LIST: &str = "GET /open311/v2/requests.json";

async fn ready(stage: &Stage, reply: Reply) -> Result<()> {
    stage.without_extension("idempotency").await?;
    ready_to_send(stage, reply).await
}

/// The resident is told, with the telephone beside it, and has two things to press.
async fn told(page: &Page, looked: &str) -> Result<()> {
    page.focus_on("alert", &en("send.unclear")).await?;
    page.sees(&en(looked)).await?;
    let alert = page.focus().await?.name;
    assert!(alert.contains("Call 311"), "no telephone: {alert}");
    page.find("button", &en("status.look-again")).await?;
    page.find("button", &en("send.again")).await.map(drop)
}

#[test]
fn what_arrived_is_found_in_the_city_s_list() {
    stage(async |stage| {
        let page = &stage.page;
        let before = at_the_city(stage).await?;
        ready(stage, Reply::lost()).await?;
        page.press(&en("send")).await?;
        let number = number(page).await?;
        assert_eq!(posts(stage), 1);
        assert_eq!(at_the_city(stage).await?, before + 1);
        assert_eq!(stage.city.request(&number).await?["address"], ADDRESS);
        Ok(())
    });
}

#[test]
fn what_is_not_in_the_list_is_sent_again_only_when_the_resident_says_so() {
    stage(async |stage| {
        let page = &stage.page;
        let before = at_the_city(stage).await?;
        ready(stage, Reply::broken()).await?;
        page.press(&en("send")).await?;
        told(page, "send.unclear-looked").await?;
        stage.host.heal(POST);
        let looks = stage.host.seen("GET", "/open311/v2/requests.json").len();
        page.press(&en("status.look-again")).await?;
        let looked = async || {
            let now = stage.host.seen("GET", "/open311/v2/requests.json").len();
            Ok((now == looks).then(|| "no other look".to_owned()))
        };
        frontdoor_tests::eventually("another look", looked).await?;
        told(page, "send.unclear-looked").await?;
        assert_eq!(posts(stage), 1, "“look again” has sent it");
        page.press(&en("send.again")).await?;
        number(page).await?;
        assert_eq!(posts(stage), 2);
        assert_eq!(at_the_city(stage).await?, before + 1);
        Ok(())
    });
}

#[test]
fn a_list_that_cannot_be_looked_at_is_looked_at_later() {
    stage(async |stage| {
        let page = &stage.page;
        let before = at_the_city(stage).await?;
        ready(stage, Reply::lost()).await?;
        stage.host.answer(LIST, Reply::broken());
        page.press(&en("send")).await?;
        told(page, "send.unclear-not-looked").await?;
        stage.host.heal(LIST);
        page.press(&en("status.look-again")).await?;
        number(page).await?;
        assert_eq!(posts(stage), 1);
        assert_eq!(at_the_city(stage).await?, before + 1);
        Ok(())
    });
}

#[test]
fn a_window_that_is_closed_while_it_sends_leaves_a_doubt_and_no_second_request() {
    stage(async |stage| {
        let page = &stage.page;
        let before = at_the_city(stage).await?;
        // The city has it, and its answer never comes.
        ready(stage, Reply::silence().done()).await?;
        device_holds(page, "ada@example.org", true).await?;
        page.press(&en("send")).await?;
        posted(stage, 1).await?;
        leave_and_come_back(page).await?;
        stage.host.heal(POST);

        page.open(&form(stage, "street-sweeping")).await?;
        page.heading(&en("draft.heading")).await?;
        page.sees(&en("draft.in-doubt")).await?;
        page.press(&en("draft.go-on")).await?;
        through(page).await?;
        page.press(&en("send")).await?;
        number(page).await?;
        assert_eq!(posts(stage), 1, "it was sent before it was looked for");
        assert_eq!(at_the_city(stage).await?, before + 1);
        Ok(())
    });
}
