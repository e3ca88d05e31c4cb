//! Days: when the guide was last checked, and dates that are over.

use jiff::ToSpan as _;
use jiff::civil::Date;

use crate::date::{day, day_of_moment};
use crate::finding::{Notes, plural};
use crate::place::{self, Place};

/// After so many months a guide has to be checked again, if it says nothing itself.
const REVIEW_MONTHS: i32 = 12;

pub(crate) fn check(top: &Place, today: Date, notes: &mut Notes) {
    review(top, today, notes);
    for calendar in place::everywhere(top, "calendar") {
        let dates = calendar.list("dates");
        let days: Vec<Date> = dates
            .iter()
            .filter_map(|date| day_of_moment(date.text()?))
            .collect();
        if !days.is_empty() && days.iter().all(|day| *day < today) {
            let remedy = "Write the next ones, or remove the calendar.";
            notes.warning(
                calendar.path_of("dates"),
                "all of these dates are over",
                remedy,
            );
        }
    }
    closed(top, notes);
}

/// Days in `closed` of offices.
pub(crate) fn closed(top: &Place, notes: &mut Notes) {
    for list in place::everywhere(top, "closed") {
        days(&list, notes);
    }
}

/// A list of days.
pub(crate) fn days(list: &Place, notes: &mut Notes) {
    for place in list.items() {
        if let Some(text) = place.text()
            && day(text).is_none()
        {
            let wrong = format!("“{text}” is no day");
            notes.error(place.path, wrong, "Write it as 2026-12-24.");
        }
    }
}

fn review(top: &Place, today: Date, notes: &mut Notes) {
    let Some(written) = top.string("reviewed") else {
        let remedy = "Check the guide and write the day: \"reviewed\": \"2026-10-01\".";
        notes.warning(
            "reviewed",
            "nobody has said when the guide was last checked",
            remedy,
        );
        return;
    };
    let Some(reviewed) = day(written) else {
        let wrong = format!("“{written}” is no day");
        notes.error("reviewed", wrong, "Write it as 2026-10-01.");
        return;
    };
    if reviewed > today {
        let wrong = format!("{reviewed} is in the future (today is {today})");
        notes.error(
            "reviewed",
            wrong,
            "Write the day when it was really checked.",
        );
        return;
    }
    let months = top.get("review_months");
    let months = months.and_then(|months| months.value.text()?.parse().ok());
    let months: i32 = months.unwrap_or(REVIEW_MONTHS);
    // A number of months beyond the calendar is never due.
    let due = 1.month().checked_mul(i64::from(months));
    if let Ok(due) = due.and_then(|span| reviewed.checked_add(span))
        && due < today
    {
        let wrong = format!(
            "the guide was last checked on {reviewed} and was due again on {due} (after {})",
            plural(usize::try_from(months).unwrap_or_default(), "month")
        );
        notes.warning("reviewed", wrong, "Check every line and write today’s day.");
    }
}
