//! `guide check` on ids: duplicates, and references to what does not exist.

mod city;

use city::{City, check_each, remove, set};
use serde_json::json;

#[test]
fn ids_must_be_valid_and_unique() {
    check_each(&[
        (
            |guide| set(guide, "/id", json!("shelter")),
            "id: error: the id is “shelter”, but the file is called park-shelter.json",
        ),
        (
            |guide| set(guide, "/id", json!("Park Shelter")),
            "id: error: “Park Shelter” is no id",
        ),
        (
            |guide| remove(guide, "/steps/1/id"),
            "steps[1].id: error: the step has no id",
        ),
        (
            |guide| set(guide, "/steps/1/id", json!("pick")),
            "steps[1].id: error: the step “pick” is already at steps[0]",
        ),
        (
            |guide| set(guide, "/questions/1/id", json!("school")),
            "questions[1].id: error: the question “school” is already",
        ),
        (
            |guide| set(guide, "/questions/0/options/1/id", json!("yes")),
            "options[1].id: error: the option “yes” is already",
        ),
        (
            |guide| set(guide, "/outcomes/1/id", json!("too-many")),
            "outcomes[1].id: error: the outcome “too-many”",
        ),
        (
            |guide| set(guide, "/steps/1/evidence/1/id", json!("photo-id")),
            "evidence[1].id: error: the evidence “photo-id”",
        ),
        (
            |guide| {
                set(
                    guide,
                    "/steps/0/fees",
                    json!([{"id": "rent", "title": {"en": "Other", "es": "Otro"}, "amount": 5}]),
                )
            },
            "steps[2].fees[0]: warning: the fee “rent” says something else than at steps[0].fees[0]",
        ),
    ]);
}

#[test]
fn unknown_ids_are_reported_with_a_suggestion() {
    check_each(&[
        (
            |guide| set(guide, "/office", json!("park")),
            "office: error: the index has no office “park”. Did you mean “parks”?",
        ),
        (
            |guide| set(guide, "/steps/1/after", json!(["pik"])),
            "steps[1].after[0]: error: there is no step “pik”. Did you mean “pick”?",
        ),
        (
            |guide| set(guide, "/related", json!({"guides": ["bin"]})),
            "related.guides[0]: error: there is no guide “bin”",
        ),
        (
            |guide| {
                set(
                    guide,
                    "/steps/0/action",
                    json!({"label": {"en": "Go", "es": "Ir"}, "guide": "park-shelters"}),
                )
            },
            "steps[0].action.guide: error: there is no guide “park-shelters”. Did you mean “park-shelter”?",
        ),
        (
            |guide| {
                set(
                    guide,
                    "/steps/0/text/0/en",
                    json!(["See ", {"text": "this", "guide": "bin"}]),
                )
            },
            "steps[0].text[0].en[1].guide: error: there is no guide “bin”",
        ),
        (
            |guide| set(guide, "/steps/2/when", json!({"scool": "no"})),
            "steps[2].when.scool: error: there is no question “scool”. Did you mean “school”?",
        ),
        (
            |guide| set(guide, "/steps/2/when", json!([{"school": ["no", "maybe"]}])),
            "steps[2].when[0].school[1]: error: the question “school” has no option “maybe”. There is: no, yes.",
        ),
        (
            |guide| set(guide, "/scenarios/0/steps/1", json!("sent")),
            "scenarios[0].steps[1]: error: scenario 1: there is no step “sent”. Did you mean “send”?",
        ),
        (
            |guide| set(guide, "/scenarios/0/outcome", json!("free")),
            "scenarios[0].outcome: error: scenario 1: there is no outcome “free”",
        ),
        (
            |guide| set(guide, "/scenarios/0/answers", json!({"school": "si"})),
            "scenarios[0].answers.school: error: the question “school” has no option “si”",
        ),
        (
            |guide| {
                set(
                    guide,
                    "/steps/1/action/prefill/school",
                    json!({"answer": "skool"}),
                )
            },
            "steps[1].action.prefill.school.answer: error: there is no question “skool”. Did you mean “school”?",
        ),
    ]);
}

#[test]
fn services_are_checked_if_they_are_given() {
    check_each(&[
        (
            |guide| {
                set(
                    guide,
                    "/steps/1/action/service",
                    json!("shelter-reservations"),
                )
            },
            "steps[1].action.service: error: the city has no service “shelter-reservations”. Did you mean “shelter-reservation”?",
        ),
        (
            |guide| set(guide, "/related", json!({"services": ["pothole"]})),
            "related.services[0]: error: the city has no service “pothole”",
        ),
        (
            |guide| set(guide, "/steps/1/action/prefill/peple", json!("5")),
            "steps[1].action.prefill.peple: error: the form of “shelter-reservation” asks no “peple”. Did you mean “people”?",
        ),
        (
            |guide| set(guide, "/steps/1/action/prefill/rules", json!("x")),
            "prefill.rules: error: the form of",
        ),
        (
            |guide| set(guide, "/steps/1/action/prefill/shelter", json!("rivr")),
            "prefill.shelter: error: “shelter” of “shelter-reservation” has no key “rivr”. Did you mean “river”?",
        ),
        (
            |guide| {
                set(
                    guide,
                    "/steps/1/action/prefill/shelter",
                    json!(["any", "river"]),
                )
            },
            "prefill.shelter: error: “shelter” takes one key, not 2",
        ),
        (
            |guide| {
                set(
                    guide,
                    "/steps/1/action/prefill/shelter",
                    json!({"answer": "size"}),
                )
            },
            "prefill.shelter: error: “shelter” of “shelter-reservation” has no key “few”",
        ),
    ]);
    let city = City::changed(|guide| set(guide, "/steps/1/action/service", json!("unknown")));
    assert_eq!(city.check(&[]).code, 0, "without a list no code is wrong");
}

#[test]
fn a_cycle_of_steps_is_reported() {
    check_each(&[
        (
            |guide| set(guide, "/steps/0/after", json!(["send"])),
            "error: these steps wait for each other: pick after send after pick",
        ),
        (
            |guide| set(guide, "/steps/0/after", json!(["pick"])),
            "wait for each other: pick after pick",
        ),
        (
            |guide| {
                remove(guide, "/steps/1/after");
                set(guide, "/steps/0/after", json!(["send"]));
            },
            "steps[0].after[0]: warning: “send” has to be done before, but comes later",
        ),
    ]);
    let city = City::changed(|guide| set(guide, "/steps/0/after", json!(["pick"])));
    assert!(
        !city.check(&[]).stdout.contains("comes later"),
        "a step is not later than itself"
    );
}
