//! What happens to a request: an outcome is drawn at random, and the updates until now follow from it.

use std::collections::BTreeMap;

use jiff::{Timestamp, ToSpan};
use serde::Deserialize;

use super::random::Random;
use crate::clock::Zone;
use crate::store::new_update::NewUpdate;
use crate::store::services::Service;
use crate::store::stage::Stage;
use crate::store::updates::Author;

/// What is known about a request before anything happens to it.
pub(super) struct Case {
    pub(super) requested: Timestamp,
    pub(super) now: Timestamp,
    pub(super) service_code: String,
    pub(super) agency: String,
    pub(super) done_days: u32,
    /// The work is done at a desk: no crew goes out.
    pub(super) is_desk_work: bool,
    /// The id of the earlier request that this one repeats.
    pub(super) duplicate_of: Option<String>,
}

impl Case {
    pub(super) fn new(service: &Service, requested: Timestamp, now: Timestamp) -> Self {
        Case {
            requested,
            now,
            service_code: service.code().to_owned(),
            agency: service.agency().unwrap_or("311 Center").to_owned(),
            done_days: service.handling.done_days.unwrap_or(5),
            is_desk_work: service.handling.desk,
            duplicate_of: None,
        }
    }
}

/// The notes of the city and of residents, from `data/notes.json`.
#[derive(Deserialize)]
pub(super) struct NoteTexts {
    desk: WorkTexts,
    crew: WorkTexts,
    duplicate: Vec<String>,
    handover: Vec<Handover>,
    resident: Vec<String>,
    /// By the code of the service; the empty code is for all others.
    done: BTreeMap<String, Vec<String>>,
}

/// The notes for one kind of work.
#[derive(Deserialize)]
struct WorkTexts {
    seen: Vec<String>,
    waiting: Vec<String>,
    declined: Vec<Declined>,
}

#[derive(Deserialize)]
struct Declined {
    status: String,
    note: String,
}

#[derive(Deserialize)]
struct Handover {
    to: String,
    note: String,
}

impl NoteTexts {
    pub(super) fn read() -> Result<Self, String> {
        let text = include_str!("../../data/notes.json");
        serde_json::from_str(text).map_err(|error| error.to_string())
    }

    fn of_work(&self, case: &Case) -> &WorkTexts {
        if case.is_desk_work {
            &self.desk
        } else {
            &self.crew
        }
    }
}

fn pick(texts: &[String], random: &mut Random) -> String {
    random.pick(texts).cloned().unwrap_or_default()
}

enum Outcome {
    OnTime,
    Late,
    Declined,
    /// The expected date passes without an update, which the city promises never to let happen.
    Forgotten,
    Duplicate(String),
}

/// The updates until now, oldest first.
pub(super) fn updates(
    case: &Case,
    notes: &NoteTexts,
    random: &mut Random,
    zone: &Zone,
) -> Vec<NewUpdate> {
    let mut updates = vec![NewUpdate::by_city(
        case.requested,
        Some(Stage::Received),
        "Received",
    )];
    match outcome(case, random) {
        Outcome::Duplicate(other) => {
            let note = pick(&notes.duplicate, random).replace("{other}", &other);
            updates.push(closing(after(case, zone, random, 1), "duplicate", &note));
        }
        Outcome::Declined => {
            updates.push(seen(case, notes, random, zone));
            let at = after(case, zone, random, case.done_days.min(4));
            updates.extend(declined(case, notes, random, at));
        }
        Outcome::Forgotten => updates.push(seen(case, notes, random, zone)),
        Outcome::OnTime => {
            updates.push(seen(case, notes, random, zone));
            updates.extend(handover(case, notes, random, zone));
            let days = 1 + random.below(case.done_days);
            updates.push(done(case, notes, random, zone, days));
        }
        Outcome::Late => {
            updates.push(seen(case, notes, random, zone));
            updates.extend(handover(case, notes, random, zone));
            let late_by = 1 + random.below(case.done_days.max(3));
            // Half of the new dates are met, the others are missed by a day.
            let new_days = case.done_days + late_by - u32::from(late_by.is_multiple_of(2));
            let expected = zone.working_days_later(case.requested, new_days);
            let note = pick(&notes.of_work(case).waiting, random)
                .replace("{date}", &format_day(zone, expected));
            let at = after(case, zone, random, case.done_days.saturating_sub(1));
            let mut waiting = NewUpdate::by_city(at, Some(Stage::Waiting), &note);
            waiting.expected = Some(expected);
            updates.push(waiting);
            if random.percent(25) {
                let mut comment = NewUpdate::by_city(
                    after(case, zone, random, case.done_days + 1),
                    None,
                    &pick(&notes.resident, random),
                );
                comment.author = Author::Resident;
                updates.push(comment);
            }
            updates.push(done(case, notes, random, zone, case.done_days + late_by));
        }
    }
    in_order(updates, case.now)
}

fn outcome(case: &Case, random: &mut Random) -> Outcome {
    if let Some(other) = &case.duplicate_of {
        return Outcome::Duplicate(other.clone());
    }
    match random.below(100) {
        0..70 => Outcome::OnTime,
        70..89 => Outcome::Late,
        89..94 => Outcome::Forgotten,
        _ => Outcome::Declined,
    }
}

fn seen(case: &Case, notes: &NoteTexts, random: &mut Random, zone: &Zone) -> NewUpdate {
    let note = pick(&notes.of_work(case).seen, random).replace("{agency}", &case.agency);
    let days = random.below(2);
    NewUpdate::by_city(
        after(case, zone, random, days),
        Some(Stage::InProgress),
        &note,
    )
}

/// One in eight requests for a crew is sent to the wrong office first.
fn handover(case: &Case, notes: &NoteTexts, random: &mut Random, zone: &Zone) -> Option<NewUpdate> {
    if case.is_desk_work || !random.percent(12) {
        return None;
    }
    let handover = random.pick(&notes.handover)?;
    if handover.to == case.agency {
        return None;
    }
    let note = handover.note.replace("{agency}", &case.agency);
    let mut update =
        NewUpdate::by_city(after(case, zone, random, 1), Some(Stage::InProgress), &note);
    update.agency = Some(handover.to.clone());
    update.status = Some("internal_referral".to_owned());
    Some(update)
}

/// Each refusal has a reason and a next step.
fn declined(
    case: &Case,
    notes: &NoteTexts,
    random: &mut Random,
    at: Timestamp,
) -> Option<NewUpdate> {
    let declined = random.pick(&notes.of_work(case).declined)?;
    Some(closing(at, &declined.status, &declined.note))
}

fn done(case: &Case, notes: &NoteTexts, random: &mut Random, zone: &Zone, days: u32) -> NewUpdate {
    let texts = notes
        .done
        .get(&case.service_code)
        .or_else(|| notes.done.get(""));
    let note = texts.map_or_else(String::new, |texts| pick(texts, random));
    closing(after(case, zone, random, days), "closed", &note)
}

fn closing(at: Timestamp, status: &str, note: &str) -> NewUpdate {
    let mut update = NewUpdate::by_city(at, Some(Stage::Closed), note);
    update.status = Some(status.to_owned());
    update
}

fn after(case: &Case, zone: &Zone, random: &mut Random, days: u32) -> Timestamp {
    let (hour, minute) = (8 + random.below(9), random.below(60));
    working_time(zone, case.requested, days, hour, minute)
}

/// This many working days later, at this time of the city's clock.
pub(super) fn working_time(
    zone: &Zone,
    from: Timestamp,
    days: u32,
    hour: u32,
    minute: u32,
) -> Timestamp {
    let day = zone.local(zone.working_days_later(from, days)).date();
    zone.at(day, hour, minute)
}

/// A day in a note, such as Sat 21 Nov.
pub(super) fn format_day(zone: &Zone, at: Timestamp) -> String {
    zone.local(at).strftime("%a %-d %b").to_string()
}

/// Random hours can be out of order; such an update is moved shortly after the one before it.
fn in_order(mut updates: Vec<NewUpdate>, now: Timestamp) -> Vec<NewUpdate> {
    let mut last: Option<Timestamp> = None;
    for update in &mut updates {
        if let Some(last) = last
            && update.at <= last
        {
            update.at = last + 35.minutes();
        }
        last = Some(update.at);
    }
    updates.retain(|update| update.at <= now);
    updates
}
