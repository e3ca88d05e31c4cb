//! Sending once: single cases, and a model of a city, a network, a device and two tabs in random orders.

use crate::ids::DraftKey;
use crate::model::{Random, for_each_seed};
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
const NOON: UnixMs = UnixMs(1_795_521_600_000);
const KEY: &str = "0123456789abcdef0123456789abcdef";
const KEYLESS: Abilities = Abilities {
    is_idempotent: false,
    is_black_box: false,
};
const KEYED: Abilities = Abilities {
    is_idempotent: true,
    is_black_box: false,
};

fn request(words: &str) -> Rc<QueuedRequest> {
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

fn row(number: &str, description: &str, at: UnixMs) -> ServiceRequest {
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

/// What becomes of a POST on its way.
#[derive(Clone, Copy)]
enum Fate {
    Answered,
    AnswerLost,
    NeverArrives,
    ArrivesLater,
    /// The browser itself repeats the POST on a broken connection.
    RepeatedByBrowser,
    BusyAnswer,
    RefusedAtTheGate,
}

const FATES: [Fate; 7] = [
    Fate::Answered,
    Fate::AnswerLost,
    Fate::NeverArrives,
    Fate::ArrivesLater,
    Fate::RepeatedByBrowser,
    Fate::BusyAnswer,
    Fate::RefusedAtTheGate,
];

/// How much of a description the city lists.
#[derive(Clone, Copy)]
enum Shown {
    Whole,
    Start,
    Nothing,
}

struct Stored {
    number: String,
    /// Empty for a neighbour's.
    key: String,
    description: String,
    /// The words without a mark.
    words: String,
    /// Listed from this turn on.
    listed_at: usize,
}

struct City {
    abilities: Abilities,
    shown: Shown,
    refuses_duplicates: bool,
    rows: Vec<Stored>,
    late: Vec<(Post, Rc<QueuedRequest>)>,
    /// Requests that this send may have made in addition, by the resident's choice or the browser's.
    allowed_extra: usize,
}

impl City {
    fn own(&self) -> impl Iterator<Item = &Stored> {
        self.rows.iter().filter(|row| row.key == KEY)
    }

    fn receive(&mut self, post: &Post, request: &QueuedRequest, listed_at: usize) -> PostAnswer {
        let accepted =
            |row: &Stored| PostAnswer::Accepted(Reference::Number(row.number.as_str().into()));
        if self.abilities.is_idempotent
            && let Some(row) = self.rows.iter().find(|row| row.key == post.idempotency_key)
        {
            return accepted(row);
        }
        // A rule of the city's: each fourth version misses something that it requires.
        if request.post.description.ends_with('4') {
            return PostAnswer::Refused {
                is_for_contents: true,
            };
        }
        if self.refuses_duplicates && self.own().next().is_some() {
            return PostAnswer::Duplicate;
        }
        self.rows.push(Stored {
            number: (self.rows.len() + 1).to_string(),
            key: request.draft.key.to_string(),
            description: post.description.clone(),
            words: request.post.description.clone(),
            listed_at,
        });
        self.rows.last().map_or(PostAnswer::Unknown, accepted)
    }

    fn list(&self, turn: usize) -> Vec<ServiceRequest> {
        let listed = self.rows.iter().filter(|row| row.listed_at <= turn);
        let listed = listed.map(|stored| {
            let description = match self.shown {
                Shown::Whole => stored.description.clone(),
                Shown::Start => stored.description.chars().take(50).collect(),
                Shown::Nothing => String::new(),
            };
            row(&stored.number, &description, NOON)
        });
        listed.collect()
    }

    fn post(
        &mut self,
        random: &mut Random,
        request: &Rc<QueuedRequest>,
        turn: usize,
        is_calm: bool,
    ) -> PostAnswer {
        let line = format!("Code: {}", mark(request));
        let post = outgoing(request, self.abilities, &line);
        let listed_at = if is_calm {
            turn
        } else {
            turn + random.below(3)
        };
        let fate = match is_calm {
            true => Fate::Answered,
            false => FATES[random.below(FATES.len())],
        };
        match fate {
            Fate::Answered => self.receive(&post, request, listed_at),
            Fate::AnswerLost => {
                self.receive(&post, request, listed_at);
                PostAnswer::Unknown
            }
            Fate::NeverArrives => PostAnswer::Unknown,
            Fate::ArrivesLater => {
                self.late.push((post, request.clone()));
                PostAnswer::Unknown
            }
            Fate::RepeatedByBrowser => {
                self.receive(&post, request, listed_at);
                self.allowed_extra += 1;
                self.receive(&post, request, listed_at)
            }
            Fate::BusyAnswer => PostAnswer::Busy,
            Fate::RefusedAtTheGate => PostAnswer::Refused {
                is_for_contents: false,
            },
        }
    }
}

/// A tab with the draft. Both tabs write the same draft, each with its own words.
#[derive(Clone, Default)]
struct Tab {
    version: usize,
    is_done: bool,
    last: Option<Verdict>,
}

struct World {
    random: Random,
    city: City,
    tabs: [Tab; 2],
    doubt: Option<String>,
    sent: Option<String>,
    /// Words that residents were told the city does not have, and that are offered as an update.
    corrections: Vec<String>,
    turn: usize,
}

impl World {
    fn new(seed: u64) -> Self {
        let mut random = Random::new(seed);
        let abilities = Abilities {
            is_idempotent: random.one_in(2),
            is_black_box: false,
        };
        let shown = [Shown::Whole, Shown::Whole, Shown::Start, Shown::Nothing][random.below(4)];
        let refuses_duplicates = random.one_in(4);
        let mut world = Self {
            city: City {
                abilities,
                shown,
                refuses_duplicates,
                rows: Vec::new(),
                late: Vec::new(),
                allowed_extra: 0,
            },
            random,
            tabs: Default::default(),
            doubt: None,
            sent: None,
            corrections: Vec::new(),
            turn: 0,
        };
        // A neighbour has just reported the same with the same words.
        let neighbours = QueuedRequest {
            draft: Draft::new("a neighbour's".into()),
            ..(*request(&words(0))).clone()
        };
        let post = neighbours.post.clone();
        world.city.receive(&post, &neighbours, 0);
        world
    }

    fn send(&mut self, index: usize, mode: SendMode, is_calm: bool) {
        let version = self.tabs[index].version;
        let request = request(&words(version));
        let abilities = self.city.abilities;
        let mut sending = Sending::new(request, mode, abilities, NOON, Some(0));
        let sent = self.sent.as_deref().and_then(SentRecord::parse);
        let doubt = self.doubt.as_deref().and_then(Doubt::from_text);
        let is_online = is_calm || !self.random.one_in(8);
        let mut action = sending.start(sent, doubt, is_online);
        loop {
            // The tab may end before and after every action.
            if !is_calm && self.random.one_in(12) {
                return;
            }
            self.turn += 1;
            action = match action {
                Action::SaveDoubt(doubt) => {
                    self.doubt = Some(doubt.to_text());
                    sending.saved()
                }
                Action::Post { request, .. } => {
                    let answer = self
                        .city
                        .post(&mut self.random, &request, self.turn, is_calm);
                    if !is_calm && self.random.one_in(12) {
                        return;
                    }
                    sending.posted(&answer)
                }
                Action::Look { .. } => {
                    let is_lost = !is_calm && self.random.one_in(4);
                    let rows = self.city.list(if is_calm { usize::MAX } else { self.turn });
                    sending.looked((!is_lost).then_some(rows.as_slice()))
                }
                Action::Finish(verdict) => return self.finish(index, verdict),
            };
        }
    }

    fn finish(&mut self, index: usize, verdict: Verdict) {
        let version = self.tabs[index].version;
        let own = words(version);
        let is_here = |words: &str| self.city.own().any(|row| row.words == words);
        if verdict.ends_doubt() {
            self.doubt = None;
        }
        match &verdict {
            Verdict::Sent {
                reference,
                other,
                twins,
            } => {
                let row = self.city.own().find(|row| row.number == reference.value());
                if let Reference::Number(_) = reference {
                    assert!(row.is_some(), "somebody else's number");
                }
                for twin in twins {
                    assert!(
                        self.city.own().any(|row| *twin == *row.number),
                        "somebody else's twin"
                    );
                }
                match other {
                    None => {
                        assert!(is_here(&own), "these words are not there");
                        assert!(
                            row.is_none_or(|row| row.words == own),
                            "the number of other words"
                        );
                    }
                    Some(OtherWords::Earlier(earlier)) => {
                        let earlier = earlier.post.description.as_str();
                        assert_ne!(earlier, own);
                        assert!(is_here(earlier), "the earlier words are not there");
                        assert!(row.is_none_or(|row| row.words == earlier));
                        self.corrections.push(own.clone());
                    }
                    Some(OtherWords::Unknown) => {
                        assert!(self.city.own().next().is_some(), "nothing is there");
                        self.corrections.push(own.clone());
                    }
                }
                let fingerprint = match other {
                    Some(OtherWords::Earlier(earlier)) => fingerprint(earlier),
                    Some(OtherWords::Unknown) => String::new(),
                    None => fingerprint(&request(&own)),
                };
                if self.sent.is_none() {
                    let reference = reference.clone();
                    self.sent = Some(
                        SentRecord {
                            reference,
                            fingerprint,
                        }
                        .to_text(),
                    );
                }
                self.tabs[index].is_done = true;
            }
            Verdict::Refused | Verdict::NotSent => {
                assert!(
                    self.city.own().next().is_none(),
                    "{verdict:?}, and it is there"
                );
            }
            Verdict::MayBeSentAgain | Verdict::Unclear { .. } => {
                assert!(self.doubt.is_some(), "a doubt that a reload forgets");
            }
        }
        self.tabs[index].last = Some(verdict);
    }

    fn edit(&mut self, index: usize) {
        self.tabs[index].version += 1;
        // The page with the outcome is left.
        self.tabs[index].last = None;
    }

    /// One thing that a resident does.
    fn act(&mut self) {
        let index = self.random.below(2);
        if self.tabs[index].is_done {
            return;
        }
        let is_unclear = matches!(self.tabs[index].last, Some(Verdict::Unclear { .. }));
        match self.random.below(6) {
            0 => self.edit(index),
            1 => {
                if let Some((post, request)) = self.city.late.pop() {
                    self.city.receive(&post, &request, self.turn);
                }
            }
            2 if is_unclear => self.send(index, SendMode::CheckOnly, false),
            3 if is_unclear => {
                self.city.allowed_extra += 1;
                self.send(index, SendMode::Resend, false);
            }
            4 if is_unclear => self.recognise(index, false),
            _ => self.send(index, SendMode::Normal, false),
        }
    }

    /// A resident recognises their own request among the candidates, and no other.
    fn recognise(&mut self, index: usize, is_calm: bool) {
        let Some(Verdict::Unclear { candidates, .. }) = &self.tabs[index].last else {
            return;
        };
        let mut numbers = candidates.iter().map(|found| found.number.clone());
        let own = numbers.find(|number| self.city.own().any(|row| *number == *row.number));
        if let Some(number) = own {
            self.send(index, SendMode::Recognised(number), is_calm);
        }
    }

    /// Everything works again, and the resident goes on until the request is settled.
    fn settle(&mut self) {
        for (post, request) in std::mem::take(&mut self.city.late) {
            self.city.receive(&post, &request, 0);
        }
        for index in 0..2 {
            self.tabs[index].last = None;
            for round in 0..6 {
                if self.tabs[index].is_done {
                    break;
                }
                match (&self.tabs[index].last, round) {
                    (Some(Verdict::Refused), _) => self.edit(index),
                    (Some(Verdict::Unclear { .. }), 1) => self.recognise(index, true),
                    // The page shows why the city refused the last one.
                    (Some(Verdict::Unclear { .. }), _)
                        if words(self.tabs[index].version).ends_with('4') =>
                    {
                        self.edit(index);
                    }
                    (Some(Verdict::Unclear { .. }), _) => {
                        self.city.allowed_extra += 1;
                        self.send(index, SendMode::Resend, true);
                    }
                    _ => self.send(index, SendMode::Normal, true),
                }
            }
            assert!(
                self.tabs[index].is_done,
                "never settled: {:?}",
                self.tabs[index].last
            );
            let own = words(self.tabs[index].version);
            assert!(
                self.corrections.contains(&own) || self.city.own().any(|row| row.words == own),
                "lost words"
            );
        }
        let count = self.city.own().count();
        assert!(count >= 1, "none");
        assert!(count <= 1 + self.city.allowed_extra, "{count} requests");
    }
}

/// The words of a version; long enough that a city may cut them off.
fn words(version: usize) -> String {
    format!("A hole at the curb, beside the drain and in front of number {version}")
}

#[test]
fn in_any_order_of_loss_edits_tabs_and_presses_the_city_gets_it_once_and_nothing_untrue_is_said() {
    for_each_seed(|seed| {
        let mut world = World::new(seed);
        let steps = 1 + world.random.below(10);
        for _ in 0..steps {
            world.act();
        }
        world.settle();
    });
}
