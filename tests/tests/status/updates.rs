//! What a resident says about a request, sent as updates, and what happens if the endpoint takes none.

use anyhow::{Context, Result};
use frontdoor_tests::steps::common::{PNG, UPDATES, arrived, text_before_placeholder};
use frontdoor_tests::steps::request::photos_to_review;
use frontdoor_tests::steps::status::{
    MADE_UP, made_up, make_own, open_made_up, open_own_sample, open_sample, sample_number,
};
use frontdoor_tests::{ROOT, Reply, Stage, en, form_fields, stage};
use serde_json::{Value, json};

#[test]
fn still_there_reopens_a_closed_request() {
    stage(async |stage| {
        let page = &stage.page;
        open_sample(stage, "01200").await?;
        page.press(&en("act.still")).await?;
        page.heading(&en("act.still")).await?;
        page.press(&en("act.send")).await?;
        page.hears(&en("act.reopened")).await?;
        page.sees(&en("act.still-usual")).await?;
        let fields = posted_update(stage).await?;
        assert_eq!(field(&fields, "status"), Some("open"));
        Ok(())
    });
}

#[test]
fn a_refused_update_says_why_and_keeps_what_was_written() {
    stage(async |stage| {
        let page = &stage.page;
        open_sample(stage, "01187").await?;
        stage.host.answer(
            UPDATES,
            Reply::text(
                400,
                "application/json",
                r#"[{"code": 400, "description": "Too late for that"}]"#,
            ),
        );
        page.press(&en("act.add")).await?;
        page.fill(&en("act.words"), "It is deeper now.").await?;
        page.press(&en("act.send")).await?;
        page.sees("Too late for that").await?;
        page.sees(&en("act.not-lost")).await?;
        page.holds(&en("act.words"), "It is deeper now.").await?;
        stage.host.restore(UPDATES);
        page.press(&en("problem.retry")).await?;
        page.sees("It is deeper now.").await?;
        page.sees(&en("status.history")).await
    });
}

#[test]
fn without_updates_the_page_shows_the_number_to_read_out_on_the_phone() {
    stage(async |stage| {
        let page = &stage.page;
        stage.without_extension("updates").await?;
        let id = open_sample(stage, "01200").await?;
        page.sees(&en("status.by-phone")).await?;
        page.sees(&id).await?;
        let text = page.text().await?;
        assert!(!text.contains(&en("act.add")), "{text}");
        // “Still there” leads to a new request that names the old one.
        page.press(&en("act.still")).await?;
        page.heading(&en("place.heading")).await
    });
}

#[test]
fn a_question_from_the_city_can_be_answered() {
    stage(async |stage| {
        let page = &stage.page;
        open_own_sample(stage, "01188").await?;
        page.sees(&en("status.asks-you")).await?;
        page.press(&en("act.answer")).await?;
        page.heading(&en("act.answer")).await?;
        // An empty answer is an error.
        page.press(&en("act.send")).await?;
        page.sees(&en("act.empty")).await?;
        page.fill(&en("act.words"), "The one by the gate.").await?;
        page.press(&en("act.send")).await?;
        page.sees("The one by the gate.").await?;
        page.loses(&en("status.asks-you")).await
    });
}

/// The fields of the last update that was posted.
async fn posted_update(stage: &Stage) -> Result<Vec<(String, String)>> {
    arrived(stage, "POST", UPDATES, 1).await?;
    let posts = stage.host.seen("POST", UPDATES);
    form_fields(&posts.last().context("no update")?.body)
}

fn field<'a>(fields: &'a [(String, String)], name: &str) -> Option<&'a str> {
    let found = fields.iter().find(|(known, _)| known == name);
    found.map(|(_, value)| value.as_str())
}

#[test]
fn a_request_can_be_withdrawn() {
    stage(async |stage| {
        let page = &stage.page;
        open_own_sample(stage, "01189").await?;
        page.press(&en("act.withdraw")).await?;
        page.sees(&en("act.withdraw-more")).await?;
        page.find("button", &en("act.withdraw"))
            .await?
            .click()
            .await?;
        page.hears(&en("act.withdrawn")).await?;
        page.heading(&en("status.withdrawn")).await?;
        let fields = posted_update(stage).await?;
        assert_eq!(field(&fields, "status"), Some("withdrawn"));
        page.loses(&en("act.withdraw")).await?;
        // A withdrawn request does not count as done in time.
        page.loses(&text_before_placeholder("status.kept")).await
    });
}

#[test]
fn a_late_request_can_be_followed_by_a_reminder() {
    stage(async |stage| {
        let page = &stage.page;
        let id = open_own_sample(stage, "01193").await?;
        page.press(&en("act.remind")).await?;
        page.sees(&en("act.remind-more")).await?;
        page.find("button", &en("act.remind"))
            .await?
            .click()
            .await?;
        page.hears(&en("act.reminded")).await?;
        let fields = posted_update(stage).await?;
        assert_eq!(field(&fields, "type"), Some("reminder"));
        assert_eq!(
            field(&fields, "description"),
            Some(en("act.remind-usual").as_str())
        );
        // The resident's text is in the history, and not shown as the city's reason.
        page.sees(&en("act.remind-usual")).await?;
        let reason = format!(
            "[...{ROOT}.querySelectorAll('.promise.late .own-words')].map((node) => node.textContent).join()"
        );
        assert!(!page.eval(&reason).await?.contains(&en("act.remind-usual")));
        assert_eq!(stage.city.request(&id).await?["status"], "open");
        Ok(())
    });
}

#[test]
fn a_photo_can_be_added_with_a_note() {
    stage(async |stage| {
        let page = &stage.page;
        let id = open_sample(stage, "01187").await?;
        page.press(&en("act.add")).await?;
        page.fill(&en("act.words"), "It is deeper now.").await?;
        let label = en("optional").replace("{label}", &en("photos.label"));
        let _file = page.choose_file(&label, "hole.png", &PNG).await?;
        page.sees(&en("act.photo-ready")).await?;
        page.press(&en("act.send")).await?;
        page.hears(&en("act.added")).await?;
        page.sees("It is deeper now.").await?;
        let path = format!("servicerequestupdates.json?service_request_id={id}");
        let updates = stage.city.get(&path).await?;
        let last = updates.as_array().unwrap().last().unwrap().clone();
        assert_eq!(last["description"], "It is deeper now.");
        let photo = last["media_url"].as_str().unwrap_or_default();
        assert!(photo.contains("/media/"), "{last}");
        // The photo is in the history.
        let is_shown = format!("{ROOT}.querySelector('.time img')?.src.includes('/media/')");
        page.until(&is_shown).await
    });
}

#[test]
fn adding_a_note_does_not_reopen_a_request_closed_since() {
    stage(async |stage| {
        let page = &stage.page;
        open_made_up(stage, made_up("open"), json!([])).await?;
        page.press(&en("act.add")).await?;
        page.fill(&en("act.words"), "Thank you!").await?;
        let row = made_up("closed").to_string();
        stage.host.answer(MADE_UP, Reply::json(row));
        stage.host.answer(
            &format!("POST {UPDATES}"),
            Reply::json(r#"[{"update_id": 9}]"#),
        );
        page.press(&en("act.send")).await?;
        page.hears(&en("act.added")).await?;
        let fields = posted_update(stage).await?;
        assert_eq!(field(&fields, "status"), None);
        Ok(())
    });
}

#[test]
fn a_request_that_cannot_be_reopened_is_sent_as_a_new_one_that_names_it() {
    stage(async |stage| {
        let page = &stage.page;
        let id = sample_number(stage, "01200").await?;
        let mut row = made_up("closed");
        row[0]["service_request_id"] = json!(id);
        row[0]["service_code"] = json!("street-sweeping");
        row[0]["address"] = json!("4 Main St");
        row[0]["lat"] = json!(40.6201);
        row[0]["long"] = json!(-89.9202);
        let path = format!("/open311/v2/requests/{id}.json");
        stage.host.answer(&path, Reply::json(row.to_string()));
        open_sample(stage, "01200").await?;
        let no = r#"[{"code": 403, "description": "Closed for good"}]"#;
        stage.host.answer(
            &format!("POST {UPDATES}"),
            Reply::text(403, "application/json", no),
        );
        page.press(&en("act.still")).await?;
        page.press(&en("act.send")).await?;
        page.sees("Closed for good").await?;
        page.press(&en("act.still-new")).await?;
        page.holds(&en("place.label"), "4 Main St").await?;
        page.press(&en("continue")).await?;
        let description = en("act.still-linked").replace("{number}", &id);
        page.holds(&en("description.alone"), &description).await?;
        page.press(&en("continue")).await?;
        photos_to_review(page).await?;
        page.press(&en("send")).await?;
        page.heading(&en("sent.heading")).await?;
        let newest = stage.city.get("requests.json?page_size=1").await?;
        assert_eq!(newest[0]["linked_request_id"], json!(id), "{newest}");
        assert_eq!(newest[0]["lat"].as_f64(), Some(40.6201), "{newest}");
        Ok(())
    });
}

#[test]
fn a_refusal_with_status_200_is_a_refusal() {
    stage(async |stage| {
        let page = &stage.page;
        open_made_up(stage, made_up("open"), json!([])).await?;
        stage.host.answer(
            &format!("POST {UPDATES}"),
            Reply::json(r#"[{"code": 400, "description": "Not like this"}]"#),
        );
        page.press(&en("act.add")).await?;
        page.fill(&en("act.words"), "It is deeper now.").await?;
        page.press(&en("act.send")).await?;
        page.sees("Not like this").await?;
        page.holds(&en("act.words"), "It is deeper now.").await
    });
}

/// An update in which the city asks something, without an author.
fn question() -> Value {
    json!([{ "update_id": 1, "service_request_id": "7", "type": "question",
        "description": "Which one is it?", "updated_datetime": "2026-11-02T10:00:00Z" }])
}

#[test]
fn an_answered_question_stays_answered_if_updates_have_no_author() {
    stage(async |stage| {
        let page = &stage.page;
        open_made_up(stage, made_up("open"), question()).await?;
        make_own(page, "7").await?;
        page.sees(&en("status.asks-you")).await?;
        page.press(&en("act.answer")).await?;
        page.sees("Which one is it?").await?;
        stage.host.answer(
            &format!("POST {UPDATES}"),
            Reply::json(r#"[{"update_id": 9}]"#),
        );
        page.fill(&en("act.words"), "The left one.").await?;
        page.press(&en("act.send")).await?;
        page.hears(&en("act.answered")).await?;
        page.sees(&en("status.history")).await?;
        page.loses(&en("status.asks-you")).await?;
        // A later question is a new one.
        let mut later = question();
        later[0]["updated_datetime"] = json!("2026-11-05T10:00:00Z");
        stage.host.answer(UPDATES, Reply::json(later.to_string()));
        page.press(&en("status.look-again")).await?;
        page.sees(&en("status.asks-you")).await?;
        // A closed request has no open question.
        let row = made_up("closed").to_string();
        stage.host.answer(MADE_UP, Reply::json(row));
        page.press(&en("status.look-again")).await?;
        page.heading(&en("status.closed")).await?;
        page.loses(&en("status.asks-you")).await
    });
}
