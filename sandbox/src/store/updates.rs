//! The histories of requests, read: one request's, or those of many by their time.

use jiff::Timestamp;
use rusqlite::types::Value as Sql;
use rusqlite::{OptionalExtension, Transaction, params, params_from_iter};
use serde_json::{Value, json};

use super::requests::Stored;
use super::steps::{Author, Purpose};

/// An update as it is shown.
pub(crate) struct Update {
    pub(crate) by_resident: bool,
    pub(crate) at: Timestamp,
    pub(crate) row: Value,
}

#[derive(Debug, Default)]
pub(crate) struct UpdateSearch {
    /// Numbers of requests; empty means all that the public may see.
    pub(crate) ids: Vec<String>,
    pub(crate) from: Option<Timestamp>,
    pub(crate) to: Option<Timestamp>,
    pub(crate) page: u32,
    pub(crate) page_size: u32,
}

/// The history of one request, oldest first.
pub(crate) fn history(tx: &Transaction, request: i64) -> rusqlite::Result<Vec<Update>> {
    tx.prepare("SELECT * FROM updates WHERE request = ?1 ORDER BY at, number")?
        .query_map([request], read)?
        .collect()
}

/// Updates of public requests, oldest first, as mySociety's extension gives them.
pub(crate) fn list(
    tx: &Transaction,
    search: &UpdateSearch,
    now: Timestamp,
) -> rusqlite::Result<Vec<Update>> {
    let mut conditions = vec!["requests.visible <= ?".to_owned()];
    let mut values = vec![Sql::Integer(now.as_millisecond())];
    if !search.ids.is_empty() {
        conditions.push(format!(
            "requests.id IN ({})",
            vec!["?"; search.ids.len()].join(",")
        ));
        values.extend(search.ids.iter().cloned().map(Sql::Text));
    }
    for (condition, moment) in [("at >= ?", search.from), ("at <= ?", search.to)] {
        if let Some(moment) = moment {
            conditions.push(condition.to_owned());
            values.push(Sql::Integer(moment.as_millisecond()));
        }
    }
    values.push(Sql::Integer(i64::from(search.page_size)));
    values.push(Sql::Integer(
        i64::from(search.page.saturating_sub(1)) * i64::from(search.page_size),
    ));
    tx.prepare(&format!(
        "SELECT updates.* FROM updates JOIN requests ON requests.number = updates.request
         WHERE {} ORDER BY at, updates.number LIMIT ? OFFSET ?",
        conditions.join(" AND ")
    ))?
    .query_map(params_from_iter(values), read)?
    .collect()
}

/// The id of an update that was already sent: under the same key, or by the same name.
pub(crate) fn sent_before(
    tx: &Transaction,
    request: &Stored,
    key: Option<&str>,
    client_id: Option<&str>,
) -> rusqlite::Result<Option<i64>> {
    tx.query_row(
        "SELECT number FROM updates WHERE key = ?1 OR (request = ?2 AND client_id = ?3)",
        params![key, request.number, client_id],
        |row| row.get(0),
    )
    .optional()
}

/// The id of a reminder of this request that came after this moment.
pub(crate) fn reminded_since(
    tx: &Transaction,
    request: &Stored,
    since: Timestamp,
) -> rusqlite::Result<Option<i64>> {
    tx.query_row(
        "SELECT max(number) FROM updates WHERE request = ?1 AND at > ?2 AND row ->> 'type' = ?3",
        params![
            request.number,
            since.as_millisecond(),
            Purpose::Reminder.name()
        ],
        |row| row.get(0),
    )
}

fn read(row: &rusqlite::Row) -> rusqlite::Result<Update> {
    let mut shown = super::json(row, "row")?;
    let number: i64 = row.get("number")?;
    if let Some(fields) = shown.as_object_mut() {
        fields.shift_insert(0, "update_id".into(), json!(number.to_string()));
    }
    let author: String = row.get("author")?;
    if let Some(fields) = shown.as_object_mut() {
        fields.insert("author".into(), json!(author));
    }
    Ok(Update {
        by_resident: author == Author::Resident.name(),
        at: Timestamp::from_millisecond(row.get("at")?).unwrap_or(Timestamp::UNIX_EPOCH),
        row: shown,
    })
}
