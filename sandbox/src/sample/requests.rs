//! Some hundred requests of the last months, each with a history that could have been.
//!
//! The same seed gives the same city on every first run; only the dates move with the day.

use jiff::{Timestamp, ToSpan};
use rusqlite::Transaction;
use serde_json::{Map, Value, json};

use super::insert::{Told, insert};
use super::random::Random;
use super::showcase;
use super::story::{self, Case, Notes};
use super::streets::{self, Place};
use crate::clock::Zone;
use crate::store::requests;
use crate::store::services::{self, Kind, Service};

const COUNT: u32 = 300;
/// So that numbers look like those of a city that is at it since January.
const NUMBERS_BEFORE: u32 = 886;
/// How often each is asked for; what is not named here counts 2. Nobody else reads of a ticket or a wedding.
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

pub(super) fn fill(
    tx: &Transaction,
    notes: &Notes,
    now: Timestamp,
    zone: &Zone,
) -> rusqlite::Result<()> {
    tx.execute(
        "INSERT INTO sqlite_sequence (name, seq) VALUES ('requests', ?1)",
        [NUMBERS_BEFORE],
    )?;
    let services = services::all(tx)?;
    let choices = weighted(&services);
    let mut random = Random::seeded(40_311);
    let mut moments: Vec<Timestamp> = (0..COUNT).map(|_| moment(&mut random, now, zone)).collect();
    moments.sort_unstable();
    let mut earlier: Vec<(String, String, Place)> = Vec::new();
    for requested in moments {
        let Some(service) = random.pick(&choices).copied() else {
            continue;
        };
        let code = service.text("service_code").to_owned();
        let twin = earlier
            .iter()
            .rev()
            .take(40)
            .find(|(other, _, _)| *other == code)
            .filter(|_| random.percent(14));
        let place = twin.map_or_else(|| streets::any(&mut random), |(_, _, place)| place.clone());
        let case = Case {
            requested,
            now,
            code: code.clone(),
            agency: service.agency().unwrap_or("311 Center").to_owned(),
            done_days: service.done_days().unwrap_or(5),
            desk: service.handling.get("desk") == Some(&json!(true)),
            twin: twin.map(|(_, id, _)| id.clone()),
        };
        let description = description(service, &mut random);
        let answers = answers(service, &mut random);
        let steps = story::steps(&case, notes, &mut random, zone);
        let told = Told {
            place: place.clone(),
            description,
            answers,
            follows: None,
        };
        let stored = insert(tx, service, &case, told, &steps, zone)?;
        let id = stored.and_then(|stored| stored.id);
        // A twin of a twin would send people from number to number.
        if let (None, Some(id)) = (&case.twin, id) {
            earlier.push((code, id, place));
        }
    }
    showcase::fill(tx, &services, now, zone)
}

fn weighted(services: &[Service]) -> Vec<&Service> {
    let weight = |code: &str| {
        WEIGHTS
            .iter()
            .find(|(known, _)| *known == code)
            .map_or(2, |(_, weight)| *weight)
    };
    services
        .iter()
        .filter(|service| service.kind() != Kind::Blackbox)
        .flat_map(|service| std::iter::repeat_n(service, weight(service.text("service_code"))))
        .collect()
}

/// Most are of the last weeks, some are older than the 90 days that a list shows by itself.
fn moment(random: &mut Random, now: Timestamp, zone: &Zone) -> Timestamp {
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
    // What would lie ahead today came in yesterday.
    if at < now { at } else { at - 24.hours() }
}

fn description(service: &Service, random: &mut Random) -> String {
    let examples = service.handling.get("examples").and_then(Value::as_array);
    let example = examples
        .and_then(|examples| random.pick(examples))
        .and_then(Value::as_str);
    example.unwrap_or_default().to_owned()
}

/// Answers to the questions that offer values; one that ends the form was never sent.
fn answers(service: &Service, random: &mut Random) -> Value {
    let mut answers = Map::new();
    for attribute in service.attributes() {
        let values = attribute.get("values").and_then(Value::as_array);
        let value = values
            .map(|values| values.iter().filter(|value| value.get("stop").is_none()))
            .and_then(|values| random.pick(&values.collect::<Vec<_>>()).copied())
            .and_then(|value| value.get("key"));
        let code = attribute.get("code").and_then(Value::as_str);
        if let (Some(code), Some(key), None) = (code, value, attribute.get("dependencies")) {
            let key = requests::as_text(key);
            let several = attribute.get("datatype") == Some(&json!("multivaluelist"));
            answers.insert(
                code.to_owned(),
                if several { json!([key]) } else { json!(key) },
            );
        }
    }
    Value::Object(answers)
}
