//! What happens to a request after it came in: each step is an update in its history, and the
//! request's own row always tells the last one.

use jiff::Timestamp;
use rusqlite::{Transaction, params};
use serde_json::{Value, json};

use super::requests::Stored;
use super::stage::Stage;
use crate::clock::Zone;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Author {
    City,
    Resident,
}

impl Author {
    /// The update's `author`.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Author::City => "city",
            Author::Resident => "resident",
        }
    }
}

/// What an update is for, where it is for something of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// The city asks the resident.
    Question,
    /// The resident asks why nothing happens.
    Reminder,
    /// The resident takes the request back.
    Withdrawn,
}

impl Purpose {
    /// The update's `type`.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Purpose::Question => "question",
            Purpose::Reminder => "reminder",
            Purpose::Withdrawn => "withdrawn",
        }
    }
}

/// One thing that happened. What is `None` stays as it was.
#[derive(Debug)]
pub(crate) struct Step {
    pub(crate) at: Timestamp,
    pub(crate) author: Author,
    pub(crate) stage: Option<Stage>,
    pub(crate) purpose: Option<Purpose>,
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
            purpose: None,
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
    let was = request.stage;
    request.stage = step.stage.unwrap_or(was);
    take_note(request, step);
    write_row(request, step, was, zone);
    let status = request
        .row
        .get("status")
        .and_then(Value::as_str)
        .unwrap_or_default();
    tx.execute(
        "UPDATE requests SET stage = ?2, status = ?3, updated = ?4, row = ?5,
                             due = ?6, asked = ?7, reminded = ?8 WHERE number = ?1",
        params![
            request.number,
            request.stage.name(),
            status.to_lowercase(),
            step.at.as_millisecond(),
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
            step.at.as_millisecond(),
            step.author.name(),
            step.client_id,
            step.key,
            update_row(request, step, zone).to_string()
        ],
    )?;
    Ok(tx.last_insert_rowid())
}

/// Who has to say the next word.
fn take_note(request: &mut Stored, step: &Step) {
    let at = Some(step.at.as_millisecond());
    match (step.author, step.purpose) {
        (_, Some(Purpose::Question)) => (request.asked, request.reminded) = (at, None),
        (_, Some(Purpose::Reminder)) => request.reminded = at,
        (Author::Resident, _) => request.asked = None,
        (Author::City, _) => {
            request.reminded = None;
            if step.stage.is_some_and(|stage| stage != Stage::Waiting) {
                request.asked = None;
            }
        }
    }
    if let Some(expected) = step.expected {
        request.due = Some(expected.as_millisecond());
    }
}

fn write_row(request: &mut Stored, step: &Step, was: Stage, zone: &Zone) {
    let is = request.stage;
    let Some(row) = request.row.as_object_mut() else {
        return;
    };
    if step.stage.is_some() {
        row.insert("status".into(), json!(is.status()));
    }
    // A resident's own words stand in the history; the row says what became of the request.
    let note = match step.author {
        Author::City => step.note.as_str(),
        Author::Resident if step.purpose == Some(Purpose::Withdrawn) => {
            "Withdrawn by the resident."
        }
        Author::Resident if was == Stage::Closed && is != Stage::Closed => {
            "Open again: the resident says it is still there."
        }
        Author::Resident => "",
    };
    if !note.is_empty() {
        row.insert("status_notes".into(), json!(note));
    }
    if let Some(agency) = &step.agency {
        row.insert("agency_responsible".into(), json!(agency));
    }
    if let Some(expected) = step.expected {
        row.insert("expected_datetime".into(), json!(zone.write(expected)));
    }
    // "For requests with status=closed, this will be the date the request was closed."
    if (was, is) != (Stage::Closed, Stage::Closed) {
        row.insert("updated_datetime".into(), json!(zone.write(step.at)));
    }
}

fn update_row(request: &Stored, step: &Step, zone: &Zone) -> Value {
    let mut update = json!({
        "service_request_id": request.row.get("service_request_id"),
        "status": step.status.as_deref().unwrap_or(request.stage.update_status()),
        "updated_datetime": zone.write(step.at),
        "description": step.note,
        "media_url": step.media_url,
    });
    let more = [
        ("agency_responsible", step.agency.clone()),
        ("expected_datetime", step.expected.map(|at| zone.write(at))),
        (
            "type",
            step.purpose.map(|purpose| purpose.name().to_owned()),
        ),
    ];
    if let Some(fields) = update.as_object_mut() {
        for (name, value) in more {
            fields.extend(value.map(|value| (name.to_owned(), json!(value))));
        }
    }
    update
}
