//! Sending an update once, case by case. The model in random orders is in `update_sending_model`.

use crate::ids::DraftKey;
use crate::status::update_draft::{UpdateDraft, Version};
use crate::status::update_kind::UpdateKind;
use crate::status::update_sending::{
    UpdateAction, UpdateAnswer, UpdateMode, UpdateSending, UpdateVerdict, outgoing_text,
};
use crate::status::update_sends::UpdateSends;
use crate::storage::Saved;
use crate::time::{DAY, MINUTE, UnixMs};
use open311::{Moment, Parsed, Update};

/// 2026-11-24T12:00:00Z by the city's clock.
pub(super) const NOON: UnixMs = UnixMs(1_795_521_600_000);
const KEY: &str = "0123456789abcdef0123456789abcdef";

pub(super) fn draft(words: &str) -> UpdateDraft {
    UpdateDraft {
        text: words.into(),
        ..UpdateDraft::new("26-01189".into(), UpdateKind::Add, KEY.into())
    }
}

fn version(words: &str) -> Version {
    draft(words).version("")
}

fn in_doubt(words: &[&str]) -> UpdateSends {
    UpdateSends {
        doubts: words.iter().map(|words| version(words)).collect(),
        since: NOON,
        city_ahead_ms: Some(0),
        ..UpdateSends::default()
    }
}

fn sending(words: &str, mode: UpdateMode, keys: bool, saved: UpdateSends) -> UpdateSending {
    UpdateSending::new(version(words), mode, keys, saved, Vec::new(), NOON)
}

pub(super) fn row(id: &str, description: &str, at: UnixMs) -> Update {
    Update {
        id: Some(id.into()),
        description: Some(description.into()),
        updated: Some(Moment {
            text: String::new(),
            parsed: Some(Parsed::Unix(at.0)),
        }),
        ..Update::default()
    }
}

fn verdict(action: UpdateAction) -> UpdateVerdict {
    match action {
        UpdateAction::Finish(verdict) => verdict,
        action => panic!("{action:?}"),
    }
}

const SENT: UpdateVerdict = UpdateVerdict::Sent { earlier: None };

/// Looks at these updates of the city, after a send of these words was lost.
fn look(words: &str, rows: &[Update]) -> UpdateVerdict {
    let mut sending = sending(words, UpdateMode::Normal, false, in_doubt(&[words]));
    assert!(matches!(
        sending.start(true, Some(0)),
        UpdateAction::Look { .. }
    ));
    verdict(sending.looked(Some(rows)))
}

#[test]
fn an_update_is_found_by_its_mark_or_by_its_key_and_by_nothing_else() {
    let mark = version("Deeper now").mark().to_ascii_lowercase();
    for (name, row, is_own) in [
        (
            "mark",
            row("9", &format!("Deeper now <br>Code: {mark}"), NOON),
            true,
        ),
        ("key", row(&version("Deeper now").key, "", NOON), true),
        ("the same words", row("9", "Deeper now", NOON), false),
        (
            "the mark of other words",
            row("9", &version("Deeper").mark(), NOON),
            false,
        ),
    ] {
        assert_eq!(look("Deeper now", &[row]) == SENT, is_own, "{name}");
    }
}

#[test]
fn updates_with_the_same_words_and_time_are_shown_as_possibly_the_one() {
    for (name, row, is_shown) in [
        ("the same", row("9", "Deeper now", NOON.plus(MINUTE)), true),
        (
            "decorated",
            row("9", "Web: Deeper now", NOON.plus(MINUTE)),
            true,
        ),
        ("other words", row("9", "Fixed", NOON), false),
        ("no words", row("9", "", NOON), false),
        (
            "earlier",
            row("9", "Deeper now", NOON.plus(-9 * MINUTE)),
            false,
        ),
        (
            "later than now",
            row("9", "Deeper now", NOON.plus(DAY)),
            false,
        ),
        (
            "without a time",
            Update {
                updated: None,
                ..row("9", "Deeper now", NOON)
            },
            true,
        ),
    ] {
        let UpdateVerdict::Unclear {
            was_list_read: true,
            candidates,
        } = look("Deeper now", &[row])
        else {
            panic!("{name}");
        };
        assert_eq!(candidates.len(), usize::from(is_shown), "{name}");
    }
}

#[test]
fn the_doubt_is_saved_before_anything_is_sent() {
    let mut sending = sending("Deeper", UpdateMode::Normal, true, UpdateSends::default());
    let UpdateAction::Save(sends) = sending.start(true, Some(1500)) else {
        panic!("nothing was saved");
    };
    assert_eq!(sends.doubts, [version("Deeper")]);
    assert_eq!((sends.since, sends.city_ahead_ms), (NOON, Some(1500)));
    assert_eq!(UpdateSends::from_text(&sends.to_text()), Some(sends));
    assert!(matches!(sending.saved(), UpdateAction::Post { .. }));
}

#[test]
fn without_a_network_nothing_is_sent_and_nothing_is_in_doubt() {
    let mut sending = sending("Deeper", UpdateMode::Normal, true, UpdateSends::default());
    assert_eq!(verdict(sending.start(false, None)), UpdateVerdict::NotSent);
    assert!(!sending.sends().is_in_doubt());
}

#[test]
fn a_lost_answer_is_asked_for_again_with_the_same_key_and_words() {
    let mut sending = sending("Corrected", UpdateMode::Normal, true, in_doubt(&["First"]));
    let UpdateAction::Post {
        version: posted, ..
    } = sending.start(true, None)
    else {
        panic!("nothing is asked");
    };
    assert_eq!(posted, version("First"));
    let verdict = verdict(sending.posted(UpdateAnswer::Accepted));
    let earlier = Some(version("First"));
    assert_eq!(verdict, UpdateVerdict::Sent { earlier });
    assert!(!sending.sends().is_in_doubt());
}

#[test]
fn an_earlier_version_that_the_city_refuses_makes_way_for_the_corrected_one() {
    let mut sending = sending("Corrected", UpdateMode::Normal, true, in_doubt(&["First"]));
    sending.start(true, None);
    let action = sending.posted(UpdateAnswer::Refused {
        is_for_contents: true,
    });
    assert!(matches!(action, UpdateAction::Save(sends) if sends.doubts == [version("Corrected")]));
}

#[test]
fn a_refusal_of_the_second_try_says_nothing_of_the_first() {
    let mut keyed = sending("Deeper", UpdateMode::Normal, true, UpdateSends::default());
    keyed.start(true, None);
    keyed.saved();
    assert!(matches!(
        keyed.posted(UpdateAnswer::Unknown),
        UpdateAction::Post { is_again: true, .. }
    ));
    for answer in [
        UpdateAnswer::Busy,
        UpdateAnswer::Refused {
            is_for_contents: false,
        },
        UpdateAnswer::Unknown,
    ] {
        let mut keyed = keyed.clone();
        assert_eq!(
            verdict(keyed.posted(answer)),
            UpdateVerdict::MayBeSentAgain,
            "{answer:?}"
        );
        assert!(keyed.sends().is_in_doubt(), "{answer:?}");
    }
    let mut keyless = sending("Deeper", UpdateMode::Resend, false, in_doubt(&["Deeper"]));
    keyless.start(true, None);
    keyless.looked(Some(&[]));
    keyless.saved();
    let verdict = verdict(keyless.posted(UpdateAnswer::Busy));
    assert!(matches!(verdict, UpdateVerdict::Unclear { .. }));
}

#[test]
fn a_first_answer_that_is_a_refusal_leaves_no_doubt() {
    for (answer, expected) in [
        (
            UpdateAnswer::Refused {
                is_for_contents: true,
            },
            UpdateVerdict::Refused,
        ),
        (
            UpdateAnswer::Refused {
                is_for_contents: false,
            },
            UpdateVerdict::Refused,
        ),
        (UpdateAnswer::Busy, UpdateVerdict::NotSent),
    ] {
        for keys in [true, false] {
            let mut sending = sending("Deeper", UpdateMode::Normal, keys, UpdateSends::default());
            sending.start(true, None);
            sending.saved();
            assert_eq!(verdict(sending.posted(answer)), expected);
            assert!(!sending.sends().is_in_doubt());
        }
    }
}

#[test]
fn a_duplicate_proves_a_send_that_was_in_doubt() {
    let mut sending = sending("Deeper", UpdateMode::Resend, false, in_doubt(&["Deeper"]));
    sending.start(true, None);
    sending.looked(Some(&[]));
    sending.saved();
    assert!(matches!(
        sending.posted(UpdateAnswer::Duplicate),
        UpdateAction::Look { .. }
    ));
    assert_eq!(verdict(sending.looked(None)), SENT);
}

#[test]
fn a_tab_that_still_shows_what_another_one_sent_is_told_that_it_was_sent() {
    let mut first = sending(
        "Still there",
        UpdateMode::Normal,
        false,
        UpdateSends::default(),
    );
    first.start(true, None);
    first.saved();
    first.posted(UpdateAnswer::Accepted);
    let saved = first.sends().clone();
    let other_draft = UpdateDraft {
        key: DraftKey::from("another key"),
        ..draft("Still there")
    };
    let done = saved.done.clone();
    for (name, version, known, is_sent) in [
        ("the same draft", version("Still there"), Vec::new(), true),
        (
            "the same draft with other words",
            version("Deeper"),
            Vec::new(),
            false,
        ),
        (
            "another draft that was open before",
            other_draft.version(""),
            Vec::new(),
            true,
        ),
        (
            "a form that was opened afterwards",
            other_draft.version(""),
            done,
            false,
        ),
    ] {
        let mode = UpdateMode::Normal;
        let mut sending = UpdateSending::new(version, mode, true, saved.clone(), known, NOON);
        let action = sending.start(true, None);
        assert_eq!(action == UpdateAction::Finish(SENT), is_sent, "{name}");
    }
}

#[test]
fn a_recognised_earlier_version_leaves_the_later_words_unsent() {
    for (shown, earlier) in [
        ("It is deeper now", Some("It is deeper now")),
        ("Call me, please", None),
        (
            "It is deeper now and wider, since last ni…",
            Some("It is deeper now and wider, since last night"),
        ),
    ] {
        let saved = in_doubt(&[
            "It is deeper now",
            "It is deeper now and wider, since last night",
            "Call me, please",
        ]);
        let mode = UpdateMode::Recognised(shown.into());
        let mut sending = sending("Call me, please", mode, false, saved);
        let earlier = earlier.map(version);
        let wanted = UpdateVerdict::Sent { earlier };
        assert_eq!(verdict(sending.start(true, Some(0))), wanted, "{shown}");
    }
}

#[test]
fn only_the_versions_sent_last_are_remembered() {
    let mut saved = UpdateSends::default();
    for count in 0..20 {
        let words = count.to_string();
        let mut sending = sending(&words, UpdateMode::Normal, true, saved);
        sending.start(true, None);
        sending.saved();
        sending.posted(UpdateAnswer::Accepted);
        saved = sending.sends().clone();
    }
    assert_eq!(saved.done.len(), 8);
    assert_eq!(*saved.done.last().unwrap(), version("19").key);
    assert_eq!(UpdateSends::from_text(&saved.to_text()), Some(saved));
}

#[test]
fn other_words_or_another_photo_have_another_key_and_the_default_text_fills_an_empty_field() {
    let with_photo = UpdateDraft {
        photo: Some("p".into()),
        ..draft("Deeper")
    };
    let keys = [
        version("Deeper").key,
        version("Deep").key,
        with_photo.version("").key,
    ];
    assert!(keys[0] != keys[1] && keys[0] != keys[2] && keys[1] != keys[2]);
    assert_eq!(version(" Deeper \n"), version("Deeper"));
    assert_eq!(
        draft(" ").version("It is still there.").text,
        "It is still there."
    );
    assert!(keys.iter().all(|key| key.len() <= 50), "a city may cut it");
}

#[test]
fn a_saved_draft_is_read_back_unchanged() {
    for photo in [None, Some("p".into())] {
        let draft = UpdateDraft {
            photo,
            question: "2026-11-02 Which one?".into(),
            service: "pothole".into(),
            known: vec!["a".into(), "b".into()],
            needs_confirmation: true,
            is_waiting: true,
            changed_at: NOON,
            ..draft("Deeper\nnow")
        };
        assert_eq!(UpdateDraft::from_text(&draft.to_text()), Some(draft));
    }
    assert_eq!(UpdateDraft::from_text("It is deeper now."), None);
}

#[test]
fn the_mark_goes_along_only_where_keys_are_not_recognised() {
    assert_eq!(outgoing_text(&version("Deeper"), true, "Code: X"), "Deeper");
    assert_eq!(
        outgoing_text(&version("Deeper"), false, "Code: X"),
        "Deeper\nCode: X"
    );
}
