//! Links into a guide and its parts, and the way back.

use anyhow::Result;
use frontdoor_tests::steps::guides::{guide_of, open_guide, open_shelter, serve_guides, shelter};
use frontdoor_tests::{Page, en, stage};
use serde_json::json;

fn step_name(step: usize, title: &str) -> String {
    let place = en("guide.step-of").replace("{step}", &step.to_string());
    format!("{} {title}", place.replace("{steps}", "3"))
}

async fn set_hash(page: &Page, hash: &str) -> Result<()> {
    page.script(&format!("location.hash = {hash:?}"), Vec::new())
        .await
        .map(drop)
}

#[test]
fn a_link_on_the_page_leads_to_a_step_of_the_open_guide() {
    stage(async |stage| {
        let page = &stage.page;
        open_shelter(stage).await?;
        set_hash(page, "#/guide/shelter/step/wait").await?;
        page.focus_on("heading", &step_name(3, "Wait for us"))
            .await?;
        set_hash(page, "#/guide/shelter/step/pay").await?;
        page.focus_on("heading", &step_name(2, "Pay the rent"))
            .await?;
        // An unknown step: the guide stays, and the focus is at its beginning.
        set_hash(page, "#/guide/shelter/step/%22%3E%3Cimg%3E").await?;
        page.focus_on("heading", "Get a shelter").await?;
        page.sees("Wait for us").await?;
        assert_eq!(page.logged("errors").await?, [""; 0]);
        Ok(())
    });
}

#[test]
fn a_link_to_a_step_that_does_not_apply_leads_to_the_beginning() {
    stage(async |stage| {
        let page = &stage.page;
        serve_guides(stage, &[shelter()])?;
        open_guide(stage, "shelter/check").await?;
        page.choose("How many come?", "A few").await?;
        page.choose("Is it for a school?", "Yes, a school").await?;
        page.press(&en("guide.show-mine")).await?;
        page.focus_on("heading", "Get a shelter").await?;
        page.until("location.hash === '#/guide/shelter'").await?;
        set_hash(page, "#/guide/shelter/step/pay").await?;
        page.until("location.hash.endsWith('/pay')").await?;
        page.focus_on("heading", "Get a shelter").await?;
        let text = page.text().await?;
        assert!(!text.contains("Pay the rent"), "{text}");
        Ok(())
    });
}

#[test]
fn back_from_the_questions_leads_to_the_guide_and_changes_nothing() {
    stage(async |stage| {
        let page = &stage.page;
        open_shelter(stage).await?;
        page.press(&en("guide.check")).await?;
        page.choose("How many come?", "Too many").await?;
        page.press(&en("back")).await?;
        page.heading("Get a shelter").await?;
        let text = page.text().await?;
        assert!(!text.contains("Our roof is too small"), "{text}");
        // After answering, Back does not lead through the questions again.
        page.press(&en("guide.check")).await?;
        page.choose("How many come?", "Too many").await?;
        page.press(&en("guide.show-mine")).await?;
        page.sees("Our roof is too small").await?;
        page.press(&en("back")).await?;
        page.heading(&en("guides.heading")).await
    });
}

#[test]
fn a_guide_without_questions_has_no_page_for_them_and_its_address_is_harmless() {
    stage(async |stage| {
        let page = &stage.page;
        serve_guides(stage, &[guide_of(json!([{ "id": "s", "title": "Go" }]))])?;
        open_guide(stage, "g/check").await?;
        page.press(&en("guide.show-mine")).await?;
        page.heading("A guide").await?;
        let text = page.text().await?;
        assert!(!text.contains(&en("guide.check")), "{text}");
        assert_eq!(page.logged("errors").await?, [""; 0]);
        Ok(())
    });
}
