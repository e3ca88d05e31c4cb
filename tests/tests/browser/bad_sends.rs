//! Sending on a bad day: once and not twice, never “received” without the city's word, and
//! nothing that was written is lost.

use std::time::Duration;

use anyhow::{Context, Result};
use frontdoor_tests::{Page, Reply, Stage, en, pairs, stage};

use crate::steps::{arrived, number, start_form, to_check};

const REQUESTS: &str = "/open311/v2/requests.json";
const POST: &str = "POST /open311/v2/requests.json";

async fn ready_to_send(stage: &Stage, reply: Reply) -> Result<()> {
    stage.host.answer(POST, reply);
    start_form(stage, "street-sweeping").await?;
    to_check(&stage.page).await
}

/// Not sent, or nobody knows: the focus is on the reason, the telephone beside it, the answers there.
async fn not_sent(page: &Page, sentence: &str, doubt: &str) -> Result<()> {
    page.sees(&en(sentence)).await?;
    page.focus_on("alert", &en(sentence)).await?;
    let alert = page.focus().await?.name;
    assert!(
        alert.contains("Call 311"),
        "no telephone beside it: {alert}"
    );
    page.sees(&en(doubt)).await?;
    page.sees("Glass on the bike lane.").await?;
    let text = page.text().await?;
    assert!(!text.contains(&en("sent.heading")), "{text}");
    Ok(())
}

fn key(body: &str) -> Result<String> {
    let pairs = pairs(body)?;
    let key = pairs
        .into_iter()
        .find(|(name, _)| name == "idempotency_key");
    Ok(key.context("the request has no key")?.1)
}

#[test]
fn an_answer_that_is_lost_does_not_make_two_requests() {
    stage(async |stage| {
        let page = &stage.page;
        let before = stage.city.ask("requests.json?page_size=1000").await?;
        ready_to_send(stage, Reply::lost()).await?;
        page.press(&en("send")).await?;
        not_sent(page, "problem.unreachable", "send.doubt-safe").await?;
        stage.host.heal(POST);
        page.press(&en("problem.retry")).await?;
        let number = number(page).await?;

        let sent = stage.host.seen("POST", REQUESTS);
        // Two by one press: the second, with the same key, asks whether the first arrived. One by the other.
        assert_eq!(sent.len(), 3);
        for later in &sent[1..] {
            assert_eq!(key(&sent[0].body)?, key(&later.body)?);
        }
        let after = stage.city.ask("requests.json?page_size=1000").await?;
        let count = |rows: &serde_json::Value| rows.as_array().map_or(0, Vec::len);
        assert_eq!(
            count(&after),
            count(&before) + 1,
            "{number} is not the only new one"
        );
        Ok(())
    });
}

#[test]
fn without_the_extension_a_lost_answer_is_told_with_its_risk() {
    stage(async |stage| {
        let page = &stage.page;
        let config = r#"{ "endpoint": "open311/v2", "extensions": ["media"],
            "contact": [{ "name": "311 Center", "phone": "311" }] }"#;
        stage.host.answer("/frontdoor.json", Reply::json(config));
        ready_to_send(stage, Reply::broken()).await?;
        page.press(&en("send")).await?;
        // Looked for before anything else, and not found.
        not_sent(page, "send.unclear", "send.unclear-looked").await?;
        arrived(stage, "GET", REQUESTS, 1).await?;
        for choice in ["status.look-again", "send.again"] {
            page.find("button", &en(choice)).await?;
        }
        let sent = stage.host.seen("POST", REQUESTS);
        assert!(
            !sent[0].body.contains("idempotency_key"),
            "{}",
            sent[0].body
        );
        // Nothing is sent again before the resident says so.
        assert_eq!(sent.len(), 1);
        Ok(())
    });
}

#[test]
fn a_refusal_gives_the_city_s_reason_and_the_answers_can_be_changed() {
    stage(async |stage| {
        let page = &stage.page;
        let refusal = Reply::text(
            400,
            "application/json",
            r#"[{"code":400,"description":"This address is <b>outside</b> the city"}]"#,
        );
        ready_to_send(stage, refusal).await?;
        page.press(&en("send")).await?;
        not_sent(page, "problem.refused", "send.refused").await?;
        page.sees("This address is outside the city").await?;
        stage.host.heal(POST);
        page.press(&format!("{} {}", en("change"), en("place.label")))
            .await?;
        page.holds(&en("place.label"), "4 Main St").await?;
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
fn an_answer_that_says_nothing_is_not_called_received() {
    stage(async |stage| {
        let page = &stage.page;
        ready_to_send(stage, Reply::html("<h1>Thank you</h1>")).await?;
        page.press(&en("send")).await?;
        not_sent(page, "problem.trouble", "send.doubt-safe").await?;
        for (status, body) in [(500, "<h1>500</h1>"), (503, "{}"), (502, "")] {
            stage
                .host
                .answer(POST, Reply::text(status, "text/html", body));
            page.press(&en("problem.retry")).await?;
            not_sent(page, "problem.trouble", "send.doubt-safe")
                .await
                .with_context(|| format!("HTTP {status}"))?;
        }
        Ok(())
    });
}

#[test]
fn an_answer_without_a_number_is_not_called_received_where_a_number_was_promised() {
    stage(async |stage| {
        let page = &stage.page;
        // The service is no black box: an empty receipt is no receipt.
        ready_to_send(stage, Reply::json("[]")).await?;
        page.press(&en("send")).await?;
        arrived(stage, "POST", REQUESTS, 1).await?;
        not_sent(page, "problem.trouble", "send.doubt-safe").await
    });
}

#[test]
fn two_quick_presses_send_once() {
    stage(async |stage| {
        let page = &stage.page;
        ready_to_send(stage, Reply::passed().after(Duration::from_millis(800))).await?;
        // Until the heading has the focus the page may still scroll to it, away from under the pointer.
        page.focus_on("heading", &en("check.heading")).await?;
        let button = page.find("button", &en("send")).await?;
        button.scroll_into_view().await?;
        page.browser
            .action_chain()
            .double_click_element(&button)
            .perform()
            .await?;
        page.keys("\u{e007}\u{e007}").await?;
        number(page).await?;
        assert_eq!(stage.host.seen("POST", REQUESTS).len(), 1);
        Ok(())
    });
}

#[test]
fn while_it_is_being_sent_the_button_says_so_and_is_not_dead() {
    stage(async |stage| {
        let page = &stage.page;
        ready_to_send(stage, Reply::passed().after(Duration::from_millis(1500))).await?;
        page.press(&en("send")).await?;
        let button = page.find("button", &en("sending")).await?;
        assert!(button.is_enabled().await?);
        assert_eq!(button.attr("aria-busy").await?.as_deref(), Some("true"));
        number(page).await.map(drop)
    });
}

#[test]
fn going_elsewhere_while_it_is_being_sent_does_not_send_it_twice() {
    stage(async |stage| {
        let page = &stage.page;
        ready_to_send(stage, Reply::passed().after(Duration::from_millis(1500))).await?;
        page.press(&en("send")).await?;
        arrived(stage, "POST", REQUESTS, 1).await?;
        page.press(&en("back")).await?;
        page.heading(&en("how-to-reach.heading")).await?;
        // The city's answer comes to wherever the resident is.
        number(page).await?;
        assert_eq!(stage.host.seen("POST", REQUESTS).len(), 1);
        Ok(())
    });
}

#[test]
fn a_token_that_cannot_be_asked_for_yet_is_kept_in_view() {
    stage(async |stage| {
        let page = &stage.page;
        stage.host.answer(
            "/open311/v2/tokens/*",
            Reply::text(404, "text/html", "<h1>404</h1>"),
        );
        ready_to_send(stage, Reply::json(r#"[{"token":"t-123"}]"#)).await?;
        page.press(&en("send")).await?;
        page.heading(&en("sent.heading")).await?;
        page.sees("t-123").await?;
        arrived(stage, "GET", "/open311/v2/tokens/t-123.json", 2).await?;
        page.sees("t-123").await?;
        page.sees(&en("sent.numbering")).await?;
        stage.host.answer(
            "/open311/v2/tokens/*",
            Reply::json(r#"[{"token":"t-123","service_request_id":"77"}]"#),
        );
        page.sees_after(&en("sent.number"), Duration::from_secs(20))
            .await?;
        assert_eq!(number(page).await?, "77");
        Ok(())
    });
}

#[test]
fn a_device_that_keeps_nothing_can_still_send() {
    stage(async |stage| {
        let page = &stage.page;
        let head = "<script>for (const name of ['sessionStorage', 'localStorage'])
            Object.defineProperty(window, name, { get() { throw new DOMException('no', 'SecurityError') } });</script>";
        let tag = crate::steps::tag_for("street-sweeping");
        stage
            .host
            .answer("/", Reply::html(frontdoor_tests::host_page(head, &tag)));
        page.open(&stage.host.url("/")).await?;
        page.heading(&en("place.heading")).await?;
        to_check(page).await?;
        page.sees("Glass on the bike lane.").await?;
        page.press(&en("send")).await?;
        number(page).await.map(drop)
    });
}
