//! What happened to a request, newest first: from its updates, else from its notes, and from its
//! dates, each thing once, whatever order they were sent in.

use open311::{Moment, ServiceRequest, Status, Update};

/// One thing that happened.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Event {
    /// What happened, in the city's words.
    pub words: Option<String>,
    /// Where the request stands since; None where that was not said.
    pub status: Option<Status>,
    /// Who has it since, where it was handed over.
    pub agency: Option<String>,
    /// When.
    pub moment: Option<Moment>,
    /// The city asks the resident something.
    pub is_question: bool,
    /// The resident said it.
    pub is_own: bool,
    /// A picture.
    pub media_url: Option<String>,
}

/// Clocks differ; what is further ahead than this is a mistake of the sender's, in milliseconds.
const AHEAD: i64 = 300_000;
const MINUTE: i64 = 60_000;

/// The events of a request; `now` is Unix milliseconds.
pub fn timeline(request: &ServiceRequest, updates: &[Update], now: i64) -> Vec<Event> {
    let rows = match updates.is_empty() {
        true => request.notes.as_slice(),
        false => updates,
    };
    let mut dated: Vec<(Option<i64>, Event)> = Vec::with_capacity(rows.len() + 2);
    for row in rows {
        let event = of_update(row);
        if event.words.is_some() || event.status.is_some() || event.agency.is_some() {
            dated.push((at(event.moment.as_ref()), event));
        }
    }
    sort(&mut dated, now);
    let mut events: Vec<Event> = Vec::with_capacity(dated.len() + 2);
    for (at, event) in dated {
        // Of the same things one after the other, which after sorting are neighbours, the first stays.
        let is_known = events.last().is_some_and(|last| {
            last.words == event.words
                && last.status == event.status
                && minute(last.moment.as_ref()) == at.map(|at| at.div_euclid(MINUTE))
        });
        if !is_known {
            events.push(event);
        }
    }
    hand_over_once(&mut events);
    let says = |words: &str| {
        events
            .iter()
            .any(|event| event.words.as_deref() == Some(words))
    };
    if let Some(notes) = request.status_notes.as_deref().filter(|notes| !says(notes)) {
        events.insert(
            0,
            Event {
                words: Some(notes.to_owned()),
                moment: request.updated.clone(),
                ..Event::default()
            },
        );
    }
    let sent = minute(request.requested.as_ref());
    let is_told = events
        .last()
        .is_some_and(|last| sent.is_some() && minute(last.moment.as_ref()) == sent);
    if request.requested.is_some() && !is_told {
        events.push(Event {
            status: Some(Status::Known(open311::KnownStatus::Received)),
            moment: request.requested.clone(),
            ..Event::default()
        });
    }
    events
}

fn of_update(update: &Update) -> Event {
    let words = match (&update.title, &update.description) {
        (Some(title), Some(text)) if title != text => Some([title, "\n", text].concat()),
        (title, text) => text.clone().or_else(|| title.clone()),
    };
    Event {
        words,
        status: (update.status != Status::Unstated).then(|| update.status.clone()),
        agency: update.agency.clone(),
        moment: update.updated.clone(),
        is_question: update.is_question,
        is_own: update.is_own,
        media_url: update.media_url.clone(),
    }
}

fn at(moment: Option<&Moment>) -> Option<i64> {
    moment?
        .unix_milliseconds()
        .or_else(|| match moment?.parsed {
            Some(open311::Parsed::Civil(civil)) => Some(civil.as_if_utc()),
            _ => None,
        })
}

fn minute(moment: Option<&Moment>) -> Option<i64> {
    at(moment).map(|at| at.div_euclid(MINUTE))
}

/// Newest first. What has no moment stays behind what was sent before it; what lies in the future is not
/// the newest thing that happened, and comes after all that did.
fn sort(events: &mut [(Option<i64>, Event)], now: i64) {
    let mut before = i64::MIN;
    let mut order: Vec<i64> = Vec::with_capacity(events.len());
    for (at, _) in events.iter() {
        before = match at {
            Some(at) if *at > now + AHEAD => i64::MIN,
            Some(at) => *at,
            None => before,
        };
        order.push(before);
    }
    let mut indexed: Vec<usize> = (0..events.len()).collect();
    indexed.sort_by_key(|index| {
        let key = order.get(*index).copied().unwrap_or_default();
        (std::cmp::Reverse(key), std::cmp::Reverse(*index))
    });
    let sorted: Vec<(Option<i64>, Event)> = indexed
        .into_iter()
        .filter_map(|index| events.get(index).cloned())
        .collect();
    events.clone_from_slice(&sorted);
}

/// An office is told when it gets the request, and not again with every later update.
fn hand_over_once(events: &mut [Event]) {
    let mut last: Option<String> = None;
    for event in events.iter_mut().rev() {
        match event.agency.take() {
            Some(agency) if last.as_ref() != Some(&agency) => {
                last = Some(agency.clone());
                event.agency = Some(agency);
            }
            _ => {}
        }
    }
}

/// The newest question to the resident that they have not answered since.
pub fn open_question(events: &[Event]) -> Option<&Event> {
    let said = events
        .iter()
        .find(|event| event.is_question || event.is_own);
    said.filter(|event| event.is_question)
}

#[cfg(test)]
mod tests {
    use super::*;
    use open311::{json, read_requests, read_updates};
    use proptest::prelude::*;

    const NOW: i64 = 1_795_000_000_000; // 2026-11-18

    fn events(request: &str, updates: &str) -> Vec<Event> {
        let request = read_requests(&json::parse(request).unwrap()).rows.remove(0);
        let updates = read_updates(&json::parse(updates).unwrap()).rows;
        timeline(&request, &updates, NOW)
    }

    fn words(events: &[Event]) -> Vec<&str> {
        let words = events.iter().map(|event| event.words.as_deref());
        words.map(|words| words.unwrap_or("-")).collect()
    }

    const REQUEST: &str =
        r#"[{"service_request_id": "1", "requested_datetime": "2026-11-01T10:00:00Z"}]"#;

    #[test]
    fn whatever_the_order_the_newest_comes_first_and_each_thing_once() {
        let found = events(
            REQUEST,
            r#"[
                {"update_id": 2, "service_request_id": 1, "description": "B", "updated_datetime": "2026-11-03T10:00:00Z"},
                {"update_id": 1, "service_request_id": 1, "description": "A", "updated_datetime": "2026-11-02T10:00:00Z"},
                {"update_id": 2, "service_request_id": 1, "description": "B", "updated_datetime": "2026-11-03T10:00:30Z"},
                {"update_id": 3, "service_request_id": 1, "description": "Future", "updated_datetime": "2030-01-01T10:00:00Z"}
            ]"#,
        );
        assert_eq!(words(&found), ["B", "A", "Future", "-"]);
    }

    #[test]
    fn notes_and_the_reason_are_told_where_there_is_no_history() {
        let found = events(
            r#"[{"service_request_id": "1", "status_notes": "Done by the crew", "requested_datetime": "2026-11-01T10:00:00Z",
                 "updated_datetime": "2026-11-02T10:00:00Z",
                 "notes": [{"description": "Sent a crew", "datetime": "2026-11-02T08:00:00Z"}]}]"#,
            "[]",
        );
        assert_eq!(words(&found), ["Done by the crew", "Sent a crew", "-"]);
    }

    #[test]
    fn an_office_is_named_when_it_gets_the_request() {
        let found = events(
            REQUEST,
            r#"[
                {"update_id": 1, "service_request_id": 1, "description": "A", "agency_responsible": "Streets", "updated_datetime": "2026-11-02T10:00:00Z"},
                {"update_id": 2, "service_request_id": 1, "description": "B", "agency_responsible": "Streets", "updated_datetime": "2026-11-03T10:00:00Z"},
                {"update_id": 3, "service_request_id": 1, "description": "C", "agency_responsible": "Water", "updated_datetime": "2026-11-04T10:00:00Z"}
            ]"#,
        );
        let agencies: Vec<Option<&str>> =
            found.iter().map(|event| event.agency.as_deref()).collect();
        assert_eq!(agencies, [Some("Water"), None, Some("Streets"), None]);
    }

    #[test]
    fn a_question_is_open_until_the_resident_has_said_something() {
        let question = r#"{"update_id": 1, "service_request_id": 1, "type": "question", "description": "Which side?", "updated_datetime": "2026-11-02T10:00:00Z"}"#;
        let city = r#"{"update_id": 3, "service_request_id": 1, "description": "We wait", "updated_datetime": "2026-11-04T10:00:00Z"}"#;
        let own = r#"{"update_id": 2, "service_request_id": 1, "author": "resident", "description": "The left", "updated_datetime": "2026-11-03T10:00:00Z"}"#;
        let open = |rows: &[&str]| {
            let found = events(REQUEST, &format!("[{}]", rows.join(",")));
            open_question(&found).and_then(|event| event.words.clone())
        };
        assert_eq!(open(&[question]).as_deref(), Some("Which side?"));
        assert_eq!(open(&[question, city]).as_deref(), Some("Which side?"));
        assert_eq!(open(&[question, city, own]), None);
        assert_eq!(open(&[]), None);
    }

    proptest! {
        #[test]
        fn no_history_can_harm(rows in prop::collection::vec((0u8..4, "[A-C]?", 0i64..2_000_000), 0..60)) {
            let rows: Vec<Update> = rows.into_iter().map(|(kind, words, at)| Update {
                description: Some(words).filter(|words| !words.is_empty()),
                updated: (kind > 0).then(|| Moment::read(&format!("2026-11-{:02}T10:00:00Z", at % 28 + 1))).flatten(),
                ..Update::default()
            }).collect();
            let found = timeline(&ServiceRequest::default(), &rows, NOW);
            prop_assert!(found.len() <= rows.len() + 1);
        }
    }
}
