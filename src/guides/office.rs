//! An office of a guide: its name, how to reach it, and whether it is open now. Opening hours are computed in the
//! crate `guide`.

use super::open::OpenGuide;
use super::text::GuideText;
use crate::ui::{call_link, opening_status, optional_paragraph, paragraph, safe_address};
use crate::view::{View, el};
use frontdoor_core::i18n::k;
use guide::{Office, OfficeRef};

/// An office with its address, hours and contacts; only its name if it is in `shown`, the names of offices that the
/// guide has already shown. Adds it to `shown`.
pub(super) fn office(
    text: &GuideText,
    open: &OpenGuide,
    shown: &mut Vec<String>,
    office: Option<&OfficeRef>,
) -> View {
    let app = text.app;
    let Some(office) = office.and_then(|office| office.find(&open.offices)) else {
        return View::Nothing;
    };
    let name = text.plain(&office.name);
    if shown.contains(&name) {
        let line = app.t_with(k::GUIDE_AT, &[("office", &text.plain_marked(&office.name))]);
        return optional_paragraph("quiet", line);
    }
    shown.push(name);
    let closed: Vec<String> = office
        .closed
        .iter()
        .chain(&open.holidays)
        .cloned()
        .collect();
    let phone = office.phone.as_deref().map(|phone| call_link(app, phone));
    let email = office.email.as_deref().map(|email| {
        let address = ["mailto:", email].concat();
        el("a").class("reach").attr("href", &address).child(email)
    });
    let map = office.map.as_deref().and_then(safe_address).map(|address| {
        let label = app.t(k::GUIDE_MAP);
        el("a").class("reach").attr("href", address).child(label)
    });
    let has_links = phone.is_some() || email.is_some() || map.is_some();
    let links = has_links.then(|| paragraph("row links", [phone.into(), email.into(), map.into()]));
    el("div")
        .class("office")
        .child(paragraph("", el("b").child(text.view(&office.name))))
        .child(text.paragraph("", &office.address))
        .child(opening_status(app, &office.hours, &closed))
        .child(text.paragraph("quiet", &office.accessibility))
        .child(text.paragraph("quiet", &office.note))
        .child(links)
        .into()
}

/// The name of an office, marked if machine-translated; empty if it is unknown.
pub(super) fn office_name(
    text: &GuideText,
    office: Option<&OfficeRef>,
    offices: &[Office],
) -> String {
    let office = office.and_then(|office| office.find(offices));
    office.map_or_else(String::new, |office| text.plain_marked(&office.name))
}
