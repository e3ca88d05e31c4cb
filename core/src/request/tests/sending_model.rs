//! Sending once in random orders: a model of a city, a network, a device and two tabs.

use super::sending::{KEY, NOON, request, row};
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
use open311::ServiceRequest;
use open311::form::Post;
use std::rc::Rc;

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
