//! The city's clock: how moments are written, read and counted in working days.
//!
//! Inside, a moment is a `jiff::Timestamp`; a time zone matters only at the edge.

use jiff::civil::{Date, DateTime, Weekday};
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan, Zoned};

/// The time zone in which the city writes its dates.
#[derive(Clone, Debug)]
pub(crate) struct Zone(TimeZone);

impl Zone {
    /// An unknown name gives UTC: a wrong word in a config must not stop the city.
    pub(crate) fn named(name: &str) -> Self {
        Zone(TimeZone::get(name).unwrap_or(TimeZone::UTC))
    }

    pub(crate) fn local(&self, at: Timestamp) -> Zoned {
        at.to_zoned(self.0.clone())
    }

    /// As GeoReport writes it: 2026-11-21T14:04:00-06:00.
    pub(crate) fn write(&self, at: Timestamp) -> String {
        self.local(at).strftime("%Y-%m-%dT%H:%M:%S%:z").to_string()
    }

    /// For people: Sat 21 Nov 2026, 2:04 pm.
    pub(crate) fn words(&self, at: Timestamp) -> String {
        self.local(at)
            .strftime("%a %-d %b %Y, %-I:%M %P")
            .to_string()
    }

    /// That day at that time on the city's clock.
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

    /// Reads the dates real endpoints send: with or without zone, with a blank for the T.
    pub(crate) fn read_tolerantly(&self, text: &str) -> Option<Timestamp> {
        read(text).or_else(|| {
            let civil: DateTime = text.trim().parse().ok()?;
            civil.to_zoned(self.0.clone()).ok().map(|at| at.timestamp())
        })
    }
}

pub(crate) fn now() -> Timestamp {
    Timestamp::now()
}

/// Reads a date and time with its zone, as GeoReport v2 asks for.
///
/// A `+` that was not escaped in an address arrives as a blank; it is taken for what was meant.
pub(crate) fn read(text: &str) -> Option<Timestamp> {
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
    fn a_moment_is_written_in_the_citys_zone_in_summer_and_in_winter() {
        let zone = Zone::named("America/Chicago");
        assert_eq!(
            zone.write(at("2026-07-01T12:00:00Z")),
            "2026-07-01T07:00:00-05:00"
        );
        assert_eq!(
            zone.write(at("2026-12-01T12:00:00Z")),
            "2026-12-01T06:00:00-06:00"
        );
    }

    #[test]
    fn working_days_leave_out_the_weekend() {
        let zone = Zone::named("America/Chicago");
        let friday = at("2026-11-20T16:00:00Z");
        assert_eq!(
            zone.write(zone.working_days_later(friday, 1)),
            "2026-11-23T17:00:00-06:00"
        );
    }

    #[test]
    fn only_a_date_with_time_and_zone_is_read_strictly() {
        for (text, good) in [
            ("2026-11-20T16:00:00Z", true),
            ("2026-11-20T16:00:00.25-06:00", true),
            ("2026-11-20T16:00:00 02:00", true),
            ("2026-11-20T16:00:00", false),
            ("2026-11-20", false),
            ("yesterday", false),
        ] {
            assert_eq!(read(text).is_some(), good, "{text}");
        }
        assert!(
            Zone::named("UTC")
                .read_tolerantly("2012-05-22 23:57:23.97")
                .is_some()
        );
    }
}
