//! The action that a step offers: open a prefilled form, call, open a page or another guide, download a file, add
//! dates to the calendar. What the form does with the prefill is defined in `frontdoor_core::request::prefill`.

use super::open::OpenGuide;
use super::text::GuideText;
use super::tools::{GuideTool, run_tool};
use crate::platform::{intl, time};
use crate::ui::{button, call_address, link, link_with, row, safe_address};
use crate::view::Signal;
use crate::view::{View, el};
use frontdoor_core::ids::ServiceCode;
use frontdoor_core::route::Route;
use frontdoor_core::storage::Entry;
use guide::{Action, ActionKind, Calendar, Personal, Prefill};
use json::Value;
use std::rc::Rc;

/// Draws an action; nothing if its URL is not safe to open, or if all dates of its calendar are over.
pub(super) fn action(
    text: &GuideText,
    open: &Rc<OpenGuide>,
    personal: &Personal,
    action: &Action,
) -> View {
    let app = text.app;
    let label = text.view(&action.label);
    let external = |address: &str| el("a").class("btn second").attr("href", address);
    let view: View = match &action.kind {
        ActionKind::Service { service, prefill } => {
            let prefill = prefill_text(prefill, personal);
            let code = ServiceCode::from(service.as_str());
            let leave = move || app.write(Entry::Prefill(&code), &prefill);
            link_with(app, Route::form(service), "btn", label, leave)
        }
        ActionKind::Guide { guide } => link(app, Route::guide(guide), "btn second", label),
        ActionKind::Phone { phone } => external(&call_address(phone)).child(label).into(),
        ActionKind::Address { url } => match safe_address(url) {
            Some(address) => external(address).child(label).into(),
            None => View::Nothing,
        },
        ActionKind::Download { download } => match safe_address(download) {
            Some(address) => external(address).attr("download", "").child(label).into(),
            None => View::Nothing,
        },
        ActionKind::Calendar { calendar } if !is_ahead(text, calendar) => View::Nothing,
        ActionKind::Calendar { calendar } => {
            let (open, calendar) = (open.clone(), calendar.clone());
            let outcome = Signal::new(None);
            let save = move |_| {
                run_tool(
                    app,
                    GuideTool::Calendar(open.clone(), calendar.clone()),
                    &outcome,
                );
            };
            button("button", "btn second", label)
                .on("click", save)
                .into()
        }
    };
    match view {
        View::Nothing => View::Nothing,
        view => row(view),
    }
}

/// True if a calendar has a date that is not over.
fn is_ahead(text: &GuideText, calendar: &Calendar) -> bool {
    let zone = text.app.time_zone();
    let today = intl::iso_day(zone.as_deref(), time::now()).unwrap_or_default();
    calendar.from_now.is_some() || calendar.dates.iter().any(|date| *date >= today)
}

/// The values that prefill the form, as JSON (`frontdoor_core::request::prefill`).
fn prefill_text(prefill: &[(String, Prefill)], personal: &Personal) -> String {
    let value = |prefill: &Prefill| match prefill {
        Prefill::One(text) => Some(text.as_str().into()),
        Prefill::Many(keys) => Some(Value::texts(keys)),
        Prefill::Answer { answer } => Some(personal.answer(answer)?.into()),
    };
    let fields = prefill
        .iter()
        .filter_map(|(code, prefill)| Some((code.clone(), value(prefill)?)));
    json::write(&Value::Map(fields.collect()))
}
