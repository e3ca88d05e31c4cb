//! Requests in the city's list that may be one that was sent, for the resident to choose from. None of them is ever taken
//! for the resident's own without being chosen: that takes a [mark](super::mark).

use super::doubt::Doubt;
use super::location::metres;
use crate::ids::RequestNumber;
use crate::time::{HOUR, MINUTE, UnixMs};
use open311::{Moment, ServiceRequest, form::Post};

/// A request in the city's list that may be the one that was sent.
#[derive(Clone, Debug, PartialEq)]
pub struct Candidate {
    /// Its number.
    pub number: RequestNumber,
    /// When it was submitted, as the city says.
    pub requested: Option<Moment>,
    /// Its description as the city lists it; may be empty or cut off.
    pub description: String,
    /// Its address as the city lists it; may be empty.
    pub address: String,
}

/// Allowance for the time between a send and its arrival, in milliseconds. With a larger one, more requests of others
/// are shown as possibly one's own. Sensible: 1 to 10 minutes.
pub(crate) const TOLERANCE: i64 = 5 * MINUTE;
/// The same if the city's clock is unknown: the device's may be set to another day.
pub(crate) const TOLERANCE_WITHOUT_CLOCK: i64 = 25 * HOUR;
/// Points closer than this, in metres, count as the same, because systems round coordinates. Sensible: 5 to 50.
const SAME_POINT_METRES: f64 = 30.0;
/// Cities that cut descriptions off show at least this many characters. Sensible: 20 to 60.
const SHORTEST_CUT: usize = 40;
/// At most this many candidates are shown, in the order of the city's list. Sensible: 2 to 5.
const MAX_CANDIDATES: usize = 3;

/// The requests in the city's list that may be one of those that were sent: of the same service, at the same place, with
/// the same description as far as the city shows it, and from the same time.
pub(super) fn candidates(rows: &[ServiceRequest], doubt: &Doubt, now: UnixMs) -> Vec<Candidate> {
    let (since, ahead, tolerance) = match doubt.city_ahead_ms {
        Some(ahead) => (doubt.since.plus(ahead), ahead, TOLERANCE),
        None => (doubt.since, 0, TOLERANCE_WITHOUT_CLOCK),
    };
    let is_timely = |row: &ServiceRequest| {
        let at = row.requested.as_ref().and_then(Moment::unix_milliseconds);
        at.is_none_or(|at| {
            UnixMs(at) >= since.plus(-tolerance) && UnixMs(at) <= now.plus(ahead + tolerance)
        })
    };
    let found = rows
        .iter()
        .filter(|row| row.id.is_some() && is_timely(row))
        .filter(|row| doubt.sends.iter().any(|send| may_be(row, &send.post)))
        .take(MAX_CANDIDATES);
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    let candidates = found.map(|row| Candidate {
        number: text(&row.id).into(),
        requested: row.requested.clone(),
        description: text(&row.description),
        address: text(&row.address),
    });
    candidates.collect()
}

fn may_be(row: &ServiceRequest, sent: &Post) -> bool {
    let is_same_service = row
        .service_code
        .as_deref()
        .is_none_or(|code| code == sent.service_code);
    is_same_service && may_be_description(row, sent) && may_be_place(row, sent)
}

/// False if the city shows another description than the one that was sent. Cities do not always show it.
fn may_be_description(row: &ServiceRequest, sent: &Post) -> bool {
    may_be_words(
        row.description.as_deref().unwrap_or_default(),
        &sent.description,
    )
}

/// False if the city shows other words than those that were sent. Cities cut words off, and put some of their own around
/// them.
pub(crate) fn may_be_words(shown: &str, sent: &str) -> bool {
    let shown = normalized(shown);
    let shown = shown.trim_end_matches(['…', '.', ' ']);
    let own = normalized(sent);
    shown.is_empty()
        || shown.contains(own.trim_end_matches(['…', '.', ' ']))
        || (shown.chars().count() >= SHORTEST_CUT && own.starts_with(shown))
}

fn may_be_place(row: &ServiceRequest, sent: &Post) -> bool {
    match (row.location, sent.location) {
        (Some(there), Some(here)) => metres(there, here) < SAME_POINT_METRES,
        _ => {
            let shown = normalized(row.address.as_deref().unwrap_or_default());
            shown.is_empty() || shown == normalized(&sent.address_string)
        }
    }
}

/// A text without the differences that a city's systems introduce: markup, white space and line breaks.
fn normalized(text: &str) -> String {
    let text = open311::plain_text(text);
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
