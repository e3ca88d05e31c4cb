//! What the clerk can do with a request: change its stage, hand it over, ask the resident, announce a
//! delay, close it. Required fields are enforced, so that a resident always learns the reason and the
//! next update.

use jiff::ToSpan as _;
use jiff::civil::Date;
use rusqlite::Transaction;

use super::limits::MAX_NOTE_CHARS;
use crate::clock;
use crate::form::Form;
use crate::json::{str_field, text_field};
use crate::response::ApiError;
use crate::state::AppState;
use crate::store::new_update::NewUpdate;
use crate::store::requests::{self, StoredRequest};
use crate::store::stage::Stage;
use crate::store::updates::UpdateType;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Action {
    ChangeStage,
    HandOver,
    Ask,
    Late,
    Close,
}

impl Action {
    /// From the path of the form. `ChangeStage` has no name there.
    pub(super) fn from_name(name: &str) -> Option<Self> {
        Some(match name {
            "hand-over" => Action::HandOver,
            "ask" => Action::Ask,
            "late" => Action::Late,
            "close" => Action::Close,
            _ => return None,
        })
    }
}

/// Why a request is closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ClosingReason {
    Done,
    Refused,
    NotOurs,
    Duplicate,
    NothingFound,
}

impl ClosingReason {
    pub(super) const ALL: [ClosingReason; 5] = [
        ClosingReason::Done,
        ClosingReason::Refused,
        ClosingReason::NotOurs,
        ClosingReason::Duplicate,
        ClosingReason::NothingFound,
    ];

    pub(super) fn name(self) -> &'static str {
        match self {
            ClosingReason::Done => "done",
            ClosingReason::Refused => "refused",
            ClosingReason::NotOurs => "not-ours",
            ClosingReason::Duplicate => "duplicate",
            ClosingReason::NothingFound => "nothing-found",
        }
    }

    pub(super) fn label(self) -> &'static str {
        match self {
            ClosingReason::Done => "Done",
            ClosingReason::Refused => "Refused",
            ClosingReason::NotOurs => "Not ours",
            ClosingReason::Duplicate => "Duplicate",
            ClosingReason::NothingFound => "Nothing found",
        }
    }

    /// mySociety's status for it.
    fn status(self) -> &'static str {
        match self {
            ClosingReason::Done => "closed",
            ClosingReason::Refused => "no_further_action",
            ClosingReason::NotOurs => "not_councils_responsibility",
            ClosingReason::Duplicate => "duplicate",
            ClosingReason::NothingFound => "unable_to_fix",
        }
    }
}

/// The update that the form describes.
pub(super) fn read(
    app: &AppState,
    tx: &Transaction,
    action: Action,
    form: &Form,
    request: &StoredRequest,
) -> Result<NewUpdate, ApiError> {
    let needs_open = matches!(action, Action::HandOver | Action::Ask | Action::Late);
    if needs_open && request.stage == Stage::Closed {
        return Err(ApiError::bad_request(
            "The request is closed. Open it again first: choose where it stands.",
        ));
    }
    match action {
        Action::ChangeStage => change_stage(app, form, request),
        Action::HandOver => hand_over(form, request),
        Action::Ask => {
            let question = required(form, "note", "The question")?;
            let mut update = NewUpdate::by_city(clock::now(), Some(Stage::Waiting), &question);
            update.update_type = Some(UpdateType::Question);
            Ok(update)
        }
        Action::Late => late(app, form),
        Action::Close => close(tx, form, request),
    }
}

fn change_stage(
    app: &AppState,
    form: &Form,
    request: &StoredRequest,
) -> Result<NewUpdate, ApiError> {
    let current = str_field(&request.row, "agency_responsible");
    let stage = form
        .get("stage")
        .and_then(Stage::from_name)
        .ok_or_else(|| ApiError::bad_request("Choose where the request stands now."))?;
    let agency = form
        .get("agency")
        .filter(|new| Some(*new) != current)
        .map(str::to_owned);
    let note = form.get("note").unwrap_or_default();
    if note.chars().count() > MAX_NOTE_CHARS {
        return Err(ApiError::bad_request(format!(
            "The note has over {MAX_NOTE_CHARS} characters."
        )));
    }
    let note = match (note, &agency) {
        ("", Some(agency)) => format!("Handed over to {agency}."),
        ("", None) => stage.label().to_owned(),
        (note, _) => note.to_owned(),
    };
    let mut update = NewUpdate::by_city(clock::now(), Some(stage), &note);
    if agency.is_some() && stage != Stage::Closed {
        update.status = Some("internal_referral".to_owned());
    }
    update.agency = agency;
    if let Some(day) = form.get("expected") {
        update.expected = Some(new_date(app, day)?);
    }
    Ok(update)
}

fn hand_over(form: &Form, request: &StoredRequest) -> Result<NewUpdate, ApiError> {
    let agency = form
        .get("agency")
        .ok_or_else(|| ApiError::bad_request("Name the office that has it now."))?;
    if text_field(&request.row, "agency_responsible").as_deref() == Some(agency) {
        return Err(ApiError::bad_request(format!("{agency} has it already.")));
    }
    let note = required(form, "note", "The sentence for the resident")?;
    // The other office still waits for the answer to an open question.
    let stage = request.asked.is_none().then_some(Stage::InProgress);
    let mut update = NewUpdate::by_city(clock::now(), stage, &note);
    update.status = Some("internal_referral".to_owned());
    update.agency = Some(agency.to_owned());
    Ok(update)
}

fn late(app: &AppState, form: &Form) -> Result<NewUpdate, ApiError> {
    let note = required(form, "note", "The reason")?;
    let day = form
        .get("expected")
        .ok_or_else(|| ApiError::bad_request("The new date is missing."))?;
    let expected = new_date(app, day)?;
    if expected <= clock::now() {
        return Err(ApiError::bad_request("The new date is past already."));
    }
    let mut update = NewUpdate::by_city(clock::now(), Some(Stage::Waiting), &note);
    update.expected = Some(expected);
    Ok(update)
}

/// 5 pm of that day.
fn new_date(app: &AppState, day: &str) -> Result<jiff::Timestamp, ApiError> {
    let date: Date = day
        .parse()
        .map_err(|_| ApiError::bad_request(format!("{day} is not a day of the calendar.")))?;
    let latest = app
        .zone
        .local(clock::now())
        .date()
        .saturating_add(10.years());
    if date > latest {
        return Err(ApiError::bad_request(format!(
            "{day} is too far away to promise."
        )));
    }
    Ok(app.zone.at(date, 17, 0))
}

fn close(tx: &Transaction, form: &Form, request: &StoredRequest) -> Result<NewUpdate, ApiError> {
    let reason = form
        .get("reason")
        .and_then(|name| {
            ClosingReason::ALL
                .into_iter()
                .find(|reason| reason.name() == name)
        })
        .ok_or_else(|| ApiError::bad_request("Choose why it is closed."))?;
    let note = match reason {
        ClosingReason::Done => optional(form, "note")?.unwrap_or_else(|| "Done.".to_owned()),
        ClosingReason::Duplicate => duplicate(tx, form, request)?,
        ClosingReason::Refused => {
            let why = required(form, "note", "The reason")?;
            let next = required(form, "next", "The next step: whom to ask, how to appeal,")?;
            format!("{why} {next}")
        }
        ClosingReason::NotOurs | ClosingReason::NothingFound => {
            let why = required(form, "note", "The reason")?;
            let next = optional(form, "next")?;
            next.map_or(why.clone(), |next| format!("{why} {next}"))
        }
    };
    let mut update = NewUpdate::by_city(clock::now(), Some(Stage::Closed), &note);
    update.status = Some(reason.status().to_owned());
    Ok(update)
}

fn duplicate(tx: &Transaction, form: &Form, request: &StoredRequest) -> Result<String, ApiError> {
    let other = form
        .get("other")
        .ok_or_else(|| ApiError::bad_request("The number of the other request is missing."))?;
    match requests::find_public(tx, other, clock::now())? {
        Some(found) if found.number != request.number => {}
        Some(_) => {
            return Err(ApiError::bad_request(
                "A request is no duplicate of itself.",
            ));
        }
        None => {
            return Err(ApiError::bad_request(format!(
                "There is no request {other}."
            )));
        }
    }
    let follow = format!("We have this one under {other} already; follow that number.");
    Ok(match optional(form, "note")? {
        Some(note) => format!("{note} {follow}"),
        None => follow,
    })
}

/// A required field. The label is its name in the error message.
fn required(form: &Form, name: &str, label: &str) -> Result<String, ApiError> {
    optional(form, name)?.ok_or_else(|| ApiError::bad_request(format!("{label} is missing.")))
}

fn optional(form: &Form, name: &str) -> Result<Option<String>, ApiError> {
    match form.get(name) {
        Some(text) if text.chars().count() > MAX_NOTE_CHARS => Err(ApiError::bad_request(format!(
            "What you wrote has over {MAX_NOTE_CHARS} characters."
        ))),
        text => Ok(text.map(str::to_owned)),
    }
}
