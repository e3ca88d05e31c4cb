//! Example requests, one for each thing that the view of a request has to show. Their ids follow those
//! of the random requests and are the same on every first run of a year; the README lists them.

use jiff::{Timestamp, ToSpan};
use rusqlite::Transaction;
use serde_json::{Map, json};

use super::event::{Event, EventKind, ShowcaseRequest};
use super::history::{self, Case};
use super::insert::{SampleRequest, insert};
use super::showcase_requests::REQUESTS;
use super::streets;
use crate::clock::Zone;
use crate::store::new_update::NewUpdate;
use crate::store::services::Service;
use crate::store::stage::Stage;
use crate::store::updates::{Author, UpdateType};

/// The first house on Walnut Street that sends one: away from where people usually try things out.
const FIRST_HOUSE: u32 = 412;

pub(super) fn fill(
    tx: &Transaction,
    services: &[Service],
    now: Timestamp,
    zone: &Zone,
) -> rusqlite::Result<()> {
    let late_id = insert_late_request(tx, services, now, zone)?.unwrap_or_default();
    let mut inserted: Vec<Option<(i64, String)>> = Vec::new();
    for (house, request) in (FIRST_HOUSE..).step_by(10).zip(&REQUESTS) {
        let Some(service) = find(services, request.service_code) else {
            inserted.push(None);
            continue;
        };
        let requested = request.requested(now, zone, house % 60);
        let updates = request.updates(requested, zone, &late_id);
        let follows = request
            .follows
            .and_then(|index| inserted.get(index).cloned().flatten());
        let stored = insert(
            tx,
            service,
            &Case::new(service, requested, now),
            SampleRequest {
                location: streets::on_northbound(9, house),
                description: request.description.to_owned(),
                answers: Map::new(),
                follows,
            },
            &updates,
            zone,
        )?;
        inserted.push(stored.and_then(|stored| Some((stored.number, stored.id?))));
    }
    Ok(())
}

impl ShowcaseRequest {
    /// Counted in days of the calendar, so that a change to or from summer time does not shift the
    /// hour.
    fn requested(&self, now: Timestamp, zone: &Zone, minute: u32) -> Timestamp {
        let today = zone.local(now).date();
        zone.at(today.saturating_sub(self.days_ago.days()), 8, minute)
    }

    fn updates(&self, requested: Timestamp, zone: &Zone, late_id: &str) -> Vec<NewUpdate> {
        let received = NewUpdate::by_city(requested, Some(Stage::Received), "Received");
        let events = self.events.iter();
        let updates = events.map(|event| update(event, requested, zone, late_id));
        std::iter::once(received).chain(updates).collect()
    }
}

fn find<'a>(services: &'a [Service], code: &str) -> Option<&'a Service> {
    services.iter().find(|service| service.code() == code)
}

fn update(event: &Event, requested: Timestamp, zone: &Zone, late_id: &str) -> NewUpdate {
    let at = history::working_time(zone, requested, event.day, event.hour, 20);
    let (author, stage) = match event.kind {
        EventKind::Started | EventKind::HandedOver(_) => (Author::City, Some(Stage::InProgress)),
        EventKind::Asked | EventKind::Waiting | EventKind::Late(_) => {
            (Author::City, Some(Stage::Waiting))
        }
        EventKind::Closed(_) => (Author::City, Some(Stage::Closed)),
        EventKind::StillThere => (Author::Resident, Some(Stage::Received)),
        EventKind::Reminded => (Author::Resident, None),
        EventKind::Withdrawn => (Author::Resident, Some(Stage::Closed)),
    };
    let mut update = NewUpdate::by_city(at, stage, &event.note.replace("{late}", late_id));
    update.author = author;
    match event.kind {
        EventKind::Asked => update.update_type = Some(UpdateType::Question),
        EventKind::Reminded => update.update_type = Some(UpdateType::Reminder),
        EventKind::Withdrawn => update.update_type = Some(UpdateType::Withdrawn),
        EventKind::Closed(status) => update.status = Some(status.to_owned()),
        EventKind::HandedOver(agency) => {
            update.agency = Some(agency.to_owned());
            update.status = Some("internal_referral".to_owned());
        }
        EventKind::Late(days) => {
            let expected = zone.working_days_later(requested, days);
            let date = history::format_day(zone, expected);
            update.note = update.note.replace("{date}", &date);
            update.expected = Some(expected);
        }
        EventKind::Started | EventKind::Waiting | EventKind::StillThere => {}
    }
    update
}

/// A pothole that was sent to the wrong office and is late, with a reason and a new date. Its id is the
/// same on every first run of a year (26-01187 in 2026), so that a page or a test can start from it.
fn insert_late_request(
    tx: &Transaction,
    services: &[Service],
    now: Timestamp,
    zone: &Zone,
) -> rusqlite::Result<Option<String>> {
    let Some(service) = find(services, "pothole") else {
        return Ok(None);
    };
    let requested = history::working_time(zone, now - (7 * 24).hours(), 0, 14, 4);
    let mut handover = NewUpdate::by_city(
        history::working_time(zone, requested, 1, 11, 2),
        Some(Stage::InProgress),
        "The Parks Office handed it to Street Maintenance: the tree is not the cause.",
    );
    handover.agency = Some("Street Maintenance".to_owned());
    handover.status = Some("internal_referral".to_owned());
    let new_date = zone.working_days_later(now, 1);
    let mut waiting = NewUpdate::by_city(
        history::working_time(zone, requested, 4, 9, 10),
        Some(Stage::Waiting),
        &format!(
            "We are late. The asphalt plant was closed by frost. New date: {}.",
            history::format_day(zone, new_date)
        ),
    );
    waiting.expected = Some(new_date);
    let received = NewUpdate::by_city(requested, Some(Stage::Received), "Received");
    let case = Case {
        agency: "Parks Office".to_owned(),
        done_days: 3,
        ..Case::new(service, requested, now)
    };
    let request = SampleRequest {
        location: streets::on_northbound(5, 118),
        description: "Deep hole at the corner of 3rd, beside the tree.".to_owned(),
        answers: Map::from_iter([
            ("depth".to_owned(), json!("deep")),
            ("lane".to_owned(), json!(["drive"])),
        ]),
        follows: None,
    };
    let updates = [received, handover, waiting];
    let stored = insert(tx, service, &case, request, &updates, zone)?;
    Ok(stored.and_then(|stored| stored.id))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn at_any_time_of_the_first_run_all_events_are_past_and_new_requests_are_not_late() {
        let zone = Zone::named("America/Chicago");
        let mut now: Timestamp = "2026-10-20T00:10:00Z".parse().unwrap();
        // Beyond the end of summer time and the new year.
        while now < "2027-04-01T00:00:00Z".parse().unwrap() {
            for request in &REQUESTS {
                let requested = request.requested(now, &zone, 59);
                let updates = request.updates(requested, &zone, "26-01187");
                let description = request.description;
                assert!(
                    updates.is_sorted_by_key(|update| update.at),
                    "{now} {description}"
                );
                let last = updates.last().unwrap();
                assert!(last.at <= now, "{now} {description}");
                // New requests are expected to be done after five working days.
                let due = zone.working_days_later(requested, 5);
                assert!(request.days_ago > 4 || due > now, "{now} {description}");
            }
            now += 5.hours();
        }
    }
}
