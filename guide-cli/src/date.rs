//! Calendar dates in guides.

use jiff::civil::Date;

/// Today in UTC: for reviews that are due after months, a few hours do not matter.
pub(crate) fn today() -> Date {
    jiff::Timestamp::now()
        .to_zoned(jiff::tz::TimeZone::UTC)
        .date()
}

/// Parses a date such as `2026-10-01`, and no other format.
pub(crate) fn parse_date(text: &str) -> Option<Date> {
    let is_plain = text.len() == 10
        && text
            .bytes()
            .all(|byte| byte.is_ascii_digit() || byte == b'-');
    is_plain.then(|| text.parse().ok()).flatten()
}

/// The date of `2027-06-01` or `2027-06-01T19:00`.
pub(crate) fn date_of(text: &str) -> Option<Date> {
    parse_date(text.split('T').next().unwrap_or_default())
}
