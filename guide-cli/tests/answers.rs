//! `guide check` on answers: unreachable parts, and scenarios with other results than expected.

mod city;

use city::{City, check_each, remove, set};
use serde_json::{Value, json};

#[test]
fn parts_that_no_answers_reach_are_reported() {
    check_each(&[
        (
            |guide| {
                set(
                    guide,
                    "/steps/2/when",
                    json!({"school": "yes", "size": "few"}),
                )
            },
            "steps[2]: error: no answers lead to the step “pay”",
        ),
        (
            |guide| {
                set(
                    guide,
                    "/steps/2/when",
                    json!({"school": "yes", "size": "few"}),
                )
            },
            "steps[2].fees[0]: error: no answers lead to the fee “rent”",
        ),
        (
            |guide| set(guide, "/steps/1/evidence/1/when", json!({"size": "many"})),
            "steps[1].evidence[1]: error: no answers lead to the evidence “letter”",
        ),
        (
            |guide| set(guide, "/questions/0/when", json!({"size": "few"})),
            "questions[0]: error: no answers lead to the question “school”",
        ),
        (
            |guide| {
                set(
                    guide,
                    "/outcomes/1/when",
                    json!({"school": "yes", "size": "few"}),
                )
            },
            "outcomes[1]: error: no answers lead to the outcome “school-free”",
        ),
        (
            |guide| remove(guide, "/outcomes/0/when"),
            "outcomes[1]: error: the outcome “school-free” never shows: “too-many” is met first",
        ),
        (
            |guide| remove(guide, "/outcomes/2"),
            "outcomes: warning: these answers have no outcome: school=no, size=few",
        ),
    ]);
}

#[test]
fn too_many_combinations_of_answers_are_reported_and_not_tried() {
    let city = City::changed(|guide| {
        let options = json!([{"id": "a", "label": "A"}, {"id": "b", "label": "B"}]);
        for number in 0..40 {
            let question = json!({"id": format!("q{number}"), "label": "Q", "options": options});
            set(guide, "/questions/-", question);
        }
    });
    let started = std::time::Instant::now();
    let output = city.check(&[]);
    assert!(
        output
            .stdout
            .contains("questions: warning: there are more than 100000 ways to answer"),
        "{}",
        output.stdout
    );
    assert!(started.elapsed().as_secs() < 30);
}

#[test]
fn each_difference_from_a_scenario_is_reported() {
    check_each(&[
        (
            |guide| set(guide, "/scenarios/1/steps", json!(["pick", "pay"])),
            "scenarios[1].steps: error: “A family”: expected pick, pay, got pick, send, pay",
        ),
        (
            |guide| set(guide, "/scenarios/1/fees", json!([])),
            "scenarios[1].fees: error: “A family”: expected none, got rent",
        ),
        (
            |guide| set(guide, "/scenarios/0/evidence", json!(["letter"])),
            "scenarios[0].evidence: error: “A school”: expected letter, got letter, photo-id",
        ),
        (
            |guide| set(guide, "/scenarios/1/outcome", json!("school-free")),
            "scenarios[1].outcome: error: “A family”: expected “school-free”, got “can-reserve”",
        ),
        (
            |guide| set(guide, "/scenarios/1/outcome", Value::Null),
            "scenarios[1].outcome: error: “A family”: expected none, got “can-reserve”",
        ),
        (
            |guide| set(guide, "/scenarios/0/answers/size", json!("few")),
            "scenarios[0].answers: warning: “A school”: “size” is not asked",
        ),
        (
            |guide| set(guide, "/scenarios/2/steps", json!(["pick"])),
            "scenarios[2].steps: error: “A crowd”: expected pick, got none",
        ),
    ]);
}
