//! What a resident answered, and whether that will do. Checks on the resident's side:
//! a mistake that can be seen here must not cost a journey to the city and back.

use super::question::{Kind, Purpose, Question};

/// The answer to one question, as it was given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// What was typed, or the key of what was chosen.
    One(String),
    /// The keys of what was ticked, in the order of the question's values.
    Many(Vec<String>),
    /// A date in its parts.
    Date(DateParts),
}

/// A date as three fields and a time, as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DateParts {
    pub day: String,
    pub month: String,
    pub year: String,
    /// `HH:MM`, or empty.
    pub time: String,
}

/// A date that exists.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Date {
    pub year: u32,
    /// 1 to 12.
    pub month: u32,
    /// 1 to 31.
    pub day: u32,
    /// Hour and minute, if a time was given.
    pub time: Option<(u32, u32)>,
}

/// Why an answer will not do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// Nothing was chosen.
    NotChosen,
    /// Nothing was typed.
    Empty,
    /// No number.
    NotANumber,
    /// A day, month or year is missing, or no number.
    DateIncomplete,
    /// The calendar has no such day.
    NoSuchDay,
    /// It has no `@` between two parts.
    NotAnEmail,
    /// So many characters are too many.
    TooLong(usize),
    /// With this answer the request is not for this form; the city says why.
    Stopped(String),
}

impl Answer {
    /// True if there is nothing in it.
    pub fn is_blank(&self) -> bool {
        match self {
            Self::One(text) => text.trim().is_empty(),
            Self::Many(keys) => keys.is_empty(),
            Self::Date(parts) => [&parts.day, &parts.month, &parts.year, &parts.time]
                .iter()
                .all(|part| part.trim().is_empty()),
        }
    }
}

/// What is wrong with an answer; None if it will do.
pub fn fault(question: &Question, answer: Option<&Answer>) -> Option<Fault> {
    let Some(answer) = answer.filter(|answer| !answer.is_blank()) else {
        return question.required.then_some(match question.kind {
            Kind::One(_) | Kind::Many(_) => Fault::NotChosen,
            Kind::Date => Fault::DateIncomplete,
            _ => Fault::Empty,
        });
    };
    match (&question.kind, answer) {
        // What is no longer offered was chosen when other things were.
        (Kind::One(choices), Answer::One(key)) => {
            let is_offered = choices.iter().any(|choice| choice.key == *key);
            (question.required && !is_offered).then_some(Fault::NotChosen)
        }
        (Kind::Number, Answer::One(text)) => number(text).is_none().then_some(Fault::NotANumber),
        (Kind::Date, Answer::Date(parts)) => date(parts).err(),
        (Kind::Line(Purpose::Email), Answer::One(text)) => {
            (!looks_like_email(text)).then_some(Fault::NotAnEmail)
        }
        (Kind::Paragraph(limit), Answer::One(text)) => {
            let over = text.trim().chars().count().saturating_sub(*limit);
            (over > 0).then_some(Fault::TooLong(over))
        }
        _ => None,
    }
}

/// A number as it is sent: digits, at most one point. Blanks between digits and a
/// comma for the point are what people type.
pub fn number(text: &str) -> Option<String> {
    let plain: String = text
        .chars()
        .filter(|c| !c.is_whitespace())
        .map(|c| if c == ',' { '.' } else { c })
        .collect();
    let digits = plain.strip_prefix(['-', '+']).unwrap_or(&plain);
    let (whole, part) = digits.split_once('.').unwrap_or((digits, "0"));
    let is_number = [whole, part]
        .iter()
        .all(|run| !run.is_empty() && run.bytes().all(|b| b.is_ascii_digit()));
    is_number.then(|| plain.strip_prefix('+').unwrap_or(&plain).to_owned())
}

/// The date that was typed.
///
/// # Errors
/// A part that is missing or no number, or a day that the calendar does not have.
pub fn date(parts: &DateParts) -> Result<Date, Fault> {
    let part = |text: &str| {
        text.trim()
            .parse::<u32>()
            .map_err(|_| Fault::DateIncomplete)
    };
    let (day, month, year) = (part(&parts.day)?, part(&parts.month)?, part(&parts.year)?);
    if parts.year.trim().len() != 4 {
        return Err(Fault::DateIncomplete);
    }
    let time = match parts.time.trim().split_once(':') {
        Some((hour, minute)) => Some((part(hour)?, part(minute.get(..2).unwrap_or(minute))?)),
        None => None,
    };
    let exists = (1..=days_in(year, month)).contains(&day)
        && time.is_none_or(|(hour, minute)| hour < 24 && minute < 60);
    if exists {
        Ok(Date {
            year,
            month,
            day,
            time,
        })
    } else {
        Err(Fault::NoSuchDay)
    }
}

fn days_in(year: u32, month: u32) -> u32 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year.is_multiple_of(400) || (year.is_multiple_of(4) && !year.is_multiple_of(100)) => {
            29
        }
        2 => 28,
        1..=12 => 31,
        _ => 0,
    }
}

/// A date as GeoReport wants it (W3C date-time): `2026-11-24T14:00:00-06:00`.
/// `offset` is the zone's distance from UTC in minutes.
pub fn w3c(date: Date, offset: i32) -> String {
    let (hour, minute) = date.time.unwrap_or_default();
    let mut out = String::new();
    let mut put = |number: u32, width: usize, after: char| {
        let digits = number.to_string();
        out.extend(std::iter::repeat_n('0', width.saturating_sub(digits.len())));
        out.push_str(&digits);
        out.push(after);
    };
    put(date.year, 4, '-');
    put(date.month, 2, '-');
    put(date.day, 2, 'T');
    put(hour, 2, ':');
    put(minute, 2, ':');
    put(0, 2, if offset < 0 { '-' } else { '+' });
    put(offset.unsigned_abs() / 60, 2, ':');
    put(offset.unsigned_abs() % 60, 2, ' ');
    out.truncate(out.trim_end().len());
    out
}

fn looks_like_email(text: &str) -> bool {
    let text = text.trim();
    text.split_once('@').is_some_and(|(name, host)| {
        !name.is_empty() && host.contains('.') && !host.starts_with('.') && !host.ends_with('.')
    }) && !text.contains(char::is_whitespace)
        && text.matches('@').count() == 1
}
