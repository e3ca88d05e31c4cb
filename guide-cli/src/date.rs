//! Days of the calendar as guides write them.

use jiff::civil::Date;

/// Today, by UTC: a review that is due is due a few hours earlier or later.
pub(crate) fn today() -> Date {
    jiff::Timestamp::now()
        .to_zoned(jiff::tz::TimeZone::UTC)
        .date()
}

/// A day written `2026-10-01`, and nothing else.
pub(crate) fn day(text: &str) -> Option<Date> {
    let is_plain = text.len() == 10
        && text
            .bytes()
            .all(|byte| byte.is_ascii_digit() || byte == b'-');
    is_plain.then(|| text.parse().ok()).flatten()
}

/// The day of `2027-06-01` or `2027-06-01T19:00`.
pub(crate) fn day_of_moment(text: &str) -> Option<Date> {
    day(text.split('T').next().unwrap_or_default())
}
