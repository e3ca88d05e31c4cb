//! What was promised for a request, and whether it was kept. Days are of the city's calendar; which
//! day a moment is there, the caller knows, so that no change of the clock moves a promise.

use super::day::Day;
use super::working::Working;
use open311::Stage;

/// What is known of a request.
pub struct Facts<'a> {
    pub stage: Stage,
    /// When it was sent: Unix milliseconds, and the day.
    pub requested: Option<(i64, Day)>,
    /// When the city expects it to be done (`expected_datetime`).
    pub expected: Option<(i64, Day)>,
    /// When the city first said something.
    pub first_answer: Option<i64>,
    /// It can be told whether the city has said something: there is a history to look into.
    pub has_history: bool,
    /// The city will not do it, or need not: it is neither kept nor missed.
    pub is_refused: bool,
    /// When it was closed.
    pub ended: Option<(i64, Day)>,
    /// By the city's clock, where it can be read; else by the device's.
    pub now: i64,
    pub today: Day,
    /// The service standard: hours until the first answer, working days until it is done.
    pub answer_hours: Option<u32>,
    pub done_days: Option<u32>,
    pub working: &'a Working,
}

/// What became of the promises.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Promise {
    pub answer: Answer,
    pub done: Done,
}

/// The promise of an answer. Moments are Unix milliseconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// None was promised, or nobody can tell.
    None,
    Due {
        at: i64,
    },
    Late {
        since: i64,
    },
    Kept,
    Missed,
}

/// The promise of when it is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Done {
    /// None was promised, or nobody can tell.
    None,
    /// Today is day `day` of `of`.
    Due {
        by: Day,
        day: u32,
        of: u32,
    },
    /// So many working days ago; and the day that the city named instead.
    Late {
        by: Day,
        working_days: u32,
        new: Option<Day>,
    },
    Kept {
        by: Day,
    },
    Missed {
        by: Day,
        working_days: u32,
    },
}

const HOUR: i64 = 3_600_000;

impl Promise {
    /// What became of the promises for a request. The first promise counts: a later day in the place of an
    /// earlier one is the new date of something that is late.
    pub fn of(facts: &Facts) -> Self {
        Self {
            answer: answer(facts),
            done: done(facts),
        }
    }
}

fn answer(facts: &Facts) -> Answer {
    let (Some((sent, _)), Some(hours)) = (facts.requested, facts.answer_hours) else {
        return Answer::None;
    };
    let at = sent.saturating_add(i64::from(hours) * HOUR);
    match facts.first_answer {
        Some(first) if first <= at => Answer::Kept,
        Some(_) => Answer::Missed,
        None if facts.stage != Stage::Open || !facts.has_history => Answer::None,
        None if facts.now <= at => Answer::Due { at },
        None => Answer::Late { since: at },
    }
}

/// The day that was promised first.
pub fn first(expected: Option<Day>, by_standard: Option<Day>) -> Option<Day> {
    match (expected, by_standard) {
        (Some(expected), Some(by_standard)) => Some(expected.min(by_standard)),
        (expected, by_standard) => expected.or(by_standard),
    }
}

fn done(facts: &Facts) -> Done {
    let sent = facts.requested.map(|(_, day)| day);
    let by_standard = sent.zip(facts.done_days);
    let by_standard = by_standard.map(|(sent, days)| facts.working.after(sent, days));
    let expected = facts.expected.map(|(_, day)| day);
    let Some(by) = first(expected, by_standard) else {
        return Done::None;
    };
    let late = |day: Day| facts.working.count(by, day).max(1);
    if facts.stage == Stage::Closed {
        return match facts.ended.filter(|_| !facts.is_refused) {
            Some((_, ended)) if ended <= by => Done::Kept { by },
            Some((_, ended)) => Done::Missed {
                by,
                working_days: late(ended),
            },
            None => Done::None,
        };
    }
    // A device whose clock is behind knows of no delay: for it, it is the first day.
    let is_behind = sent.is_some_and(|sent| facts.today < sent);
    if facts.today > by && !is_behind {
        // Of a word that nobody here knows it may be that it says it is done.
        return match facts.stage {
            Stage::Open => Done::Late {
                by,
                working_days: late(facts.today),
                new: expected.filter(|new| *new > by),
            },
            _ => Done::None,
        };
    }
    // Without the day of sending nobody can tell which day this is.
    let Some(sent) = sent.map(|sent| sent.min(by)) else {
        return Done::None;
    };
    let today = facts.today.max(sent);
    let days = |to: Day| match facts.done_days {
        Some(_) => facts.working.count(sent, to),
        // The standard counts working days, the city's own date days.
        None => u32::try_from(to.0.saturating_sub(sent.0)).unwrap_or(u32::MAX),
    };
    // The day of sending counts as the first one.
    let of = days(by).max(1);
    Done::Due {
        by,
        day: days(today).clamp(1, of),
        of,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn day(text: &str) -> Day {
        Day::parse(text).unwrap()
    }

    fn moment(text: &str) -> (i64, Day) {
        let day = day(text);
        (day.0 * 86_400_000 + 36_000_000, day)
    }

    fn facts<'a>(working: &'a Working, today: &str) -> Facts<'a> {
        let (now, today) = moment(today);
        Facts {
            stage: Stage::Open,
            requested: Some(moment("2026-11-24")),
            expected: None,
            first_answer: None,
            has_history: true,
            is_refused: false,
            ended: None,
            now,
            today,
            answer_hours: Some(24),
            done_days: Some(3),
            working,
        }
    }

    fn working() -> Working {
        Working::of(&[], &["2026-11-26".into()])
    }

    #[test]
    fn due_late_kept_and_missed() {
        let working = working();
        let by = day("2026-11-30");
        let open = |today| Promise::of(&facts(&working, today)).done;
        assert_eq!(open("2026-11-24"), Done::Due { by, day: 1, of: 3 });
        assert_eq!(open("2026-11-26"), Done::Due { by, day: 1, of: 3 });
        assert_eq!(open("2026-11-27"), Done::Due { by, day: 2, of: 3 });
        assert_eq!(open("2026-11-30"), Done::Due { by, day: 3, of: 3 });
        assert_eq!(
            open("2026-12-01"),
            Done::Late {
                by,
                working_days: 1,
                new: None
            }
        );
        assert_eq!(
            open("2026-12-07"),
            Done::Late {
                by,
                working_days: 5,
                new: None
            }
        );
        // A phone whose clock is a day behind.
        assert_eq!(open("2026-11-23"), Done::Due { by, day: 1, of: 3 });
        let closed = |ended: Option<&str>| {
            let mut facts = facts(&working, "2026-12-20");
            facts.stage = Stage::Closed;
            facts.ended = ended.map(moment);
            Promise::of(&facts).done
        };
        assert_eq!(closed(Some("2026-11-30")), Done::Kept { by });
        assert_eq!(
            closed(Some("2026-12-02")),
            Done::Missed {
                by,
                working_days: 2
            }
        );
        assert_eq!(closed(None), Done::None);
        // What the city will not do was not done in time.
        let mut refused = facts(&working, "2026-11-25");
        refused.stage = Stage::Closed;
        refused.ended = Some(moment("2026-11-25"));
        refused.is_refused = true;
        assert_eq!(Promise::of(&refused).done, Done::None);
    }

    #[test]
    fn the_first_promise_counts_and_a_later_day_is_the_new_date() {
        let working = working();
        let mut facts = facts(&working, "2026-12-01");
        facts.expected = Some(moment("2026-12-04"));
        let (by, new) = (day("2026-11-30"), day("2026-12-04"));
        let late = Done::Late {
            by,
            working_days: 1,
            new: Some(new),
        };
        assert_eq!(Promise::of(&facts).done, late);
        // The city's own date counts where it is earlier.
        facts.expected = Some(moment("2026-11-27"));
        let by = day("2026-11-27");
        let late = Done::Late {
            by,
            working_days: 2,
            new: None,
        };
        assert_eq!(Promise::of(&facts).done, late);
        // Without a standard in working days it is counted in days.
        facts.expected = Some(moment("2026-12-04"));
        facts.done_days = None;
        let by = new;
        assert_eq!(Promise::of(&facts).done, Done::Due { by, day: 7, of: 10 });
        // Nobody knows which day it is of a request without a date, but late is late.
        let sent = facts.requested.take();
        assert_eq!(Promise::of(&facts).done, Done::None);
        facts.today = day("2026-12-07");
        let late = Done::Late {
            by,
            working_days: 1,
            new: None,
        };
        assert_eq!(Promise::of(&facts).done, late);
        // A word that nobody knows may mean that it is done.
        facts.stage = Stage::Unknown;
        assert_eq!(Promise::of(&facts).done, Done::None);
        facts.stage = Stage::Open;
        facts.requested = sent;
        facts.expected = None;
        assert_eq!(Promise::of(&facts).done, Done::None);
        facts.requested = None;
        assert_eq!(
            Promise::of(&facts),
            Promise {
                answer: Answer::None,
                done: Done::None
            }
        );
    }

    #[test]
    fn a_clock_that_is_behind_makes_nothing_late() {
        let working = working();
        let mut facts = facts(&working, "2026-11-22");
        facts.expected = Some(moment("2026-11-20"));
        let by = day("2026-11-20");
        assert_eq!(Promise::of(&facts).done, Done::Due { by, day: 1, of: 1 });
    }

    #[test]
    fn a_leap_day_is_a_day() {
        let working = working();
        let mut facts = facts(&working, "2028-02-29");
        facts.requested = Some(moment("2028-02-28"));
        facts.done_days = Some(2);
        let by = day("2028-03-01");
        assert_eq!(Promise::of(&facts).done, Done::Due { by, day: 1, of: 2 });
        facts.done_days = None;
        facts.expected = Some(moment("2028-03-02"));
        let by = day("2028-03-02");
        assert_eq!(Promise::of(&facts).done, Done::Due { by, day: 1, of: 3 });
    }

    #[test]
    fn an_answer_is_due_within_its_hours() {
        let working = working();
        let sent = moment("2026-11-24").0;
        let at = sent + 24 * HOUR;
        let answer = |now: i64, first: Option<i64>| {
            let mut facts = facts(&working, "2026-11-24");
            (facts.now, facts.first_answer) = (now, first);
            Promise::of(&facts).answer
        };
        assert_eq!(answer(sent, None), Answer::Due { at });
        assert_eq!(answer(sent - HOUR, None), Answer::Due { at });
        assert_eq!(answer(at + 1, None), Answer::Late { since: at });
        assert_eq!(answer(at + 1, Some(at)), Answer::Kept);
        assert_eq!(answer(at + 9, Some(at + 1)), Answer::Missed);
        // Where nothing is told of a request, nobody knows whether there was an answer.
        let mut silent = facts(&working, "2026-12-24");
        silent.has_history = false;
        assert_eq!(Promise::of(&silent).answer, Answer::None);
    }

    proptest! {
        #[test]
        fn a_change_of_the_clock_moves_no_promise_of_days(
            sent in 15_000i64..30_000, expected in prop::option::of(0i64..90), today in -5i64..200,
            is_closed: bool, off in prop::collection::vec(-7_200_000i64..7_200_000, 4),
        ) {
            let working = working();
            let done = |off: &[i64]| {
                let at = |day: i64, off: Option<&i64>| (day * 86_400_000 + off.copied().unwrap_or_default(), Day(day));
                let mut facts = facts(&working, "2026-11-24");
                facts.requested = Some(at(sent, off.first()));
                facts.expected = expected.map(|days| at(sent + days, off.get(1)));
                (facts.now, facts.today) = at(sent + today, off.get(2));
                if is_closed {
                    facts.stage = Stage::Closed;
                    facts.ended = Some(at(sent + today, off.get(3)));
                }
                Promise::of(&facts).done
            };
            prop_assert_eq!(done(&off), done(&[]));
        }

        #[test]
        fn a_city_s_date_is_counted_up_to_its_day(sent in 15_000i64..30_000, days in 1i64..90, today in 0i64..90) {
            let working = working();
            let mut facts = facts(&working, "2026-11-24");
            facts.requested = Some((0, Day(sent)));
            facts.expected = Some((0, Day(sent + days)));
            facts.done_days = None;
            facts.today = Day(sent + today.min(days));
            let day = today.min(days).max(1) as u32;
            prop_assert_eq!(Promise::of(&facts).done, Done::Due { by: Day(sent + days), day, of: days as u32 });
        }

        #[test]
        fn a_promise_is_late_after_its_day_and_never_before(
            sent in 15_000i64..30_000, days in 0u32..60, today in -5i64..200,
        ) {
            let working = working();
            let mut facts = facts(&working, "2026-11-24");
            facts.requested = Some((sent * 86_400_000, Day(sent)));
            facts.done_days = Some(days);
            facts.today = Day(sent + today);
            let by = working.after(Day(sent), days);
            match Promise::of(&facts).done {
                Done::Due { by: found, day, of } => {
                    prop_assert!(found == by && facts.today <= by && day >= 1 && day <= of);
                }
                Done::Late { by: found, working_days, new } => {
                    prop_assert_eq!(new, None);
                    prop_assert!(found == by && facts.today > by && working_days >= 1);
                }
                other => prop_assert!(false, "{other:?}"),
            }
        }
    }
}
