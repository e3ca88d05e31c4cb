//! One step of a guide, complete without pressing anything: what is done, by whom, how long it takes,
//! what is needed, what it costs, where, and what can be done right here.

use super::action::action;
use super::clear::was_it_clear;
use super::open::Open;
use super::parts::{office, office_name, refusal};
use super::progress::{Held, Progress};
use super::says::Says;
use super::words::{amount, only_if, time};
use crate::i18n::k;
use crate::platform::dom;
use crate::platform::view::{View, el};
use crate::ui::{paragraph, paragraph_of};
use guide::{Applies, Choose, Fee, Personal, Step, Who};
use std::rc::Rc;

/// What drawing the steps needs.
pub(super) struct Steps<'a> {
    pub(super) says: &'a Says,
    pub(super) open: &'a Rc<Open>,
    pub(super) personal: &'a Personal<'a>,
    pub(super) held: &'a Rc<Held>,
    /// The steps that are shown, in order.
    pub(super) shown: Vec<&'a Step>,
}

/// The id of a step's heading.
pub(super) fn anchor(step: &str) -> String {
    ["step-", step].concat()
}

impl Steps<'_> {
    /// All steps that are shown, numbered.
    pub(super) fn draw(&self) -> View {
        let mut told = Vec::new();
        let steps: Vec<View> = self
            .shown
            .iter()
            .enumerate()
            .map(|(index, step)| self.one(index, step, &mut told))
            .collect();
        el("ol").class("guide").put(steps).into()
    }

    fn one(&self, index: usize, step: &Step, told: &mut Vec<String>) -> View {
        let app = self.says.app;
        let (number, all) = ((index + 1).to_string(), self.shown.len().to_string());
        let place = app.t_with(k::GUIDE_STEP_OF, &[("step", &number), ("steps", &all)]);
        let heading = el("h3")
            .attr("id", &anchor(&step.id))
            .attr("tabindex", "-1")
            .put(el("span").class("vh").put([&place, " "].concat()))
            .put(self.says.text(&step.title));
        let ids: Vec<String> = self.shown.iter().map(|step| step.id.clone()).collect();
        let (own, progress) = (step.id.clone(), self.held.progress.clone());
        let is_next = move || {
            progress.with(|progress| {
                let next = ids.iter().find(|id| !progress.done.contains(id));
                (next == Some(&own)).then(|| String::from("step"))
            })
        };
        el("li")
            .live_attr("aria-current", is_next)
            .put(heading)
            .put(self.body(step, told, "h4"))
            .put(self.foot(step))
            .into()
    }

    /// All of a step but its heading and its foot.
    fn body(&self, step: &Step, told: &mut Vec<String>, part_heading: &'static str) -> View {
        let says = self.says;
        let fees: Vec<View> = self.fees(step).map(|fee| self.fee(fee)).collect();
        let parts: Vec<View> = step
            .steps
            .iter()
            .filter(|part| self.personal.has(part))
            .map(|part| {
                el("li")
                    .put(el(part_heading).put(says.text(&part.title)))
                    .put(self.body(part, told, part_heading))
                    .into()
            })
            .collect();
        let parts = (!parts.is_empty()).then(|| {
            let words = match step.choose {
                Choose::One => k::GUIDE_ONE_OF,
                Choose::All => k::GUIDE_ALL_OF,
            };
            [
                paragraph("", el("b").put(says.app.t(words))),
                el("ul").class("ways-in").put(parts).into(),
            ]
        });
        [
            self.tags(step),
            paragraph_of(
                "quiet",
                only_if(says, &self.open.guide, self.personal, step.when.as_ref()),
            ),
            paragraph_of("quiet", self.after(step)),
            says.blocks(&step.text),
            self.evidence(step),
            fees.into(),
            parts.map(View::from).into(),
            step.action
                .as_ref()
                .map(|own| action(says, self.open, self.personal, own))
                .into(),
            office(says, self.open, told, step.office.as_ref()),
            refusal(says, &step.refusal),
        ]
        .into()
    }

    /// “You can start this after step 2”, where it is not simply the one before.
    fn after(&self, step: &Step) -> String {
        let app = self.says.app;
        let place = |id: &str| self.shown.iter().position(|known| known.id == id);
        let own = place(&step.id).unwrap_or_default();
        let numbers: Vec<String> = step
            .after
            .iter()
            .filter_map(|id| place(id))
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
            .filter(|one| self.personal.applies(one.when.as_ref()) != Applies::No)
            .map(|one| el("li").put(self.says.text(&one.title)).into())
            .collect();
        match needed.is_empty() {
            true => View::Nothing,
            false => el("div")
                .put(paragraph("quiet", self.says.app.t(k::GUIDE_EVIDENCE)))
                .put(el("ul").class("dots").put(needed))
                .into(),
        }
    }

    fn fees<'b>(&'b self, step: &'b Step) -> impl Iterator<Item = &'b Fee> {
        step.fees
            .iter()
            .filter(|fee| self.personal.applies(fee.when.as_ref()) != Applies::No)
    }

    /// What a fee is for, who pays less, and how to pay.
    fn fee(&self, fee: &Fee) -> View {
        let says = self.says;
        let amount = amount(says.app, &self.open.guide, fee);
        let title =
            (!fee.title.is_empty()).then(|| View::from([": ".into(), says.text(&fee.title)]));
        el("div")
            .class("fee")
            .put(paragraph("", [el("b").put(amount).into(), title.into()]))
            .put(paragraph_of(
                "quiet",
                only_if(says, &self.open.guide, self.personal, fee.when.as_ref()),
            ))
            .put(says.paragraph("quiet", &fee.pay))
            .put(says.paragraph("quiet", &fee.waiver))
            .into()
    }

    /// Who acts, how long, and whether it can be left out.
    fn tags(&self, step: &Step) -> View {
        let (says, app) = (self.says, self.says.app);
        let office = step.office.as_ref().or(self.open.guide.office.as_ref());
        let actor = match step.who {
            _ if !step.actor.is_empty() => says.said(&step.actor),
            Who::You => app.t(k::GUIDE_YOU),
            Who::Other => app.t(k::GUIDE_OTHER),
            Who::City => match office_name(says, office, &self.open.offices) {
                name if name.is_empty() => app.t(k::GUIDE_CITY),
                name => name,
            },
        };
        let optional = match step.optional {
            true => app.t(k::GUIDE_OPTIONAL),
            false => String::new(),
        };
        let tags: Vec<View> = [actor, time(app, &step.time), optional]
            .into_iter()
            .filter(|words| !words.is_empty())
            .map(|words| el("span").class("tag").put(words).into())
            .collect();
        paragraph("row tags", tags)
    }

    /// Whether it is done, and whether it was clear.
    fn foot(&self, step: &Step) -> View {
        let app = self.says.app;
        let (held, id) = (self.held.clone(), step.id.clone());
        let is_done = held.progress.peek(|progress| progress.done.contains(&id));
        let tick = el("input")
            .attr("type", "checkbox")
            .prop("checked", is_done)
            .on("change", move |event| {
                let is_ticked = dom::is_checked(&event);
                held.change(|progress| Progress::tick(&mut progress.done, &id, is_ticked));
            });
        let title = self.says.words(&step.title);
        let of = el("span").class("vh").put([" ", &title].concat());
        let done = el("label")
            .class("choice")
            .put(tick)
            .put(el("span").put(app.t(k::GUIDE_DONE)).put(of));
        el("div")
            .class("foot")
            .put(done)
            .put(was_it_clear(app, &self.open.guide.id, &step.id, title))
            .into()
    }
}
