//! Sending an update once in random orders: a model of a city, a network, a device and two tabs.

use super::update_sending::{NOON, draft, row};
use crate::model::{Random, for_each_seed};
use crate::status::update_draft::{UpdateDraft, Version};
use crate::status::update_sending::{
    UpdateAction, UpdateAnswer, UpdateMode, UpdateSending, UpdateVerdict, outgoing_text,
};
use crate::status::update_sends::UpdateSends;
use crate::storage::Saved;
use open311::Update;

/// What becomes of a POST on its way.
#[derive(Clone, Copy)]
enum Fate {
    Answered,
    AnswerLost,
    NeverArrives,
    ArrivesLater,
    BusyAnswer,
    RefusedAtTheGate,
}

const FATES: [Fate; 6] = [
    Fate::Answered,
    Fate::AnswerLost,
    Fate::NeverArrives,
    Fate::ArrivesLater,
    Fate::BusyAnswer,
    Fate::RefusedAtTheGate,
];

struct Stored {
    /// Empty for somebody else's.
    key: String,
    words: String,
    /// As the city shows it.
    description: String,
    /// Listed from this turn on.
    listed_at: usize,
}

struct City {
    is_idempotent: bool,
    shows_descriptions: bool,
    refuses_duplicates: bool,
    rows: Vec<Stored>,
    late: Vec<Version>,
}

impl City {
    fn receive(&mut self, version: &Version, listed_at: usize) -> UpdateAnswer {
        let is_known = self.rows.iter().any(|row| row.key == version.key);
        if self.is_idempotent && is_known {
            return UpdateAnswer::Accepted;
        }
        // A rule of the city's: each fourth version is not accepted.
        if version.text.ends_with('4') {
            return UpdateAnswer::Refused {
                is_for_contents: true,
            };
        }
        if self.refuses_duplicates && is_known {
            return UpdateAnswer::Duplicate;
        }
        let line = format!("Code: {}", version.mark());
        let description = outgoing_text(version, self.is_idempotent, &line);
        self.rows.push(Stored {
            key: version.key.clone(),
            words: version.text.clone(),
            description: if self.shows_descriptions {
                description
            } else {
                String::new()
            },
            listed_at,
        });
        UpdateAnswer::Accepted
    }

    fn has(&self, version: &Version) -> bool {
        self.rows.iter().any(|row| row.key == version.key)
    }

    fn list(&self, turn: usize) -> Vec<Update> {
        let listed = self.rows.iter().filter(|row| row.listed_at <= turn);
        let listed = listed.enumerate();
        let listed =
            listed.map(|(index, stored)| row(&index.to_string(), &stored.description, NOON));
        listed.collect()
    }

    fn post(
        &mut self,
        random: &mut Random,
        version: &Version,
        turn: usize,
        is_calm: bool,
    ) -> UpdateAnswer {
        let (listed_at, fate) = if is_calm {
            (turn, Fate::Answered)
        } else {
            (turn + random.below(3), FATES[random.below(FATES.len())])
        };
        match fate {
            Fate::Answered => self.receive(version, listed_at),
            Fate::AnswerLost => {
                self.receive(version, listed_at);
                UpdateAnswer::Unknown
            }
            Fate::NeverArrives => UpdateAnswer::Unknown,
            Fate::ArrivesLater => {
                self.late.push(version.clone());
                UpdateAnswer::Unknown
            }
            Fate::BusyAnswer => UpdateAnswer::Busy,
            Fate::RefusedAtTheGate => UpdateAnswer::Refused {
                is_for_contents: false,
            },
        }
    }
}

/// A tab with the form. Two tabs may share a draft, and each has words of its own.
struct Tab {
    draft: UpdateDraft,
    known: Vec<String>,
    is_done: bool,
    last: Option<UpdateVerdict>,
}

impl Tab {
    fn version(&self) -> Version {
        self.draft.version("")
    }
}

struct World {
    random: Random,
    city: City,
    tabs: [Tab; 2],
    /// What the device has saved.
    sends: String,
    /// How often the resident chose to send something that may have arrived.
    resends: usize,
    turn: usize,
}

impl World {
    fn new(seed: u64) -> Self {
        let mut random = Random::new(seed);
        let mut city = City {
            is_idempotent: random.one_in(2),
            shows_descriptions: !random.one_in(4),
            refuses_duplicates: random.one_in(4),
            rows: Vec::new(),
            late: Vec::new(),
        };
        // A neighbour has just said the same.
        city.rows.push(Stored {
            key: String::new(),
            words: words(0),
            description: words(0),
            listed_at: 0,
        });
        let shares_draft = random.one_in(2);
        let tab = |key: &str| Tab {
            draft: UpdateDraft {
                key: key.into(),
                ..draft(&words(0))
            },
            known: Vec::new(),
            is_done: false,
            last: None,
        };
        Self {
            random,
            city,
            tabs: [tab("one"), tab(if shares_draft { "one" } else { "two" })],
            sends: String::new(),
            resends: 0,
            turn: 0,
        }
    }

    fn send(&mut self, index: usize, mode: UpdateMode, is_calm: bool) {
        let tab = &self.tabs[index];
        let saved = UpdateSends::from_text(&self.sends).unwrap_or_default();
        let keys = self.city.is_idempotent;
        let mut sending =
            UpdateSending::new(tab.version(), mode, keys, saved, tab.known.clone(), NOON);
        let is_online = is_calm || !self.random.one_in(8);
        let mut action = sending.start(is_online, Some(0));
        loop {
            // The tab may end before and after every action.
            if !is_calm && self.random.one_in(12) {
                return;
            }
            self.turn += 1;
            action = match action {
                UpdateAction::Save(sends) => {
                    self.sends = sends.to_text();
                    sending.saved()
                }
                UpdateAction::Post { version, .. } => {
                    let random = &mut self.random;
                    let answer = self.city.post(random, &version, self.turn, is_calm);
                    if !is_calm && self.random.one_in(12) {
                        return;
                    }
                    sending.posted(answer)
                }
                UpdateAction::Look { .. } => {
                    let is_lost = !is_calm && self.random.one_in(4);
                    let rows = self.city.list(if is_calm { usize::MAX } else { self.turn });
                    sending.looked((!is_lost).then_some(rows.as_slice()))
                }
                UpdateAction::Finish(verdict) => {
                    self.sends = sending.sends().to_text();
                    return self.finish(index, verdict);
                }
            };
        }
    }

    fn finish(&mut self, index: usize, verdict: UpdateVerdict) {
        let own = self.tabs[index].version();
        let sends = UpdateSends::from_text(&self.sends).unwrap_or_default();
        for done in &sends.done {
            let is_there = self.city.rows.iter().any(|row| row.key == *done);
            assert!(is_there, "remembered as sent, and it is not there");
        }
        match &verdict {
            UpdateVerdict::Sent { earlier: None } => {
                let mut rows = self.city.rows.iter();
                let is_there = rows.any(|row| !row.key.is_empty() && row.words == own.text);
                assert!(is_there, "these words are not there");
                self.tabs[index].is_done = true;
            }
            UpdateVerdict::Sent {
                earlier: Some(earlier),
            } => {
                assert_ne!(*earlier, own);
                assert!(self.city.has(earlier), "the earlier words are not there");
                assert!(!sends.is_in_doubt(), "a doubt about nothing");
            }
            UpdateVerdict::Refused | UpdateVerdict::NotSent => {
                assert!(!self.city.has(&own), "{verdict:?}, and it is there");
            }
            UpdateVerdict::MayBeSentAgain | UpdateVerdict::Unclear { .. } => {
                assert!(sends.is_in_doubt(), "a doubt that a reload forgets");
            }
        }
        self.tabs[index].last = Some(verdict);
    }

    fn edit(&mut self, index: usize) {
        let tab = &mut self.tabs[index];
        let count: usize = tab.draft.text.rsplit(' ').next().unwrap().parse().unwrap();
        tab.draft.text = words(count + 1);
        tab.last = None;
    }

    /// One thing that a resident does, or that happens.
    fn act(&mut self) {
        let index = self.random.below(2);
        let is_unclear = matches!(self.tabs[index].last, Some(UpdateVerdict::Unclear { .. }));
        match self.random.below(6) {
            1 => {
                if let Some(version) = self.city.late.pop() {
                    self.city.receive(&version, self.turn);
                }
            }
            _ if self.tabs[index].is_done => {}
            0 => self.edit(index),
            2 if is_unclear => {
                self.resends += 1;
                self.send(index, UpdateMode::Resend, false);
            }
            3 if is_unclear => self.recognise(index, false),
            _ => self.send(index, UpdateMode::Normal, false),
        }
    }

    /// A resident recognises their own words if the city has them, and no others.
    fn recognise(&mut self, index: usize, is_calm: bool) {
        let sends = UpdateSends::from_text(&self.sends).unwrap_or_default();
        // The same words written in two tabs cannot be told apart by whoever reads them.
        let is_known = |version: &&Version| {
            let mut same = sends
                .doubts
                .iter()
                .filter(|other| other.text == version.text);
            same.all(|other| self.city.has(other))
        };
        let known = sends.doubts.iter().rev().find(is_known);
        if let Some(text) = known.map(|version| version.text.clone()) {
            self.send(index, UpdateMode::Recognised(text), is_calm);
        }
    }

    /// Everything works again, and the resident goes on until both tabs are settled.
    fn settle(&mut self) {
        for version in std::mem::take(&mut self.city.late) {
            self.city.receive(&version, 0);
        }
        for index in 0..2 {
            for round in 0..8 {
                if self.tabs[index].is_done {
                    break;
                }
                match (&self.tabs[index].last, round) {
                    (Some(UpdateVerdict::Refused), _) => self.edit(index),
                    (Some(UpdateVerdict::Unclear { .. }), 1) => self.recognise(index, true),
                    // The page shows why the city refused the last one.
                    (Some(UpdateVerdict::Unclear { .. }), _)
                        if self.tabs[index].draft.text.ends_with('4') =>
                    {
                        self.edit(index);
                    }
                    (Some(UpdateVerdict::Unclear { .. }), _) => {
                        self.resends += 1;
                        self.send(index, UpdateMode::Resend, true);
                    }
                    _ => self.send(index, UpdateMode::Normal, true),
                }
            }
            let last = &self.tabs[index].last;
            assert!(self.tabs[index].is_done, "never settled: {last:?}");
        }
        let mut extra = 0;
        for (index, row) in self.city.rows.iter().enumerate().skip(1) {
            let before = &self.city.rows[1..index];
            extra += usize::from(before.iter().any(|other| other.words == row.words));
        }
        assert!(extra <= self.resends, "{extra} too many");
    }
}

/// The words of a version.
fn words(version: usize) -> String {
    format!("The hole is deeper now, and a wheel broke in it: {version}")
}

#[test]
fn in_any_order_of_loss_edits_tabs_and_presses_the_city_gets_an_update_once_and_nothing_untrue_is_said()
 {
    for_each_seed(|seed| {
        let mut world = World::new(seed);
        let steps = 1 + world.random.below(10);
        for _ in 0..steps {
            world.act();
        }
        world.settle();
    });
}
