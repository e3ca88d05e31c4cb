//! How far one has come: kept on the device, erasable, and nowhere on a computer that others use.

use anyhow::Result;
use frontdoor_tests::{Stage, en, plural, stage};

use crate::own::open_shelter;

const IS_DONE: &str = "[...document.querySelector('front-door').shadowRoot.querySelectorAll('.foot input')].map((box) => box.checked).join()";

async fn tick(stage: &Stage, name: &str) -> Result<()> {
    stage.page.find("checkbox", name).await?.click().await?;
    Ok(())
}

/// The step that is marked as the current one.
async fn current(stage: &Stage, words: &str) -> Result<()> {
    let current = "document.querySelector('front-door').shadowRoot.querySelector('[aria-current=step]')?.textContent ?? 'none'";
    stage
        .page
        .until(&format!("({current}).includes({words:?})"))
        .await
}

#[test]
fn steps_have_their_number_in_their_name_and_the_next_one_is_marked() {
    stage(async |stage| {
        let page = &stage.page;
        open_shelter(stage).await?;
        let name = en("guide.step-of")
            .replace("{step}", "2")
            .replace("{steps}", "3");
        page.heading(&format!("{name} Pay the rent")).await?;
        current(stage, "Pick a day").await?;
        tick(stage, &format!("{} Pick a day", en("guide.done"))).await?;
        current(stage, "Pay the rent").await?;
        page.sees(
            &plural("guide.so-far", 1)
                .replace("{count}", "1")
                .replace("{steps}", "3"),
        )
        .await
    });
}

#[test]
fn what_is_ticked_survives_the_page_and_is_gone_once_erased() {
    stage(async |stage| {
        let page = &stage.page;
        open_shelter(stage).await?;
        tick(stage, &format!("{} Pick a day", en("guide.done"))).await?;
        tick(stage, "A photo ID").await?;
        page.sees(&en("guide.kept")).await?;
        page.reload().await?;
        page.heading("Get a shelter").await?;
        page.until(&format!("{IS_DONE} === 'true,false,false'"))
            .await?;
        page.press(&en("erase")).await?;
        page.until(&format!("{IS_DONE} === 'false,false,false'"))
            .await?;
        page.reload().await?;
        page.heading("Get a shelter").await?;
        page.until(&format!("{IS_DONE} === 'false,false,false'"))
            .await
    });
}

#[test]
fn on_a_shared_computer_nothing_stays() {
    stage(async |stage| {
        let page = &stage.page;
        open_shelter(stage).await?;
        tick(stage, "A photo ID").await?;
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
        crate::own::put(stage, &[crate::own::shelter()]);
        crate::own::open(stage, "shelter/step/wait").await?;
        let name = en("guide.step-of")
            .replace("{step}", "3")
            .replace("{steps}", "3");
        page.focus_on("heading", &format!("{name} Wait for us"))
            .await?;
        crate::own::open(stage, "shelter/step/none").await?;
        page.reload().await?;
        page.heading("Get a shelter").await?;
        crate::own::open(stage, "shelter/check").await?;
        page.reload().await?;
        page.heading(&en("guide.check-heading")).await
    });
}
