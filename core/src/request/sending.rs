//! Decides how a request is sent so that the city gets it once: what to do next, given what is saved on the device and
//! what came back (docs/decisions/0009-what-may-have-arrived-is-looked-for.md).
//!
//! It knows neither the network nor the device. Whoever drives it does what an [`Action`] says, and reports the result.
//! Only one send of a draft may run at a time, in all tabs.

use super::candidates::{Candidate, candidates};
use super::doubt::{Doubt, SentRecord};
use super::mark::{contains_mark, fingerprint, is_same, mark};
use super::queued::QueuedRequest;
use super::reference::Reference;
use crate::ids::RequestNumber;
use crate::time::UnixMs;
use open311::{ServiceRequest, form::Post};
use std::rc::Rc;

/// What the endpoint answered to a POST.
#[derive(Clone, Debug, PartialEq)]
pub enum PostAnswer {
    /// The city has the request.
    Accepted(Reference),
    /// The endpoint refused the request, in its own form of an error.
    Refused {
        /// True if the reason is what the request says (400, 422); false if the endpoint may have answered before it
        /// looked at the request.
        is_for_contents: bool,
    },
    /// The endpoint says that it has the request already (409), in its own form of an error.
    Duplicate,
    /// The endpoint is too busy (429), in its own form of an error.
    Busy,
    /// No answer, or one that does not tell: of a gateway or a login page, cut off, redirected.
    Unknown,
}

/// What to do next.
#[derive(Clone, Debug, PartialEq)]
pub enum Action {
    /// Save this doubt on the device, then call [`Sending::saved`].
    SaveDoubt(Doubt),
    /// Send this request, after a pause if `is_again`, then call [`Sending::posted`].
    Post {
        /// The request, which may be an earlier version of the one on the screen.
        request: Rc<QueuedRequest>,
        /// True if it was sent before, so that the endpoint needs time to settle.
        is_again: bool,
    },
    /// Read the city's list, after a pause if something was just sent, then call [`Sending::looked`].
    Look {
        /// True if something was just sent, so that the endpoint needs time to settle.
        is_after_post: bool,
    },
    /// The send is over.
    Finish(Verdict),
}

/// How a send ended.
#[derive(Clone, Debug, PartialEq)]
pub enum Verdict {
    /// The city has the request.
    Sent {
        /// Its number, if the city gave one.
        reference: Reference,
        /// What the city has, if that is not what was to be sent now.
        other: Option<OtherWords>,
        /// The numbers of further requests that the same send made.
        twins: Vec<RequestNumber>,
    },
    /// The city refused the request, and does not have it.
    Refused,
    /// The city does not have the request; it can be sent again.
    NotSent,
    /// The request may have arrived. Sending it again is safe, because the endpoint recognises its key.
    MayBeSentAgain,
    /// The request may have arrived, and there is no way to find out.
    Unclear {
        /// True if the city's list could be read.
        was_list_read: bool,
        /// Requests in the city's list that may be this one.
        candidates: Vec<Candidate>,
    },
}

/// What the city has in place of the request that was to be sent.
#[derive(Clone, Debug, PartialEq)]
pub enum OtherWords {
    /// This earlier version.
    Earlier(Rc<QueuedRequest>),
    /// It is unknown which version: another tab sent it, or several versions were sent.
    Unknown,
}

/// What a send may do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SendMode {
    /// Send the request; if it may have arrived before, find that out instead.
    Normal,
    /// Only look for a request that may have arrived.
    CheckOnly,
    /// Look for it, and send the request if it is not found, even if the city may then have it twice.
    Resend,
    /// The resident recognised this request in the city's list as the one that was sent.
    Recognised(RequestNumber),
}

/// What the endpoint can do.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Abilities {
    /// It creates at most one request for a key (extension `idempotency`), and answers a key that it knows as it did the
    /// first time, whatever else is sent.
    pub is_idempotent: bool,
    /// Its requests of this service are not listed (GeoReport's “blackbox”).
    pub is_black_box: bool,
}

/// One send of a request.
#[derive(Clone, Debug)]
pub struct Sending {
    request: Rc<QueuedRequest>,
    mode: SendMode,
    abilities: Abilities,
    doubt: Doubt,
    /// What was posted last.
    posted: Option<Rc<QueuedRequest>>,
    /// True if some send may have arrived, other than the one in flight.
    is_in_doubt: bool,
    /// True once the endpoint has said that it has the request.
    is_proven: bool,
    /// True once the same request was posted twice in this send.
    is_repeated: bool,
    now: UnixMs,
    city_ahead_ms: Option<i64>,
}

impl Sending {
    /// Prepares to send a request at a time of the device's clock. `city_ahead_ms` is how far the city's clock is ahead
    /// of it, if that is known.
    pub fn new(
        request: Rc<QueuedRequest>,
        mode: SendMode,
        abilities: Abilities,
        now: UnixMs,
        city_ahead_ms: Option<i64>,
    ) -> Self {
        Self {
            request,
            mode,
            abilities,
            doubt: Doubt::default(),
            posted: None,
            is_in_doubt: false,
            is_proven: false,
            is_repeated: false,
            now,
            city_ahead_ms,
        }
    }

    /// The first action. `sent` and `doubt` are what the device has saved for the draft.
    pub fn start(
        &mut self,
        sent: Option<SentRecord>,
        doubt: Option<Doubt>,
        is_online: bool,
    ) -> Action {
        if let Some(sent) = sent {
            let is_other = sent.fingerprint != fingerprint(&self.request);
            let other = is_other.then_some(OtherWords::Unknown);
            return finish_sent(sent.reference, other, Vec::new());
        }
        let Some(doubt) = doubt.filter(|doubt| !doubt.sends.is_empty()) else {
            return if !is_online || self.mode == SendMode::CheckOnly {
                Action::Finish(Verdict::NotSent)
            } else {
                self.post_current()
            };
        };
        self.doubt = doubt;
        self.is_in_doubt = true;
        if !is_online {
            return self.finish_in_doubt();
        }
        if let SendMode::Recognised(number) = &self.mode {
            let other = self.one_of(&self.doubt.sends);
            return finish_sent(Reference::Number(number.clone()), other, Vec::new());
        }
        match self.doubt.sends.last().cloned() {
            // With the same key and the same words as before: the endpoint answers as it did then, or does now what it
            // could not do then. Other words under the same key would be lost.
            Some(last) if self.abilities.is_idempotent => self.post(last, false),
            _ if self.abilities.is_black_box && self.mode == SendMode::Resend => {
                self.post_current()
            }
            _ => self.look(false),
        }
    }

    /// Call when a doubt was saved.
    pub fn saved(&mut self) -> Action {
        let request = self.request.clone();
        self.post(request, false)
    }

    /// Call when a POST has ended.
    pub fn posted(&mut self, answer: &PostAnswer) -> Action {
        let is_idempotent = self.abilities.is_idempotent;
        match answer {
            PostAnswer::Accepted(reference) => {
                let posted = self.posted.as_ref();
                let other = posted.and_then(|posted| self.other(posted));
                finish_sent(reference.clone(), other, Vec::new())
            }
            // An endpoint that recognises keys would have answered as it did the first time.
            PostAnswer::Refused {
                is_for_contents: true,
            } if is_idempotent => {
                self.is_in_doubt = false;
                let posted = self.posted.as_ref();
                if posted.and_then(|posted| self.other(posted)).is_none() {
                    return Action::Finish(Verdict::Refused);
                }
                // The city does not have the earlier version: now the one on the screen can be sent.
                self.doubt = Doubt::default();
                self.is_repeated = false;
                self.post_current()
            }
            PostAnswer::Refused { .. } if !self.is_in_doubt => Action::Finish(Verdict::Refused),
            PostAnswer::Busy if !self.is_in_doubt => Action::Finish(Verdict::NotSent),
            PostAnswer::Refused { .. } | PostAnswer::Busy => self.finish_in_doubt(),
            // The first answer to it may have been lost between the endpoint and the browser, which repeats a request
            // by itself when a connection breaks.
            PostAnswer::Duplicate if is_idempotent && !self.is_repeated => self.post_again(),
            PostAnswer::Duplicate if is_idempotent && !self.is_in_doubt => {
                Action::Finish(Verdict::Refused)
            }
            PostAnswer::Duplicate => {
                self.is_proven |= self.is_in_doubt;
                self.is_in_doubt = true;
                self.look(true)
            }
            PostAnswer::Unknown => {
                self.is_in_doubt = true;
                if !is_idempotent {
                    self.look(true)
                } else if self.is_repeated {
                    self.finish_in_doubt()
                } else {
                    self.post_again()
                }
            }
        }
    }

    /// Call when the city's list was read; `None` if it could not be. Rows of other services may be among them.
    pub fn looked(&mut self, rows: Option<&[ServiceRequest]>) -> Action {
        let rows_read = rows.unwrap_or_default();
        let mut own: Vec<(RequestNumber, &Rc<QueuedRequest>)> = Vec::new();
        for send in self.doubt.sends.iter().rev() {
            let mark = mark(send);
            for row in rows_read.iter().filter(|row| carries(row, &mark)) {
                let number = row.id.as_deref().map(RequestNumber::from);
                own.extend(number.map(|number| (number, send)));
            }
        }
        // What is on the screen comes first, so that the resident is shown its number.
        let current = own
            .iter()
            .position(|(_, send)| is_same(send, &self.request));
        if !own.is_empty() {
            let (number, send) = own.remove(current.unwrap_or_default());
            let twins = own.into_iter().map(|(number, _)| number);
            return finish_sent(Reference::Number(number), self.other(send), twins.collect());
        }
        if self.is_proven {
            return finish_sent(
                Reference::Nothing,
                self.one_of(&self.doubt.sends),
                Vec::new(),
            );
        }
        if self.mode == SendMode::Resend && self.posted.is_none() {
            return self.post_current();
        }
        Action::Finish(Verdict::Unclear {
            was_list_read: rows.is_some(),
            candidates: candidates(rows_read, &self.doubt, self.now),
        })
    }

    /// Saves the doubt about the current request, and then sends it.
    fn post_current(&mut self) -> Action {
        if self.doubt.sends.is_empty() {
            self.doubt.since = self.now;
            self.doubt.city_ahead_ms = self.city_ahead_ms;
        }
        let last = self.doubt.sends.last();
        if last.is_none_or(|last| self.other(last).is_some()) {
            self.doubt.sends.push(self.request.clone());
        }
        Action::SaveDoubt(self.doubt.clone())
    }

    /// A version that was sent, if it differs from the request of this send.
    fn other(&self, sent: &Rc<QueuedRequest>) -> Option<OtherWords> {
        (!is_same(sent, &self.request)).then(|| OtherWords::Earlier(sent.clone()))
    }

    /// What the city has if it has one of these versions.
    fn one_of(&self, sends: &[Rc<QueuedRequest>]) -> Option<OtherWords> {
        match sends {
            [send] => self.other(send),
            _ => Some(OtherWords::Unknown),
        }
    }

    fn post(&mut self, request: Rc<QueuedRequest>, is_again: bool) -> Action {
        self.posted = Some(request.clone());
        Action::Post { request, is_again }
    }

    fn post_again(&mut self) -> Action {
        self.is_repeated = true;
        match self.posted.clone() {
            Some(posted) => self.post(posted, true),
            None => self.finish_in_doubt(),
        }
    }

    fn look(&self, is_after_post: bool) -> Action {
        if self.abilities.is_black_box {
            return self.finish_in_doubt();
        }
        Action::Look { is_after_post }
    }

    fn finish_in_doubt(&self) -> Action {
        Action::Finish(if self.abilities.is_idempotent {
            Verdict::MayBeSentAgain
        } else {
            Verdict::Unclear {
                was_list_read: false,
                candidates: Vec::new(),
            }
        })
    }
}

fn finish_sent(
    reference: Reference,
    other: Option<OtherWords>,
    twins: Vec<RequestNumber>,
) -> Action {
    Action::Finish(Verdict::Sent {
        reference,
        other,
        twins,
    })
}

impl Verdict {
    /// True if it is known whether the city has the request: the saved doubt can be erased.
    pub fn ends_doubt(&self) -> bool {
        matches!(self, Self::Sent { .. } | Self::Refused | Self::NotSent)
    }
}

/// The request as it goes out: with the key if the endpoint recognises keys, otherwise with `line`, which contains its
/// [`mark`], at the end of the description.
pub fn outgoing(request: &QueuedRequest, abilities: Abilities, line: &str) -> Post {
    let mut post = request.post.clone();
    if abilities.is_idempotent {
        post.idempotency_key = request.draft.key.to_string();
    } else if !abilities.is_black_box {
        let words = post.description.as_str();
        let space = if words.is_empty() { "" } else { "\n" };
        post.description = [words, space, line].concat();
    }
    post
}

/// True if the city lists a request with this mark in its description.
fn carries(row: &ServiceRequest, mark: &str) -> bool {
    contains_mark(row.description.as_deref().unwrap_or_default(), mark)
}
