//! How much may be written: said while typing, and never cut off.

use anyhow::Result;
use frontdoor_tests::{en, plural, stage};

use crate::steps::to_details;

/// As pasting does.
const PASTE: &str = "
const area = document.querySelector('front-door').shadowRoot.querySelector('textarea');
area.value = 'x'.repeat(arguments[0]);
area.dispatchEvent(new Event('input', { bubbles: true, composed: true }));";

#[test]
fn the_count_follows_what_is_typed_is_said_on_a_pause_and_cuts_nothing() {
    stage(async |stage| {
        let page = &stage.page;
        to_details(stage).await?;
        let paste = async |length: u32| -> Result<()> {
            page.script(PASTE, vec![length.into()]).await.map(drop)
        };
        // Seen by those who see it; it is no part of what is read out with every letter.
        let seen = |words: &str| {
            format!(
                "document.querySelector('front-door').shadowRoot.querySelector('.count').textContent === {words:?}"
            )
        };
        paste(10).await?;
        page.until(&seen("3,990 characters left")).await?;
        // With plenty of room nobody has to hear it; near the end it is said.
        paste(3_999).await?;
        page.until(&seen(&plural("characters.left", 1))).await?;
        let heard = |words: &str| {
            format!(
                "Array.from(document.querySelector('front-door').shadowRoot.querySelectorAll('.vh[role=status]')).some((node) => node.textContent === {words:?})"
            )
        };
        page.until(&heard(&plural("characters.left", 1))).await?;
        paste(4_100).await?;
        page.until(&seen(&plural("characters.over", 100))).await?;
        page.until(&heard(&plural("characters.over", 100))).await?;

        page.press(&en("continue")).await?;
        page.focus_on("alert", "").await?;
        let fault = en("fault.too-long").replace("{count}", "100");
        page.sees(
            fault
                .split("{label}")
                .next()
                .unwrap_or_default()
                .trim_end_matches(": "),
        )
        .await?;
        let kept = page.value(&en("description.alone")).await?;
        assert_eq!(kept.len(), 4_100, "something was cut off");
        paste(4_000).await?;
        page.press(&en("continue")).await?;
        page.heading(&en("photos.heading")).await
    });
}
