//! The endpoint is down, slow or failing: a clear sentence, the phone number, a way to try again, and
//! nothing that was typed is lost.

use std::time::Duration;

use frontdoor_tests::steps::common::{POTHOLE, SERVICES, open_services, shows_problem};
use frontdoor_tests::steps::request::{form_page, open_form};
use frontdoor_tests::{Reply, en, stage};

#[test]
fn an_endpoint_that_is_down_can_be_tried_again() {
    stage(async |stage| {
        let page = &stage.page;
        open_services(stage, Reply::broken()).await?;
        shows_problem(page, "problem.unreachable").await?;
        page.press(&en("problem.retry")).await?;
        shows_problem(page, "problem.unreachable").await?;
        stage.host.restore(SERVICES);
        page.press(&en("problem.retry")).await?;
        page.press("Pothole").await?;
        page.heading(&en("place.heading")).await?;
        assert!(page.names("alert").await?.is_empty());
        Ok(())
    });
}

#[test]
fn a_definition_that_never_comes_times_out_after_ten_seconds() {
    stage(async |stage| {
        let page = &stage.page;
        stage.host.answer(POTHOLE, Reply::silence());
        page.open(&form_page(stage, "pothole")).await?;
        page.sees(&en("loading")).await?;
        let waited = page
            .sees_within(&en("problem.timed-out"), Duration::from_secs(15))
            .await?;
        assert!(
            waited > Duration::from_secs(6),
            "timed out after {waited:?}"
        );
        shows_problem(page, "problem.timed-out").await?;
        stage.host.restore(POTHOLE);
        page.press(&en("problem.retry")).await?;
        page.heading(&en("place.heading")).await
    });
}

#[test]
fn a_list_of_services_that_never_comes_times_out_after_ten_seconds() {
    stage(async |stage| {
        let page = &stage.page;
        open_services(stage, Reply::silence()).await?;
        page.sees_within(&en("problem.timed-out"), Duration::from_secs(15))
            .await?;
        shows_problem(page, "problem.timed-out").await?;
        stage.host.restore(SERVICES);
        page.press(&en("problem.retry")).await?;
        page.find("link", "Pothole").await.map(drop)
    });
}

#[test]
fn a_response_that_never_ends_times_out_too() {
    stage(async |stage| {
        let page = &stage.page;
        stage
            .host
            .answer(POTHOLE, Reply::stalled("[{\"service_code\":"));
        page.open(&form_page(stage, "pothole")).await?;
        page.sees_within(&en("problem.timed-out"), Duration::from_secs(15))
            .await?;
        shows_problem(page, "problem.timed-out").await
    });
}

#[test]
fn a_definition_that_fails_can_be_tried_again() {
    stage(async |stage| {
        let page = &stage.page;
        stage
            .host
            .answer(POTHOLE, Reply::text(500, "text/html", "<h1>500</h1>"));
        page.open(&form_page(stage, "pothole")).await?;
        shows_problem(page, "problem.trouble").await?;
        // A failing endpoint is not tried again before the resident says so.
        assert_eq!(stage.host.seen("GET", POTHOLE).len(), 1);
        stage.host.restore(POTHOLE);
        page.press(&en("problem.retry")).await?;
        page.heading(&en("place.heading")).await
    });
}

#[test]
fn what_was_typed_survives_an_outage() {
    stage(async |stage| {
        let page = &stage.page;
        open_form(stage, "street-sweeping").await?;
        page.fill(&en("place.label"), "4 Main St, beside the bakery")
            .await?;
        stage.host.answer("/open311/*", Reply::broken());
        page.reload().await?;
        shows_problem(page, "problem.unreachable").await?;
        stage.host.restore("/open311/*");
        page.press(&en("problem.retry")).await?;
        page.holds(&en("place.label"), "4 Main St, beside the bakery")
            .await
    });
}
