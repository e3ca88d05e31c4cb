//! What is not needed to read where a request stands, and is fetched when it is pressed for: its place on a
//! map, the promised day for the calendar, notices of the device's own.

use super::look::Found;
use super::promise::Done;
use super::promised::promise_of;
use super::shown::NOTICES;
use crate::app::App;
use crate::i18n::k;
use crate::ics;
use crate::platform::notice::Notices;
use crate::platform::view::{View, el};
use crate::platform::{copy, dom, time};
use crate::report::map_view::{Pins, shown};
use crate::route::Route;
use leptos::task::spawn_local;
use std::rc::Rc;

/// The place of the request that is shown.
pub(super) fn map(app: App) -> View {
    let found = Found::current(app);
    let request = found.as_ref().and_then(|found| found.request.as_ref());
    let Some((request, location)) = request.and_then(|request| Some((request, request.location?)))
    else {
        return View::Nothing;
    };
    let name = request.service_name.as_deref().unwrap_or_default();
    let pins = Pins::Requests {
        around: location,
        is_wide: false,
        rows: Vec::new(),
        pressed: Rc::new(|_| ()),
    };
    el("div")
        .attr("role", "group")
        .attr("aria-label", name)
        .put(shown(app, String::new(), pins))
        .into()
}

/// Gives the resident the promised day for the calendar; there is nothing to see.
pub(super) fn calendar(app: App) -> View {
    if let Some(found) = Found::current(app) {
        save(app, &found);
    }
    View::Nothing
}

fn save(app: App, found: &Found) {
    let Some(request) = &found.request else {
        return;
    };
    let Done::Due { by, .. } = promise_of(app, request, found).done else {
        return;
    };
    let number = app.t_with(k::STATUS_NUMBER, &[("number", found.id())]);
    let title = match &request.service_name {
        Some(name) => [name, " · ", &number].concat(),
        None => number,
    };
    let to = Route::Status {
        id: found.id().to_owned(),
    };
    let address = match app.state().setting().uses_hash {
        true => dom::address_of(&to.to_hash()),
        false => dom::address_of(""),
    };
    let event = ics::Event {
        title: &title,
        place: request.address.as_deref().unwrap_or_default(),
        text: &address,
        dates: &[by.iso()],
        minutes: 0,
        remind: None,
    };
    let stamp = time::rfc3339(time::now()).replace(['-', ':'], "");
    let file = ics::file(&event, &stamp, &dom::random_key());
    copy::save("calendar.ics".into(), "text/calendar;charset=utf-8", file);
}

/// A notice on the device when something changes, if the resident and the browser let us.
pub(super) fn notice(app: App) -> View {
    spawn_local(async move {
        let (words, language) = (app.t(k::STATUS_NOTICE_ON), app.language());
        let notices = Notices::ask(&words, &language).await;
        if app.is_gone() {
            return;
        }
        app.say(app.t(match &notices {
            Some(_) => k::STATUS_NOTICE_ON,
            None => k::STATUS_NOTICE_OFF,
        }));
        NOTICES.set(notices);
    });
    View::Nothing
}
