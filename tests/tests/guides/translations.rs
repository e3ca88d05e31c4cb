//! Languages side by side: text in another language, and text that a machine translated, says so.

use anyhow::Result;
use frontdoor_tests::steps::guides::{open_served, serve_guides};
use frontdoor_tests::{Page, ROOT, en, es, stage};
use serde_json::json;

const SPANISH: &str =
    r#"<front-door lang="es" config="/frontdoor.json" history="hash"></front-door>"#;

/// The text whose `lang` is this language.
async fn text_in_language(page: &Page, language: &str) -> Result<String> {
    let texts = format!(
        "[...{ROOT}.querySelectorAll('[lang=\"{language}\"]')].map((one) => one.textContent).join('|')"
    );
    page.eval(&texts).await
}

#[test]
fn untranslated_text_is_in_the_first_language_and_machine_translations_are_marked() {
    stage(async |stage| {
        let page = &stage.page;
        serve_guides(
            stage,
            &[json!({
                "id": "g", "language": "en",
                "title": { "en": "A guide", "es": "Una guía" },
                "summary": { "en": "Only in English" },
                "steps": [{ "id": "pay", "title": { "en": "Pay", "es": "Pague" },
                    "fees": [{ "id": "f", "amount": 5, "title": { "en": "Fee", "es-t-en": "Tarifa" } }],
                    "refusal": { "text": [{ "en": "We say no", "es-t-en": "Decimos no" }] } }]
            })],
        )?;
        page.open(&format!("{}#/guide/g", stage.host.page(SPANISH)))
            .await?;
        page.heading("Una guía").await?;
        page.sees(&format!("Tarifa ({})", es("guide.machine")))
            .await?;
        page.sees(&format!("Decimos no ({})", es("guide.machine")))
            .await?;
        page.sees(&es("guide.machine-notice")).await?;
        page.sees(&es("guide.missing-notice").replace("{language}", "English"))
            .await?;
        let english = text_in_language(page, "en").await?;
        assert!(english.contains("Only in English"), "{english}");
        assert!(!english.contains("Pague"), "{english}");
        // The copied text has the marks, too.
        let copied = page.copy(&es("guide.copy")).await?;
        for text in ["Tarifa", "Decimos no"] {
            let marked = format!("{text} ({})", es("guide.machine"));
            assert!(copied.contains(&marked), "{marked} is not in {copied}");
        }
        Ok(())
    });
}

#[test]
fn a_guide_entirely_in_another_language_says_so_once() {
    stage(async |stage| {
        let page = &stage.page;
        serve_guides(
            stage,
            &[
                json!({ "id": "g", "title": { "en": "A guide" }, "summary": { "en": "Words" }, "steps": [{ "id": "s", "title": { "en": "Go" } }] }),
            ],
        )?;
        page.open(&format!("{}#/guide/g", stage.host.page(SPANISH)))
            .await?;
        page.sees(&es("guide.foreign-notice").replace("{language}", "English"))
            .await?;
        let text = page.text().await?;
        assert!(!text.contains("(English)"), "{text}");
        assert!(text_in_language(page, "en").await?.contains("A guide"));
        Ok(())
    });
}

#[test]
fn a_guide_written_in_spanish_is_marked_for_readers_of_english() {
    stage(async |stage| {
        let page = &stage.page;
        let guide = json!({ "id": "g", "language": "es", "title": { "es": "Una guía", "en-t-es": "A guide" },
            "steps": [{ "id": "s", "title": { "es": "Vaya" } }] });
        open_served(stage, guide).await?;
        page.sees(&en("guide.machine-notice")).await?;
        page.sees("A guide (machine translation)").await?;
        page.sees("Vaya (español)").await?;
        page.sees(&en("guide.missing-notice").replace("{language}", "español"))
            .await?;
        let language = format!("{ROOT}.querySelector('h3 [lang]').lang");
        assert_eq!(page.eval(&language).await?, "es");
        Ok(())
    });
}

#[test]
fn changing_the_language_keeps_the_answers() {
    stage(async |stage| {
        let page = &stage.page;
        let guide = json!({ "id": "g", "title": { "en": "A guide", "es": "Una guía" },
            "questions": [{ "id": "q", "label": { "en": "Which?", "es": "¿Cuál?" }, "options": [
                { "id": "a", "label": { "en": "This", "es": "Este" } }, { "id": "b", "label": { "en": "That", "es": "Ese" } }] }],
            "steps": [{ "id": "s", "title": { "en": "Go", "es": "Vaya" } }] });
        open_served(stage, guide).await?;
        page.press(&en("guide.check")).await?;
        page.choose("Which?", "That").await?;
        page.press("Español").await?;
        page.heading(&es("guide.check-heading")).await?;
        assert!(page.is_chosen("¿Cuál?", "Ese").await?, "the answer is lost");
        Ok(())
    });
}

#[test]
fn every_machine_translated_text_is_marked() {
    let t = |name: &str| json!({ "en": format!("{name} in English"), "es-t-en": format!("{name} a máquina") });
    let guide = json!({
        "id": "g", "language": "en", "title": { "en": "A guide", "es": "Una guía" },
        "summary": t("Summary"), "output": t("Output"),
        "office": { "name": t("Office"), "address": t("Address"), "accessibility": t("Access"), "note": t("Note") },
        "questions": [{ "id": "q", "label": t("Question"), "hint": t("Hint"),
            "options": [{ "id": "a", "label": t("Option") }, { "id": "b", "label": { "en": "Other", "es": "Otra" } }] }],
        "steps": [{ "id": "s", "title": t("Title"), "actor": t("Actor"), "who": "other",
            "text": [t("Text"), { "list": [t("Item")] }],
            "evidence": [{ "id": "e", "title": t("Paper"), "text": t("Enough"), "without": t("Without") }],
            "fees": [{ "id": "f", "amount": 5, "title": t("Fee"), "waiver": t("Waiver"), "pay": t("Pay") }],
            "office": { "name": t("Counter"), "address": t("Address"), "accessibility": t("Access"), "note": t("Note") },
            "refusal": { "text": [t("Refusal")], "appeal": [t("Appeal")] },
            "action": { "label": t("Action"), "phone": "311" },
            "steps": [{ "id": "p", "title": t("Part") }] }]
    });
    let whole = [
        "Summary", "Output", "Office", "Actor", "Text", "Item", "Paper", "Enough", "Without",
        "Fee", "Waiver", "Pay", "Counter", "Address", "Access", "Note", "Refusal", "Appeal",
        "Action", "Part",
    ];
    let check = ["Question", "Hint", "Option"];
    stage(async |stage| {
        let page = &stage.page;
        serve_guides(stage, &[guide])?;
        let address = stage.host.page(SPANISH);
        let mut unmarked = Vec::new();
        for (part, names) in [("", &whole[..]), ("/check", &check[..])] {
            page.go("about:blank").await?;
            page.open(&format!("{address}#/guide/g{part}")).await?;
            page.sees("a máquina").await?;
            let text = page.text().await?;
            if !text.contains(&es("guide.machine-notice")) {
                unmarked.push("the page as a whole");
            }
            for name in names {
                let translated = format!("{name} a máquina");
                assert!(text.contains(&translated), "no “{translated}” in {text}");
                // Every occurrence of each text.
                let marked = format!("{translated} ({})", es("guide.machine"));
                if text.matches(&translated).count() != text.matches(&marked).count() {
                    unmarked.push(*name);
                }
            }
        }
        assert!(unmarked.is_empty(), "not marked everywhere: {unmarked:?}");
        Ok(())
    });
}
