//! The way from a guide into a form: what it has filled in, and what the resident had written before.

use anyhow::Result;
use frontdoor_tests::{Page, Stage, en, stage};
use serde_json::{Value, json};

use crate::own::{open, put};

const DEPTH: &str = "How deep is it?";
const LANE: &str = "Where in the street is it?";
const DEEP: &str = "A hand’s width or more";

fn with(prefill: Value) -> Value {
    json!({ "id": "g", "title": "A guide",
        "questions": [{ "id": "how", "label": "Can you see the bottom?", "options": [
            { "id": "deep", "label": "No" }, { "id": "shallow", "label": "Yes" } ] }],
        "steps": [{ "id": "s", "title": "Tell us",
            "action": { "label": "Start", "service": "pothole", "prefill": prefill } }] })
}

async fn start(stage: &Stage, prefill: Value) -> Result<()> {
    put(stage, &[with(prefill)]);
    stage.page.go("about:blank").await?;
    open(stage, "g").await?;
    stage.page.press("Start").await?;
    stage.page.heading(&en("place.heading")).await
}

async fn to_details(page: &Page) -> Result<()> {
    page.press(&en("continue")).await?;
    page.heading(&en("details.heading")).await
}

#[test]
fn a_guide_fills_in_address_description_one_choice_and_several() {
    stage(async |stage| {
        let page = &stage.page;
        let prefill = json!({ "address": "4 Main St", "description": "See the guide.", "depth": "deep", "lane": ["bike", "curb"] });
        start(stage, prefill).await?;
        page.holds(&en("place.label"), "4 Main St").await?;
        to_details(page).await?;
        assert!(page.is_chosen(DEPTH, DEEP).await?);
        for (lane, is_chosen) in [
            ("Bike lane", true),
            ("Beside the curb", true),
            ("Driving lane", false),
            ("Crosswalk", false),
        ] {
            assert_eq!(page.is_chosen(LANE, lane).await?, is_chosen, "{lane}");
        }
        page.holds(&en("description.label"), "See the guide.").await
    });
}

#[test]
fn what_does_not_fit_the_form_is_left_out_of_it() {
    stage(async |stage| {
        let page = &stage.page;
        // An option that there is not, two for a question that takes one of them, an answer nobody has given.
        let prefill = json!({ "depth": "bottomless", "lane": ["bike", "moon"], "nonsense": "x", "description": { "answer": "how" } });
        start(stage, prefill).await?;
        page.fill(&en("place.label"), "4 Main St").await?;
        to_details(page).await?;
        for (question, answer) in [(DEPTH, DEEP), (LANE, "Bike lane")] {
            assert!(!page.is_chosen(question, answer).await?, "{answer}");
        }
        page.holds(&en("description.label"), "").await
    });
}

#[test]
fn what_stood_in_the_form_before_the_guide_was_read_stays() {
    stage(async |stage| {
        let page = &stage.page;
        start(stage, json!({})).await?;
        page.fill(&en("place.label"), "9 Elm St").await?;
        to_details(page).await?;
        page.choose(DEPTH, "I don’t know").await?;
        let prefill = json!({ "address": "4 Main St", "depth": "deep", "lane": ["bike"] });
        start(stage, prefill).await?;
        page.holds(&en("place.label"), "9 Elm St").await?;
        to_details(page).await?;
        assert!(page.is_chosen(DEPTH, "I don’t know").await?);
        // What nobody had answered is filled in.
        assert!(page.is_chosen(LANE, "Bike lane").await?);
        Ok(())
    });
}

#[test]
fn a_form_that_is_opened_without_the_guide_is_empty_again() {
    stage(async |stage| {
        let page = &stage.page;
        start(stage, json!({ "lane": ["bike"] })).await?;
        // Taken over once, and not again by a form that is begun later in the same tab.
        let left = "Object.keys(sessionStorage).filter((key) => key.includes('prefill')).join()";
        assert_eq!(page.eval(left).await?, "");
        Ok(())
    });
}
