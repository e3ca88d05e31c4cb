//! Looking up a request by its number or token, however it is written.

use frontdoor_tests::steps::common::{TOKENS, UPDATES, nothing_ran, open_tag, shows_problem};
use frontdoor_tests::steps::status::{look_up, made_up, newest_number, open_made_up, open_sample};
use frontdoor_tests::{ROOT, Reply, en, es, form_fields, stage};
use serde_json::json;

#[test]
fn a_request_can_be_looked_up_by_its_token() {
    stage(async |stage| {
        let page = &stage.page;
        let host = &stage.host;
        host.answer("/open311/v2/requests/*", Reply::status(400));
        open_made_up(stage, made_up("open"), json!([])).await?;
        let receipt = json!([{ "service_request_id": "7", "token": "4e09c863" }]);
        host.answer(
            "/open311/v2/tokens/4e09c863.json",
            Reply::json(receipt.to_string()),
        );
        open_tag(stage, r#"view="status""#).await?;
        look_up(page, "4e09c863").await?;
        page.heading(&en("status.open")).await?;
        page.sees(&en("status.number").replace("{number}", "7"))
            .await?;
        // The number is known now, so the token is not requested again.
        let before = host.seen("GET", TOKENS).len();
        page.press(&en("status.look-again")).await?;
        page.hears(&en("status.nothing-new")).await?;
        assert_eq!(host.seen("GET", TOKENS).len(), before);
        Ok(())
    });
}

#[test]
fn a_number_with_special_characters_works_everywhere() {
    stage(async |stage| {
        let page = &stage.page;
        let id = "4e09/c863 ü#%?";
        let mut row = made_up("open");
        row[0]["service_request_id"] = json!(id);
        let path = "/open311/v2/requests/4e09%2Fc863%20%C3%BC%23%25%3F.json";
        stage.host.answer(path, Reply::json(row.to_string()));
        open_tag(stage, r#"history="hash" view="status""#).await?;
        look_up(page, id).await?;
        page.sees(&en("status.number").replace("{number}", id))
            .await?;
        page.press(&en("status.follow")).await?;
        page.hears(&en("nearby.followed")).await?;
        // The page's address leads to it again.
        page.reload().await?;
        page.sees(&en("status.number").replace("{number}", id))
            .await?;
        page.press(&en("act.add")).await?;
        page.fill(&en("act.words"), "It is deeper now.").await?;
        let updates = "POST /open311/v2/servicerequestupdates.json";
        stage
            .host
            .answer(updates, Reply::json(r#"[{"update_id": 9}]"#));
        page.press(&en("act.send")).await?;
        page.hears(&en("act.added")).await?;
        let posts = stage.host.seen("POST", UPDATES);
        let fields = form_fields(&posts[0].body)?;
        assert!(
            fields.contains(&("service_request_id".into(), id.into())),
            "{fields:?}"
        );
        page.press(&en("status.forget")).await?;
        page.hears(&en("erased")).await?;
        page.loses(&en("lookup.own")).await
    });
}

#[test]
fn changing_the_language_keeps_the_focus_and_what_was_typed() {
    stage(async |stage| {
        let page = &stage.page;
        open_tag(stage, r#"view="status""#).await?;
        page.fill(&en("lookup.label"), "26-01187").await?;
        let focus = format!("{ROOT}.querySelector('.languages button').focus()");
        page.script(&focus, Vec::new()).await?;
        page.keys(" ").await?;
        page.heading(&es("lookup.heading")).await?;
        page.holds(&es("lookup.label"), "26-01187").await?;
        page.focus_on("button", "English").await
    });
}

#[test]
fn a_number_is_found_however_it_is_typed() {
    stage(async |stage| {
        let page = &stage.page;
        let id = open_sample(stage, "01187").await?;
        open_tag(stage, r#"view="status""#).await?;
        look_up(page, &format!(" # {} ", id.replace('-', " – "))).await?;
        page.sees(&en("status.number").replace("{number}", &id))
            .await
    });
}

#[test]
fn looking_up_nothing_asks_for_a_number() {
    stage(async |stage| {
        let page = &stage.page;
        open_tag(stage, r#"view="status""#).await?;
        page.press(&en("lookup.press")).await?;
        page.focus_on("alert", "").await?;
        page.press(&en("lookup.empty")).await?;
        page.focus_on("textbox", &en("lookup.label")).await?;
        page.keys("99-99999").await?;
        page.press(&en("lookup.press")).await?;
        page.heading(&en("status.not-found").replace("{number}", "99-99999"))
            .await?;
        page.sees(&en("status.not-found-why")).await
    });
}

#[test]
fn markup_in_a_number_is_text() {
    stage(async |stage| {
        let page = &stage.page;
        let markup = "<img/src=x/onerror=window.ran=1>/../13?x=#y";
        open_tag(stage, r#"view="status""#).await?;
        look_up(page, markup).await?;
        page.sees(&en("status.not-found-why")).await?;
        page.sees(markup).await?;
        nothing_ran(page).await
    });
}

#[test]
fn a_failed_look_up_can_be_tried_again() {
    stage(async |stage| {
        let page = &stage.page;
        let id = newest_number(stage).await?;
        let path = format!("/open311/v2/requests/{id}.json");
        stage.host.answer(&path, Reply::broken());
        stage.host.answer(UPDATES, Reply::status(500));
        open_tag(stage, &format!(r#"request="{id}""#)).await?;
        shows_problem(page, "problem.unreachable").await?;
        // The request is shown although its history still fails.
        stage.host.restore(&path);
        page.press(&en("problem.retry")).await?;
        page.sees(&en("status.history")).await
    });
}
