//! The texts of the form for each kind of update.

use frontdoor_core::i18n::{Key, k};
use frontdoor_core::status::update_kind::UpdateKind;

/// The texts of a form.
pub(super) struct UpdateWording {
    pub(super) heading: Key,
    /// What it is for.
    pub(super) more: Key,
    /// The label of the text field.
    pub(super) label: Key,
    /// What is sent if nothing was written; `None` if something has to be.
    pub(super) default_text: Option<Key>,
    /// The button.
    pub(super) submit: Key,
    /// What is shown once it was sent.
    pub(super) sent: Key,
}

/// The texts of the form for a kind of update.
pub(super) fn wording_of(kind: UpdateKind) -> UpdateWording {
    let (heading, more, default_text, submit, sent) = match kind {
        UpdateKind::Add => (k::ACT_ADD, k::ACT_ADD_MORE, None, k::SEND, k::ACT_ADDED),
        UpdateKind::Answer => (
            k::ACT_ANSWER,
            k::ACT_ANSWER_MORE,
            None,
            k::SEND,
            k::ACT_ANSWERED,
        ),
        UpdateKind::StillThere => (
            k::ACT_STILL,
            k::ACT_STILL_MORE,
            Some(k::ACT_STILL_USUAL),
            k::SEND,
            k::ACT_REOPENED,
        ),
        UpdateKind::Remind => (
            k::ACT_REMIND,
            k::ACT_REMIND_MORE,
            Some(k::ACT_REMIND_USUAL),
            k::ACT_REMIND,
            k::ACT_REMINDED,
        ),
        UpdateKind::Withdraw => (
            k::ACT_WITHDRAW,
            k::ACT_WITHDRAW_MORE,
            Some(k::ACT_WITHDRAW_USUAL),
            k::ACT_WITHDRAW,
            k::ACT_WITHDRAWN,
        ),
    };
    UpdateWording {
        heading,
        more,
        label: k::ACT_WORDS,
        default_text,
        submit,
        sent,
    }
}
