//! What is saved on the device: every key, and how a saved value is written and read.
//!
//! docs/storage.md lists the same for people: what, where, for how long, and how it is erased. No other
//! module spells a key. Where the bytes go is the business of the widget's `app::storage`.

use crate::ids::{DraftKey, PhotoId, RequestNumber, ServiceCode};
use json::Value;

/// Version of all formats here. A format that can no longer be read by the rules of [`Saved::from_json`] gets a
/// new key; a field that is only added keeps the version.
pub const FORMAT_VERSION: u32 = 1;

/// A value that is saved as JSON text.
pub trait Saved: Sized {
    /// The value as JSON.
    fn to_json(&self) -> Value;

    /// The value as it was saved by this or an earlier version; `None` if it cannot be read.
    /// Fields that are missing have their default, fields that are unknown are ignored.
    fn from_json(value: &Value) -> Option<Self>;

    /// The value as JSON text.
    fn to_text(&self) -> String {
        json::write(&self.to_json())
    }

    /// The value from the text that was saved; `None` if it cannot be read.
    fn from_text(text: &str) -> Option<Self> {
        Self::from_json(&json::parse(text).ok()?)
    }
}

/// A row of the database (IndexedDB), kept until it is erased; in memory where the browser blocks it.
#[derive(Clone, Copy, Debug)]
pub enum Row<'a> {
    /// A draft, by its service: a [`Draft`](crate::request::draft::Draft).
    Draft(&'a ServiceCode),
    /// A request in the outbox: a [`QueuedRequest`](crate::request::queued::QueuedRequest).
    Queued(&'a DraftKey),
    /// What the city gave for a draft: a [`Reference`](crate::request::reference::Reference) as text.
    Sent(&'a DraftKey),
    /// Since when nobody knows whether a draft arrived: Unix milliseconds.
    Doubt(&'a DraftKey),
    /// A request or token that was given to this device: the service's name.
    Own(&'a str),
    /// A request that is followed from this device: the service's name.
    Followed(&'a RequestNumber),
    /// A photo: a JPEG.
    Photo(&'a PhotoId),
}

/// The rows of one kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Table {
    /// See [`Row::Draft`].
    Drafts,
    /// See [`Row::Queued`].
    Queue,
    /// See [`Row::Sent`].
    Sent,
    /// See [`Row::Doubt`].
    Doubts,
    /// See [`Row::Own`].
    Own,
    /// See [`Row::Followed`].
    Followed,
    /// See [`Row::Photo`].
    Photos,
}

impl Table {
    /// What the keys of its rows begin with.
    pub fn prefix(self) -> &'static str {
        match self {
            Self::Drafts => "draft/",
            Self::Queue => "outbox/",
            Self::Sent => "sent/",
            Self::Doubts => "doubt/",
            Self::Own => "mine/",
            Self::Followed => "followed/",
            Self::Photos => "photo/",
        }
    }
}

impl Row<'_> {
    /// The row's key.
    pub fn key(&self) -> String {
        let (table, id): (Table, &str) = match self {
            Self::Draft(service) => (Table::Drafts, service),
            Self::Queued(key) => (Table::Queue, key),
            Self::Sent(key) => (Table::Sent, key),
            Self::Doubt(key) => (Table::Doubts, key),
            Self::Own(id) => (Table::Own, id),
            Self::Followed(number) => (Table::Followed, number),
            Self::Photo(id) => (Table::Photos, id),
        };
        [table.prefix(), id].concat()
    }
}

/// An entry of Web Storage. In which area it is kept, and for how long, says [`Entry::area`].
#[derive(Clone, Copy, Debug)]
pub enum Entry<'a> {
    /// The language that the resident chose: a BCP 47 tag.
    Language,
    /// The draft of this tab, with every letter that was typed: a [`Draft`](crate::request::draft::Draft).
    Draft(&'a ServiceCode),
    /// What a guide or a request filled in for a form: see [`prefill`](crate::request::prefill).
    Prefill(&'a ServiceCode),
    /// A copy of what was sent, by the value of its reference: JSON of the questions and answers.
    Copy(&'a str),
    /// The resident's contact details, if they asked for it: answers.
    Contact,
    /// “1” if the database holds something that the start view should show.
    HasSaved,
    /// What was typed into the look-up.
    Lookup,
    /// What the city last said about a request, by its number without case, blanks and dashes.
    Snapshot(&'a str),
    /// The numbers of all snapshots, most recent first, one a line.
    Snapshots,
    /// “1” if the two questions after a request was closed were answered.
    Rated(&'a str),
    /// Which of the city's questions was answered.
    Answered(&'a str),
    /// The text of an update that is being written, by its address after `#`.
    UpdateText(&'a str),
    /// How far the resident is with a guide, by the guide's id.
    Progress(&'a str),
    /// The answers to a guide's questions that are not confirmed yet, by the guide's id.
    UnconfirmedAnswers(&'a str),
    /// Feedback that has not arrived yet.
    Feedback,
    /// “1” if others use this computer.
    SharedComputer,
}

/// Where an entry of Web Storage is kept. On a computer that others use all of them are kept in memory.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Area {
    /// `sessionStorage`: until the tab is closed.
    Tab,
    /// `localStorage`: until it is erased.
    Device,
    /// `localStorage`, and `sessionStorage` where the browser keeps nothing beyond the tab.
    DeviceOrTab,
}

impl Entry<'_> {
    /// The entry's key; all keys of a widget begin with its own prefix.
    pub fn key(&self) -> String {
        let (start, id): (&str, &str) = match self {
            Self::Language => ("language", ""),
            Self::Draft(service) => ("draft/", service),
            Self::Prefill(service) => ("prefill/", service),
            Self::Copy(reference) => ("copy/", reference),
            Self::Contact => ("contact", ""),
            Self::HasSaved => ("waits", ""),
            Self::Lookup => ("lookup", ""),
            Self::Snapshot(number) => ("known/", number),
            Self::Snapshots => ("known/", ""),
            Self::Rated(number) => ("rated/", number),
            Self::Answered(number) => ("answered/", number),
            Self::UpdateText(address) => ("act", address),
            Self::Progress(guide) => ("guide/", guide),
            Self::UnconfirmedAnswers(guide) => return ["guide/", guide, "/chosen"].concat(),
            Self::Feedback => ("feedback", ""),
            Self::SharedComputer => ("shared", ""),
        };
        [start, id].concat()
    }

    /// Where the entry is kept.
    pub fn area(&self) -> Area {
        match self {
            Self::Language
            | Self::Draft(_)
            | Self::Prefill(_)
            | Self::Copy(_)
            | Self::Lookup
            | Self::UpdateText(_)
            | Self::UnconfirmedAnswers(_)
            | Self::SharedComputer => Area::Tab,
            Self::Contact | Self::HasSaved => Area::Device,
            Self::Snapshot(_)
            | Self::Snapshots
            | Self::Rated(_)
            | Self::Answered(_)
            | Self::Progress(_)
            | Self::Feedback => Area::DeviceOrTab,
        }
    }
}
