//! About three hundred random requests of the last months, each with a plausible history.
//!
//! The seed is fixed, so every first run creates the same city; only the dates depend on the day.

use jiff::{Timestamp, ToSpan};
use rusqlite::Transaction;
use serde_json::{Map, Value, json};

use super::history::{self, Case, NoteTexts};
use super::insert::{SampleRequest, insert};
use super::random::Random;
use super::showcase;
use super::streets::{self, Location};
use crate::clock::Zone;
use crate::store::services::{self, Kind, Service};

const COUNT: u32 = 300;
/// The numbers that are used up: the ids look like those of a city that has counted since January.
const LAST_NUMBER: u32 = 886;
/// How often each service is requested, relative to the others. Requests about a ticket or a wedding
/// would not be public.
const WEIGHTS: [(&str, usize); 16] = [
    ("pothole", 22),
    ("missed-collection", 20),
    ("street-light", 14),
    ("graffiti", 12),
    ("recycling-cart", 12),
    ("illegal-dumping", 9),
    ("abandoned-vehicle", 7),
    ("tall-grass", 7),
    ("shelter-reservation", 6),
    ("tree-trim", 6),
    ("storm-drain", 6),
    ("tree-plant", 1),
    ("ticket-review", 0),
    ("marriage-appointment", 0),
    ("business-license", 0),
    ("council-speaker", 0),
];

const DEFAULT_WEIGHT: usize = 2;

pub(super) fn fill(tx: &Transaction, now: Timestamp, zone: &Zone) -> Result<(), String> {
    let notes = NoteTexts::read()?;
    insert_all(tx, &notes, now, zone).map_err(|error| error.to_string())
}

fn insert_all(
    tx: &Transaction,
    notes: &NoteTexts,
    now: Timestamp,
    zone: &Zone,
) -> rusqlite::Result<()> {
    tx.execute(
        "INSERT INTO sqlite_sequence (name, seq) VALUES ('requests', ?1)",
        [LAST_NUMBER],
    )?;
    let services = services::all(tx)?;
    let choices = weighted(&services);
    let mut random = Random::seeded(40_311);
    let mut times: Vec<Timestamp> = (0..COUNT)
        .map(|_| request_time(&mut random, now, zone))
        .collect();
    times.sort_unstable();
    let mut earlier: Vec<(String, String, Location)> = Vec::new();
    for requested in times {
        let Some(service) = random.pick(&choices).copied() else {
            continue;
        };
        let code = service.code().to_owned();
        let duplicate_of = earlier
            .iter()
            .rev()
            .take(40)
            .find(|(other, _, _)| *other == code)
            .filter(|_| random.percent(14));
        let location = match duplicate_of {
            Some((_, _, location)) => location.clone(),
            None => streets::random_location(&mut random),
        };
        let case = Case {
            duplicate_of: duplicate_of.map(|(_, id, _)| id.clone()),
            ..Case::new(service, requested, now)
        };
        let description = description(service, &mut random);
        let answers = answers(service, &mut random);
        let updates = history::updates(&case, notes, &mut random, zone);
        let request = SampleRequest {
            location: location.clone(),
            description,
            answers,
            follows: None,
        };
        let stored = insert(tx, service, &case, request, &updates, zone)?;
        let id = stored.and_then(|stored| stored.id);
        // A duplicate of a duplicate would send people from one number to the next.
        if let (None, Some(id)) = (&case.duplicate_of, id) {
            earlier.push((code, id, location));
        }
    }
    showcase::fill(tx, &services, now, zone)
}

/// Each service as often as its weight says.
fn weighted(services: &[Service]) -> Vec<&Service> {
    let weight = |code: &str| {
        WEIGHTS
            .iter()
            .find(|(known, _)| *known == code)
            .map_or(DEFAULT_WEIGHT, |(_, weight)| *weight)
    };
    services
        .iter()
        .filter(|service| service.kind() != Kind::Blackbox)
        .flat_map(|service| std::iter::repeat_n(service, weight(service.code())))
        .collect()
}

/// Most are of the last weeks, some are older than the 90 days that a list covers by default.
fn request_time(random: &mut Random, now: Timestamp, zone: &Zone) -> Timestamp {
    let days = match random.below(100) {
        0..45 => random.below(21),
        45..90 => random.below(85),
        _ => 90 + random.below(90),
    };
    let day = zone
        .local(now)
        .date()
        .saturating_sub(i64::from(days).days());
    let (hour, minute) = (7 + random.below(14), random.below(60));
    let at = zone.at(day, hour, minute);
    // A time later today is moved to yesterday.
    if at < now { at } else { at - 24.hours() }
}

fn description(service: &Service, random: &mut Random) -> String {
    let examples = service.handling.examples.as_ref();
    let example = examples.and_then(|examples| random.pick(examples));
    example.cloned().unwrap_or_default()
}

/// Answers to the unconditional questions that offer values. A value that ends the form is never
/// chosen.
fn answers(service: &Service, random: &mut Random) -> Map<String, Value> {
    let mut answers = Map::new();
    for attribute in service.attributes() {
        let Some(values) = &attribute.values else {
            continue;
        };
        let valid: Vec<_> = values.iter().filter(|value| value.stop.is_none()).collect();
        let value = random.pick(&valid);
        if attribute.is_conditional() {
            continue;
        }
        if let (Some(code), Some(value)) = (&attribute.code, value) {
            let answer = if attribute.is_multiple() {
                json!([value.key])
            } else {
                json!(value.key)
            };
            answers.insert(code.clone(), answer);
        }
    }
    answers
}
