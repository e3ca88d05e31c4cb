//! What stays on the device, and how to be rid of it; look-up by token and from a link.

use anyhow::Result;
use frontdoor_tests::{Page, Reply, Stage, en, es, eventually, pairs, stage};
use serde_json::json;

use crate::{own_row, show};

const LOOKUP: &str = r#"<front-door config="/frontdoor.json" view="status"></front-door>"#;

/// A request with words that can be found again.
async fn show_glass(stage: &Stage) -> Result<()> {
    let mut row = own_row("open");
    row[0]["description"] = json!("Glass on the bike lane.");
    show(stage, row, json!([])).await
}

async fn kept(page: &Page) -> Result<String> {
    page.eval("JSON.stringify([Object.entries(localStorage), Object.entries(sessionStorage)])")
        .await
}

#[test]
fn what_is_erased_is_gone_and_does_not_come_back() {
    stage(async |stage| {
        let page = &stage.page;
        show_glass(stage).await?;
        page.press(&en("status.follow")).await?;
        page.hears(&en("nearby.followed")).await?;
        page.loses(&en("status.follow")).await?;
        assert!(kept(page).await?.contains("bike lane"));
        page.press(&en("status.forget")).await?;
        page.heading(&en("lookup.heading")).await?;
        page.hears(&en("erased")).await?;
        page.script("dispatchEvent(new Event('focus'))", Vec::new())
            .await?;
        let kept = kept(page).await?;
        for words in ["bike lane", "known/7", "rated/", "answered/"] {
            assert!(!kept.contains(words), "{words} in {kept}");
        }
        page.loses(&en("lookup.own")).await
    });
}

#[test]
fn on_a_shared_computer_nothing_stays_of_what_was_looked_up() {
    stage(async |stage| {
        let page = &stage.page;
        show_glass(stage).await?;
        page.press(&en("shared-computer")).await?;
        page.heading(&en("lookup.heading")).await?;
        page.hears(&en("kept.nowhere")).await?;
        page.fill(&en("lookup.label"), "7").await?;
        page.press(&en("lookup.press")).await?;
        page.sees("Glass on the bike lane.").await?;
        page.press(&en("status.follow")).await?;
        page.hears(&en("kept.nowhere")).await?;
        let kept = kept(page).await?;
        assert!(!kept.contains("bike lane"), "{kept}");
        Ok(())
    });
}

#[test]
fn only_so_many_are_kept() {
    stage(async |stage| {
        let page = &stage.page;
        let tag = r#"<front-door config="/frontdoor.json" history="hash"></front-door>"#;
        for id in 1..=23 {
            let mut row = own_row("open");
            row[0]["service_request_id"] = json!(format!("{id}"));
            let path = format!("/open311/v2/requests/{id}.json");
            stage.host.answer(&path, Reply::json(row.to_string()));
        }
        page.open(&stage.host.page(tag)).await?;
        for id in 1..=23 {
            page.script(&format!("location.hash = '#/status/{id}'"), Vec::new())
                .await?;
            page.sees(&en("status.number").replace("{number}", &id.to_string()))
                .await?;
        }
        let kept = "Object.keys(localStorage).filter((key) => /known[/]./.test(key)).length";
        page.until(&format!("{kept} === 20")).await
    });
}

#[test]
fn a_token_is_as_good_as_a_number() {
    stage(async |stage| {
        let page = &stage.page;
        let host = &stage.host;
        host.answer("/open311/v2/requests/*", Reply::status(400));
        show(stage, own_row("open"), json!([])).await?;
        let receipt = json!([{ "service_request_id": "7", "token": "4e09c863" }]);
        host.answer(
            "/open311/v2/tokens/4e09c863.json",
            Reply::json(receipt.to_string()),
        );
        page.open(&host.page(LOOKUP)).await?;
        page.fill(&en("lookup.label"), "4e09c863").await?;
        page.press(&en("lookup.press")).await?;
        page.heading(&en("status.open")).await?;
        page.sees(&en("status.number").replace("{number}", "7"))
            .await?;
        // It is known now which number it is: nobody asks for the token again.
        let before = host.seen("GET", "/open311/v2/tokens/*").len();
        page.press(&en("status.look-again")).await?;
        page.hears(&en("status.nothing-new")).await?;
        assert_eq!(host.seen("GET", "/open311/v2/tokens/*").len(), before);
        Ok(())
    });
}

#[test]
fn what_was_said_of_the_city_s_work_without_a_network_is_sent_later_and_once() {
    stage(async |stage| {
        let page = &stage.page;
        stage.host.answer("/feedback", Reply::broken());
        show(stage, own_row("closed"), json!([])).await?;
        page.heading(&en("rate.heading")).await?;
        page.choose(&en("rate.solved"), &en("rate.solved-yes"))
            .await?;
        page.choose(&en("rate.score"), &en("rate.5")).await?;
        page.press(&en("feedback.send")).await?;
        page.sees(&en("feedback.thanks")).await?;
        let tries = stage.host.seen("POST", "/feedback").len();
        stage.host.heal("/feedback");
        page.open(&stage.host.page(LOOKUP)).await?;
        page.heading(&en("lookup.heading")).await?;
        eventually("the city hears it", async || {
            let heard = stage.host.seen("POST", "/feedback").len();
            Ok((heard <= tries).then(|| format!("{heard} times")))
        })
        .await?;
        let sent = stage.host.seen("POST", "/feedback");
        let said = pairs(&sent.last().unwrap().body)?;
        assert!(said.contains(&("solved".into(), "yes".into())), "{said:?}");
        page.until("!Object.keys(localStorage).some((key) => key.endsWith('feedback'))")
            .await
    });
}

#[test]
fn a_number_with_odd_signs_in_it_is_one_like_any_other() {
    stage(async |stage| {
        let page = &stage.page;
        let id = "4e09/c863 ü#%?";
        let mut row = own_row("open");
        row[0]["service_request_id"] = json!(id);
        let path = "/open311/v2/requests/4e09%2Fc863%20%C3%BC%23%25%3F.json";
        stage.host.answer(path, Reply::json(row.to_string()));
        let tag =
            r#"<front-door config="/frontdoor.json" history="hash" view="status"></front-door>"#;
        page.open(&stage.host.page(tag)).await?;
        page.fill(&en("lookup.label"), id).await?;
        page.press(&en("lookup.press")).await?;
        page.sees(&en("status.number").replace("{number}", id))
            .await?;
        page.press(&en("status.follow")).await?;
        page.hears(&en("nearby.followed")).await?;
        // The address leads there again, and so does the list of this device.
        page.reload().await?;
        page.sees(&en("status.number").replace("{number}", id))
            .await?;
        page.press(&en("act.add")).await?;
        page.fill(&en("act.words"), "It is deeper now.").await?;
        let updates = "POST /open311/v2/servicerequestupdates.json";
        stage.host.answer(updates, Reply::json("[]"));
        page.press(&en("send")).await?;
        page.hears(&en("act.added")).await?;
        let sent = stage
            .host
            .seen("POST", "/open311/v2/servicerequestupdates.json");
        let fields = pairs(&sent[0].body)?;
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
fn the_press_for_the_language_keeps_the_focus_and_what_was_typed() {
    stage(async |stage| {
        let page = &stage.page;
        page.open(&stage.host.page(LOOKUP)).await?;
        page.fill(&en("lookup.label"), "26-01187").await?;
        let press = "document.querySelector('front-door').shadowRoot.querySelector('.languages button').focus()";
        page.script(press, Vec::new()).await?;
        page.keys(" ").await?;
        page.heading(&es("lookup.heading")).await?;
        page.holds(&es("lookup.label"), "26-01187").await?;
        page.focus_on("button", "English").await
    });
}
