//! Sending once, case by case. The model in random orders is in `sending_model`.

use crate::ids::DraftKey;
use crate::request::doubt::{Doubt, SentRecord};
use crate::request::draft::Draft;
use crate::request::mark::{fingerprint, mark};
use crate::request::queued::QueuedRequest;
use crate::request::reference::Reference;
use crate::request::sending::{
    Abilities, Action, OtherWords, PostAnswer, SendMode, Sending, Verdict, outgoing,
};
use crate::storage::Saved;
use crate::time::{DAY, MINUTE, UnixMs};
use open311::form::Post;
use open311::{Location, Moment, Parsed, ServiceRequest};
use std::rc::Rc;

/// 2026-11-24T12:00:00Z by the city's clock.
pub(super) const NOON: UnixMs = UnixMs(1_795_521_600_000);
pub(super) const KEY: &str = "0123456789abcdef0123456789abcdef";
const KEYLESS: Abilities = Abilities {
    is_idempotent: false,
    is_black_box: false,
};
const KEYED: Abilities = Abilities {
    is_idempotent: true,
    is_black_box: false,
};

pub(super) fn request(words: &str) -> Rc<QueuedRequest> {
    Rc::new(QueuedRequest {
        service: "pothole".into(),
        post: Post {
            service_code: "pothole".into(),
            address_string: "118 Oak Street".into(),
            location: Location::new(40.6205, -89.918),
            description: words.into(),
            ..Post::default()
        },
        draft: Draft::new(DraftKey::from(KEY)),
        ..QueuedRequest::default()
    })
}

fn sending(words: &str, mode: SendMode, abilities: Abilities) -> Sending {
    Sending::new(request(words), mode, abilities, NOON, Some(0))
}

pub(super) fn row(number: &str, description: &str, at: UnixMs) -> ServiceRequest {
    ServiceRequest {
        id: Some(number.into()),
        service_code: Some("pothole".into()),
        description: Some(description.into()),
        location: Location::new(40.6205, -89.918),
        requested: Some(Moment {
            text: String::new(),
            parsed: Some(Parsed::Unix(at.0)),
        }),
        ..ServiceRequest::default()
    }
}

fn doubt(words: &[&str]) -> Doubt {
    Doubt {
        sends: words.iter().map(|words| request(words)).collect(),
        since: NOON,
        city_ahead_ms: Some(0),
    }
}

/// Looks into a list in which the city shows these rows, after a send of these words was lost.
fn look(words: &str, rows: &[ServiceRequest]) -> Verdict {
    let mut sending = sending(words, SendMode::Normal, KEYLESS);
    let look = sending.start(None, Some(doubt(&[words])), true);
    assert!(matches!(look, Action::Look { .. }));
    match sending.looked(Some(rows)) {
        Action::Finish(verdict) => verdict,
        action => panic!("{action:?}"),
    }
}

fn candidates_of(verdict: &Verdict) -> Vec<&str> {
    match verdict {
        Verdict::Unclear { candidates, .. } => {
            candidates.iter().map(|found| &*found.number).collect()
        }
        verdict => panic!("{verdict:?}"),
    }
}

#[test]
fn a_neighbours_request_with_the_same_words_is_a_candidate_and_never_taken_for_ones_own() {
    for words in ["", "Deep hole"] {
        let verdict = look(words, &[row("26-01202", words, NOON.plus(MINUTE))]);
        assert_eq!(candidates_of(&verdict), ["26-01202"], "{words:?}");
    }
}

#[test]
fn a_mark_in_the_description_proves_that_it_is_ones_own_whatever_the_clocks_say() {
    let line = format!("Code: {}", mark(&request("Deep hole")));
    let own = row(
        "7",
        &format!("[web] Deep hole <br> {line}"),
        NOON.plus(-9 * DAY),
    );
    let verdict = look("Deep hole", &[row("6", "Deep hole", NOON), own]);
    let expected = Verdict::Sent {
        reference: Reference::Number("7".into()),
        other: None,
        twins: Vec::new(),
    };
    assert_eq!(verdict, expected);
}

#[test]
fn two_rows_with_the_mark_are_both_named() {
    let text = format!("Deep hole\nCode: {}", mark(&request("Deep hole")));
    let rows = [row("7", &text, NOON), row("8", &text, NOON)];
    let verdict = look("Deep hole", &rows);
    assert!(matches!(verdict, Verdict::Sent { twins, .. } if twins == ["8"]));
}

#[test]
fn candidates_fit_in_time_place_and_words_as_far_as_the_city_shows_them() {
    let words = "A hole at the curb, as deep as a hand and as wide as a wheel, beside the drain";
    let cut = words.get(..60).unwrap();
    for (name, candidate, fits) in [
        ("the same", row("1", words, NOON), true),
        ("cut off", row("1", &format!("{cut}…"), NOON), true),
        ("cut off after one word", row("1", "A hole", NOON), false),
        (
            "decorated",
            row("1", &format!("Web: {words} (311)"), NOON),
            true,
        ),
        ("not shown", row("1", "", NOON), true),
        ("other words", row("1", "Graffiti on the wall", NOON), false),
        ("earlier", row("1", words, NOON.plus(-20 * MINUTE)), false),
        (
            "without a number",
            ServiceRequest {
                id: None,
                ..row("1", words, NOON)
            },
            false,
        ),
        (
            "elsewhere",
            ServiceRequest {
                location: Location::new(40.7, -89.9),
                ..row("1", words, NOON)
            },
            false,
        ),
        (
            "another service",
            ServiceRequest {
                service_code: Some("graffiti".into()),
                ..row("1", words, NOON)
            },
            false,
        ),
        (
            "without a time",
            ServiceRequest {
                requested: None,
                ..row("1", words, NOON)
            },
            true,
        ),
    ] {
        let verdict = look(words, &[candidate]);
        assert_eq!(!candidates_of(&verdict).is_empty(), fits, "{name}");
    }
}

#[test]
fn a_device_whose_clock_is_a_day_ahead_still_shows_candidates() {
    let mut sending = Sending::new(
        request("Deep hole"),
        SendMode::Normal,
        KEYLESS,
        NOON.plus(DAY),
        None,
    );
    let earlier = Doubt {
        since: NOON.plus(DAY),
        city_ahead_ms: None,
        ..doubt(&["Deep hole"])
    };
    sending.start(None, Some(earlier), true);
    let Action::Finish(verdict) = sending.looked(Some(&[row("1", "Deep hole", NOON)])) else {
        panic!("the send goes on");
    };
    assert_eq!(candidates_of(&verdict), ["1"]);
}

#[test]
fn words_that_were_changed_after_a_lost_answer_are_not_taken_for_sent() {
    let mut sending = sending("Corrected", SendMode::Normal, KEYED);
    let action = sending.start(None, Some(doubt(&["First"])), true);
    assert!(matches!(&action, Action::Post { request, .. } if request.post.description == "First"));
    let action = sending.posted(&PostAnswer::Accepted(Reference::Number("7".into())));
    let Action::Finish(Verdict::Sent {
        other: Some(OtherWords::Earlier(earlier)),
        ..
    }) = action
    else {
        panic!("{action:?}");
    };
    assert_eq!(earlier.post.description, "First");
}

#[test]
fn an_earlier_version_that_the_city_refuses_makes_way_for_the_corrected_one() {
    let mut sending = sending("Corrected", SendMode::Normal, KEYED);
    sending.start(None, Some(doubt(&["First"])), true);
    let action = sending.posted(&PostAnswer::Refused {
        is_for_contents: true,
    });
    assert!(matches!(&action, Action::SaveDoubt(doubt) if doubt.sends.len() == 1));
    let action = sending.saved();
    assert!(
        matches!(&action, Action::Post { request, .. } if request.post.description == "Corrected")
    );
}

#[test]
fn the_first_post_of_the_corrected_version_is_its_first_even_after_two_of_the_earlier_one() {
    let mut sending = sending("Corrected", SendMode::Normal, KEYED);
    sending.start(None, Some(doubt(&["First"])), true);
    sending.posted(&PostAnswer::Unknown);
    sending.posted(&PostAnswer::Refused {
        is_for_contents: true,
    });
    sending.saved();
    // The answer to it may have been lost between the endpoint and the browser.
    let action = sending.posted(&PostAnswer::Duplicate);
    assert!(
        matches!(&action, Action::Post { request, is_again: true } if request.post.description == "Corrected"),
        "{action:?}"
    );
}

#[test]
fn another_tab_with_other_words_is_told_so() {
    let record = SentRecord {
        reference: Reference::Number("7".into()),
        fingerprint: fingerprint(&request("First")),
    };
    let record = SentRecord::parse(&record.to_text());
    for (words, other) in [("First", None), ("Second", Some(OtherWords::Unknown))] {
        let action = sending(words, SendMode::Normal, KEYED).start(record.clone(), None, true);
        assert!(
            matches!(action, Action::Finish(Verdict::Sent { other: found, .. }) if found == other)
        );
    }
}

#[test]
fn a_refusal_of_the_second_try_says_nothing_of_the_first() {
    let mut keyed = sending("Deep hole", SendMode::Normal, KEYED);
    assert!(matches!(
        keyed.start(None, None, true),
        Action::SaveDoubt(_)
    ));
    keyed.saved();
    keyed.posted(&PostAnswer::Unknown);
    for answer in [
        PostAnswer::Busy,
        PostAnswer::Refused {
            is_for_contents: false,
        },
        PostAnswer::Unknown,
    ] {
        let action = keyed.clone().posted(&answer);
        assert_eq!(
            action,
            Action::Finish(Verdict::MayBeSentAgain),
            "{answer:?}"
        );
    }
    let mut keyless = sending("Deep hole", SendMode::Resend, KEYLESS);
    keyless.start(None, Some(doubt(&["Deep hole"])), true);
    assert!(matches!(keyless.looked(Some(&[])), Action::SaveDoubt(_)));
    keyless.saved();
    for answer in [
        PostAnswer::Busy,
        PostAnswer::Refused {
            is_for_contents: true,
        },
    ] {
        let action = keyless.clone().posted(&answer);
        assert!(
            matches!(action, Action::Finish(Verdict::Unclear { .. })),
            "{answer:?}"
        );
    }
    // The city has it, and the list does not show it yet.
    assert!(matches!(
        keyless.posted(&PostAnswer::Duplicate),
        Action::Look { .. }
    ));
    let action = keyless.looked(Some(&[]));
    assert!(
        matches!(
            action,
            Action::Finish(Verdict::Sent {
                reference: Reference::Nothing,
                ..
            })
        ),
        "{action:?}"
    );
}

#[test]
fn without_a_key_anything_but_the_endpoints_own_refusal_is_looked_for() {
    for (answer, expected) in [
        (
            PostAnswer::Refused {
                is_for_contents: true,
            },
            Some(Verdict::Refused),
        ),
        (
            PostAnswer::Refused {
                is_for_contents: false,
            },
            Some(Verdict::Refused),
        ),
        (PostAnswer::Busy, Some(Verdict::NotSent)),
        (PostAnswer::Unknown, None),
        (PostAnswer::Duplicate, None),
    ] {
        let mut sending = sending("Deep hole", SendMode::Normal, KEYLESS);
        sending.start(None, None, true);
        sending.saved();
        let action = sending.posted(&answer);
        match expected {
            Some(verdict) => assert_eq!(action, Action::Finish(verdict), "{answer:?}"),
            None => assert_eq!(
                action,
                Action::Look {
                    is_after_post: true
                },
                "{answer:?}"
            ),
        }
    }
}

#[test]
fn a_black_box_in_doubt_is_not_looked_for_and_can_be_sent_again() {
    let black_box = Abilities {
        is_black_box: true,
        ..KEYLESS
    };
    let start =
        |mode| sending("Deep hole", mode, black_box).start(None, Some(doubt(&["Deep hole"])), true);
    assert!(matches!(
        start(SendMode::Normal),
        Action::Finish(Verdict::Unclear { .. })
    ));
    assert!(matches!(start(SendMode::Resend), Action::SaveDoubt(_)));
}

#[test]
fn the_key_or_the_mark_goes_out_with_the_request() {
    let keyed = outgoing(&request("Deep hole"), KEYED, "Code: X");
    assert_eq!(
        (keyed.idempotency_key.as_str(), keyed.description.as_str()),
        (KEY, "Deep hole")
    );
    let keyless = outgoing(&request("Deep hole"), KEYLESS, "Code: X");
    assert_eq!(keyless.description, "Deep hole\nCode: X");
    assert_eq!(keyless.idempotency_key, "");
    assert_eq!(
        outgoing(&request(""), KEYLESS, "Code: X").description,
        "Code: X"
    );
}

#[test]
fn a_mark_can_be_read_out_and_depends_on_every_word() {
    let first = mark(&request("First"));
    assert_eq!(first.len(), 9);
    assert!(
        first
            .chars()
            .all(|c| c == '-' || c.is_ascii_digit() || "ABCDEFGHJKMNPQRSTVWXYZ".contains(c))
    );
    assert_eq!(first, mark(&request("First")));
    assert_ne!(first, mark(&request("Second")));
}

#[test]
fn a_saved_doubt_is_read_back_unchanged() {
    for city_ahead_ms in [None, Some(-1500)] {
        let doubt = Doubt {
            city_ahead_ms,
            ..doubt(&["First", "Second"])
        };
        assert_eq!(Doubt::from_text(&doubt.to_text()), Some(doubt));
    }
}
