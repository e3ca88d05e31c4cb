//! Appointments: an attribute with `slots` offers the next free times as its values.
//!
//! `{"days": 10, "times": ["09:00", "11:00"], "skip": ["sa", "su"]}` means the next ten days, from
//! tomorrow on, that are not skipped. A time that a stored request of the service has is not free.

use std::collections::BTreeSet;

use jiff::civil::{Time, Weekday};
use jiff::{Timestamp, ToSpan};
use rusqlite::Transaction;
use serde_json::{Value, json};

use crate::clock::Zone;
use crate::store::requests;
use crate::store::services::Service;

/// No city plans further ahead, and a wrong number must not fill the answer.
const MOST_DAYS: u64 = 60;

/// Puts the free times in the place of every `slots` in the service's definition.
pub(super) fn fill(
    tx: &Transaction,
    service: &mut Service,
    zone: &Zone,
    now: Timestamp,
) -> rusqlite::Result<()> {
    let service_code = service.text("service_code").to_owned();
    let attributes = service
        .definition
        .as_mut()
        .and_then(|definition| definition.get_mut("attributes"))
        .and_then(Value::as_array_mut);
    for attribute in attributes.into_iter().flatten() {
        let Some(fields) = attribute.as_object_mut() else {
            continue;
        };
        let Some(slots) = fields.shift_remove("slots") else {
            continue;
        };
        let code = fields
            .get("code")
            .and_then(Value::as_str)
            .unwrap_or_default();
        let taken = requests::answers_to(tx, &service_code, code)?;
        fields.insert("values".into(), json!(free(&slots, &taken, zone, now)));
    }
    Ok(())
}

fn free(slots: &Value, taken: &BTreeSet<String>, zone: &Zone, now: Timestamp) -> Vec<Value> {
    let words = |name: &str| -> Vec<&str> {
        let list = slots.get(name).and_then(Value::as_array);
        list.into_iter()
            .flatten()
            .filter_map(Value::as_str)
            .collect()
    };
    let skipped: Vec<&str> = words("skip");
    let times: Vec<Time> = words("times")
        .into_iter()
        .filter_map(|text| text.parse().ok())
        .collect();
    let count = slots
        .get("days")
        .and_then(Value::as_u64)
        .unwrap_or_default();
    let mut day = zone.local(now).date();
    let (mut values, mut found, mut looked_at) = (Vec::new(), 0, 0);
    while found < count.min(MOST_DAYS) && looked_at < 7 * MOST_DAYS {
        looked_at += 1;
        day = day.saturating_add(1.day());
        if skipped.contains(&short(day.weekday())) {
            continue;
        }
        found += 1;
        for time in &times {
            let (hour, minute) = (time.hour().unsigned_abs(), time.minute().unsigned_abs());
            let at = zone.at(day, hour.into(), minute.into());
            let key = zone.write(at);
            if !taken.contains(&key) {
                let name = zone.local(at).strftime("%Y-%m-%d %H:%M").to_string();
                values.push(json!({ "key": key, "name": name }));
            }
        }
    }
    values
}

fn short(day: Weekday) -> &'static str {
    match day {
        Weekday::Monday => "mo",
        Weekday::Tuesday => "tu",
        Weekday::Wednesday => "we",
        Weekday::Thursday => "th",
        Weekday::Friday => "fr",
        Weekday::Saturday => "sa",
        Weekday::Sunday => "su",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(slots: Value, taken: &[&str]) -> Vec<String> {
        let taken = taken.iter().map(|key| (*key).to_owned()).collect();
        let now = "2026-10-30T20:00:00Z".parse().unwrap();
        free(&slots, &taken, &Zone::named("America/Chicago"), now)
            .iter()
            .map(|value| {
                format!(
                    "{} = {}",
                    value["key"].as_str().unwrap(),
                    value["name"].as_str().unwrap()
                )
            })
            .collect()
    }

    #[test]
    fn the_next_working_days_are_offered_in_the_citys_own_time() {
        // Friday 30 October; on Sunday the clocks go back.
        let weekend = json!({ "days": 2, "times": ["09:00", "14:30"], "skip": ["sa", "su"] });
        assert_eq!(
            keys(weekend, &["2026-11-02T14:30:00-06:00"]),
            [
                "2026-11-02T09:00:00-06:00 = 2026-11-02 09:00",
                "2026-11-03T09:00:00-06:00 = 2026-11-03 09:00",
                "2026-11-03T14:30:00-06:00 = 2026-11-03 14:30",
            ]
        );
        let every_day = json!({ "days": 1, "times": ["08:00"] });
        assert_eq!(
            keys(every_day, &[]),
            ["2026-10-31T08:00:00-05:00 = 2026-10-31 08:00"]
        );
    }

    #[test]
    fn slots_without_days_or_times_offer_nothing_and_come_to_an_end() {
        let all = ["mo", "tu", "we", "th", "fr", "sa", "su"];
        for slots in [
            json!({}),
            json!({ "days": 3 }),
            json!({ "days": 3, "times": ["noon"] }),
            json!({ "days": 3, "times": ["09:00"], "skip": all }),
        ] {
            assert!(keys(slots.clone(), &[]).is_empty(), "{slots}");
        }
    }
}
