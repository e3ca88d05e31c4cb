//! What happened to a request, newest first: from its updates, else from its notes, and from its
//! dates, each thing once, whatever order they were sent in.

use crate::time::{MINUTE, UnixMs};
use open311::{KnownStatus, Moment, Parsed, ServiceRequest, Status, Update};

/// One thing that happened.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Event {
    /// What happened, in the city's words.
    pub words: Option<String>,
    /// Where the request stands since; None where that was not said.
    pub status: Option<Status>,
    /// The city's own word for `status`.
    pub status_text: Option<String>,
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

impl Event {
    /// What tells it from other events of the same request.
    pub fn mark(&self) -> String {
        let at = self.moment.as_ref().map(|moment| moment.text.as_str());
        let parts = [at, self.words.as_deref()];
        parts.map(Option::unwrap_or_default).join(" ")
    }
}

/// Clocks differ; what is further ahead than this is a mistake of the sender's, in milliseconds.
const AHEAD: i64 = 300_000;
/// What lies in the future comes after all that has happened, in the order of its own moments.
const FUTURE: i64 = 1 << 60;
/// What was told before anything with a moment.
const FIRST: i64 = -(1 << 59);
/// So many events before it are looked at for the same one.
const LOOK_BACK: usize = 100;

/// The events of a request, from its notes and its updates; `now` is Unix milliseconds, `ahead` how far the
/// city's clocks are ahead of UTC, in milliseconds: what they show without a zone is meant there.
pub fn timeline(
    request: &ServiceRequest,
    updates: &[Update],
    now: UnixMs,
    utc_offset_ms: i64,
) -> Vec<Event> {
    let now = now.plus(utc_offset_ms).0;
    let clock = CityClock { now, utc_offset_ms };
    let mut told = Vec::with_capacity(updates.len() + request.notes.len() + 1);
    clock.told(&request.notes, &mut told);
    // The numbers of notes are none of the updates'.
    told.iter_mut().for_each(|(_, id, _)| *id = None);
    clock.told(updates, &mut told);
    if let Some(event) = of_status(request, &told) {
        let at = clock.at(event.moment.as_ref()).unwrap_or(now);
        insert(&mut told, rank(at, now), None, event);
    }
    let is_past = |(rank, ..): &&Ranked| *rank >= FIRST;
    let minute = |moment: Option<&Moment>| clock.minute(moment);
    let sent = minute(request.requested.as_ref());
    let oldest = told.iter().find(is_past);
    let is_told =
        sent.is_some() && oldest.is_some_and(|(.., event)| minute(event.moment.as_ref()) == sent);
    // Where nothing but the future was told, this alone has happened.
    let is_newest = oldest.is_none()
        && clock
            .at(request.requested.as_ref())
            .is_some_and(|at| rank(at, now) >= FIRST);
    let mut events = clock.once(told);
    hand_over_once(&mut events);
    if request.requested.is_some() && !is_told {
        let event = Event {
            status: Some(Status::Known(KnownStatus::Received)),
            moment: request.requested.clone(),
            ..Event::default()
        };
        events.insert(if is_newest { 0 } else { events.len() }, event);
    }
    events
}

/// An event with its rank, and the id of its update.
type Ranked<'a> = (i64, Option<&'a str>, Box<Event>);

/// What is further ahead is less: see [`FUTURE`].
fn rank(at: i64, now: i64) -> i64 {
    match at > now.saturating_add(AHEAD) {
        true => at - FUTURE,
        false => at,
    }
}

/// What the city's clocks show now, and how far they are ahead of UTC, in milliseconds.
#[derive(Clone, Copy)]
struct CityClock {
    now: i64,
    utc_offset_ms: i64,
}

impl CityClock {
    /// Adds what updates tell, the oldest first. One without a moment stays with the one that was told before it.
    fn told<'a>(self, updates: &'a [Update], told: &mut Vec<Ranked<'a>>) {
        let is_newest_first = self.is_newest_first(updates);
        let mut last = FIRST;
        for index in 0..updates.len() {
            let index = match is_newest_first {
                true => updates.len() - 1 - index,
                false => index,
            };
            let Some(update) = updates.get(index) else {
                continue;
            };
            let event = of_update(update);
            let is_empty = event.words.is_none() && event.media_url.is_none();
            if is_empty && event.status.is_none() && event.agency.is_none() {
                continue;
            }
            if let Some(at) = self.at(event.moment.as_ref()) {
                last = rank(at, self.now);
            }
            insert(told, last, update.id.as_deref(), event);
        }
    }

    /// Whether the newest was sent first; most send the oldest first.
    fn is_newest_first(self, updates: &[Update]) -> bool {
        let at = |update: Option<&Update>| self.at(update?.updated.as_ref());
        let last = at(updates.last());
        last.is_some() && at(updates.first()) > last
    }

    /// What the city's clocks showed, in milliseconds since 1970-01-01T00:00 there.
    fn at(self, moment: Option<&Moment>) -> Option<i64> {
        match moment?.parsed? {
            Parsed::Unix(milliseconds) => Some(milliseconds.saturating_add(self.utc_offset_ms)),
            Parsed::Civil(civil) => Some(civil.as_if_utc()),
        }
    }

    fn minute(self, moment: Option<&Moment>) -> Option<i64> {
        self.at(moment).map(|at| at.div_euclid(MINUTE))
    }

    /// Each event once, the newest first: of an id the newest, and of the same words in the same minute too.
    fn once(self, told: Vec<Ranked>) -> Vec<Event> {
        let mut ids: Vec<&str> = Vec::new();
        let mut events: Vec<Event> = Vec::with_capacity(told.len() + 1);
        for (_, id, event) in told.into_iter().rev() {
            if let Some(id) = id {
                match ids.binary_search(&id) {
                    Ok(_) => continue,
                    Err(at) => ids.insert(at, id),
                }
            }
            let at = self.minute(event.moment.as_ref());
            // Without a moment only the very next one can be known to be the same.
            let look_back = if at.is_some() { LOOK_BACK } else { 1 };
            let mut known = events.iter().rev().take(look_back);
            let is_known = known.any(|known| {
                known.words == event.words
                    && known.status == event.status
                    && self.minute(known.moment.as_ref()) == at
            });
            if !is_known {
                events.push(*event);
            }
        }
        events
    }
}

/// Most are told in order, so that there is little to move.
fn insert<'a>(told: &mut Vec<Ranked<'a>>, rank: i64, id: Option<&'a str>, event: Event) {
    let at = told.partition_point(|(before, ..)| *before <= rank);
    told.insert(at, (rank, id, Box::new(event)));
}

/// What the request itself says of where it stands, if no update says it.
fn of_status(request: &ServiceRequest, told: &[Ranked]) -> Option<Event> {
    let notes = request.status_notes.as_deref();
    let notes = notes.filter(|notes| !told.iter().any(|(.., event)| says(event, notes)));
    let stage = request.status.stage();
    let is_told = told.iter().any(|(.., event)| {
        let status = event.status.as_ref();
        status.is_some_and(|status| status.stage() == stage)
    });
    // That it was received and is open, everybody knows who has sent it.
    let is_plain = matches!(
        request.status,
        Status::Unstated | Status::Open | Status::Known(KnownStatus::Received)
    );
    if notes.is_none() && (is_told || is_plain || request.updated.is_none()) {
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

/// Whether an event says this, be it under a headline.
fn says(event: &Event, words: &str) -> bool {
    let before = event
        .words
        .as_deref()
        .and_then(|all| all.strip_suffix(words));
    before.is_some_and(|before| before.is_empty() || before.ends_with('\n'))
}

fn of_update(update: &Update) -> Event {
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
        is_own: update.is_own,
        media_url: update.media_url.clone(),
    }
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

    fn words(events: &[Event]) -> Vec<&str> {
        let words = events.iter().map(|event| event.words.as_deref());
        words.map(|words| words.unwrap_or("-")).collect()
    }

    #[test]
    fn a_moment_without_a_zone_is_meant_where_the_city_is() {
        let request = ServiceRequest::default();
        let rows = |text: &str| read_updates(&json::parse(text).unwrap()).rows;
        // An hour ago by clocks that are two hours ahead; and one that says its zone, half an hour ago.
        let updates = rows(
            r#"[{"update_id": 1, "description": "A", "updated_datetime": "2026-11-18T13:06:40"},
                {"update_id": 2, "description": "B", "updated_datetime": "2026-11-18T11:36:40Z"}]"#,
        );
        let now = UnixMs(1_795_003_600_000); // 12:06:40Z
        let found = timeline(&request, &updates, now, 7_200_000);
        assert_eq!(words(&found), ["B", "A"]);
        // By clocks in UTC it would not have happened yet.
        let found = timeline(&request, &updates, now, 0);
        assert_eq!(words(&found), ["B", "A"]);
    }

    #[test]
    fn notes_and_updates_are_told_together_each_thing_once() {
        let request = r#"[{"service_request_id": "1", "notes": [
            {"datetime": "2026-11-02T10:00:00Z", "description": "A"},
            {"datetime": "2026-11-04T10:00:00Z", "description": "C"}]}]"#;
        let updates = r#"[{"update_id": 1, "service_request_id": 1, "description": "B", "updated_datetime": "2026-11-03T10:00:00Z"},
            {"update_id": 2, "service_request_id": 1, "description": "C", "updated_datetime": "2026-11-04T10:00:30Z"}]"#;
        assert_eq!(words(&events(request, updates)), ["C", "B", "A"]);
    }

    #[test]
    fn a_picture_alone_is_something_that_happened() {
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

    fn note(words: &str, day: u32) -> String {
        let at = if day == 0 {
            String::new()
        } else {
            format!(r#", "updated_datetime": "2026-11-{day:02}T10:00:00Z""#)
        };
        format!(r#"{{"service_request_id": 1, "description": "{words}"{at}}}"#)
    }

    #[test]
    fn without_a_moment_it_stays_where_it_was_told() {
        let list = |rows: &[(&str, u32)]| {
            let rows: Vec<String> = rows.iter().map(|(words, day)| note(words, *day)).collect();
            events(REQUEST, &format!("[{}]", rows.join(",")))
        };
        for rows in [
            [("A", 2), ("B", 0), ("C", 3), ("D", 4)],
            [("D", 4), ("C", 3), ("B", 0), ("A", 2)],
            [("A", 2), ("B", 0), ("D", 4), ("C", 3)],
        ] {
            assert_eq!(words(&list(&rows)), ["D", "C", "B", "A", "-"], "{rows:?}");
        }
        assert_eq!(words(&list(&[("A", 0), ("B", 0)])), ["B", "A", "-"]);
    }

    #[test]
    fn an_update_that_is_sent_twice_is_told_once() {
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
        assert_eq!(words(&found), ["B", "C", "A crew comes soon", "-"]);
    }

    #[test]
    fn the_future_is_never_the_newest_thing_that_happened() {
        let future = r#"{"service_request_id": 1, "description": "Future", "updated_datetime": "2030-01-01T10:00:00Z"}"#;
        let first = r#"{"service_request_id": 1, "description": "Sent", "updated_datetime": "2026-11-01T10:00:20Z"}"#;
        let told =
            |rows: &[&str]| words(&events(REQUEST, &format!("[{}]", rows.join(",")))).join(" ");
        assert_eq!(told(&[future]), "- Future");
        // What tells of the sending is not told again.
        assert_eq!(told(&[first, future]), "Sent Future");
        // On a phone whose clock is behind all is in the future, and still in order.
        let request = ServiceRequest::default();
        let rows = [note("B", 3), note("A", 2), note("C", 4)].join(",");
        let rows = read_updates(&json::parse(&format!("[{rows}]")).unwrap()).rows;
        assert_eq!(
            words(&timeline(&request, &rows, UnixMs(0), 0)),
            ["C", "B", "A"]
        );
    }

    #[test]
    fn closing_is_told_from_the_request_where_no_update_tells_it() {
        let closed = r#"[{"service_request_id": "1", "status": "Closed", "requested_datetime": "2026-11-01T10:00:00Z",
            "updated_datetime": "2026-11-05T10:00:00Z"}]"#;
        let found = events(closed, &format!("[{}]", note("A crew came", 4)));
        assert_eq!(words(&found), ["-", "A crew came", "-"]);
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
    fn two_thousand_updates_are_no_work() {
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
        fn newest_first_each_once_and_the_future_last(rows in prop::collection::vec((1u32..29, "[A-C]", 0u8..60), 0..60)) {
            let rows: Vec<Update> = rows.into_iter().map(|(day, words, second)| Update {
                description: Some(words),
                updated: Moment::read(&format!("2026-11-{day:02}T10:00:{second:02}Z")),
                ..Update::default()
            }).collect();
            let found = timeline(&ServiceRequest::default(), &rows, NOW, 0);
            let places: Vec<(bool, i64)> = found.iter().map(|event| {
                let at = CLOCK.at(event.moment.as_ref()).unwrap();
                (at <= NOW.0 + AHEAD, at)
            }).collect();
            prop_assert!(places.is_sorted_by(|a, b| a >= b));
            let mut told: Vec<_> = found.iter().map(|event| (CLOCK.minute(event.moment.as_ref()), &event.words)).collect();
            told.sort();
            let all = told.len();
            told.dedup();
            prop_assert_eq!(told.len(), all);
            // Nothing is lost, and the order in which it was sent does not matter.
            for row in &rows {
                prop_assert!(told.contains(&(CLOCK.minute(row.updated.as_ref()), &row.description)));
            }
            let back: Vec<Update> = rows.into_iter().rev().collect();
            prop_assert_eq!(timeline(&ServiceRequest::default(), &back, NOW, 0).len(), all);
        }

        #[test]
        fn no_history_can_harm(rows in prop::collection::vec((0u8..4, "[A-C]?", 0i64..2_000_000), 0..60)) {
            let rows: Vec<Update> = rows.into_iter().map(|(kind, words, at)| Update {
                description: Some(words).filter(|words| !words.is_empty()),
                updated: (kind > 0).then(|| Moment::read(&format!("2026-11-{:02}T10:00:00Z", at % 28 + 1))).flatten(),
                ..Update::default()
            }).collect();
            let found = timeline(&ServiceRequest::default(), &rows, NOW, 0);
            prop_assert!(found.len() <= rows.len() + 1);
        }
    }
}
