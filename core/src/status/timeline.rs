//! The history of a request, newest first, merged from its notes, its updates and its own dates and status.
//!
//! Each event is listed once, in whatever order the endpoint sends them. Fetching updates, formatting dates and
//! wording statuses are up to the caller.

use crate::time::{MINUTE, UnixMs, wall_clock_ms};
use open311::{Author, KnownStatus, Moment, ServiceRequest, Status, Update};

/// An event in the history of a request.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Event {
    /// What happened, as the city or the resident wrote it. A title is on a line of its own.
    pub words: Option<String>,
    /// The status of the request since then; `None` if the event does not state it.
    pub status: Option<Status>,
    /// The endpoint's own word for `status`.
    pub status_text: Option<String>,
    /// The agency that has been responsible since then; `None` if that did not change.
    pub agency: Option<String>,
    /// When it happened.
    pub moment: Option<Moment>,
    /// True if the city asks the resident a question.
    pub is_question: bool,
    /// Who wrote it.
    pub author: Author,
    /// The address of a photo.
    pub media_url: Option<String>,
}

impl Event {
    /// Identifies the event among those of the same request.
    pub fn mark(&self) -> String {
        let at = self.moment.as_ref().map(|moment| moment.text.as_str());
        let parts = [at, self.words.as_deref()];
        parts.map(Option::unwrap_or_default).join(" ")
    }
}

/// Allowance for clocks that differ, in milliseconds. Events further in the future than this are mistakes of the
/// sender, and are listed after all others. Sensible: 1 to 15 minutes.
const CLOCK_TOLERANCE: i64 = 5 * MINUTE;
/// Subtracted from the rank of future events, so that they come after all that has happened, in their own order.
const FUTURE: i64 = 1 << 60;
/// The rank of events without a time that come before any event with one.
const FIRST: i64 = -(1 << 59);
/// The number of later events that are searched for a duplicate of an event. More take longer for long histories,
/// fewer miss duplicates among many events in one minute. Sensible: 20 to 500.
const LOOK_BACK: usize = 100;

/// The events of a request, newest first. `utc_offset_ms` is how far the city's clocks are ahead of UTC, in
/// milliseconds: times without a time zone are taken to be what those clocks show.
pub fn timeline(
    request: &ServiceRequest,
    updates: &[Update],
    now: UnixMs,
    utc_offset_ms: i64,
) -> Vec<Event> {
    let now = now.plus(utc_offset_ms).0;
    let clock = CityClock { now, utc_offset_ms };
    let mut ranked = Vec::with_capacity(updates.len() + request.notes.len() + 1);
    clock.add_updates(&request.notes, &mut ranked);
    // The ids of notes are unrelated to those of updates.
    ranked.iter_mut().for_each(|(_, id, _)| *id = None);
    clock.add_updates(updates, &mut ranked);
    if let Some(event) = status_event(request, &ranked) {
        let at = clock.at(event.moment.as_ref()).unwrap_or(now);
        insert(&mut ranked, rank(at, now), None, event);
    }
    let is_past = |(rank, ..): &&Ranked| *rank >= FIRST;
    let minute = |moment: Option<&Moment>| clock.minute(moment);
    let sent = minute(request.requested.as_ref());
    let oldest = ranked.iter().find(is_past);
    let has_sending =
        sent.is_some() && oldest.is_some_and(|(.., event)| minute(event.moment.as_ref()) == sent);
    // If all events are in the future, only the sending has happened so far.
    let is_newest = oldest.is_none()
        && clock
            .at(request.requested.as_ref())
            .is_some_and(|at| rank(at, now) >= FIRST);
    let mut events = clock.newest_first(ranked);
    keep_agency_changes(&mut events);
    if request.requested.is_some() && !has_sending {
        let event = Event {
            status: Some(Status::Known(KnownStatus::Received)),
            moment: request.requested.clone(),
            ..Event::default()
        };
        events.insert(if is_newest { 0 } else { events.len() }, event);
    }
    events
}

/// An event with its rank, by which events are sorted, and the id of its update.
type Ranked<'a> = (i64, Option<&'a str>, Box<Event>);

/// The rank of an event at a time. Events in the future have a lower rank: see [`FUTURE`].
fn rank(at: i64, now: i64) -> i64 {
    if at > now.saturating_add(CLOCK_TOLERANCE) {
        at - FUTURE
    } else {
        at
    }
}

/// The clocks of the city.
#[derive(Clone, Copy)]
struct CityClock {
    /// What the clocks show now, in milliseconds since they showed 1970-01-01T00:00.
    now: i64,
    /// How far they are ahead of UTC, in milliseconds.
    utc_offset_ms: i64,
}

impl CityClock {
    /// Adds the events of updates, oldest first. An update without a time has the rank of the one before it.
    fn add_updates<'a>(self, updates: &'a [Update], ranked: &mut Vec<Ranked<'a>>) {
        let is_newest_first = self.is_newest_first(updates);
        let mut last = FIRST;
        for index in 0..updates.len() {
            let index = if is_newest_first {
                updates.len() - 1 - index
            } else {
                index
            };
            let Some(update) = updates.get(index) else {
                continue;
            };
            let event = update_event(update);
            let is_empty = event.words.is_none() && event.media_url.is_none();
            if is_empty && event.status.is_none() && event.agency.is_none() {
                continue;
            }
            if let Some(at) = self.at(event.moment.as_ref()) {
                last = rank(at, self.now);
            }
            insert(ranked, last, update.id.as_deref(), event);
        }
    }

    /// True if the endpoint lists the newest update first; most list the oldest first.
    fn is_newest_first(self, updates: &[Update]) -> bool {
        let at = |update: Option<&Update>| self.at(update?.updated.as_ref());
        let last = at(updates.last());
        last.is_some() && at(updates.first()) > last
    }

    /// What the clocks showed at a moment; see [`wall_clock_ms`].
    fn at(self, moment: Option<&Moment>) -> Option<i64> {
        wall_clock_ms(moment?, self.utc_offset_ms)
    }

    fn minute(self, moment: Option<&Moment>) -> Option<i64> {
        self.at(moment).map(|at| at.div_euclid(MINUTE))
    }

    /// The events, newest first, without duplicates: of updates with the same id, and of events with the same text
    /// and status in the same minute, only the newest is kept.
    fn newest_first(self, ranked: Vec<Ranked>) -> Vec<Event> {
        let mut ids: Vec<&str> = Vec::new();
        let mut events: Vec<Event> = Vec::with_capacity(ranked.len() + 1);
        for (_, id, event) in ranked.into_iter().rev() {
            if let Some(id) = id {
                match ids.binary_search(&id) {
                    Ok(_) => continue,
                    Err(at) => ids.insert(at, id),
                }
            }
            let at = self.minute(event.moment.as_ref());
            // Without a time, only an adjacent event can be known to be a duplicate.
            let look_back = if at.is_some() { LOOK_BACK } else { 1 };
            let mut known = events.iter().rev().take(look_back);
            let is_duplicate = known.any(|known| {
                known.words == event.words
                    && known.status == event.status
                    && self.minute(known.moment.as_ref()) == at
            });
            if !is_duplicate {
                events.push(*event);
            }
        }
        events
    }
}

/// Inserts an event by its rank. Most updates arrive in order, so that few events are moved.
fn insert<'a>(ranked: &mut Vec<Ranked<'a>>, rank: i64, id: Option<&'a str>, event: Event) {
    let at = ranked.partition_point(|(before, ..)| *before <= rank);
    ranked.insert(at, (rank, id, Box::new(event)));
}

/// The event of the request's own status and status notes, if no other event states them.
fn status_event(request: &ServiceRequest, ranked: &[Ranked]) -> Option<Event> {
    let notes = request.status_notes.as_deref();
    let notes = notes.filter(|notes| !ranked.iter().any(|(.., event)| contains(event, notes)));
    let stage = request.status.stage();
    let has_stage = ranked.iter().any(|(.., event)| {
        let status = event.status.as_ref();
        status.is_some_and(|status| status.stage() == stage)
    });
    // Whoever sent the request knows that it was received and is open.
    let is_obvious = matches!(
        request.status,
        Status::Unstated | Status::Open | Status::Known(KnownStatus::Received)
    );
    if notes.is_none() && (has_stage || is_obvious || request.updated.is_none()) {
        return None;
    }
    Some(Event {
        words: notes.map(str::to_owned),
        status: (request.status != Status::Unstated).then(|| request.status.clone()),
        status_text: request.status_text.clone(),
        moment: request.updated.clone(),
        ..Event::default()
    })
}

/// True if the text of an event is this text, with or without a title.
fn contains(event: &Event, text: &str) -> bool {
    let before = event
        .words
        .as_deref()
        .and_then(|all| all.strip_suffix(text));
    before.is_some_and(|before| before.is_empty() || before.ends_with('\n'))
}

fn update_event(update: &Update) -> Event {
    let words = match (&update.title, &update.description) {
        (Some(title), Some(text)) if title != text => Some([title, "\n", text].concat()),
        (title, text) => text.clone().or_else(|| title.clone()),
    };
    Event {
        words,
        status: (update.status != Status::Unstated).then(|| update.status.clone()),
        status_text: update.status_text.clone(),
        agency: update.agency.clone(),
        moment: update.updated.clone(),
        is_question: update.is_question,
        author: update.author,
        media_url: update.media_url.clone(),
    }
}

/// Keeps the agency only in the event in which it becomes responsible, and not in every later one.
fn keep_agency_changes(events: &mut [Event]) {
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

/// The newest question to the resident, if they have not sent an update since.
pub fn open_question(events: &[Event]) -> Option<&Event> {
    let newest = events
        .iter()
        .find(|event| event.is_question || event.author == Author::Resident);
    newest.filter(|event| event.is_question)
}

#[cfg(test)]
mod tests {
    use super::*;
    use open311::{read_requests, read_updates};
    use proptest::prelude::*;

    const NOW: UnixMs = UnixMs(1_795_000_000_000); // 2026-11-18
    const CLOCK: CityClock = CityClock {
        now: NOW.0,
        utc_offset_ms: 0,
    };

    fn events(request: &str, updates: &str) -> Vec<Event> {
        let request = read_requests(&json::parse(request).unwrap()).rows.remove(0);
        let updates = read_updates(&json::parse(updates).unwrap()).rows;
        timeline(&request, &updates, NOW, 0)
    }

    fn texts(events: &[Event]) -> Vec<&str> {
        let texts = events.iter().map(|event| event.words.as_deref());
        texts.map(|text| text.unwrap_or("-")).collect()
    }

    #[test]
    fn a_time_without_a_zone_is_in_the_city_s_time() {
        let request = ServiceRequest::default();
        let rows = |text: &str| read_updates(&json::parse(text).unwrap()).rows;
        // A is an hour old by clocks that are two hours ahead; B has a zone and is half an hour old.
        let updates = rows(
            r#"[{"update_id": 1, "description": "A", "updated_datetime": "2026-11-18T13:06:40"},
                {"update_id": 2, "description": "B", "updated_datetime": "2026-11-18T11:36:40Z"}]"#,
        );
        let now = UnixMs(1_795_003_600_000); // 12:06:40Z
        let found = timeline(&request, &updates, now, 7_200_000);
        assert_eq!(texts(&found), ["B", "A"]);
        // By clocks in UTC, A would be in the future.
        let found = timeline(&request, &updates, now, 0);
        assert_eq!(texts(&found), ["B", "A"]);
    }

    #[test]
    fn notes_and_updates_are_merged_without_duplicates() {
        let request = r#"[{"service_request_id": "1", "notes": [
            {"datetime": "2026-11-02T10:00:00Z", "description": "A"},
            {"datetime": "2026-11-04T10:00:00Z", "description": "C"}]}]"#;
        let updates = r#"[{"update_id": 1, "service_request_id": 1, "description": "B", "updated_datetime": "2026-11-03T10:00:00Z"},
            {"update_id": 2, "service_request_id": 1, "description": "C", "updated_datetime": "2026-11-04T10:00:30Z"}]"#;
        assert_eq!(texts(&events(request, updates)), ["C", "B", "A"]);
    }

    #[test]
    fn a_photo_without_a_text_is_an_event() {
        let updates = r#"[{"update_id": 1, "service_request_id": 1, "media_url": "https://c.example/1.jpg", "updated_datetime": "2026-11-03T10:00:00Z"}]"#;
        let found = events(REQUEST, updates);
        assert_eq!(
            found[0].media_url.as_deref(),
            Some("https://c.example/1.jpg")
        );
    }

    const REQUEST: &str =
        r#"[{"service_request_id": "1", "requested_datetime": "2026-11-01T10:00:00Z"}]"#;

    #[test]
    fn the_newest_event_comes_first_whatever_the_order_and_without_duplicates() {
        let found = events(
            REQUEST,
            r#"[
                {"update_id": 2, "service_request_id": 1, "description": "B", "updated_datetime": "2026-11-03T10:00:00Z"},
                {"update_id": 1, "service_request_id": 1, "description": "A", "updated_datetime": "2026-11-02T10:00:00Z"},
                {"update_id": 2, "service_request_id": 1, "description": "B", "updated_datetime": "2026-11-03T10:00:30Z"},
                {"update_id": 3, "service_request_id": 1, "description": "Future", "updated_datetime": "2030-01-01T10:00:00Z"}
            ]"#,
        );
        assert_eq!(texts(&found), ["B", "A", "Future", "-"]);
    }

    #[test]
    fn notes_and_status_notes_are_listed_if_there_are_no_updates() {
        let found = events(
            r#"[{"service_request_id": "1", "status_notes": "Done by the crew", "requested_datetime": "2026-11-01T10:00:00Z",
                 "updated_datetime": "2026-11-02T10:00:00Z",
                 "notes": [{"description": "Sent a crew", "datetime": "2026-11-02T08:00:00Z"}]}]"#,
            "[]",
        );
        assert_eq!(texts(&found), ["Done by the crew", "Sent a crew", "-"]);
    }

    #[test]
    fn an_agency_is_named_when_it_becomes_responsible() {
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
    fn a_question_is_open_until_the_resident_sends_an_update() {
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

    fn note(text: &str, day: u32) -> String {
        let at = if day == 0 {
            String::new()
        } else {
            format!(r#", "updated_datetime": "2026-11-{day:02}T10:00:00Z""#)
        };
        format!(r#"{{"service_request_id": 1, "description": "{text}"{at}}}"#)
    }

    #[test]
    fn an_update_without_a_time_keeps_its_position() {
        let list = |rows: &[(&str, u32)]| {
            let rows: Vec<String> = rows.iter().map(|(text, day)| note(text, *day)).collect();
            events(REQUEST, &format!("[{}]", rows.join(",")))
        };
        for rows in [
            [("A", 2), ("B", 0), ("C", 3), ("D", 4)],
            [("D", 4), ("C", 3), ("B", 0), ("A", 2)],
            [("A", 2), ("B", 0), ("D", 4), ("C", 3)],
        ] {
            assert_eq!(texts(&list(&rows)), ["D", "C", "B", "A", "-"], "{rows:?}");
        }
        assert_eq!(texts(&list(&[("A", 0), ("B", 0)])), ["B", "A", "-"]);
    }

    #[test]
    fn an_update_that_is_listed_twice_is_one_event() {
        let found = events(
            REQUEST,
            r#"[
                {"update_id": 1, "service_request_id": 1, "description": "A crew comes", "updated_datetime": "2026-11-02T10:00:00Z"},
                {"update_id": 1, "service_request_id": 1, "description": "A crew comes soon", "updated_datetime": "2026-11-03T10:00:00Z"},
                {"update_id": 2, "service_request_id": 1, "description": "B", "updated_datetime": "2026-11-04T10:00:40Z"},
                {"update_id": 3, "service_request_id": 1, "description": "C", "updated_datetime": "2026-11-04T10:00:20Z"},
                {"update_id": 4, "service_request_id": 1, "description": "B", "updated_datetime": "2026-11-04T10:00:00Z"}
            ]"#,
        );
        assert_eq!(texts(&found), ["B", "C", "A crew comes soon", "-"]);
    }

    #[test]
    fn events_in_the_future_come_last() {
        let future = r#"{"service_request_id": 1, "description": "Future", "updated_datetime": "2030-01-01T10:00:00Z"}"#;
        let first = r#"{"service_request_id": 1, "description": "Sent", "updated_datetime": "2026-11-01T10:00:20Z"}"#;
        let listed =
            |rows: &[&str]| texts(&events(REQUEST, &format!("[{}]", rows.join(",")))).join(" ");
        assert_eq!(listed(&[future]), "- Future");
        // An event at the time of sending replaces the generated one.
        assert_eq!(listed(&[first, future]), "Sent Future");
        // On a phone whose clock is behind, all events are in the future, and still in order.
        let request = ServiceRequest::default();
        let rows = [note("B", 3), note("A", 2), note("C", 4)].join(",");
        let rows = read_updates(&json::parse(&format!("[{rows}]")).unwrap()).rows;
        assert_eq!(
            texts(&timeline(&request, &rows, UnixMs(0), 0)),
            ["C", "B", "A"]
        );
    }

    #[test]
    fn closing_is_an_event_even_if_no_update_states_it() {
        let closed = r#"[{"service_request_id": "1", "status": "Closed", "requested_datetime": "2026-11-01T10:00:00Z",
            "updated_datetime": "2026-11-05T10:00:00Z"}]"#;
        let found = events(closed, &format!("[{}]", note("A crew came", 4)));
        assert_eq!(texts(&found), ["-", "A crew came", "-"]);
        let first = &found[0];
        assert_eq!(
            (&first.status, first.status_text.as_deref()),
            (&Some(Status::Closed), Some("Closed"))
        );
        let fixed = r#"[{"service_request_id": 1, "status": "fixed - council", "updated_datetime": "2026-11-05T09:58:00Z"}]"#;
        assert_eq!(events(closed, fixed).len(), 2);
        assert_eq!(events(&closed.replace("Closed", "open"), "[]").len(), 1);
    }

    #[test]
    fn two_thousand_updates_with_repeated_ids_are_merged() {
        let rows: Vec<Update> = (0..2_000)
            .map(|index| Update {
                id: Some((index % 1_900).to_string()),
                description: Some(index.to_string()),
                updated: Moment::read("2026-11-02T10:00:00Z"),
                ..Update::default()
            })
            .collect();
        let begun = std::time::Instant::now();
        let found = timeline(&ServiceRequest::default(), &rows, NOW, 0);
        println!("{} events in {:?}", found.len(), begun.elapsed());
        assert_eq!(found.len(), 1_900);
    }

    proptest! {
        #[test]
        fn events_are_sorted_unique_and_complete_in_any_order(rows in prop::collection::vec((1u32..29, "[A-C]", 0u8..60), 0..60)) {
            let rows: Vec<Update> = rows.into_iter().map(|(day, text, second)| Update {
                description: Some(text),
                updated: Moment::read(&format!("2026-11-{day:02}T10:00:{second:02}Z")),
                ..Update::default()
            }).collect();
            let found = timeline(&ServiceRequest::default(), &rows, NOW, 0);
            let order: Vec<(bool, i64)> = found.iter().map(|event| {
                let at = CLOCK.at(event.moment.as_ref()).unwrap();
                (at <= NOW.0 + CLOCK_TOLERANCE, at)
            }).collect();
            prop_assert!(order.is_sorted_by(|a, b| a >= b));
            let mut unique: Vec<_> = found.iter().map(|event| (CLOCK.minute(event.moment.as_ref()), &event.words)).collect();
            unique.sort();
            let all = unique.len();
            unique.dedup();
            prop_assert_eq!(unique.len(), all);
            // Nothing is lost, and the order in which it was sent does not matter.
            for row in &rows {
                prop_assert!(unique.contains(&(CLOCK.minute(row.updated.as_ref()), &row.description)));
            }
            let back: Vec<Update> = rows.into_iter().rev().collect();
            prop_assert_eq!(timeline(&ServiceRequest::default(), &back, NOW, 0).len(), all);
        }

        #[test]
        fn no_history_makes_merging_panic_or_adds_events(rows in prop::collection::vec((0u8..4, "[A-C]?", 0i64..2_000_000), 0..60)) {
            let rows: Vec<Update> = rows.into_iter().map(|(kind, text, at)| Update {
                description: Some(text).filter(|text| !text.is_empty()),
                updated: (kind > 0).then(|| Moment::read(&format!("2026-11-{:02}T10:00:00Z", at % 28 + 1))).flatten(),
                ..Update::default()
            }).collect();
            let found = timeline(&ServiceRequest::default(), &rows, NOW, 0);
            prop_assert!(found.len() <= rows.len() + 1);
        }
    }
}
