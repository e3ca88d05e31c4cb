//! On a shared computer nothing that was typed stays.

use anyhow::Result;
use frontdoor_tests::steps::request::{
    ADDRESS, DESCRIPTION, fill_first_steps, open_form, sent_number, to_review,
};
use frontdoor_tests::{Page, en, stage};

/// Everything that the tests type.
const TYPED: [&str; 5] = [ADDRESS, DESCRIPTION, "Ada", "Byron", "ada@example.org"];

async fn nothing_is_stored(page: &Page, when: &str) -> Result<()> {
    for typed in TYPED {
        page.database_contains(typed, false).await?;
    }
    let stored = page.stored_data().await?;
    for typed in TYPED {
        assert!(!stored.contains(typed), "{when}, “{typed}” stays: {stored}");
    }
    Ok(())
}

#[test]
fn nothing_that_was_typed_stays_on_the_device() {
    stage(async |stage| {
        let page = &stage.page;
        open_form(stage, "street-sweeping").await?;
        to_review(page, DESCRIPTION).await?;
        page.press(&format!("{} {}", en("change"), en("email")))
            .await?;
        page.choose("", &en("contact.remember")).await?;
        page.press(&en("continue")).await?;
        page.press(&en("send")).await?;
        sent_number(page).await?;
        let stored = page.stored_data().await?;
        assert!(stored.contains("Byron"), "nothing is remembered: {stored}");

        open_form(stage, "street-sweeping").await?;
        fill_first_steps(page, DESCRIPTION).await?;
        page.press(&en("continue")).await?;
        page.press(&en("continue")).await?;
        page.holds(&en("last-name"), "Byron").await?;
        page.press(&en("shared-computer")).await?;
        page.sees(&en("kept.nowhere")).await?;
        nothing_is_stored(page, "after the press").await?;
        // What was typed is still in the form and can be sent.
        page.holds(&en("last-name"), "Byron").await?;
        page.press(&en("continue")).await?;
        page.sees(DESCRIPTION).await?;
        page.press(&en("send")).await?;
        sent_number(page).await?;
        nothing_is_stored(page, "after sending").await?;
        // Leaving the page would write what is still pending.
        open_form(stage, "street-sweeping").await?;
        page.holds(&en("place.label"), "").await?;
        nothing_is_stored(page, "in the next form").await
    });
}

#[test]
fn the_choice_survives_a_reload() {
    stage(async |stage| {
        let page = &stage.page;
        open_form(stage, "street-sweeping").await?;
        page.press(&en("shared-computer")).await?;
        to_review(page, DESCRIPTION).await?;
        page.reload().await?;
        page.holds(&en("place.label"), "").await?;
        page.sees(&en("kept.nowhere")).await?;
        nothing_is_stored(page, "after a reload").await?;
        fill_first_steps(page, DESCRIPTION).await?;
        page.leave_and_return().await?;
        open_form(stage, "street-sweeping").await?;
        page.holds(&en("place.label"), "").await?;
        nothing_is_stored(page, "in another window").await
    });
}
