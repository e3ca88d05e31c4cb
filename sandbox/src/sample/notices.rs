//! Riverton's notices of the first run. Their dates are told in days from then, so that a pause is
//! still a pause whenever the city is made.

use jiff::{Timestamp, ToSpan};
use rusqlite::Transaction;
use serde_json::{Value, json};

use crate::clock::Zone;
use crate::store::notices;

pub(super) fn fill(tx: &Transaction, now: Timestamp, zone: &Zone) -> Result<(), String> {
    let text = include_str!("../../data/notices.json");
    let list: Value = serde_json::from_str(text).map_err(|error| error.to_string())?;
    for entry in list.as_array().into_iter().flatten() {
        let mut row = entry.clone();
        let mut moment = |name: &str| {
            let fields = row.as_object_mut()?;
            let days = fields.get(name)?.get("days")?.as_i64()?;
            let day = zone.local(now).date().saturating_add(days.days());
            let at = zone.at(day, 0, 0);
            fields.insert(name.into(), json!(zone.write(at)));
            Some(at)
        };
        moment("from");
        let until = moment("until");
        notices::insert(tx, &row, until).map_err(|error| error.to_string())?;
    }
    Ok(())
}
