//! A draft survives a reload and a closed window, is offered with its date, and is gone once the
//! resident erases it.

use anyhow::{Context, Result};
use frontdoor_tests::steps::common::{POTHOLE, TAG};
use frontdoor_tests::steps::request::{
    ADDRESS, DESCRIPTION, fill_first_steps, form_page, open_form, service_tag,
};
use frontdoor_tests::{Reply, Stage, en, stage};

/// Begins a request and closes the window.
async fn leave_draft(stage: &Stage) -> Result<()> {
    let page = &stage.page;
    open_form(stage, "street-sweeping").await?;
    fill_first_steps(page, DESCRIPTION).await?;
    page.sees(&en("kept")).await?;
    page.database_contains(DESCRIPTION, true).await?;
    page.leave_and_return().await
}

/// Opens the form and expects the draft to be offered, with its date.
async fn draft_is_offered(stage: &Stage) -> Result<()> {
    let page = &stage.page;
    page.open(&form_page(stage, "street-sweeping")).await?;
    page.heading(&en("draft.heading")).await?;
    let since = en("draft.since");
    let (since, _) = since.split_once("{day}").context("the text has no day")?;
    let text = page.text().await?;
    let (_, after) = text.split_once(since).context("no date")?;
    let today =
        "new Intl.DateTimeFormat('en', { timeZone: 'America/Chicago', day: 'numeric' }).format()";
    let today = page.eval(today).await?;
    let (date, _) = after
        .split_once(&en("draft.go-on"))
        .context("no button to resume")?;
    assert!(date.contains(&today), "“{date}” does not name the {today}");
    Ok(())
}

#[test]
fn a_reload_keeps_what_was_typed() {
    stage(async |stage| {
        let page = &stage.page;
        open_form(stage, "street-sweeping").await?;
        fill_first_steps(page, DESCRIPTION).await?;
        page.reload().await?;
        page.holds(&en("place.label"), ADDRESS).await?;
        page.press(&en("continue")).await?;
        page.holds(&en("description.alone"), DESCRIPTION).await
    });
}

#[test]
fn after_the_window_is_closed_the_draft_is_offered_and_can_be_resumed() {
    stage(async |stage| {
        let page = &stage.page;
        leave_draft(stage).await?;
        draft_is_offered(stage).await?;
        page.press(&en("draft.go-on")).await?;
        page.holds(&en("place.label"), ADDRESS).await?;
        page.press(&en("continue")).await?;
        page.holds(&en("description.alone"), DESCRIPTION).await
    });
}

#[test]
fn starting_anew_leaves_nothing_of_the_old_draft() {
    stage(async |stage| {
        let page = &stage.page;
        leave_draft(stage).await?;
        draft_is_offered(stage).await?;
        page.press(&en("draft.start-new")).await?;
        page.holds(&en("place.label"), "").await?;
        page.database_contains(DESCRIPTION, false).await?;
        page.reload().await?;
        page.holds(&en("place.label"), "").await
    });
}

#[test]
fn the_start_view_lists_the_draft_and_erases_it() {
    stage(async |stage| {
        let page = &stage.page;
        leave_draft(stage).await?;
        page.open(&stage.host.page(TAG)).await?;
        page.heading(&en("drafts.heading")).await?;
        page.find("link", "Street sweeping").await?;
        page.press(&format!("{} Street sweeping", en("erase")))
            .await?;
        page.loses(&en("drafts.heading")).await?;
        page.database_contains(DESCRIPTION, false).await?;
        page.reload().await?;
        page.heading(&en("start.heading")).await?;
        page.loses("Street sweeping").await?;
        page.open(&form_page(stage, "street-sweeping")).await?;
        page.holds(&en("place.label"), "").await
    });
}

#[test]
fn the_form_erases_the_draft_too() {
    stage(async |stage| {
        let page = &stage.page;
        open_form(stage, "street-sweeping").await?;
        fill_first_steps(page, DESCRIPTION).await?;
        page.database_contains(DESCRIPTION, true).await?;
        page.press(&en("erase")).await?;
        page.hears(&en("erased")).await?;
        page.database_contains(DESCRIPTION, false).await?;
        page.leave_and_return().await?;
        page.open(&form_page(stage, "street-sweeping")).await?;
        page.holds(&en("place.label"), "").await
    });
}

#[test]
fn a_draft_of_a_form_that_has_changed_since_says_so() {
    stage(async |stage| {
        let page = &stage.page;
        page.open(&form_page(stage, "pothole")).await?;
        page.fill(&en("place.label"), ADDRESS).await?;
        page.press(&en("continue")).await?;
        page.fill(&en("description.label"), DESCRIPTION).await?;
        assert!(!page.text().await?.contains(&en("form.changed")));
        page.database_contains(DESCRIPTION, true).await?;
        page.leave_and_return().await?;

        let mut definition = stage.city.get("services/pothole.json").await?;
        let attributes = definition["attributes"].as_array_mut();
        let attributes = attributes.context("no attributes")?;
        attributes.retain(|attribute| attribute["code"] != "lane");
        stage
            .host
            .answer(POTHOLE, Reply::json(definition.to_string()));
        page.open(&form_page(stage, "pothole")).await?;
        page.heading(&en("draft.heading")).await?;
        page.sees(&en("form.changed")).await?;
        page.press(&en("draft.go-on")).await?;
        page.holds(&en("place.label"), ADDRESS).await?;
        page.sees(&en("form.changed")).await
    });
}

#[test]
fn without_the_device_s_database_the_draft_is_stored_in_the_tab() {
    stage(async |stage| {
        let page = &stage.page;
        let head = "<script>Object.defineProperty(window, 'indexedDB',
            { get() { throw new DOMException('no', 'SecurityError') } });</script>";
        let address = stage
            .host
            .page_with_head(head, &service_tag("street-sweeping"));
        page.open(&address).await?;
        fill_first_steps(page, DESCRIPTION).await?;
        page.sees(&en("kept.in-tab")).await?;
        page.reload().await?;
        page.holds(&en("place.label"), ADDRESS).await?;
        page.press(&en("continue")).await?;
        page.holds(&en("description.alone"), DESCRIPTION).await
    });
}
