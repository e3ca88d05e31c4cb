//! Adds an update to the history of a request and changes the request's own row accordingly.

use jiff::Timestamp;
use rusqlite::{Transaction, params};
use serde_json::json;

use super::requests::StoredRequest;
use super::stage::Stage;
use super::updates::{Author, UpdateRow, UpdateType};
use crate::clock::Zone;
use crate::json::str_field;

/// An update to add. What is `None` does not change.
#[derive(Debug)]
pub(crate) struct NewUpdate {
    pub(crate) at: Timestamp,
    pub(crate) author: Author,
    pub(crate) stage: Option<Stage>,
    pub(crate) update_type: Option<UpdateType>,
    /// The status of the update if it is more precise than the stage: `duplicate`, `fixed`.
    pub(crate) status: Option<String>,
    pub(crate) note: String,
    pub(crate) agency: Option<String>,
    /// The new date on which the request is expected to be done.
    pub(crate) expected: Option<Timestamp>,
    pub(crate) media_url: Option<String>,
    /// `update_id` of the sender.
    pub(crate) client_id: Option<String>,
    /// The idempotency key.
    pub(crate) key: Option<String>,
}

impl NewUpdate {
    pub(crate) fn by_city(at: Timestamp, stage: Option<Stage>, note: &str) -> Self {
        NewUpdate {
            at,
            author: Author::City,
            stage,
            update_type: None,
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

/// Adds the update to the history and changes the request's row; returns the id of the update.
pub(crate) fn apply(
    tx: &Transaction,
    request: &mut StoredRequest,
    update: &NewUpdate,
    zone: &Zone,
) -> rusqlite::Result<i64> {
    let before = request.stage;
    request.stage = update.stage.unwrap_or(before);
    change_pending(request, update);
    change_row(request, update, before, zone);
    let status = str_field(&request.row, "status").unwrap_or_default();
    tx.execute(
        "UPDATE requests SET stage = ?2, status = ?3, updated = ?4, row = ?5,
                             due = ?6, asked = ?7, reminded = ?8 WHERE number = ?1",
        params![
            request.number,
            request.stage.name(),
            status.to_lowercase(),
            update.at.as_millisecond(),
            request.row.to_string(),
            request.due,
            request.asked,
            request.reminded,
        ],
    )?;
    tx.execute(
        "INSERT INTO updates (request, at, author, client_id, key, row)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        params![
            request.number,
            update.at.as_millisecond(),
            update.author.name(),
            update.client_id,
            update.key,
            super::to_json(&update_row(request, update, zone))
        ],
    )?;
    Ok(tx.last_insert_rowid())
}

/// Whether a question or a reminder is still unanswered, and when the request is due.
fn change_pending(request: &mut StoredRequest, update: &NewUpdate) {
    let at = Some(update.at.as_millisecond());
    match (update.author, update.update_type) {
        (_, Some(UpdateType::Question)) => (request.asked, request.reminded) = (at, None),
        (_, Some(UpdateType::Reminder)) => request.reminded = at,
        (Author::Resident, _) => request.asked = None,
        (Author::Other, _) => {}
        (Author::City, _) => {
            request.reminded = None;
            if update.stage.is_some_and(|stage| stage != Stage::Waiting) {
                request.asked = None;
            }
        }
    }
    if let Some(expected) = update.expected {
        request.due = Some(expected.as_millisecond());
    }
}

fn change_row(request: &mut StoredRequest, update: &NewUpdate, before: Stage, zone: &Zone) {
    let after = request.stage;
    let Some(row) = request.row.as_object_mut() else {
        return;
    };
    if update.stage.is_some() {
        row.insert("status".into(), json!(after.status()));
    }
    // The resident's own text is only in the history; the row says what became of the request.
    let note = match update.author {
        Author::City => update.note.as_str(),
        Author::Resident if update.update_type == Some(UpdateType::Withdrawn) => {
            "Withdrawn by the resident."
        }
        Author::Resident if before == Stage::Closed && after != Stage::Closed => {
            "Open again: the resident says it is still there."
        }
        Author::Other if before == Stage::Closed && after != Stage::Closed => {
            "Open again: somebody says it is still there."
        }
        Author::Resident | Author::Other => "",
    };
    if !note.is_empty() {
        row.insert("status_notes".into(), json!(note));
    }
    if let Some(agency) = &update.agency {
        row.insert("agency_responsible".into(), json!(agency));
    }
    if let Some(expected) = update.expected {
        row.insert("expected_datetime".into(), json!(zone.format(expected)));
    }
    // "For requests with status=closed, this will be the date the request was closed."
    if (before, after) != (Stage::Closed, Stage::Closed) {
        row.insert("updated_datetime".into(), json!(zone.format(update.at)));
    }
}

fn update_row(request: &StoredRequest, update: &NewUpdate, zone: &Zone) -> UpdateRow {
    let id = request.row.get("service_request_id");
    let status = update.status.as_deref();
    UpdateRow {
        service_request_id: id.cloned().unwrap_or_default(),
        status: status.unwrap_or(request.stage.update_status()).to_owned(),
        updated_datetime: zone.format(update.at),
        description: update.note.clone(),
        media_url: update.media_url.clone(),
        agency_responsible: update.agency.clone(),
        expected_datetime: update.expected.map(|at| zone.format(at)),
        update_type: update.update_type,
        ..UpdateRow::default()
    }
}
