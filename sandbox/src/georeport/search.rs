//! The arguments of a list, read strictly: each wrong one is named.

use jiff::{SignedDuration, Timestamp};
use rusqlite::Transaction;

use super::call::Call;
use crate::answer::Failure;
use crate::clock;
use crate::form::Form;
use crate::store::list::{Circle, Search};
use crate::store::requests;
use crate::store::updates::UpdateSearch;

/// "Default query limit is a span of 90 days or first 1000 requests returned."
const SPAN: SignedDuration = SignedDuration::from_hours(90 * 24);
const MOST_ROWS: u32 = 1000;
/// In metres.
const LONGEST_RADIUS: f64 = 5000.0;

pub(super) fn requests(call: &Call, tx: &Transaction, now: Timestamp) -> Result<Search, Failure> {
    let form = &call.form;
    let mut problems = Vec::new();
    let (page, page_size) = pages(form, &mut problems);
    let mut search = Search {
        page,
        page_size,
        public_at: Some(now),
        ..Search::default()
    };
    search.ids = form.list("service_request_id");
    // "This overrides all other arguments."
    if search.ids.is_empty() {
        search.codes = form.list("service_code");
        for status in form.list("status") {
            let status = status.to_lowercase();
            if matches!(status.as_str(), "open" | "closed") || requests::status_exists(tx, &status)?
            {
                search.statuses.push(status);
            } else {
                problems.push(format!(
                    "status {status} is not known: use open, closed or both"
                ));
            }
        }
        let from = moment(form, "start_date", &mut problems);
        let to = moment(form, "end_date", &mut problems);
        search.near = circle(form, &mut problems);
        (search.from, search.to) = match (from, to) {
            (Some(from), Some(to)) if to < from => {
                problems.push("end_date is before start_date".to_owned());
                (None, None)
            }
            (Some(from), Some(to)) if to.duration_since(from) > SPAN => {
                problems.push("start_date and end_date span more than 90 days".to_owned());
                (None, None)
            }
            (Some(from), None) => (Some(from), from.checked_add(SPAN).ok()),
            (None, Some(to)) => (to.checked_sub(SPAN).ok(), Some(to)),
            // A recorded city may be years old: its last 90 days would be empty.
            (None, None) if call.app.recorded => (None, None),
            (None, None) => (now.checked_sub(SPAN).ok(), None),
            both => both,
        };
    }
    match problems.is_empty() {
        true => Ok(search),
        false => Err(Failure {
            status: axum::http::StatusCode::BAD_REQUEST,
            messages: problems,
        }),
    }
}

pub(super) fn updates(form: &Form) -> Result<UpdateSearch, Failure> {
    let mut problems = Vec::new();
    let (page, page_size) = pages(form, &mut problems);
    let search = UpdateSearch {
        ids: form.list("service_request_id"),
        from: moment(form, "start_date", &mut problems),
        to: moment(form, "end_date", &mut problems),
        page,
        page_size,
    };
    match problems.is_empty() {
        true => Ok(search),
        false => Err(Failure {
            status: axum::http::StatusCode::BAD_REQUEST,
            messages: problems,
        }),
    }
}

/// `lat`, `long` and `radius` belong together.
fn circle(form: &Form, problems: &mut Vec<String>) -> Option<Circle> {
    const NAMES: [(&str, f64, f64); 3] = [
        ("lat", -90.0, 90.0),
        ("long", -180.0, 180.0),
        ("radius", 1.0, LONGEST_RADIUS),
    ];
    if NAMES.iter().all(|(name, _, _)| form.get(name).is_none()) {
        return None;
    }
    let [lat, long, radius] = NAMES.map(|(name, least, most)| {
        let Some(text) = form.get(name) else {
            problems.push(format!(
                "{name} was not provided; lat, long and radius belong together"
            ));
            return None;
        };
        let number = text
            .parse()
            .ok()
            .filter(|number| (least..=most).contains(number));
        if number.is_none() {
            problems.push(format!(
                "{name} {text} is not a number from {least} to {most}"
            ));
        }
        number
    });
    Some(Circle {
        lat: lat?,
        long: long?,
        radius: radius?,
    })
}

fn pages(form: &Form, problems: &mut Vec<String>) -> (u32, u32) {
    let mut number = |name: &str, default: u32, most: u32| match form.get(name) {
        None => default,
        Some(text) => match text.parse() {
            Ok(number) if (1..=most).contains(&number) => number,
            _ => {
                problems.push(format!(
                    "{name} {text} is not a whole number from 1 to {most}"
                ));
                default
            }
        },
    };
    (
        number("page", 1, 1_000_000),
        number("page_size", MOST_ROWS, MOST_ROWS),
    )
}

fn moment(form: &Form, name: &str, problems: &mut Vec<String>) -> Option<Timestamp> {
    let text = form.get(name)?;
    let moment = clock::read(text);
    if moment.is_none() {
        problems.push(format!(
            "{name} {text} is not a date and time with its zone, such as 2026-01-31T08:00:00Z"
        ));
    }
    moment
}
