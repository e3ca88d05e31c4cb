//! Times as ISO 8601 has them, and in words where it has none: it knows neither working days nor “2-4”.

use guide::{Duration, Time, Unit};

/// The longest that something takes, as an ISO 8601 duration. Working days are told as days.
pub(super) fn total(time: &Time) -> Option<String> {
    time.most.or(time.usual).map(iso)
}

/// What ISO 8601 does not say, in words: ranges, working days, usual and most.
pub(super) fn words(time: &Time) -> Option<String> {
    let parts = [("Usually", time.usual), ("at most", time.most)];
    let told: Vec<String> = parts
        .iter()
        .filter_map(|(how, duration)| Some(format!("{how} {}", spoken((*duration)?))))
        .collect();
    let says_more = [time.usual, time.most]
        .iter()
        .flatten()
        .any(|duration| duration.least != duration.most || duration.unit == Unit::WorkingDay);
    (says_more || told.len() > 1).then(|| told.join(", "))
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

fn spoken(duration: Duration) -> String {
    let unit = match duration.unit {
        Unit::Minute => "minute",
        Unit::Hour => "hour",
        Unit::Day => "day",
        Unit::WorkingDay => "working day",
        Unit::Week => "week",
        Unit::Month => "month",
        Unit::Year => "year",
    };
    let s = if duration.most == 1 { "" } else { "s" };
    if duration.least == duration.most {
        format!("{} {unit}{s}", duration.most)
    } else {
        format!("{}-{} {unit}{s}", duration.least, duration.most)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_is_iso_8601_and_words_where_that_says_less() {
        for (usual, most, iso, spoken) in [
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
            assert_eq!(words(&time).as_deref(), spoken);
        }
    }
}
