//! Reading a guide: facts first, then steps, then the form.

use anyhow::{Context, Result};
use frontdoor_tests::steps::common::{TAG, open_tag, text_before_placeholder};
use frontdoor_tests::steps::guides::open_shelter;
use frontdoor_tests::{en, es, stage};

#[test]
fn a_guide_shows_facts_before_steps_and_starts_the_form() {
    stage(async |stage| {
        let page = &stage.page;
        page.open(&stage.host.page(TAG)).await?;
        page.press(&en("way.how")).await?;
        page.heading(&en("guides.heading")).await?;
        page.heading("Parks").await?;
        page.press("Reserve a park shelter").await?;
        page.heading("Reserve a park shelter").await?;
        page.sees(&en("guide.refusal")).await?;
        let steps = [
            "For a gathering of up to 80 people",
            &en("fact.duration"),
            &en("fact.cost"),
            "$35",
            &en("fact.decides"),
            &en("fact.output"),
            &en("fact.bring"),
            "Pick a shelter and a date",
            "Send the request",
            "Wait for our answer",
            "Pay and get the key",
            &en("guide.evidence"),
            "Photo ID",
            "Bring the key back",
            &en("guide.refusal"),
        ];
        check_order(&page.text().await?, &steps)?;
        page.sees("October 1, 2026").await?;
        page.press("Start the request").await?;
        page.heading(&en("place.heading")).await?;
        page.sees("Reserve a park shelter · Step 1 of 5").await?;
        page.press(&en("back")).await?;
        page.sees("Pick a shelter and a date").await
    });
}

/// Checks that these parts are in the text, in this order.
fn check_order(text: &str, parts: &[&str]) -> Result<()> {
    let mut rest = text;
    for part in parts {
        (_, rest) = rest
            .split_once(part)
            .with_context(|| format!("“{part}” is missing or too early in {text}"))?;
    }
    Ok(())
}

#[test]
fn a_guide_is_found_by_what_people_call_it() {
    stage(async |stage| {
        let page = &stage.page;
        page.open(&stage.host.page(TAG)).await?;
        page.fill(&en("start.search"), "birthday").await?;
        page.loses(&en("start.popular")).await?;
        // A service has the same name.
        page.press(&format!("Reserve a park shelter {}", en("kind.guide")))
            .await?;
        page.sees("Pick a shelter and a date").await
    });
}

#[test]
fn the_search_in_the_list_of_guides_finds_guides_and_services() {
    stage(async |stage| {
        let page = &stage.page;
        open_tag(stage, r#"view="guides""#).await?;
        page.heading("Parks").await?;
        page.fill(&en("guides.search"), "wedding").await?;
        page.loses("Trash").await?;
        page.fill(&en("guides.search"), "couch").await?;
        page.sees(&en("kind.service")).await?;
        page.sees(&en("kind.guide")).await
    });
}

#[test]
fn a_guide_is_in_the_resident_s_language() {
    stage(async |stage| {
        let page = &stage.page;
        let tag =
            r#"<front-door lang="es" config="/frontdoor.json" guide="deck-permit"></front-door>"#;
        page.open(&stage.host.page(tag)).await?;
        page.heading("Obtener un permiso para una terraza de madera")
            .await?;
        page.sees(&es("fact.cost")).await?;
        page.sees("15 de septiembre de 2026").await
    });
}

#[test]
fn an_office_is_described_once_and_then_named() {
    stage(async |stage| {
        let page = &stage.page;
        open_shelter(stage).await?;
        page.sees("40 River Rd").await?;
        page.sees("No steps.").await?;
        page.sees(&text_before_placeholder("contact.open-until"))
            .await?;
        page.sees(&en("guide.at").replace("{office}", "Parks Office"))
            .await?;
        let text = page.text().await?;
        assert_eq!(text.matches("40 River Rd").count(), 1, "{text}");
        page.sees("We say no if it rains.").await?;
        page.sees(&en("guide.appeal")).await?;
        // Related guides and services.
        page.find("link", "Another guide").await?;
        page.find("link", "Pothole").await?;
        Ok(())
    });
}
