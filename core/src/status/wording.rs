//! The texts for a status: a sentence that can be a heading, and an explanation.
//!
//! It returns keys, and knows no language. Sentences of the city's own are in [`super::config`].

use crate::i18n::{Key, k};
use open311::{KnownStatus, Status};

/// The sentence for a status, with the endpoint's own word if the meaning of the status is unknown.
pub fn status_sentence(status: &Status) -> (Key, Option<&str>) {
    let key = match status {
        Status::Unstated => k::STATUS_UNSTATED,
        Status::Open => k::STATUS_OPEN,
        Status::Closed => k::STATUS_CLOSED,
        Status::Known(known) => match known {
            KnownStatus::Received => k::STATUS_RECEIVED,
            KnownStatus::UnderReview => k::STATUS_UNDER_REVIEW,
            KnownStatus::Acknowledged => k::STATUS_ACKNOWLEDGED,
            KnownStatus::Planned => k::STATUS_PLANNED,
            KnownStatus::InProgress => k::STATUS_IN_PROGRESS,
            KnownStatus::OnHold => k::STATUS_ON_HOLD,
            KnownStatus::Referred => k::STATUS_REFERRED,
            KnownStatus::Done => k::STATUS_DONE,
            KnownStatus::Declined => k::STATUS_DECLINED,
            KnownStatus::NotResponsible => k::STATUS_NOT_RESPONSIBLE,
            KnownStatus::Duplicate => k::STATUS_DUPLICATE,
            KnownStatus::Withdrawn => k::STATUS_WITHDRAWN,
            KnownStatus::Archived => k::STATUS_ARCHIVED,
        },
        Status::Other(word) => return (k::STATUS_OTHER, Some(word)),
    };
    (key, None)
}

/// An explanation of what a status means for the resident; `None` if the sentence already says it.
pub fn status_meaning(status: &Status) -> Option<Key> {
    Some(match status {
        Status::Closed => k::MEANING_CLOSED,
        Status::Known(known) => match known {
            KnownStatus::Received | KnownStatus::UnderReview => k::MEANING_RECEIVED,
            KnownStatus::Acknowledged | KnownStatus::Planned => k::MEANING_PLANNED,
            KnownStatus::OnHold => k::MEANING_ON_HOLD,
            KnownStatus::Referred => k::MEANING_REFERRED,
            KnownStatus::Declined => k::MEANING_DECLINED,
            KnownStatus::NotResponsible => k::MEANING_NOT_RESPONSIBLE,
            KnownStatus::Duplicate => k::MEANING_DUPLICATE,
            _ => return None,
        },
        _ => return None,
    })
}
