//! What happens to a request after it came in: each step is an update in its history, and the
//! request's own row always tells the last one.

use jiff::Timestamp;
use rusqlite::types::Value as Sql;
use rusqlite::{OptionalExtension, Transaction, params, params_from_iter};
use serde_json::{Value, json};

use super::requests::Stored;
use crate::clock::Zone;

/// Where a request stands for the people who work on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Stage {
    Received,
    InProgress,
    Waiting,
    Closed,
}

impl Stage {
    pub(crate) const ALL: [Stage; 4] = [
        Stage::Received,
        Stage::InProgress,
        Stage::Waiting,
        Stage::Closed,
    ];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Stage::Received => "received",
            Stage::InProgress => "in_progress",
            Stage::Waiting => "waiting",
            Stage::Closed => "closed",
        }
    }

    pub(crate) fn words(self) -> &'static str {
        match self {
            Stage::Received => "Received",
            Stage::InProgress => "In progress",
            Stage::Waiting => "Waiting",
            Stage::Closed => "Closed",
        }
    }

    pub(crate) fn named(name: &str) -> Option<Self> {
        Stage::ALL.into_iter().find(|stage| stage.name() == name)
    }

    /// GeoReport itself knows two statuses.
    pub(crate) fn status(self) -> &'static str {
        if self == Stage::Closed {
            "closed"
        } else {
            "open"
        }
    }

    /// The status of an update, which may say more.
    pub(crate) fn update_status(self) -> &'static str {
        if self == Stage::Received {
            "open"
        } else {
            self.name()
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Author {
    City,
    Resident,
}

/// One thing that happened. What is `None` stays as it was.
#[derive(Debug)]
pub(crate) struct Step {
    pub(crate) at: Timestamp,
    pub(crate) author: Author,
    pub(crate) stage: Option<Stage>,
    /// The update's status where it says more than the stage: `duplicate`, `fixed`.
    pub(crate) status: Option<String>,
    pub(crate) note: String,
    pub(crate) agency: Option<String>,
    pub(crate) expected: Option<Timestamp>,
    pub(crate) media_url: Option<String>,
    /// The sender's own name for the update.
    pub(crate) client_id: Option<String>,
    pub(crate) key: Option<String>,
}

impl Step {
    pub(crate) fn by_city(at: Timestamp, stage: Option<Stage>, note: &str) -> Self {
        Step {
            at,
            author: Author::City,
            stage,
            status: None,
            note: note.to_owned(),
            agency: None,
            expected: None,
            media_url: None,
            client_id: None,
            key: None,
        }
    }
}

/// Writes the step into the history and into the request's row; gives the update's id.
pub(crate) fn apply(
    tx: &Transaction,
    request: &mut Stored,
    step: &Step,
    zone: &Zone,
) -> rusqlite::Result<i64> {
    request.stage = step.stage.unwrap_or(request.stage);
    let at = zone.write(step.at);
    if let Some(row) = request.row.as_object_mut() {
        if step.stage.is_some() {
            row.insert("status".into(), json!(request.stage.status()));
        }
        if step.author == Author::City && !step.note.is_empty() {
            row.insert("status_notes".into(), json!(step.note));
        }
        if let Some(agency) = &step.agency {
            row.insert("agency_responsible".into(), json!(agency));
        }
        if let Some(expected) = step.expected {
            row.insert("expected_datetime".into(), json!(zone.write(expected)));
        }
        row.insert("updated_datetime".into(), json!(at));
    }
    let status = request
        .row
        .get("status")
        .and_then(Value::as_str)
        .unwrap_or_default();
    tx.execute(
        "UPDATE requests SET stage = ?2, status = ?3, updated = ?4, row = ?5 WHERE number = ?1",
        params![
            request.number,
            request.stage.name(),
            status.to_lowercase(),
            step.at.as_millisecond(),
            request.row.to_string()
        ],
    )?;
    let mut update = json!({
        "service_request_id": request.row.get("service_request_id"),
        "status": step.status.as_deref().unwrap_or(request.stage.update_status()),
        "updated_datetime": at,
        "description": step.note,
        "media_url": step.media_url,
    });
    if let (Some(agency), Some(fields)) = (&step.agency, update.as_object_mut()) {
        fields.insert("agency_responsible".into(), json!(agency));
    }
    tx.execute(
        "INSERT INTO updates (request, at, author, client_id, key, row)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        params![
            request.number,
            step.at.as_millisecond(),
            if step.author == Author::City {
                "city"
            } else {
                "resident"
            },
            step.client_id,
            step.key,
            update.to_string()
        ],
    )?;
    Ok(tx.last_insert_rowid())
}

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

fn read(row: &rusqlite::Row) -> rusqlite::Result<Update> {
    let mut shown = super::json(row, "row")?;
    let number: i64 = row.get("number")?;
    if let Some(fields) = shown.as_object_mut() {
        fields.shift_insert(0, "update_id".into(), json!(number.to_string()));
    }
    Ok(Update {
        by_resident: row.get::<_, String>("author")? == "resident",
        at: Timestamp::from_millisecond(row.get("at")?).unwrap_or(Timestamp::UNIX_EPOCH),
        row: shown,
    })
}
