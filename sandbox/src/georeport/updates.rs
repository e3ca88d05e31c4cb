//! mySociety's `servicerequestupdates`: the history of requests, and a word from outside.
//!
//! Fields as in their "Open311 FMS: proposed differences to Open311"; `type` is our own.

use axum::http::StatusCode;
use jiff::SignedDuration;
use serde_json::json;

use super::call::Call;
use super::search;
use crate::answer::{Answer, Failure};
use crate::clock;
use crate::media;
use crate::store::media as photos;
use crate::store::requests::{self, Stored};
use crate::store::stage::Stage;
use crate::store::steps::{self, Author, Purpose, Step};
use crate::store::updates;

/// How long a second reminder of the same request says nothing new.
const REMINDED: SignedDuration = SignedDuration::from_hours(24);

pub(super) fn list(call: &Call) -> Result<Answer, Failure> {
    let search = search::updates(&call.form)?;
    let updates = call
        .app
        .store
        .run(|tx| Ok(updates::list(tx, &search, clock::now())?))?;
    let rows = updates
        .into_iter()
        .map(|update| call.with_absolute_media(update.row))
        .collect();
    Ok(Answer::new("service_request_updates", rows))
}

pub(super) fn send(mut call: Call) -> Result<Answer, Failure> {
    call.check_key()?;
    let mut photo_problems = Vec::new();
    let pictures = media::pictures(&mut call.form, &mut photo_problems);
    let now = clock::now();
    let number = call.app.store.run(|tx| {
        let id = call
            .form
            .get("service_request_id")
            .ok_or_else(|| Failure::bad("service_request_id was not provided"))?;
        let mut request = requests::find_public(tx, id, now)?
            .ok_or_else(|| Failure::not_found(format!("service_request_id {id} was not found")))?;
        let (key, client_id) = (call.form.get("idempotency_key"), call.form.get("update_id"));
        if let Some(number) = updates::sent_before(tx, &request, key, client_id)? {
            return Ok(number);
        }
        if call.form.get("type") == Some(Purpose::Reminder.name())
            && let Ok(since) = now.checked_sub(REMINDED)
            && let Some(number) = updates::reminded_since(tx, &request, since)?
        {
            return Ok(number);
        }
        let mut problems = Vec::new();
        let mut step = read(&call, &mut problems);
        problems.append(&mut photo_problems);
        if !problems.is_empty() {
            return Err(Failure {
                status: StatusCode::BAD_REQUEST,
                messages: problems,
            });
        }
        fit(&mut step, &request);
        if let Some(path) = photos::insert(tx, Some(request.number), &pictures)?
            .into_iter()
            .next()
        {
            step.media_url = Some(path);
        } else if let Some(path) = step.media_url.as_deref().and_then(|url| call.own_path(url))
            && photos::adopt(tx, path, request.number)?
        {
            step.media_url = Some(path.to_owned());
        }
        Ok(steps::apply(tx, &mut request, &step, &call.app.zone)?)
    })?;
    Ok(Answer::created(
        "service_request_updates",
        json!([{ "update_id": number.to_string() }]),
    ))
}

/// What the words mean for this request, which may be closed or wait for an answer.
fn fit(step: &mut Step, request: &Stored) {
    let is_closed = request.stage == Stage::Closed;
    match (step.purpose, step.stage) {
        // A reminder moves nothing, whatever status came with it.
        (Some(Purpose::Reminder), _) => (step.stage, step.status) = (None, None),
        (Some(Purpose::Withdrawn), _) if is_closed => (step.stage, step.purpose) = (None, None),
        // Saying "open" of what is open changes nothing; of what is closed, it opens it again.
        (_, Some(Stage::Received) | None) if !is_closed => {
            step.stage = None;
            // What was asked is answered, so the city has to say the next word.
            if request.asked.is_some() && request.stage == Stage::Waiting {
                step.stage = Some(Stage::InProgress);
                step.status = None;
            }
        }
        _ => {}
    }
}

fn read(call: &Call, problems: &mut Vec<String>) -> Step {
    let form = &call.form;
    let text = |name: &str| form.get(name).map(str::to_owned);
    let mut status = text("status").map(|status| status.to_lowercase());
    let stage = status.as_deref().and_then(stage_of);
    if let (Some(status), None) = (&status, stage) {
        problems.push(format!("status {status} is not known"));
    }
    let purpose = match (form.get("type"), status.as_deref()) {
        (Some("reminder"), _) => Some(Purpose::Reminder),
        (Some(other), _) => {
            problems.push(format!("type {other} is not known: use reminder"));
            None
        }
        (None, Some("withdrawn")) => {
            // A word of our own: for everybody else it is closed.
            status = None;
            Some(Purpose::Withdrawn)
        }
        (None, _) => None,
    };
    // The sender's clock is only checked: the history is ordered by ours.
    if let Some(sent) = form.get("updated_datetime")
        && clock::read(sent).is_none()
    {
        problems.push(format!(
            "updated_datetime {sent} is not a date and time with its zone"
        ));
    }
    Step {
        at: clock::now(),
        author: Author::Resident,
        stage,
        purpose,
        status,
        note: note(call, purpose, problems),
        agency: None,
        expected: None,
        media_url: text("media_url"),
        client_id: text("update_id"),
        key: text("idempotency_key"),
    }
}

/// What was said; where the purpose says it all, words are not needed.
fn note(call: &Call, purpose: Option<Purpose>, problems: &mut Vec<String>) -> String {
    let note = call.form.get("description").or(match purpose {
        Some(Purpose::Reminder) => Some("Reminder."),
        Some(Purpose::Withdrawn) => Some("Withdrawn."),
        Some(Purpose::Question) | None => None,
    });
    let note = note.unwrap_or_default();
    let length = note.chars().count();
    if note.is_empty() {
        problems.push("description was not provided".to_owned());
    } else if length > 4000 {
        problems.push(format!(
            "description has {length} characters, at most 4000 are kept"
        ));
    }
    note.to_owned()
}

/// The stage after an update with this status, among mySociety's words.
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
