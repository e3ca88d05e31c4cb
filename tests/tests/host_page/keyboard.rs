//! The whole journey with the keyboard: Tab, Enter, Space, arrows and typing.

use anyhow::bail;
use frontdoor_tests::steps::common::{TAG, text_before_placeholder};
use frontdoor_tests::steps::request::sent_request;
use frontdoor_tests::{en, key, stage};
use thirtyfour::prelude::Key;

#[test]
fn the_keyboard_alone_completes_the_journey() {
    stage(async |stage| {
        let page = &stage.page;
        page.open(&stage.host.page(TAG)).await?;
        page.tab_to("searchbox", &en("start.search")).await?;
        page.keys("pothole").await?;
        page.loses(&en("start.popular")).await?;
        page.tab_to("link", "Pothole").await?;
        page.keys(key(Key::Enter)).await?;

        // A new view moves the focus to its heading; the next stop is the first field.
        page.focus_on("heading", &en("place.heading")).await?;
        page.tab_to("textbox", &en("place.label")).await?;
        page.keys("4 Main St").await?;
        page.keys(key(Key::Enter)).await?;

        page.focus_on("heading", &en("details.heading")).await?;
        page.tab_to("button", &en("continue")).await?;
        page.keys(key(Key::Space)).await?;
        page.focus_on("alert", "").await?;
        page.tab_to("link", &text_before_placeholder("fault.not-chosen"))
            .await?;
        page.keys(key(Key::Enter)).await?;
        page.focus_on("radio", "Less than a hand’s width").await?;
        page.keys(key(Key::Down)).await?;
        page.focus_on("radio", "A hand’s width or more").await?;
        assert!(
            page.is_chosen("How deep is it?", "A hand’s width or more")
                .await?
        );
        page.tab_to("checkbox", "Bike lane").await?;
        page.keys(key(Key::Space)).await?;
        page.tab_to("textbox", &en("description.label")).await?;
        page.keys("Cars swerve").await?;
        // In a text of several lines, Enter adds a line and does not submit the form.
        page.keys(key(Key::Enter)).await?;
        page.keys("around it.").await?;
        page.holds(&en("description.label"), "Cars swerve\naround it.")
            .await?;
        page.tab_to("button", &en("continue")).await?;
        page.keys(key(Key::Enter)).await?;

        page.focus_on("heading", &en("photos.heading")).await?;
        // The controls for photos can be reached and passed.
        page.tab_to("textbox", &en("photos.choose")).await?;
        page.tab_to("button", &en("continue")).await?;
        page.keys(key(Key::Enter)).await?;

        page.focus_on("heading", &en("how-to-reach.heading"))
            .await?;
        page.tab_to("textbox", &en("email")).await?;
        page.keys("ada@example.org").await?;
        page.keys(key(Key::Enter)).await?;

        page.focus_on("heading", &en("check.heading")).await?;
        page.tab_to("button", &en("send")).await?;
        page.keys(key(Key::Enter)).await?;
        page.focus_on("heading", &en("sent.heading")).await?;
        let row = sent_request(stage).await?;
        let description = row["description"].as_str().unwrap_or_default();
        assert_eq!(description.replace('\r', ""), "Cars swerve\naround it.");

        page.tab_to("link", &en("sent.follow")).await?;
        page.keys(key(Key::Enter)).await?;
        page.focus_on("heading", &en("status.open")).await
    });
}

#[test]
fn tab_leads_into_the_widget_and_out_of_it() {
    stage(async |stage| {
        let page = &stage.page;
        let body = format!(r##"<a href="#before">Before</a>{TAG}<a href="#after">After</a>"##);
        page.open(&stage.host.page(&body)).await?;
        page.until("document.querySelector('[href=\"#before\"]').focus() ?? true")
            .await?;
        // More stops than the first view has.
        for _ in 0..90 {
            page.keys(key(Key::Tab)).await?;
            if page.focus().await?.name == "After" {
                return Ok(());
            }
        }
        bail!(
            "the focus does not leave the widget: {:?}",
            page.focus().await?
        )
    });
}
