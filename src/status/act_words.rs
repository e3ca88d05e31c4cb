//! The words of each page on which a resident does something about a request.

use crate::i18n::{Key, k};
use crate::route::Act;

/// The words of a page: its heading, what it is for, the field, whether it has to be filled in, what is
/// said where nothing was written, the button, and what is said when it has arrived.
pub(super) struct Words {
    pub(super) heading: Key,
    pub(super) more: Key,
    pub(super) label: Key,
    pub(super) is_needed: bool,
    pub(super) usual: Option<Key>,
    pub(super) press: Key,
    pub(super) done: Key,
}

pub(super) fn words(act: Act) -> Words {
    let words = |heading, more, usual: Option<Key>, press, done| Words {
        heading,
        more,
        label: k::ACT_WORDS,
        is_needed: usual.is_none(),
        usual,
        press,
        done,
    };
    match act {
        Act::Add => words(k::ACT_ADD, k::ACT_ADD_MORE, None, k::SEND, k::ACT_ADDED),
        Act::Answer => words(
            k::ACT_ANSWER,
            k::ACT_ANSWER_MORE,
            None,
            k::SEND,
            k::ACT_ANSWERED,
        ),
        Act::Still => {
            let usual = Some(k::ACT_STILL_USUAL);
            words(
                k::ACT_STILL,
                k::ACT_STILL_MORE,
                usual,
                k::SEND,
                k::ACT_REOPENED,
            )
        }
        Act::Remind => {
            let usual = Some(k::ACT_REMIND_USUAL);
            words(
                k::ACT_REMIND,
                k::ACT_REMIND_MORE,
                usual,
                k::ACT_REMIND,
                k::ACT_REMINDED,
            )
        }
        Act::Withdraw => {
            let usual = Some(k::ACT_WITHDRAW_USUAL);
            words(
                k::ACT_WITHDRAW,
                k::ACT_WITHDRAW_MORE,
                usual,
                k::ACT_WITHDRAW,
                k::ACT_WITHDRAWN,
            )
        }
    }
}
