//! The steps of a guide: what is done, by whom, how long it takes, what is needed, what it costs, where, and the
//! action that the widget offers. Which steps apply is decided by the caller.

use super::action::action;
use super::office::{office, office_name};
use super::open::OpenGuide;
use super::progress::{Progress, ProgressStore};
use super::refusal::refusal;
use super::step_feedback::step_feedback;
use super::text::GuideText;
use super::wording::{amount, only_if, time};
use crate::platform::dom;
use crate::ui::{optional_paragraph, paragraph};
use crate::view::{View, el};
use frontdoor_core::i18n::k;
use guide::{Applies, Choose, Fee, Personal, Step, Who};
use std::rc::Rc;

/// Data to draw the steps with.
pub(super) struct Steps<'a> {
    pub(super) text: &'a GuideText,
    pub(super) open: &'a Rc<OpenGuide>,
    /// The selection of the guide's content that is shown.
    pub(super) personal: &'a Personal<'a>,
    pub(super) store: &'a Rc<ProgressStore>,
    /// The steps that are shown, in order.
    pub(super) shown: Vec<&'a Step>,
}

/// The id of a step's heading.
pub(super) fn heading_id(step: &str) -> String {
    ["step-", step].concat()
}

impl Steps<'_> {
    /// All steps that are shown, numbered.
    pub(super) fn draw(&self) -> View {
        let mut offices = Vec::new();
        let steps: Vec<View> = self
            .shown
            .iter()
            .enumerate()
            .map(|(index, step)| self.step(index, step, &mut offices))
            .collect();
        el("ol").class("guide").child(steps).into()
    }

    fn step(&self, index: usize, step: &Step, offices: &mut Vec<String>) -> View {
        let app = self.text.app;
        let (number, all) = ((index + 1).to_string(), self.shown.len().to_string());
        let position = app.t_with(k::GUIDE_STEP_OF, &[("step", &number), ("steps", &all)]);
        let heading = el("h3")
            .attr("id", &heading_id(&step.id))
            .attr("tabindex", "-1")
            .child(el("span").class("vh").child([&position, " "].concat()))
            .child(self.text.view(&step.title));
        let ids: Vec<String> = self.shown.iter().map(|step| step.id.clone()).collect();
        let (own, progress) = (step.id.clone(), self.store.progress.clone());
        let current = move || {
            progress.with(|progress| {
                let next = ids.iter().find(|id| !progress.done.contains(id));
                (next == Some(&own)).then(|| String::from("step"))
            })
        };
        el("li")
            .attr("aria-current", current)
            .child(heading)
            .child(self.body(step, offices, "h4"))
            .child(self.foot(step))
            .into()
    }

    /// All of a step except its heading and its foot.
    fn body(&self, step: &Step, offices: &mut Vec<String>, part_heading: &'static str) -> View {
        let text = self.text;
        let fees: Vec<View> = self.fees(step).map(|fee| self.fee(fee)).collect();
        let parts: Vec<View> = step
            .steps
            .iter()
            .filter(|part| self.personal.has(part))
            .map(|part| {
                el("li")
                    .child(el(part_heading).child(text.view(&part.title)))
                    .child(self.body(part, offices, part_heading))
                    .into()
            })
            .collect();
        let parts = (!parts.is_empty()).then(|| {
            let intro = match step.choose {
                Choose::One => k::GUIDE_ONE_OF,
                Choose::All => k::GUIDE_ALL_OF,
            };
            [
                paragraph("", el("b").child(text.app.t(intro))),
                el("ul").class("ways-in").child(parts).into(),
            ]
        });
        [
            self.tags(step),
            optional_paragraph(
                "quiet",
                only_if(text, &self.open.guide, self.personal, step.when.as_ref()),
            ),
            optional_paragraph("quiet", self.after(step)),
            text.blocks(&step.text),
            self.evidence(step),
            fees.into(),
            parts.map(View::from).into(),
            step.action
                .as_ref()
                .map(|own| action(text, self.open, self.personal, own))
                .into(),
            office(text, self.open, offices, step.office.as_ref()),
            refusal(text, &step.refusal),
        ]
        .into()
    }

    /// “You can start this after step 2”; empty if that is simply the previous step.
    fn after(&self, step: &Step) -> String {
        let app = self.text.app;
        let index_of = |id: &str| self.shown.iter().position(|known| known.id == id);
        let own = index_of(&step.id).unwrap_or_default();
        let numbers: Vec<String> = step
            .after
            .iter()
            .filter_map(|id| index_of(id))
            .filter(|before| *before < own)
            .map(|before| (before + 1).to_string())
            .collect();
        if numbers.is_empty() || numbers == [own.to_string()] {
            return String::new();
        }
        app.t_with(k::GUIDE_AFTER, &[("steps", &numbers.join(", "))])
    }

    fn evidence(&self, step: &Step) -> View {
        let needed: Vec<View> = step
            .evidence
            .iter()
            .filter(|document| self.personal.applies(document.when.as_ref()) != Applies::No)
            .map(|document| el("li").child(self.text.view(&document.title)).into())
            .collect();
        if needed.is_empty() {
            View::Nothing
        } else {
            el("div")
                .child(paragraph("quiet", self.text.app.t(k::GUIDE_EVIDENCE)))
                .child(el("ul").class("dots").child(needed))
                .into()
        }
    }

    fn fees<'b>(&'b self, step: &'b Step) -> impl Iterator<Item = &'b Fee> {
        step.fees
            .iter()
            .filter(|fee| self.personal.applies(fee.when.as_ref()) != Applies::No)
    }

    /// A fee: its amount and purpose, when it applies, how to pay, and who pays less.
    fn fee(&self, fee: &Fee) -> View {
        let text = self.text;
        let amount = amount(text.app, &self.open.guide, fee);
        let title =
            (!fee.title.is_empty()).then(|| View::from([": ".into(), text.view(&fee.title)]));
        el("div")
            .class("fee")
            .child(paragraph("", [el("b").child(amount).into(), title.into()]))
            .child(optional_paragraph(
                "quiet",
                only_if(text, &self.open.guide, self.personal, fee.when.as_ref()),
            ))
            .child(text.paragraph("quiet", &fee.pay))
            .child(text.paragraph("quiet", &fee.waiver))
            .into()
    }

    /// Who acts, how long it takes, and whether it is optional.
    fn tags(&self, step: &Step) -> View {
        let (text, app) = (self.text, self.text.app);
        let office = step.office.as_ref().or(self.open.guide.office.as_ref());
        let actor = match step.who {
            _ if !step.actor.is_empty() => text.plain_marked(&step.actor),
            Who::You => app.t(k::GUIDE_YOU),
            Who::Other => app.t(k::GUIDE_OTHER),
            Who::City => match office_name(text, office, &self.open.offices) {
                name if name.is_empty() => app.t(k::GUIDE_CITY),
                name => name,
            },
        };
        let optional = if step.optional {
            app.t(k::GUIDE_OPTIONAL)
        } else {
            String::new()
        };
        let tags: Vec<View> = [actor, time(app, &step.time), optional]
            .into_iter()
            .filter(|tag| !tag.is_empty())
            .map(|tag| el("span").class("tag").child(tag).into())
            .collect();
        paragraph("row tags", tags)
    }

    /// A checkbox to tick the step as done, and the question whether it was clear.
    fn foot(&self, step: &Step) -> View {
        let app = self.text.app;
        let (store, id) = (self.store.clone(), step.id.clone());
        let is_done = store
            .progress
            .with_untracked(|progress| progress.done.contains(&id));
        let tick = el("input")
            .attr("type", "checkbox")
            .prop("checked", is_done)
            .on("change", move |event| {
                let is_ticked = dom::is_checked(&event);
                store.change(|progress| Progress::tick(&mut progress.done, &id, is_ticked));
            });
        let title = self.text.plain(&step.title);
        let of = el("span").class("vh").child([" ", &title].concat());
        let done = el("label")
            .class("choice")
            .child(tick)
            .child(el("span").child(app.t(k::GUIDE_DONE)).child(of));
        el("div")
            .class("foot")
            .child(done)
            .child(step_feedback(app, &self.open.guide.id, &step.id, title))
            .into()
    }
}
