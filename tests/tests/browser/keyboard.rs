//! The whole journey without a mouse: Tab, Enter, Space and the arrows, and typing.

use anyhow::{Result, bail};
use frontdoor_tests::{Page, en, stage};
use thirtyfour::prelude::Key;

use crate::steps::{TAG, number};

/// More stops than any view of the journey has.
const MOST_STOPS: usize = 90;

/// A key as it is typed.
pub(crate) fn key(key: Key) -> String {
    char::from(key).to_string()
}

/// Presses Tab until the focus is on this.
pub(crate) async fn tab_to(page: &Page, role: &str, name: &str) -> Result<()> {
    let mut stops = Vec::new();
    for _ in 0..MOST_STOPS {
        page.keys(key(Key::Tab)).await?;
        let focus = page.focus().await?;
        if focus.role == role && focus.name.starts_with(name) {
            return shows_focus(page).await;
        }
        stops.push(format!("{} “{}”", focus.role, focus.name));
    }
    bail!(
        "Tab never comes to {role} “{name}”, but to {}",
        stops.join(", ")
    )
}

/// Whoever uses the keyboard has to see where it is.
async fn shows_focus(page: &Page) -> Result<()> {
    let told = page.eval(OUTLINE).await?;
    let (style, width) = told.split_once(' ').unwrap_or_default();
    let width: f64 = width.trim_end_matches("px").parse()?;
    assert!(
        style != "none" && width >= 2.0,
        "the focus is drawn as {told}: {:?}",
        page.focus().await?
    );
    Ok(())
}

const OUTLINE: &str = "(() => {
  let node = document.activeElement;
  while (node.shadowRoot?.activeElement) node = node.shadowRoot.activeElement;
  const { outlineStyle, outlineWidth } = getComputedStyle(node);
  return `${outlineStyle} ${outlineWidth}`;
})()";

#[test]
fn the_keyboard_alone_completes_the_journey() {
    stage(async |stage| {
        let page = &stage.page;
        page.open(&stage.host.page(TAG)).await?;
        tab_to(page, "searchbox", &en("start.search")).await?;
        page.keys("pothole").await?;
        page.loses(&en("start.popular")).await?;
        tab_to(page, "link", "Pothole").await?;
        page.keys(key(Key::Enter)).await?;

        // A view that opens says its heading; from there the next stop is the first field.
        page.focus_on("heading", &en("place.heading")).await?;
        tab_to(page, "textbox", &en("place.label")).await?;
        page.keys("4 Main St").await?;
        page.keys(key(Key::Enter)).await?;

        page.focus_on("heading", &en("details.heading")).await?;
        tab_to(page, "button", &en("continue")).await?;
        page.keys(key(Key::Space)).await?;
        page.focus_on("alert", "").await?;
        tab_to(page, "link", "Choose an answer").await?;
        page.keys(key(Key::Enter)).await?;
        page.focus_on("radio", "Less than a hand’s width").await?;
        page.keys(key(Key::Down)).await?;
        page.focus_on("radio", "A hand’s width or more").await?;
        assert!(
            page.is_chosen("How deep is it?", "A hand’s width or more")
                .await?
        );
        tab_to(page, "checkbox", "Bike lane").await?;
        page.keys(key(Key::Space)).await?;
        tab_to(page, "textbox", &en("description.label")).await?;
        page.keys("Cars swerve").await?;
        // In several lines Enter is a new line and does not send the form.
        page.keys(key(Key::Enter)).await?;
        page.keys("around it.").await?;
        page.holds(&en("description.label"), "Cars swerve\naround it.")
            .await?;
        tab_to(page, "button", &en("continue")).await?;
        page.keys(key(Key::Enter)).await?;

        page.focus_on("heading", &en("photos.heading")).await?;
        // The controls for pictures are reached, and can be passed by.
        tab_to(page, "textbox", &en("photos.choose")).await?;
        tab_to(page, "button", &en("continue")).await?;
        page.keys(key(Key::Enter)).await?;

        page.focus_on("heading", &en("how-to-reach.heading"))
            .await?;
        tab_to(page, "textbox", &en("email")).await?;
        page.keys("ada@example.org").await?;
        page.keys(key(Key::Enter)).await?;

        page.focus_on("heading", &en("check.heading")).await?;
        tab_to(page, "button", &en("send")).await?;
        page.keys(key(Key::Enter)).await?;
        page.focus_on("heading", &en("sent.heading")).await?;
        let number = number(page).await?;
        let kept = stage.city.request(&number).await?;
        assert_eq!(
            kept["description"]
                .as_str()
                .map(|text| text.replace('\r', ""))
                .as_deref(),
            Some("Cars swerve\naround it.")
        );

        tab_to(page, "link", &en("sent.follow")).await?;
        page.keys(key(Key::Enter)).await?;
        page.focus_on("heading", &en("status.open")).await
    });
}

#[test]
fn the_keyboard_gets_into_the_widget_and_out_of_it() {
    stage(async |stage| {
        let page = &stage.page;
        let body = format!(r##"<a href="#before">Before</a>{TAG}<a href="#after">After</a>"##);
        page.open(&stage.host.page(&body)).await?;
        page.until("document.querySelector('[href=\"#before\"]').focus() ?? true")
            .await?;
        for _ in 0..MOST_STOPS {
            page.keys(key(Key::Tab)).await?;
            if page.focus().await?.name == "After" {
                return Ok(());
            }
        }
        bail!("the focus does not get out: {:?}", page.focus().await?)
    });
}
