//! What is taken along says what is on the screen: one's own steps, papers and fees.

use anyhow::Result;
use frontdoor_tests::{Page, en, stage};

use crate::own::open_shelter;

/// The guide as text.
async fn copied(page: &Page) -> Result<String> {
    let listen =
        "window.copied = ''; Object.defineProperty(navigator, 'clipboard', { configurable: true,
        value: { writeText: (text) => { window.copied = text; return Promise.resolve(); } } });";
    page.script(listen, Vec::new()).await?;
    page.press(&en("guide.copy")).await?;
    page.until("window.copied").await?;
    page.eval("copied").await
}

async fn answer(page: &Page, answers: &[(&str, &str)]) -> Result<()> {
    page.press(&en("guide.check")).await?;
    for (question, answer) in answers {
        page.choose(question, answer).await?;
    }
    page.press(&en("guide.show-mine")).await?;
    page.heading("Get a shelter").await
}

#[test]
fn the_copy_has_the_outcome_and_only_one_s_own_steps_papers_and_fees() {
    stage(async |stage| {
        let page = &stage.page;
        open_shelter(stage).await?;
        answer(
            page,
            &[
                ("How many come?", "A few"),
                ("Is it for a school?", "Yes, a school"),
            ],
        )
        .await?;
        let copied = copied(page).await?;
        for words in [
            "It is free for you",
            "1. Pick a day",
            "2. Wait for us",
            "A school letter",
        ] {
            assert!(copied.contains(words), "no “{words}” in {copied}");
        }
        for words in ["Pay the rent", "$35", "Only if"] {
            assert!(!copied.contains(words), "“{words}” in {copied}");
        }
        Ok(())
    });
}

#[test]
fn where_the_browser_lets_nothing_be_copied_that_is_said() {
    stage(async |stage| {
        let page = &stage.page;
        open_shelter(stage).await?;
        let refuse = "Object.defineProperty(navigator, 'clipboard', { value: { writeText: () => Promise.reject(new Error('no')) } });
            Object.defineProperty(navigator, 'share', { value: undefined });
            document.execCommand = () => false;";
        page.script(refuse, Vec::new()).await?;
        page.press(&en("guide.copy")).await?;
        page.hears(&en("guide.copy-failed")).await?;
        page.press(&en("guide.share")).await?;
        page.loses(&en("guide.copy-failed")).await
    });
}

#[test]
fn the_copy_has_all_steps_where_the_screen_shows_them() {
    stage(async |stage| {
        let page = &stage.page;
        open_shelter(stage).await?;
        answer(
            page,
            &[
                ("How many come?", "A few"),
                ("Is it for a school?", "Yes, a school"),
            ],
        )
        .await?;
        page.press(&en("guide.show-all")).await?;
        page.sees("Pay the rent").await?;
        let copied = copied(page).await?;
        assert!(copied.contains("Pay the rent"), "{copied}");
        Ok(())
    });
}

#[test]
fn the_copy_for_whom_it_is_not_says_what_to_try_and_no_steps() {
    stage(async |stage| {
        let page = &stage.page;
        open_shelter(stage).await?;
        answer(page, &[("How many come?", "Too many")]).await?;
        let copied = copied(page).await?;
        assert!(copied.contains("Our roof is too small"), "{copied}");
        assert!(copied.contains("Close your block"), "{copied}");
        assert!(!copied.contains("Pick a day"), "{copied}");
        Ok(())
    });
}
