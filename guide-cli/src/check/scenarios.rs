//! Runs a guide's scenarios as the widget would and tells each difference.

use guide::{Answers, Guide, Personal, Scenario};

use crate::collection::Document;
use crate::finding::Notes;
use crate::place::Place;

pub(crate) fn check(document: &Document, top: &Place, notes: &mut Notes) {
    let places = top.list("scenarios");
    for (scenario, place) in document.guide.scenarios.iter().zip(places) {
        run(scenario, &document.guide, &place, notes);
    }
}

fn run(scenario: &Scenario, guide: &Guide, place: &Place, notes: &mut Notes) {
    let pairs = scenario.answers.iter();
    let answers: Answers = pairs
        .map(|(question, option)| (question.as_str(), option.as_str()))
        .collect();
    let personal = Personal::new(guide, &answers);
    let name = &scenario.name;
    for (question, _) in &scenario.answers {
        let is_known = guide.questions.iter().any(|known| known.id == *question);
        let is_asked = personal.asked().any(|asked| asked.id == *question);
        if is_known && !is_asked {
            let wrong = format!("“{name}”: “{question}” is not asked with these answers");
            let remedy = "Remove the answer, or correct the question’s “when”.";
            notes.warning(place.path_of("answers"), wrong, remedy);
        }
    }
    let outcome = personal.outcome();
    let mut differ = |key: &str, expected: String, found: String| {
        if expected != found {
            let wrong = format!("“{name}”: expected {expected}, got {found}");
            let remedy = "Correct the scenario, or the “when” that leads there.";
            notes.error(place.path_of(key), wrong, remedy);
        }
    };
    if let Some(expected) = &scenario.outcome {
        let found = outcome.map(|outcome| outcome.id.as_str());
        differ("outcome", or_none(expected.as_deref()), or_none(found));
    }
    // For whom the guide is not, there is nothing to do.
    let goes_on = outcome.is_none_or(|outcome| outcome.eligible);
    let steps = personal.steps().map(|step| step.id.as_str());
    let evidence = personal.evidence();
    let fees = personal.fees();
    for (key, expected, found, in_order) in [
        ("steps", &scenario.steps, steps.collect::<Vec<_>>(), true),
        (
            "evidence",
            &scenario.evidence,
            evidence.iter().map(|one| one.id.as_str()).collect(),
            false,
        ),
        (
            "fees",
            &scenario.fees,
            fees.iter().map(|one| one.id.as_str()).collect(),
            false,
        ),
    ] {
        if let Some(expected) = expected {
            let found = if goes_on { found } else { Vec::new() };
            let expected = expected.iter().map(String::as_str).collect();
            differ(key, list(expected, in_order), list(found, in_order));
        }
    }
}

fn or_none(id: Option<&str>) -> String {
    id.map_or_else(|| "none".to_owned(), |id| format!("“{id}”"))
}

fn list(mut ids: Vec<&str>, in_order: bool) -> String {
    if !in_order {
        ids.sort_unstable();
    }
    if ids.is_empty() {
        "none".to_owned()
    } else {
        ids.join(", ")
    }
}
