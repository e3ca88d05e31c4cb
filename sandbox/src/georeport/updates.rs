//! mySociety's `servicerequestupdates`: the history of requests, and updates that residents send.
//!
//! The fields are those of their "Open311 FMS: proposed differences to Open311"; `type` is our own.

use axum::http::StatusCode;
use jiff::SignedDuration;
use rusqlite::Transaction;
use serde_json::json;

use super::call::Call;
use super::filters;
use crate::clock;
use crate::form::Form;
use crate::photo;
use crate::response::{ApiError, Payload};
use crate::store::confirmations;
use crate::store::new_update::{self, NewUpdate};
use crate::store::photos;
use crate::store::requests::{self, StoredRequest};
use crate::store::stage::Stage;
use crate::store::updates::{self, Author, UpdateRow, UpdateType};

/// A second reminder of the same request within this time changes nothing. The clerk's list marks
/// a request once, so hours to days are sensible.
const REMINDER_INTERVAL: SignedDuration = SignedDuration::from_hours(24);
const MAX_DESCRIPTION_CHARS: usize = 4000;

pub(super) fn list(call: &Call) -> Result<Payload, ApiError> {
    let filter = filters::updates(&call.form)?;
    let updates = call
        .app
        .store
        .run(|tx| Ok(updates::list(tx, &filter, clock::now())?))?;
    let rows: Vec<UpdateRow> = updates
        .into_iter()
        .map(|update| public_row(call, update.row))
        .collect();
    Ok(Payload::new("service_request_updates", rows))
}

/// The row with the address of its photo.
pub(super) fn public_row(call: &Call, mut row: UpdateRow) -> UpdateRow {
    row.media_url = row
        .media_url
        .map(|path| call.media_address(&path).unwrap_or(path));
    row
}

pub(super) fn submit(mut call: Call) -> Result<Payload, ApiError> {
    call.check_key()?;
    let mut photo_errors = Vec::new();
    let photos = photo::take_photos(&mut call.form, &mut photo_errors);
    let now = clock::now();
    let id = call.app.store.run(|tx| {
        let id = call
            .form
            .get("service_request_id")
            .ok_or_else(|| ApiError::bad_request("service_request_id was not provided"))?;
        let mut request = requests::find_public(tx, id, now)?
            .ok_or_else(|| ApiError::not_found(format!("service_request_id {id} was not found")))?;
        let (key, client_id) = (call.form.get("idempotency_key"), call.form.get("update_id"));
        if let Some(number) = updates::find_sent(tx, &request, key, client_id)? {
            return Ok(number.to_string());
        }
        if call.form.get("type") == Some(UpdateType::Reminder.name())
            && let Ok(since) = now.checked_sub(REMINDER_INTERVAL)
            && let Some(number) = updates::find_reminder(tx, &request, since)?
        {
            return Ok(number.to_string());
        }
        let mut errors = Vec::new();
        let mut update = read(&call, &mut errors);
        errors.append(&mut photo_errors);
        ApiError::if_any(errors)?;
        if call.app.dialect.is_none() && call.form.get("confirmation").is_some() {
            return ask_sender(tx, &call, &request);
        }
        update.author = author(&call, &request)?;
        adapt(&mut update, &request);
        let path = photos::insert(tx, Some(request.number), &photos)?
            .into_iter()
            .next();
        if path.is_some() {
            update.media_url = path;
        } else if let Some(address) = &update.media_url
            && let Some(path) = call.media_path(address)
            && photos::assign(tx, path, request.number)?
        {
            update.media_url = Some(path.to_owned());
        }
        let number = new_update::apply(tx, &mut request, &update, &call.app.zone)?;
        Ok(number.to_string())
    })?;
    Ok(Payload::created(
        "service_request_updates",
        json!([{ "update_id": id }]),
    ))
}

/// Keeps an update without photos until the sender of the request confirms it, and returns an id for it. The sender is
/// asked at the e-mail address of the request.
fn ask_sender(tx: &Transaction, call: &Call, request: &StoredRequest) -> Result<String, ApiError> {
    if !request.contact.contains_key("email") {
        let message = "nobody can confirm this: the request was sent without an e-mail address";
        return Err(ApiError::new(StatusCode::FORBIDDEN, message));
    }
    let mut fields = Form::from_encoded(call.form.encoded().as_bytes());
    fields.remove("confirmation");
    let key = call.form.get("idempotency_key");
    let number = confirmations::insert(tx, request.number, key, &fields.encoded())?;
    Ok(format!("to-confirm-{number}"))
}

/// Who sends the update: who sent the request can prove it with its receipt. Others may say something and reopen the
/// request, and nothing else, because numbers of requests are public. A dialect has no receipts and believes everybody.
fn author(call: &Call, request: &StoredRequest) -> Result<Author, ApiError> {
    let form = &call.form;
    let refuse = |message: &str| Err(ApiError::new(StatusCode::FORBIDDEN, message));
    match (form.get("receipt"), &request.secret) {
        _ if call.app.dialect.is_some() => return Ok(Author::Resident),
        (Some(sent), Some(secret)) if sent == secret => {
            let is_other = form.get("author") == Some(Author::Other.name());
            return Ok(if is_other {
                Author::Other
            } else {
                Author::Resident
            });
        }
        (Some(_), _) => return refuse("receipt is not the one of this request"),
        (None, _) => {}
    }
    let status = form.get("status").map(str::to_lowercase);
    let changes_status = status.is_some_and(|status| status != "open");
    if changes_status || form.get("type").is_some() {
        return refuse("receipt was not provided: only the sender of the request may do this");
    }
    Ok(Author::Other)
}

/// Adapts the update to the request's stage: the request may be closed or wait for an answer.
fn adapt(update: &mut NewUpdate, request: &StoredRequest) {
    let is_closed = request.stage == Stage::Closed;
    match (update.update_type, update.stage) {
        // A reminder changes nothing, whatever status was sent with it.
        (Some(UpdateType::Reminder), _) => (update.stage, update.status) = (None, None),
        (Some(UpdateType::Withdrawn), _) if is_closed => {
            (update.stage, update.update_type) = (None, None);
        }
        // "open" reopens a closed request; for an open one it changes nothing.
        (_, Some(Stage::Received) | None) if !is_closed => {
            update.stage = None;
            // The question is answered, so it is the city's turn.
            let is_answer = update.author == Author::Resident;
            if is_answer && request.asked.is_some() && request.stage == Stage::Waiting {
                update.stage = Some(Stage::InProgress);
                update.status = None;
            }
        }
        _ => {}
    }
}

fn read(call: &Call, errors: &mut Vec<String>) -> NewUpdate {
    let form = &call.form;
    let text = |name: &str| form.get(name).map(str::to_owned);
    let mut status = text("status").map(|status| status.to_lowercase());
    let stage = status.as_deref().and_then(stage_of);
    if let (Some(status), None) = (&status, stage) {
        errors.push(format!("status {status} is not known"));
    }
    let update_type = match (form.get("type"), status.as_deref()) {
        (Some("reminder"), _) => Some(UpdateType::Reminder),
        (Some(other), _) => {
            errors.push(format!("type {other} is not known: use reminder"));
            None
        }
        (None, Some("withdrawn")) => {
            // This status is our own: other clients must see "closed".
            status = None;
            Some(UpdateType::Withdrawn)
        }
        (None, _) => None,
    };
    // Only validated: the history is ordered by our own clock.
    if let Some(sent) = form.get("updated_datetime")
        && clock::parse(sent).is_none()
    {
        errors.push(format!(
            "updated_datetime {sent} is not a date and time with its zone"
        ));
    }
    NewUpdate {
        at: clock::now(),
        author: Author::Other,
        stage,
        update_type,
        status,
        note: note(call, update_type, errors),
        agency: None,
        expected: None,
        media_url: text("media_url"),
        client_id: text("update_id"),
        key: text("idempotency_key"),
    }
}

/// The description. A reminder and a withdrawal do not need one.
fn note(call: &Call, update_type: Option<UpdateType>, errors: &mut Vec<String>) -> String {
    let note = call.form.get("description").or(match update_type {
        Some(UpdateType::Reminder) => Some("Reminder."),
        Some(UpdateType::Withdrawn) => Some("Withdrawn."),
        Some(UpdateType::Question) | None => None,
    });
    let note = note.unwrap_or_default();
    let length = note.chars().count();
    if note.is_empty() {
        errors.push("description was not provided".to_owned());
    } else if length > MAX_DESCRIPTION_CHARS {
        errors.push(format!(
            "description has {length} characters, at most {MAX_DESCRIPTION_CHARS} are kept"
        ));
    }
    note.to_owned()
}

/// The stage of a request after an update with this status, one of mySociety's.
fn stage_of(status: &str) -> Option<Stage> {
    match status {
        "open" => Some(Stage::Received),
        "investigating" | "in_progress" | "planned" | "action_scheduled" | "internal_referral" => {
            Some(Stage::InProgress)
        }
        "waiting" => Some(Stage::Waiting),
        "closed"
        | "fixed"
        | "duplicate"
        | "no_further_action"
        | "not_councils_responsibility"
        | "unable_to_fix"
        | "withdrawn" => Some(Stage::Closed),
        _ => None,
    }
}
