//! The showcase requests as data: what was sent, and what happened afterwards.

pub(super) struct ShowcaseRequest {
    pub(super) service_code: &'static str,
    pub(super) days_ago: i64,
    pub(super) description: &'static str,
    /// The index of the earlier showcase request that this one follows.
    pub(super) follows: Option<usize>,
    pub(super) events: &'static [Event],
}

pub(super) struct Event {
    /// Working days after the request was sent.
    pub(super) day: u32,
    pub(super) hour: u32,
    pub(super) kind: EventKind,
    pub(super) note: &'static str,
}

pub(super) enum EventKind {
    Started,
    Asked,
    Waiting,
    /// With a new date, this many working days after the request was sent.
    Late(u32),
    /// To this office.
    HandedOver(&'static str),
    /// With mySociety's status of the update.
    Closed(&'static str),
    StillThere,
    Reminded,
    Withdrawn,
}

impl Event {
    pub(super) const fn new(day: u32, hour: u32, kind: EventKind, note: &'static str) -> Self {
        Event {
            day,
            hour,
            kind,
            note,
        }
    }
}
