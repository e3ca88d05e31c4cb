//! Progress in another window of the same browser, and on a shared computer.

use anyhow::Result;
use frontdoor_tests::steps::guides::{answer_shelter, open_guide, open_shelter};
use frontdoor_tests::{Page, Stage, en, plural, stage};
use thirtyfour::WindowHandle;

/// The names of the ticked boxes.
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

/// Opens the guide in a new window, and returns the window before.
async fn open_in_new_window(stage: &Stage) -> Result<WindowHandle> {
    let before = stage.page.new_tab().await?;
    open_guide(stage, "shelter").await?;
    stage.page.heading("Get a shelter").await?;
    Ok(before)
}

#[test]
fn another_window_has_the_ticks_and_answers() {
    stage(async |stage| {
        let page = &stage.page;
        open_shelter(stage).await?;
        answer_shelter(page, "A few", Some("No school")).await?;
        tick(page, "A photo ID").await?;
        tick(page, "Pick a day").await?;
        let first = open_in_new_window(stage).await?;
        let so_far = plural("guide.so-far", 1).replace("{steps}", "3");
        page.sees(&so_far).await?;
        assert_eq!(ticked(page).await?.len(), 2);
        page.find("link", &en("guide.change-answers")).await?;
        page.close_tab(first).await
    });
}

#[test]
fn on_a_shared_computer_another_window_has_nothing_and_this_one_goes_on() {
    stage(async |stage| {
        let page = &stage.page;
        open_shelter(stage).await?;
        answer_shelter(page, "A few", Some("No school")).await?;
        tick(page, "A photo ID").await?;
        page.press(&en("shared-computer")).await?;
        page.hears(&en("kept.nowhere")).await?;
        // The current visit can go on.
        assert_eq!(ticked(page).await?.len(), 1);
        tick(page, "Pick a day").await?;
        page.press(&en("guide.change-answers")).await?;
        assert!(page.is_chosen("How many come?", "A few").await?);
        page.press(&en("back")).await?;
        page.heading("Get a shelter").await?;
        assert_eq!(ticked(page).await?.len(), 2);
        let first = open_in_new_window(stage).await?;
        page.find("link", &en("guide.check")).await?;
        assert!(ticked(page).await?.is_empty());
        page.close_tab(first).await?;
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
        let first = open_in_new_window(stage).await?;
        tick(page, "Pick a day").await?;
        page.close_tab(first).await?;
        tick(page, "A photo ID").await?;
        page.reload().await?;
        page.heading("Get a shelter").await?;
        let ticked = ticked(page).await?;
        assert_eq!(ticked.len(), 2, "{ticked:?}");
        Ok(())
    });
}
