//! Checks dates: when the guide was last reviewed, calendar dates that are over, and dates that are none.

use jiff::ToSpan as _;
use jiff::civil::Date;

use crate::date::{date_of, parse_date};
use crate::finding::{Findings, plural};
use crate::located::{self, Located};

/// A guide is due for review after this many months, unless it has `review_months`. 6 to 24 is
/// sensible.
const DEFAULT_REVIEW_MONTHS: i32 = 12;

pub(crate) fn check(top: &Located, today: Date, findings: &mut Findings) {
    check_review(top, today, findings);
    for calendar in located::find_all(top, "calendar") {
        let dates = calendar.list("dates");
        let days: Vec<Date> = dates
            .iter()
            .filter_map(|date| date_of(date.text()?))
            .collect();
        if !days.is_empty() && days.iter().all(|day| *day < today) {
            let remedy = "Write the next ones, or remove the calendar.";
            findings.warning(
                calendar.path_of("dates"),
                "all of these dates are over",
                remedy,
            );
        }
    }
    check_closed(top, findings);
}

/// Checks `closed` of all offices.
pub(crate) fn check_closed(top: &Located, findings: &mut Findings) {
    for list in located::find_all(top, "closed") {
        check_dates(&list, findings);
    }
}

/// Checks a list of dates.
pub(crate) fn check_dates(list: &Located, findings: &mut Findings) {
    for located in list.items() {
        if let Some(text) = located.text()
            && parse_date(text).is_none()
        {
            let problem = format!("“{text}” is no day");
            findings.error(located.path, problem, "Write it as 2026-12-24.");
        }
    }
}

fn check_review(top: &Located, today: Date, findings: &mut Findings) {
    let Some(written) = top.string("reviewed") else {
        let remedy = "Check the guide and write the day: \"reviewed\": \"2026-10-01\".";
        findings.warning(
            "reviewed",
            "nobody has said when the guide was last checked",
            remedy,
        );
        return;
    };
    let Some(reviewed) = parse_date(written) else {
        let problem = format!("“{written}” is no day");
        findings.error("reviewed", problem, "Write it as 2026-10-01.");
        return;
    };
    if reviewed > today {
        let problem = format!("{reviewed} is in the future (today is {today})");
        findings.error(
            "reviewed",
            problem,
            "Write the day when it was really checked.",
        );
        return;
    }
    let months = top.get("review_months");
    let months = months.and_then(|months| months.value.text()?.parse().ok());
    let months: i32 = months.unwrap_or(DEFAULT_REVIEW_MONTHS);
    // A number of months that leads beyond the calendar is never due.
    let due = 1.month().checked_mul(i64::from(months));
    if let Ok(due) = due.and_then(|span| reviewed.checked_add(span))
        && due < today
    {
        let problem = format!(
            "the guide was last checked on {reviewed} and was due again on {due} (after {})",
            plural(usize::try_from(months).unwrap_or_default(), "month")
        );
        findings.warning(
            "reviewed",
            problem,
            "Check every line and write today’s day.",
        );
    }
}
