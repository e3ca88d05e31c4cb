//! After it is closed: two questions, once, with nothing of the resident in the answers.

use frontdoor_tests::{en, eventually, pairs, stage};

use crate::open;

#[test]
fn after_closing_two_questions_are_asked_once() {
    stage(async |stage| {
        let page = &stage.page;
        open(stage, "01200").await?;
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
        eventually("the city hears it", async || {
            let heard = stage.host.seen("POST", "/feedback").len();
            Ok((heard != 1).then(|| format!("{heard} times")))
        })
        .await?;
        let said = pairs(&stage.host.seen("POST", "/feedback")[0].body)?;
        for (name, value) in [
            ("about", "request"),
            ("solved", "no"),
            ("score", "2"),
            ("matters", "That it is really fixed"),
        ] {
            assert!(
                said.contains(&(name.into(), value.into())),
                "{name} in {said:?}"
            );
        }
        assert!(
            said.iter().all(|(name, _)| name != "service_request_id"),
            "{said:?}"
        );
        page.reload().await?;
        page.sees(&en("status.history")).await?;
        let text = page.text().await?;
        assert!(!text.contains(&en("rate.heading")), "{text}");
        Ok(())
    });
}
