//! Points in time and durations in milliseconds, as one type.
//!
//! The current time, and the calendar day at a point in time in some zone, are known only to the browser;
//! callers pass them in.

use open311::{Moment, Parsed};

/// One second, in milliseconds.
pub const SECOND: i64 = 1_000;
/// One minute, in milliseconds.
pub const MINUTE: i64 = 60 * SECOND;
/// One hour, in milliseconds.
pub const HOUR: i64 = 60 * MINUTE;
/// One day of 24 hours, in milliseconds.
pub const DAY: i64 = 24 * HOUR;

/// A point in time: milliseconds since 1970-01-01T00:00Z, not counting leap seconds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct UnixMs(pub i64);

impl UnixMs {
    /// Converts a JavaScript timestamp in milliseconds. Fractions are truncated, values out of range
    /// saturate, and NaN becomes 0 (1970).
    pub fn from_js(milliseconds: f64) -> Self {
        // `as` saturates, and turns NaN into 0.
        Self(milliseconds as i64)
    }

    /// The JavaScript timestamp in milliseconds; exact for some 285,000 years around 1970.
    pub fn to_js(self) -> f64 {
        self.0 as f64
    }

    /// This time plus a number of milliseconds, which may be negative. Saturates.
    pub fn plus(self, milliseconds: i64) -> Self {
        Self(self.0.saturating_add(milliseconds))
    }

    /// Milliseconds from `earlier` to this time; negative if `earlier` is later. Saturates.
    pub fn since(self, earlier: Self) -> i64 {
        self.0.saturating_sub(earlier.0)
    }
}

/// What a clock that is `utc_offset_ms` milliseconds ahead of UTC shows at a moment, in milliseconds since
/// that clock showed 1970-01-01T00:00. A moment without a time zone is taken to be what that clock shows.
/// `None` if the moment could not be parsed.
// Inlined, because otherwise this alone would be loaded with the first view for all chunks that use it.
#[inline]
pub(crate) fn wall_clock_ms(moment: &Moment, utc_offset_ms: i64) -> Option<i64> {
    Some(match moment.parsed? {
        Parsed::Unix(unix) => unix.saturating_add(utc_offset_ms),
        Parsed::Civil(civil) => civil.as_if_utc(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn javascript_timestamps_round_trip_and_invalid_ones_are_clamped() {
        for milliseconds in [0, 1_795_521_600_000, -1, 4_102_444_800_000] {
            let time = UnixMs(milliseconds);
            assert_eq!(UnixMs::from_js(time.to_js()), time);
        }
        assert_eq!(UnixMs::from_js(f64::NAN), UnixMs(0));
        assert_eq!(UnixMs::from_js(f64::INFINITY), UnixMs(i64::MAX));
        assert_eq!(UnixMs(i64::MAX).plus(DAY), UnixMs(i64::MAX));
        assert_eq!(UnixMs(HOUR).since(UnixMs(MINUTE)), 59 * MINUTE);
    }

    #[test]
    fn the_utc_offset_applies_only_to_moments_with_a_time_zone() {
        for (text, expected) in [
            ("1970-01-01T01:00:00Z", Some(3 * HOUR)),
            ("1970-01-01T01:00:00-01:00", Some(4 * HOUR)),
            ("1970-01-01T01:00:00", Some(HOUR)),
            ("1970-01-02", Some(DAY)),
            ("soon", None),
        ] {
            let moment = Moment::read(text).unwrap();
            assert_eq!(wall_clock_ms(&moment, 2 * HOUR), expected, "{text}");
        }
    }
}
