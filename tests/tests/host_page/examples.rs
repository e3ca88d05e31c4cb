//! The pages in `examples/`, opened as they are: the widget is usable on each of them.

use anyhow::Result;
use frontdoor_tests::steps::common::{console_is_clean, go_on};
use frontdoor_tests::steps::request::{ADDRESS, search_service, send_pothole};
use frontdoor_tests::{Reply, Stage, en, stage};

const PLAIN: &str = include_str!("../../../examples/plain.html");
const PREFILLED: &str = include_str!("../../../examples/prefilled.html");
const CSP: &str = include_str!("../../../examples/csp.html");
const TWO_WIDGETS: &str = include_str!("../../../examples/two-widgets.html");

/// Opens a page with the probe in front of the widget's script.
async fn open_example(stage: &Stage, page: &str) -> Result<()> {
    const SCRIPT: &str = r#"<script type="module" async src="/frontdoor/frontdoor.js">"#;
    assert_eq!(page.matches(SCRIPT).count(), 1, "{page}");
    let probe = r#"<script src="/probe.js"></script>"#;
    let page = page.replace(SCRIPT, &format!("{probe}{SCRIPT}"));
    stage.host.answer("/example.html", Reply::html(page));
    stage.page.open(&stage.host.url("/example.html")).await
}

#[test]
fn the_plain_page_works() {
    stage(async |stage| {
        let page = &stage.page;
        open_example(stage, PLAIN).await?;
        page.heading(&en("start.heading")).await?;
        search_service(page, "pothole", "Pothole").await?;
        console_is_clean(page).await
    });
}

#[test]
fn the_prefilled_page_starts_in_the_form_and_its_links_open_other_views() {
    stage(async |stage| {
        let page = &stage.page;
        open_example(stage, PREFILLED).await?;
        page.sees("Pothole · Step 1 of 5").await?;
        page.fill(&en("place.label"), ADDRESS).await?;
        go_on(page, "details.heading").await?;
        for (link, heading) in [
            ("#/report/street-sweeping/place", en("place.heading")),
            ("#/guide/park-shelter", "Reserve a park shelter".to_owned()),
            ("#/status", en("lookup.heading")),
        ] {
            let press = format!("document.querySelector('a[href=\"{link}\"]').click()");
            page.script(&press, Vec::new()).await?;
            page.heading(&heading).await?;
        }
        console_is_clean(page).await
    });
}

#[test]
fn a_request_can_be_sent_under_the_strict_policy_without_a_violation() {
    stage(async |stage| {
        open_example(stage, CSP).await?;
        send_pothole(&stage.page).await?;
        console_is_clean(&stage.page).await
    });
}

#[test]
fn two_widgets_do_not_disturb_each_other() {
    stage(async |stage| {
        open_example(stage, TWO_WIDGETS).await?;
        let (ask, status) = (stage.page.widget(0), stage.page.widget(1));
        ask.press("Pothole").await?;
        // The second widget starts when it is near.
        let scroll = "document.querySelector('#status').scrollIntoView()";
        stage.page.script(scroll, Vec::new()).await?;
        status.ready().await?;
        status.fill(&en("lookup.label"), "24-1").await?;
        ask.fill(&en("place.label"), ADDRESS).await?;
        go_on(&ask, "details.heading").await?;
        status.heading(&en("lookup.heading")).await?;
        status.holds(&en("lookup.label"), "24-1").await?;
        ask.press(&en("back")).await?;
        ask.holds(&en("place.label"), ADDRESS).await?;
        status.press(&en("lookup.press")).await?;
        let not_found = en("status.not-found").replace("{number}", "24-1");
        status.heading(&not_found).await?;
        ask.heading(&en("place.heading")).await?;
        console_is_clean(&stage.page).await
    });
}
