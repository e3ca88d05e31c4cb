//! Withdrawing, answering, reminding and rating is for the person who sent the request: numbers of requests are public,
//! and a link must not be enough.

use anyhow::Result;
use frontdoor_tests::steps::common::{UPDATES, open_hash};
use frontdoor_tests::steps::request::{ready_to_send, sent_number};
use frontdoor_tests::steps::status::{newest_number, open_own_sample, open_sample, sample_number};
use frontdoor_tests::{Reply, Stage, en, form_fields, stage};
use serde_json::json;

/// A field of the last update that was posted; empty if it was not sent.
fn posted(stage: &Stage, name: &str) -> Result<String> {
    let posts = stage.host.seen("POST", UPDATES);
    let fields = match posts.last() {
        Some(post) => form_fields(&post.body)?,
        None => Vec::new(),
    };
    let field = fields.into_iter().find(|(known, _)| known == name);
    Ok(field.map(|(_, value)| value).unwrap_or_default())
}

#[test]
fn a_link_does_nothing_on_a_device_that_did_not_send_the_request() {
    stage(async |stage| {
        let page = &stage.page;
        for (last, kind) in [
            ("01189", "withdraw"),
            ("01188", "answer"),
            ("01193", "remind"),
        ] {
            let id = sample_number(stage, last).await?;
            open_hash(stage, &format!("#/status/{id}/{kind}")).await?;
            page.sees(&en("act.not-yours")).await?;
            page.sees(&en("status.by-phone")).await?;
            page.sees(&id).await?;
            page.find("link", &en("act.add")).await?;
            let buttons = page.names("button").await?;
            for press in ["act.send", "act.withdraw", "act.remind"] {
                assert!(!buttons.contains(&en(press)), "{kind}: {buttons:?}");
            }
        }
        assert_eq!(stage.host.seen("POST", UPDATES).len(), 0);
        Ok(())
    });
}

#[test]
fn the_page_of_a_request_offers_to_others_only_what_does_no_harm() {
    stage(async |stage| {
        let page = &stage.page;
        for (last, own, all) in [
            ("01189", "act.withdraw", "act.add"),
            ("01193", "act.remind", "act.add"),
            ("01188", "act.answer", "act.add"),
        ] {
            open_sample(stage, last).await?;
            page.find("link", &en(all)).await?;
            page.find("button", &en("status.follow")).await?;
            let links = page.names("link").await?;
            assert!(!links.contains(&en(own)), "{last}: {links:?}");
            open_own_sample(stage, last).await?;
            page.find("link", &en(own)).await?;
        }
        open_sample(stage, "01200").await?;
        page.find("link", &en("act.still")).await?;
        let text = page.text().await?;
        assert!(!text.contains(&en("rate.heading")), "{text}");
        Ok(())
    });
}

#[test]
fn what_another_person_adds_is_marked_and_the_history_shows_it() {
    stage(async |stage| {
        let page = &stage.page;
        open_sample(stage, "01187").await?;
        page.press(&en("act.add")).await?;
        page.sees(&en("act.as-other")).await?;
        page.fill(&en("act.words"), "I saw it, too.").await?;
        page.press(&en("act.send")).await?;
        page.hears(&en("act.added")).await?;
        page.sees("I saw it, too.").await?;
        page.sees(&en("status.by-other")).await?;
        assert_eq!(posted(stage, "author")?, "other");
        assert_eq!(posted(stage, "receipt")?, "");
        Ok(())
    });
}

#[test]
fn the_receipt_of_a_request_proves_that_it_was_sent_from_here() {
    stage(async |stage| {
        let page = &stage.page;
        ready_to_send(stage, Reply::passthrough()).await?;
        page.press(&en("send")).await?;
        let number = sent_number(page).await?;
        page.database_contains(&format!("receipt/{number}"), true)
            .await?;
        page.leave_and_return().await?;
        open_hash(stage, &format!("#/status/{number}/withdraw")).await?;
        page.heading(&en("act.withdraw")).await?;
        page.find("button", &en("act.withdraw"))
            .await?
            .click()
            .await?;
        page.hears(&en("act.withdrawn")).await?;
        assert_eq!(posted(stage, "receipt")?.len(), 48);
        assert_eq!(posted(stage, "author")?, "");
        assert_eq!(stage.city.request(&number).await?["status"], "closed");
        // Erased from the device, it is another person's.
        page.press(&en("status.forget")).await?;
        page.hears(&en("erased")).await?;
        page.database_contains("receipt/", false).await
    });
}

#[test]
fn a_city_that_does_not_know_the_receipt_says_so() {
    stage(async |stage| {
        let page = &stage.page;
        let id = open_own_sample(stage, "01189").await?;
        let refusal = r#"[{"code": 403, "description": "receipt is not the one of this request"}]"#;
        stage.host.answer(
            &format!("POST {UPDATES}"),
            Reply::text(403, "application/json", refusal),
        );
        page.press(&en("act.withdraw")).await?;
        page.heading(&en("act.withdraw")).await?;
        page.find("button", &en("act.withdraw"))
            .await?
            .click()
            .await?;
        page.sees("receipt is not the one of this request").await?;
        page.sees(&en("status.by-phone")).await?;
        assert_eq!(stage.city.request(&id).await?["status"], "open");
        Ok(())
    });
}

#[test]
fn without_the_extension_no_receipt_is_kept_or_sent() {
    stage(async |stage| {
        let page = &stage.page;
        stage.without_extension("receipt").await?;
        ready_to_send(stage, Reply::passthrough()).await?;
        page.press(&en("send")).await?;
        let number = sent_number(page).await?;
        page.database_contains(&format!("mine/{number}"), true)
            .await?;
        page.database_contains("receipt/", false).await?;
        let accepted = Reply::json(r#"[{"update_id": 9}]"#);
        stage.host.answer(&format!("POST {UPDATES}"), accepted);
        page.leave_and_return().await?;
        open_hash(stage, &format!("#/status/{number}/withdraw")).await?;
        page.find("button", &en("act.withdraw"))
            .await?
            .click()
            .await?;
        page.hears(&en("act.withdrawn")).await?;
        assert_eq!(posted(stage, "receipt")?, "");
        Ok(())
    });
}

#[test]
fn where_the_city_asks_the_sender_to_confirm_another_device_may_ask_for_it() {
    stage(async |stage| {
        let page = &stage.page;
        stage
            .configure(|config| {
                config["extensions"] = json!(["updates", "idempotency", "receipt", "confirmation"]);
            })
            .await?;
        let fields = [
            ("service_code", "street-sweeping"),
            ("address_string", "4 Main St"),
            ("email", "ada@example.org"),
        ];
        stage.city.post("requests.json", &fields).await?;
        let number = newest_number(stage).await?;
        open_hash(stage, &format!("#/status/{number}")).await?;
        page.press(&en("act.withdraw")).await?;
        page.sees(&en("act.confirm")).await?;
        page.find("button", &en("act.withdraw"))
            .await?
            .click()
            .await?;
        page.hears(&en("act.to-confirm")).await?;
        assert_eq!(posted(stage, "confirmation")?, "yes");
        assert_eq!(stage.city.request(&number).await?["status"], "open");
        let announced = page.announcements().await?;
        assert!(!announced.contains(&en("act.withdrawn")), "{announced}");
        Ok(())
    });
}
