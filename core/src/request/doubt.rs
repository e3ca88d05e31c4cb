//! What is saved on the device about a draft that was sent: the versions whose arrival is unknown, and, once it is known,
//! the city's reference.
//!
//! What follows from it is decided in [`super::sending`].

use super::queued::QueuedRequest;
use super::reference::Reference;
use crate::storage::Saved;
use crate::time::UnixMs;
use json::Value;
use std::rc::Rc;

/// What was sent of a draft while it is unknown whether the city has it. Saved before each send.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Doubt {
    /// The versions that were sent, oldest first; never empty in a doubt that was saved.
    pub sends: Vec<Rc<QueuedRequest>>,
    /// When the first was sent, by the device's clock.
    pub since: UnixMs,
    /// How far the city's clock is ahead of the device's, in milliseconds, if that is known.
    pub city_ahead_ms: Option<i64>,
}

impl Doubt {
    /// When the first version was sent, by the city's clock; `None` if that is unknown.
    pub fn since_in_city(&self) -> Option<UnixMs> {
        Some(self.since.plus(self.city_ahead_ms?))
    }
}

impl Saved for Doubt {
    fn to_json(&self) -> Value {
        let sends = self.sends.iter().map(|send| send.to_json());
        let sends: Vec<Value> = sends.collect();
        let mut fields = vec![
            ("sends", Value::from(sends)),
            ("since", self.since.0.into()),
        ];
        if let Some(ahead) = self.city_ahead_ms {
            fields.push(("ahead", ahead.into()));
        }
        Value::object(fields)
    }

    fn from_json(value: &Value) -> Option<Self> {
        let sends = value.get("sends")?.items().iter();
        Some(Self {
            sends: sends
                .filter_map(|send| QueuedRequest::from_json(send).map(Rc::new))
                .collect(),
            since: UnixMs(value.i64_of("since")?),
            city_ahead_ms: value.i64_of("ahead"),
        })
    }
}

/// What is kept of a draft after it was sent: the city's reference and a fingerprint of what was sent, so that another
/// tab with other words does not take them for sent.
#[derive(Clone, Debug, PartialEq)]
pub struct SentRecord {
    /// The city's reference.
    pub reference: Reference,
    /// The [`fingerprint`](super::mark::fingerprint) of the request.
    pub fingerprint: String,
}

impl SentRecord {
    /// Encodes the record: the reference, and the fingerprint on a line of its own.
    pub fn to_text(&self) -> String {
        [&self.reference.to_text(), "\n", &self.fingerprint].concat()
    }

    /// Decodes a record that was saved; `None` if it is not one.
    pub fn parse(saved: &str) -> Option<Self> {
        let (reference, fingerprint) = saved.split_once('\n').unwrap_or((saved, ""));
        Some(Self {
            reference: Reference::parse(reference)?,
            fingerprint: fingerprint.to_owned(),
        })
    }
}
