//! Dates: how they are formatted, parsed and counted in working days, in the city's time zone.
//!
//! Everywhere else a date and time is a `jiff::Timestamp`; a time zone matters only here.

use jiff::civil::{Date, DateTime, Weekday};
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan, Zoned};

/// The time zone in which the city writes its dates.
#[derive(Clone, Debug)]
pub(crate) struct Zone(TimeZone);

impl Zone {
    /// An unknown name gives UTC: a mistake in a config must not prevent the start.
    pub(crate) fn named(name: &str) -> Self {
        Zone(TimeZone::get(name).unwrap_or(TimeZone::UTC))
    }

    pub(crate) fn local(&self, at: Timestamp) -> Zoned {
        at.to_zoned(self.0.clone())
    }

    /// As GeoReport formats it: 2026-11-21T14:04:00-06:00.
    pub(crate) fn format(&self, at: Timestamp) -> String {
        self.local(at).strftime("%Y-%m-%dT%H:%M:%S%:z").to_string()
    }

    /// For the clerk's pages: Sat 21 Nov 2026, 2:04 pm.
    pub(crate) fn format_readable(&self, at: Timestamp) -> String {
        self.local(at)
            .strftime("%a %-d %b %Y, %-I:%M %P")
            .to_string()
    }

    /// That day at that time, in the city's time zone.
    pub(crate) fn at(&self, day: Date, hour: u32, minute: u32) -> Timestamp {
        let span = i64::from(hour).hours().minutes(i64::from(minute));
        let start = day.to_datetime(jiff::civil::Time::midnight());
        let civil = start.saturating_add(span);
        civil
            .to_zoned(self.0.clone())
            .map_or(Timestamp::UNIX_EPOCH, |at| at.timestamp())
    }

    /// The end (5 pm) of the working day that is `days` working days later.
    pub(crate) fn working_days_later(&self, at: Timestamp, days: u32) -> Timestamp {
        let mut day = self.local(at).date();
        let mut left = days;
        while left > 0 {
            day = day.saturating_add(1.day());
            if !matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday) {
                left -= 1;
            }
        }
        self.at(day, 17, 0)
    }

    /// Parses the dates that real endpoints send: with or without an offset, with a space for the T.
    pub(crate) fn parse_lenient(&self, text: &str) -> Option<Timestamp> {
        parse(text).or_else(|| {
            let civil: DateTime = text.trim().parse().ok()?;
            civil.to_zoned(self.0.clone()).ok().map(|at| at.timestamp())
        })
    }
}

pub(crate) fn now() -> Timestamp {
    Timestamp::now()
}

/// Parses a date and time with its offset, as GeoReport v2 requires.
///
/// A `+` that was not escaped in a query arrives as a space and is read as the `+` that was meant.
pub(crate) fn parse(text: &str) -> Option<Timestamp> {
    let text = text.trim();
    text.parse().ok().or_else(|| {
        let (front, offset) = text.rsplit_once(' ')?;
        format!("{front}+{offset}").parse().ok()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    #[test]
    fn a_timestamp_is_formatted_in_the_citys_time_zone_in_summer_and_in_winter() {
        let zone = Zone::named("America/Chicago");
        assert_eq!(
            zone.format(at("2026-07-01T12:00:00Z")),
            "2026-07-01T07:00:00-05:00"
        );
        assert_eq!(
            zone.format(at("2026-12-01T12:00:00Z")),
            "2026-12-01T06:00:00-06:00"
        );
    }

    #[test]
    fn working_days_skip_the_weekend() {
        let zone = Zone::named("America/Chicago");
        let friday = at("2026-11-20T16:00:00Z");
        assert_eq!(
            zone.format(zone.working_days_later(friday, 1)),
            "2026-11-23T17:00:00-06:00"
        );
    }

    #[test]
    fn strict_parsing_requires_a_time_and_an_offset() {
        for (text, good) in [
            ("2026-11-20T16:00:00Z", true),
            ("2026-11-20T16:00:00.25-06:00", true),
            ("2026-11-20T16:00:00 02:00", true),
            ("2026-11-20T16:00:00", false),
            ("2026-11-20", false),
            ("yesterday", false),
        ] {
            assert_eq!(parse(text).is_some(), good, "{text}");
        }
        assert!(
            Zone::named("UTC")
                .parse_lenient("2012-05-22 23:57:23.97")
                .is_some()
        );
    }
}
