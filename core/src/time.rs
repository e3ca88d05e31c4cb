//! Points in time, as one type. Which day it is somewhere, and what the time is now, only a browser knows.

/// A second, in milliseconds.
pub const SECOND: i64 = 1_000;
/// A minute, in milliseconds.
pub const MINUTE: i64 = 60 * SECOND;
/// An hour, in milliseconds.
pub const HOUR: i64 = 60 * MINUTE;
/// A day of 24 hours, in milliseconds.
pub const DAY: i64 = 24 * HOUR;

/// A point in time: milliseconds since 1970-01-01T00:00Z, not counting leap seconds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct UnixMs(pub i64);

impl UnixMs {
    /// From JavaScript's number of milliseconds; what is no number is 1970.
    pub fn from_js(milliseconds: f64) -> Self {
        // `as` saturates, and takes NaN for 0.
        Self(milliseconds as i64)
    }

    /// As JavaScript's number of milliseconds: exact for some 285,000 years.
    pub fn to_js(self) -> f64 {
        self.0 as f64
    }

    /// This many milliseconds later; earlier if negative. Saturates.
    pub fn plus(self, milliseconds: i64) -> Self {
        Self(self.0.saturating_add(milliseconds))
    }

    /// Milliseconds from `earlier` to this; negative if it is later. Saturates.
    pub fn since(self, earlier: Self) -> i64 {
        self.0.saturating_sub(earlier.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn javascript_s_numbers_survive_and_odd_ones_do_no_harm() {
        for milliseconds in [0, 1_795_521_600_000, -1, 4_102_444_800_000] {
            let time = UnixMs(milliseconds);
            assert_eq!(UnixMs::from_js(time.to_js()), time);
        }
        assert_eq!(UnixMs::from_js(f64::NAN), UnixMs(0));
        assert_eq!(UnixMs::from_js(f64::INFINITY), UnixMs(i64::MAX));
        assert_eq!(UnixMs(i64::MAX).plus(DAY), UnixMs(i64::MAX));
        assert_eq!(UnixMs(HOUR).since(UnixMs(MINUTE)), 59 * MINUTE);
    }
}
