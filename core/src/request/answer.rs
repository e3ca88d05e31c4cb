//! A resident's answers and their validation, so that an invalid answer does not cost a round trip to the city.
//!
//! It looks at one question at a time, and does not know the form, the draft or any text that is shown.

use super::question::{Kind, Purpose, Question};

/// The answer to a question, as the resident gave it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// The text that was typed, or the key of the value that was chosen.
    One(String),
    /// The keys of the values that were ticked, in the order of the question's values.
    Many(Vec<String>),
    /// A date, in the parts that were typed.
    Date(DateParts),
}

/// A date as typed into three fields, and a time.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DateParts {
    /// The day of the month.
    pub day: String,
    /// The month, as a number.
    pub month: String,
    /// The year.
    pub year: String,
    /// `HH:MM`, or empty.
    pub time: String,
}

/// A valid date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Date {
    /// Four digits.
    pub year: u32,
    /// 1 to 12.
    pub month: u32,
    /// 1 to 31.
    pub day: u32,
    /// Hour and minute, if a time was given.
    pub time: Option<(u32, u32)>,
}

/// Why an answer is not valid.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AnswerError {
    /// No value was chosen, or the value is no longer offered.
    NotChosen,
    /// Nothing was typed.
    Empty,
    /// It is not a number.
    NotANumber,
    /// A day, month or year is missing, or is not a number.
    DateIncomplete,
    /// The day or the time does not exist.
    NoSuchDay,
    /// It is not an email address: there is no `@` between a name and a host.
    NotAnEmail,
    /// It has more characters than the question takes.
    TooLong,
    /// The answer means that this is the wrong form; with the city's explanation.
    Stopped(String),
}

impl Answer {
    /// True if nothing was typed or chosen.
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

/// Checks the answer to a question; `None` if it is valid.
pub fn check(question: &Question, answer: Option<&Answer>) -> Option<AnswerError> {
    let Some(answer) = answer.filter(|answer| !answer.is_blank()) else {
        return question.required.then_some(match question.kind {
            Kind::One(_) | Kind::Many(_) => AnswerError::NotChosen,
            Kind::Date => AnswerError::DateIncomplete,
            _ => AnswerError::Empty,
        });
    };
    match (&question.kind, answer) {
        // The value may have been chosen when other values were offered.
        (Kind::One(choices), Answer::One(key)) => {
            let is_offered = choices.iter().any(|choice| choice.key == *key);
            (question.required && !is_offered).then_some(AnswerError::NotChosen)
        }
        (Kind::Number, Answer::One(text)) => {
            number(text).is_none().then_some(AnswerError::NotANumber)
        }
        (Kind::Date, Answer::Date(parts)) => date(parts).err(),
        (Kind::Line(Purpose::Email), Answer::One(text)) => {
            (!looks_like_email(text)).then_some(AnswerError::NotAnEmail)
        }
        (Kind::Paragraph(limit), Answer::One(text)) => {
            (text.trim().chars().count() > *limit).then_some(AnswerError::TooLong)
        }
        _ => None,
    }
}

/// Converts a typed number to the form in which it is sent: digits with at most one decimal point, and a minus
/// sign if it is negative. Also accepts spaces between the digits, a decimal comma and a plus sign. `None` if it
/// is not a number.
pub fn number(text: &str) -> Option<String> {
    let plain: String = text
        .chars()
        .filter(|c| !c.is_whitespace())
        .map(|c| if c == ',' { '.' } else { c })
        .collect();
    let digits = plain.strip_prefix(['-', '+']).unwrap_or(&plain);
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, "0"));
    let is_number = [whole, fraction]
        .iter()
        .all(|run| !run.is_empty() && run.bytes().all(|b| b.is_ascii_digit()));
    is_number.then(|| plain.strip_prefix('+').unwrap_or(&plain).to_owned())
}

/// Parses a typed date.
///
/// # Errors
/// [`AnswerError::DateIncomplete`] if a part is missing or not a number, or if the year does not have four digits;
/// [`AnswerError::NoSuchDay`] if the day or the time does not exist.
pub fn date(parts: &DateParts) -> Result<Date, AnswerError> {
    let part = |text: &str| {
        text.trim()
            .parse::<u32>()
            .map_err(|_| AnswerError::DateIncomplete)
    };
    let (day, month, year) = (part(&parts.day)?, part(&parts.month)?, part(&parts.year)?);
    if parts.year.trim().len() != 4 {
        return Err(AnswerError::DateIncomplete);
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
        Err(AnswerError::NoSuchDay)
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

/// Formats a date as GeoReport v2 requires (W3C date-time), such as `2026-11-24T14:00:00-06:00`. `offset` is how
/// far the time zone is ahead of UTC, in minutes. A date without a time is at midnight.
pub fn w3c(date: Date, offset: i32) -> String {
    let (hour, minute) = date.time.unwrap_or_default();
    let mut out = String::new();
    let mut push = |number: u32, width: usize, separator: char| {
        let digits = number.to_string();
        out.extend(std::iter::repeat_n('0', width.saturating_sub(digits.len())));
        out.push_str(&digits);
        out.push(separator);
    };
    push(date.year, 4, '-');
    push(date.month, 2, '-');
    push(date.day, 2, 'T');
    push(hour, 2, ':');
    push(minute, 2, ':');
    push(0, 2, if offset < 0 { '-' } else { '+' });
    push(offset.unsigned_abs() / 60, 2, ':');
    push(offset.unsigned_abs() % 60, 2, ' ');
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
