//! The browser's history: with `history="hash"` the address follows the view, and without it the
//! address is not touched.

use frontdoor_tests::steps::common::{HASH_TAG, TAG, open_hash};
use frontdoor_tests::steps::request::{
    DESCRIPTION, fill_missed_collection, missed_collection_is_filled, open_form, posts,
    sent_number, to_review,
};
use frontdoor_tests::{en, stage};

#[test]
fn with_the_view_in_the_address_a_reload_returns_to_it() {
    stage(async |stage| {
        let page = &stage.page;
        fill_missed_collection(page, &stage.host.page(HASH_TAG)).await?;
        assert_eq!(
            page.eval("location.hash").await?,
            "#/report/missed-collection/details"
        );
        page.reload().await?;
        missed_collection_is_filled(page).await
    });
}

#[test]
fn with_the_view_in_the_address_the_browser_s_buttons_work() {
    stage(async |stage| {
        let page = &stage.page;
        fill_missed_collection(page, &stage.host.page(HASH_TAG)).await?;
        page.browser.back().await?;
        page.holds(&en("place.label"), "12 Cedar St").await?;
        page.focus_on("heading", &en("place.heading")).await?;
        page.browser.back().await?;
        page.heading(&en("services.heading")).await?;
        page.browser.forward().await?;
        page.browser.forward().await?;
        missed_collection_is_filled(page).await?;
        // The widget's “Back” and the browser's are the same.
        page.press(&en("back")).await?;
        page.heading(&en("place.heading")).await?;
        page.press(&en("back")).await?;
        page.heading(&en("services.heading")).await?;
        page.press(&en("back")).await?;
        page.heading(&en("start.heading")).await
    });
}

#[test]
fn after_sending_the_browser_s_back_does_not_lead_into_the_sent_form() {
    stage(async |stage| {
        let page = &stage.page;
        open_hash(stage, "#/report/street-sweeping").await?;
        to_review(page, DESCRIPTION).await?;
        page.press(&en("send")).await?;
        let number = sent_number(page).await?;
        page.reload().await?;
        page.sees(&number).await?;
        page.browser.back().await?;
        page.loses(&number).await?;
        let text = page.text().await?;
        assert!(
            !text.contains(DESCRIPTION),
            "the sent answers are shown again: {text}"
        );
        assert_eq!(posts(stage), 1);
        Ok(())
    });
}

#[test]
fn without_history_the_page_s_address_is_not_touched() {
    stage(async |stage| {
        let page = &stage.page;
        let address = stage.host.page(TAG);
        page.go(&address).await?;
        let before = page.eval("history.length").await?;
        page.ready().await?;
        open_form(stage, "street-sweeping").await?;
        let entries = page.eval("history.length").await?;
        to_review(page, DESCRIPTION).await?;
        page.press(&en("send")).await?;
        sent_number(page).await?;
        assert_eq!(page.eval("location.href").await?, address);
        assert_eq!(
            page.eval("history.length").await?,
            entries,
            "at the start it was {before}"
        );
        Ok(())
    });
}

#[test]
fn an_anchor_of_the_page_is_left_to_the_page() {
    stage(async |stage| {
        let page = &stage.page;
        let address = stage.host.page(&format!(
            r##"<a href="#news">News</a>{HASH_TAG}<h2 id="news">News</h2>"##
        ));
        page.open(&address).await?;
        page.press(&en("way.ask")).await?;
        page.heading(&en("services.heading")).await?;
        page.script("location.hash = '#news'", Vec::new()).await?;
        page.until("location.hash === '#news'").await?;
        page.heading(&en("services.heading")).await
    });
}
