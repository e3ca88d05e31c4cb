//! What the device remembers of the sends of an update, saved before each of them. It is to updates what
//! [`request::doubt`](crate::request::doubt) is to requests.

use super::update_draft::{Version, texts_of, words_of};
use crate::storage::Saved;
use crate::time::UnixMs;
use json::Value;

/// What was sent of an update, saved before each send.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct UpdateSends {
    /// The versions that may have arrived, oldest first.
    pub doubts: Vec<Version>,
    /// When the first of these was sent, by the device's clock.
    pub since: UnixMs,
    /// How far the city's clock is ahead of the device's, in milliseconds, if that is known.
    pub city_ahead_ms: Option<i64>,
    /// The keys of the versions that the city has, oldest first.
    pub done: Vec<String>,
    /// The keys of versions that may have arrived and that no longer matter, because the city has a later one.
    pub passed: Vec<String>,
}

/// At most this many versions of each kind are remembered, for tabs that still show one of them. Sensible: 4 to 20.
const MAX_REMEMBERED: usize = 8;

impl UpdateSends {
    /// True if it is unknown whether the city has something.
    pub fn is_in_doubt(&self) -> bool {
        !self.doubts.is_empty()
    }

    /// True if the city has this version. One with the same words counts too, unless it was sent before the form was
    /// opened, when versions with these keys were `known`: another tab has sent it since.
    pub(super) fn has(&self, version: &Version, known: &[String]) -> bool {
        self.done.iter().any(|key| {
            let is_new = !known.contains(key);
            *key == version.key || (is_new && words_of(key) == words_of(&version.key))
        })
    }

    /// Notes that the city has this version. The others no longer matter.
    pub(super) fn settle(&mut self, version: &Version) {
        let passed = self.doubts.drain(..).map(|doubt| doubt.key);
        self.passed.extend(passed.filter(|key| *key != version.key));
        self.done.push(version.key.clone());
        for keys in [&mut self.done, &mut self.passed] {
            let surplus = keys.len().saturating_sub(MAX_REMEMBERED);
            keys.drain(..surplus);
        }
    }
}

impl Saved for UpdateSends {
    fn to_json(&self) -> Value {
        let doubts: Vec<Value> = self.doubts.iter().map(Saved::to_json).collect();
        let mut fields = vec![
            ("doubts", Value::from(doubts)),
            ("done", Value::texts(&self.done)),
            ("passed", Value::texts(&self.passed)),
            ("since", self.since.0.into()),
        ];
        if let Some(ahead) = self.city_ahead_ms {
            fields.push(("ahead", ahead.into()));
        }
        Value::object(fields)
    }

    fn from_json(value: &Value) -> Option<Self> {
        let doubts = value.items_of("doubts").iter();
        Some(Self {
            doubts: doubts.filter_map(Version::from_json).collect(),
            since: UnixMs(value.i64_of("since").unwrap_or_default()),
            city_ahead_ms: value.i64_of("ahead"),
            done: texts_of(value, "done"),
            passed: texts_of(value, "passed"),
        })
    }
}
