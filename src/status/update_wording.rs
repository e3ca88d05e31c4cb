//! The texts of the update form for each kind of update, as keys of the catalogue.
//! Does not know the form.

use frontdoor_core::i18n::{Key, k};
use frontdoor_core::status::update_draft::UpdateDraft;
use frontdoor_core::status::update_kind::UpdateKind;

/// The texts of an update form.
pub(super) struct UpdateWording {
    /// Heading of the page.
    pub(super) heading: Key,
    /// Explains what the update is for.
    pub(super) more: Key,
    /// Label of the text field.
    pub(super) label: Key,
    /// Sent if the text field is empty; `None` if text is required.
    pub(super) default_text: Option<Key>,
    /// Label of the submit button.
    pub(super) submit: Key,
    /// Confirmation after sending.
    pub(super) sent: Key,
}

/// What is said once the city has an update.
pub(super) fn sent_text(draft: &UpdateDraft) -> Key {
    if draft.needs_confirmation {
        k::ACT_TO_CONFIRM
    } else {
        wording_of(draft.kind).sent
    }
}

/// The texts of the form for a kind of update.
pub(super) fn wording_of(kind: UpdateKind) -> UpdateWording {
    let (heading, more, default_text, submit, sent) = match kind {
        UpdateKind::Add => (k::ACT_ADD, k::ACT_ADD_MORE, None, k::ACT_SEND, k::ACT_ADDED),
        UpdateKind::Answer => (
            k::ACT_ANSWER,
            k::ACT_ANSWER_MORE,
            None,
            k::ACT_SEND,
            k::ACT_ANSWERED,
        ),
        UpdateKind::StillThere => (
            k::ACT_STILL,
            k::ACT_STILL_MORE,
            Some(k::ACT_STILL_USUAL),
            k::ACT_SEND,
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
