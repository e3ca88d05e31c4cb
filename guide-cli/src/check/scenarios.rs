//! Runs a guide's scenarios as the widget would, and reports each difference.

use guide::{Answers, Guide, Personal, Scenario};

use crate::collection::Document;
use crate::finding::Findings;
use crate::located::Located;

pub(crate) fn check(document: &Document, top: &Located, findings: &mut Findings) {
    let all = top.list("scenarios");
    for (scenario, located) in document.guide.scenarios.iter().zip(all) {
        run(scenario, &document.guide, &located, findings);
    }
}

fn run(scenario: &Scenario, guide: &Guide, located: &Located, findings: &mut Findings) {
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
            let problem = format!("“{name}”: “{question}” is not asked with these answers");
            let remedy = "Remove the answer, or correct the question’s “when”.";
            findings.warning(located.path_of("answers"), problem, remedy);
        }
    }
    let outcome = personal.outcome();
    let mut compare = |key: &str, expected: String, found: String| {
        if expected != found {
            let problem = format!("“{name}”: expected {expected}, got {found}");
            let remedy = "Correct the scenario, or the “when” that leads there.";
            findings.error(located.path_of(key), problem, remedy);
        }
    };
    if let Some(expected) = &scenario.outcome {
        let found = outcome.map(|outcome| outcome.id.as_str());
        compare("outcome", or_none(expected.as_deref()), or_none(found));
    }
    // There are no steps for residents to whom the guide does not apply.
    let is_eligible = outcome.is_none_or(|outcome| outcome.eligible);
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
            let found = if is_eligible { found } else { Vec::new() };
            let expected = expected.iter().map(String::as_str).collect();
            compare(key, list(expected, in_order), list(found, in_order));
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
