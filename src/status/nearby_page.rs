//! Open requests near a location, so that residents see whether the city already knows: a list, nearest first, a page
//! at a time, and the same on a map once that is opened. Distances are computed in `frontdoor_core::request::nearby`.

use super::context::StatusContext;
use crate::app::App;
use crate::net::ApiError;
use crate::platform::geolocation::position;
use crate::platform::intl;
use crate::ui::map::{Pins, map};
use crate::ui::{
    button, link, load_error, loading, paragraph, reactive, row, secondary_button, status_line,
    title,
};
use crate::view::{Signal, View, el};
use frontdoor_core::config::Extension;
use frontdoor_core::i18n::k;
use frontdoor_core::request::nearby::NearbyRequest;
use frontdoor_core::route::Route;
use frontdoor_core::status::config::apply_city_wording;
use frontdoor_core::time::UnixMs;
use open311::{Location, Moment};
use std::cell::RefCell;
use std::collections::BTreeSet;
use std::rc::Rc;

/// Requests within this many metres are shown. Sensible: 500 to 3,000.
const RADIUS: u32 = 1_500;
/// Rows shown at a time; five times as many are requested from the endpoint. Sensible: 10 to 50.
const PAGE: usize = 20;
/// At most this many pages of the endpoint's list are read: an endpoint may list the whole city. Sensible: 5 to 50.
const MAX_PAGES: u32 = 25;

#[derive(Clone, PartialEq)]
enum ListState {
    Loading,
    Loaded,
    Failed(ApiError),
}

struct NearbyList {
    app: App,
    center: Location,
    requests: Signal<Vec<NearbyRequest>>,
    /// Ids of all requests read from the endpoint's list, near or not.
    seen: RefCell<BTreeSet<String>>,
    /// Number of rows shown.
    shown: Signal<usize>,
    state: Signal<ListState>,
}

/// The page with open requests near the center of the city, or near the resident.
pub(super) fn nearby_page(app: App) -> View {
    let middle = app.with_config(|config| config.map.as_ref().and_then(|map| map.center));
    let middle = middle.and_then(|(lat, long)| Location::new(lat, long));
    let center = Signal::new(middle);
    // Says that distances are from the city's center, until the device's position is known.
    let status = Signal::new(middle.is_some().then_some(k::AROUND_FROM_MIDDLE));
    let (located, locating) = (center.clone(), status.clone());
    let locate = secondary_button(app.t(k::PLACE_USE_DEVICE), move || {
        let (located, locating) = (located.clone(), locating.clone());
        locating.set(Some(k::PLACE_LOCATING));
        app.spawn(async move {
            let position = position().await;
            let found = position.and_then(|position| {
                let (lat, long) = position.point;
                Location::new(lat, long)
            });
            locating.set(found.is_none().then_some(k::AROUND_NO_DEVICE));
            if found.is_some() {
                located.set(found);
            }
        });
    });
    [
        title(app, app.t(k::AROUND_HEADING)),
        paragraph("", app.t(k::AROUND_MORE)),
        row(locate),
        status_line(move || status.get().map(|key| app.t(key))),
        reactive(move || center.get().map(|center| list(app, center))),
    ]
    .into()
}

fn list(app: App, center: Location) -> View {
    let list = Rc::new(NearbyList {
        app,
        center,
        requests: Signal::new(Vec::new()),
        seen: RefCell::default(),
        shown: Signal::new(PAGE),
        state: Signal::new(ListState::Loading),
    });
    list.clone().load();
    let (status, rows, mapped) = (list.clone(), list.clone(), list);
    let is_open = Signal::new(false);
    let toggle = is_open.clone();
    let toggle = button("button", "quiet-button", app.t(k::NEARBY_MAP))
        .on("click", move |_| toggle.set(!toggle.get_untracked()));
    [
        reactive(move || status.status()),
        row(toggle),
        reactive(move || is_open.get().then(|| mapped.map())),
        reactive(move || rows.rows()),
    ]
    .into()
}

impl NearbyList {
    /// Reads the endpoint's list page by page, until a page has no new requests.
    fn load(self: Rc<Self>) {
        self.state.set(ListState::Loading);
        self.app.spawn(async move {
            let app = self.app;
            for page in 1..=MAX_PAGES {
                if app.is_gone() || app.route_untracked() != Route::Nearby {
                    return;
                }
                match self.load_page(page).await {
                    Ok(0) => break,
                    Ok(_) => {}
                    Err(error) if page == 1 => return self.state.set(ListState::Failed(error)),
                    Err(_) => break,
                }
            }
            self.state.set(ListState::Loaded);
            if !app.is_gone() {
                let count = self.requests.with_untracked(Vec::len);
                app.announce(app.t_count(k::AROUND_FOUND, count, &[]));
            }
        });
    }

    /// Reads a page and returns the number of new requests in it.
    async fn load_page(&self, page: u32) -> Result<usize, ApiError> {
        let (lat, long) = self.center.texts();
        let (radius, page) = (RADIUS.to_string(), page.to_string());
        let page_size = (PAGE * 5).to_string();
        let mut query = vec![
            ("status", "open"),
            ("page", page.as_str()),
            ("page_size", &page_size),
        ];
        if self.app.offers(Extension::Radius) {
            query.extend([("lat", lat.as_str()), ("long", &long), ("radius", &radius)]);
        }
        let mut rows = self.app.client().requests(&query).await?;
        apply_city_wording(&StatusContext::of(self.app).config, &mut rows);
        let mut requests = self.requests.update_untracked(std::mem::take);
        let mut new = 0;
        for request in rows {
            let id = request.id.clone().unwrap_or_default();
            if id.is_empty() || !self.seen.borrow_mut().insert(id) {
                continue;
            }
            new += 1;
            if let Some(near) = NearbyRequest::new(request, self.center, RADIUS) {
                near.insert_into(&mut requests);
            }
        }
        self.requests.set(requests);
        Ok(new)
    }

    fn status(self: &Rc<Self>) -> View {
        let app = self.app;
        match self.state.get() {
            ListState::Loading => loading(app),
            ListState::Failed(error) => {
                let list = self.clone();
                load_error(app, &error, move || list.clone().load())
            }
            ListState::Loaded => match self.requests.with(Vec::len) {
                0 => paragraph("", app.t(k::AROUND_NONE)),
                count => paragraph("quiet", app.t_count(k::AROUND_FOUND, count, &[])),
            },
        }
    }

    fn rows(&self) -> View {
        let app = self.app;
        let shown = self.shown.get();
        let (rows, has_more) = self.requests.with(|requests| {
            let rows = requests.iter().take(shown);
            let rows: Vec<View> = rows.map(|near| request_row(app, near)).collect();
            (rows, requests.len() > shown)
        });
        if rows.is_empty() {
            return View::Nothing;
        }
        let more = has_more.then(|| {
            let signal = self.shown.clone();
            row(secondary_button(app.t(k::AROUND_SHOW_MORE), move || {
                signal.set(shown + PAGE);
            }))
        });
        [el("ol").class("list").child(rows).into(), more.into()].into()
    }

    fn map(&self) -> View {
        let app = self.app;
        let shown = self.shown.get_untracked();
        let (places, numbers) = self.requests.with_untracked(|requests| {
            let shown = requests.iter().take(shown).map(|near| {
                let name = near.request.service_name.clone();
                let place = (near.location, name.unwrap_or_default());
                (place, near.number.clone())
            });
            shown.collect::<(Vec<_>, Vec<_>)>()
        });
        let pins = Pins::Requests {
            center: self.center,
            is_wide: true,
            requests: places,
            on_press: Rc::new(move |index| {
                if let Some(number) = numbers.get(index).cloned() {
                    app.go(Route::Status { number });
                }
            }),
        };
        map(app, String::new(), pins)
    }
}

fn request_row(app: App, near: &NearbyRequest) -> View {
    let request = &near.request;
    let distance = app.t_count(k::NEARBY_AWAY, near.metres as usize, &[]);
    let sent_at = request.requested.as_ref();
    let sent_at = sent_at.and_then(Moment::unix_milliseconds).map(UnixMs);
    let day =
        sent_at.and_then(|sent_at| intl::day(&app.language(), app.time_zone().as_deref(), sent_at));
    let sent = day.map(|day| app.t_with(k::NEARBY_SENT, &[("day", &day)]));
    let facts = [Some(distance), request.address.clone(), sent];
    let facts: Vec<String> = facts.into_iter().flatten().collect();
    let name = request.service_name.as_deref().unwrap_or(&near.number);
    let inside = el("span")
        .class("two")
        .child(el("span").child(name))
        .child(el("span").class("quiet").child(facts.join(" · ")));
    let to = Route::Status {
        number: near.number.clone(),
    };
    el("li").child(link(app, to, "", inside)).into()
}
