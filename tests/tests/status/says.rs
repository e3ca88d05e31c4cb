//! What is shown of a request, for all that endpoints say of one.

use frontdoor_tests::{Reply, en, stage};
use serde_json::{Value, json};

use crate::{own_row, show};

const ROW: &str = "/open311/v2/requests/7.json";

/// What the systems say that cities use, and the sentence that stands for it.
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
fn every_status_that_is_known_is_a_sentence_with_the_city_s_word_beside_it() {
    stage(async |stage| {
        let page = &stage.page;
        show(stage, own_row("open"), json!([])).await?;
        page.heading(&en("status.open")).await?;
        for (status, sentence) in STATUSES {
            let row = own_row(status).to_string();
            stage.host.answer(ROW, Reply::json(row));
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
fn a_status_that_nobody_knows_is_said_as_it_is_and_is_late_for_nobody() {
    stage(async |stage| {
        let page = &stage.page;
        let mut row = own_row("Erledigt <b>heute</b>");
        row[0]["expected_datetime"] = json!("2026-11-03T10:00:00Z");
        show(stage, row, json!([])).await?;
        page.heading(&en("status.other").replace("{status}", "Erledigt heute"))
            .await?;
        let text = page.text().await?;
        let late = en("status.late");
        assert!(!text.contains(late.split('{').next().unwrap()), "{text}");
        // The config knows what it means, and has words for it.
        stage
            .configure(|config| {
                config["status"] = json!({ "words": { "erledigt heute": { "means": "done", "en": "We have mended it" } } });
            })
            .await?;
        page.reload().await?;
        page.heading("We have mended it").await?;
        page.sees(&en("act.still")).await?;
        page.heading(&en("rate.heading")).await
    });
}

#[test]
fn a_no_says_why_and_whom_to_ask_and_counts_as_nothing_done() {
    stage(async |stage| {
        let page = &stage.page;
        stage
            .configure(|config| {
                config["status"] = json!({ "escalate": { "name": "Office of the City Manager", "phone": "(555) 010-0170" } });
            })
            .await?;
        let mut row = own_row("rejected");
        row[0]["status_notes"] = json!("The street is not the city's.");
        row[0]["expected_datetime"] = json!("2026-11-30T10:00:00Z");
        show(stage, row, json!([])).await?;
        page.heading(&en("status.declined")).await?;
        for words in [
            "The street is not the city's.",
            "(555) 010-0170",
            &en("status.appeal"),
        ] {
            page.sees(words).await?;
        }
        let text = page.text().await?;
        let kept = en("status.kept");
        assert!(!text.contains(kept.split('{').next().unwrap()), "{text}");
        Ok(())
    });
}

/// The city promises so much for one service.
fn promise(config: &mut Value, what: &str, count: u32) {
    config["standards"] = json!([{ "services": ["swept"], what: count, "text": "In time." }]);
}

/// A request for that service.
fn promised() -> Value {
    let mut row = own_row("open");
    row[0]["service_code"] = json!("swept");
    row
}

#[test]
fn a_later_day_is_the_new_date_of_what_is_late() {
    stage(async |stage| {
        let page = &stage.page;
        stage
            .configure(|config| promise(config, "done_days", 3))
            .await?;
        let mut row = promised();
        row[0]["expected_datetime"] = json!("2027-01-15T10:00:00Z");
        row[0]["status_notes"] = json!("The sweeper is broken.");
        show(stage, row, json!([])).await?;
        let late = en("status.late").replace("{day}", "November 4, 2026");
        page.heading(&late).await?;
        page.sees("The sweeper is broken.").await?;
        page.sees(&en("status.new-date").replace("{day}", "January 15, 2027"))
            .await
    });
}

#[test]
fn where_no_history_is_told_nobody_says_that_there_was_no_answer() {
    stage(async |stage| {
        let page = &stage.page;
        stage
            .configure(|config| {
                config["extensions"] = json!([]);
                promise(config, "answer_hours", 1);
            })
            .await?;
        show(stage, promised(), json!([])).await?;
        page.heading(&en("status.open")).await?;
        page.loses(&en("status.answer-late")).await
    });
}

#[test]
fn who_had_no_answer_in_time_can_remind_the_city() {
    stage(async |stage| {
        let page = &stage.page;
        stage
            .configure(|config| promise(config, "answer_hours", 1))
            .await?;
        show(stage, promised(), json!([])).await?;
        page.sees(&en("status.answer-late")).await?;
        page.press(&en("act.remind")).await?;
        page.heading(&en("act.remind")).await
    });
}

#[test]
fn photos_come_from_the_endpoint_and_from_nowhere_else() {
    stage(async |stage| {
        let page = &stage.page;
        let updates = json!([
            { "update_id": 1, "service_request_id": "7", "media_url": "media/1.jpg", "updated_datetime": "2026-11-02T10:00:00Z" },
            { "update_id": 2, "service_request_id": "7", "media_url": "javascript:alert(1)", "description": "B", "updated_datetime": "2026-11-03T10:00:00Z" },
        ]);
        let mut row = own_row("open");
        row[0]["media_url"] = json!("/photos/7.jpg");
        show(stage, row, updates).await?;
        page.sees(&en("status.history")).await?;
        let photos = "JSON.stringify([...document.querySelector('front-door').shadowRoot.querySelectorAll('img')].map((photo) => new URL(photo.src).pathname))";
        assert_eq!(
            page.eval(photos).await?,
            r#"["/open311/v2/media/1.jpg","/photos/7.jpg"]"#
        );
        Ok(())
    });
}

#[test]
fn notes_in_the_request_are_its_history_where_the_endpoint_has_them() {
    stage(async |stage| {
        let page = &stage.page;
        stage
            .configure(|config| config["extensions"] = json!(["notes"]))
            .await?;
        let mut row = own_row("open");
        row[0]["notes"] =
            json!([{ "datetime": "2026-11-03T10:00:00Z", "description": "A crew was there." }]);
        show(stage, row, json!([])).await?;
        page.sees("A crew was there.").await?;
        let seen = stage.host.seen("GET", ROW);
        assert!(
            seen.iter()
                .all(|seen| seen.query.contains("extensions=true")),
            "{seen:?}"
        );
        Ok(())
    });
}

#[test]
fn the_promised_day_goes_into_the_calendar() {
    stage(async |stage| {
        let page = &stage.page;
        let mut row = own_row("open");
        row[0]["expected_datetime"] = json!("2031-01-15T10:00:00Z");
        row[0]["address"] = json!("4 Main St");
        show(stage, row, json!([])).await?;
        page.sees(&en("status.calendar")).await?;
        let listen = "window.files = 0; URL.createObjectURL = (blob) => { files += 1; blob.text().then((text) => (window.saved = text)); return 'about:blank'; };
            HTMLAnchorElement.prototype.click = function () {};";
        page.script(listen, Vec::new()).await?;
        page.press(&en("status.calendar")).await?;
        page.until("window.saved").await?;
        let saved = page.eval("saved").await?;
        for line in [
            "DTSTART;VALUE=DATE:20310115",
            "SUMMARY:Pothole",
            "LOCATION:4 Main St",
        ] {
            assert!(saved.contains(line), "{line} in {saved}");
        }
        assert_eq!(page.eval("files").await?, "1");
        Ok(())
    });
}

#[test]
fn the_place_is_on_a_map_when_it_is_opened_and_only_then() {
    stage(async |stage| {
        let page = &stage.page;
        let mut row = own_row("open");
        row[0]["lat"] = json!(44.9740);
        row[0]["long"] = json!(-93.2600);
        show(stage, row, json!([])).await?;
        page.sees(&en("status.map")).await?;
        let maps = "performance.getEntriesByType('resource').filter((one) => one.name.includes('/map-')).length";
        assert_eq!(page.eval(maps).await?, "0");
        page.press(&en("status.map")).await?;
        page.until(&format!("{maps} === 1")).await?;
        page.until(
            "document.querySelector('front-door').shadowRoot.querySelector('.leaflet-container')",
        )
        .await
    });
}
