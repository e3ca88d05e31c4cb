//! The sentence that stands for a status, for every word that endpoints use.

use frontdoor_tests::steps::common::text_before_placeholder;
use frontdoor_tests::steps::status::{MADE_UP, made_up, make_own, open_made_up};
use frontdoor_tests::{Reply, en, stage};
use serde_json::json;

/// Statuses of systems that cities use, and the key of the sentence for each.
const STATUSES: [(&str, &str); 44] = [
    ("open", "open"),
    ("Opened", "open"),
    ("Reopened", "open"),
    ("OPEN ", "open"),
    ("closed", "closed"),
    ("Close", "closed"),
    ("received", "received"),
    ("New", "received"),
    ("submitted", "received"),
    ("unconfirmed", "received"),
    ("pending", "received"),
    ("registered", "received"),
    ("MODERATION", "under-review"),
    ("under_review", "under-review"),
    ("Investigating", "under-review"),
    ("for triage", "under-review"),
    ("acknowledged", "acknowledged"),
    ("Accepted", "acknowledged"),
    ("confirmed", "acknowledged"),
    ("assigned", "acknowledged"),
    ("planned", "planned"),
    ("action_scheduled", "planned"),
    ("public-works-needed", "planned"),
    ("In  Progress", "in-progress"),
    ("IN_PROCESS", "in-progress"),
    ("started", "in-progress"),
    ("on_hold", "on-hold"),
    ("waiting", "on-hold"),
    ("internal referral", "referred"),
    ("forwarded", "referred"),
    ("referred_to_veolia", "referred"),
    ("fixed", "done"),
    ("fixed - council", "done"),
    ("Completed", "done"),
    ("RESOLVED", "done"),
    ("rejected", "declined"),
    ("no further action", "declined"),
    ("unable_to_fix", "declined"),
    ("not councils responsibility", "not-responsible"),
    ("duplicate", "duplicate"),
    ("cancelled", "withdrawn"),
    ("canceled", "withdrawn"),
    ("archived", "archived"),
    ("hidden", "archived"),
];

#[test]
fn every_known_status_is_a_sentence_with_the_city_s_word_next_to_it() {
    stage(async |stage| {
        let page = &stage.page;
        open_made_up(stage, made_up("open"), json!([])).await?;
        page.heading(&en("status.open")).await?;
        for (status, sentence) in STATUSES {
            let row = made_up(status).to_string();
            stage.host.answer(MADE_UP, Reply::json(row));
            page.press(&en("status.look-again")).await?;
            page.heading(&en(&format!("status.{sentence}"))).await?;
            page.sees(
                &en("status.raw")
                    .replace("{status}", status.trim())
                    .replace("  ", " "),
            )
            .await?;
        }
        Ok(())
    });
}

#[test]
fn an_unknown_status_is_shown_as_it_is_and_is_never_late() {
    stage(async |stage| {
        let page = &stage.page;
        let mut row = made_up("Erledigt <b>heute</b>");
        row[0]["expected_datetime"] = json!("2026-11-03T10:00:00Z");
        open_made_up(stage, row, json!([])).await?;
        page.heading(&en("status.other").replace("{status}", "Erledigt heute"))
            .await?;
        let text = page.text().await?;
        let late = text_before_placeholder("status.late");
        assert!(!text.contains(&late), "{text}");
        // The config defines what it means, and a sentence for it.
        stage
            .configure(|config| {
                config["status"] = json!({ "words": { "erledigt heute": { "means": "done", "en": "We have mended it" } } });
            })
            .await?;
        make_own(page, "7").await?;
        page.heading("We have mended it").await?;
        page.sees(&en("act.still")).await?;
        page.heading(&en("rate.heading")).await
    });
}

#[test]
fn a_declined_request_says_why_and_whom_to_ask_and_does_not_count_as_done() {
    stage(async |stage| {
        let page = &stage.page;
        stage
            .configure(|config| {
                config["status"] = json!({ "escalate": { "name": "Office of the City Manager", "phone": "(555) 010-0170" } });
            })
            .await?;
        let mut row = made_up("rejected");
        row[0]["status_notes"] = json!("The street is not the city's.");
        row[0]["expected_datetime"] = json!("2026-11-30T10:00:00Z");
        open_made_up(stage, row, json!([])).await?;
        page.heading(&en("status.declined")).await?;
        for part in [
            "The street is not the city's.",
            "(555) 010-0170",
            &en("status.appeal"),
        ] {
            page.sees(part).await?;
        }
        let text = page.text().await?;
        let in_time = text_before_placeholder("status.kept");
        assert!(!text.contains(&in_time), "{text}");
        Ok(())
    });
}

#[test]
fn the_city_s_own_statuses_have_the_meaning_that_its_config_defines() {
    stage(async |stage| {
        let page = &stage.page;
        stage
            .configure(|config| {
                config["status"] =
                    json!({ "words": { "crew_sent": { "en": "A crew is on its way" } } });
            })
            .await?;
        open_made_up(stage, made_up("Crew sent"), json!([])).await?;
        page.heading("A crew is on its way").await?;
        page.sees(&en("status.raw").replace("{status}", "Crew sent"))
            .await
    });
}
