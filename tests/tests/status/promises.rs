//! What was promised, and whether it was kept: late first, and in words.

use frontdoor_tests::{Reply, en, stage};
use serde_json::json;

use crate::open;

fn start(key: &str) -> String {
    en(key).split('{').next().unwrap().trim().to_owned()
}

#[test]
fn what_is_late_says_so_first_with_whom_to_turn_to() {
    stage(async |stage| {
        let page = &stage.page;
        open(stage, "01193").await?;
        page.sees(&start("status.late")).await?;
        page.sees(&en("status.escalate")).await?;
        page.sees("(555) 010-0170").await?;
        page.sees(&en("act.remind")).await
    });
}

#[test]
fn a_question_of_the_city_s_stands_there_to_be_answered() {
    stage(async |stage| {
        let page = &stage.page;
        open(stage, "01188").await?;
        page.sees(&en("status.asks-you")).await?;
        page.press(&en("act.answer")).await?;
        page.heading(&en("act.answer")).await?;
        // An answer without words is none.
        page.press(&en("send")).await?;
        page.sees(&en("act.empty")).await?;
        page.fill(&en("act.words"), "The one by the gate.").await?;
        page.press(&en("send")).await?;
        page.sees("The one by the gate.").await?;
        page.loses(&en("status.asks-you")).await
    });
}

#[test]
fn the_city_s_own_words_have_the_meaning_that_its_config_gives_them() {
    stage(async |stage| {
        let page = &stage.page;
        stage
            .configure(|config| {
                config["status"] =
                    json!({ "words": { "crew_sent": { "en": "A crew is on its way" } } });
            })
            .await?;
        let row = json!([{ "service_request_id": "7", "status": "Crew sent", "service_name": "Pothole", "requested_datetime": "2026-11-01T10:00:00Z" }]);
        stage
            .host
            .answer("/open311/v2/requests/7.json", Reply::json(row.to_string()));
        let tag = r#"<front-door config="/frontdoor.json" request="7"></front-door>"#;
        page.open(&stage.host.page(tag)).await?;
        page.heading("A crew is on its way").await?;
        page.sees(&en("status.raw").replace("{status}", "Crew sent"))
            .await
    });
}

#[test]
fn without_a_network_what_the_city_said_last_is_there_and_says_so() {
    stage(async |stage| {
        let page = &stage.page;
        let id = open(stage, "01187").await?;
        page.sees(&en("status.history")).await?;
        stage.host.answer(
            &format!("/open311/v2/requests/{id}.json"),
            Reply::status(503),
        );
        page.reload().await?;
        page.sees(&en("status.history")).await?;
        page.sees(&start("status.old")).await
    });
}

#[test]
fn a_number_is_found_however_it_is_typed() {
    stage(async |stage| {
        let page = &stage.page;
        let id = open(stage, "01187").await?;
        let tag = r#"<front-door config="/frontdoor.json" view="status"></front-door>"#;
        page.open(&stage.host.page(tag)).await?;
        page.fill(
            &en("lookup.label"),
            &format!(" # {} ", id.replace('-', " – ")),
        )
        .await?;
        page.press(&en("lookup.press")).await?;
        page.sees(&en("status.number").replace("{number}", &id))
            .await
    });
}

#[test]
fn a_word_that_means_done_is_not_late() {
    stage(async |stage| {
        let page = &stage.page;
        stage
            .configure(|config| config["status"] = json!({ "words": { "fertig": "done" } }))
            .await?;
        let row = json!([{ "service_request_id": "7", "status": "Fertig", "service_name": "Pothole",
            "requested_datetime": "2026-10-01T10:00:00Z", "updated_datetime": "2026-10-03T10:00:00Z",
            "expected_datetime": "2026-10-05T10:00:00Z" }]);
        stage
            .host
            .answer("/open311/v2/requests/7.json", Reply::json(row.to_string()));
        let tag = r#"<front-door config="/frontdoor.json" request="7"></front-door>"#;
        page.open(&stage.host.page(tag)).await?;
        page.heading(&en("status.done")).await?;
        page.sees(&start("status.kept")).await?;
        page.sees(&en("act.still")).await
    });
}
