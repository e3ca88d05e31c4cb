//! The keys of everything that is saved on the device, and how saved values are encoded.
//!
//! No other module spells a key. This one does not access any storage; that is up to the widget's
//! `app::device`. docs/storage.md lists for people what is saved, where, for how long, and how it is erased.

use crate::ids::{DraftKey, PhotoId, RequestNumber, ServiceCode};
use json::Value;

/// The version of all saved formats. A format that [`Saved::from_json`] could not read by its rules gets a new
/// key; adding a field does not change the version.
pub const FORMAT_VERSION: u32 = 1;

/// A value that is saved as JSON text.
pub trait Saved: Sized {
    /// Encodes the value as JSON.
    fn to_json(&self) -> Value;

    /// Decodes a value that was saved by this or an earlier version; `None` if it cannot be read.
    /// Missing fields get their default, unknown fields are ignored.
    fn from_json(value: &Value) -> Option<Self>;

    /// Encodes the value as JSON text.
    fn to_text(&self) -> String {
        json::write(&self.to_json())
    }

    /// Decodes a value from JSON text; `None` if it cannot be read.
    fn from_text(text: &str) -> Option<Self> {
        Self::from_json(&json::parse(text).ok()?)
    }
}

/// A row of the database (IndexedDB), kept until it is erased; in memory if the browser blocks the database.
#[derive(Clone, Copy, Debug)]
pub enum Row<'a> {
    /// The draft for a service: a [`Draft`](crate::request::draft::Draft).
    Draft(&'a ServiceCode),
    /// A request in the outbox: a [`QueuedRequest`](crate::request::queued::QueuedRequest).
    Queued(&'a DraftKey),
    /// What the city returned for a draft that was sent: a [`Reference`](crate::request::reference::Reference) as text.
    Sent(&'a DraftKey),
    /// When it became uncertain whether a draft arrived: Unix milliseconds.
    Doubt(&'a DraftKey),
    /// A request that was sent from this device, by its number or token: the service's name.
    Own(&'a str),
    /// A request that is followed on this device: the service's name.
    Followed(&'a RequestNumber),
    /// A photo: a JPEG.
    Photo(&'a PhotoId),
    /// What a resident writes to an existing request, by the request's number and the kind of update: an
    /// [`UpdateDraft`](crate::status::update_draft::UpdateDraft).
    Update(&'a str),
    /// The secret that proves that a request was sent from this device, by its number or token: as the city gave it.
    Receipt(&'a str),
    /// What was sent of an update: [`UpdateSends`](crate::status::update_sending::UpdateSends).
    UpdateSends(&'a str),
}

/// A kind of row.
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
    /// See [`Row::Update`].
    Updates,
    /// See [`Row::Receipt`].
    Receipts,
    /// See [`Row::UpdateSends`].
    UpdateSends,
}

impl Table {
    /// The prefix of its rows' keys.
    pub fn prefix(self) -> &'static str {
        match self {
            Self::Drafts => "draft/",
            Self::Queue => "outbox/",
            Self::Sent => "sent/",
            Self::Doubts => "doubt/",
            Self::Own => "mine/",
            Self::Followed => "followed/",
            Self::Photos => "photo/",
            Self::Updates => "update/",
            Self::Receipts => "receipt/",
            Self::UpdateSends => "update-sends/",
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
            Self::Update(id) => (Table::Updates, id),
            Self::Receipt(id) => (Table::Receipts, id),
            Self::UpdateSends(id) => (Table::UpdateSends, id),
        };
        [table.prefix(), id].concat()
    }
}

/// An entry of Web Storage; [`Entry::area`] determines where and for how long it is kept.
#[derive(Clone, Copy, Debug)]
pub enum Entry<'a> {
    /// The language the resident chose: a BCP 47 tag.
    Language,
    /// The draft of this tab, up to the last character typed: a [`Draft`](crate::request::draft::Draft).
    Draft(&'a ServiceCode),
    /// What a guide or an earlier request fills in for a form: see [`prefill`](crate::request::prefill).
    Prefill(&'a ServiceCode),
    /// A copy of a request that was sent, by the value of its reference: JSON of the questions and answers.
    Copy(&'a str),
    /// The resident's contact details, if they chose to have them remembered: answers as JSON.
    Contact,
    /// “1” if the database holds drafts or requests that the start view should show.
    HasSaved,
    /// The text typed into the look-up form.
    Lookup,
    /// The last known state of a request, by its number without case, blanks and dashes.
    Snapshot(&'a str),
    /// The numbers of all snapshots, one per line, most recent first.
    Snapshots,
    /// “1” if the feedback questions about a closed request have been answered.
    Rated(&'a str),
    /// The last of the city's questions about a request that the resident answered.
    Answered(&'a str),
    /// What a resident writes to an existing request, up to the last character typed, by the request's number and the
    /// kind of update: an [`UpdateDraft`](crate::status::update_draft::UpdateDraft).
    Update(&'a str),
    /// Set if the database holds an update that waits for the network: the key of the latest one.
    HasUpdates,
    /// The resident's progress in a guide, by the guide's id.
    Progress(&'a str),
    /// Answers to a guide's questions that are not confirmed yet, by the guide's id.
    UnconfirmedAnswers(&'a str),
    /// Feedback that has not been delivered yet.
    Feedback,
    /// “1” if the resident said that others use this computer.
    SharedComputer,
}

/// The storage area of an entry. On a shared computer every entry is kept in memory instead.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Area {
    /// `sessionStorage`: kept until the tab is closed.
    Tab,
    /// `localStorage`: kept until it is erased.
    Device,
    /// `localStorage`, or `sessionStorage` if the browser blocks `localStorage`.
    DeviceOrTab,
}

impl Entry<'_> {
    /// The entry's key. The widget puts its own prefix before every key.
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
            Self::Update(id) => ("update/", id),
            Self::HasUpdates => ("updates-wait", ""),
            Self::Progress(guide) => ("guide/", guide),
            Self::UnconfirmedAnswers(guide) => return ["guide/", guide, "/chosen"].concat(),
            Self::Feedback => ("feedback", ""),
            Self::SharedComputer => ("shared", ""),
        };
        [start, id].concat()
    }

    /// The storage area the entry belongs to.
    pub fn area(&self) -> Area {
        match self {
            Self::Language
            | Self::Draft(_)
            | Self::Prefill(_)
            | Self::Copy(_)
            | Self::Lookup
            | Self::Update(_)
            | Self::UnconfirmedAnswers(_)
            | Self::SharedComputer => Area::Tab,
            Self::Contact | Self::HasSaved | Self::HasUpdates => Area::Device,
            Self::Snapshot(_)
            | Self::Snapshots
            | Self::Rated(_)
            | Self::Answered(_)
            | Self::Progress(_)
            | Self::Feedback => Area::DeviceOrTab,
        }
    }
}
