//! Writes the dates of a guide as a calendar file (iCalendar, RFC 5545).
//!
//! It knows no clock, no time zone and no browser: the time stamp is passed in, and saving the file is up to
//! the caller.

use guide::{Duration, Unit};

/// The content of a calendar file: one event for each date.
pub struct Event {
    /// The title of the event (`SUMMARY`).
    pub title: String,
    /// Where it takes place (`LOCATION`); may be empty.
    pub place: String,
    /// Further details (`DESCRIPTION`); may be empty.
    pub text: String,
    /// Days (`2027-06-01`), or days with a time (`2027-06-01T19:00`). Times are floating, that is, in the
    /// reader's local time: residents are where the city is, and a time zone would need its rules in the file.
    pub dates: Vec<String>,
    /// The duration in minutes of events with a time; days are all-day events.
    pub minutes: u32,
    /// How long before the event the calendar reminds of it.
    pub remind: Option<Duration>,
}

/// Writes the calendar file. `stamp` is the current time in UTC (`20261124T143000Z`). `key` must be unique
/// to this file: the events' UIDs are made from it.
pub fn file(event: &Event, stamp: &str, key: &str) -> String {
    let mut out = String::new();
    let mut line = |name: &str, value: &str| fold(&[name, value].concat(), &mut out);
    line("BEGIN:VCALENDAR", "");
    line("VERSION:2.0", "");
    line("PRODID:-//Frontdoor//Guide//EN", "");
    for (index, date) in event.dates.iter().enumerate() {
        let compact: String = date.chars().filter(|c| *c != '-' && *c != ':').collect();
        line("BEGIN:VEVENT", "");
        line(
            "UID:",
            &[key, "-", &index.to_string(), "@front-door"].concat(),
        );
        line("DTSTAMP:", stamp);
        if compact.contains('T') {
            let seconds = if compact.len() > 13 { "" } else { "00" };
            line("DTSTART:", &[&compact, seconds].concat());
            line("DURATION:PT", &[&event.minutes.to_string(), "M"].concat());
        } else {
            line("DTSTART;VALUE=DATE:", &compact);
        }
        line("SUMMARY:", &escaped(&event.title));
        for (name, text) in [("LOCATION:", &event.place), ("DESCRIPTION:", &event.text)] {
            if !text.is_empty() {
                line(name, &escaped(text));
            }
        }
        if let Some(remind) = event.remind {
            line("BEGIN:VALARM", "");
            line("ACTION:DISPLAY", "");
            line("DESCRIPTION:", &escaped(&event.title));
            line("TRIGGER:-", &iso(remind));
            line("END:VALARM", "");
        }
        line("END:VEVENT", "");
    }
    line("END:VCALENDAR", "");
    out
}

/// The upper bound of a duration in the notation of RFC 5545, section 3.3.6. It has no months and years,
/// which become 30 and 365 days.
fn iso(time: Duration) -> String {
    let (times, unit, is_clock) = match time.unit {
        Unit::Minute => (1, "M", true),
        Unit::Hour => (1, "H", true),
        Unit::Day | Unit::WorkingDay => (1, "D", false),
        Unit::Week => (1, "W", false),
        Unit::Month => (30, "D", false),
        Unit::Year => (365, "D", false),
    };
    let number = time.most.saturating_mul(times).to_string();
    let before = if is_clock { "PT" } else { "P" };
    [before, &number, unit].concat()
}

/// Escapes a text value (RFC 5545, section 3.3.11); control characters are left out.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '\\' | ';' | ',' => out.extend(['\\', letter]),
            '\n' => out.push_str("\\n"),
            letter if letter.is_control() => {}
            letter => out.push(letter),
        }
    }
    out
}

/// Appends a content line, folded so that no line is longer than 75 bytes (RFC 5545, section 3.1), and never
/// inside a character.
fn fold(line: &str, out: &mut String) {
    let mut length = 0;
    for letter in line.chars() {
        if length + letter.len_utf8() > 75 {
            out.push_str("\r\n ");
            length = 1;
        }
        out.push(letter);
        length += letter.len_utf8();
    }
    out.push_str("\r\n");
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(dates: &[&str], title: &str) -> String {
        let dates: Vec<String> = dates.iter().map(|date| (*date).to_owned()).collect();
        let event = Event {
            title: title.into(),
            place: "12 Main St, ground floor".into(),
            text: String::new(),
            dates,
            minutes: 90,
            remind: Duration::parse("1 day"),
        };
        file(&event, "20261124T143000Z", "k")
    }

    #[test]
    fn dates_are_all_day_events_and_times_have_the_given_duration() {
        let text = written(&["2027-06-01", "2027-06-02T19:00"], "Pay");
        for line in [
            "DTSTART;VALUE=DATE:20270601",
            "DTSTART:20270602T190000",
            "DURATION:PT90M",
            "LOCATION:12 Main St\\, ground floor",
            "TRIGGER:-P1D",
            "UID:k-1@front-door",
        ] {
            assert!(
                text.contains(&["\r\n", line, "\r\n"].concat()),
                "{line} in {text}"
            );
        }
        assert_eq!(text.matches("BEGIN:VEVENT").count(), 2);
        assert!(text.ends_with("END:VCALENDAR\r\n"));
        assert!(!text.contains("DESCRIPTION:\r\n"));
    }

    #[test]
    fn long_and_hostile_text_cannot_break_out_of_its_line() {
        let text = written(
            &["2027-06-01"],
            &["ñandú; ".repeat(30), "\r\nEND:VCALENDAR".into()].concat(),
        );
        assert!(text.split("\r\n").all(|line| line.len() <= 75), "{text}");
        let unfolded = text.replace("\r\n ", "");
        assert!(unfolded.contains("ñandú\\; ñandú\\; "));
        assert_eq!(
            unfolded.matches("\r\nEND:VCALENDAR").count(),
            1,
            "{unfolded}"
        );
    }
}
