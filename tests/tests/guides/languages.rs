//! Languages side by side: what is missing, and what a machine wrote, says so.

use anyhow::Result;
use frontdoor_tests::{en, es, stage};
use serde_json::json;

use crate::own::{open, put};

const SPANISH: &str =
    r#"<front-door lang="es" config="/frontdoor.json" history="hash"></front-door>"#;

/// The words that are marked as being in another language.
async fn marked(page: &frontdoor_tests::Page, tag: &str) -> Result<String> {
    let words = format!(
        "[...document.querySelector('front-door').shadowRoot.querySelectorAll('[lang=\"{tag}\"]')].map((one) => one.textContent).join('|')"
    );
    page.eval(&words).await
}

#[test]
fn what_is_not_translated_is_shown_in_the_first_language_and_a_machine_s_words_are_marked() {
    stage(async |stage| {
        let page = &stage.page;
        put(
            stage,
            &[json!({
                "id": "g", "language": "en",
                "title": { "en": "A guide", "es": "Una guía" },
                "summary": { "en": "Only in English" },
                "steps": [{ "id": "pay", "title": { "en": "Pay", "es": "Pague" },
                    "fees": [{ "id": "f", "amount": 5, "title": { "en": "Fee", "es-t-en": "Tarifa" } }],
                    "refusal": { "text": [{ "en": "We say no", "es-t-en": "Decimos no" }] } }]
            })],
        );
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
        let english = marked(page, "en").await?;
        assert!(english.contains("Only in English"), "{english}");
        assert!(!english.contains("Pague"), "{english}");
        // What is taken along has the marks, too.
        let listen = "Object.defineProperty(navigator, 'clipboard', { value: { writeText: (text) => { window.copied = text; return Promise.resolve(); } } });";
        page.script(listen, Vec::new()).await?;
        page.press(&es("guide.copy")).await?;
        page.until("window.copied").await?;
        let copied = page.eval("copied").await?;
        for words in ["Tarifa", "Decimos no"] {
            let marked = format!("{words} ({})", es("guide.machine"));
            assert!(copied.contains(&marked), "{marked} is not in {copied}");
        }
        Ok(())
    });
}

#[test]
fn a_guide_that_is_wholly_in_another_language_says_so_once() {
    stage(async |stage| {
        let page = &stage.page;
        put(
            stage,
            &[
                json!({ "id": "g", "title": { "en": "A guide" }, "summary": { "en": "Words" }, "steps": [{ "id": "s", "title": { "en": "Go" } }] }),
            ],
        );
        page.open(&format!("{}#/guide/g", stage.host.page(SPANISH)))
            .await?;
        page.sees(&es("guide.foreign-notice").replace("{language}", "English"))
            .await?;
        let text = page.text().await?;
        assert!(!text.contains("(English)"), "{text}");
        assert!(marked(page, "en").await?.contains("A guide"));
        Ok(())
    });
}

#[test]
fn text_has_links_lists_and_emphasis_and_no_markup_runs() {
    stage(async |stage| {
        let page = &stage.page;
        put(
            stage,
            &[
                json!({ "id": "g", "title": "<img src=x onerror=window.ran=1>A guide", "steps": [{ "id": "s", "title": "Go", "text": [
            ["See ", { "text": "this page", "link": "https://riverton.example/" }, " ", { "emphasis": "today" }],
            { "list": ["One <b>thing</b>", "Another"] },
            { "numbered": ["First"] },
            [{ "text": "Run this", "link": "javascript:window.ran=1" }, { "text": " and that", "link": "data:text/html,x" }],
            [{ "text": "Call", "phone": "311" }, " or ", { "text": "see", "guide": "other" }, " or ", { "text": "ask", "service": "pothole" }]
        ] }] }),
            ],
        );
        open(stage, "g").await?;
        page.sees("<img src=x onerror=window.ran=1>A guide").await?;
        page.sees("One <b>thing</b>").await?;
        let addresses = "[...document.querySelector('front-door').shadowRoot.querySelectorAll('.guide p a')].map((link) => link.getAttribute('href')).join(' ')";
        // A list of spans stands in a list of blocks only by language; what is no block is left out.
        let addresses = page.eval(addresses).await?;
        assert!(
            !addresses.contains("javascript") && !addresses.contains("data:"),
            "{addresses}"
        );
        assert_eq!(page.eval("window.ran ?? 'no'").await?, "no");
        page.sees("Another").await?;
        page.sees(&en("back")).await
    });
}
