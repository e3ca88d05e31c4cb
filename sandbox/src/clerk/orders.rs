//! What the clerk may do with a request: hand it over, ask, say that it is late, close it. Each order
//! is read strictly, so that a resident always learns the reason and the next step.

use jiff::ToSpan as _;
use jiff::civil::Date;
use rusqlite::Transaction;

use super::limits::LONGEST_NOTE;
use crate::answer::Failure;
use crate::clock;
use crate::form::Form;
use crate::state::AppState;
use crate::store::requests::{self, Stored};
use crate::store::stage::Stage;
use crate::store::steps::{Purpose, Step};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Order {
    HandOver,
    Ask,
    Late,
    Close,
}

impl Order {
    /// As the form's address names it.
    pub(super) fn named(name: &str) -> Option<Self> {
        Some(match name {
            "hand-over" => Order::HandOver,
            "ask" => Order::Ask,
            "late" => Order::Late,
            "close" => Order::Close,
            _ => return None,
        })
    }
}

/// Why a request is closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reason {
    Done,
    Refused,
    NotOurs,
    Duplicate,
    NothingFound,
}

impl Reason {
    pub(super) const ALL: [Reason; 5] = [
        Reason::Done,
        Reason::Refused,
        Reason::NotOurs,
        Reason::Duplicate,
        Reason::NothingFound,
    ];

    pub(super) fn name(self) -> &'static str {
        match self {
            Reason::Done => "done",
            Reason::Refused => "refused",
            Reason::NotOurs => "not-ours",
            Reason::Duplicate => "duplicate",
            Reason::NothingFound => "nothing-found",
        }
    }

    pub(super) fn words(self) -> &'static str {
        match self {
            Reason::Done => "Done",
            Reason::Refused => "Refused",
            Reason::NotOurs => "Not ours",
            Reason::Duplicate => "Duplicate",
            Reason::NothingFound => "Nothing found",
        }
    }

    /// mySociety's word for it.
    fn status(self) -> &'static str {
        match self {
            Reason::Done => "closed",
            Reason::Refused => "no_further_action",
            Reason::NotOurs => "not_councils_responsibility",
            Reason::Duplicate => "duplicate",
            Reason::NothingFound => "unable_to_fix",
        }
    }
}

/// The step that the form describes.
pub(super) fn read(
    app: &AppState,
    tx: &Transaction,
    order: Order,
    form: &Form,
    request: &Stored,
) -> Result<Step, Failure> {
    if request.stage == Stage::Closed && order != Order::Close {
        return Err(Failure::bad(
            "The request is closed. Open it again first: choose where it stands.",
        ));
    }
    match order {
        Order::HandOver => hand_over(form, request),
        Order::Ask => {
            let question = sentence(form, "note", "The question")?;
            let mut step = Step::by_city(clock::now(), Some(Stage::Waiting), &question);
            step.purpose = Some(Purpose::Question);
            Ok(step)
        }
        Order::Late => late(app, form),
        Order::Close => close(tx, form, request),
    }
}

fn hand_over(form: &Form, request: &Stored) -> Result<Step, Failure> {
    let agency = form
        .get("agency")
        .ok_or_else(|| Failure::bad("Name the office that has it now."))?;
    if request
        .row
        .get("agency_responsible")
        .and_then(requests::as_text)
        .as_deref()
        == Some(agency)
    {
        return Err(Failure::bad(format!("{agency} has it already.")));
    }
    let note = sentence(form, "note", "The sentence for the resident")?;
    // What the resident was asked is still open at the other office.
    let stage = request.asked.is_none().then_some(Stage::InProgress);
    let mut step = Step::by_city(clock::now(), stage, &note);
    step.status = Some("internal_referral".to_owned());
    step.agency = Some(agency.to_owned());
    Ok(step)
}

fn late(app: &AppState, form: &Form) -> Result<Step, Failure> {
    let note = sentence(form, "note", "The reason")?;
    let day = form
        .get("expected")
        .ok_or_else(|| Failure::bad("The new date is missing."))?;
    let expected = new_date(app, day)?;
    if expected <= clock::now() {
        return Err(Failure::bad("The new date is past already."));
    }
    let mut step = Step::by_city(clock::now(), Some(Stage::Waiting), &note);
    step.expected = Some(expected);
    Ok(step)
}

/// The end of that day's work.
pub(super) fn new_date(app: &AppState, day: &str) -> Result<jiff::Timestamp, Failure> {
    let date: Date = day
        .parse()
        .map_err(|_| Failure::bad(format!("{day} is not a day of the calendar.")))?;
    let far = app
        .zone
        .local(clock::now())
        .date()
        .saturating_add(10.years());
    if date > far {
        return Err(Failure::bad(format!("{day} is too far away to promise.")));
    }
    Ok(app.zone.at(date, 17, 0))
}

fn close(tx: &Transaction, form: &Form, request: &Stored) -> Result<Step, Failure> {
    let reason = form
        .get("reason")
        .and_then(|name| Reason::ALL.into_iter().find(|reason| reason.name() == name))
        .ok_or_else(|| Failure::bad("Choose why it is closed."))?;
    let note = match reason {
        Reason::Done => optional(form, "note")?.unwrap_or_else(|| "Done.".to_owned()),
        Reason::Duplicate => duplicate(tx, form, request)?,
        Reason::Refused => {
            let why = sentence(form, "note", "The reason")?;
            let next = sentence(form, "next", "The next step: whom to ask, how to appeal,")?;
            format!("{why} {next}")
        }
        Reason::NotOurs | Reason::NothingFound => {
            let why = sentence(form, "note", "The reason")?;
            let next = optional(form, "next")?;
            next.map_or(why.clone(), |next| format!("{why} {next}"))
        }
    };
    let mut step = Step::by_city(clock::now(), Some(Stage::Closed), &note);
    step.status = Some(reason.status().to_owned());
    Ok(step)
}

fn duplicate(tx: &Transaction, form: &Form, request: &Stored) -> Result<String, Failure> {
    let other = form
        .get("other")
        .ok_or_else(|| Failure::bad("The number of the other request is missing."))?;
    match requests::find_public(tx, other, clock::now())? {
        Some(found) if found.number != request.number => {}
        Some(_) => return Err(Failure::bad("A request is no duplicate of itself.")),
        None => return Err(Failure::bad(format!("There is no request {other}."))),
    }
    let follow = format!("We have this one under {other} already; follow that number.");
    Ok(match optional(form, "note")? {
        Some(note) => format!("{note} {follow}"),
        None => follow,
    })
}

fn sentence(form: &Form, name: &str, words: &str) -> Result<String, Failure> {
    optional(form, name)?.ok_or_else(|| Failure::bad(format!("{words} is missing.")))
}

fn optional(form: &Form, name: &str) -> Result<Option<String>, Failure> {
    match form.get(name) {
        Some(text) if text.chars().count() > LONGEST_NOTE => Err(Failure::bad(format!(
            "What you wrote has over {LONGEST_NOTE} characters."
        ))),
        text => Ok(text.map(str::to_owned)),
    }
}
