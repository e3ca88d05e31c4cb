//! Service notices: emergencies, tasks of other offices, paused services, known disruptions.

use jiff::Timestamp;
use rusqlite::{Row, Transaction, params};
use serde::{Deserialize, Serialize};

use crate::localized::Localized;

/// A row of `/notices.json`. `Date` is how its dates are written.
#[derive(Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub(crate) struct Notice<Date = String> {
    /// Only set when read from the database.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) id: Option<String>,
    pub(crate) kind: NoticeKind,
    /// Codes of the services that it is about; none means all.
    pub(crate) services: Vec<String>,
    pub(crate) title: Option<Localized>,
    pub(crate) text: Option<Localized>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) phone: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) link: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) from: Option<Date>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) until: Option<Date>,
}

#[derive(Clone, Copy, Debug, Default, Deserialize, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum NoticeKind {
    Emergency,
    /// Another office is responsible.
    NotOurs,
    Paused,
    /// The city already knows of the problem.
    #[default]
    Known,
}

/// Adds a notice. From `until` on it is no longer current.
pub(crate) fn insert(
    tx: &Transaction,
    notice: &Notice,
    until: Option<Timestamp>,
) -> rusqlite::Result<()> {
    tx.execute(
        "INSERT INTO notices (until, row) VALUES (?1, ?2)",
        params![until.map(Timestamp::as_millisecond), super::to_json(notice)],
    )?;
    Ok(())
}

/// The notices that have neither been ended nor expired, in the order in which they were added.
pub(crate) fn current(tx: &Transaction, now: Timestamp) -> rusqlite::Result<Vec<Notice>> {
    tx.prepare(
        "SELECT * FROM notices WHERE ended IS NULL AND (until IS NULL OR until > ?1)
         ORDER BY number",
    )?
    .query_map([now.as_millisecond()], read)?
    .collect()
}

/// Ends a notice. False: no notice with this number is still active.
pub(crate) fn end(tx: &Transaction, number: i64, now: Timestamp) -> rusqlite::Result<bool> {
    let changed = tx.execute(
        "UPDATE notices SET ended = ?2 WHERE number = ?1 AND ended IS NULL",
        params![number, now.as_millisecond()],
    )?;
    Ok(changed == 1)
}

fn read(row: &Row) -> rusqlite::Result<Notice> {
    let number: i64 = row.get("number")?;
    Ok(Notice {
        id: Some(number.to_string()),
        ..super::from_json(row, "row")?
    })
}
