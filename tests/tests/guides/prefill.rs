//! From a guide into a form: what the guide fills in, and what the resident had written before.

use anyhow::Result;
use frontdoor_tests::steps::common::go_on;
use frontdoor_tests::steps::guides::{open_guide, serve_guides};
use frontdoor_tests::{Stage, en, stage};
use serde_json::{Value, json};

const DEPTH: &str = "How deep is it?";

const LANE: &str = "Where in the street is it?";

const DEEP: &str = "A hand’s width or more";

fn guide_with_prefill(prefill: Value) -> Value {
    json!({ "id": "g", "title": "A guide",
        "questions": [{ "id": "how", "label": "Can you see the bottom?", "options": [
            { "id": "deep", "label": "No" }, { "id": "shallow", "label": "Yes" } ] }],
        "steps": [{ "id": "s", "title": "Tell us",
            "action": { "label": "Start", "service": "pothole", "prefill": prefill } }] })
}

async fn start_form(stage: &Stage, prefill: Value) -> Result<()> {
    serve_guides(stage, &[guide_with_prefill(prefill)])?;
    stage.page.go("about:blank").await?;
    open_guide(stage, "g").await?;
    stage.page.press("Start").await?;
    stage.page.heading(&en("place.heading")).await
}

#[test]
fn a_guide_fills_in_address_description_single_and_multiple_choices() {
    stage(async |stage| {
        let page = &stage.page;
        let prefill = json!({ "address": "4 Main St", "description": "See the guide.", "depth": "deep", "lane": ["bike", "curb"] });
        start_form(stage, prefill).await?;
        page.holds(&en("place.label"), "4 Main St").await?;
        go_on(page, "details.heading").await?;
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
fn values_that_do_not_fit_the_form_are_left_out() {
    stage(async |stage| {
        let page = &stage.page;
        // An unknown option, one known and one unknown option for several, an unknown attribute, and a
        // question that nobody answered.
        let prefill = json!({ "depth": "bottomless", "lane": ["bike", "moon"], "nonsense": "x", "description": { "answer": "how" } });
        start_form(stage, prefill).await?;
        page.fill(&en("place.label"), "4 Main St").await?;
        go_on(page, "details.heading").await?;
        for (question, answer) in [(DEPTH, DEEP), (LANE, "Bike lane")] {
            assert!(!page.is_chosen(question, answer).await?, "{answer}");
        }
        page.holds(&en("description.label"), "").await
    });
}

#[test]
fn what_was_in_the_form_before_stays() {
    stage(async |stage| {
        let page = &stage.page;
        start_form(stage, json!({})).await?;
        page.fill(&en("place.label"), "9 Elm St").await?;
        go_on(page, "details.heading").await?;
        page.choose(DEPTH, "I don’t know").await?;
        let prefill = json!({ "address": "4 Main St", "depth": "deep", "lane": ["bike"] });
        start_form(stage, prefill).await?;
        page.holds(&en("place.label"), "9 Elm St").await?;
        go_on(page, "details.heading").await?;
        assert!(page.is_chosen(DEPTH, "I don’t know").await?);
        // A question that had no answer is filled in.
        assert!(page.is_chosen(LANE, "Bike lane").await?);
        Ok(())
    });
}

#[test]
fn a_prefill_is_used_once() {
    stage(async |stage| {
        let page = &stage.page;
        start_form(stage, json!({ "lane": ["bike"] })).await?;
        // A form that is opened later in the same tab must not use it again.
        let left = "Object.keys(sessionStorage).filter((key) => key.includes('prefill')).join()";
        assert_eq!(page.eval(left).await?, "");
        Ok(())
    });
}
