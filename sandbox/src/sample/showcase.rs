//! Requests to look at: one for each thing that a request's view has to tell. Their numbers follow
//! those of the drawn ones and are the same on every first run of a year; the README lists them.

use jiff::{Timestamp, ToSpan};
use rusqlite::Transaction;
use serde_json::json;

use super::event::{Event, Show, What};
use super::insert::{Told, insert};
use super::shows::SHOWS;
use super::story::{self, Case};
use super::streets;
use crate::clock::Zone;
use crate::store::services::Service;
use crate::store::stage::Stage;
use crate::store::steps::{Author, Purpose, Step};

/// From which house of Walnut Street they come: away from where people try things out.
const FIRST_HOUSE: u32 = 412;

pub(super) fn fill(
    tx: &Transaction,
    services: &[Service],
    now: Timestamp,
    zone: &Zone,
) -> rusqlite::Result<()> {
    let late = insert_the_late_one(tx, services, now, zone)?.unwrap_or_default();
    let mut told: Vec<Option<(i64, String)>> = Vec::new();
    for (house, show) in (FIRST_HOUSE..).step_by(10).zip(&SHOWS) {
        let Some(service) = find(services, show.code) else {
            told.push(None);
            continue;
        };
        let requested = show.requested(now, zone, house % 60);
        let steps = show.steps(requested, zone, &late);
        let follows = show
            .follows
            .and_then(|place| told.get(place).cloned().flatten());
        let stored = insert(
            tx,
            service,
            &case(service, requested, now),
            Told {
                place: streets::on_northbound(9, house),
                description: show.description.to_owned(),
                answers: json!({}),
                follows,
            },
            &steps,
            zone,
        )?;
        told.push(stored.and_then(|stored| Some((stored.number, stored.id?))));
    }
    Ok(())
}

impl Show {
    /// By the calendar, so that a change to summer time moves nothing.
    fn requested(&self, now: Timestamp, zone: &Zone, minute: u32) -> Timestamp {
        let today = zone.local(now).date();
        zone.at(today.saturating_sub(self.days_ago.days()), 8, minute)
    }

    fn steps(&self, requested: Timestamp, zone: &Zone, late: &str) -> Vec<Step> {
        let received = Step::by_city(requested, Some(Stage::Received), "Received");
        let events = self.events.iter();
        let steps = events.map(|event| step(event, requested, zone, late));
        std::iter::once(received).chain(steps).collect()
    }
}

fn find<'a>(services: &'a [Service], code: &str) -> Option<&'a Service> {
    services
        .iter()
        .find(|service| service.text("service_code") == code)
}

fn case(service: &Service, requested: Timestamp, now: Timestamp) -> Case {
    Case {
        requested,
        now,
        code: service.text("service_code").to_owned(),
        agency: service.agency().unwrap_or("311 Center").to_owned(),
        done_days: service.done_days().unwrap_or(5),
        desk: false,
        twin: None,
    }
}

fn step(event: &Event, requested: Timestamp, zone: &Zone, late: &str) -> Step {
    let Event(days, hour, what, note) = event;
    let at = story::working_moment(zone, requested, *days, *hour, 20);
    let (author, stage) = match what {
        What::Seen | What::HandedOver(_) => (Author::City, Some(Stage::InProgress)),
        What::Asked | What::Waiting | What::Late(_) => (Author::City, Some(Stage::Waiting)),
        What::Closed(_) => (Author::City, Some(Stage::Closed)),
        What::StillThere => (Author::Resident, Some(Stage::Received)),
        What::Reminded => (Author::Resident, None),
        What::Withdrawn => (Author::Resident, Some(Stage::Closed)),
    };
    let mut step = Step::by_city(at, stage, &note.replace("{late}", late));
    step.author = author;
    match what {
        What::Asked => step.purpose = Some(Purpose::Question),
        What::Reminded => step.purpose = Some(Purpose::Reminder),
        What::Withdrawn => step.purpose = Some(Purpose::Withdrawn),
        What::Closed(word) => step.status = Some((*word).to_owned()),
        What::HandedOver(agency) => {
            step.agency = Some((*agency).to_owned());
            step.status = Some("internal_referral".to_owned());
        }
        What::Late(days) => {
            let expected = zone.working_days_later(requested, *days);
            step.note = step.note.replace("{date}", &story::day(zone, expected));
            step.expected = Some(expected);
        }
        What::Seen | What::Waiting | What::StillThere => {}
    }
    step
}

/// A pothole that came to the wrong office and is late, with a reason and a new date. Its number is
/// the same on every first run of a year (26-01187 in 2026), so that a page or a test can start from it.
fn insert_the_late_one(
    tx: &Transaction,
    services: &[Service],
    now: Timestamp,
    zone: &Zone,
) -> rusqlite::Result<Option<String>> {
    let Some(service) = find(services, "pothole") else {
        return Ok(None);
    };
    let requested = story::working_moment(zone, now - (7 * 24).hours(), 0, 14, 4);
    let mut handover = Step::by_city(
        story::working_moment(zone, requested, 1, 11, 2),
        Some(Stage::InProgress),
        "The Parks Office handed it to Street Maintenance: the tree is not the cause.",
    );
    handover.agency = Some("Street Maintenance".to_owned());
    handover.status = Some("internal_referral".to_owned());
    let new_date = zone.working_days_later(now, 1);
    let mut waiting = Step::by_city(
        story::working_moment(zone, requested, 4, 9, 10),
        Some(Stage::Waiting),
        &format!(
            "We are late. The asphalt plant was closed by frost. New date: {}.",
            story::day(zone, new_date)
        ),
    );
    waiting.expected = Some(new_date);
    let received = Step::by_city(requested, Some(Stage::Received), "Received");
    let case = Case {
        agency: "Parks Office".to_owned(),
        done_days: 3,
        ..case(service, requested, now)
    };
    let told = Told {
        place: streets::on_northbound(5, 118),
        description: "Deep hole at the corner of 3rd, beside the tree.".to_owned(),
        answers: json!({ "depth": "deep", "lane": ["drive"] }),
        follows: None,
    };
    let steps = [received, handover, waiting];
    let stored = insert(tx, service, &case, told, &steps, zone)?;
    Ok(stored.and_then(|stored| stored.id))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whenever_the_first_run_is_all_of_it_has_happened_and_what_is_not_late_is_not() {
        let zone = Zone::named("America/Chicago");
        let mut now: Timestamp = "2026-10-20T00:10:00Z".parse().unwrap();
        // Past the end of summer time, past the new year.
        while now < "2027-04-01T00:00:00Z".parse().unwrap() {
            for show in &SHOWS {
                let requested = show.requested(now, &zone, 59);
                let steps = show.steps(requested, &zone, "26-01187");
                let words = show.description;
                assert!(steps.is_sorted_by_key(|step| step.at), "{now} {words}");
                let last = steps.last().unwrap();
                assert!(last.at <= now, "{now} {words}");
                // Five working days are the promise of those that are new.
                let due = zone.working_days_later(requested, 5);
                assert!(show.days_ago > 4 || due > now, "{now} {words}");
            }
            now += 5.hours();
        }
    }
}
