//! What happens if the city refuses, and how to appeal. A guide says so before the resident begins; this view does
//! not know whether the city has decided anything.

use super::text::GuideText;
use crate::ui::paragraph;
use crate::view::{View, el};
use frontdoor_core::i18n::k;
use guide::{Block, Refusal};

/// The refusal and the appeal; nothing if the guide has neither.
pub(super) fn refusal(text: &GuideText, refusal: &Refusal) -> View {
    if refusal.is_empty() {
        return View::Nothing;
    }
    let part = |key, blocks: &[Block]| {
        if blocks.is_empty() {
            View::Nothing
        } else {
            let label = el("b").child(text.app.t(key));
            [paragraph("", label), text.blocks(blocks)].into()
        }
    };
    el("div")
        .class("refusal")
        .child(part(k::GUIDE_REFUSAL, &refusal.text))
        .child(part(k::GUIDE_APPEAL, &refusal.appeal))
        .into()
}
