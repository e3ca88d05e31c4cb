//! Progress through a guide: stored on the device, erasable, and not stored on a shared computer.

use anyhow::Result;
use frontdoor_tests::steps::guides::{open_guide, open_shelter, serve_guides, shelter};
use frontdoor_tests::{Page, ROOT, en, plural, stage};

/// Waits until the steps are ticked like this.
async fn are_done(page: &Page, done: [bool; 3]) -> Result<()> {
    let boxes =
        format!("[...{ROOT}.querySelectorAll('.foot input')].map((box) => box.checked).join()");
    let expected = done.map(|is_done| is_done.to_string()).join(",");
    page.until(&format!("{boxes} === '{expected}'")).await
}

/// Waits until the step with this title is marked as the current one.
async fn is_current(page: &Page, title: &str) -> Result<()> {
    let current = format!("{ROOT}.querySelector('[aria-current=step]')?.textContent ?? 'none'");
    page.until(&format!("({current}).includes({title:?})"))
        .await
}

#[test]
fn steps_are_numbered_and_the_next_one_is_marked() {
    stage(async |stage| {
        let page = &stage.page;
        open_shelter(stage).await?;
        let name = en("guide.step-of")
            .replace("{step}", "2")
            .replace("{steps}", "3");
        page.heading(&format!("{name} Pay the rent")).await?;
        is_current(page, "Pick a day").await?;
        page.choose("", &format!("{} Pick a day", en("guide.done")))
            .await?;
        is_current(page, "Pay the rent").await?;
        page.sees(&plural("guide.so-far", 1).replace("{steps}", "3"))
            .await
    });
}

#[test]
fn ticks_survive_a_reload_and_are_gone_once_erased() {
    stage(async |stage| {
        let page = &stage.page;
        open_shelter(stage).await?;
        page.choose("", &format!("{} Pick a day", en("guide.done")))
            .await?;
        page.choose("", "A photo ID").await?;
        page.sees(&en("guide.kept")).await?;
        page.reload().await?;
        page.heading("Get a shelter").await?;
        are_done(page, [true, false, false]).await?;
        page.press(&en("erase")).await?;
        are_done(page, [false; 3]).await?;
        page.reload().await?;
        page.heading("Get a shelter").await?;
        are_done(page, [false; 3]).await
    });
}

#[test]
fn nothing_stays_on_a_shared_computer() {
    stage(async |stage| {
        let page = &stage.page;
        open_shelter(stage).await?;
        page.choose("", "A photo ID").await?;
        page.press(&en("shared-computer")).await?;
        page.sees(&en("kept.nowhere")).await?;
        let left = page
            .eval("Object.keys(localStorage).filter((key) => key.includes('guide')).length + ''")
            .await?;
        assert_eq!(left, "0");
        page.reload().await?;
        page.heading("Get a shelter").await?;
        let text = page.text().await?;
        assert!(!text.contains(&en("guide.kept")), "{text}");
        Ok(())
    });
}

#[test]
fn an_address_leads_to_a_step_and_an_unknown_one_to_the_beginning() {
    stage(async |stage| {
        let page = &stage.page;
        serve_guides(stage, &[shelter()])?;
        open_guide(stage, "shelter/step/wait").await?;
        let name = en("guide.step-of")
            .replace("{step}", "3")
            .replace("{steps}", "3");
        page.focus_on("heading", &format!("{name} Wait for us"))
            .await?;
        open_guide(stage, "shelter/step/none").await?;
        page.reload().await?;
        page.heading("Get a shelter").await?;
        open_guide(stage, "shelter/check").await?;
        page.reload().await?;
        page.heading(&en("guide.check-heading")).await
    });
}
