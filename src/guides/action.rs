//! What a step offers to do right there: open a form that is filled in already, call, open a page or
//! another guide, save a file, put dates into the calendar.

use super::along::{Press, press};
use super::open::Open;
use super::says::Says;
use crate::live::Live;
use crate::platform::view::{View, el};
use crate::platform::{intl, storage, time};
use crate::report::PREFILL;
use crate::route::Route;
use crate::ui::{button, call_address, link, link_with, row, safe_address};
use guide::{Action, ActionKind, Calendar, Personal, Prefill};
use open311::{Value, json};
use std::rc::Rc;

/// An action; nothing where its address must not be opened.
pub(super) fn action(says: &Says, open: &Rc<Open>, personal: &Personal, action: &Action) -> View {
    let app = says.app;
    let words = says.text(&action.label);
    let outward = |address: &str| el("a").class("btn second").attr("href", address);
    let view: View = match &action.kind {
        ActionKind::Service { service, prefill } => {
            let answers = answers(prefill, personal);
            let key = app.key(&[PREFILL, service].concat());
            let leave = move || storage::write(&key, &answers);
            link_with(app, Route::report(service), "btn", words, Box::new(leave))
        }
        ActionKind::Guide { guide } => link(app, Route::guide(guide), "btn second", words),
        ActionKind::Phone { phone } => outward(&call_address(phone)).put(words).into(),
        ActionKind::Address { url } => match safe_address(url) {
            Some(address) => outward(address).put(words).into(),
            None => View::Nothing,
        },
        ActionKind::Download { download } => match safe_address(download) {
            Some(address) => outward(address).attr("download", "").put(words).into(),
            None => View::Nothing,
        },
        ActionKind::Calendar { calendar } if !is_ahead(says, calendar) => View::Nothing,
        ActionKind::Calendar { calendar } => {
            let (open, calendar) = (open.clone(), calendar.clone());
            let said = Live::new(None);
            let save = move |_| {
                press(app, Press::Calendar(open.clone(), calendar.clone()), &said);
            };
            button("button", "btn second", words)
                .on("click", save)
                .into()
        }
    };
    match view {
        View::Nothing => View::Nothing,
        view => row(view),
    }
}

/// Whether a calendar has a date that is not over.
fn is_ahead(says: &Says, calendar: &Calendar) -> bool {
    let zone = says.app.time_zone();
    let today = intl::iso_day(zone.as_deref(), time::now()).unwrap_or_default();
    calendar.from_now.is_some() || calendar.dates.iter().any(|date| *date >= today)
}

/// What a form begins with: an object of texts and lists by the code of the attribute.
fn answers(prefill: &[(String, Prefill)], personal: &Personal) -> String {
    let value = |prefill: &Prefill| match prefill {
        Prefill::One(text) => Some(Value::Text(text.clone())),
        Prefill::Many(keys) => Some(Value::List(keys.iter().cloned().map(Value::Text).collect())),
        Prefill::Answer { answer } => Some(Value::Text(personal.answer(answer)?.to_owned())),
    };
    let fields = prefill
        .iter()
        .filter_map(|(code, prefill)| Some((code.clone(), value(prefill)?)));
    json::write(&Value::Map(fields.collect()))
}
