//! A day of the calendar, with conversions from and to ISO 8601.
//!
//! It knows no time zone: which day a point in time falls on is up to the caller.

use crate::time::DAY;

/// A day of the proleptic Gregorian calendar, in days since 1970-01-01.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct CalendarDay(pub i64);

impl CalendarDay {
    /// Parses `YYYY-MM-DD`; a time after it, separated by `T` or a blank, is ignored. `None` if the text is not a
    /// date or the day does not exist.
    pub fn parse(text: &str) -> Option<Self> {
        let (date, rest) = text.split_at_checked(10)?;
        if !rest.is_empty() && !rest.starts_with(['T', 't', ' ']) {
            return None;
        }
        let moment = open311::Moment::read(date)?;
        match moment.parsed? {
            open311::Parsed::Civil(civil) => Some(Self(civil.as_if_utc().div_euclid(DAY))),
            open311::Parsed::Unix(_) => None,
        }
    }

    /// Formats the day as `YYYY-MM-DD`.
    pub fn iso(self) -> String {
        // The calendar repeats every 400 years (an era of 146,097 days). Years are counted from March, so that the
        // leap day is the last day of its year.
        let days = self.0 + 719_468;
        let era = days.div_euclid(146_097);
        let of_era = days.rem_euclid(146_097);
        let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
        let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let month_from_march = (5 * of_year + 2) / 153;
        let day = of_year - (153 * month_from_march + 2) / 5 + 1;
        let month = if month_from_march < 10 {
            month_from_march + 3
        } else {
            month_from_march - 9
        };
        let year = year_of_era + era * 400 + i64::from(month <= 2);
        let two = |number: i64| {
            let digits = number.to_string();
            if number < 10 {
                ["0", &digits].concat()
            } else {
                digits
            }
        };
        let mut year = year.to_string();
        while year.len() < 4 {
            year.insert(0, '0');
        }
        [year, two(month), two(day)].join("-")
    }

    /// The day of the week, 0 for Monday.
    pub fn weekday(self) -> usize {
        // 1970-01-01 was a Thursday.
        (self.0 + 3).rem_euclid(7) as usize
    }

    /// This number of days later, or earlier if it is negative. Saturates.
    pub fn plus(self, days: i64) -> Self {
        Self(self.0.saturating_add(days))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn dates_are_parsed_including_leap_days() {
        for (text, day) in [
            ("1970-01-01", Some(0)),
            ("2000-02-29", Some(11_016)),
            ("2024-02-29T10:00:00Z", Some(19_782)),
            ("2026-11-24", Some(20_781)),
            ("2026-11-24 10:00", Some(20_781)),
            ("2026-11-241", None),
            ("2023-02-29", None),
            ("1900-02-29", None),
            ("2026-13-01", None),
            ("soon", None),
            ("", None),
        ] {
            assert_eq!(CalendarDay::parse(text), day.map(CalendarDay), "{text}");
        }
        // A Tuesday.
        assert_eq!(CalendarDay(20_781).weekday(), 1);
    }

    /// The day after, computed from the lengths of the months.
    fn next((year, month, day): (i64, i64, i64)) -> (i64, i64, i64) {
        let is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
        let days = match month {
            2 if is_leap => 29,
            2 => 28,
            4 | 6 | 9 | 11 => 30,
            _ => 31,
        };
        match (day < days, month < 12) {
            (true, _) => (year, month, day + 1),
            (false, true) => (year, month + 1, 1),
            (false, false) => (year + 1, 1, 1),
        }
    }

    #[test]
    fn every_day_of_five_centuries_agrees_with_the_lengths_of_the_months() {
        let mut date = (1970, 1, 1);
        for index in 0..182_000 {
            let (year, month, day) = date;
            let text = format!("{year:04}-{month:02}-{day:02}");
            assert_eq!(
                CalendarDay::parse(&text),
                Some(CalendarDay(index)),
                "{text}"
            );
            assert_eq!(CalendarDay(index).iso(), text);
            date = next(date);
        }
    }

    proptest! {
        #[test]
        fn no_text_makes_parsing_panic(text in ".{0,14}") {
            if let Some(day) = CalendarDay::parse(&text) {
                prop_assert!(text.starts_with(&day.iso()));
            }
        }

        #[test]
        fn a_formatted_day_is_parsed_back(day in 0i64..40_000) {
            let day = CalendarDay(day);
            prop_assert_eq!(CalendarDay::parse(&day.iso()), Some(day));
            prop_assert_eq!(day.plus(7).weekday(), day.weekday());
            prop_assert_eq!(day.plus(1).weekday(), (day.weekday() + 1) % 7);
        }
    }
}
