//! Dates of a guide as a calendar file (iCalendar, RFC 5545). Knows no browser.

use guide::{Duration, Unit};

/// What stands in the file.
pub struct Event<'a> {
    /// What it is.
    pub title: &'a str,
    /// Where it is.
    pub place: &'a str,
    /// More about it.
    pub text: &'a str,
    /// Days (`2027-06-01`), or days and times (`2027-06-01T19:00`) by the clock of whoever reads it: a
    /// resident is where the city is, and a zone would need its rules in the file.
    pub dates: &'a [String],
    /// How many minutes it lasts, where it has a time.
    pub minutes: u32,
    /// How long before it the calendar reminds of it.
    pub remind: Option<Duration>,
}

/// The file. `stamp` is now (`20261124T143000Z`), `key` tells this file's events from all others.
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
        match compact.contains('T') {
            true => {
                let seconds = if compact.len() > 13 { "" } else { "00" };
                line("DTSTART:", &[&compact, seconds].concat());
                line("DURATION:PT", &[&event.minutes.to_string(), "M"].concat());
            }
            false => line("DTSTART;VALUE=DATE:", &compact),
        }
        line("SUMMARY:", &escaped(event.title));
        for (name, words) in [("LOCATION:", event.place), ("DESCRIPTION:", event.text)] {
            if !words.is_empty() {
                line(name, &escaped(words));
            }
        }
        if let Some(remind) = event.remind {
            line("BEGIN:VALARM", "");
            line("ACTION:DISPLAY", "");
            line("DESCRIPTION:", &escaped(event.title));
            line("TRIGGER:-", &iso(remind));
            line("END:VALARM", "");
        }
        line("END:VEVENT", "");
    }
    line("END:VCALENDAR", "");
    out
}

/// A time before an event, as the standard writes it.
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

fn escaped(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    for letter in words.chars() {
        match letter {
            '\\' | ';' | ',' => out.extend(['\\', letter]),
            '\n' => out.push_str("\\n"),
            letter if letter.is_control() => {}
            letter => out.push(letter),
        }
    }
    out
}

/// Lines are 75 bytes long at most, and go on after a blank; no letter is cut.
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
            title,
            place: "12 Main St, ground floor",
            text: "",
            dates: &dates,
            minutes: 90,
            remind: Duration::parse("1 day"),
        };
        file(&event, "20261124T143000Z", "k")
    }

    #[test]
    fn days_last_all_day_and_times_last_as_long_as_they_do() {
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
    fn long_and_hostile_words_stay_in_their_line() {
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
