//! What a resident writes to an existing request (a service request update) until the city has it, and its encoding on
//! the device.
//!
//! It does not know how it is sent: that is decided in [`update_sending`](super::update_sending).

use super::update_kind::UpdateKind;
use crate::ids::{DraftKey, PhotoId, RequestNumber};
use crate::request::mark::{EMPTY_HASH, add_to_hash, mark_of, symbols};
use crate::storage::Saved;
use crate::time::UnixMs;
use json::Value;

/// An update that is being written, or waits to be sent. There is one for each request and kind.
#[derive(Clone, Debug, PartialEq)]
pub struct UpdateDraft {
    /// The number of the request.
    pub number: RequestNumber,
    /// What the update is for.
    pub kind: UpdateKind,
    /// Its random key. A draft that was sent is followed by one with another key.
    pub key: DraftKey,
    /// What was written.
    pub text: String,
    /// The photo that goes along.
    pub photo: Option<PhotoId>,
    /// Identifies the city's question that it answers (`Event::mark`); empty if there is none.
    pub question: String,
    /// The code of the request's service; empty if it is unknown.
    pub service: String,
    /// The keys of earlier versions that the city had when this draft was begun.
    pub known: Vec<String>,
    /// True if the city is to ask the sender of the request to confirm it.
    pub needs_confirmation: bool,
    /// True if the resident has sent it and it waits for the network.
    pub is_waiting: bool,
    /// When it was changed last.
    pub changed_at: UnixMs,
}

/// The id under which the update of a request is saved.
pub fn id_of(number: &RequestNumber, kind: UpdateKind) -> String {
    [&**number, "/", kind.name()].concat()
}

impl UpdateDraft {
    /// An empty draft with this key.
    pub fn new(number: RequestNumber, kind: UpdateKind, key: DraftKey) -> Self {
        Self {
            number,
            kind,
            key,
            text: String::new(),
            photo: None,
            question: String::new(),
            service: String::new(),
            known: Vec::new(),
            needs_confirmation: false,
            is_waiting: false,
            changed_at: UnixMs::default(),
        }
    }

    /// The id under which it is saved.
    pub fn id(&self) -> String {
        id_of(&self.number, self.kind)
    }

    /// True if nothing would be lost with it.
    pub fn is_blank(&self) -> bool {
        self.text.trim().is_empty() && self.photo.is_none() && !self.is_waiting
    }

    /// What is sent of it, with this text in place of an empty one.
    pub fn version(&self, default_text: &str) -> Version {
        let text = match self.text.trim() {
            "" => default_text,
            text => text,
        };
        let photo = self.photo.clone();
        let words = add_to_hash(EMPTY_HASH, text);
        let words = add_to_hash(words, photo.as_ref().map_or("", |id| id));
        let key = [&*self.key, "-", &symbols(words, 13)].concat();
        Version {
            key,
            text: text.to_owned(),
            photo,
        }
    }
}

impl Saved for UpdateDraft {
    fn to_json(&self) -> Value {
        Value::object(vec![
            ("number", Value::from(&*self.number)),
            ("kind", self.kind.name().into()),
            ("key", Value::from(&*self.key)),
            ("text", self.text.as_str().into()),
            ("photo", self.photo.as_deref().unwrap_or_default().into()),
            ("question", self.question.as_str().into()),
            ("service", self.service.as_str().into()),
            ("known", Value::texts(&self.known)),
            ("confirm", self.needs_confirmation.into()),
            ("waits", self.is_waiting.into()),
            ("changed", self.changed_at.0.into()),
        ])
    }

    fn from_json(value: &Value) -> Option<Self> {
        let text = |name| value.string_of(name);
        let is = |name| value.get(name).and_then(Value::as_bool) == Some(true);
        Some(Self {
            number: text("number")?.into(),
            kind: UpdateKind::from_name(&text("kind")?)?,
            key: text("key")?.into(),
            text: text("text").unwrap_or_default(),
            photo: photo_of(value),
            question: text("question").unwrap_or_default(),
            service: text("service").unwrap_or_default(),
            known: texts_of(value, "known"),
            needs_confirmation: is("confirm"),
            is_waiting: is("waits"),
            changed_at: UnixMs(value.i64_of("changed").unwrap_or_default()),
        })
    }
}

/// One version of an update as it goes out: other words have another key, so that they are never taken for sent.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Version {
    /// Its key, sent as `update_id` and `idempotency_key`.
    pub key: String,
    /// What the resident says.
    pub text: String,
    /// The photo that goes along.
    pub photo: Option<PhotoId>,
}

impl Version {
    /// A code that is sent with the text where the endpoint does not recognise keys, and by which the update is found
    /// among those of the city: eight letters and digits in two groups.
    pub fn mark(&self) -> String {
        mark_of(add_to_hash(EMPTY_HASH, &self.key))
    }
}

impl Saved for Version {
    fn to_json(&self) -> Value {
        Value::object(vec![
            ("key", Value::from(self.key.as_str())),
            ("text", self.text.as_str().into()),
            ("photo", self.photo.as_deref().unwrap_or_default().into()),
        ])
    }

    fn from_json(value: &Value) -> Option<Self> {
        Some(Self {
            key: value.string_of("key")?,
            text: value.string_of("text").unwrap_or_default(),
            photo: photo_of(value),
        })
    }
}

fn photo_of(value: &Value) -> Option<PhotoId> {
    let id = value.string_of("photo").filter(|id| !id.is_empty())?;
    Some(id.into())
}

/// The part of a version's key that identifies its text and its photo, whatever draft they come from.
pub(super) fn words_of(key: &str) -> &str {
    key.rsplit('-').next().unwrap_or_default()
}

/// The texts of a list in a saved value.
pub(super) fn texts_of(value: &Value, name: &str) -> Vec<String> {
    let items = value.items_of(name).iter();
    items.filter_map(Value::string).collect()
}
