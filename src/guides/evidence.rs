//! The checklist of documents that a guide asks for.
//! Ticks are saved on the device and are never sent.

use super::open::OpenGuide;
use super::progress::{Progress, ProgressStore};
use super::text::GuideText;
use super::wording::only_if;
use crate::platform::dom;
use crate::ui::{heading, optional_paragraph, paragraph};
use crate::view::{View, el};
use frontdoor_core::i18n::k;
use guide::{Evidence, Personal};
use std::rc::Rc;

/// All documents that may apply to the resident, each with a checkbox; nothing if none are needed.
pub(super) fn checklist(
    text: &GuideText,
    open: &OpenGuide,
    personal: &Personal,
    store: &Rc<ProgressStore>,
) -> View {
    let rows: Vec<View> = personal
        .evidence()
        .into_iter()
        .map(|evidence| row(text, open, personal, store, evidence))
        .collect();
    if rows.is_empty() {
        return View::Nothing;
    }
    el("section")
        .child(heading(text.app.t(k::FACT_BRING)))
        .child(el("ul").class("checks").child(rows))
        .into()
}

fn row(
    text: &GuideText,
    open: &OpenGuide,
    personal: &Personal,
    store: &Rc<ProgressStore>,
    evidence: &Evidence,
) -> View {
    let app = text.app;
    let (store, id) = (store.clone(), evidence.id.clone());
    let is_ticked = store
        .progress
        .with_untracked(|progress| progress.have.contains(&id));
    let optional = evidence
        .optional
        .then(|| [" ", &app.t(k::GUIDE_IF_YOU_HAVE)].concat());
    let tick = el("input")
        .attr("type", "checkbox")
        .prop("checked", is_ticked)
        .on("change", move |event| {
            let is_ticked = dom::is_checked(&event);
            store.change(|progress| Progress::tick(&mut progress.have, &id, is_ticked));
        });
    let title = el("span").child(text.view(&evidence.title)).child(optional);
    let condition = only_if(text, &open.guide, personal, evidence.when.as_ref());
    let without = (!evidence.without.is_empty()).then(|| {
        let label = el("b").child([&app.t(k::GUIDE_WITHOUT), " "].concat());
        paragraph("quiet", [label.into(), text.view(&evidence.without)])
    });
    el("li")
        .child(el("label").class("choice").child(tick).child(title))
        .child(
            el("div")
                .class("under")
                .child(optional_paragraph("quiet", condition))
                .child(text.paragraph("quiet", &evidence.text))
                .child(without),
        )
        .into()
}
