//! The updates of requests: the history of one, or a list over many.

use jiff::Timestamp;
use rusqlite::types::Value as Sql;
use rusqlite::{OptionalExtension, Row, Transaction, params, params_from_iter};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::request_list::{limit_and_offset, placeholders};
use super::requests::StoredRequest;

pub(crate) struct Update {
    pub(crate) at: Timestamp,
    pub(crate) row: UpdateRow,
}

/// A row of `servicerequestupdates`.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub(crate) struct UpdateRow {
    /// This and the author are columns of their own: only set when read from the database.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) update_id: Option<String>,
    /// A number in some recorded cities.
    pub(crate) service_request_id: Value,
    pub(crate) status: String,
    pub(crate) updated_datetime: String,
    pub(crate) description: String,
    pub(crate) media_url: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) agency_responsible: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) expected_datetime: Option<String>,
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    pub(crate) update_type: Option<UpdateType>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) author: Option<Author>,
}

#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Author {
    City,
    /// Who sent the request.
    Resident,
    /// Another person.
    Other,
}

impl Author {
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Author::City => "city",
            Author::Resident => "resident",
            Author::Other => "other",
        }
    }
}

/// Only updates with a special purpose have a type.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum UpdateType {
    /// The city asks the resident.
    Question,
    /// The resident asks why nothing happens.
    Reminder,
    /// The resident withdraws the request.
    Withdrawn,
}

impl UpdateType {
    pub(crate) const fn name(self) -> &'static str {
        match self {
            UpdateType::Question => "question",
            UpdateType::Reminder => "reminder",
            UpdateType::Withdrawn => "withdrawn",
        }
    }
}

impl Update {
    pub(crate) fn author(&self) -> Author {
        self.row.author.unwrap_or(Author::City)
    }
}

#[derive(Debug, Default)]
pub(crate) struct UpdateFilter {
    /// Ids of requests; none means all public ones.
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

/// Updates of public requests, oldest first.
pub(crate) fn list(
    tx: &Transaction,
    filter: &UpdateFilter,
    now: Timestamp,
) -> rusqlite::Result<Vec<Update>> {
    let mut conditions = vec!["requests.visible <= ?".to_owned()];
    let mut values = vec![Sql::Integer(now.as_millisecond())];
    if !filter.ids.is_empty() {
        conditions.push(format!(
            "requests.id IN ({})",
            placeholders(filter.ids.len())
        ));
        values.extend(filter.ids.iter().cloned().map(Sql::Text));
    }
    for (condition, time) in [("at >= ?", filter.from), ("at <= ?", filter.to)] {
        if let Some(time) = time {
            conditions.push(condition.to_owned());
            values.push(Sql::Integer(time.as_millisecond()));
        }
    }
    values.extend(limit_and_offset(filter.page, filter.page_size));
    tx.prepare(&format!(
        "SELECT updates.* FROM updates JOIN requests ON requests.number = updates.request
         WHERE {} ORDER BY at, updates.number LIMIT ? OFFSET ?",
        conditions.join(" AND ")
    ))?
    .query_map(params_from_iter(values), read)?
    .collect()
}

/// The id of an update that was already sent, with the same key or the same `update_id`.
pub(crate) fn find_sent(
    tx: &Transaction,
    request: &StoredRequest,
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

/// The id of the last reminder of this request that was sent after this time.
pub(crate) fn find_reminder(
    tx: &Transaction,
    request: &StoredRequest,
    since: Timestamp,
) -> rusqlite::Result<Option<i64>> {
    tx.query_row(
        "SELECT max(number) FROM updates WHERE request = ?1 AND at > ?2 AND row ->> 'type' = ?3",
        params![
            request.number,
            since.as_millisecond(),
            UpdateType::Reminder.name()
        ],
        |row| row.get(0),
    )
}

fn read(row: &Row) -> rusqlite::Result<Update> {
    let number: i64 = row.get("number")?;
    let author: String = row.get("author")?;
    let known = [Author::Resident, Author::Other];
    let author = known.into_iter().find(|known| known.name() == author);
    Ok(Update {
        at: super::timestamp(row, "at")?,
        row: UpdateRow {
            update_id: Some(number.to_string()),
            author: Some(author.unwrap_or(Author::City)),
            ..super::from_json(row, "row")?
        },
    })
}
