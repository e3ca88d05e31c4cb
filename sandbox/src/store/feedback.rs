//! Feedback on guides. A row has the fields of its subject as they were sent; nothing is known about
//! the sender.

use jiff::Timestamp;
use rusqlite::{Row, Transaction, params};
use serde::Deserialize;
use serde_json::Value;

/// Stores feedback. False: there is feedback with this key already; it is not changed.
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

/// How many residents found a step of a guide clear, and how many did not.
pub(crate) struct Clarity {
    pub(crate) guide: String,
    pub(crate) step: String,
    pub(crate) clear: i64,
    pub(crate) unclear: i64,
}

/// All steps with feedback, ordered by guide; the steps that most people found unclear come first.
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

/// A comment on a step of a guide.
pub(crate) struct Comment {
    pub(crate) at: Timestamp,
    pub(crate) row: StepFeedback,
}

/// Feedback about a step of a guide, as it was sent.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(crate) struct StepFeedback {
    pub(crate) guide: String,
    pub(crate) step: String,
    /// `yes` or `no`.
    pub(crate) clear: String,
    pub(crate) text: String,
    pub(crate) language: String,
}

/// The newest `limit` comments on steps, newest first.
pub(crate) fn comments(tx: &Transaction, limit: u32) -> rusqlite::Result<Vec<Comment>> {
    tx.prepare(
        "SELECT at, row FROM feedback WHERE about = 'step' AND row ->> 'text' IS NOT NULL
         ORDER BY number DESC LIMIT ?1",
    )?
    .query_map([limit], read)?
    .collect()
}

fn read(row: &Row) -> rusqlite::Result<Comment> {
    Ok(Comment {
        at: super::timestamp(row, "at")?,
        row: super::from_json(row, "row")?,
    })
}
