//! What residents say of the city's work. A row keeps the fields of its subject as they were sent; of
//! who sent them nothing is known.

use jiff::Timestamp;
use rusqlite::{Row, Transaction, params};
use serde_json::Value;

/// Keeps what was said. False: something of this key is kept already, and stays as it is.
pub(crate) fn insert(
    tx: &Transaction,
    key: &str,
    at: Timestamp,
    about: &str,
    row: &Value,
) -> rusqlite::Result<bool> {
    let changed = tx.execute(
        "INSERT INTO feedback (key, at, about, row) VALUES (?1, ?2, ?3, ?4)
         ON CONFLICT (key) DO NOTHING",
        params![key, at.as_millisecond(), about, row.to_string()],
    )?;
    Ok(changed == 1)
}

/// How many found a step of a guide clear, and how many did not.
pub(crate) struct Clarity {
    pub(crate) guide: String,
    pub(crate) step: String,
    pub(crate) clear: i64,
    pub(crate) unclear: i64,
}

/// All steps of which something was said, guide by guide, what most people found unclear first.
pub(crate) fn clarity(tx: &Transaction) -> rusqlite::Result<Vec<Clarity>> {
    tx.prepare(
        "SELECT row ->> 'guide' AS guide, row ->> 'step' AS step,
                sum(row ->> 'clear' = 'yes') AS clear, sum(row ->> 'clear' = 'no') AS unclear
         FROM feedback WHERE about = 'step'
         GROUP BY guide, step ORDER BY guide, unclear DESC, step",
    )?
    .query_map([], |row| {
        Ok(Clarity {
            guide: row.get("guide")?,
            step: row.get("step")?,
            clear: row.get("clear")?,
            unclear: row.get("unclear")?,
        })
    })?
    .collect()
}

/// Something that was said in words.
pub(crate) struct Sentence {
    pub(crate) at: Timestamp,
    pub(crate) row: Value,
}

/// What was said of steps in words, newest first.
pub(crate) fn sentences(tx: &Transaction, most: u32) -> rusqlite::Result<Vec<Sentence>> {
    tx.prepare(
        "SELECT at, row FROM feedback WHERE about = 'step' AND row ->> 'text' IS NOT NULL
         ORDER BY number DESC LIMIT ?1",
    )?
    .query_map([most], read)?
    .collect()
}

fn read(row: &Row) -> rusqlite::Result<Sentence> {
    Ok(Sentence {
        at: Timestamp::from_millisecond(row.get("at")?).unwrap_or(Timestamp::UNIX_EPOCH),
        row: super::json(row, "row")?,
    })
}
