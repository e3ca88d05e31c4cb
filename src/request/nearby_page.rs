//! Requests that the city already has near the location, shown before further questions, as a list first. Residents
//! who find their own problem in it can follow that request instead of sending another. Which requests are near is
//! decided by `frontdoor_core::request::nearby`.

use super::form::Form;
use super::readiness::when_form_ready;
use crate::app::App;
use crate::net::ApiError;
use crate::platform::{intl, time};
use crate::ui::{
    button, hidden, loading, map, optional_paragraph, paragraph, reactive, row, title,
    toggle_button,
};
use crate::view::{Signal, View, el};
use frontdoor_core::config::Extension;
use frontdoor_core::i18n::k;
use frontdoor_core::ids::ServiceCode;
use frontdoor_core::request::nearby::{NearbyRequest, nearby_requests};
use frontdoor_core::route::{Route, Step};
use frontdoor_core::time::UnixMs;
use open311::{Location, Moment};
use std::rc::Rc;

/// At most this many requests are shown. Sensible: 3 to 10.
const MAX_SHOWN: usize = 5;
/// Locations closer than this, in metres, count as the same place. Sensible: 5 to 30.
const SAME_PLACE_METRES: usize = 10;
/// How long the form waits for the city's list, in milliseconds, before it continues without it: the list may well be
/// empty. Sensible: 2 to 6 s.
const WAIT_MS: i32 = 4_000;

/// The page with nearby requests; continues with the form if there are none.
pub(super) fn nearby_page(app: App, code: ServiceCode) -> View {
    when_form_ready(app, code, Box::new(draw))
}

fn draw(form: &Rc<Form>) -> View {
    let app = form.app;
    let draft = form.draft();
    let Some(pin) = draft.pin.clone() else {
        skip(form);
        return loading(app);
    };
    let requests = Signal::new(None::<Rc<Vec<NearbyRequest>>>);
    let (loaded, asking) = (requests.clone(), form.clone());
    let is_here =
        |form: &Form| !form.app.is_gone() && form.app.route_untracked() == form.at(Step::Nearby);
    app.spawn(async move {
        let found = load(&asking, pin.location).await.unwrap_or_default();
        if !is_here(&asking) || loaded.with_untracked(Option::is_some) {
            return;
        }
        if found.is_empty() {
            skip(&asking);
        } else {
            loaded.set(Some(Rc::new(found)));
        }
    });
    let (late, waiting) = (requests.clone(), form.clone());
    app.spawn(async move {
        time::sleep(WAIT_MS).await;
        if is_here(&waiting) && late.with_untracked(Option::is_none) {
            late.set(Some(Rc::default()));
            skip(&waiting);
        }
    });
    let head = form.head(Step::Nearby, &draft);
    let form = form.clone();
    let body = reactive(move || {
        requests.with(|requests| match requests {
            None => [paragraph("quiet", app.t(k::NEARBY_LOOKING)), loading(app)].into(),
            Some(requests) => list(&form, requests, pin.location),
        })
    });
    [head, body].into()
}

/// Continues with the form; Back skips this page.
fn skip(form: &Form) {
    let next = form.questionnaire.after(Step::Nearby, &form.draft());
    form.app.replace(form.at(next));
}

async fn load(form: &Form, center: Location) -> Result<Vec<NearbyRequest>, ApiError> {
    let within = form.journey.config.nearby;
    let (lat, long) = center.texts();
    let radius = within.to_string();
    let mut query = vec![("service_code", &*form.code), ("status", "open")];
    if form.app.offers(Extension::Radius) {
        query.extend([("lat", lat.as_str()), ("long", &long), ("radius", &radius)]);
    }
    let rows = form.app.client().requests(&query).await?;
    Ok(nearby_requests(rows, &form.code, center, within, MAX_SHOWN))
}

fn list(form: &Rc<Form>, requests: &Rc<Vec<NearbyRequest>>, center: Location) -> View {
    let app = form.app;
    let items: Vec<View> = requests.iter().map(|near| item(form, near)).collect();
    let is_map_open = Signal::new(false);
    let has_map = app.with_config(|config| config.map.is_some());
    let toggle = has_map.then(|| {
        toggle_button("btn second", &is_map_open, move |is_open| {
            app.t(if is_open {
                k::PLACE_CLOSE_MAP
            } else {
                k::NEARBY_MAP
            })
        })
    });
    let (shown, near) = (form.clone(), requests.clone());
    let map = reactive(move || {
        let is_open = is_map_open.get();
        is_open.then(|| requests_map(&shown, &near, center))
    });
    let none = form.clone();
    let none = button("button", "btn", app.t(k::NEARBY_NONE)).on("click", move |_| {
        let draft = none.draft();
        none.continue_from(Step::Nearby, &draft);
    });
    [
        title(app, app.t(k::NEARBY_HEADING)),
        paragraph("", app.t(k::NEARBY_MORE)),
        el("ol").class("near").child(items).into(),
        row(toggle),
        map,
        row(none),
    ]
    .into()
}

fn requests_map(form: &Rc<Form>, near: &Rc<Vec<NearbyRequest>>, center: Location) -> View {
    form.journey.load_boundary();
    let (form, near) = (form.clone(), near.clone());
    let app = form.app;
    reactive(move || {
        let Some(loaded) = form.journey.boundary.loaded.get() else {
            return loading(app);
        };
        let (pressed, list) = (form.clone(), near.clone());
        let places = near.iter().map(|near| (near.location, description(near)));
        let pins = map::Pins::Requests {
            is_wide: false,
            center,
            requests: places.collect(),
            on_press: Rc::new(move |index| {
                if let Some(near) = list.get(index) {
                    follow(&pressed, near);
                }
            }),
        };
        map::map(app, loaded.geojson, pins)
    })
}

/// What the request is about: its description, or else its address or service.
fn description(near: &NearbyRequest) -> String {
    let request = &near.request;
    let texts = [
        &request.description,
        &request.address,
        &request.service_name,
    ];
    let text = texts.into_iter().flatten().next();
    text.cloned().unwrap_or_default()
}

fn item(form: &Rc<Form>, near: &NearbyRequest) -> View {
    let app = form.app;
    let request = &near.request;
    let sent_at = request.requested.as_ref();
    let day = sent_at
        .and_then(Moment::unix_milliseconds)
        .and_then(|sent_at| {
            intl::day(&app.language(), app.time_zone().as_deref(), UnixMs(sent_at))
        });
    let distance = match (near.metres + 0.5) as usize {
        0..SAME_PLACE_METRES => app.t(k::NEARBY_HERE),
        metres => app.t_count(k::NEARBY_AWAY, metres, &[]),
    };
    let sent = day.map(|day| app.t_with(k::NEARBY_SENT, &[("day", &day)]));
    let facts = match sent {
        Some(sent) => [&distance, " · ", &sent].concat(),
        None => distance,
    };
    let address = request
        .address
        .clone()
        .filter(|_| request.description.is_some());
    let (form, followed) = (form.clone(), near.clone());
    let inside = [app.t(k::NEARBY_SAME).into(), hidden(&near.number)];
    let same =
        button("button", "btn second", inside).on("click", move |_| follow(&form, &followed));
    el("li")
        .child(el("b").child(description(near)))
        .child(optional_paragraph("", address.unwrap_or_default()))
        .child(paragraph("quiet", facts))
        .child(row(same))
        .into()
}

/// Follows a request instead of sending another.
fn follow(form: &Form, near: &NearbyRequest) {
    let (app, store) = (form.app, &form.journey.store);
    store.follow(&near.number, &form.service.name);
    store.erase(&form.code);
    app.reset_to(Route::Status {
        number: near.number.clone(),
    });
    app.toast_after_navigation(app.t(k::NEARBY_FOLLOWED));
}
