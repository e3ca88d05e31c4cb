//! What a resident does about a request reaches the city as it was meant.

use anyhow::Result;
use frontdoor_tests::{Reply, Stage, en, eventually, pairs, stage};
use serde_json::{Value, json};

use crate::{number, own_row, show};

const UPDATES: &str = "/open311/v2/servicerequestupdates.json";

/// The fields of the update that was sent last.
async fn sent(stage: &Stage) -> Result<Vec<(String, String)>> {
    eventually("an update", async || {
        let sent = stage.host.seen("POST", UPDATES).len();
        Ok((sent == 0).then(|| "none".to_owned()))
    })
    .await?;
    pairs(&stage.host.seen("POST", UPDATES).last().unwrap().body)
}

fn field<'a>(fields: &'a [(String, String)], name: &str) -> Option<&'a str> {
    let found = fields.iter().find(|(known, _)| known == name);
    found.map(|(_, value)| value.as_str())
}

#[test]
fn a_request_is_taken_back() {
    stage(async |stage| {
        let page = &stage.page;
        crate::open(stage, "01189").await?;
        page.press(&en("act.withdraw")).await?;
        page.sees(&en("act.withdraw-more")).await?;
        page.find("button", &en("act.withdraw"))
            .await?
            .click()
            .await?;
        page.hears(&en("act.withdrawn")).await?;
        page.heading(&en("status.withdrawn")).await?;
        let fields = sent(stage).await?;
        assert_eq!(field(&fields, "status"), Some("withdrawn"));
        page.loses(&en("act.withdraw")).await?;
        // What was taken back was not done in time.
        let kept = en("status.kept");
        page.loses(kept.split('{').next().unwrap()).await
    });
}

#[test]
fn who_has_waited_too_long_reminds_the_city() {
    stage(async |stage| {
        let page = &stage.page;
        let id = crate::open(stage, "01193").await?;
        page.press(&en("act.remind")).await?;
        page.sees(&en("act.remind-more")).await?;
        page.find("button", &en("act.remind"))
            .await?
            .click()
            .await?;
        page.hears(&en("act.reminded")).await?;
        let fields = sent(stage).await?;
        assert_eq!(field(&fields, "type"), Some("reminder"));
        assert_eq!(
            field(&fields, "description"),
            Some(en("act.remind-usual").as_str())
        );
        // The resident's own words are not the city's reason.
        page.sees(&en("act.remind-usual")).await?;
        let reason = "[...document.querySelector('front-door').shadowRoot.querySelectorAll('.promise.late .own-words')].map((node) => node.textContent).join()";
        assert!(!page.eval(reason).await?.contains(&en("act.remind-usual")));
        let clerk = stage.city.ask(&format!("requests/{id}.json")).await?;
        assert_eq!(clerk[0]["status"], "open");
        Ok(())
    });
}

#[test]
fn a_photo_goes_along_with_what_is_added() {
    stage(async |stage| {
        let page = &stage.page;
        let id = crate::open(stage, "01187").await?;
        page.press(&en("act.add")).await?;
        let words = en("act.words");
        page.fill(&words, "It is deeper now.").await?;
        let folder = tempfile::tempdir()?;
        let file = folder.path().join("hole.png");
        std::fs::write(&file, PNG)?;
        let label = en("optional").replace("{label}", &en("photos.label"));
        let chosen = page.find("textbox", &label).await?;
        chosen.send_keys(file.display().to_string()).await?;
        page.sees(&en("act.photo-ready")).await?;
        page.press(&en("send")).await?;
        page.hears(&en("act.added")).await?;
        page.sees("It is deeper now.").await?;
        let told = stage
            .city
            .ask(&format!(
                "servicerequestupdates.json?service_request_id={id}"
            ))
            .await?;
        let last = told.as_array().unwrap().last().unwrap().clone();
        assert_eq!(last["description"], "It is deeper now.");
        let photo = last["media_url"].as_str().unwrap_or_default();
        assert!(photo.contains("/media/"), "{last}");
        // It stands in the time line.
        let shown = "document.querySelector('front-door').shadowRoot.querySelector('.time img')?.src.includes('/media/')";
        page.until(shown).await
    });
}

#[test]
fn words_that_are_added_open_nothing_that_was_closed_since() {
    stage(async |stage| {
        let page = &stage.page;
        show(stage, own_row("open"), json!([])).await?;
        page.press(&en("act.add")).await?;
        page.fill(&en("act.words"), "Thank you!").await?;
        let row = own_row("closed").to_string();
        stage
            .host
            .answer("/open311/v2/requests/7.json", Reply::json(row));
        stage
            .host
            .answer(&format!("POST {UPDATES}"), Reply::json("[]"));
        page.press(&en("send")).await?;
        page.hears(&en("act.added")).await?;
        let fields = sent(stage).await?;
        assert_eq!(field(&fields, "status"), None);
        Ok(())
    });
}

#[test]
fn what_the_city_will_not_open_again_is_sent_anew_and_says_what_it_follows() {
    stage(async |stage| {
        let page = &stage.page;
        let id = number(stage, "01200").await?;
        let mut row = own_row("closed");
        row[0]["service_request_id"] = json!(id);
        row[0]["service_code"] = json!("street-sweeping");
        row[0]["address"] = json!("4 Main St");
        row[0]["lat"] = json!(40.6201);
        row[0]["long"] = json!(-89.9202);
        let path = format!("/open311/v2/requests/{id}.json");
        stage.host.answer(&path, Reply::json(row.to_string()));
        crate::open(stage, "01200").await?;
        let no = r#"[{"code": 403, "description": "Closed for good"}]"#;
        stage.host.answer(
            &format!("POST {UPDATES}"),
            Reply::text(403, "application/json", no),
        );
        page.press(&en("act.still")).await?;
        page.press(&en("send")).await?;
        page.sees("Closed for good").await?;
        page.press(&en("act.still-new")).await?;
        page.holds(&en("place.label"), "4 Main St").await?;
        page.press(&en("continue")).await?;
        let words = en("act.still-linked").replace("{number}", &id);
        page.holds(&en("description.alone"), &words).await?;
        page.press(&en("continue")).await?;
        page.heading(&en("photos.heading")).await?;
        page.press(&en("continue")).await?;
        for (field, text) in [
            ("first-name", "Ada"),
            ("last-name", "Byron"),
            ("email", "ada@example.org"),
        ] {
            page.fill(&en(field), text).await?;
        }
        page.press(&en("continue")).await?;
        page.heading(&en("check.heading")).await?;
        page.press(&en("send")).await?;
        page.heading(&en("sent.heading")).await?;
        let newest = stage.city.ask("requests.json?page_size=1").await?;
        assert_eq!(newest[0]["linked_request_id"], json!(id), "{newest}");
        assert_eq!(newest[0]["lat"].as_f64(), Some(40.6201), "{newest}");
        Ok(())
    });
}

#[test]
fn a_no_inside_of_a_yes_is_a_no() {
    stage(async |stage| {
        let page = &stage.page;
        show(stage, own_row("open"), json!([])).await?;
        stage.host.answer(
            &format!("POST {UPDATES}"),
            Reply::json(r#"[{"code": 400, "description": "Not like this"}]"#),
        );
        page.press(&en("act.add")).await?;
        page.fill(&en("act.words"), "It is deeper now.").await?;
        page.press(&en("send")).await?;
        page.sees("Not like this").await?;
        page.holds(&en("act.words"), "It is deeper now.").await
    });
}

fn question() -> Value {
    json!([{ "update_id": 1, "service_request_id": "7", "type": "question",
        "description": "Which one is it?", "updated_datetime": "2026-11-02T10:00:00Z" }])
}

#[test]
fn a_question_is_answered_although_the_city_does_not_say_who_said_what() {
    stage(async |stage| {
        let page = &stage.page;
        show(stage, own_row("open"), question()).await?;
        page.sees(&en("status.asks-you")).await?;
        page.press(&en("act.answer")).await?;
        page.sees("Which one is it?").await?;
        stage
            .host
            .answer(&format!("POST {UPDATES}"), Reply::json("[]"));
        page.fill(&en("act.words"), "The left one.").await?;
        page.press(&en("send")).await?;
        page.hears(&en("act.answered")).await?;
        page.sees(&en("status.history")).await?;
        page.loses(&en("status.asks-you")).await?;
        // Another question is another one.
        let mut asked = question();
        asked[0]["updated_datetime"] = json!("2026-11-05T10:00:00Z");
        stage.host.answer(UPDATES, Reply::json(asked.to_string()));
        page.press(&en("status.look-again")).await?;
        page.sees(&en("status.asks-you")).await?;
        // And none is open once it is closed.
        let row = own_row("closed").to_string();
        stage
            .host
            .answer("/open311/v2/requests/7.json", Reply::json(row));
        page.press(&en("status.look-again")).await?;
        page.heading(&en("status.closed")).await?;
        page.loses(&en("status.asks-you")).await
    });
}

/// One pixel.
const PNG: [u8; 67] = [
    0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0x0d, 0x49, 0x48, 0x44, 0x52, 0, 0, 0,
    1, 0, 0, 0, 1, 8, 0, 0, 0, 0, 0x3a, 0x7e, 0x9b, 0x55, 0, 0, 0, 0x0a, 0x49, 0x44, 0x41, 0x54,
    0x78, 0xda, 0x63, 0x60, 0, 0, 0, 2, 0, 1, 0xe5, 0x27, 0xde, 0xfc, 0, 0, 0, 0, 0x49, 0x45, 0x4e,
    0x44, 0xae, 0x42, 0x60, 0x82,
];
