//! Finding out how: facts first, then steps, then the form.

use anyhow::{Context, Result};
use frontdoor_tests::{Reply, en, es, stage};

use crate::steps::TAG;

#[test]
fn a_guide_tells_the_facts_before_the_steps_and_starts_the_form() {
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
            "$35 · free for schools",
            &en("fact.bring"),
            &en("fact.decides"),
            "Pick a shelter and a date",
            "Send the request",
            "Wait for our answer",
            "Pay and get the key",
            &en("guide.evidence"),
            "Photo ID",
            "Bring the key back",
            &en("guide.refusal"),
        ];
        in_order(&page.text().await?, &steps)?;
        page.sees("October 1, 2026").await?;
        page.press("Start the request").await?;
        page.heading(&en("place.heading")).await?;
        page.sees("Reserve a park shelter · Step 1 of 5").await?;
        page.press(&en("back")).await?;
        page.heading("Pick a shelter and a date").await
    });
}

fn in_order(text: &str, parts: &[&str]) -> Result<()> {
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
        // There is a service of the same name.
        page.press(&format!("Reserve a park shelter {}", en("kind.guide")))
            .await?;
        page.heading("Pick a shelter and a date").await
    });
}

#[test]
fn a_guide_s_telephone_and_address_are_links_and_nothing_else_is() {
    stage(async |stage| {
        let page = &stage.page;
        let guide = r#"{ "id": "park-shelter", "title": "T", "steps": [
            { "title": "One", "action": { "label": "Call us", "phone": "(555) 010-0160" } },
            { "title": "Two", "action": { "label": "Read more", "url": "https://riverton.example/parks" } },
            { "title": "Three", "action": { "label": "Run this", "url": "javascript:window.ran=true" } } ] }"#;
        stage
            .host
            .answer("/guides/park-shelter.json", Reply::json(guide));
        let tag = r#"<front-door config="/frontdoor.json" guide="park-shelter"></front-door>"#;
        page.open(&stage.host.page(tag)).await?;
        let call = page.find("link", "Call us").await?;
        assert_eq!(call.attr("href").await?.as_deref(), Some("tel:5550100160"));
        let read = page.find("link", "Read more").await?;
        assert_eq!(
            read.attr("href").await?.as_deref(),
            Some("https://riverton.example/parks")
        );
        page.heading("Three").await?;
        let text = page.text().await?;
        assert!(!text.contains("Run this"), "{text}");
        Ok(())
    });
}

#[test]
fn a_guide_is_read_in_the_resident_s_language() {
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
