//! The steps of a request in a column of 280 pixels, with text twice as large: nothing stands out
//! of its sides. These views are reached by what somebody does, so the tour leads to them.

use anyhow::Context;
use frontdoor_tests::{en, stage};

use crate::reach::fits;
use crate::steps::{no_photos, start_form};
use crate::tour;

/// The views of a request, beside those that a tag can start in.
const VIEWS: [&str; 12] = [
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

/// Makes the column narrow under a view that stands, as turning a phone does.
const NARROW: &str = "
document.documentElement.style.fontSize = arguments[0];
document.querySelector('front-door').style.cssText = 'display: block; inline-size: 280px';
return new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(() => drawn())));";

fn some_fit(part: usize) {
    stage(async |stage| {
        let page = &stage.page;
        for view in VIEWS.iter().skip(part).step_by(2) {
            page.size(500, 800).await?;
            tour::visit(stage, view, "en")
                .await
                .with_context(|| format!("on the way to {view}"))?;
            if let Some(words) = tour::sign(view) {
                page.sees(&words).await?;
            }
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
fn half_of_a_request_s_views_fit_a_column_of_280_pixels_with_text_twice_as_large() {
    some_fit(0);
}

#[test]
fn the_other_half_of_a_request_s_views_fit_a_column_of_280_pixels_too() {
    some_fit(1);
}

#[test]
fn an_answer_that_cannot_be_broken_leaves_the_way_to_change_it_on_a_phone() {
    stage(async |stage| {
        let page = &stage.page;
        page.size(320, 640).await?;
        start_form(stage, "street-sweeping").await?;
        page.fill(&en("place.label"), "4 Main St").await?;
        page.press(&en("continue")).await?;
        page.press(&en("continue")).await?;
        no_photos(page).await?;
        let address = "the.residents.of.the.house.with.the.blue.gate@riverton.example";
        page.fill(&en("email"), address).await?;
        page.press(&en("continue")).await?;
        page.heading(&en("check.heading")).await?;
        page.sees(address).await?;
        fits(page).await
    });
}
