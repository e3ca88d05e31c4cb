//! The widget without its endpoint, or without one of its chunks.

use frontdoor_tests::steps::common::{TAG, shows_problem};
use frontdoor_tests::{Reply, dist, en, stage};

#[test]
fn without_the_endpoint_the_first_view_appears_and_guides_can_be_read() {
    stage(async |stage| {
        let page = &stage.page;
        stage.host.answer("/open311/*", Reply::broken());
        page.open(&stage.host.page(TAG)).await?;
        shows_problem(page, "problem.unreachable").await?;
        page.press(&en("way.how")).await?;
        page.press("Reserve a park shelter").await?;
        page.sees("Pick a shelter and a date").await
    });
}

#[test]
fn a_chunk_that_fails_to_load_can_be_tried_again() {
    stage(async |stage| {
        let page = &stage.page;
        stage.host.answer(dist::REQUEST, Reply::broken());
        page.open(&stage.host.page(TAG)).await?;
        page.press(&en("way.ask")).await?;
        shows_problem(page, "problem.unreachable").await?;
        stage.host.restore(dist::REQUEST);
        page.press(&en("problem.retry")).await?;
        page.heading(&en("services.heading")).await?;
        page.press("Pothole").await?;
        page.heading(&en("place.heading")).await
    });
}
