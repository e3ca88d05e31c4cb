//! The city's working days, and counting in them.
//!
//! It knows no time zone and not which day is today.

use super::calendar_day::CalendarDay;

/// The days of the week on which the city works, except for holidays.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WorkingDays {
    /// True for each working day of the week, from Monday.
    week: [bool; 7],
    holidays: Vec<CalendarDay>,
}

/// How far working days are counted, in days, so that a city without working days does not cause an endless
/// loop. It must exceed the longest promise. Sensible: 1,000 to 10,000.
const MAX_DAYS: i64 = 4_000;

impl WorkingDays {
    /// The working days for these days of the week (Monday to Friday if there are none) and these holidays
    /// (`YYYY-MM-DD`). Holidays that are not valid dates are ignored.
    pub fn new(week: &[guide::Day], holidays: &[String]) -> Self {
        let mut days = [false; 7];
        for (index, is_working) in days.iter_mut().enumerate() {
            let day = guide::Day::from_monday(index);
            *is_working = if week.is_empty() {
                index < 5
            } else {
                day.is_some_and(|day| week.contains(&day))
            };
        }
        Self {
            week: days,
            holidays: holidays
                .iter()
                .filter_map(|day| CalendarDay::parse(day))
                .collect(),
        }
    }

    /// True if the city works on this day.
    pub fn is_working(&self, day: CalendarDay) -> bool {
        let is_in_week = self.week.get(day.weekday()).copied();
        is_in_week.unwrap_or_default() && !self.holidays.contains(&day)
    }

    /// The `count`-th working day after `day`; `day` itself for 0. Stops after some 4,000 days.
    pub fn nth_after(&self, day: CalendarDay, count: u32) -> CalendarDay {
        let (mut found, mut left) = (day, count);
        while left > 0 && found.0 - day.0 < MAX_DAYS {
            found = found.plus(1);
            left -= u32::from(self.is_working(found));
        }
        found
    }

    /// The number of working days after `from`, up to and including `to`; 0 if `to` is earlier.
    pub fn count(&self, from: CalendarDay, to: CalendarDay) -> u32 {
        let last = to.0.min(from.0.saturating_add(MAX_DAYS));
        let days = (from.0 + 1)..=last;
        days.filter(|day| self.is_working(CalendarDay(*day)))
            .count() as u32
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn day(text: &str) -> CalendarDay {
        CalendarDay::parse(text).unwrap()
    }

    #[test]
    fn weekends_and_holidays_are_skipped() {
        let working = WorkingDays::new(&[], &["2026-11-26".into(), "odd".into()]);
        // Tuesday, and Thanksgiving on Thursday.
        let tuesday = day("2026-11-24");
        for (count, expected) in [
            (0, "2026-11-24"),
            (1, "2026-11-25"),
            (2, "2026-11-27"),
            (3, "2026-11-30"),
        ] {
            assert_eq!(working.nth_after(tuesday, count), day(expected), "{count}");
        }
        assert_eq!(working.count(tuesday, day("2026-11-30")), 3);
        assert_eq!(working.count(day("2026-11-30"), tuesday), 0);
    }

    #[test]
    fn counting_ends_even_if_there_are_no_working_days() {
        let all: Vec<String> = (0..5_000)
            .map(|ahead| day("2026-01-01").plus(ahead).iso())
            .collect();
        let never = WorkingDays::new(&[], &all);
        assert!(never.nth_after(day("2026-01-01"), 5).0 > day("2026-01-01").0);
    }

    proptest! {
        #[test]
        fn the_nth_working_day_is_n_working_days_away(
            start in 15_000i64..30_000, count in 0u32..200, holidays in prop::collection::vec(15_000i64..30_500, 0..40),
            week in prop::collection::vec(0usize..7, 1..7),
        ) {
            let holidays: Vec<String> = holidays.into_iter().map(|day| CalendarDay(day).iso()).collect();
            let week: Vec<guide::Day> = week.into_iter().filter_map(guide::Day::from_monday).collect();
            let working = WorkingDays::new(&week, &holidays);
            let end = working.nth_after(CalendarDay(start), count);
            prop_assert_eq!(working.count(CalendarDay(start), end), count);
            prop_assert!(count == 0 || working.is_working(end));
            prop_assert!(working.nth_after(CalendarDay(start), count + 1) > end);
        }
    }
}
