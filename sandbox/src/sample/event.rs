//! What happens to a request of the showcase, as data.

/// A request and what happened to it.
pub(super) struct Show {
    pub(super) code: &'static str,
    pub(super) days_ago: i64,
    pub(super) description: &'static str,
    /// The one of these, counted from 0, that it follows.
    pub(super) follows: Option<usize>,
    pub(super) events: &'static [Event],
}

/// So many working days after it came in, at that hour.
pub(super) struct Event(
    pub(super) u32,
    pub(super) u32,
    pub(super) What,
    pub(super) &'static str,
);

pub(super) enum What {
    Seen,
    Asked,
    Waiting,
    /// Late, with a new date so many working days after the request came in.
    Late(u32),
    HandedOver(&'static str),
    /// With mySociety's word for how.
    Closed(&'static str),
    StillThere,
    Reminded,
    Withdrawn,
}
