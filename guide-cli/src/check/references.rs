//! Checks references: ids of offices, guides, services, steps, questions and options that do not exist.

use std::collections::BTreeSet;

use super::context::CheckContext;
use super::{prefill, questions};
use crate::collection::Document;
use crate::finding::Findings;
use crate::located::{self, Located};
use crate::suggest::did_you_mean;

pub(crate) fn check(
    document: &Document,
    top: &Located,
    context: &CheckContext,
    findings: &mut Findings,
) {
    check_offices(top, context, findings);
    check_guides(document, top, context, findings);
    check_services(top, context, findings);
    for when in located::find_all(top, "when") {
        check_condition(&when, top, findings);
    }
    for (number, scenario) in top.list("scenarios").iter().enumerate() {
        check_scenario(scenario, number, top, findings);
    }
    for prefill in located::find_all(top, "prefill") {
        prefill::check(&prefill, top, context, findings);
    }
}

fn check_offices(top: &Located, context: &CheckContext, findings: &mut Findings) {
    for office in located::find_all(top, "office") {
        let Some(id) = office.text() else { continue };
        let known = context
            .collection
            .offices()
            .iter()
            .map(|office| office.id.as_str());
        if !known.clone().any(|known| known == id) {
            let none = "Add it to “offices” in index.json, or write the office out here.";
            let remedy = did_you_mean(id, known, none);
            findings.error(
                office.path,
                format!("the index has no office “{id}”"),
                remedy,
            );
        }
    }
}

fn check_guides(
    document: &Document,
    top: &Located,
    context: &CheckContext,
    findings: &mut Findings,
) {
    let ids = context.collection.ids();
    let mut references = located::find_all(top, "guide");
    references.extend(related(top, "guides"));
    for located in references {
        let Some(id) = located.text() else { continue };
        if id == document.guide.id {
            let remedy = "Name another guide, or remove it.";
            findings.warning(located.path, "the guide leads to itself", remedy);
        } else if !ids.contains(id) {
            let remedy = did_you_mean(id, ids.iter().copied(), "Add the guide, or remove this.");
            findings.error(located.path, format!("there is no guide “{id}”"), remedy);
        }
    }
}

fn check_services(top: &Located, context: &CheckContext, findings: &mut Findings) {
    let Some(services) = context.services else {
        return;
    };
    let mut references = located::find_all(top, "service");
    references.extend(related(top, "services"));
    for located in references {
        let Some(code) = located.text() else { continue };
        if services.find(code).is_none() {
            let remedy = did_you_mean(code, services.codes(), "Check the list of services.");
            findings.error(
                located.path,
                format!("the city has no service “{code}”"),
                remedy,
            );
        }
    }
}

/// The items of a list in `related`.
fn related<'a>(top: &Located<'a>, key: &str) -> Vec<Located<'a>> {
    let related = top.get("related");
    related.map(|related| related.list(key)).unwrap_or_default()
}

/// Checks the questions and options of a condition or of the answers in a scenario.
fn check_condition(when: &Located, top: &Located, findings: &mut Findings) {
    for all in when.items() {
        check_condition(&all, top, findings);
    }
    for (question, answer) in when.fields() {
        let Some(options) = questions::options_of(question, top) else {
            questions::report_unknown(question, &answer.path, top, findings);
            continue;
        };
        let mut chosen = answer.items();
        chosen.push(answer);
        for located in chosen {
            if let Some(option) = located.text()
                && !options.contains(option)
            {
                let problem = format!("the question “{question}” has no option “{option}”");
                let remedy = did_you_mean(option, options.iter().copied(), "Add the option.");
                findings.error(located.path, problem, remedy);
            }
        }
    }
}

fn check_scenario(scenario: &Located, number: usize, top: &Located, findings: &mut Findings) {
    if let Some(answers) = scenario.get("answers") {
        check_condition(&answers, top, findings);
    }
    let steps = located::steps(top);
    let outcomes = top.list("outcomes");
    let lists = [
        ("step", scenario.list("steps"), steps.clone()),
        (
            "evidence",
            scenario.list("evidence"),
            located::in_steps(&steps, "evidence"),
        ),
        (
            "fee",
            scenario.list("fees"),
            located::in_steps(&steps, "fees"),
        ),
        (
            "outcome",
            scenario.get("outcome").into_iter().collect(),
            outcomes,
        ),
    ];
    for (what, references, known) in lists {
        let known: BTreeSet<&str> = known.iter().filter_map(Located::id).collect();
        for located in references {
            let Some(id) = located.text() else { continue };
            if !known.contains(id) {
                let problem = format!("scenario {}: there is no {what} “{id}”", number + 1);
                let remedy = did_you_mean(id, known.iter().copied(), "Remove it.");
                findings.error(located.path, problem, remedy);
            }
        }
    }
}
