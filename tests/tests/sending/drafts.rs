//! What was begun is there after a reload and after the window was closed, is offered with its
//! date, and is gone when the resident says so.

use anyhow::{Context, Result};
use frontdoor_tests::{Reply, Stage, en, host_page, stage};

use crate::steps::{ADDRESS, TAG, WORDS, device_holds, form, half_way, leave_and_come_back, start};

/// A draft that a window which is closed now has left.
async fn left(stage: &Stage) -> Result<()> {
    start(stage).await?;
    half_way(&stage.page, WORDS).await?;
    stage.page.sees(&en("kept")).await?;
    device_holds(&stage.page, WORDS, true).await?;
    leave_and_come_back(&stage.page).await
}

async fn offered(stage: &Stage) -> Result<()> {
    let page = &stage.page;
    page.open(&form(stage, "street-sweeping")).await?;
    page.heading(&en("draft.heading")).await?;
    let since = en("draft.since");
    let (since, _) = since.split_once("{day}").context("no day")?;
    let text = page.text().await?;
    let (_, after) = text.split_once(since).context("no date")?;
    let today =
        "new Intl.DateTimeFormat('en', { timeZone: 'America/Chicago', day: 'numeric' }).format()";
    let today = page.eval(today).await?;
    let (date, _) = after.split_once(&en("draft.go-on")).context("no way on")?;
    assert!(date.contains(&today), "“{date}” does not name the {today}");
    Ok(())
}

#[test]
fn a_reload_keeps_what_was_typed() {
    stage(async |stage| {
        let page = &stage.page;
        start(stage).await?;
        half_way(page, WORDS).await?;
        page.reload().await?;
        page.holds(&en("place.label"), ADDRESS).await?;
        page.press(&en("continue")).await?;
        page.holds(&en("description.alone"), WORDS).await
    });
}

#[test]
fn after_the_window_was_closed_it_is_offered_and_can_be_gone_on_with() {
    stage(async |stage| {
        let page = &stage.page;
        left(stage).await?;
        offered(stage).await?;
        page.press(&en("draft.go-on")).await?;
        page.holds(&en("place.label"), ADDRESS).await?;
        page.press(&en("continue")).await?;
        page.holds(&en("description.alone"), WORDS).await
    });
}

#[test]
fn a_new_start_leaves_nothing_of_the_old_one() {
    stage(async |stage| {
        let page = &stage.page;
        left(stage).await?;
        offered(stage).await?;
        page.press(&en("draft.start-new")).await?;
        page.holds(&en("place.label"), "").await?;
        device_holds(page, WORDS, false).await?;
        page.reload().await?;
        page.holds(&en("place.label"), "").await
    });
}

#[test]
fn the_start_view_shows_it_and_erases_it() {
    stage(async |stage| {
        let page = &stage.page;
        left(stage).await?;
        page.open(&stage.host.page(TAG)).await?;
        page.heading(&en("drafts.heading")).await?;
        page.find("link", "Street sweeping").await?;
        page.press(&format!("{} Street sweeping", en("erase")))
            .await?;
        page.loses(&en("drafts.heading")).await?;
        device_holds(page, WORDS, false).await?;
        page.reload().await?;
        page.heading(&en("start.heading")).await?;
        page.loses("Street sweeping").await?;
        page.open(&form(stage, "street-sweeping")).await?;
        page.holds(&en("place.label"), "").await
    });
}

#[test]
fn the_form_erases_it_too() {
    stage(async |stage| {
        let page = &stage.page;
        start(stage).await?;
        half_way(page, WORDS).await?;
        device_holds(page, WORDS, true).await?;
        page.press(&en("erase")).await?;
        page.hears(&en("erased")).await?;
        device_holds(page, WORDS, false).await?;
        leave_and_come_back(page).await?;
        page.open(&form(stage, "street-sweeping")).await?;
        page.holds(&en("place.label"), "").await
    });
}

#[test]
fn a_form_that_the_city_has_changed_since_says_so() {
    stage(async |stage| {
        let page = &stage.page;
        page.open(&form(stage, "pothole")).await?;
        page.fill(&en("place.label"), ADDRESS).await?;
        page.press(&en("continue")).await?;
        page.fill(&en("description.label"), WORDS).await?;
        assert!(!page.text().await?.contains(&en("form.changed")));
        device_holds(page, WORDS, true).await?;
        leave_and_come_back(page).await?;

        let mut definition = stage.city.ask("services/pothole.json").await?;
        let attributes = definition["attributes"].as_array_mut();
        let attributes = attributes.context("no attributes")?;
        attributes.retain(|attribute| attribute["code"] != "lane");
        stage.host.answer(
            "/open311/v2/services/pothole.json",
            Reply::json(definition.to_string()),
        );
        page.open(&form(stage, "pothole")).await?;
        page.heading(&en("draft.heading")).await?;
        page.sees(&en("form.changed")).await?;
        page.press(&en("draft.go-on")).await?;
        page.holds(&en("place.label"), ADDRESS).await?;
        page.sees(&en("form.changed")).await
    });
}

#[test]
fn without_the_device_s_database_it_is_kept_in_the_tab() {
    stage(async |stage| {
        let page = &stage.page;
        let head = "<script>Object.defineProperty(window, 'indexedDB',
            { get() { throw new DOMException('no', 'SecurityError') } });</script>";
        let tag = r#"<front-door config="/frontdoor.json" service="street-sweeping"></front-door>"#;
        stage.host.answer("/", Reply::html(host_page(head, tag)));
        page.open(&stage.host.url("/")).await?;
        half_way(page, WORDS).await?;
        page.sees(&en("kept.in-tab")).await?;
        page.reload().await?;
        page.holds(&en("place.label"), ADDRESS).await?;
        page.press(&en("continue")).await?;
        page.holds(&en("description.alone"), WORDS).await
    });
}
