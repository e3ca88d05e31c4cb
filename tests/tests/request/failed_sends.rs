//! Sending when something goes wrong: a request is never called received without the city's word, and
//! nothing that was written is lost.

use std::time::Duration;

use anyhow::{Context, Result};
use frontdoor_tests::steps::common::{POST_REQUEST, REQUESTS, TOKENS, arrived, go_on};
use frontdoor_tests::steps::request::{
    DESCRIPTION, idempotency_keys, ready_to_send, sent_number, sent_request, service_tag, to_review,
};
use frontdoor_tests::{Page, Reply, en, stage};

/// Not sent, or unknown: the focus is on the reason, with the phone number, and the answers are there.
async fn not_sent(page: &Page, reason: &str, consequence: &str) -> Result<()> {
    page.sees(&en(reason)).await?;
    page.focus_on("alert", &en(reason)).await?;
    let alert = page.focus().await?.name;
    assert!(alert.contains("Call 311"), "no phone number: {alert}");
    page.sees(&en(consequence)).await?;
    page.sees(DESCRIPTION).await?;
    let text = page.text().await?;
    assert!(!text.contains(&en("sent.heading")), "{text}");
    Ok(())
}

#[test]
fn a_lost_response_does_not_make_two_requests() {
    stage(async |stage| {
        let page = &stage.page;
        let before = stage.city.request_count().await?;
        ready_to_send(stage, Reply::lost()).await?;
        page.press(&en("send")).await?;
        not_sent(page, "problem.unreachable", "send.doubt-safe").await?;
        stage.host.restore(POST_REQUEST);
        page.press(&en("problem.retry")).await?;
        sent_number(page).await?;

        // The first press posts twice: the second post, with the same key, asks whether the first one
        // arrived. The second press posts once.
        let keys = idempotency_keys(stage)?;
        assert_eq!(keys.len(), 3);
        assert!(keys.iter().all(|key| *key == keys[0]), "{keys:?}");
        assert_eq!(stage.city.request_count().await?, before + 1);
        Ok(())
    });
}

#[test]
fn without_the_extension_a_lost_response_is_explained_with_its_risk() {
    stage(async |stage| {
        let page = &stage.page;
        let config = r#"{ "endpoint": "open311/v2", "extensions": ["media"],
            "contact": [{ "name": "311 Center", "phone": "311" }] }"#;
        stage.host.answer("/frontdoor.json", Reply::json(config));
        ready_to_send(stage, Reply::broken()).await?;
        page.press(&en("send")).await?;
        // It is looked for first, and not found.
        not_sent(page, "send.unclear", "send.unclear-looked").await?;
        arrived(stage, "GET", REQUESTS, 1).await?;
        for key in ["status.look-again", "send.again"] {
            page.find("button", &en(key)).await?;
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
fn a_refusal_shows_the_city_s_reason_and_answers_can_be_changed() {
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
        stage.host.restore(POST_REQUEST);
        page.press(&format!("{} {}", en("change"), en("place.label")))
            .await?;
        page.holds(&en("place.label"), "4 Main St").await?;
        page.fill(&en("place.label"), "5 Main St").await?;
        go_on(page, "check.heading").await?;
        page.press(&en("send")).await?;
        assert_eq!(sent_request(stage).await?["address"], "5 Main St");
        Ok(())
    });
}

#[test]
fn a_response_that_says_nothing_is_not_called_received() {
    stage(async |stage| {
        let page = &stage.page;
        ready_to_send(stage, Reply::html("<h1>Thank you</h1>")).await?;
        page.press(&en("send")).await?;
        not_sent(page, "problem.trouble", "send.doubt-safe").await?;
        for (status, body) in [(500, "<h1>500</h1>"), (503, "{}"), (502, "")] {
            stage
                .host
                .answer(POST_REQUEST, Reply::text(status, "text/html", body));
            page.press(&en("problem.retry")).await?;
            not_sent(page, "problem.trouble", "send.doubt-safe")
                .await
                .with_context(|| format!("HTTP {status}"))?;
        }
        Ok(())
    });
}

#[test]
fn an_empty_receipt_is_not_called_received_if_the_service_gives_numbers() {
    stage(async |stage| {
        let page = &stage.page;
        // Only a black-box service may respond without a number.
        ready_to_send(stage, Reply::json("[]")).await?;
        page.press(&en("send")).await?;
        arrived(stage, "POST", REQUESTS, 1).await?;
        not_sent(page, "problem.trouble", "send.doubt-safe").await
    });
}

#[test]
fn a_token_without_a_number_yet_stays_in_view() {
    stage(async |stage| {
        let page = &stage.page;
        stage
            .host
            .answer(TOKENS, Reply::text(404, "text/html", "<h1>404</h1>"));
        ready_to_send(stage, Reply::json(r#"[{"token":"t-123"}]"#)).await?;
        page.press(&en("send")).await?;
        page.heading(&en("sent.heading")).await?;
        page.sees("t-123").await?;
        arrived(stage, "GET", "/open311/v2/tokens/t-123.json", 2).await?;
        page.sees("t-123").await?;
        page.sees(&en("sent.numbering")).await?;
        stage.host.answer(
            TOKENS,
            Reply::json(r#"[{"token":"t-123","service_request_id":"77"}]"#),
        );
        page.sees_within(&en("sent.number"), Duration::from_secs(20))
            .await?;
        assert_eq!(sent_number(page).await?, "77");
        Ok(())
    });
}

#[test]
fn a_device_without_storage_can_still_send() {
    stage(async |stage| {
        let page = &stage.page;
        let head = "<script>for (const name of ['sessionStorage', 'localStorage'])
            Object.defineProperty(window, name, { get() { throw new DOMException('no', 'SecurityError') } });</script>";
        let address = stage
            .host
            .page_with_head(head, &service_tag("street-sweeping"));
        page.open(&address).await?;
        page.heading(&en("place.heading")).await?;
        to_review(page, DESCRIPTION).await?;
        page.sees(DESCRIPTION).await?;
        page.press(&en("send")).await?;
        sent_number(page).await.map(drop)
    });
}
