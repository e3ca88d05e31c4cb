//! Durations in the format of ISO 8601, and in English for what it cannot express: working days and ranges.

use guide::{Duration, Time, Unit};

/// The longest duration in ISO 8601. Working days count as days.
pub(super) fn total(time: &Time) -> Option<String> {
    time.most.or(time.usual).map(iso)
}

/// The time in English, if ISO 8601 loses a part of it: a range, working days, or one of two durations.
pub(super) fn in_words(time: &Time) -> Option<String> {
    let parts = [("Usually", time.usual), ("at most", time.most)];
    let words: Vec<String> = parts
        .iter()
        .filter_map(|(how, duration)| Some(format!("{how} {}", (*duration)?)))
        .collect();
    let is_lossy = [time.usual, time.most]
        .iter()
        .flatten()
        .any(|duration| duration.least != duration.most || duration.unit == Unit::WorkingDay);
    (is_lossy || words.len() > 1).then(|| words.join(", "))
}

fn iso(duration: Duration) -> String {
    let number = duration.most;
    match duration.unit {
        Unit::Minute => format!("PT{number}M"),
        Unit::Hour => format!("PT{number}H"),
        Unit::Day | Unit::WorkingDay => format!("P{number}D"),
        Unit::Week => format!("P{number}W"),
        Unit::Month => format!("P{number}M"),
        Unit::Year => format!("P{number}Y"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_is_iso_8601_and_english_where_that_is_lossy() {
        for (usual, most, iso, english) in [
            (Some("5 minutes"), None, Some("PT5M"), None),
            (Some("1 hour"), None, Some("PT1H"), None),
            (
                Some("2-4 weeks"),
                None,
                Some("P4W"),
                Some("Usually 2-4 weeks"),
            ),
            (
                Some("1 working day"),
                None,
                Some("P1D"),
                Some("Usually 1 working day"),
            ),
            (
                Some("1 working day"),
                Some("3 working days"),
                Some("P3D"),
                Some("Usually 1 working day, at most 3 working days"),
            ),
            (None, Some("2 months"), Some("P2M"), None),
            (Some("1 year"), None, Some("P1Y"), None),
            (None, None, None, None),
        ] {
            let parse = |text: Option<&str>| text.map(|text| Duration::parse(text).unwrap());
            let time = Time {
                usual: parse(usual),
                most: parse(most),
            };
            assert_eq!(total(&time).as_deref(), iso);
            assert_eq!(in_words(&time).as_deref(), english);
        }
    }
}
