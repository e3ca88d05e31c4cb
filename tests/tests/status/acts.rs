//! What a resident does about a request, as updates where the endpoint takes them.

use frontdoor_tests::{en, pairs, stage};

use crate::open;

const UPDATES: &str = "/open311/v2/servicerequestupdates.json";

#[test]
fn still_there_opens_it_again() {
    stage(async |stage| {
        let page = &stage.page;
        open(stage, "01200").await?;
        page.press(&en("act.still")).await?;
        page.heading(&en("act.still")).await?;
        page.press(&en("send")).await?;
        page.hears(&en("act.reopened")).await?;
        page.sees(&en("act.still-usual")).await?;
        let sent = stage.host.seen("POST", UPDATES);
        let fields = pairs(&sent[0].body)?;
        assert!(
            fields.contains(&("status".into(), "open".into())),
            "{fields:?}"
        );
        Ok(())
    });
}

#[test]
fn a_refused_update_says_why_and_keeps_what_was_written() {
    stage(async |stage| {
        let page = &stage.page;
        open(stage, "01187").await?;
        stage.host.answer(
            UPDATES,
            frontdoor_tests::Reply::text(
                400,
                "application/json",
                r#"[{"code": 400, "description": "Too late for that"}]"#,
            ),
        );
        page.press(&en("act.add")).await?;
        page.fill(&en("act.words"), "It is deeper now.").await?;
        page.press(&en("send")).await?;
        page.sees("Too late for that").await?;
        page.sees(&en("act.not-lost")).await?;
        page.holds(&en("act.words"), "It is deeper now.").await?;
        stage.host.heal(UPDATES);
        page.press(&en("problem.retry")).await?;
        page.sees("It is deeper now.").await?;
        page.sees(&en("status.history")).await
    });
}

#[test]
fn where_the_endpoint_takes_no_updates_the_number_is_there_to_be_read_out() {
    stage(async |stage| {
        let page = &stage.page;
        stage.without_extension("updates").await?;
        let id = open(stage, "01200").await?;
        page.sees(&en("status.by-phone")).await?;
        page.sees(&id).await?;
        let text = page.text().await?;
        assert!(!text.contains(&en("act.add")), "{text}");
        // Still there: a new request that says which one it follows.
        page.press(&en("act.still")).await?;
        page.heading(&en("place.heading")).await
    });
}

#[test]
fn what_is_followed_is_in_the_list_of_this_device_until_it_is_erased() {
    stage(async |stage| {
        let page = &stage.page;
        let id = open(stage, "01187").await?;
        page.press(&en("status.follow")).await?;
        page.hears(&en("nearby.followed")).await?;
        let tag = r#"<front-door config="/frontdoor.json" view="status"></front-door>"#;
        page.open(&stage.host.page(tag)).await?;
        page.heading(&en("lookup.own")).await?;
        page.sees(&en("lookup.followed").replace("{number}", &id))
            .await?;
        page.press(&format!("{} {id}", en("erase"))).await?;
        page.loses(&en("lookup.own")).await
    });
}
