//! Extras of the request page, which are loaded when the resident asks for them: the location on a map, the promised
//! day as a calendar file, notifications. Works on the current snapshot and fetches nothing from the city.

use super::lookup::RequestSnapshot;
use super::promise_view::promise_of;
use super::watch::NOTIFICATIONS;
use crate::app::{App, calendar_file};
use crate::platform::history;
use crate::platform::notification::Notifications;
use crate::ui::map::{Pins, map as draw_map};
use crate::view::{View, el};
use frontdoor_core::calendar::Event;
use frontdoor_core::i18n::k;
use frontdoor_core::route::Route;
use frontdoor_core::status::promise::Completion;
use std::rc::Rc;

/// The location of the current request on a map; nothing if it is unknown.
pub(super) fn map(app: App) -> View {
    let snapshot = RequestSnapshot::current(app);
    let request = snapshot
        .as_ref()
        .and_then(|snapshot| snapshot.request.as_ref());
    let Some((request, location)) = request.and_then(|request| Some((request, request.location?)))
    else {
        return View::Nothing;
    };
    let name = request.service_name.as_deref().unwrap_or_default();
    let pins = Pins::Requests {
        center: location,
        is_wide: false,
        requests: Vec::new(),
        on_press: Rc::new(|_| ()),
    };
    el("div")
        .attr("role", "group")
        .attr("aria-label", name)
        .child(draw_map(app, String::new(), pins))
        .into()
}

/// Saves the promised day of the current request as a calendar file.
pub(super) fn calendar(app: App) -> View {
    if let Some(snapshot) = RequestSnapshot::current(app) {
        save_promised_day(app, &snapshot);
    }
    View::Nothing
}

fn save_promised_day(app: App, snapshot: &RequestSnapshot) {
    let Some(request) = &snapshot.request else {
        return;
    };
    let Completion::Due { by, .. } = promise_of(app, request, snapshot).completion else {
        return;
    };
    let number = snapshot.number();
    let number_text = app.t_with(k::STATUS_NUMBER, &[("number", &number)]);
    let title = match &request.service_name {
        Some(name) => [name, " · ", &number_text].concat(),
        None => number_text,
    };
    let hash = if app.options().uses_hash {
        Route::Status { number }.to_hash()
    } else {
        String::new()
    };
    calendar_file::save(Event {
        title,
        place: request.address.clone().unwrap_or_default(),
        text: history::address_with(&hash),
        dates: vec![by.iso()],
        minutes: 0,
        remind: None,
    });
}

/// Turns on notifications of changes, if the resident and the browser permit them.
pub(super) fn notifications(app: App) -> View {
    app.spawn(async move {
        let (text, language) = (app.t(k::STATUS_NOTICE_ON), app.language());
        let notifications = Notifications::ask(&text, &language).await;
        if app.is_gone() {
            return;
        }
        app.toast(app.t(if notifications.is_some() {
            k::STATUS_NOTICE_ON
        } else {
            k::STATUS_NOTICE_OFF
        }));
        NOTIFICATIONS.set(notifications);
    });
    View::Nothing
}
