//! The texts for errors and answers that residents read.
//!
//! It does not validate anything, and formats no dates: that is up to the browser.

use super::answer::{Answer, AnswerError};
use super::question::{Kind, Question};
use crate::i18n::{Catalog, k};

/// The text of an error, for the error summary and for the field. `label` is the question without “(optional)”.
pub fn error_text(catalog: &Catalog, label: &str, error: AnswerError) -> String {
    let label = label.trim_end_matches(['?', ':', '.', '*', ' ']);
    let label = label.strip_prefix('¿').unwrap_or(label);
    let key = match &error {
        AnswerError::Stopped(message) => return message.clone(),
        AnswerError::NotChosen => k::FAULT_NOT_CHOSEN,
        AnswerError::Empty => k::FAULT_EMPTY,
        AnswerError::NotANumber => k::FAULT_NUMBER,
        AnswerError::DateIncomplete => k::FAULT_DATE,
        AnswerError::NoSuchDay => k::FAULT_NO_SUCH_DAY,
        AnswerError::NotAnEmail => k::FAULT_EMAIL,
        AnswerError::TooLong => k::FAULT_TOO_LONG,
    };
    catalog.with(key, &[("label", label)])
}

/// The text of an answer, for the review page; empty if there is no answer. Chosen values are given by name.
/// `day` formats a date.
pub fn answer_text(
    question: &Question,
    answer: Option<&Answer>,
    day: impl Fn(&super::answer::DateParts) -> String,
) -> String {
    let name = |key: &String| match &question.kind {
        Kind::One(choices) | Kind::Many(choices) => choices
            .iter()
            .find(|choice| choice.key == *key)
            .map_or_else(|| key.clone(), |choice| choice.name.clone()),
        _ => key.clone(),
    };
    match answer.filter(|answer| !answer.is_blank()) {
        None => String::new(),
        Some(Answer::One(text)) => name(text),
        Some(Answer::Many(keys)) => keys.iter().map(name).collect::<Vec<_>>().join(", "),
        Some(Answer::Date(parts)) => day(parts),
    }
}
