//! Opening hours, and whether an office is open. Works on weekdays and minutes of the city's local time; the time
//! zone and the current time are up to the caller.

use json::Fields;

/// A day of the week.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum Day {
    /// Monday
    #[cfg_attr(feature = "schema", schemars(rename = "mo"))]
    Monday,
    /// Tuesday
    #[cfg_attr(feature = "schema", schemars(rename = "tu"))]
    Tuesday,
    /// Wednesday
    #[cfg_attr(feature = "schema", schemars(rename = "we"))]
    Wednesday,
    /// Thursday
    #[cfg_attr(feature = "schema", schemars(rename = "th"))]
    Thursday,
    /// Friday
    #[cfg_attr(feature = "schema", schemars(rename = "fr"))]
    Friday,
    /// Saturday
    #[cfg_attr(feature = "schema", schemars(rename = "sa"))]
    Saturday,
    /// Sunday
    #[cfg_attr(feature = "schema", schemars(rename = "su"))]
    Sunday,
}

/// Opening hours of one or more days of the week.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Hours {
    /// The days: `mo`, `tu`, `we`, `th`, `fr`, `sa`, `su`.
    pub days: Vec<Day>,
    /// The opening time, `HH:MM`, 00:00 to 24:00.
    pub opens: String,
    /// The closing time, `HH:MM`; not later than `opens` means on the next day.
    pub closes: String,
}

impl Hours {
    /// Reads opening hours.
    pub fn read(fields: &Fields) -> Self {
        let time = |key| {
            let time = fields.required(key);
            if minutes(&time).is_none() && !time.is_empty() {
                fields.expected(key, "a time as HH:MM, 00:00 to 24:00");
            }
            time
        };
        Self {
            days: fields.list("days", |node| node.one_of(Day::WORDS)),
            opens: time("opens"),
            closes: time("closes"),
        }
    }
}

/// Whether an office is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OpenState {
    /// Open until this minute of the day, 0 to 1440.
    Open { until: u16 },
    /// Closed until this minute of the day, 0 to 1440, `in_days` days from now (0 is today).
    Closed { opens: u16, in_days: u8 },
}

/// Minutes of a day.
const DAY: u16 = 24 * 60;
const WEEK: [Day; 7] = [
    Day::Monday,
    Day::Tuesday,
    Day::Wednesday,
    Day::Thursday,
    Day::Friday,
    Day::Saturday,
    Day::Sunday,
];

impl Day {
    /// The days by their names in documents.
    pub const WORDS: &'static [(&'static str, Self)] = &[
        ("mo", Self::Monday),
        ("tu", Self::Tuesday),
        ("we", Self::Wednesday),
        ("th", Self::Thursday),
        ("fr", Self::Friday),
        ("sa", Self::Saturday),
        ("su", Self::Sunday),
    ];

    /// The day with this index, 0 for Monday to 6 for Sunday.
    pub fn from_monday(index: usize) -> Option<Self> {
        WEEK.get(index).copied()
    }

    fn ahead(self, days: usize) -> Self {
        let today = WEEK.iter().position(|day| *day == self).unwrap_or_default();
        WEEK.get((today + days) % 7).copied().unwrap_or(self)
    }
}

/// Whether an office is open on `today` at `minute` of the day, in the city's local time. `is_closed` returns
/// whether the day that many days from now is a holiday. `None` if there are no readable hours, or if the office
/// is closed for the next two weeks.
pub fn open_state(
    hours: &[Hours],
    today: Day,
    minute: u16,
    is_closed: &dyn Fn(u8) -> bool,
) -> Option<OpenState> {
    let spans = |day: Day| {
        hours
            .iter()
            .filter(move |h| h.days.contains(&day))
            .filter_map(|h| {
                let (opens, closes) = (minutes(&h.opens)?, minutes(&h.closes)?);
                Some((
                    opens,
                    if closes <= opens {
                        closes + DAY
                    } else {
                        closes
                    },
                ))
            })
    };
    let since_yesterday = spans(today.ahead(6)).find(|(_, closes)| minute + DAY < *closes);
    if let Some((_, closes)) = since_yesterday {
        return Some(OpenState::Open {
            until: closes - DAY,
        });
    }
    let now = spans(today).find(|(opens, closes)| (*opens..*closes).contains(&minute));
    if let Some((_, closes)) = now.filter(|_| !is_closed(0)) {
        return Some(OpenState::Open {
            until: closes % DAY,
        });
    }
    (0..=14)
        .filter(|in_days| !is_closed(*in_days))
        .find_map(|in_days| {
            let next = spans(today.ahead(usize::from(in_days))).map(|(opens, _)| opens);
            let opens = next.filter(|opens| in_days > 0 || *opens > minute).min()?;
            Some(OpenState::Closed { opens, in_days })
        })
}

/// Minutes since midnight of a time written `HH:MM`.
fn minutes(time: &str) -> Option<u16> {
    let (hours, minutes) = time.split_once(':')?;
    let (hours, minutes): (u16, u16) = (hours.trim().parse().ok()?, minutes.trim().parse().ok()?);
    let all = hours.checked_mul(60)?.checked_add(minutes)?;
    (minutes < 60 && all <= DAY).then_some(all)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn city_hall() -> Vec<Hours> {
        let hours = |days: &[Day], opens: &str, closes: &str| Hours {
            days: days.to_vec(),
            opens: opens.into(),
            closes: closes.into(),
        };
        vec![
            hours(
                &[Day::Monday, Day::Tuesday, Day::Wednesday, Day::Friday],
                "08:00",
                "18:00",
            ),
            hours(&[Day::Thursday], "08:00", "20:00"),
            hours(&[Day::Saturday], "22:00", "02:00"),
        ]
    }

    #[test]
    fn an_open_office_has_a_closing_time_and_a_closed_one_an_opening_time() {
        let cases = [
            (Day::Monday, 8 * 60, OpenState::Open { until: 18 * 60 }),
            (Day::Thursday, 19 * 60, OpenState::Open { until: 20 * 60 }),
            (
                Day::Monday,
                18 * 60,
                OpenState::Closed {
                    opens: 8 * 60,
                    in_days: 1,
                },
            ),
            (
                Day::Monday,
                7 * 60 + 59,
                OpenState::Closed {
                    opens: 8 * 60,
                    in_days: 0,
                },
            ),
            (
                Day::Friday,
                19 * 60,
                OpenState::Closed {
                    opens: 22 * 60,
                    in_days: 1,
                },
            ),
            (Day::Saturday, 23 * 60, OpenState::Open { until: 2 * 60 }),
            (Day::Sunday, 60, OpenState::Open { until: 2 * 60 }),
            (
                Day::Sunday,
                2 * 60,
                OpenState::Closed {
                    opens: 8 * 60,
                    in_days: 1,
                },
            ),
        ];
        for (day, minute, expected) in cases {
            assert_eq!(
                open_state(&city_hall(), day, minute, &|_| false),
                Some(expected),
                "{day:?} {minute}"
            );
        }
    }

    #[test]
    fn an_office_that_never_closes_is_open_at_midnight() {
        let hours = [Hours {
            days: WEEK.to_vec(),
            opens: "00:00".into(),
            closes: "24:00".into(),
        }];
        assert_eq!(
            open_state(&hours, Day::Monday, 0, &|_| false),
            Some(OpenState::Open { until: 0 })
        );
        assert_eq!(
            open_state(&hours, Day::Monday, 1439, &|_| false),
            Some(OpenState::Open { until: 0 })
        );
    }

    #[test]
    fn holidays_are_closed_and_skipped() {
        let on_holidays = |day, minute, holidays: &'static [u8]| {
            open_state(&city_hall(), day, minute, &|ahead| {
                holidays.contains(&ahead)
            })
        };
        let closed = |opens, in_days| Some(OpenState::Closed { opens, in_days });
        assert_eq!(on_holidays(Day::Monday, 600, &[0]), closed(480, 1));
        assert_eq!(on_holidays(Day::Monday, 60, &[0, 1]), closed(480, 2));
        assert_eq!(on_holidays(Day::Tuesday, 1200, &[1, 2]), closed(480, 3));
        let always: &[u8] = &[0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14];
        assert_eq!(on_holidays(Day::Monday, 600, always), None);
    }

    #[test]
    fn without_readable_hours_nothing_is_known() {
        let broken = [Hours {
            days: WEEK.to_vec(),
            opens: "8 am".into(),
            closes: "99:99".into(),
        }];
        assert_eq!(open_state(&[], Day::Monday, 0, &|_| false), None);
        assert_eq!(open_state(&broken, Day::Monday, 0, &|_| false), None);
    }
}
