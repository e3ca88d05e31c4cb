//! Every call of the journey under every fault, one at a time: a table in the test's output says
//! what the resident heard in each cell. Nothing that was typed is lost, nothing is sent twice, what
//! is said is true, and after the fault the journey comes to its end.

use anyhow::{Result, ensure};
use frontdoor_tests::{Reply, Stage, en, stage, stage_with};

use crate::fault_cells::{Column, prepare};
use crate::fault_table::{CALLS, Fault, print, wrong};
use crate::steps::{POST, SERVICES, TAG};

/// How many calls there are up to the journey's own send.
const ON_THE_WAY: usize = 9;

async fn on_the_way(column: &Column<'_>) -> Result<()> {
    prepare(column.stage).await?;
    column.to_check().await?;
    column.lost_with_a_key().await
}

async fn sends(column: &Column<'_>) -> Result<()> {
    column.taken_with_a_key().await?;
    column.forget_keys().await?;
    column.taken_without_a_key().await?;
    column.look_up().await?;
    column.token().await
}

/// Plays a part of a column, and judges it by the table.
fn plays(fault: Fault, calls: &[&'static str], part: impl AsyncFnOnce(&Column<'_>) -> Result<()>) {
    stage_with(&["--token-delay", "200"], async |stage| {
        let column = Column { stage, fault };
        let outcome = part(&column).await;
        let wrong = wrong(fault, calls);
        print();
        outcome?;
        ensure!(wrong.is_empty(), "{}", wrong.join("\n"));
        Ok(())
    });
}

fn column(fault: Fault) {
    plays(fault, &CALLS, async |column| {
        on_the_way(column).await?;
        sends(column).await
    });
}

#[test]
fn a_connection_that_is_closed() {
    column(Fault::Closed);
}

#[test]
fn an_answer_that_breaks_off() {
    column(Fault::MidBody);
}

#[test]
fn ten_seconds_of_silence_on_the_way() {
    plays(Fault::Silence, &CALLS[..ON_THE_WAY], on_the_way);
}

#[test]
fn silence_while_it_is_sent() {
    plays(Fault::Silence, &CALLS[ON_THE_WAY..], sends);
}

#[test]
fn too_many_who_ask() {
    column(Fault::Busy);
}

#[test]
fn a_server_in_trouble() {
    column(Fault::Broken);
}

#[test]
fn a_server_that_is_away() {
    column(Fault::Away);
}

#[test]
fn a_page_in_the_place_of_an_answer() {
    column(Fault::Page);
}

#[test]
fn packed_bytes_that_are_not_packed() {
    column(Fault::Gzip);
}

#[test]
fn an_encoding_that_nobody_named() {
    column(Fault::Utf16);
}

/// The search box is there while the list is not; whoever types into it must not be told that the
/// city has nothing of the kind.
#[test]
fn a_search_while_the_list_is_missing_does_not_say_that_nothing_fits() {
    stage(async |stage: &Stage| {
        let page = &stage.page;
        for fault in [Fault::Closed, Fault::Broken] {
            stage.host.answer(SERVICES, fault.reply());
            page.open(&stage.host.page(TAG)).await?;
            let (_, sentence) = fault.sentence();
            page.sees(&sentence).await?;
            page.fill(&en("start.search"), "pothole").await?;
            page.sees(&sentence).await?;
            let text = page.text().await?;
            assert!(!text.contains(&en("search.nothing")), "{text}");
            stage.host.heal(SERVICES);
            page.press(&en("problem.retry")).await?;
            page.holds(&en("start.search"), "pothole").await?;
            page.press("Pothole").await?;
            page.heading(&en("place.heading")).await?;
        }
        Ok(())
    });
}

/// A refusal that says so is believed: the city has nothing, and the send may go out again.
#[test]
fn what_was_turned_away_at_the_door_is_sent_again_without_a_doubt() {
    stage(async |stage: &Stage| {
        let page = &stage.page;
        let column = Column {
            stage,
            fault: Fault::Busy,
        };
        column.forget_keys().await?;
        crate::steps::start_form(stage, "street-sweeping").await?;
        crate::steps::to_check(page).await?;
        let before = crate::steps::count(&stage.city).await?;
        stage.host.answer(POST, Fault::Busy.reply());
        page.press(&en("send")).await?;
        page.sees(&Fault::Busy.sentence().1).await?;
        page.sees(&en("send.refused")).await?;
        stage.host.answer(POST, Reply::passed());
        page.press(&en("problem.retry")).await?;
        crate::steps::number(page).await?;
        assert_eq!(crate::steps::count(&stage.city).await?, before + 1);
        Ok(())
    });
}
