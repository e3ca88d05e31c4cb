//! Text of a guide: links, emphasis and lists are what they are, and nothing else is.

use anyhow::Result;
use frontdoor_tests::{Page, en, stage};
use serde_json::json;

use crate::own::{open, put};

async fn within_the_steps(page: &Page, what: &str) -> Result<String> {
    let all = format!(
        "[...document.querySelector('front-door').shadowRoot.querySelectorAll('.guide {what}')].map((one) => one.textContent.trim()).join('|')"
    );
    page.eval(&all).await
}

#[test]
fn links_emphasis_and_lists_are_drawn_as_such() {
    stage(async |stage| {
        let page = &stage.page;
        let text = json!([
            ["See ", { "text": "this page", "link": "https://riverton.example/" }, ", ", { "emphasis": "today" }, "."],
            { "en": ["Call ", { "text": "the city", "phone": "(555) 010-0100" }, "."] },
            { "paragraph": [{ "text": "Another", "guide": "other" }, " or ", { "text": "a hole", "service": "pothole" }] },
            { "list": ["Bread", ["Butter and ", { "text": "jam", "link": "/jam" }]] },
            { "numbered": ["Sit", "Eat"] }
        ]);
        let step = json!({ "id": "s", "title": "Go", "text": text });
        put(
            stage,
            &[json!({ "id": "g", "title": "A guide", "steps": [step] })],
        );
        open(stage, "g").await?;
        for (name, address) in [
            ("this page", "https://riverton.example/"),
            ("the city", "tel:5550100100"),
            ("Another", "#/guide/other"),
            ("a hole", "#/report/pothole/place"),
            ("jam", "/jam"),
        ] {
            let link = page.find("link", name).await;
            // “Another guide” and “Pothole” stand at the end of other guides, not of this one.
            assert_eq!(
                link?.attr("href").await?.as_deref(),
                Some(address),
                "{name}"
            );
        }
        page.sees("See this page, today.").await?;
        page.sees("Butter and jam").await?;
        assert_eq!(within_the_steps(page, "strong").await?, "today");
        assert_eq!(
            within_the_steps(page, "ul.dots li").await?,
            "Bread|Butter and jam"
        );
        assert_eq!(
            within_the_steps(page, "ol ol li, ol.numbers li").await?,
            "Sit|Eat"
        );
        page.press("Another").await?;
        page.until("location.hash === '#/guide/other'").await
    });
}

#[test]
fn a_hostile_address_is_words_wherever_an_address_may_stand() {
    let hostile = [
        "javascript:window.ran=1",
        " JaVaScRiPt:window.ran=1",
        "java\tscript:window.ran=1",
        "data:text/html,<script>1</script>",
        "vbscript:x",
        "blob:https://x.example/1",
        "file:///etc/passwd",
    ];
    stage(async |stage| {
        let page = &stage.page;
        let steps: Vec<_> = hostile.iter().enumerate()
            .flat_map(|(index, address)| {
                let id = |kind: &str| format!("{kind}{index}");
                [
                    json!({ "id": id("t"), "title": "Text", "text": [[{ "text": "Harmless words", "link": address }]],
                        "office": { "name": "An office", "map": address } }),
                    json!({ "id": id("u"), "title": "Page", "action": { "label": "Run the page", "url": address } }),
                    json!({ "id": id("d"), "title": "File", "action": { "label": "Run the file", "download": address } }),
                ]
            })
            .collect();
        put(
            stage,
            &[json!({ "id": "g", "title": "A guide", "steps": steps })],
        );
        open(stage, "g").await?;
        page.sees("Harmless words").await?;
        let text = page.text().await?;
        assert_eq!(text.matches("Harmless words").count(), hostile.len());
        for gone in ["Run the page", "Run the file", &en("guide.map")] {
            assert!(!text.contains(gone), "“{gone}” is in {text}");
        }
        let links = "[...document.querySelector('front-door').shadowRoot.querySelectorAll('.guide a')].map((link) => link.getAttribute('href')).join(' ')";
        assert_eq!(page.eval(links).await?, "");
        Ok(())
    });
}

#[test]
fn a_choice_of_ways_says_so_and_names_them() {
    stage(async |stage| {
        let page = &stage.page;
        let way =
            |id: &str, title: &str| json!({ "id": id, "title": title, "text": ["Do it so."] });
        let steps = json!([
            { "id": "a", "title": "Pay", "choose": "one", "steps": [way("a1", "By card"), way("a2", "In cash")] },
            { "id": "b", "title": "Bring", "choose": "all", "steps": [way("b1", "The form"), way("b2", "The key")] },
            { "id": "c", "title": "Wait", "who": "other", "actor": "Your bank", "optional": true, "after": ["a"] }
        ]);
        put(
            stage,
            &[json!({ "id": "g", "title": "A guide", "steps": steps })],
        );
        open(stage, "g").await?;
        for words in ["By card", "In cash", "The form", "The key"] {
            page.heading(words).await?;
        }
        let text = page.text().await?;
        let place = |words: &str| text.find(words).unwrap_or(usize::MAX);
        let order = [
            en("guide.one-of"),
            "By card".into(),
            en("guide.all-of"),
            "The form".into(),
            "Your bank".into(),
            en("guide.optional"),
        ];
        assert!(
            order
                .windows(2)
                .all(|pair| place(&pair[0]) < place(&pair[1])),
            "{text}"
        );
        assert!(place(&en("guide.optional")) < usize::MAX, "{text}");
        page.sees(&en("guide.after").replace("{steps}", "1")).await
    });
}
