//! Steps of the guides: guides that a test writes, served in place of the city's.

use anyhow::{Context, Result};
use serde_json::{Value, json};

use crate::en;
use crate::page::Page;
use crate::reply::Reply;
use crate::stage::Stage;
use crate::steps::common::open_hash;

/// A guide, partly in two languages, with most of what a guide can have.
pub fn shelter() -> Value {
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

/// A guide `g`, “A guide”, of these steps.
pub fn guide_of(steps: Value) -> Value {
    json!({ "id": "g", "title": "A guide", "steps": steps })
}

/// Serves guides in place of the city's.
pub fn serve_guides(stage: &Stage, guides: &[Value]) -> Result<()> {
    let mut entries = Vec::new();
    for guide in guides {
        let id = guide["id"].as_str().context("a guide without an id")?;
        let path = format!("/guides/{id}.json");
        stage.host.answer(&path, Reply::json(guide.to_string()));
        entries.push(
            json!({ "id": id, "title": guide["title"], "topic": guide["topic"],
            "summary": guide["summary"], "url": format!("{id}.json") }),
        );
    }
    entries.push(json!({ "id": "other", "title": "Another guide", "url": "other.json" }));
    let index = json!({
        "guides": entries,
        "offices": [{ "id": "parks", "name": "Parks Office", "phone": "(555) 010-0160", "address": "40 River Rd",
            "hours": [{ "days": ["mo", "tu", "we", "th", "fr", "sa", "su"], "opens": "00:00", "closes": "24:00" }],
            "accessibility": "No steps." }],
        "holidays": []
    });
    let index = Reply::json(index.to_string());
    stage.host.answer("/guides/index.json", index);
    Ok(())
}

/// Opens a guide, or a part of it such as `shelter/step/pay`, with the view in the page's address.
pub async fn open_guide(stage: &Stage, route: &str) -> Result<()> {
    open_hash(stage, &format!("#/guide/{route}")).await
}

/// Serves one guide `g` and opens it.
pub async fn open_served(stage: &Stage, guide: Value) -> Result<()> {
    serve_guides(stage, &[guide])?;
    open_guide(stage, "g").await
}

/// Serves and opens [`shelter`].
pub async fn open_shelter(stage: &Stage) -> Result<()> {
    serve_guides(stage, &[shelter()])?;
    open_guide(stage, "shelter").await?;
    stage.page.heading("Get a shelter").await
}

/// Answers the questions of [`shelter`] from its page, and returns to it.
pub async fn answer_shelter(page: &Page, people: &str, school: Option<&str>) -> Result<()> {
    page.press(&en("guide.check")).await?;
    page.heading(&en("guide.check-heading")).await?;
    page.choose("How many come?", people).await?;
    if let Some(school) = school {
        page.choose("Is it for a school?", school).await?;
    }
    page.press(&en("guide.show-mine")).await?;
    page.heading("Get a shelter").await
}
