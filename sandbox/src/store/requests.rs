//! Service requests: kept and found.

use std::collections::BTreeSet;

use jiff::Timestamp;
use rusqlite::{OptionalExtension, Row, Transaction, params};
use serde_json::{Value, json};

use super::stage::Stage;

/// A request that is in the database.
pub(crate) struct Stored {
    pub(crate) number: i64,
    pub(crate) id: Option<String>,
    pub(crate) stage: Stage,
    pub(crate) visible: Option<i64>,
    /// What was promised, in Unix milliseconds as the two below.
    pub(crate) due: Option<i64>,
    /// When the resident was asked something that is not answered yet.
    pub(crate) asked: Option<i64>,
    /// When the resident last asked why nothing happens; the city has not said a word since.
    pub(crate) reminded: Option<i64>,
    pub(crate) token: Option<String>,
    pub(crate) row: Value,
    pub(crate) answers: Value,
    pub(crate) contact: Value,
}

impl Stored {
    pub(crate) fn is_late(&self, now: Timestamp) -> bool {
        let is_past = self.due.is_some_and(|due| due < now.as_millisecond());
        is_past && self.stage != Stage::Closed
    }
}

/// A request on its way into the database. The row has no id yet unless it was recorded.
pub(crate) struct New {
    pub(crate) id: Id,
    pub(crate) stage: Stage,
    pub(crate) requested: Timestamp,
    pub(crate) updated: Timestamp,
    pub(crate) due: Option<Timestamp>,
    pub(crate) visible: Option<Timestamp>,
    pub(crate) token: Option<String>,
    pub(crate) key: Option<String>,
    pub(crate) row: Value,
    pub(crate) answers: Value,
    pub(crate) contact: Value,
}

pub(crate) enum Id {
    /// The row brings its own, or none.
    Recorded(Option<String>),
    /// The next number of the year, with this many years since 2000 in front.
    Next { year: i16 },
}

/// Puts a request in. `None`: another request already has this idempotency key.
pub(crate) fn insert(tx: &Transaction, new: New) -> rusqlite::Result<Option<Stored>> {
    let mut row = new.row;
    let text = |row: &Value, field: &str| -> String {
        row.get(field).and_then(as_text).unwrap_or_default()
    };
    let changed = tx.execute(
        "INSERT INTO requests (service_code, status, stage, requested, updated, due, visible,
                               token, key, row, answers, contact)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, '', ?10, ?11) ON CONFLICT (key) DO NOTHING",
        params![
            text(&row, "service_code"),
            text(&row, "status").to_lowercase(),
            new.stage.name(),
            new.requested.as_millisecond(),
            new.updated.as_millisecond(),
            new.due.map(Timestamp::as_millisecond),
            new.visible.map(Timestamp::as_millisecond),
            new.token,
            new.key,
            new.answers.to_string(),
            new.contact.to_string(),
        ],
    )?;
    if changed == 0 {
        return Ok(None);
    }
    let number = tx.last_insert_rowid();
    let id = match new.id {
        // The second row with an id stays in the list but is not what a look-up finds.
        Id::Recorded(id) => match id {
            Some(id) if !is_taken(tx, &id)? => Some(id),
            _ => None,
        },
        Id::Next { year } => {
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
    Ok(Some(Stored {
        number,
        id,
        stage: new.stage,
        visible: new.visible.map(Timestamp::as_millisecond),
        due: new.due.map(Timestamp::as_millisecond),
        asked: None,
        reminded: None,
        token: new.token,
        row,
        answers: new.answers,
        contact: new.contact,
    }))
}

/// Notes that a request follows an earlier one.
pub(crate) fn link(tx: &Transaction, number: i64, earlier: i64) -> rusqlite::Result<()> {
    tx.execute(
        "UPDATE requests SET linked = ?2 WHERE number = ?1",
        params![number, earlier],
    )?;
    Ok(())
}

/// The request that this one follows, and those that follow this one, by their numbers.
pub(crate) fn linked(
    tx: &Transaction,
    number: i64,
) -> rusqlite::Result<(Option<Stored>, Vec<Stored>)> {
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

/// Ids and codes come as text or as numbers.
pub(crate) fn as_text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) if !text.trim().is_empty() => Some(text.trim().to_owned()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

/// All answers that stored requests of a service gave to one attribute.
pub(crate) fn answers_to(
    tx: &Transaction,
    service_code: &str,
    attribute: &str,
) -> rusqlite::Result<BTreeSet<String>> {
    let mut statement = tx.prepare("SELECT answers FROM requests WHERE service_code = ?1")?;
    let rows = statement.query_map([service_code], |row| super::json(row, "answers"))?;
    let mut found = BTreeSet::new();
    for answers in rows {
        found.extend(answers?.get(attribute).and_then(as_text));
    }
    Ok(found)
}

/// The first answer that was given under this key.
pub(crate) fn receipt(tx: &Transaction, key: &str) -> rusqlite::Result<Option<Value>> {
    tx.query_row(
        "SELECT receipt FROM requests WHERE key = ?1",
        [key],
        |row| super::json(row, "receipt"),
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

/// A request as the public may see it now.
pub(crate) fn find_public(
    tx: &Transaction,
    id: &str,
    now: Timestamp,
) -> rusqlite::Result<Option<Stored>> {
    tx.query_row(
        "SELECT * FROM requests WHERE id = ?1 AND visible <= ?2",
        params![id, now.as_millisecond()],
        read,
    )
    .optional()
}

pub(crate) fn find_number(tx: &Transaction, number: i64) -> rusqlite::Result<Option<Stored>> {
    tx.query_row("SELECT * FROM requests WHERE number = ?1", [number], read)
        .optional()
}

pub(crate) fn find_token(tx: &Transaction, token: &str) -> rusqlite::Result<Option<Stored>> {
    tx.query_row("SELECT * FROM requests WHERE token = ?1", [token], read)
        .optional()
}

/// Whether any request has this status: a recorded city may use its own words.
pub(crate) fn status_exists(tx: &Transaction, status: &str) -> rusqlite::Result<bool> {
    tx.query_row(
        "SELECT EXISTS (SELECT 1 FROM requests WHERE status = ?1)",
        [status],
        |row| row.get(0),
    )
}

pub(super) fn read(row: &Row) -> rusqlite::Result<Stored> {
    Ok(Stored {
        number: row.get("number")?,
        id: row.get("id")?,
        stage: Stage::named(&row.get::<_, String>("stage")?).unwrap_or(Stage::Received),
        visible: row.get("visible")?,
        due: row.get("due")?,
        asked: row.get("asked")?,
        reminded: row.get("reminded")?,
        token: row.get("token")?,
        row: super::json(row, "row")?,
        answers: super::json(row, "answers")?,
        contact: super::json(row, "contact")?,
    })
}
