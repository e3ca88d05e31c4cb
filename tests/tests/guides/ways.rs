//! Ways into a guide and out of it: addresses of its parts, and the way back.

use anyhow::Result;
use frontdoor_tests::{Page, en, stage};
use serde_json::json;

use crate::own::{open, open_shelter, put, shelter};

fn name(step: usize, title: &str) -> String {
    let place = en("guide.step-of").replace("{step}", &step.to_string());
    format!("{} {title}", place.replace("{steps}", "3"))
}

async fn go(page: &Page, hash: &str) -> Result<()> {
    page.script(&format!("location.hash = {hash:?}"), Vec::new())
        .await
        .map(drop)
}

#[test]
fn a_link_of_the_page_leads_to_a_step_of_the_guide_that_is_open() {
    stage(async |stage| {
        let page = &stage.page;
        open_shelter(stage).await?;
        go(page, "#/guide/shelter/step/wait").await?;
        page.focus_on("heading", &name(3, "Wait for us")).await?;
        go(page, "#/guide/shelter/step/pay").await?;
        page.focus_on("heading", &name(2, "Pay the rent")).await?;
        // A step that there is not: the guide stands, and the keyboard at its beginning.
        go(page, "#/guide/shelter/step/%22%3E%3Cimg%3E").await?;
        page.focus_on("heading", "Get a shelter").await?;
        page.sees("Wait for us").await?;
        assert_eq!(page.told("errors").await?, [""; 0]);
        Ok(())
    });
}

#[test]
fn a_step_that_is_not_for_them_leads_to_the_beginning() {
    stage(async |stage| {
        let page = &stage.page;
        put(stage, &[shelter()]);
        open(stage, "shelter/check").await?;
        page.choose("How many come?", "A few").await?;
        page.choose("Is it for a school?", "Yes, a school").await?;
        page.press(&en("guide.show-mine")).await?;
        page.focus_on("heading", "Get a shelter").await?;
        page.until("location.hash === '#/guide/shelter'").await?;
        go(page, "#/guide/shelter/step/pay").await?;
        page.until("location.hash.endsWith('/pay')").await?;
        page.focus_on("heading", "Get a shelter").await?;
        let text = page.text().await?;
        assert!(!text.contains("Pay the rent"), "{text}");
        Ok(())
    });
}

#[test]
fn the_way_back_from_the_questions_leads_to_the_guide_and_changes_nothing() {
    stage(async |stage| {
        let page = &stage.page;
        open_shelter(stage).await?;
        page.press(&en("guide.check")).await?;
        page.choose("How many come?", "Too many").await?;
        page.press(&en("back")).await?;
        page.heading("Get a shelter").await?;
        let text = page.text().await?;
        assert!(!text.contains("Our roof is too small"), "{text}");
        // Answered, the way back does not lead through the questions again.
        page.press(&en("guide.check")).await?;
        page.choose("How many come?", "Too many").await?;
        page.press(&en("guide.show-mine")).await?;
        page.sees("Our roof is too small").await?;
        page.press(&en("back")).await?;
        page.heading(&en("guides.heading")).await
    });
}

#[test]
fn a_guide_without_questions_has_no_page_for_them_and_its_address_does_no_harm() {
    stage(async |stage| {
        let page = &stage.page;
        let guide =
            json!({ "id": "g", "title": "A guide", "steps": [{ "id": "s", "title": "Go" }] });
        put(stage, &[guide]);
        open(stage, "g/check").await?;
        page.press(&en("guide.show-mine")).await?;
        page.heading("A guide").await?;
        let text = page.text().await?;
        assert!(!text.contains(&en("guide.check")), "{text}");
        assert_eq!(page.told("errors").await?, [""; 0]);
        Ok(())
    });
}

#[test]
fn the_host_page_hears_which_guide_is_shown_and_nothing_of_the_resident_s() {
    stage(async |stage| {
        let page = &stage.page;
        open_shelter(stage).await?;
        let listen = "window.heard = []; document.addEventListener('front-door:guide-shown', (event) => window.heard.push(JSON.stringify(event.detail)));";
        page.script(listen, Vec::new()).await?;
        page.press(&en("guide.check")).await?;
        page.choose("How many come?", "Too many").await?;
        page.press(&en("guide.show-mine")).await?;
        page.sees("Our roof is too small").await?;
        let heard = page.eval("heard.join()").await?;
        assert!(heard.contains(r#""guide":"shelter""#), "{heard}");
        for own in ["people", "many", "too-many"] {
            assert!(!heard.contains(own), "“{own}” is in {heard}");
        }
        Ok(())
    });
}
