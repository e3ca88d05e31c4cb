//! Dates and times as endpoints send them (rule 4): always kept as text, parsed where possible. This module
//! knows the calendar, but no named time zones and no display formats; the browser has those.

use crate::plain_text;

/// A date and time as sent, and parsed if possible.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moment {
    /// As sent, as plain text.
    pub text: String,
    /// `None` if it could not be parsed: show the text instead.
    pub parsed: Option<Parsed>,
}

/// A parsed date and time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Parsed {
    /// With a time zone: milliseconds since 1970-01-01T00:00Z.
    Unix(i64),
    /// Without a time zone: local time in the city.
    Civil(Civil),
}

/// A calendar date that exists, with or without a time of day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Civil {
    /// 0 to 9999.
    pub year: u16,
    /// 1 to 12.
    pub month: u8,
    /// 1 to 31.
    pub day: u8,
    /// `None` for a date without a time.
    pub time: Option<Time>,
}

/// A time of day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Time {
    /// 0 to 23.
    pub hour: u8,
    /// 0 to 59.
    pub minute: u8,
    /// 0 to 60; 60 is a leap second.
    pub second: u8,
    /// 0 to 999; finer fractions are truncated.
    pub millisecond: u16,
}

impl Moment {
    /// Reads a date and time; `None` for a blank text and for the text "null", which both mean "no date".
    pub fn read(text: &str) -> Option<Self> {
        let text = text.trim();
        if text.is_empty() || text.eq_ignore_ascii_case("null") {
            return None;
        }
        Some(Self {
            // Shown if it cannot be parsed, so it must be plain text (rule 13).
            text: plain_text(text),
            parsed: Scanner(text.as_bytes()).moment(),
        })
    }

    /// Milliseconds since 1970-01-01T00:00Z; `None` without a time zone.
    pub fn unix_milliseconds(&self) -> Option<i64> {
        match self.parsed {
            Some(Parsed::Unix(milliseconds)) => Some(milliseconds),
            _ => None,
        }
    }
}

impl Civil {
    /// Milliseconds since 1970-01-01T00:00Z, taking the local time for UTC: to be formatted in UTC. A date
    /// without a time counts as midnight.
    pub fn as_if_utc(&self) -> i64 {
        let time = self.time.map_or(0, |time| {
            let minutes = i64::from(time.hour) * 60 + i64::from(time.minute);
            (minutes * 60 + i64::from(time.second)) * 1000 + i64::from(time.millisecond)
        });
        self.days_since_1970() * 86_400_000 + time
    }

    fn days_since_1970(&self) -> i64 {
        // Count years from March, so that the leap day is the last day of its year.
        let (year, month) = match self.month {
            1 | 2 => (i64::from(self.year) - 1, i64::from(self.month) + 9),
            _ => (i64::from(self.year), i64::from(self.month) - 3),
        };
        let leap_days = year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400);
        let day_of_year = (153 * month + 2) / 5 + i64::from(self.day) - 1;
        year * 365 + leap_days + day_of_year - 719_468
    }

    fn exists(&self) -> bool {
        let leap = self.year.is_multiple_of(4)
            && (!self.year.is_multiple_of(100) || self.year.is_multiple_of(400));
        let days = match self.month {
            2 if leap => 29,
            2 => 28,
            4 | 6 | 9 | 11 => 30,
            1..=12 => 31,
            _ => 0,
        };
        (1..=days).contains(&self.day)
    }
}

/// The bytes that are still to be parsed.
struct Scanner<'a>(&'a [u8]);

impl Scanner<'_> {
    /// RFC 3339 and its variants in use: without a zone, with a blank instead of the `T` or before the zone,
    /// without seconds, with zones as `Z`, `UTC`, `+02:00`, `+0200` or `+02`, and a date alone.
    fn moment(mut self) -> Option<Parsed> {
        let year = self.number(4)?;
        self.expect(b'-')?;
        let month = self.number(2)? as u8;
        self.expect(b'-')?;
        let day = self.number(2)? as u8;
        let time = if self.0.is_empty() {
            None
        } else {
            Some(self.time()?)
        };
        let civil = Civil {
            year,
            month,
            day,
            time,
        };
        if !civil.exists() {
            return None;
        }
        if self.0.is_empty() {
            return Some(Parsed::Civil(civil));
        }
        let offset = self.zone()?;
        self.0
            .is_empty()
            .then(|| Parsed::Unix(civil.as_if_utc() - offset * 60_000))
    }

    fn time(&mut self) -> Option<Time> {
        if !(self.take(b'T') || self.take(b't')) {
            self.expect(b' ')?;
        }
        let hour = self.number(2)?;
        self.expect(b':')?;
        let minute = self.number(2)?;
        let second = if self.take(b':') { self.number(2)? } else { 0 };
        let millisecond = if self.take(b'.') || self.take(b',') {
            self.milliseconds()?
        } else {
            0
        };
        (hour < 24 && minute < 60 && second <= 60).then_some(Time {
            hour: hour as u8,
            minute: minute as u8,
            second: second as u8,
            millisecond,
        })
    }

    fn milliseconds(&mut self) -> Option<u16> {
        let mut milliseconds = self.number(1)? * 100;
        for unit in [10, 1] {
            milliseconds += self.number(1).unwrap_or(0) * unit;
        }
        while self.number(1).is_some() {}
        Some(milliseconds)
    }

    /// The zone's offset in minutes, positive east of Greenwich.
    fn zone(&mut self) -> Option<i64> {
        self.take(b' ');
        if self.0.eq_ignore_ascii_case(b"Z")
            || self.0.eq_ignore_ascii_case(b"UTC")
            || self.0.eq_ignore_ascii_case(b"GMT")
        {
            self.0 = &[];
            return Some(0);
        }
        let west = self.take(b'-');
        if !west {
            self.expect(b'+')?;
        }
        let hours = i64::from(self.number(2)?);
        self.take(b':');
        let minutes = if self.0.is_empty() {
            0
        } else {
            i64::from(self.number(2)?)
        };
        let offset = hours * 60 + minutes;
        (hours < 24 && minutes < 60).then_some(if west { -offset } else { offset })
    }

    fn number(&mut self, digits: usize) -> Option<u16> {
        let (head, rest) = self.0.split_at_checked(digits)?;
        let mut number = 0;
        for byte in head {
            if !byte.is_ascii_digit() {
                return None;
            }
            number = number * 10 + u16::from(byte - b'0');
        }
        self.0 = rest;
        Some(number)
    }

    fn take(&mut self, byte: u8) -> bool {
        match self.0.split_first() {
            Some((first, rest)) if *first == byte => {
                self.0 = rest;
                true
            }
            _ => false,
        }
    }

    fn expect(&mut self, byte: u8) -> Option<()> {
        self.take(byte).then_some(())
    }
}
