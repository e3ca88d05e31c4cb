//! Progress in another window of the same browser, and on a computer that others use.

use anyhow::Result;
use frontdoor_tests::{Page, Stage, en, plural, stage};

use crate::own::{open, open_shelter};

/// The boxes that are ticked, by their names.
async fn ticked(page: &Page) -> Result<Vec<String>> {
    let mut ticked = Vec::new();
    for name in page.names("checkbox").await? {
        if page.find("checkbox", &name).await?.is_selected().await? {
            ticked.push(name);
        }
    }
    Ok(ticked)
}

async fn tick(page: &Page, name: &str) -> Result<()> {
    let boxes = page.names("checkbox").await?;
    let name = boxes.iter().find(|known| known.ends_with(name));
    page.choose("", name.map_or("no such box", String::as_str))
        .await
}

/// Opens the guide in a new window.
async fn another_window(stage: &Stage) -> Result<()> {
    let browser = &stage.page.browser;
    let new = browser.new_tab().await?;
    browser.switch_to_window(new).await?;
    open(stage, "shelter").await?;
    stage.page.heading("Get a shelter").await
}

async fn answer(page: &Page) -> Result<()> {
    page.press(&en("guide.check")).await?;
    page.choose("How many come?", "A few").await?;
    page.choose("Is it for a school?", "No school").await?;
    page.press(&en("guide.show-mine")).await?;
    page.heading("Get a shelter").await
}

#[test]
fn another_window_knows_what_was_ticked_and_answered() {
    stage(async |stage| {
        let page = &stage.page;
        open_shelter(stage).await?;
        answer(page).await?;
        tick(page, "A photo ID").await?;
        tick(page, "Pick a day").await?;
        let first = page.browser.window().await?;
        another_window(stage).await?;
        let so_far = plural("guide.so-far", 1).replace("{steps}", "3");
        page.sees(&so_far).await?;
        assert_eq!(ticked(page).await?.len(), 2);
        page.find("link", &en("guide.change-answers")).await?;
        page.browser.close_window().await?;
        Ok(page.browser.switch_to_window(first).await?)
    });
}

#[test]
fn on_a_shared_computer_another_window_knows_nothing_and_this_one_goes_on() {
    stage(async |stage| {
        let page = &stage.page;
        open_shelter(stage).await?;
        answer(page).await?;
        tick(page, "A photo ID").await?;
        page.press(&en("shared-computer")).await?;
        page.hears(&en("kept.nowhere")).await?;
        // Whoever is at it now can go on.
        assert_eq!(ticked(page).await?.len(), 1);
        tick(page, "Pick a day").await?;
        page.press(&en("guide.change-answers")).await?;
        assert!(page.is_chosen("How many come?", "A few").await?);
        page.press(&en("back")).await?;
        page.heading("Get a shelter").await?;
        assert_eq!(ticked(page).await?.len(), 2);
        let first = page.browser.window().await?;
        another_window(stage).await?;
        page.find("link", &en("guide.check")).await?;
        assert!(ticked(page).await?.is_empty());
        page.browser.close_window().await?;
        page.browser.switch_to_window(first).await?;
        page.reload().await?;
        page.find("link", &en("guide.check")).await?;
        assert!(ticked(page).await?.is_empty());
        Ok(())
    });
}

#[test]
fn two_windows_do_not_undo_each_other_s_ticks() {
    stage(async |stage| {
        let page = &stage.page;
        open_shelter(stage).await?;
        let first = page.browser.window().await?;
        another_window(stage).await?;
        tick(page, "Pick a day").await?;
        page.browser.close_window().await?;
        page.browser.switch_to_window(first).await?;
        tick(page, "A photo ID").await?;
        page.reload().await?;
        page.heading("Get a shelter").await?;
        let ticked = ticked(page).await?;
        assert_eq!(ticked.len(), 2, "{ticked:?}");
        Ok(())
    });
}
