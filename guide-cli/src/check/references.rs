//! Names that lead nowhere: offices, guides, services, steps, questions, options.

use std::collections::BTreeSet;

use super::{City, prefill};
use crate::collection::Document;
use crate::finding::Notes;
use crate::near::did_you_mean;
use crate::place::{self, Place};

pub(crate) fn check(document: &Document, top: &Place, city: &City, notes: &mut Notes) {
    offices(top, city, notes);
    guides(document, top, city, notes);
    services(top, city, notes);
    for when in place::everywhere(top, "when") {
        condition(&when, top, notes);
    }
    for (number, scenario) in top.list("scenarios").iter().enumerate() {
        scenario_names(scenario, number, top, notes);
    }
    for prefill in place::everywhere(top, "prefill") {
        prefill::check(&prefill, top, city, notes);
    }
}

fn offices(top: &Place, city: &City, notes: &mut Notes) {
    for office in place::everywhere(top, "office") {
        let Some(id) = office.text() else { continue };
        let known = city
            .collection
            .offices()
            .iter()
            .map(|office| office.id.as_str());
        if !known.clone().any(|known| known == id) {
            let none = "Add it to “offices” in index.json, or write the office out here.";
            let remedy = did_you_mean(id, known, none);
            notes.error(
                office.path,
                format!("the index has no office “{id}”"),
                remedy,
            );
        }
    }
}

fn guides(document: &Document, top: &Place, city: &City, notes: &mut Notes) {
    let ids = city.collection.ids();
    let mut named = place::everywhere(top, "guide");
    named.extend(
        top.get("related")
            .iter()
            .flat_map(|related| related.list("guides")),
    );
    for place in named {
        let Some(id) = place.text() else { continue };
        if id == document.guide.id {
            let remedy = "Name another guide, or remove it.";
            notes.warning(place.path, "the guide leads to itself", remedy);
        } else if !ids.contains(id) {
            let remedy = did_you_mean(id, ids.iter().copied(), "Add the guide, or remove this.");
            notes.error(place.path, format!("there is no guide “{id}”"), remedy);
        }
    }
}

fn services(top: &Place, city: &City, notes: &mut Notes) {
    let Some(services) = city.services else {
        return;
    };
    let mut named = place::everywhere(top, "service");
    named.extend(
        top.get("related")
            .iter()
            .flat_map(|related| related.list("services")),
    );
    for place in named {
        let Some(code) = place.text() else { continue };
        if services.find(code).is_none() {
            let remedy = did_you_mean(code, services.codes(), "Check the list of services.");
            notes.error(
                place.path,
                format!("the city has no service “{code}”"),
                remedy,
            );
        }
    }
}

/// Questions and options that a condition or a scenario names.
fn condition(when: &Place, top: &Place, notes: &mut Notes) {
    for all in when.items() {
        condition(&all, top, notes);
    }
    for (question, answer) in when.fields() {
        let Some(options) = options_of(question, top) else {
            no_question(question, &answer.path, top, notes);
            continue;
        };
        let mut chosen = answer.items();
        chosen.push(answer);
        for place in chosen {
            if let Some(option) = place.text()
                && !options.contains(option)
            {
                let wrong = format!("the question “{question}” has no option “{option}”");
                let remedy = did_you_mean(option, options.iter().copied(), "Add the option.");
                notes.error(place.path, wrong, remedy);
            }
        }
    }
}

fn no_question(question: &str, path: &str, top: &Place, notes: &mut Notes) {
    let questions = top.list("questions");
    let known = questions.iter().filter_map(Place::id);
    let remedy = did_you_mean(question, known, "Add it to “questions”.");
    notes.error(path, format!("there is no question “{question}”"), remedy);
}

/// The ids of a question's options; None if there is no such question.
pub(crate) fn options_of<'a>(question: &str, top: &Place<'a>) -> Option<BTreeSet<&'a str>> {
    let questions = top.list("questions");
    let found = questions
        .iter()
        .find(|known| known.id() == Some(question))?;
    Some(found.list("options").iter().filter_map(Place::id).collect())
}

fn scenario_names(scenario: &Place, number: usize, top: &Place, notes: &mut Notes) {
    if let Some(answers) = scenario.get("answers") {
        condition(&answers, top, notes);
    }
    let steps = place::steps(top);
    let outcomes = top.list("outcomes");
    let inside =
        |key: &str| -> Vec<Place> { steps.iter().flat_map(|step| step.list(key)).collect() };
    let lists = [
        ("step", scenario.list("steps"), steps.clone()),
        ("evidence", scenario.list("evidence"), inside("evidence")),
        ("fee", scenario.list("fees"), inside("fees")),
        (
            "outcome",
            scenario.get("outcome").into_iter().collect(),
            outcomes,
        ),
    ];
    for (what, named, known) in lists {
        let known: BTreeSet<&str> = known.iter().filter_map(Place::id).collect();
        for place in named {
            let Some(id) = place.text() else { continue };
            if !known.contains(id) {
                let wrong = format!("scenario {}: there is no {what} “{id}”", number + 1);
                let remedy = did_you_mean(id, known.iter().copied(), "Remove it.");
                notes.error(place.path, wrong, remedy);
            }
        }
    }
}
