//! What stands beside a request and is not needed to read where it stands: its place on a map, and the
//! promised day for the calendar.

use super::look::Found;
use super::promise::Done;
use super::promised::promise_of;
use crate::app::App;
use crate::i18n::k;
use crate::ics;
use crate::live::Live;
use crate::platform::view::{View, el};
use crate::platform::{copy, dom, time};
use crate::report::map_view::{Pins, shown};
use crate::ui::{button, row, second_button, stack};
use open311::ServiceRequest;
use std::rc::Rc;

/// All that stands beside the request that is shown.
pub(super) fn beside(app: App) -> View {
    let found = Found::current(app);
    let request = found
        .as_ref()
        .and_then(|found| Some((found, found.request.as_ref()?)));
    match request {
        Some((found, request)) => [place(app, request), reminder(app, request, found)].into(),
        None => View::Nothing,
    }
}

/// The place on a small map, when it is opened.
fn place(app: App, request: &ServiceRequest) -> View {
    let Some(location) = request.location else {
        return View::Nothing;
    };
    let is_open = Live::new(false);
    let toggle = is_open.clone();
    let name = request.service_name.clone().unwrap_or_default();
    let press = button("button", "quiet-button", app.t(k::STATUS_MAP))
        .on("click", move |_| toggle.set(!toggle.now()));
    let map = stack(move || match is_open.get() {
        false => View::Nothing,
        true => {
            let pins = Pins::Requests {
                around: location,
                is_wide: false,
                rows: Vec::new(),
                pressed: Rc::new(|_| ()),
            };
            el("div")
                .attr("aria-label", &name)
                .put(shown(app, String::new(), pins))
                .into()
        }
    });
    [row(press), map].into()
}

/// The promised day for the calendar.
fn reminder(app: App, request: &ServiceRequest, found: &Found) -> View {
    let Done::Due { by, .. } = promise_of(app, request, found).done else {
        return View::Nothing;
    };
    let id = found.id();
    let name = request.service_name.as_deref().unwrap_or_default();
    let title = [name, " · ", id]
        .concat()
        .trim_start_matches(" · ")
        .to_owned();
    let date = by.iso();
    let save = second_button(app.t(k::STATUS_CALENDAR), move || {
        let stamp = time::rfc3339(time::now()).replace(['-', ':'], "");
        let event = ics::Event {
            title: &title,
            place: "",
            text: "",
            dates: std::slice::from_ref(&date),
            minutes: 0,
            remind: None,
        };
        let file = ics::file(&event, &stamp, &dom::random_key());
        copy::save("calendar.ics".into(), "text/calendar;charset=utf-8", file);
    });
    row(save)
}
