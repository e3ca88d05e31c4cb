//! The arguments of the lists, parsed strictly: the error names each invalid one.

use jiff::{SignedDuration, Timestamp};
use rusqlite::Transaction;

use super::call::Call;
use crate::clock;
use crate::form::Form;
use crate::response::ApiError;
use crate::store::request_list::{Circle, RequestFilter};
use crate::store::requests;
use crate::store::updates::UpdateFilter;

/// "Default query limit is a span of 90 days or first 1000 requests returned."
const MAX_SPAN: SignedDuration = SignedDuration::from_hours(90 * 24);
const MAX_ROWS: u32 = 1000;
/// In metres.
const MAX_RADIUS: f64 = 5000.0;
const MAX_PAGE: u32 = 1_000_000;

pub(super) fn requests(
    call: &Call,
    tx: &Transaction,
    now: Timestamp,
) -> Result<RequestFilter, ApiError> {
    let form = &call.form;
    let mut errors = Vec::new();
    let (page, page_size) = page(form, &mut errors);
    let mut filter = RequestFilter {
        page,
        page_size,
        public_at: Some(now),
        ..RequestFilter::default()
    };
    filter.ids = form.list("service_request_id");
    // "This overrides all other arguments."
    if filter.ids.is_empty() {
        filter.codes = form.list("service_code");
        for status in form.list("status") {
            let status = status.to_lowercase();
            if matches!(status.as_str(), "open" | "closed") || requests::status_exists(tx, &status)?
            {
                filter.statuses.push(status);
            } else {
                errors.push(format!(
                    "status {status} is not known: use open, closed or both"
                ));
            }
        }
        let from = datetime(form, "start_date", &mut errors);
        let to = datetime(form, "end_date", &mut errors);
        filter.near = circle(form, &mut errors);
        (filter.from, filter.to) = match (from, to) {
            (Some(from), Some(to)) if to < from => {
                errors.push("end_date is before start_date".to_owned());
                (None, None)
            }
            (Some(from), Some(to)) if to.duration_since(from) > MAX_SPAN => {
                errors.push("start_date and end_date span more than 90 days".to_owned());
                (None, None)
            }
            (Some(from), None) => (Some(from), from.checked_add(MAX_SPAN).ok()),
            (None, Some(to)) => (to.checked_sub(MAX_SPAN).ok(), Some(to)),
            // A recording may be years old: its last 90 days would be empty.
            (None, None) if call.app.is_recorded => (None, None),
            (None, None) => (now.checked_sub(MAX_SPAN).ok(), None),
            both => both,
        };
    }
    ApiError::if_any(errors)?;
    Ok(filter)
}

pub(super) fn updates(form: &Form) -> Result<UpdateFilter, ApiError> {
    let mut errors = Vec::new();
    let (page, page_size) = page(form, &mut errors);
    let filter = UpdateFilter {
        ids: form.list("service_request_id"),
        from: datetime(form, "start_date", &mut errors),
        to: datetime(form, "end_date", &mut errors),
        page,
        page_size,
    };
    ApiError::if_any(errors)?;
    Ok(filter)
}

/// `lat`, `long` and `radius`: either all three or none.
fn circle(form: &Form, errors: &mut Vec<String>) -> Option<Circle> {
    const NAMES: [(&str, f64, f64); 3] = [
        ("lat", -90.0, 90.0),
        ("long", -180.0, 180.0),
        ("radius", 1.0, MAX_RADIUS),
    ];
    if NAMES.iter().all(|(name, _, _)| form.get(name).is_none()) {
        return None;
    }
    let [lat, long, radius] = NAMES.map(|(name, min, max)| {
        let Some(text) = form.get(name) else {
            errors.push(format!(
                "{name} was not provided; lat, long and radius belong together"
            ));
            return None;
        };
        let number = text
            .parse()
            .ok()
            .filter(|number| (min..=max).contains(number));
        if number.is_none() {
            errors.push(format!("{name} {text} is not a number from {min} to {max}"));
        }
        number
    });
    Some(Circle {
        lat: lat?,
        long: long?,
        radius: radius?,
    })
}

fn page(form: &Form, errors: &mut Vec<String>) -> (u32, u32) {
    let mut number = |name: &str, default: u32, max: u32| match form.get(name) {
        None => default,
        Some(text) => match text.parse() {
            Ok(number) if (1..=max).contains(&number) => number,
            _ => {
                errors.push(format!(
                    "{name} {text} is not a whole number from 1 to {max}"
                ));
                default
            }
        },
    };
    (
        number("page", 1, MAX_PAGE),
        number("page_size", MAX_ROWS, MAX_ROWS),
    )
}

fn datetime(form: &Form, name: &str, errors: &mut Vec<String>) -> Option<Timestamp> {
    let text = form.get(name)?;
    let datetime = clock::parse(text);
    if datetime.is_none() {
        errors.push(format!(
            "{name} {text} is not a date and time with its zone, such as 2026-01-31T08:00:00Z"
        ));
    }
    datetime
}
