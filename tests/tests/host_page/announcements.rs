//! What a screen reader announces when the view changes.

use frontdoor_tests::{ROOT, en, plural, stage};

use crate::tour::visit;

#[test]
fn a_search_is_announced_with_its_count_and_a_view_has_one_heading() {
    stage(async |stage| {
        let page = &stage.page;
        visit(stage, "start", "en").await?;
        page.fill(&en("start.search"), "pothole").await?;
        page.until(&format!(
            "Array.from({ROOT}.querySelectorAll('[role=status]')).some(node => node.textContent.includes('1 result'))"
        ))
        .await?;
        // One heading of level 2, below the page's own of level 1.
        let levels = format!(
            "Array.from({ROOT}.querySelectorAll('h1, h2')).map(node => node.localName).join()"
        );
        assert_eq!(page.eval(&levels).await?, "h2");
        Ok(())
    });
}

#[test]
fn announcements_do_not_stay_when_they_no_longer_apply() {
    stage(async |stage| {
        let page = &stage.page;
        visit(stage, "results", "en").await?;
        let count = plural("search.found", 1);
        page.sees(&count).await?;
        page.press("Pothole").await?;
        page.heading(&en("place.heading")).await?;
        page.loses(&count).await?;
        visit(stage, "sent", "en").await?;
        page.heading(&en("sent.heading")).await?;
        page.loses(&en("sending")).await
    });
}
