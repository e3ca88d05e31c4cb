//! What the city promised, and whether it kept it: late first, with the reason.

use frontdoor_tests::steps::common::text_before_placeholder;
use frontdoor_tests::steps::status::{made_up, make_own, open_made_up, open_own_sample};
use frontdoor_tests::{en, stage};
use serde_json::{Value, json};

#[test]
fn a_late_request_says_so_first_and_whom_to_turn_to() {
    stage(async |stage| {
        let page = &stage.page;
        open_own_sample(stage, "01193").await?;
        page.sees(&text_before_placeholder("status.late")).await?;
        page.sees(&en("status.escalate")).await?;
        page.sees("(555) 010-0170").await?;
        page.sees(&en("act.remind")).await
    });
}

#[test]
fn a_status_that_means_done_is_not_late() {
    stage(async |stage| {
        let page = &stage.page;
        stage
            .configure(|config| config["status"] = json!({ "words": { "fertig": "done" } }))
            .await?;
        let mut row = made_up("Fertig");
        row[0]["requested_datetime"] = json!("2026-10-01T10:00:00Z");
        row[0]["updated_datetime"] = json!("2026-10-03T10:00:00Z");
        row[0]["expected_datetime"] = json!("2026-10-05T10:00:00Z");
        open_made_up(stage, row, json!([])).await?;
        page.heading(&en("status.done")).await?;
        page.sees(&text_before_placeholder("status.kept")).await?;
        page.sees(&en("act.still")).await
    });
}

/// Sets the city's standard for one service.
fn set_standard(config: &mut Value, what: &str, count: u32) {
    config["standards"] = json!([{ "services": ["swept"], what: count, "text": "In time." }]);
}

/// A made-up request for that service.
fn with_standard() -> Value {
    let mut row = made_up("open");
    row[0]["service_code"] = json!("swept");
    row
}

#[test]
fn a_later_date_becomes_the_new_date_of_a_late_request() {
    stage(async |stage| {
        let page = &stage.page;
        stage
            .configure(|config| set_standard(config, "done_days", 3))
            .await?;
        let mut row = with_standard();
        row[0]["expected_datetime"] = json!("2027-01-15T10:00:00Z");
        row[0]["status_notes"] = json!("The sweeper is broken.");
        open_made_up(stage, row, json!([])).await?;
        let late = en("status.late").replace("{day}", "November 4, 2026");
        page.heading(&late).await?;
        page.sees("The sweeper is broken.").await?;
        page.sees(&en("status.new-date").replace("{day}", "January 15, 2027"))
            .await
    });
}

#[test]
fn without_a_history_the_page_does_not_claim_that_there_was_no_reply() {
    stage(async |stage| {
        let page = &stage.page;
        stage
            .configure(|config| {
                config["extensions"] = json!([]);
                set_standard(config, "answer_hours", 1);
            })
            .await?;
        open_made_up(stage, with_standard(), json!([])).await?;
        page.heading(&en("status.open")).await?;
        page.loses(&en("status.answer-late")).await
    });
}

#[test]
fn a_resident_without_a_reply_in_time_can_remind_the_city() {
    stage(async |stage| {
        let page = &stage.page;
        stage
            .configure(|config| set_standard(config, "answer_hours", 1))
            .await?;
        open_made_up(stage, with_standard(), json!([])).await?;
        make_own(page, "7").await?;
        page.sees(&en("status.answer-late")).await?;
        page.press(&en("act.remind")).await?;
        page.heading(&en("act.remind")).await
    });
}

#[test]
fn the_promised_day_can_be_saved_to_the_calendar() {
    stage(async |stage| {
        let page = &stage.page;
        let mut row = made_up("open");
        row[0]["expected_datetime"] = json!("2031-01-15T10:00:00Z");
        row[0]["address"] = json!("4 Main St");
        open_made_up(stage, row, json!([])).await?;
        page.sees(&en("status.calendar")).await?;
        let file = page.save(&en("status.calendar")).await?;
        for line in [
            "DTSTART;VALUE=DATE:20310115",
            "SUMMARY:Pothole",
            "LOCATION:4 Main St",
        ] {
            assert!(file.text.contains(line), "{line} in {}", file.text);
        }
        assert_eq!(file.count, 1);
        Ok(())
    });
}
