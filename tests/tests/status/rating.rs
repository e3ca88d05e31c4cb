//! Two questions after a request is closed: asked once, and answered anonymously.

use frontdoor_tests::steps::common::{FEEDBACK, arrived, open_tag};
use frontdoor_tests::steps::status::{made_up, make_own, open_made_up, open_own_sample};
use frontdoor_tests::{Reply, en, form_fields, stage};
use serde_json::json;

#[test]
fn after_closing_two_questions_are_asked_once() {
    stage(async |stage| {
        let page = &stage.page;
        let id = open_own_sample(stage, "01200").await?;
        page.heading(&en("rate.heading")).await?;
        page.press(&en("feedback.send")).await?;
        page.sees(&en("rate.missing")).await?;
        page.choose(&en("rate.solved"), &en("rate.solved-no"))
            .await?;
        page.choose(&en("rate.score"), &en("rate.2")).await?;
        page.choose(&en("rate.matters"), "That it is really fixed")
            .await?;
        page.press(&en("feedback.send")).await?;
        page.sees(&en("feedback.thanks")).await?;
        arrived(stage, "POST", FEEDBACK, 1).await?;
        let posts = stage.host.seen("POST", FEEDBACK);
        assert_eq!(posts.len(), 1);
        let fields = form_fields(&posts[0].body)?;
        for (name, value) in [
            ("about", "request"),
            ("solved", "no"),
            ("score", "2"),
            ("matters", "That it is really fixed"),
            ("receipt", &format!("sample-{id}")),
        ] {
            assert!(
                fields.contains(&(name.into(), value.into())),
                "{name} in {fields:?}"
            );
        }
        assert!(
            fields.iter().all(|(name, _)| name != "service_request_id"),
            "{fields:?}"
        );
        page.reload().await?;
        page.sees(&en("status.history")).await?;
        let text = page.text().await?;
        assert!(!text.contains(&en("rate.heading")), "{text}");
        Ok(())
    });
}

#[test]
fn a_rating_without_a_network_is_sent_later_and_once() {
    stage(async |stage| {
        let page = &stage.page;
        stage.host.answer(FEEDBACK, Reply::broken());
        open_made_up(stage, made_up("closed"), json!([])).await?;
        make_own(page, "7").await?;
        page.heading(&en("rate.heading")).await?;
        page.choose(&en("rate.solved"), &en("rate.solved-yes"))
            .await?;
        page.choose(&en("rate.score"), &en("rate.5")).await?;
        page.press(&en("feedback.send")).await?;
        page.sees(&en("feedback.thanks")).await?;
        let tries = stage.host.seen("POST", FEEDBACK).len();
        stage.host.restore(FEEDBACK);
        open_tag(stage, r#"view="status""#).await?;
        page.heading(&en("lookup.heading")).await?;
        arrived(stage, "POST", FEEDBACK, tries + 1).await?;
        let posts = stage.host.seen("POST", FEEDBACK);
        let fields = form_fields(&posts.last().unwrap().body)?;
        assert!(
            fields.contains(&("solved".into(), "yes".into())),
            "{fields:?}"
        );
        page.until("!Object.keys(localStorage).some((key) => key.endsWith('feedback'))")
            .await
    });
}
