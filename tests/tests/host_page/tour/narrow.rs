//! A column of 280 pixels, with text twice as large: nothing sticks out at the sides.

use anyhow::Context;
use frontdoor_tests::steps::common::{go_on, tag};
use frontdoor_tests::steps::request::{open_form, skip_photos, to_details};
use frontdoor_tests::{en, stage};

use super::arrive;
use super::phone::fits;

/// Views of a request in which a tag cannot start.
const REQUEST_VIEWS: [&str; 12] = [
    "emergency",
    "map",
    "found",
    "outside",
    "nearby",
    "errors",
    "photos",
    "contact",
    "gap",
    "sent",
    "offer",
    "waiting",
];

/// Makes the column narrow after the view is rendered, as turning a phone does.
const NARROW: &str = "
document.documentElement.style.fontSize = arguments[0];
document.querySelector('front-door').style.cssText = 'display: block; inline-size: 280px';
return new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(() => drawn())));";

fn half_fits(first: usize) {
    stage(async |stage| {
        let page = &stage.page;
        for view in REQUEST_VIEWS.iter().skip(first).step_by(2) {
            page.resize(500, 800).await?;
            arrive(stage, view).await?;
            for size in ["100%", "200%"] {
                page.script(NARROW, vec![size.into()]).await?;
                fits(page)
                    .await
                    .with_context(|| format!("in the view {view} at {size}"))?;
            }
        }
        Ok(())
    });
}

#[test]
fn one_half_of_the_request_views_fits_a_column_of_280_pixels_with_large_text() {
    half_fits(0);
}

#[test]
fn the_other_half_of_the_request_views_fits_a_column_of_280_pixels_with_large_text() {
    half_fits(1);
}

#[test]
fn an_unbreakable_answer_leaves_room_to_change_it_on_a_phone() {
    stage(async |stage| {
        let page = &stage.page;
        page.resize(320, 640).await?;
        open_form(stage, "street-sweeping").await?;
        to_details(page).await?;
        page.press(&en("continue")).await?;
        skip_photos(page).await?;
        let address = "the.residents.of.the.house.with.the.blue.gate@riverton.example";
        page.fill(&en("email"), address).await?;
        go_on(page, "check.heading").await?;
        page.sees(address).await?;
        fits(page).await
    });
}

#[test]
fn the_first_views_fit_a_column_of_280_pixels_with_large_text() {
    stage(async |stage| {
        let page = &stage.page;
        let views = [
            "",
            r#"view="report""#,
            r#"service="pothole""#,
            r#"view="status""#,
            r#"guide="deck-permit""#,
        ];
        for view in views {
            for size in ["100%", "200%"] {
                let style = format!(
                    "<style>html {{ font-size: {size} }} #column {{ width: 280px }}</style>"
                );
                let body = format!(r#"<div id="column">{}</div>"#, tag(view));
                page.resize(500, 800).await?;
                page.open(&stage.host.page_with_head(&style, &body)).await?;
                page.until_gone(".loading").await?;
                fits(page)
                    .await
                    .with_context(|| format!("with {view} at {size}"))?;
            }
        }
        Ok(())
    });
}
