//! “Was this step clear?”: what residents say, once, with nothing of themselves, and not lost without a
//! network.

use anyhow::Result;
use frontdoor_tests::{Stage, en, stage};

use crate::own::{open, open_shelter, put, shelter};

/// Answers the question at a step.
async fn press(stage: &Stage, answer: &str, step: &str) -> Result<()> {
    let group = format!("{} {step}", en("feedback.clear"));
    let button = stage.page.find_in("button", &en(answer), &group).await?;
    button.click().await?;
    Ok(())
}

async fn bodies(stage: &Stage) -> Result<Vec<Vec<(String, String)>>> {
    let seen = stage.host.seen("POST", "/feedback");
    seen.iter()
        .map(|seen| frontdoor_tests::pairs(&seen.body))
        .collect()
}

fn of<'a>(pairs: &'a [(String, String)], name: &str) -> &'a str {
    let found = pairs.iter().find(|(known, _)| known == name);
    found.map_or("", |(_, value)| value)
}

/// Waits until the city has heard so much.
async fn heard(stage: &Stage, count: usize) -> Result<Vec<Vec<(String, String)>>> {
    frontdoor_tests::eventually("the city hears it", async || {
        let found = stage.host.seen("POST", "/feedback").len();
        Ok((found < count).then(|| format!("{found} of {count}")))
    })
    .await?;
    bodies(stage).await
}

#[test]
fn yes_is_one_press_and_no_has_room_for_a_sentence() {
    stage(async |stage| {
        let page = &stage.page;
        open_shelter(stage).await?;
        press(stage, "yes", "Pick a day").await?;
        page.sees(&en("feedback.thanks")).await?;
        let said = heard(stage, 1).await?;
        assert_eq!(
            (
                of(&said[0], "guide"),
                of(&said[0], "step"),
                of(&said[0], "clear")
            ),
            ("shelter", "pick", "yes")
        );
        assert_eq!(of(&said[0], "language"), "en");
        let names: Vec<&str> = said[0].iter().map(|(name, _)| name.as_str()).collect();
        assert!(
            names
                .iter()
                .all(|name| ["id", "about", "guide", "step", "clear", "language"].contains(name)),
            "{names:?}"
        );
        press(stage, "no", "Pay the rent").await?;
        page.fill(&en("feedback.what"), "Which door?").await?;
        page.press(&en("feedback.send")).await?;
        let said = heard(stage, 2).await?;
        assert_eq!(
            (of(&said[1], "clear"), of(&said[1], "text")),
            ("no", "Which door?")
        );
        Ok(())
    });
}

#[test]
fn without_a_network_it_waits_and_is_sent_with_the_next_guide() {
    stage(async |stage| {
        let page = &stage.page;
        open_shelter(stage).await?;
        // The code for it comes when the network has been left in peace for a while.
        page.until(
            "performance.getEntriesByType('resource').some((one) => one.name.includes('/along-'))",
        )
        .await?;
        page.offline(true).await?;
        press(stage, "yes", "Pick a day").await?;
        page.sees(&en("feedback.thanks")).await?;
        assert!(stage.host.seen("POST", "/feedback").is_empty());
        page.offline(false).await?;
        page.reload().await?;
        page.heading("Get a shelter").await?;
        let said = heard(stage, 1).await?;
        assert_eq!(of(&said[0], "step"), "pick");
        Ok(())
    });
}

#[test]
fn a_city_that_does_not_want_to_know_does_not_ask() {
    stage(async |stage| {
        let page = &stage.page;
        stage
            .configure(|config| {
                config.as_object_mut().unwrap().remove("feedback");
            })
            .await?;
        put(stage, &[shelter()]);
        open(stage, "shelter").await?;
        page.heading("Get a shelter").await?;
        let text = page.text().await?;
        assert!(!text.contains(&en("feedback.clear")), "{text}");
        Ok(())
    });
}
