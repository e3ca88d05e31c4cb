//! How to get the service, step by step. schema.org puts what is needed and how long it takes on the
//! whole and on directions, not on steps: each step has one direction.

use guide::{ActionKind, Evidence, Guide, Step};
use serde_json::{Value, json};

use super::words::{Node, blocks, english, text};
use super::{service, time};

pub(super) fn node(guide: &Guide) -> Value {
    let steps = guide.steps.iter().enumerate();
    let steps: Vec<Value> = steps.map(|(index, one)| step(one, index + 1)).collect();
    let told = time::words(&guide.time);
    Node::of("HowTo")
        .with("@id", json!("#how-to"))
        .with("name", text(&guide.title))
        .with("description", text(&guide.summary))
        .with("abstract", told.map_or(Value::Null, |told| english(&told)))
        .with("inLanguage", service::languages(guide))
        .with("about", json!({"@id": "#service"}))
        .with("dateModified", json!(guide.reviewed))
        .with("totalTime", json!(time::total(&guide.time)))
        .with("supply", supply(guide))
        .with("step", Value::Array(steps))
        .done()
}

/// Everything that is needed, each thing once.
fn supply(guide: &Guide) -> Value {
    let mut known: Vec<&str> = Vec::new();
    let mut all = Vec::new();
    for one in guide.all_steps().flat_map(|step| &step.evidence) {
        if !known.contains(&one.id.as_str()) {
            known.push(&one.id);
            all.push(needed(one));
        }
    }
    Value::Array(all)
}

fn needed(evidence: &Evidence) -> Value {
    Node::of("HowToSupply")
        .with("name", text(&evidence.title))
        .with("description", text(&evidence.text))
        .done()
}

fn step(step: &Step, position: usize) -> Value {
    let direction = direction(step);
    if step.steps.is_empty() {
        return Node::of("HowToStep")
            .with("position", json!(position))
            .with("name", text(&step.title))
            .with("text", blocks(&step.text))
            .with("url", address(step))
            .with(
                "itemListElement",
                direction.map_or(Value::Null, |direction| json!([direction])),
            )
            .done();
    }
    let parts = step.steps.iter().enumerate();
    let parts: Vec<Value> = parts
        .map(|(index, part)| self::step(part, index + 1))
        .collect();
    let parts: Vec<Value> = direction.into_iter().chain(parts).collect();
    Node::of("HowToSection")
        .with("position", json!(position))
        .with("name", text(&step.title))
        .with("description", blocks(&step.text))
        .with("itemListElement", Value::Array(parts))
        .done()
}

/// What is needed for a step and how long it takes, if anything is said.
fn direction(step: &Step) -> Option<Value> {
    if step.evidence.is_empty() && step.time.is_empty() {
        return None;
    }
    let supply: Vec<Value> = step.evidence.iter().map(needed).collect();
    let told = time::words(&step.time);
    let node = Node::of("HowToDirection")
        .with("text", text(&step.title))
        .with(
            "description",
            told.map_or(Value::Null, |told| english(&told)),
        )
        .with("totalTime", json!(time::total(&step.time)))
        .with("supply", Value::Array(supply));
    Some(node.done())
}

fn address(step: &Step) -> Value {
    match step.action.as_ref().map(|action| &action.kind) {
        Some(ActionKind::Address { url }) => json!(guide::safe_address(url)),
        _ => Value::Null,
    }
}
