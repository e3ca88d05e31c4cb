//! For whom it is: a few questions, and what follows from the answers.

use anyhow::Result;
use frontdoor_tests::{Stage, en, plural, stage};

use crate::own::open_shelter;

#[test]
fn without_answers_all_of_it_is_there_and_says_what_depends_on_what() {
    stage(async |stage| {
        let page = &stage.page;
        open_shelter(stage).await?;
        for words in [
            "Pick a day",
            "Pay the rent",
            "Wait for us",
            "A school letter",
            "$35",
            "Half for seniors.",
        ] {
            page.sees(words).await?;
        }
        page.sees("Is it for a school? – No school").await
    });
}

async fn answer(stage: &Stage, people: &str, school: Option<&str>) -> Result<()> {
    let page = &stage.page;
    page.press(&en("guide.check")).await?;
    page.heading(&en("guide.check-heading")).await?;
    page.choose("How many come?", people).await?;
    if let Some(school) = school {
        page.choose("Is it for a school?", school).await?;
    }
    page.press(&en("guide.show-mine")).await?;
    page.heading("Get a shelter").await
}

#[test]
fn answers_lead_to_one_s_own_steps_papers_and_fees_and_they_can_be_changed() {
    stage(async |stage| {
        let page = &stage.page;
        open_shelter(stage).await?;
        answer(stage, "A few", Some("Yes, a school")).await?;
        page.sees("It is free for you").await?;
        page.hears("It is free for you").await?;
        page.loses("Pay the rent").await?;
        page.loses("$35").await?;
        page.sees("A school letter").await?;
        page.sees(&plural("guide.left-out", 1).replace("{count}", "1"))
            .await?;
        page.press(&en("guide.show-all")).await?;
        page.sees("Pay the rent").await?;
        // Another day: the answers are still there.
        page.reload().await?;
        page.sees("It is free for you").await?;
        page.press(&en("guide.change-answers")).await?;
        assert!(
            page.is_chosen("Is it for a school?", "Yes, a school")
                .await?
        );
        page.choose("Is it for a school?", "No school").await?;
        page.press(&en("guide.show-mine")).await?;
        page.sees("Pay the rent").await?;
        page.loses("A school letter").await
    });
}

#[test]
fn who_it_is_not_for_reads_why_and_what_to_try_before_anything_else() {
    stage(async |stage| {
        let page = &stage.page;
        open_shelter(stage).await?;
        answer(stage, "Too many", None).await?;
        page.sees("Our roof is too small").await?;
        page.sees("It holds 80.").await?;
        page.find("link", "Close your block").await?;
        page.loses("Pick a day").await?;
        page.press(&en("guide.show-anyway")).await?;
        page.sees("Pick a day").await?;
        page.sees("Pay the rent").await
    });
}

#[test]
fn a_question_comes_when_it_is_needed_and_the_keyboard_stays_where_it_was() {
    stage(async |stage| {
        let page = &stage.page;
        open_shelter(stage).await?;
        page.press(&en("guide.check")).await?;
        page.heading(&en("guide.check-heading")).await?;
        let text = page.text().await?;
        assert!(!text.contains("Is it for a school?"), "{text}");
        page.press(&en("guide.show-mine")).await?;
        page.focus_on("alert", "").await?;
        page.sees("How many come?").await?;
        page.choose("How many come?", "A few").await?;
        page.sees("Is it for a school?").await?;
        assert_eq!(page.focus().await?.id, "question-0-0");
        page.press(&en("guide.show-mine")).await?;
        // What was answered is not lost, and only what is missing is said.
        assert!(page.is_chosen("How many come?", "A few").await?);
        let missing = en("fault.not-chosen").replace("{label}", "Is it for a school?");
        page.press(&missing).await?;
        assert_eq!(page.focus().await?.id, "question-1-0");
        Ok(())
    });
}
