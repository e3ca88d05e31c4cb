//! Parts of a guide that stand at several places: an office, what is needed, what happens if the
//! city says no.

use super::open::Open;
use super::progress::{Held, Progress};
use super::says::Says;
use super::words::only_if;
use crate::i18n::k;
use crate::platform::dom;
use crate::platform::view::{View, el};
use crate::ui::{call_link, open_line, paragraph, paragraph_of, safe_address};
use guide::{Evidence, Office, OfficeRef, Personal, Refusal};
use std::rc::Rc;

/// An office with all that helps to get there; its name alone where it was told before.
pub(super) fn office(
    says: &Says,
    open: &Open,
    told: &mut Vec<String>,
    office: Option<&OfficeRef>,
) -> View {
    let app = says.app;
    let Some(office) = office.and_then(|office| office.find(&open.offices)) else {
        return View::Nothing;
    };
    let name = says.words(&office.name);
    if told.contains(&name) {
        let words = app.t_with(k::GUIDE_AT, &[("office", &says.said(&office.name))]);
        return paragraph_of("quiet", words);
    }
    told.push(name);
    let closed: Vec<String> = office
        .closed
        .iter()
        .chain(&open.holidays)
        .cloned()
        .collect();
    let phone = office.phone.as_deref().map(|phone| call_link(app, phone));
    let email = office.email.as_deref().map(|email| {
        let address = ["mailto:", email].concat();
        el("a").class("reach").attr("href", &address).put(email)
    });
    let map = office.map.as_deref().and_then(safe_address).map(|address| {
        let words = app.t(k::GUIDE_MAP);
        el("a").class("reach").attr("href", address).put(words)
    });
    let reach = phone.is_some() || email.is_some() || map.is_some();
    let reach = reach.then(|| paragraph("row links", [phone.into(), email.into(), map.into()]));
    el("div")
        .class("office")
        .put(paragraph("", el("b").put(says.text(&office.name))))
        .put(says.paragraph("", &office.address))
        .put(open_line(app, &office.hours, &closed))
        .put(says.paragraph("quiet", &office.accessibility))
        .put(says.paragraph("quiet", &office.note))
        .put(reach)
        .into()
}

/// The name of an office.
pub(super) fn office_name(says: &Says, office: Option<&OfficeRef>, offices: &[Office]) -> String {
    let office = office.and_then(|office| office.find(offices));
    office.map_or_else(String::new, |office| says.said(&office.name))
}

/// What is needed, to be ticked off.
pub(super) fn checklist(says: &Says, open: &Open, personal: &Personal, held: &Rc<Held>) -> View {
    let rows: Vec<View> = personal
        .evidence()
        .into_iter()
        .map(|evidence| row(says, open, personal, held, evidence))
        .collect();
    if rows.is_empty() {
        return View::Nothing;
    }
    el("section")
        .put(crate::ui::heading(says.app.t(k::FACT_BRING)))
        .put(el("ul").class("checks").put(rows))
        .into()
}

fn row(
    says: &Says,
    open: &Open,
    personal: &Personal,
    held: &Rc<Held>,
    evidence: &Evidence,
) -> View {
    let app = says.app;
    let ticked = held.clone();
    let id = evidence.id.clone();
    let has = held.progress.peek(|progress| progress.have.contains(&id));
    let title: View = match evidence.optional {
        true => [
            says.text(&evidence.title),
            [" ", &app.t(k::GUIDE_IF_YOU_HAVE)].concat().into(),
        ]
        .into(),
        false => says.text(&evidence.title),
    };
    let tick = el("input")
        .attr("type", "checkbox")
        .prop("checked", has)
        .on("change", move |event| {
            let is_ticked = dom::is_checked(&event);
            ticked.change(|progress| Progress::tick(&mut progress.have, &id, is_ticked));
        });
    let only = only_if(says, &open.guide, personal, evidence.when.as_ref());
    let without = (!evidence.without.is_empty()).then(|| {
        let words = says.text(&evidence.without);
        let label = el("b").put([&app.t(k::GUIDE_WITHOUT), " "].concat());
        paragraph("quiet", [label.into(), words])
    });
    el("li")
        .put(
            el("label")
                .class("choice")
                .put(tick)
                .put(el("span").put(title)),
        )
        .put(
            el("div")
                .class("under")
                .put(paragraph_of("quiet", only))
                .put(says.paragraph("quiet", &evidence.text))
                .put(without),
        )
        .into()
}

/// What happens if the city says no, and how to have it looked at again.
pub(super) fn refusal(says: &Says, refusal: &Refusal) -> View {
    if refusal.is_empty() {
        return View::Nothing;
    }
    let app = says.app;
    let part = |key, blocks: &[guide::Block]| match blocks.is_empty() {
        true => View::Nothing,
        false => {
            let words = el("b").put(app.t(key));
            [paragraph("", words), says.blocks(blocks)].into()
        }
    };
    el("div")
        .class("refusal")
        .put(part(k::GUIDE_REFUSAL, &refusal.text))
        .put(part(k::GUIDE_APPEAL, &refusal.appeal))
        .into()
}
