//! The steps as a `HowTo`. schema.org has supplies and durations on the whole and on directions, but not on steps, so
//! each step gets one direction.

use guide::{ActionKind, Evidence, Guide, Step};

use super::schema_org::{
    HowTo, HowToDirection, HowToItem, HowToSection, HowToStep, HowToSupply, LocalizedText,
    Reference,
};
use super::text::{blocks, english, text};
use super::{duration, service};

pub(super) fn how_to(guide: &Guide) -> HowTo {
    HowTo {
        id: "#how-to".to_owned(),
        name: text(&guide.title),
        description: text(&guide.summary),
        r#abstract: time_in_words(&guide.time),
        in_language: service::languages(guide),
        about: Reference::to("#service"),
        date_modified: guide.reviewed.clone(),
        total_time: duration::total(&guide.time),
        supply: supplies(guide),
        step: items(&guide.steps),
    }
}

/// The evidence of all steps, without duplicates.
fn supplies(guide: &Guide) -> Vec<HowToSupply> {
    let mut known: Vec<&str> = Vec::new();
    let mut all = Vec::new();
    for one in guide.all_steps().flat_map(|step| &step.evidence) {
        if !known.contains(&one.id.as_str()) {
            known.push(&one.id);
            all.push(supply(one));
        }
    }
    all
}

fn supply(evidence: &Evidence) -> HowToSupply {
    HowToSupply {
        name: text(&evidence.title),
        description: text(&evidence.text),
    }
}

/// Steps as items with positions from 1.
fn items(steps: &[Step]) -> Vec<HowToItem> {
    let steps = steps.iter().enumerate();
    steps.map(|(index, step)| item(step, index + 1)).collect()
}

fn item(step: &Step, position: usize) -> HowToItem {
    let direction = direction(step);
    if step.steps.is_empty() {
        return HowToItem::Step(HowToStep {
            position,
            name: text(&step.title),
            text: blocks(&step.text),
            url: url(step),
            item_list_element: direction.into_iter().collect(),
        });
    }
    let direction = direction.map(HowToItem::Direction).into_iter();
    HowToItem::Section(HowToSection {
        position,
        name: text(&step.title),
        description: blocks(&step.text),
        item_list_element: direction.chain(items(&step.steps)).collect(),
    })
}

/// The evidence and the duration of a step, if it has any.
fn direction(step: &Step) -> Option<HowToDirection> {
    if step.evidence.is_empty() && step.time.is_empty() {
        return None;
    }
    Some(HowToDirection {
        text: text(&step.title),
        description: time_in_words(&step.time),
        total_time: duration::total(&step.time),
        supply: step.evidence.iter().map(supply).collect(),
    })
}

fn time_in_words(time: &guide::Time) -> LocalizedText {
    duration::in_words(time).map_or_else(LocalizedText::default, english)
}

fn url(step: &Step) -> Option<String> {
    match &step.action.as_ref()?.kind {
        ActionKind::Address { url } => guide::safe_address(url).map(str::to_owned),
        _ => None,
    }
}
