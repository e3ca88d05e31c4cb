//! Every call of the journey under every fault, one at a time. A table in the output says what the
//! resident was told in each cell. Nothing that was typed is lost, nothing is sent twice, every message
//! is true, and the journey is completed after the fault.

use anyhow::{Result, ensure};
use frontdoor_tests::steps::common::{POST_REQUEST, SERVICES, TAG};
use frontdoor_tests::steps::request::{any_form_to_review, open_form, sent_number};
use frontdoor_tests::{Reply, Stage, en, stage, stage_with};

use crate::fault_form::{Column, prepare};
use crate::fault_table::{CALLS, Fault, failures, print};

/// How many calls there are up to the journey's own request.
const UP_TO_FIRST_SEND: usize = 9;

async fn up_to_first_send(column: &Column<'_>) -> Result<()> {
    prepare(column.stage).await?;
    column.to_review().await?;
    column.lost_with_a_key().await
}

async fn sends(column: &Column<'_>) -> Result<()> {
    column.taken_with_a_key().await?;
    column.stage.without_extension("idempotency").await?;
    column.taken_without_a_key().await?;
    column.look_up().await?;
    column.token().await
}

/// Runs a part of a column, and checks it by the table.
fn run_column(
    fault: Fault,
    calls: &[&'static str],
    part: impl AsyncFnOnce(&Column<'_>) -> Result<()>,
) {
    stage_with(&["--token-delay", "200"], async |stage| {
        let column = Column { stage, fault };
        let outcome = part(&column).await;
        let failures = failures(fault, calls);
        print();
        outcome?;
        ensure!(failures.is_empty(), "{}", failures.join("\n"));
        Ok(())
    });
}

fn column(fault: Fault) {
    run_column(fault, &CALLS, async |column| {
        up_to_first_send(column).await?;
        sends(column).await
    });
}

#[test]
fn closed_connections_are_survived() {
    column(Fault::Closed);
}

#[test]
fn truncated_responses_are_survived() {
    column(Fault::Truncated);
}

#[test]
fn silence_on_the_way_to_the_review_is_survived() {
    run_column(Fault::Silence, &CALLS[..UP_TO_FIRST_SEND], up_to_first_send);
}

#[test]
fn silence_while_sending_is_survived() {
    run_column(Fault::Silence, &CALLS[UP_TO_FIRST_SEND..], sends);
}

#[test]
fn rate_limits_are_survived() {
    column(Fault::Busy);
}

#[test]
fn server_errors_are_survived() {
    column(Fault::ServerError);
}

#[test]
fn unavailable_servers_are_survived() {
    column(Fault::Unavailable);
}

#[test]
fn pages_in_place_of_responses_are_survived() {
    column(Fault::Page);
}

#[test]
fn responses_wrongly_declared_as_gzip_are_survived() {
    column(Fault::Gzip);
}

#[test]
fn undeclared_utf_16_is_survived() {
    column(Fault::Utf16);
}

/// The search box is there before the list is. A search must not claim then that the city has no such
/// service.
#[test]
fn a_search_without_the_list_does_not_say_that_nothing_matches() {
    stage(async |stage: &Stage| {
        let page = &stage.page;
        for fault in [Fault::Closed, Fault::ServerError] {
            stage.host.answer(SERVICES, fault.reply());
            page.open(&stage.host.page(TAG)).await?;
            let (_, message) = fault.message();
            page.sees(&message).await?;
            page.fill(&en("start.search"), "pothole").await?;
            page.sees(&message).await?;
            let text = page.text().await?;
            assert!(!text.contains(&en("search.nothing")), "{text}");
            stage.host.restore(SERVICES);
            page.press(&en("problem.retry")).await?;
            page.holds(&en("start.search"), "pothole").await?;
            page.press("Pothole").await?;
            page.heading(&en("place.heading")).await?;
        }
        Ok(())
    });
}

/// Status 429 means that the city has not processed the request, so it may be sent again.
#[test]
fn a_rate_limited_request_is_sent_again_without_a_doubt() {
    stage(async |stage: &Stage| {
        let page = &stage.page;
        stage.without_extension("idempotency").await?;
        open_form(stage, "street-sweeping").await?;
        any_form_to_review(page).await?;
        let before = stage.city.request_count().await?;
        stage.host.answer(POST_REQUEST, Fault::Busy.reply());
        page.press(&en("send")).await?;
        page.sees(&Fault::Busy.message().1).await?;
        page.sees(&en("send.refused")).await?;
        stage.host.answer(POST_REQUEST, Reply::passthrough());
        page.press(&en("problem.retry")).await?;
        sent_number(page).await?;
        assert_eq!(stage.city.request_count().await?, before + 1);
        Ok(())
    });
}
