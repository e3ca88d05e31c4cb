//! Decides how an update of a request is sent so that the city gets it once: what to do next, given what is saved on the
//! device and what came back. It is to updates what [`request::sending`](crate::request::sending) is to requests.
//!
//! It knows neither the network nor the device. Whoever drives it does what an [`UpdateAction`] says, and reports the
//! result. Only one send for the same request and kind of update may run at a time, in all tabs.

use super::update_draft::Version;
use super::update_sends::UpdateSends;
use crate::request::candidates::{TOLERANCE, TOLERANCE_WITHOUT_CLOCK, may_be_words};
use crate::request::mark::contains_mark;
use crate::time::UnixMs;
use open311::{Moment, Update};

/// What the endpoint answered to the POST of an update.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UpdateAnswer {
    /// The city has the update.
    Accepted,
    /// The endpoint refused the update, in its own form of an error.
    Refused {
        /// True if the reason is what the update says (400, 422); false if the endpoint may have answered before it
        /// looked at the update.
        is_for_contents: bool,
    },
    /// The endpoint says that it has the update already (409), in its own form of an error.
    Duplicate,
    /// The endpoint is too busy (429), in its own form of an error.
    Busy,
    /// No answer, or one that does not tell: of a gateway or a login page, empty, cut off, redirected.
    Unknown,
}

/// What to do next.
#[derive(Clone, Debug, PartialEq)]
pub enum UpdateAction {
    /// Save this on the device, then call [`UpdateSending::saved`].
    Save(UpdateSends),
    /// Send this version, after a pause if `is_again`, then call [`UpdateSending::posted`].
    Post {
        /// The version, which may be an earlier one than that on the screen.
        version: Version,
        /// True if it was sent before, so that the endpoint needs time to settle.
        is_again: bool,
    },
    /// Read the city's updates of the request, after a pause if something was just sent, then call
    /// [`UpdateSending::looked`].
    Look {
        /// True if something was just sent, so that the endpoint needs time to settle.
        is_after_post: bool,
    },
    /// The send is over. [`UpdateSending::sends`] is now to be saved.
    Finish(UpdateVerdict),
}

/// How a send ended.
#[derive(Clone, Debug, PartialEq)]
pub enum UpdateVerdict {
    /// The city has the update.
    Sent {
        /// What the city has, if that is not what was to be sent now, which it does not have.
        earlier: Option<Version>,
    },
    /// The city refused the update, and does not have it.
    Refused,
    /// The city does not have the update; it can be sent again.
    NotSent,
    /// The update may have arrived. Sending it again is safe, because the endpoint recognises its key.
    MayBeSentAgain,
    /// The update may have arrived, and there is no way to find out.
    Unclear {
        /// True if the city's updates could be read.
        was_list_read: bool,
        /// Updates among the city's that may be this one.
        candidates: Vec<UpdateCandidate>,
    },
}

/// An update among the city's that may be the one that was sent.
#[derive(Clone, Debug, PartialEq)]
pub struct UpdateCandidate {
    /// When it was made, as the city says.
    pub updated: Option<Moment>,
    /// What it says, as the city shows it; may be cut off.
    pub description: String,
}

/// What a send may do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum UpdateMode {
    /// Send the update; if it may have arrived before, find that out instead.
    Normal,
    /// Look for it, and send it if it is not found, even if the city may then have it twice.
    Resend,
    /// The resident recognised one of the city's updates as one that was sent, by this text.
    Recognised(String),
}

/// One send of an update.
#[derive(Clone, Debug)]
pub struct UpdateSending {
    version: Version,
    mode: UpdateMode,
    is_idempotent: bool,
    sends: UpdateSends,
    known: Vec<String>,
    now: UnixMs,
    /// What was posted last.
    posted: Option<Version>,
    /// True if some send may have arrived, other than the one in flight.
    is_in_doubt: bool,
    /// True if what was posted last had been sent before.
    is_second_try: bool,
    /// True once the endpoint has said that it has what was posted last.
    is_proven: bool,
    /// True once the same version was posted twice in this send.
    is_repeated: bool,
}

impl UpdateSending {
    /// Prepares to send a version. `is_idempotent`: the endpoint stores at most one update for a key, and answers a key
    /// that it knows as it did the first time. `saved` is what the device has saved; `known` are the keys of the
    /// versions that the city had when the draft was begun; `now` is the device's clock.
    pub fn new(
        version: Version,
        mode: UpdateMode,
        is_idempotent: bool,
        mut saved: UpdateSends,
        known: Vec<String>,
        now: UnixMs,
    ) -> Self {
        // A tab still shows a version that was given up.
        if saved.passed.contains(&version.key) {
            saved.passed.retain(|key| *key != version.key);
            saved.doubts.push(version.clone());
        }
        Self {
            version,
            mode,
            is_idempotent,
            is_in_doubt: saved.is_in_doubt(),
            sends: saved,
            known,
            now,
            posted: None,
            is_second_try: false,
            is_proven: false,
            is_repeated: false,
        }
    }

    /// What is to be saved on the device.
    pub fn sends(&self) -> &UpdateSends {
        &self.sends
    }

    /// The first action. `city_ahead_ms` is how far the city's clock is ahead of the device's, if that is known.
    pub fn start(&mut self, is_online: bool, city_ahead_ms: Option<i64>) -> UpdateAction {
        if self.sends.has(&self.version, &self.known) {
            return UpdateAction::Finish(UpdateVerdict::Sent { earlier: None });
        }
        let Some(last) = self.sends.doubts.last().cloned() else {
            self.sends.since = self.now;
            self.sends.city_ahead_ms = city_ahead_ms;
            return if is_online {
                self.post_current()
            } else {
                UpdateAction::Finish(UpdateVerdict::NotSent)
            };
        };
        if let UpdateMode::Recognised(shown) = &self.mode {
            // Cities cut texts off, and put some of their own around them: the version whose length is closest. Of two that
            // are equally close the first, so that nothing that was written later is taken for sent.
            let mut recognised: Option<(usize, Version)> = None;
            for version in &self.sends.doubts {
                let difference = shown.len().abs_diff(version.text.len());
                let is_closer = recognised
                    .as_ref()
                    .is_none_or(|(least, _)| difference < *least);
                if is_closer && may_be_words(shown, &version.text) {
                    recognised = Some((difference, version.clone()));
                }
            }
            let recognised = recognised.map(|(_, version)| version);
            return self.finish_sent(&recognised.unwrap_or(last));
        }
        if !is_online {
            return self.finish_in_doubt();
        }
        if self.is_idempotent {
            // With the same key and the same words as before: the endpoint answers as it did then, or does now what it
            // could not do then. Other words under the same key would be lost.
            self.post(last, false)
        } else {
            UpdateAction::Look {
                is_after_post: false,
            }
        }
    }

    /// Call when the sends were saved.
    pub fn saved(&mut self) -> UpdateAction {
        let version = self.version.clone();
        self.post(version, false)
    }

    /// Call when a POST has ended.
    pub fn posted(&mut self, answer: UpdateAnswer) -> UpdateAction {
        let posted = self.posted.clone().unwrap_or_else(|| self.version.clone());
        match answer {
            UpdateAnswer::Accepted => self.finish_sent(&posted),
            // An endpoint that recognises keys would have answered as it did the first time.
            UpdateAnswer::Refused {
                is_for_contents: true,
            } if self.is_idempotent => {
                self.is_in_doubt = false;
                if posted == self.version {
                    return self.finish_without(UpdateVerdict::Refused);
                }
                // The city does not have the earlier version: now the one on the screen can be sent.
                self.is_repeated = false;
                self.sends.doubts.clear();
                self.post_current()
            }
            UpdateAnswer::Refused { .. } if !self.is_in_doubt => {
                self.finish_without(UpdateVerdict::Refused)
            }
            UpdateAnswer::Busy if !self.is_in_doubt => self.finish_without(UpdateVerdict::NotSent),
            UpdateAnswer::Refused { .. } | UpdateAnswer::Busy => self.finish_in_doubt(),
            // The first answer to it may have been lost between the endpoint and the browser, which repeats a request
            // by itself when a connection breaks.
            UpdateAnswer::Duplicate if self.is_idempotent && !self.is_repeated => {
                self.post_again(posted)
            }
            UpdateAnswer::Duplicate if self.is_idempotent && !self.is_in_doubt => {
                self.finish_without(UpdateVerdict::Refused)
            }
            UpdateAnswer::Duplicate => {
                self.is_proven = self.is_second_try;
                self.is_in_doubt = true;
                UpdateAction::Look {
                    is_after_post: true,
                }
            }
            UpdateAnswer::Unknown => {
                self.is_in_doubt = true;
                if !self.is_idempotent {
                    UpdateAction::Look {
                        is_after_post: true,
                    }
                } else if self.is_repeated {
                    self.finish_in_doubt()
                } else {
                    self.post_again(posted)
                }
            }
        }
    }

    /// Call when the city's updates of the request were read; `None` if they could not be.
    pub fn looked(&mut self, rows: Option<&[Update]>) -> UpdateAction {
        let rows_read = rows.unwrap_or_default();
        let is_there = |version: &&Version| {
            let mark = version.mark();
            rows_read.iter().any(|row| {
                row.id.as_deref() == Some(version.key.as_str())
                    || contains_mark(row.description.as_deref().unwrap_or_default(), &mark)
            })
        };
        let own = self.sends.doubts.iter().filter(is_there);
        // What is on the screen comes first.
        let own = own.max_by_key(|version| **version == self.version).cloned();
        if let Some(version) = own {
            return self.finish_sent(&version);
        }
        if let (true, Some(posted)) = (self.is_proven, self.posted.clone()) {
            return self.finish_sent(&posted);
        }
        if self.mode == UpdateMode::Resend && self.posted.is_none() {
            return self.post_current();
        }
        UpdateAction::Finish(UpdateVerdict::Unclear {
            was_list_read: rows.is_some(),
            candidates: candidates(rows_read, &self.sends, self.now),
        })
    }

    /// Saves that the current version may have arrived, and then sends it.
    fn post_current(&mut self) -> UpdateAction {
        self.is_second_try = self.sends.doubts.contains(&self.version);
        if !self.is_second_try {
            self.sends.doubts.push(self.version.clone());
        }
        UpdateAction::Save(self.sends.clone())
    }

    fn post(&mut self, version: Version, is_again: bool) -> UpdateAction {
        self.posted = Some(version.clone());
        UpdateAction::Post { version, is_again }
    }

    fn post_again(&mut self, version: Version) -> UpdateAction {
        (self.is_repeated, self.is_second_try) = (true, true);
        self.post(version, true)
    }

    fn finish_sent(&mut self, version: &Version) -> UpdateAction {
        self.sends.settle(version);
        let earlier = (*version != self.version).then(|| version.clone());
        UpdateAction::Finish(UpdateVerdict::Sent { earlier })
    }

    /// The city has nothing that was in doubt.
    fn finish_without(&mut self, verdict: UpdateVerdict) -> UpdateAction {
        self.sends.doubts.clear();
        UpdateAction::Finish(verdict)
    }

    fn finish_in_doubt(&self) -> UpdateAction {
        UpdateAction::Finish(if self.is_idempotent {
            UpdateVerdict::MayBeSentAgain
        } else {
            UpdateVerdict::Unclear {
                was_list_read: false,
                candidates: Vec::new(),
            }
        })
    }
}

/// The text of a version as it goes out: with `line`, which contains its mark, at the end unless the endpoint recognises
/// keys.
pub fn outgoing_text(version: &Version, is_idempotent: bool, line: &str) -> String {
    if is_idempotent {
        version.text.clone()
    } else {
        [&version.text, "\n", line].concat()
    }
}

/// At most this many candidates are shown, the latest first. Sensible: 2 to 5.
const MAX_CANDIDATES: usize = 3;

/// The city's updates that may be one of those that were sent: with the same words as far as the city shows them, and
/// from the same time.
fn candidates(rows: &[Update], sends: &UpdateSends, now: UnixMs) -> Vec<UpdateCandidate> {
    let ahead = sends.city_ahead_ms.unwrap_or_default();
    let tolerance = match sends.city_ahead_ms {
        Some(_) => TOLERANCE,
        None => TOLERANCE_WITHOUT_CLOCK,
    };
    let time = |row: &Update| row.updated.as_ref().and_then(Moment::unix_milliseconds);
    // Most cities list the latest last.
    let found = rows
        .iter()
        .rev()
        .filter(|row| {
            time(row).is_none_or(|at| {
                UnixMs(at) >= sends.since.plus(ahead - tolerance)
                    && UnixMs(at) <= now.plus(ahead + tolerance)
            })
        })
        .filter(|row| {
            let shown = row.description.as_deref().unwrap_or_default();
            !shown.is_empty()
                && sends
                    .doubts
                    .iter()
                    .any(|version| may_be_words(shown, &version.text))
        });
    let candidates = found.take(MAX_CANDIDATES).map(|row| UpdateCandidate {
        updated: row.updated.clone(),
        description: row.description.clone().unwrap_or_default(),
    });
    candidates.collect()
}
