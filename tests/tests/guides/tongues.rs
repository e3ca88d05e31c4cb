//! A machine's words and another language's, wherever a guide speaks.

use frontdoor_tests::{en, es, stage};
use serde_json::json;

use crate::own::{open, put};

const SPANISH: &str =
    r#"<front-door lang="es" config="/frontdoor.json" history="hash"></front-door>"#;

#[test]
fn a_guide_that_was_written_in_spanish_is_marked_for_those_who_read_english() {
    stage(async |stage| {
        let page = &stage.page;
        let guide = json!({ "id": "g", "language": "es", "title": { "es": "Una guía", "en-t-es": "A guide" },
            "steps": [{ "id": "s", "title": { "es": "Vaya" } }] });
        put(stage, &[guide]);
        open(stage, "g").await?;
        page.sees(&en("guide.machine-notice")).await?;
        page.sees("A guide (machine translation)").await?;
        page.sees("Vaya (español)").await?;
        page.sees(&en("guide.missing-notice").replace("{language}", "español"))
            .await?;
        let lang =
            "document.querySelector('front-door').shadowRoot.querySelector('h3 [lang]').lang";
        assert_eq!(page.eval(lang).await?, "es");
        Ok(())
    });
}

#[test]
fn the_language_button_keeps_what_was_ticked_and_answered() {
    stage(async |stage| {
        let page = &stage.page;
        let guide = json!({ "id": "g", "title": { "en": "A guide", "es": "Una guía" },
            "questions": [{ "id": "q", "label": { "en": "Which?", "es": "¿Cuál?" }, "options": [
                { "id": "a", "label": { "en": "This", "es": "Este" } }, { "id": "b", "label": { "en": "That", "es": "Ese" } }] }],
            "steps": [{ "id": "s", "title": { "en": "Go", "es": "Vaya" } }] });
        put(stage, &[guide]);
        open(stage, "g").await?;
        page.press(&en("guide.check")).await?;
        page.choose("Which?", "That").await?;
        page.press("Español").await?;
        page.heading(&es("guide.check-heading")).await?;
        assert!(page.is_chosen("¿Cuál?", "Ese").await?, "the answer is lost");
        Ok(())
    });
}

#[test]
fn every_text_of_a_machine_is_marked_where_it_stands() {
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
        put(stage, &[guide]);
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
                let words = format!("{name} a máquina");
                assert!(text.contains(&words), "no “{words}” in {text}");
                // Each of them, each time.
                let marked = format!("{words} ({})", es("guide.machine"));
                if text.matches(&words).count() != text.matches(&marked).count() {
                    unmarked.push(*name);
                }
            }
        }
        assert!(unmarked.is_empty(), "not marked everywhere: {unmarked:?}");
        Ok(())
    });
}
