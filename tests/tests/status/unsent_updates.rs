//! What is written to an existing request is kept on the device until the city has it, and arrives once: after a lost
//! answer, in two windows, and without a network.

use std::time::Duration;

use anyhow::Result;
use frontdoor_tests::steps::common::{PNG, TAG, UPDATES, arrived};
use frontdoor_tests::steps::status::{made_up, open_made_up, open_own_sample, open_sample};
use frontdoor_tests::{Page, Reply, Stage, en, form_fields, stage};
use serde_json::{Value, json};
use tempfile::TempDir;

const WORDS: &str = "A wheel broke in it this morning.";
const OTHER_WORDS: &str = "Two wheels broke in it this morning.";

/// Removes all photos from the database, as a browser does that needs room.
const LOSE_PHOTOS: &str = "indexedDB.open('front-door').onsuccess = ({ target }) => {
  const store = target.result.transaction('kept', 'readwrite').objectStore('kept');
  store.getAllKeys().onsuccess = ({ target: { result } }) => {
    for (const key of result) if (key.includes('photo/')) store.delete(key);
  };
};";

fn post_updates() -> String {
    format!("POST {UPDATES}")
}

fn posts(stage: &Stage) -> usize {
    stage.host.seen("POST", UPDATES).len()
}

/// How many updates with these words the city has.
async fn count(stage: &Stage, id: &str, words: &str) -> Result<usize> {
    let path = format!("servicerequestupdates.json?service_request_id={id}");
    let updates = stage.city.get(&path).await?;
    let descriptions = updates.as_array().into_iter().flatten();
    let has_words = |row: &&Value| {
        row["description"]
            .as_str()
            .is_some_and(|text| text.starts_with(words))
    };
    Ok(descriptions.filter(has_words).count())
}

/// Opens a request of the sample city, and writes something to it.
async fn write(stage: &Stage, words: &str) -> Result<String> {
    let page = &stage.page;
    let id = open_sample(stage, "01187").await?;
    page.press(&en("act.add")).await?;
    page.fill(&en("act.words"), words).await?;
    Ok(id)
}

/// The same with a photo, whose file must outlive the choice.
async fn write_with_photo(stage: &Stage) -> Result<(String, TempDir)> {
    let page = &stage.page;
    let id = write(stage, WORDS).await?;
    let label = en("optional").replace("{label}", &en("photos.label"));
    let file = page.choose_file(&label, "hole.png", &PNG).await?;
    page.sees(&en("act.photo-ready")).await?;
    page.database_contains("photo/", true).await?;
    Ok((id, file))
}

async fn is_sent(page: &Page) -> Result<()> {
    page.hears(&en("act.added")).await?;
    page.sees(&en("status.history")).await
}

#[test]
fn what_was_written_outlives_the_window_and_is_gone_once_it_is_sent() {
    stage(async |stage| {
        let page = &stage.page;
        let id = write(stage, WORDS).await?;
        page.database_contains(WORDS, true).await?;
        page.leave_and_return().await?;
        open_sample(stage, "01187").await?;
        page.sees(&en("act.unsent")).await?;
        page.press(&en("act.unsent-open")).await?;
        page.holds(&en("act.words"), WORDS).await?;
        page.press(&en("act.send")).await?;
        is_sent(page).await?;
        assert_eq!(count(stage, &id, WORDS).await?, 1);
        page.database_contains(WORDS, false).await?;
        page.loses(&en("act.unsent")).await
    });
}

#[test]
fn an_answer_that_says_nothing_keeps_the_words_and_the_next_press_makes_no_second_update() {
    stage(async |stage| {
        let page = &stage.page;
        let id = write(stage, WORDS).await?;
        for reply in [
            Reply::lost(),
            Reply::html("<title>WiFi</title>").after_processing(),
            Reply::status(200),
            Reply::status(204),
            Reply::json("null"),
            Reply::json(r#"{"error": "nothing was stored"}"#),
            Reply::json(r#"{"success": false, "message": "refused"}"#),
            Reply::half(),
            Reply::status(503),
        ] {
            stage.host.answer(&post_updates(), reply);
            page.press(&en("act.send")).await?;
            page.focus_on("alert", &en("send.unclear")).await?;
            page.holds(&en("act.words"), WORDS).await?;
            stage.host.restore(&post_updates());
        }
        let keys: Vec<String> = stage
            .host
            .seen("POST", UPDATES)
            .iter()
            .filter_map(|post| {
                let fields = form_fields(&post.body).ok()?;
                let key =
                    |(name, value): (String, String)| (name == "idempotency_key").then_some(value);
                fields.into_iter().find_map(key)
            })
            .collect();
        assert!(
            keys.len() >= 9 && keys.iter().all(|key| *key == keys[0]),
            "{keys:?}"
        );
        // A reload in the middle changes nothing.
        page.reload().await?;
        page.sees(&en("send.unclear")).await?;
        page.holds(&en("act.words"), WORDS).await?;
        page.press(&en("status.look-again")).await?;
        is_sent(page).await?;
        assert_eq!(count(stage, &id, WORDS).await?, 1);
        Ok(())
    });
}

#[test]
fn words_that_were_changed_after_a_lost_answer_are_not_taken_for_sent() {
    stage(async |stage| {
        let page = &stage.page;
        let id = write(stage, WORDS).await?;
        stage.host.answer(&post_updates(), Reply::lost());
        page.press(&en("act.send")).await?;
        page.focus_on("alert", &en("send.unclear")).await?;
        stage.host.restore(&post_updates());
        page.fill(&en("act.words"), OTHER_WORDS).await?;
        page.press(&en("act.send")).await?;
        page.focus_on("alert", &en("act.earlier")).await?;
        page.sees(WORDS).await?;
        page.sees(&en("act.earlier-more")).await?;
        page.holds(&en("act.words"), OTHER_WORDS).await?;
        assert_eq!(count(stage, &id, WORDS).await?, 1);
        assert_eq!(count(stage, &id, OTHER_WORDS).await?, 0);
        page.press(&en("act.send-too")).await?;
        is_sent(page).await?;
        assert_eq!(count(stage, &id, WORDS).await?, 1);
        assert_eq!(count(stage, &id, OTHER_WORDS).await?, 1);
        Ok(())
    });
}

#[test]
fn an_endpoint_without_keys_is_looked_at_before_anything_is_sent_again() {
    stage(async |stage| {
        let page = &stage.page;
        stage.without_extension("idempotency").await?;
        let id = write(stage, WORDS).await?;
        stage.host.answer(&post_updates(), Reply::lost());
        page.press(&en("act.send")).await?;
        is_sent(page).await?;
        assert_eq!(posts(stage), 1);
        assert_eq!(count(stage, &id, WORDS).await?, 1);
        Ok(())
    });
}

#[test]
fn what_cannot_be_found_is_said_and_somebody_elses_words_are_only_shown() {
    stage(async |stage| {
        let page = &stage.page;
        stage.without_extension("idempotency").await?;
        open_made_up(stage, made_up("open"), json!([])).await?;
        page.press(&en("act.add")).await?;
        page.fill(&en("act.words"), WORDS).await?;
        stage.host.answer(
            UPDATES,
            Reply::json(json!([{ "update_id": 5, "description": WORDS }]).to_string()),
        );
        stage.host.answer(&post_updates(), Reply::broken());
        page.press(&en("act.send")).await?;
        page.focus_on("alert", &en("send.unclear")).await?;
        page.sees(&en("act.unclear-looked")).await?;
        assert_eq!(posts(stage), 1);
        page.holds(&en("act.words"), WORDS).await?;
        // The resident knows what was theirs.
        page.press(&en("act.mine")).await?;
        is_sent(page).await?;
        assert_eq!(posts(stage), 1);
        Ok(())
    });
}

#[test]
fn after_a_refusal_the_words_are_kept_and_there_is_no_doubt() {
    stage(async |stage| {
        let page = &stage.page;
        let id = write(stage, WORDS).await?;
        let refusal = r#"[{"code": 400, "description": "Too late for that"}]"#;
        stage.host.answer(
            &post_updates(),
            Reply::text(400, "application/json", refusal),
        );
        page.press(&en("act.send")).await?;
        page.sees("Too late for that").await?;
        page.reload().await?;
        page.holds(&en("act.words"), WORDS).await?;
        let text = page.text().await?;
        assert!(!text.contains(&en("send.unclear")), "{text}");
        stage.host.restore(&post_updates());
        page.press(&en("act.send")).await?;
        is_sent(page).await?;
        assert_eq!(count(stage, &id, WORDS).await?, 1);
        Ok(())
    });
}

/// Sends something without a network, so that it waits.
async fn send_offline(stage: &Stage) -> Result<String> {
    let page = &stage.page;
    let id = write(stage, WORDS).await?;
    page.set_offline(true).await?;
    page.press(&en("act.send")).await?;
    page.focus_on("alert", &en("act.waiting")).await?;
    page.sees(&en("act.waits")).await?;
    page.database_contains(WORDS, true).await?;
    Ok(id)
}

#[test]
fn without_a_network_an_update_waits_and_the_page_becomes_the_confirmation() {
    stage(async |stage| {
        let page = &stage.page;
        let id = send_offline(stage).await?;
        assert_eq!(posts(stage), 0);
        page.set_offline(false).await?;
        is_sent(page).await?;
        assert_eq!(posts(stage), 1);
        assert_eq!(count(stage, &id, WORDS).await?, 1);
        page.database_contains(WORDS, false).await
    });
}

#[test]
fn an_update_that_waits_is_sent_from_any_view_of_a_later_visit() {
    stage(async |stage| {
        let page = &stage.page;
        let id = send_offline(stage).await?;
        page.leave_and_return().await?;
        assert_eq!(posts(stage), 0);
        page.open(&stage.host.page(TAG)).await?;
        page.hears(&en("act.added")).await?;
        assert_eq!(posts(stage), 1);
        assert_eq!(count(stage, &id, WORDS).await?, 1);
        Ok(())
    });
}

#[test]
fn two_windows_send_an_update_that_waits_once() {
    stage(async |stage| {
        let page = &stage.page;
        let id = send_offline(stage).await?;
        let slow = Reply::passthrough().delayed(Duration::from_secs(2));
        stage.host.answer(&post_updates(), slow);
        let first = page.new_tab().await?;
        let second = page.browser.window().await?;
        page.open(&stage.host.page(TAG)).await?;
        arrived(stage, "POST", UPDATES, 1).await?;
        page.browser.switch_to_window(first.clone()).await?;
        page.set_offline(false).await?;
        page.browser.switch_to_window(second).await?;
        page.hears(&en("act.added")).await?;
        page.close_tab(first).await?;
        assert_eq!(posts(stage), 1);
        assert_eq!(count(stage, &id, WORDS).await?, 1);
        Ok(())
    });
}

#[test]
fn an_update_that_waits_can_be_changed_or_erased() {
    stage(async |stage| {
        let page = &stage.page;
        let id = send_offline(stage).await?;
        page.fill(&en("act.words"), OTHER_WORDS).await?;
        page.loses(&en("act.waits")).await?;
        page.press(&en("act.send")).await?;
        page.sees(&en("act.waits")).await?;
        page.set_offline(false).await?;
        is_sent(page).await?;
        assert_eq!(count(stage, &id, WORDS).await?, 0);
        assert_eq!(count(stage, &id, OTHER_WORDS).await?, 1);
        let id = send_offline(stage).await?;
        page.press(&en("act.erase")).await?;
        page.hears(&en("erased")).await?;
        page.set_offline(false).await?;
        page.database_contains(WORDS, false).await?;
        assert_eq!(count(stage, &id, WORDS).await?, 0);
        Ok(())
    });
}

#[test]
fn each_kind_of_update_is_kept_by_itself_and_sent_once_after_a_lost_answer() {
    stage(async |stage| {
        let page = &stage.page;
        for (last, kind, button, sent) in [
            ("01200", "still-there", "act.send", "act.reopened"),
            ("01188", "answer", "act.send", "act.answered"),
            ("01193", "remind", "act.remind", "act.reminded"),
            ("01189", "withdraw", "act.withdraw", "act.withdrawn"),
        ] {
            let id = open_own_sample(stage, last).await?;
            page.script(
                &format!("location.hash = '#/status/{id}/{kind}'"),
                Vec::new(),
            )
            .await?;
            page.fill(&en("act.words"), WORDS).await?;
            stage.host.answer(&post_updates(), Reply::lost());
            page.find("button", &en(button)).await?.click().await?;
            page.focus_on("alert", &en("send.unclear")).await?;
            page.reload().await?;
            page.holds(&en("act.words"), WORDS).await?;
            stage.host.restore(&post_updates());
            page.press(&en("status.look-again")).await?;
            page.hears(&en(sent)).await?;
            assert_eq!(count(stage, &id, WORDS).await?, 1, "{kind}");
        }
        Ok(())
    });
}

#[test]
fn nothing_that_is_written_stays_on_a_shared_computer() {
    stage(async |stage| {
        let page = &stage.page;
        write(stage, WORDS).await?;
        page.database_contains(WORDS, true).await?;
        page.press(&en("back")).await?;
        page.press(&en("shared-computer")).await?;
        page.heading(&en("lookup.heading")).await?;
        let stored = page.stored_data().await?;
        assert!(!stored.contains(WORDS), "{stored}");
        Ok(())
    });
}

#[test]
fn a_photo_outlives_the_window_and_goes_along() {
    stage(async |stage| {
        let page = &stage.page;
        let (id, _file) = write_with_photo(stage).await?;
        page.reload().await?;
        page.holds(&en("act.words"), WORDS).await?;
        page.sees(&en("act.photo-ready")).await?;
        page.press(&en("act.send")).await?;
        is_sent(page).await?;
        let path = format!("servicerequestupdates.json?service_request_id={id}");
        let updates = stage.city.get(&path).await?;
        let last = updates.as_array().unwrap().last().unwrap().clone();
        let photo = last["media_url"].as_str().unwrap_or_default();
        assert!(photo.contains("/media/"), "{last}");
        page.database_contains("photo/", false).await
    });
}

#[test]
fn a_photo_that_the_device_lost_is_not_left_out_in_silence() {
    stage(async |stage| {
        let page = &stage.page;
        let (id, _file) = write_with_photo(stage).await?;
        page.script(LOSE_PHOTOS, Vec::new()).await?;
        page.database_contains("photo/", false).await?;
        page.press(&en("act.send")).await?;
        page.focus_on("alert", &en("photo.lost")).await?;
        assert_eq!(posts(stage), 0);
        // The words can go without it.
        page.press(&en("act.send")).await?;
        is_sent(page).await?;
        assert_eq!(count(stage, &id, WORDS).await?, 1);
        Ok(())
    });
}
