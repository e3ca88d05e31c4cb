//! What was promised for a request, and whether the promise was kept
//! (docs/decisions/0014-the-first-promise-counts.md).
//!
//! Days are days of the city's calendar. The caller converts points in time to days, so that daylight saving time
//! does not move a promise; this module knows no time zone, no clock and no texts.

use super::calendar_day::CalendarDay;
use super::working_days::WorkingDays;
use crate::time::{HOUR, UnixMs};
use open311::Stage;

/// What is known about a request and its service standard.
pub struct PromiseFacts<'a> {
    /// Whether the request is open or closed.
    pub stage: Stage,
    /// When it was sent (`requested_datetime`).
    pub requested: Option<(UnixMs, CalendarDay)>,
    /// When the city expects to complete it (`expected_datetime`).
    pub expected: Option<(UnixMs, CalendarDay)>,
    /// When the city first replied.
    pub first_reply_at: Option<UnixMs>,
    /// True if the history of the request is known, so that the absence of a reply is meaningful.
    pub has_history: bool,
    /// True if the city will not or need not do the work. The promise then counts as neither kept nor missed.
    pub is_refused: bool,
    /// When it was closed.
    pub ended: Option<(UnixMs, CalendarDay)>,
    /// The current time: by the clock of the city's server if it is known, otherwise by the device's.
    pub now: UnixMs,
    /// The day of `now`.
    pub today: CalendarDay,
    /// The service standard: hours until the first reply.
    pub answer_hours: Option<u32>,
    /// The service standard: working days until the work is done.
    pub done_days: Option<u32>,
    /// The city's working days.
    pub working_days: &'a WorkingDays,
}

/// The state of the promises for a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Promise {
    /// The promise of a first reply.
    pub first_reply: FirstReply,
    /// The promise to complete the work by a day.
    pub completion: Completion,
}

/// The state of the promise of a first reply.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FirstReply {
    /// No reply was promised, or it is unknown whether there was one.
    None,
    /// There was no reply yet, and there is still time.
    Due {
        /// The end of the promised time.
        at: UnixMs,
    },
    /// There was no reply within the promised time.
    Late {
        /// The end of the promised time.
        since: UnixMs,
    },
    /// The city replied in time.
    Kept,
    /// The city replied too late.
    Missed,
}

/// The state of the promise to complete the work by a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Completion {
    /// Nothing was promised, or it is unknown whether the work is done.
    None,
    /// The request is open, and the promised day is not over.
    Due {
        /// The promised day.
        by: CalendarDay,
        /// The number of the current day in the promised period, from 1.
        day: u32,
        /// The number of days in the promised period.
        of: u32,
    },
    /// The request is open although the promised day is over.
    Late {
        /// The promised day.
        by: CalendarDay,
        /// Working days since the promised day, 1 or more.
        working_days: u32,
        /// The later day that the city now expects, if any.
        new: Option<CalendarDay>,
    },
    /// The work was done in time.
    Kept {
        /// The promised day.
        by: CalendarDay,
    },
    /// The work was done too late.
    Missed {
        /// The promised day.
        by: CalendarDay,
        /// Working days from the promised day to the day it was done, 1 or more.
        working_days: u32,
    },
}

impl Promise {
    /// Determines the state of the promises for a request. The first promise counts: a later day that the city
    /// names instead is only the new date of a request that is late.
    pub fn of(facts: &PromiseFacts) -> Self {
        Self {
            first_reply: first_reply(facts),
            completion: completion(facts),
        }
    }
}

fn first_reply(facts: &PromiseFacts) -> FirstReply {
    let (Some((sent, _)), Some(hours)) = (facts.requested, facts.answer_hours) else {
        return FirstReply::None;
    };
    let at = sent.plus(i64::from(hours) * HOUR);
    match facts.first_reply_at {
        Some(first) if first <= at => FirstReply::Kept,
        Some(_) => FirstReply::Missed,
        None if facts.stage != Stage::Open || !facts.has_history => FirstReply::None,
        None if facts.now <= at => FirstReply::Due { at },
        None => FirstReply::Late { since: at },
    }
}

/// The earlier of the day that the city expects and the day by the service standard; `None` if there is neither.
pub fn first_promised(
    expected: Option<CalendarDay>,
    by_standard: Option<CalendarDay>,
) -> Option<CalendarDay> {
    match (expected, by_standard) {
        (Some(expected), Some(by_standard)) => Some(expected.min(by_standard)),
        (expected, by_standard) => expected.or(by_standard),
    }
}

fn completion(facts: &PromiseFacts) -> Completion {
    let sent = facts.requested.map(|(_, day)| day);
    let by_standard = sent.zip(facts.done_days);
    let by_standard = by_standard.map(|(sent, days)| facts.working_days.nth_after(sent, days));
    let expected = facts.expected.map(|(_, day)| day);
    let Some(by) = first_promised(expected, by_standard) else {
        return Completion::None;
    };
    let late = |day: CalendarDay| facts.working_days.count(by, day).max(1);
    if facts.stage == Stage::Closed {
        return match facts.ended.filter(|_| !facts.is_refused) {
            Some((_, ended)) if ended <= by => Completion::Kept { by },
            Some((_, ended)) => Completion::Missed {
                by,
                working_days: late(ended),
            },
            None => Completion::None,
        };
    }
    // If the device's clock is behind, today may be before the day of sending; nothing is late then.
    let is_behind = sent.is_some_and(|sent| facts.today < sent);
    if facts.today > by && !is_behind {
        // A status that is neither open nor closed may mean that the request is done.
        return if facts.stage == Stage::Open {
            Completion::Late {
                by,
                working_days: late(facts.today),
                new: expected.filter(|new| *new > by),
            }
        } else {
            Completion::None
        };
    }
    // Without the day of sending, the number of the current day is unknown.
    let Some(sent) = sent.map(|sent| sent.min(by)) else {
        return Completion::None;
    };
    let today = facts.today.max(sent);
    let days = |to: CalendarDay| match facts.done_days {
        Some(_) => facts.working_days.count(sent, to),
        // A standard is in working days; the period until the city's own date is counted in calendar days.
        None => u32::try_from(to.0.saturating_sub(sent.0)).unwrap_or(u32::MAX),
    };
    // The day of sending counts as the first one.
    let of = days(by).max(1);
    Completion::Due {
        by,
        day: days(today).clamp(1, of),
        of,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::DAY;
    use proptest::prelude::*;

    fn day(text: &str) -> CalendarDay {
        CalendarDay::parse(text).unwrap()
    }

    fn moment(text: &str) -> (UnixMs, CalendarDay) {
        let day = day(text);
        (UnixMs(day.0 * DAY + 10 * HOUR), day)
    }

    fn facts<'a>(working: &'a WorkingDays, today: &str) -> PromiseFacts<'a> {
        let (now, today) = moment(today);
        PromiseFacts {
            stage: Stage::Open,
            requested: Some(moment("2026-11-24")),
            expected: None,
            first_reply_at: None,
            has_history: true,
            is_refused: false,
            ended: None,
            now,
            today,
            answer_hours: Some(24),
            done_days: Some(3),
            working_days: working,
        }
    }

    fn working() -> WorkingDays {
        WorkingDays::new(&[], &["2026-11-26".into()])
    }

    #[test]
    fn a_completion_is_due_late_kept_or_missed() {
        let working = working();
        let by = day("2026-11-30");
        let open = |today| Promise::of(&facts(&working, today)).completion;
        assert_eq!(open("2026-11-24"), Completion::Due { by, day: 1, of: 3 });
        assert_eq!(open("2026-11-26"), Completion::Due { by, day: 1, of: 3 });
        assert_eq!(open("2026-11-27"), Completion::Due { by, day: 2, of: 3 });
        assert_eq!(open("2026-11-30"), Completion::Due { by, day: 3, of: 3 });
        assert_eq!(
            open("2026-12-01"),
            Completion::Late {
                by,
                working_days: 1,
                new: None
            }
        );
        assert_eq!(
            open("2026-12-07"),
            Completion::Late {
                by,
                working_days: 5,
                new: None
            }
        );
        // A phone whose clock is a day behind.
        assert_eq!(open("2026-11-23"), Completion::Due { by, day: 1, of: 3 });
        let closed = |ended: Option<&str>| {
            let mut facts = facts(&working, "2026-12-20");
            facts.stage = Stage::Closed;
            facts.ended = ended.map(moment);
            Promise::of(&facts).completion
        };
        assert_eq!(closed(Some("2026-11-30")), Completion::Kept { by });
        assert_eq!(
            closed(Some("2026-12-02")),
            Completion::Missed {
                by,
                working_days: 2
            }
        );
        assert_eq!(closed(None), Completion::None);
        // A declined request neither keeps nor misses a promise.
        let mut refused = facts(&working, "2026-11-25");
        refused.stage = Stage::Closed;
        refused.ended = Some(moment("2026-11-25"));
        refused.is_refused = true;
        assert_eq!(Promise::of(&refused).completion, Completion::None);
    }

    #[test]
    fn the_first_promise_counts_and_a_later_date_is_only_the_new_date() {
        let working = working();
        let mut facts = facts(&working, "2026-12-01");
        facts.expected = Some(moment("2026-12-04"));
        let (by, new) = (day("2026-11-30"), day("2026-12-04"));
        let late = Completion::Late {
            by,
            working_days: 1,
            new: Some(new),
        };
        assert_eq!(Promise::of(&facts).completion, late);
        // The city's own date counts if it is earlier.
        facts.expected = Some(moment("2026-11-27"));
        let by = day("2026-11-27");
        let late = Completion::Late {
            by,
            working_days: 2,
            new: None,
        };
        assert_eq!(Promise::of(&facts).completion, late);
        // Without a standard, calendar days are counted.
        facts.expected = Some(moment("2026-12-04"));
        facts.done_days = None;
        let by = new;
        assert_eq!(
            Promise::of(&facts).completion,
            Completion::Due { by, day: 7, of: 10 }
        );
        // Without the day of sending, only a delay is known.
        let sent = facts.requested.take();
        assert_eq!(Promise::of(&facts).completion, Completion::None);
        facts.today = day("2026-12-07");
        let late = Completion::Late {
            by,
            working_days: 1,
            new: None,
        };
        assert_eq!(Promise::of(&facts).completion, late);
        // An unknown status may mean that the work is done.
        facts.stage = Stage::Unknown;
        assert_eq!(Promise::of(&facts).completion, Completion::None);
        facts.stage = Stage::Open;
        facts.requested = sent;
        facts.expected = None;
        assert_eq!(Promise::of(&facts).completion, Completion::None);
        facts.requested = None;
        assert_eq!(
            Promise::of(&facts),
            Promise {
                first_reply: FirstReply::None,
                completion: Completion::None
            }
        );
    }

    #[test]
    fn nothing_is_late_on_a_device_whose_clock_is_behind() {
        let working = working();
        let mut facts = facts(&working, "2026-11-22");
        facts.expected = Some(moment("2026-11-20"));
        let by = day("2026-11-20");
        assert_eq!(
            Promise::of(&facts).completion,
            Completion::Due { by, day: 1, of: 1 }
        );
    }

    #[test]
    fn a_leap_day_counts_as_a_day() {
        let working = working();
        let mut facts = facts(&working, "2028-02-29");
        facts.requested = Some(moment("2028-02-28"));
        facts.done_days = Some(2);
        let by = day("2028-03-01");
        assert_eq!(
            Promise::of(&facts).completion,
            Completion::Due { by, day: 1, of: 2 }
        );
        facts.done_days = None;
        facts.expected = Some(moment("2028-03-02"));
        let by = day("2028-03-02");
        assert_eq!(
            Promise::of(&facts).completion,
            Completion::Due { by, day: 1, of: 3 }
        );
    }

    #[test]
    fn a_first_reply_is_due_within_the_hours_of_the_standard() {
        let working = working();
        let sent = moment("2026-11-24").0;
        let at = sent.plus(24 * HOUR);
        let reply = |now: UnixMs, first: Option<UnixMs>| {
            let mut facts = facts(&working, "2026-11-24");
            (facts.now, facts.first_reply_at) = (now, first);
            Promise::of(&facts).first_reply
        };
        assert_eq!(reply(sent, None), FirstReply::Due { at });
        assert_eq!(reply(sent.plus(-HOUR), None), FirstReply::Due { at });
        assert_eq!(reply(at.plus(1), None), FirstReply::Late { since: at });
        assert_eq!(reply(at.plus(1), Some(at)), FirstReply::Kept);
        assert_eq!(reply(at.plus(9), Some(at.plus(1))), FirstReply::Missed);
        // Without a history, it is unknown whether there was a reply.
        let mut silent = facts(&working, "2026-12-24");
        silent.has_history = false;
        assert_eq!(Promise::of(&silent).first_reply, FirstReply::None);
    }

    proptest! {
        #[test]
        fn the_time_of_day_does_not_affect_a_completion(
            sent in 15_000i64..30_000, expected in prop::option::of(0i64..90), today in -5i64..200,
            is_closed: bool, off in prop::collection::vec(-7_200_000i64..7_200_000, 4),
        ) {
            let working = working();
            let done = |off: &[i64]| {
                let at = |day: i64, off: Option<&i64>| (UnixMs(day * DAY + off.copied().unwrap_or_default()), CalendarDay(day));
                let mut facts = facts(&working, "2026-11-24");
                facts.requested = Some(at(sent, off.first()));
                facts.expected = expected.map(|days| at(sent + days, off.get(1)));
                (facts.now, facts.today) = at(sent + today, off.get(2));
                if is_closed {
                    facts.stage = Stage::Closed;
                    facts.ended = Some(at(sent + today, off.get(3)));
                }
                Promise::of(&facts).completion
            };
            prop_assert_eq!(done(&off), done(&[]));
        }

        #[test]
        fn calendar_days_are_counted_up_to_the_date_the_city_expects(sent in 15_000i64..30_000, days in 1i64..90, today in 0i64..90) {
            let working = working();
            let mut facts = facts(&working, "2026-11-24");
            facts.requested = Some((UnixMs(0), CalendarDay(sent)));
            facts.expected = Some((UnixMs(0), CalendarDay(sent + days)));
            facts.done_days = None;
            facts.today = CalendarDay(sent + today.min(days));
            let day = today.min(days).max(1) as u32;
            prop_assert_eq!(Promise::of(&facts).completion, Completion::Due { by: CalendarDay(sent + days), day, of: days as u32 });
        }

        #[test]
        fn a_promise_is_late_after_its_day_and_never_before(
            sent in 15_000i64..30_000, days in 0u32..60, today in -5i64..200,
        ) {
            let working = working();
            let mut facts = facts(&working, "2026-11-24");
            facts.requested = Some((UnixMs(sent * DAY), CalendarDay(sent)));
            facts.done_days = Some(days);
            facts.today = CalendarDay(sent + today);
            let by = working.nth_after(CalendarDay(sent), days);
            match Promise::of(&facts).completion {
                Completion::Due { by: found, day, of } => {
                    prop_assert!(found == by && facts.today <= by && day >= 1 && day <= of);
                }
                Completion::Late { by: found, working_days, new } => {
                    prop_assert_eq!(new, None);
                    prop_assert!(found == by && facts.today > by && working_days >= 1);
                }
                other => prop_assert!(false, "{other:?}"),
            }
        }
    }
}
