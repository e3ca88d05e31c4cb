//! Mistakes and answers in words. Knows no browser.

use super::answer::{Answer, Fault};
use super::question::{Kind, Question};
use crate::i18n::{Words, k};

/// What is wrong, as it stands in the summary and at the field. `label` without “(optional)”.
pub(super) fn fault_in_words(words: &Words, label: &str, fault: Fault) -> String {
    let label = label.trim_end_matches(['?', ':', '.', '*', ' ']);
    let key = match &fault {
        Fault::Stopped(message) => return message.clone(),
        Fault::NotChosen => k::FAULT_NOT_CHOSEN,
        Fault::Empty => k::FAULT_EMPTY,
        Fault::NotANumber => k::FAULT_NUMBER,
        Fault::DateIncomplete => k::FAULT_DATE,
        Fault::NoSuchDay => k::FAULT_NO_SUCH_DAY,
        Fault::NotAnEmail => k::FAULT_EMAIL,
        Fault::TooLong(_) => k::FAULT_TOO_LONG,
    };
    let over = match fault {
        Fault::TooLong(over) => over.to_string(),
        _ => String::new(),
    };
    words.with(key, &[("label", label), ("count", &over)])
}

/// An answer as a resident reads it back; empty if there is none. `day` writes a date.
pub(super) fn answer_in_words(
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
