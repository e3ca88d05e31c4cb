//! Guides of the test's own, in the place of the city's.

use anyhow::Result;
use frontdoor_tests::{Reply, Stage};
use serde_json::{Value, json};

/// A guide in two languages with most of what there is.
pub(crate) fn shelter() -> Value {
    json!({
        "id": "shelter",
        "language": "en",
        "title": { "en": "Get a shelter", "es": "Obtener un refugio" },
        "topic": "Parks",
        "summary": "For everybody.",
        "office": "parks",
        "time": { "usual": "1 working day", "most": "2-3 weeks" },
        "output": "A key",
        "currency": "USD",
        "questions": [
            { "id": "people", "label": "How many come?", "options": [
                { "id": "few", "label": "A few" }, { "id": "many", "label": "Too many" } ] },
            { "id": "school", "label": "Is it for a school?", "when": { "people": "few" }, "options": [
                { "id": "yes", "label": "Yes, a school" }, { "id": "no", "label": "No school" } ] }
        ],
        "outcomes": [
            { "id": "too-many", "when": { "people": "many" }, "eligible": false, "title": "Our roof is too small",
              "text": ["It holds 80."], "try": [{ "label": "Close your block", "guide": "other" }] },
            { "id": "free", "when": { "school": "yes" }, "title": "It is free for you" }
        ],
        "steps": [
            { "id": "pick", "title": "Pick a day", "time": { "usual": "5 minutes" }, "evidence": [
                { "id": "letter", "title": "A school letter", "without": "Call us.", "when": { "school": "yes" } },
                { "id": "photo", "title": "A photo ID" } ] },
            { "id": "pay", "title": "Pay the rent", "when": { "school": "no" },
              "fees": [{ "id": "rent", "title": "Rent", "amount": 35, "waiver": "Half for seniors." }], "office": "parks" },
            { "id": "wait", "title": "Wait for us", "who": "city", "after": ["pick"], "office": "parks",
              "refusal": { "text": ["We say no if it rains."], "appeal": ["Ask again."] } }
        ],
        "related": { "guides": ["other"], "services": ["pothole"] },
        "reviewed": "2026-10-01"
    })
}

/// Puts guides in the place of the city's; the first one is opened by `guide="…"`.
pub(crate) fn put(stage: &Stage, guides: &[Value]) {
    let entries: Vec<Value> = guides
        .iter()
        .map(|guide| {
            let id = guide["id"].as_str().unwrap();
            stage
                .host
                .answer(&format!("/guides/{id}.json"), Reply::json(guide.to_string()));
            json!({ "id": id, "title": guide["title"], "topic": guide["topic"], "summary": guide["summary"], "url": format!("{id}.json") })
        })
        .collect();
    let other = json!({ "id": "other", "title": "Another guide", "url": "other.json" });
    let entries: Vec<Value> = entries.into_iter().chain([other]).collect();
    let index = json!({
        "guides": entries,
        "offices": [{ "id": "parks", "name": "Parks Office", "phone": "(555) 010-0160", "address": "40 River Rd",
            "hours": [{ "days": ["mo", "tu", "we", "th", "fr", "sa", "su"], "opens": "00:00", "closes": "24:00" }],
            "accessibility": "No steps." }],
        "holidays": []
    });
    stage
        .host
        .answer("/guides/index.json", Reply::json(index.to_string()));
}

/// Opens one of them, with the page's address following.
pub(crate) async fn open(stage: &Stage, place: &str) -> Result<()> {
    let tag = r#"<front-door config="/frontdoor.json" history="hash"></front-door>"#;
    let address = format!("{}#/guide/{place}", stage.host.page(tag));
    stage.page.open(&address).await
}

/// Opens the guide above.
pub(crate) async fn open_shelter(stage: &Stage) -> Result<()> {
    put(stage, &[shelter()]);
    open(stage, "shelter").await?;
    stage.page.heading("Get a shelter").await
}
