//! A computer that others use: nothing of what was typed stays on it.

use anyhow::Result;
use frontdoor_tests::{Page, en, stage};

use crate::steps::{
    ADDRESS, WORDS, device_holds, half_way, leave_and_come_back, number, on_device, start, to_check,
};

const TYPED: [&str; 5] = [ADDRESS, WORDS, "Ada", "Byron", "ada@example.org"];

async fn nothing_is_there(page: &Page, when: &str) -> Result<()> {
    for typed in TYPED {
        device_holds(page, typed, false).await?;
    }
    let kept = on_device(page).await?;
    for typed in TYPED {
        assert!(!kept.contains(typed), "{when}, “{typed}” stays: {kept}");
    }
    Ok(())
}

#[test]
fn on_a_shared_computer_nothing_that_was_typed_stays() {
    stage(async |stage| {
        let page = &stage.page;
        start(stage).await?;
        to_check(page).await?;
        page.press(&format!("{} {}", en("change"), en("email")))
            .await?;
        page.choose("", &en("contact.remember")).await?;
        page.press(&en("continue")).await?;
        page.press(&en("send")).await?;
        number(page).await?;
        let kept = on_device(page).await?;
        assert!(kept.contains("Byron"), "nothing is remembered: {kept}");

        start(stage).await?;
        half_way(page, WORDS).await?;
        page.press(&en("continue")).await?;
        page.press(&en("continue")).await?;
        page.holds(&en("last-name"), "Byron").await?;
        page.press(&en("shared-computer")).await?;
        page.sees(&en("kept.nowhere")).await?;
        nothing_is_there(page, "after the press").await?;
        // What was typed is still in the form, and it can be sent.
        page.holds(&en("last-name"), "Byron").await?;
        page.press(&en("continue")).await?;
        page.sees(WORDS).await?;
        page.press(&en("send")).await?;
        number(page).await?;
        nothing_is_there(page, "after sending").await?;
        // What would be written later is written when the page is left.
        start(stage).await?;
        page.holds(&en("place.label"), "").await?;
        nothing_is_there(page, "in the next form").await
    });
}

#[test]
fn a_shared_computer_stays_one_after_a_reload() {
    stage(async |stage| {
        let page = &stage.page;
        start(stage).await?;
        page.press(&en("shared-computer")).await?;
        to_check(page).await?;
        page.reload().await?;
        page.holds(&en("place.label"), "").await?;
        page.sees(&en("kept.nowhere")).await?;
        nothing_is_there(page, "after a reload").await?;
        half_way(page, WORDS).await?;
        leave_and_come_back(page).await?;
        start(stage).await?;
        page.holds(&en("place.label"), "").await?;
        nothing_is_there(page, "in another window").await
    });
}
