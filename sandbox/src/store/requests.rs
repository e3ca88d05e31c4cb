//! Service requests: inserted and found by number, token or key.

use std::collections::BTreeSet;

use jiff::Timestamp;
use rusqlite::{OptionalExtension, Row, Transaction, params};
use serde_json::{Map, Value, json};

use super::stage::Stage;
use crate::json::{as_text, text_field};

/// A request that is in the database.
pub(crate) struct StoredRequest {
    pub(crate) number: i64,
    pub(crate) id: Option<String>,
    pub(crate) stage: Stage,
    /// When it becomes public, in Unix milliseconds; `None`: never.
    pub(crate) visible: Option<i64>,
    /// When it is expected to be done, in Unix milliseconds like the two below.
    pub(crate) due: Option<i64>,
    /// When the city asked the resident a question that is still open.
    pub(crate) asked: Option<i64>,
    /// When the resident sent a reminder that the city has not answered yet.
    pub(crate) reminded: Option<i64>,
    pub(crate) token: Option<String>,
    /// What proves who sent it; `None`: nobody can prove it.
    pub(crate) secret: Option<String>,
    pub(crate) row: Value,
    pub(crate) answers: Map<String, Value>,
    pub(crate) contact: Map<String, Value>,
}

impl StoredRequest {
    pub(crate) fn is_late(&self, now: Timestamp) -> bool {
        let is_past = self.due.is_some_and(|due| due < now.as_millisecond());
        is_past && self.stage != Stage::Closed
    }
}

/// A request to insert. The row has no id yet unless it was recorded.
pub(crate) struct NewRequest {
    pub(crate) id: IdSource,
    pub(crate) stage: Stage,
    pub(crate) requested: Timestamp,
    pub(crate) updated: Timestamp,
    pub(crate) due: Option<Timestamp>,
    pub(crate) visible: Option<Timestamp>,
    pub(crate) token: Option<String>,
    pub(crate) key: Option<String>,
    pub(crate) row: Value,
    pub(crate) answers: Map<String, Value>,
    pub(crate) contact: Map<String, Value>,
}

pub(crate) enum IdSource {
    /// The id of the row, if it has one.
    Recorded(Option<String>),
    /// The next free number, after the last two digits of this year.
    Next { year: i16 },
}

/// Inserts a request. `None`: another request already has this idempotency key.
pub(crate) fn insert(tx: &Transaction, new: NewRequest) -> rusqlite::Result<Option<StoredRequest>> {
    let mut row = new.row;
    let text = |field: &str| text_field(&row, field).unwrap_or_default();
    let changed = tx.execute(
        "INSERT INTO requests (service_code, status, stage, requested, updated, due, visible,
                               token, key, row, answers, contact)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, '', ?10, ?11) ON CONFLICT (key) DO NOTHING",
        params![
            text("service_code"),
            text("status").to_lowercase(),
            new.stage.name(),
            new.requested.as_millisecond(),
            new.updated.as_millisecond(),
            new.due.map(Timestamp::as_millisecond),
            new.visible.map(Timestamp::as_millisecond),
            new.token,
            new.key,
            super::to_json(&new.answers),
            super::to_json(&new.contact),
        ],
    )?;
    if changed == 0 {
        return Ok(None);
    }
    let number = tx.last_insert_rowid();
    let id = match new.id {
        // Of several rows with the same id all are listed, but a lookup finds the first.
        IdSource::Recorded(id) => match id {
            Some(id) if !is_taken(tx, &id)? => Some(id),
            _ => None,
        },
        IdSource::Next { year } => {
            let mut id = format!("{:02}-{number:05}", year.rem_euclid(100));
            while is_taken(tx, &id)? {
                id.push('B');
            }
            if let Some(fields) = row.as_object_mut() {
                fields.shift_insert(0, "service_request_id".into(), json!(id));
            }
            Some(id)
        }
    };
    tx.execute(
        "UPDATE requests SET id = ?2, row = ?3 WHERE number = ?1",
        params![number, id, row.to_string()],
    )?;
    Ok(Some(StoredRequest {
        number,
        id,
        stage: new.stage,
        visible: new.visible.map(Timestamp::as_millisecond),
        due: new.due.map(Timestamp::as_millisecond),
        asked: None,
        reminded: None,
        token: new.token,
        secret: None,
        row,
        answers: new.answers,
        contact: new.contact,
    }))
}

/// Records that a request follows an earlier one.
pub(crate) fn link(tx: &Transaction, number: i64, earlier: i64) -> rusqlite::Result<()> {
    tx.execute(
        "UPDATE requests SET linked = ?2 WHERE number = ?1",
        params![number, earlier],
    )?;
    Ok(())
}

/// The request that this one follows, and those that follow this one, ordered by number.
pub(crate) fn linked(
    tx: &Transaction,
    number: i64,
) -> rusqlite::Result<(Option<StoredRequest>, Vec<StoredRequest>)> {
    let earlier = tx
        .query_row(
            "SELECT * FROM requests
             WHERE number = (SELECT linked FROM requests WHERE number = ?1)",
            [number],
            read,
        )
        .optional()?;
    let later = tx
        .prepare("SELECT * FROM requests WHERE linked = ?1 ORDER BY number")?
        .query_map([number], read)?
        .collect::<rusqlite::Result<_>>()?;
    Ok((earlier, later))
}

fn is_taken(tx: &Transaction, id: &str) -> rusqlite::Result<bool> {
    tx.query_row(
        "SELECT EXISTS (SELECT 1 FROM requests WHERE id = ?1)",
        [id],
        |row| row.get(0),
    )
}

/// All answers to one attribute among the stored requests of a service.
pub(crate) fn answers_to(
    tx: &Transaction,
    service_code: &str,
    attribute: &str,
) -> rusqlite::Result<BTreeSet<String>> {
    let mut statement = tx.prepare("SELECT answers FROM requests WHERE service_code = ?1")?;
    let rows = statement.query_map([service_code], |row| {
        super::from_json::<Map<String, Value>>(row, "answers")
    })?;
    let mut found = BTreeSet::new();
    for answers in rows {
        found.extend(answers?.get(attribute).and_then(as_text));
    }
    Ok(found)
}

/// The response to the first POST with this idempotency key.
pub(crate) fn receipt(tx: &Transaction, key: &str) -> rusqlite::Result<Option<Value>> {
    tx.query_row(
        "SELECT receipt FROM requests WHERE key = ?1",
        [key],
        |row| super::from_json(row, "receipt"),
    )
    .optional()
}

pub(crate) fn set_receipt(tx: &Transaction, number: i64, receipt: &Value) -> rusqlite::Result<()> {
    tx.execute(
        "UPDATE requests SET receipt = ?2 WHERE number = ?1",
        params![number, receipt.to_string()],
    )?;
    Ok(())
}

/// Sets what proves who sent a request.
pub(crate) fn set_secret(tx: &Transaction, number: i64, secret: &str) -> rusqlite::Result<()> {
    tx.execute(
        "UPDATE requests SET secret = ?2 WHERE number = ?1",
        params![number, secret],
    )?;
    Ok(())
}

/// Whether this is the secret of any request.
pub(crate) fn is_secret(tx: &Transaction, secret: &str) -> rusqlite::Result<bool> {
    tx.query_row(
        "SELECT EXISTS (SELECT 1 FROM requests WHERE secret = ?1)",
        [secret],
        |row| row.get(0),
    )
}

/// The request with this id, if it is public now.
pub(crate) fn find_public(
    tx: &Transaction,
    id: &str,
    now: Timestamp,
) -> rusqlite::Result<Option<StoredRequest>> {
    tx.query_row(
        "SELECT * FROM requests WHERE id = ?1 AND visible <= ?2",
        params![id, now.as_millisecond()],
        read,
    )
    .optional()
}

pub(crate) fn find_number(
    tx: &Transaction,
    number: i64,
) -> rusqlite::Result<Option<StoredRequest>> {
    tx.query_row("SELECT * FROM requests WHERE number = ?1", [number], read)
        .optional()
}

pub(crate) fn find_token(tx: &Transaction, token: &str) -> rusqlite::Result<Option<StoredRequest>> {
    tx.query_row("SELECT * FROM requests WHERE token = ?1", [token], read)
        .optional()
}

/// Whether any request has this status: a recorded city may have statuses of its own.
pub(crate) fn status_exists(tx: &Transaction, status: &str) -> rusqlite::Result<bool> {
    tx.query_row(
        "SELECT EXISTS (SELECT 1 FROM requests WHERE status = ?1)",
        [status],
        |row| row.get(0),
    )
}

pub(super) fn read(row: &Row) -> rusqlite::Result<StoredRequest> {
    Ok(StoredRequest {
        number: row.get("number")?,
        id: row.get("id")?,
        stage: Stage::from_name(&row.get::<_, String>("stage")?).unwrap_or(Stage::Received),
        visible: row.get("visible")?,
        due: row.get("due")?,
        asked: row.get("asked")?,
        reminded: row.get("reminded")?,
        token: row.get("token")?,
        secret: row.get("secret")?,
        row: super::from_json(row, "row")?,
        answers: super::from_json(row, "answers")?,
        contact: super::from_json(row, "contact")?,
    })
}
