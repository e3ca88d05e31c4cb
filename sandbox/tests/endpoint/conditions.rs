//! Questions and values that depend on answers, answers that end the form, and appointments.

use std::thread;

use crate::steps::post_request;
use crate::support::{BASE, Folder, Response, Sandbox};

fn send(sandbox: &Sandbox, code: &str, answers: &[(&str, &str)]) -> Response {
    let named: Vec<(String, &str)> = answers
        .iter()
        .map(|(code, value)| (format!("attribute[{code}]"), *value))
        .collect();
    let fields: Vec<_> = named
        .iter()
        .map(|(name, value)| (name.as_str(), *value))
        .collect();
    post_request(sandbox, code, &fields)
}

#[test]
fn the_answers_decide_what_is_required_and_which_values_are_valid() {
    let sandbox = Sandbox::new(&[]);
    let party = [
        ("day", "2027-06-05"),
        ("from", "Oak Street, 3rd to 4th"),
        ("neighbors", "18"),
    ];
    let deck = [
        ("height", "36"),
        ("attached", "yes"),
        ("who_builds", "owner"),
    ];
    for (code, always, more, error) in [
        (
            "block-party",
            &party[..],
            &[("homes", "26"), ("food", "grill")][..],
            None,
        ),
        (
            "block-party",
            &party,
            &[("homes", "20"), ("food", "sale")],
            None,
        ),
        (
            "block-party",
            &party,
            &[("homes", "21"), ("food", "sale")],
            Some("attribute[insurance] is required"),
        ),
        (
            "block-party",
            &party,
            &[("homes", "8"), ("food", "bounce")],
            Some("attribute[insurance] is required"),
        ),
        (
            "block-party",
            &party,
            &[
                ("homes", "8"),
                ("food", "bounce"),
                ("insurance", "Riverton Mutual"),
            ],
            None,
        ),
        ("deck-application", &deck, &[("area", "200")], None),
        (
            "deck-application",
            &deck,
            &[("area", "200.5")],
            Some("attribute[engineer] is required"),
        ),
        ("park-repair", &[], &[("what", "light")], None),
        (
            "park-repair",
            &[],
            &[("what", "bench"), ("part", "leg")],
            None,
        ),
        (
            "park-repair",
            &[],
            &[("what", "path"), ("part", "railing")],
            None,
        ),
        (
            "park-repair",
            &[],
            &[("what", "bench"), ("part", "railing")],
            Some("attribute[part] has no value railing"),
        ),
        // A leftover from an earlier choice is not an error.
        (
            "park-repair",
            &[],
            &[("what", "light"), ("part", "leg")],
            None,
        ),
    ] {
        let response = send(&sandbox, code, &[always, more].concat());
        match error {
            None => assert_eq!(response.status, 201, "{code} {more:?}: {}", response.text()),
            Some(start) => {
                assert_eq!(response.status, 400, "{code} {more:?}: {}", response.text());
                let errors = response.errors();
                assert!(
                    errors.len() == 1 && errors[0].starts_with(start),
                    "{errors:?}"
                );
            }
        }
    }
}

#[test]
fn an_answer_that_ends_the_form_is_refused_with_its_message_only() {
    let sandbox = Sandbox::new(&[]);
    for (code, answers, message) in [
        (
            "loose-dog",
            &[("mood", "attacks")][..],
            Some("Call 911 now."),
        ),
        ("loose-dog", &[("mood", "angry")], None),
        (
            "water-leak",
            &[("how_much", "house")],
            Some("Call the Water Department now"),
        ),
        (
            "bulky-pickup",
            &[("pieces", "6")],
            Some("One pickup takes up to 5 pieces."),
        ),
        ("bulky-pickup", &[("pieces", "5")], None),
        (
            "deck-application",
            &[("height", "30"), ("attached", "no")],
            Some("A deck that stands by itself"),
        ),
        (
            "deck-application",
            &[("height", "30.5"), ("attached", "no")],
            None,
        ),
        (
            "deck-application",
            &[("height", "30"), ("attached", "yes")],
            None,
        ),
    ] {
        let refused = send(&sandbox, code, answers);
        assert_eq!(refused.status, 400, "{code}: {}", refused.text());
        let errors = refused.errors();
        match message {
            Some(message) => {
                assert!(
                    errors.len() == 1 && errors[0].starts_with(message),
                    "{code}: {errors:?}"
                );
            }
            // The form is only incomplete.
            None => assert!(errors[0].contains("is required"), "{code}: {errors:?}"),
        }
    }
}

/// The free times of an attribute.
fn times(sandbox: &Sandbox, code: &str, attribute: &str) -> Vec<String> {
    let definition = sandbox.get(&format!("{BASE}/services/{code}.json")).json();
    let attributes = definition["attributes"].as_array().unwrap();
    let found = attributes
        .iter()
        .find(|row| row["code"] == attribute)
        .unwrap();
    assert!(found.get("slots").is_none(), "{found}");
    let values = found["values"].as_array().unwrap();
    values
        .iter()
        .map(|value| {
            let (key, name) = (
                value["key"].as_str().unwrap(),
                value["name"].as_str().unwrap(),
            );
            assert_eq!(key[..16].replace('T', " "), name);
            key.to_owned()
        })
        .collect()
}

#[test]
fn an_appointment_is_free_only_once_and_only_at_offered_times() {
    let folder = Folder::new();
    let sandbox = Sandbox::start(&folder, &[]);
    let before = times(&sandbox, "deck-inspection", "day");
    assert_eq!(before.len(), 10 * 4);
    let now = jiff::Timestamp::now();
    for key in &before {
        let at: jiff::Zoned = format!("{key}[America/Chicago]").parse().unwrap();
        assert!(
            at.timestamp() > now && at.weekday().to_monday_zero_offset() < 5,
            "{key}"
        );
    }
    let saturdays = times(&sandbox, "hazardous-dropoff", "when");
    assert_eq!(saturdays.len(), 4 * 4);

    let book = |time: &str| {
        let answers = [("permit", "B-26-0412"), ("visit", "final"), ("day", time)];
        send(&sandbox, "deck-inspection", &answers)
    };
    assert_eq!(book(&before[2]).status, 201);
    let mut left = before.clone();
    let taken = left.remove(2);
    assert_eq!(times(&sandbox, "deck-inspection", "day"), left);
    for time in [taken.as_str(), "2026-01-01T08:00:00-06:00"] {
        let refused = book(time);
        assert_eq!(refused.status, 400, "{}", refused.text());
        assert_eq!(
            refused.errors(),
            [format!(
                "attribute[day] {time} is not free: choose one of the times that are offered"
            )]
        );
    }
    drop(sandbox);
    let sandbox = Sandbox::start(&folder, &[]);
    assert_eq!(
        times(&sandbox, "deck-inspection", "day"),
        left,
        "it is still taken after a restart"
    );
}

#[test]
fn only_one_of_several_simultaneous_requests_gets_an_appointment() {
    let sandbox = Sandbox::new(&[]);
    let time = times(&sandbox, "hazardous-dropoff", "when").remove(0);
    let accepted = thread::scope(|scope| {
        let threads: Vec<_> = (0..8)
            .map(|_| {
                scope.spawn(|| {
                    let answers = [("when", time.as_str()), ("what", "Paint")];
                    send(&sandbox, "hazardous-dropoff", &answers).status
                })
            })
            .collect();
        let statuses = threads.into_iter().map(|thread| thread.join().unwrap());
        statuses.filter(|status| *status == 201).count()
    });
    assert_eq!(accepted, 1);
}
