//! Durations as people state them: `5 minutes`, `2-4 weeks`, `10 working days`. ISO 8601 has no working days, and
//! most of a city's promises are in working days.

use json::{Fields, Node};
use std::fmt;

/// A duration in whole units, exact or a range.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(
    feature = "schema",
    schemars(with = "String", extend("pattern" = PATTERN))
)]
pub struct Duration {
    /// The lower bound.
    pub least: u32,
    /// The upper bound; equal to `least` for an exact number.
    pub most: u32,
    /// The unit of both.
    pub unit: Unit,
}

#[cfg(feature = "schema")]
const PATTERN: &str = "^[0-9]+(-[0-9]+)? (minute|hour|day|working day|week|month|year)s?$";

/// A unit of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    Minute,
    Hour,
    Day,
    /// A day on which the city works; which days those are is up to the city.
    WorkingDay,
    Week,
    Month,
    Year,
}

/// How long something takes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[cfg_attr(
    feature = "schema",
    derive(schemars::JsonSchema),
    schemars(default, deny_unknown_fields)
)]
pub struct Time {
    /// The usual duration, such as `5 minutes` or `2-4 weeks`.
    pub usual: Option<Duration>,
    /// The maximum duration.
    pub most: Option<Duration>,
}

impl Unit {
    const WORDS: [(&str, Self); 7] = [
        ("minute", Self::Minute),
        ("hour", Self::Hour),
        ("day", Self::Day),
        ("working day", Self::WorkingDay),
        ("week", Self::Week),
        ("month", Self::Month),
        ("year", Self::Year),
    ];
}

impl Duration {
    /// Parses `5 minutes`, `1 working day` or `2-4 weeks`; `None` for anything else.
    ///
    /// ```
    /// let duration = guide::Duration::parse("2-4 weeks").unwrap();
    /// assert_eq!((duration.least, duration.most, duration.unit), (2, 4, guide::Unit::Week));
    /// assert_eq!(duration.to_string(), "2-4 weeks");
    /// ```
    pub fn parse(text: &str) -> Option<Self> {
        let (number, unit) = text.trim().split_once(' ')?;
        let unit = unit.trim();
        let singular = unit.strip_suffix('s').unwrap_or(unit);
        let (_, unit) = Unit::WORDS.iter().find(|(word, _)| *word == singular)?;
        let (least, most) = match number.split_once(['-', '–']) {
            Some((least, most)) => (least.parse().ok()?, most.parse().ok()?),
            None => {
                let number = number.parse().ok()?;
                (number, number)
            }
        };
        (least <= most).then_some(Self {
            least,
            most,
            unit: *unit,
        })
    }

    pub(crate) fn read(node: &Node) -> Option<Self> {
        let text = node.string()?;
        let duration = Self::parse(&text);
        if duration.is_none() {
            node.expected("a time such as “5 minutes”, “2-4 weeks” or “10 working days”");
        }
        duration
    }
}

impl fmt::Display for Duration {
    /// The format of the document, which [`Duration::parse`] reads: `2-4 weeks`.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut units = Unit::WORDS.iter();
        let unit = units.find(|(_, unit)| *unit == self.unit);
        let unit = unit.map_or("", |(word, _)| word);
        if self.least != self.most {
            write!(formatter, "{}-", self.least)?;
        }
        let plural = if self.most == 1 { "" } else { "s" };
        write!(formatter, "{} {unit}{plural}", self.most)
    }
}

impl Time {
    pub(crate) fn read(fields: &Fields) -> Self {
        let duration = |key| Duration::read(&fields.get(key)?);
        Self {
            usual: duration("usual"),
            most: duration("most"),
        }
    }

    /// True if neither duration is given.
    pub fn is_empty(&self) -> bool {
        self.usual.is_none() && self.most.is_none()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_are_parsed_as_people_write_them() {
        let cases = [
            ("5 minutes", Some((5, 5, Unit::Minute))),
            ("1 working day", Some((1, 1, Unit::WorkingDay))),
            ("2-4 weeks", Some((2, 4, Unit::Week))),
            ("2–4 weeks", Some((2, 4, Unit::Week))),
            (" 10  working days ", Some((10, 10, Unit::WorkingDay))),
            ("4-2 weeks", None),
            ("soon", None),
            ("5", None),
            ("5 moons", None),
            ("-5 days", None),
            ("", None),
        ];
        for (text, expected) in cases {
            let found = Duration::parse(text).map(|found| (found.least, found.most, found.unit));
            assert_eq!(found, expected, "{text}");
        }
    }
}
