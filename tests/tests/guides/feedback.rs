//! “Was this step clear?”: sent once, anonymously, and not lost without a network.

use anyhow::Result;
use frontdoor_tests::steps::common::{FEEDBACK, arrived};
use frontdoor_tests::steps::guides::open_shelter;
use frontdoor_tests::{Stage, dist, en, form_fields, stage};

/// Answers the question at a step.
async fn answer_step(stage: &Stage, answer: &str, step: &str) -> Result<()> {
    let group = format!("{} {step}", en("feedback.clear"));
    stage.page.press_in(&en(answer), &group).await
}

fn value_of<'a>(fields: &'a [(String, String)], name: &str) -> &'a str {
    let found = fields.iter().find(|(known, _)| known == name);
    found.map_or("", |(_, value)| value)
}

/// The fields of everything that was posted, once there are this many posts.
async fn posted_feedback(stage: &Stage, count: usize) -> Result<Vec<Vec<(String, String)>>> {
    arrived(stage, "POST", FEEDBACK, count).await?;
    let posts = stage.host.seen("POST", FEEDBACK);
    posts.iter().map(|post| form_fields(&post.body)).collect()
}

#[test]
fn yes_is_one_press_and_no_has_room_for_a_comment() {
    stage(async |stage| {
        let page = &stage.page;
        open_shelter(stage).await?;
        answer_step(stage, "yes", "Pick a day").await?;
        page.sees(&en("feedback.thanks")).await?;
        let posted = posted_feedback(stage, 1).await?;
        assert_eq!(
            (
                value_of(&posted[0], "guide"),
                value_of(&posted[0], "step"),
                value_of(&posted[0], "clear")
            ),
            ("shelter", "pick", "yes")
        );
        assert_eq!(value_of(&posted[0], "language"), "en");
        let names: Vec<&str> = posted[0].iter().map(|(name, _)| name.as_str()).collect();
        assert!(
            names
                .iter()
                .all(|name| ["id", "about", "guide", "step", "clear", "language"].contains(name)),
            "{names:?}"
        );
        answer_step(stage, "no", "Pay the rent").await?;
        page.fill(&en("feedback.what"), "Which door?").await?;
        page.press(&en("feedback.send")).await?;
        let posted = posted_feedback(stage, 2).await?;
        assert_eq!(
            (value_of(&posted[1], "clear"), value_of(&posted[1], "text")),
            ("no", "Which door?")
        );
        Ok(())
    });
}

#[test]
fn without_a_network_feedback_waits_and_is_sent_with_the_next_guide() {
    stage(async |stage| {
        let page = &stage.page;
        open_shelter(stage).await?;
        // The code for it is loaded once the network has been idle for a while.
        page.until_loaded(dist::GUIDE_TOOLS).await?;
        page.set_offline(true).await?;
        answer_step(stage, "yes", "Pick a day").await?;
        page.sees(&en("feedback.thanks")).await?;
        assert!(stage.host.seen("POST", FEEDBACK).is_empty());
        page.set_offline(false).await?;
        page.reload().await?;
        page.heading("Get a shelter").await?;
        let posted = posted_feedback(stage, 1).await?;
        assert_eq!(value_of(&posted[0], "step"), "pick");
        Ok(())
    });
}

#[test]
fn without_a_feedback_address_nothing_is_asked() {
    stage(async |stage| {
        let page = &stage.page;
        stage
            .configure(|config| {
                config.as_object_mut().unwrap().remove("feedback");
            })
            .await?;
        open_shelter(stage).await?;
        let text = page.text().await?;
        assert!(!text.contains(&en("feedback.clear")), "{text}");
        Ok(())
    });
}
