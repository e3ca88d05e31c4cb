//! Whom a guide is for: a few questions, and what follows from the answers.

use frontdoor_tests::steps::guides::{answer_shelter, open_shelter};
use frontdoor_tests::{en, plural, stage};

#[test]
fn without_answers_everything_is_shown_with_its_conditions() {
    stage(async |stage| {
        let page = &stage.page;
        open_shelter(stage).await?;
        for text in [
            "Pick a day",
            "Pay the rent",
            "Wait for us",
            "A school letter",
            "$35",
            "Half for seniors.",
        ] {
            page.sees(text).await?;
        }
        let condition = en("guide.only-if").replace("{question}", "Is it for a school?");
        page.sees(&condition.replace("{answer}", "No school")).await
    });
}

#[test]
fn answers_select_the_steps_evidence_and_fees_that_apply_and_can_be_changed() {
    stage(async |stage| {
        let page = &stage.page;
        open_shelter(stage).await?;
        answer_shelter(page, "A few", Some("Yes, a school")).await?;
        page.sees("It is free for you").await?;
        page.hears("It is free for you").await?;
        page.loses("Pay the rent").await?;
        page.loses("$35").await?;
        page.sees("A school letter").await?;
        page.sees(&plural("guide.left-out", 1)).await?;
        page.press(&en("guide.show-all")).await?;
        page.sees("Pay the rent").await?;
        // The answers survive a reload.
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
fn a_resident_who_is_not_eligible_reads_why_and_what_to_try_first() {
    stage(async |stage| {
        let page = &stage.page;
        open_shelter(stage).await?;
        answer_shelter(page, "Too many", None).await?;
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
fn a_question_appears_when_it_is_needed_and_the_focus_stays() {
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
        // The answer is not lost, and only the missing one is an error.
        assert!(page.is_chosen("How many come?", "A few").await?);
        let missing = en("fault.not-chosen").replace("{label}", "Is it for a school?");
        page.press(&missing).await?;
        assert_eq!(page.focus().await?.id, "question-1-0");
        Ok(())
    });
}
