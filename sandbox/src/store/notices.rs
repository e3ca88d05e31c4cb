//! What the city says beside its services: emergencies, what is not its own, pauses, known trouble.

use jiff::Timestamp;
use rusqlite::{Row, Transaction, params};
use serde_json::{Value, json};

/// Keeps a notice; `until` is the moment from which it is past.
pub(crate) fn insert(
    tx: &Transaction,
    row: &Value,
    until: Option<Timestamp>,
) -> rusqlite::Result<()> {
    tx.execute(
        "INSERT INTO notices (until, row) VALUES (?1, ?2)",
        params![until.map(Timestamp::as_millisecond), row.to_string()],
    )?;
    Ok(())
}

/// The notices that are neither ended nor past, in the order in which they were added.
pub(crate) fn current(tx: &Transaction, now: Timestamp) -> rusqlite::Result<Vec<Value>> {
    tx.prepare(
        "SELECT * FROM notices WHERE ended IS NULL AND (until IS NULL OR until > ?1)
         ORDER BY number",
    )?
    .query_map([now.as_millisecond()], read)?
    .collect()
}

/// Ends a notice. False: there is none of this number that is not ended yet.
pub(crate) fn end(tx: &Transaction, number: i64, now: Timestamp) -> rusqlite::Result<bool> {
    let changed = tx.execute(
        "UPDATE notices SET ended = ?2 WHERE number = ?1 AND ended IS NULL",
        params![number, now.as_millisecond()],
    )?;
    Ok(changed == 1)
}

fn read(row: &Row) -> rusqlite::Result<Value> {
    let mut notice = super::json(row, "row")?;
    let number: i64 = row.get("number")?;
    if let Some(fields) = notice.as_object_mut() {
        fields.shift_insert(0, "id".into(), json!(number.to_string()));
    }
    Ok(notice)
}
