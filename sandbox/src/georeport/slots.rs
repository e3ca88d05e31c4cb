//! Appointments: an attribute with `slots` offers the next free times as its values.
//!
//! `{"days": 10, "times": ["09:00", "11:00"], "skip": ["sa", "su"]}` means the next ten days from
//! tomorrow on that are not skipped. A time that a stored request of the service has is not free.

use std::collections::BTreeSet;

use jiff::civil::{Time, Weekday};
use jiff::{Timestamp, ToSpan};
use rusqlite::Transaction;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::clock::Zone;
use crate::json::to_value;
use crate::store::requests;
use crate::store::services::Service;

/// The most days that are offered, whatever `days` says. No city plans further ahead than about two
/// months, and a wrong number must not make the definition huge.
const MAX_DAYS: u64 = 60;

#[derive(Default, Deserialize)]
#[serde(default)]
struct Slots {
    days: u64,
    /// On the city's clock, such as `09:00`.
    times: Vec<String>,
    /// Days of the week without appointments, such as `sa`.
    skip: Vec<String>,
}

/// A free time, as a value of the attribute.
#[derive(Serialize)]
struct FreeTime {
    key: String,
    name: String,
}

/// Replaces every `slots` of the service's definition by the free times.
pub(super) fn fill(
    tx: &Transaction,
    service: &mut Service,
    zone: &Zone,
    now: Timestamp,
) -> rusqlite::Result<()> {
    let service_code = service.code().to_owned();
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
        let slots: Slots = serde_json::from_value(slots).unwrap_or_default();
        let values = free_times(&slots, &taken, zone, now);
        fields.insert("values".into(), to_value(values));
    }
    Ok(())
}

fn free_times(
    slots: &Slots,
    taken: &BTreeSet<String>,
    zone: &Zone,
    now: Timestamp,
) -> Vec<FreeTime> {
    let times = slots.times.iter().filter_map(|text| text.parse().ok());
    let times: Vec<Time> = times.collect();
    let count = slots.days.min(MAX_DAYS);
    let mut day = zone.local(now).date();
    let (mut values, mut found, mut looked_at) = (Vec::new(), 0, 0);
    // Ends even if every day of the week is skipped.
    while found < count && looked_at < 7 * MAX_DAYS {
        looked_at += 1;
        day = day.saturating_add(1.day());
        let weekday = abbreviation(day.weekday());
        if slots.skip.iter().any(|skipped| skipped == weekday) {
            continue;
        }
        found += 1;
        for time in &times {
            let (hour, minute) = (time.hour().unsigned_abs(), time.minute().unsigned_abs());
            let at = zone.at(day, hour.into(), minute.into());
            let key = zone.format(at);
            if !taken.contains(&key) {
                let name = zone.local(at).strftime("%Y-%m-%d %H:%M").to_string();
                values.push(FreeTime { key, name });
            }
        }
    }
    values
}

fn abbreviation(day: Weekday) -> &'static str {
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
    use serde_json::json;

    fn offered(slots: &Value, taken: &[&str]) -> Vec<String> {
        let slots = Slots::deserialize(slots).unwrap();
        let taken = taken.iter().map(|key| (*key).to_owned()).collect();
        let now = "2026-10-30T20:00:00Z".parse().unwrap();
        free_times(&slots, &taken, &Zone::named("America/Chicago"), now)
            .iter()
            .map(|value| format!("{} = {}", value.key, value.name))
            .collect()
    }

    #[test]
    fn the_next_days_that_are_not_skipped_are_offered_in_the_citys_time_zone() {
        // Friday 30 October; summer time ends on Sunday.
        let weekend = json!({ "days": 2, "times": ["09:00", "14:30"], "skip": ["sa", "su"] });
        assert_eq!(
            offered(&weekend, &["2026-11-02T14:30:00-06:00"]),
            [
                "2026-11-02T09:00:00-06:00 = 2026-11-02 09:00",
                "2026-11-03T09:00:00-06:00 = 2026-11-03 09:00",
                "2026-11-03T14:30:00-06:00 = 2026-11-03 14:30",
            ]
        );
        let every_day = json!({ "days": 1, "times": ["08:00"] });
        assert_eq!(
            offered(&every_day, &[]),
            ["2026-10-31T08:00:00-05:00 = 2026-10-31 08:00"]
        );
    }

    #[test]
    fn slots_without_days_or_times_offer_nothing() {
        let all = ["mo", "tu", "we", "th", "fr", "sa", "su"];
        for slots in [
            json!({}),
            json!({ "days": 3 }),
            json!({ "days": 3, "times": ["noon"] }),
            json!({ "days": 3, "times": ["09:00"], "skip": all }),
        ] {
            assert!(offered(&slots, &[]).is_empty(), "{slots}");
        }
    }
}
