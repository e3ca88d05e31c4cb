//! Answers survive going back, changing one of them, and a reload.

use frontdoor_tests::steps::common::TAG;
use frontdoor_tests::steps::request::{
    fill_missed_collection, missed_collection_is_filled, skip_photos,
};
use frontdoor_tests::{en, stage};

#[test]
fn going_back_and_forth_keeps_every_answer() {
    stage(async |stage| {
        let page = &stage.page;
        fill_missed_collection(page, &stage.host.page(TAG)).await?;
        // Without pressing “Continue”: answers are saved as they are typed.
        page.press(&en("back")).await?;
        page.holds(&en("place.label"), "12 Cedar St").await?;
        page.press(&en("back")).await?;
        page.heading(&en("services.heading")).await?;
        page.press("Missed collection").await?;
        page.press(&en("continue")).await?;
        missed_collection_is_filled(page).await
    });
}

#[test]
fn changing_an_answer_from_the_review_leads_to_it_and_back() {
    stage(async |stage| {
        let page = &stage.page;
        fill_missed_collection(page, &stage.host.page(TAG)).await?;
        page.press(&en("continue")).await?;
        skip_photos(page).await?;
        page.press(&en("contact.anonymous")).await?;
        page.heading(&en("check.heading")).await?;
        let change = |key: &str| format!("{} {}", en("change"), en(key));
        page.press(&change("place.label")).await?;
        page.fill(&en("place.label"), "14 Cedar St").await?;
        // Back to where the change began, not through the rest of the form.
        page.press(&en("continue")).await?;
        page.heading(&en("check.heading")).await?;
        page.sees("14 Cedar St").await?;
        page.press(&change("description.label")).await?;
        missed_collection_is_filled(page).await
    });
}

#[test]
fn a_reload_keeps_everything_that_was_typed() {
    stage(async |stage| {
        let page = &stage.page;
        fill_missed_collection(page, &stage.host.page(TAG)).await?;
        page.reload().await?;
        // The page's address has no view, so the widget starts where the tag says.
        page.heading(&en("start.heading")).await?;
        page.press(&en("way.ask")).await?;
        page.press("Missed collection").await?;
        page.holds(&en("place.label"), "12 Cedar St").await?;
        page.press(&en("continue")).await?;
        missed_collection_is_filled(page).await
    });
}
