//! Text of a guide: links, emphasis and lists are rendered, and nothing else is.

use anyhow::Result;
use frontdoor_tests::steps::guides::{guide_of, open_guide, open_served, serve_guides};
use frontdoor_tests::{Page, ROOT, en, stage};
use serde_json::json;

/// The texts of the elements in the guide that match a selector.
async fn texts_of(page: &Page, selector: &str) -> Result<String> {
    let texts = format!(
        "[...{ROOT}.querySelectorAll('.guide {selector}')].map((one) => one.textContent.trim()).join('|')"
    );
    page.eval(&texts).await
}

#[test]
fn links_emphasis_and_lists_are_rendered() {
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
        open_served(stage, guide_of(json!([step]))).await?;
        for (name, address) in [
            ("this page", "https://riverton.example/"),
            ("the city", "tel:5550100100"),
            ("Another", "#/guide/other"),
            ("a hole", "#/report/pothole/place"),
            ("jam", "/jam"),
        ] {
            let link = page.find("link", name).await?;
            assert_eq!(link.attr("href").await?.as_deref(), Some(address), "{name}");
        }
        page.sees("See this page, today.").await?;
        page.sees("Butter and jam").await?;
        assert_eq!(texts_of(page, "strong").await?, "today");
        assert_eq!(texts_of(page, "ul.dots li").await?, "Bread|Butter and jam");
        assert_eq!(texts_of(page, "ol ol li, ol.numbers li").await?, "Sit|Eat");
        page.press("Another").await?;
        page.until("location.hash === '#/guide/other'").await
    });
}

#[test]
fn a_hostile_address_is_no_link_anywhere() {
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
        open_served(stage, guide_of(json!(steps))).await?;
        page.sees("Harmless words").await?;
        let text = page.text().await?;
        assert_eq!(text.matches("Harmless words").count(), hostile.len());
        for gone in ["Run the page", "Run the file", &en("guide.map")] {
            assert!(!text.contains(gone), "“{gone}” is in {text}");
        }
        let links = format!(
            "[...{ROOT}.querySelectorAll('.guide a')].map((link) => link.getAttribute('href')).join(' ')"
        );
        assert_eq!(page.eval(&links).await?, "");
        Ok(())
    });
}

#[test]
fn alternative_and_joint_steps_say_so() {
    stage(async |stage| {
        let page = &stage.page;
        let step =
            |id: &str, title: &str| json!({ "id": id, "title": title, "text": ["Do it so."] });
        let steps = json!([
            { "id": "a", "title": "Pay", "choose": "one", "steps": [step("a1", "By card"), step("a2", "In cash")] },
            { "id": "b", "title": "Bring", "choose": "all", "steps": [step("b1", "The form"), step("b2", "The key")] },
            { "id": "c", "title": "Wait", "who": "other", "actor": "Your bank", "optional": true, "after": ["a"] }
        ]);
        open_served(stage, guide_of(steps)).await?;
        for title in ["By card", "In cash", "The form", "The key"] {
            page.heading(title).await?;
        }
        let text = page.text().await?;
        let index = |part: &str| text.find(part).unwrap_or(usize::MAX);
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
                .all(|pair| index(&pair[0]) < index(&pair[1])),
            "{text}"
        );
        assert!(index(&en("guide.optional")) < usize::MAX, "{text}");
        page.sees(&en("guide.after").replace("{steps}", "1")).await
    });
}

#[test]
fn markup_in_text_is_shown_and_does_not_run() {
    stage(async |stage| {
        let page = &stage.page;
        serve_guides(
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
        )?;
        open_guide(stage, "g").await?;
        page.sees("<img src=x onerror=window.ran=1>A guide").await?;
        page.sees("One <b>thing</b>").await?;
        let addresses = format!(
            "[...{ROOT}.querySelectorAll('.guide p a')].map((link) => link.getAttribute('href')).join(' ')"
        );
        let addresses = page.eval(&addresses).await?;
        assert!(
            !addresses.contains("javascript") && !addresses.contains("data:"),
            "{addresses}"
        );
        assert_eq!(page.eval("window.ran ?? 'no'").await?, "no");
        page.sees("Another").await?;
        page.sees(&en("back")).await
    });
}
