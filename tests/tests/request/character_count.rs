//! The length of a text: counted and announced while typing, and never cut off.

use anyhow::Result;
use frontdoor_tests::steps::common::{go_on, text_before_placeholder};
use frontdoor_tests::steps::request::{open_form, to_details};
use frontdoor_tests::{ROOT, en, plural, stage};

/// Fills in a text of this length, as pasting does.
const PASTE: &str = "
const area = document.querySelector('front-door').shadowRoot.querySelector('textarea');
area.value = 'x'.repeat(arguments[0]);
area.dispatchEvent(new Event('input', { bubbles: true, composed: true }));";

#[test]
fn the_count_follows_typing_is_announced_in_a_pause_and_cuts_nothing_off() {
    stage(async |stage| {
        let page = &stage.page;
        open_form(stage, "street-sweeping").await?;
        to_details(page).await?;
        let paste = async |length: u32| -> Result<()> {
            page.script(PASTE, vec![length.into()]).await.map(drop)
        };
        // The visible count is not a live region: it would be announced with every letter.
        let is_shown =
            |text: &str| format!("{ROOT}.querySelector('.count').textContent === {text:?}");
        paste(10).await?;
        page.until(&is_shown("3,990 characters left")).await?;
        // It is announced only near the limit.
        paste(3_999).await?;
        page.until(&is_shown(&plural("characters.left", 1))).await?;
        let is_announced = |text: &str| {
            format!(
                "Array.from({ROOT}.querySelectorAll('.vh[role=status]')).some((node) => node.textContent === {text:?})"
            )
        };
        page.until(&is_announced(&plural("characters.left", 1)))
            .await?;
        paste(4_100).await?;
        page.until(&is_shown(&plural("characters.over", 100)))
            .await?;
        page.until(&is_announced(&plural("characters.over", 100)))
            .await?;

        page.press(&en("continue")).await?;
        page.focus_on("alert", "").await?;
        page.sees(&text_before_placeholder("fault.too-long"))
            .await?;
        let text = page.value(&en("description.alone")).await?;
        assert_eq!(text.len(), 4_100, "something was cut off");
        paste(4_000).await?;
        go_on(page, "photos.heading").await
    });
}
