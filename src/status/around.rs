//! Open requests around a place: is it already known? A list, nearest first, a page at a time, and the
//! same on a map when it is opened.

use super::promised::setting;
use super::words::understand;
use crate::api::Failure;
use crate::app::App;
use crate::config::Extension;
use crate::i18n::k;
use crate::live::Live;
use crate::platform::intl;
use crate::platform::map::position;
use crate::platform::view::{View, el};
use crate::report::map_view::{Pins, shown};
use crate::report::place::metres;
use crate::route::Route;
use crate::ui::{button, link, loading, paragraph, problem, row, second_button, stack, title};
use leptos::task::spawn_local;
use open311::{Location, Moment, ServiceRequest, Stage};
use std::cell::RefCell;
use std::collections::BTreeSet;
use std::rc::Rc;

/// How far around, in metres.
const RADIUS: u32 = 1_500;
/// Rows of a page, both of the endpoint's list and of what is shown.
const PAGE: usize = 20;
/// More pages than this are not asked for.
const MOST_PAGES: u32 = 25;

struct Near {
    request: ServiceRequest,
    location: Location,
    metres: f64,
}

struct Around {
    app: App,
    center: Location,
    rows: Live<Vec<Rc<Near>>>,
    /// All that the list has shown, near or not.
    seen: RefCell<BTreeSet<String>>,
    shown: Live<usize>,
    stand: Live<Stand>,
}

#[derive(Clone, PartialEq)]
enum Stand {
    Looking,
    Done,
    Failed(Failure),
}

/// Open requests around the middle of the city, or around the resident.
pub(super) fn around(app: App) -> View {
    let middle = app.with_config(|config| config.map.as_ref().and_then(|map| map.center));
    let start = middle.and_then(|(lat, long)| Location::new(lat, long));
    let center = Live::new(start);
    // From where it is measured, until the device says where it is.
    let said = Live::new(start.is_some().then_some(k::AROUND_FROM_MIDDLE));
    let (told, note) = (center.clone(), said.clone());
    let locate = second_button(app.t(k::PLACE_USE_DEVICE), move || {
        let (told, note) = (told.clone(), note.clone());
        note.set(Some(k::PLACE_LOCATING));
        spawn_local(async move {
            let found = position().await;
            let found = found.and_then(|(lat, long, _)| Location::new(lat, long));
            note.set(found.is_none().then_some(k::AROUND_NO_DEVICE));
            if found.is_some() {
                told.set(found);
            }
        });
    });
    [
        title(app.t(k::AROUND_HEADING)),
        paragraph("", app.t(k::AROUND_MORE)),
        row(locate),
        el("p")
            .class("said quiet")
            .attr("role", "status")
            .live(move || said.get().map(|key| app.t(key)).into())
            .into(),
        stack(move || match center.get() {
            Some(center) => list(app, center),
            None => View::Nothing,
        }),
    ]
    .into()
}

fn list(app: App, center: Location) -> View {
    let all = Rc::new(Around {
        app,
        center,
        rows: Live::new(Vec::new()),
        seen: RefCell::default(),
        shown: Live::new(PAGE),
        stand: Live::new(Stand::Looking),
    });
    all.clone().look();
    let (drawn, told) = (all.clone(), all.clone());
    let map = all.clone();
    let is_open = Live::new(false);
    let toggle = is_open.clone();
    let press = button("button", "quiet-button", app.t(k::NEARBY_MAP))
        .on("click", move |_| toggle.set(!toggle.now()));
    [
        stack(move || told.stand()),
        row(press),
        stack(move || match is_open.get() {
            true => map.map(),
            false => View::Nothing,
        }),
        stack(move || drawn.rows()),
    ]
    .into()
}

impl Around {
    /// Asks for page after page, until one brings nothing new.
    fn look(self: Rc<Self>) {
        self.stand.set(Stand::Looking);
        spawn_local(async move {
            let app = self.app;
            for page in 1..=MOST_PAGES {
                if app.is_gone() || app.route_now() != Route::Around {
                    return;
                }
                match self.ask(page).await {
                    Ok(0) => break,
                    Ok(_) => {}
                    Err(failure) if page == 1 => return self.stand.set(Stand::Failed(failure)),
                    Err(_) => break,
                }
            }
            self.stand.set(Stand::Done);
            if !app.is_gone() {
                let count = self.rows.peek(Vec::len);
                app.announce(app.t_count(k::AROUND_FOUND, count, &[]));
            }
        });
    }

    /// How many requests of a page were new; those that are near are shown.
    async fn ask(&self, page: u32) -> Result<usize, Failure> {
        let (lat, long) = self.center.texts();
        let (radius, page, size) = (RADIUS.to_string(), page.to_string(), (PAGE * 5).to_string());
        let mut query = vec![("status", "open"), ("page", &*page), ("page_size", &*size)];
        if self
            .app
            .with_config(|config| config.offers(Extension::Radius))
        {
            query.extend([("lat", &*lat), ("long", &*long), ("radius", &*radius)]);
        }
        let mut found = self.app.api().requests(&query).await?;
        understand(&setting(self.app), &mut found);
        let mut rows = self.rows.now();
        let mut new = 0;
        for request in found {
            let id = request.id.clone().unwrap_or_default();
            if id.is_empty() || !self.seen.borrow_mut().insert(id) {
                continue;
            }
            new += 1;
            let is_open = request.status.stage() != Stage::Closed;
            let Some(location) = request.location.filter(|_| is_open) else {
                continue;
            };
            let metres = metres(location, self.center);
            if metres <= f64::from(RADIUS) {
                let place = rows.partition_point(|row| row.metres <= metres);
                let near = Near {
                    request,
                    location,
                    metres,
                };
                rows.insert(place, Rc::new(near));
            }
        }
        self.rows.set(rows);
        Ok(new)
    }

    fn stand(self: &Rc<Self>) -> View {
        let app = self.app;
        match self.stand.get() {
            Stand::Looking => loading(app),
            Stand::Failed(failure) => {
                let again = self.clone();
                problem(app, &failure, move || again.clone().look())
            }
            Stand::Done => match self.rows.with(Vec::len) {
                0 => paragraph("", app.t(k::AROUND_NONE)),
                count => paragraph("quiet", app.t_count(k::AROUND_FOUND, count, &[])),
            },
        }
    }

    fn rows(self: &Rc<Self>) -> View {
        let app = self.app;
        let most = self.shown.get();
        let rows = self.rows.get();
        let more = (rows.len() > most).then(|| {
            let shown = self.shown.clone();
            row(second_button(app.t(k::AROUND_SHOW_MORE), move || {
                shown.set(most + PAGE)
            }))
        });
        let rows: Vec<View> = rows.iter().take(most).map(|near| self.row(near)).collect();
        if rows.is_empty() {
            return View::Nothing;
        }
        [el("ol").class("list").put(rows).into(), more.into()].into()
    }

    fn row(&self, near: &Near) -> View {
        let app = self.app;
        let request = &near.request;
        let id = request.id.clone().unwrap_or_default();
        let away = app.t_count(k::NEARBY_AWAY, near.metres as usize, &[]);
        let sent = request
            .requested
            .as_ref()
            .and_then(Moment::unix_milliseconds);
        let sent = sent
            .and_then(|sent| intl::day(&app.language(), app.time_zone().as_deref(), sent as f64));
        let sent = sent.map(|day| app.t_with(k::NEARBY_SENT, &[("day", &day)]));
        let about = [Some(away), request.address.clone(), sent];
        let about: Vec<String> = about.into_iter().flatten().collect();
        let inside = el("span")
            .class("two")
            .put(el("span").put(request.service_name.clone().unwrap_or_else(|| id.clone())))
            .put(el("span").class("quiet").put(about.join(" · ")));
        el("li")
            .put(link(app, Route::Status { id }, "", inside))
            .into()
    }

    fn map(self: &Rc<Self>) -> View {
        let app = self.app;
        let near: Vec<Rc<Near>> = self.rows.now().into_iter().take(self.shown.now()).collect();
        let rows = near.iter().map(|near| {
            let name = near.request.service_name.clone();
            (near.location, name.unwrap_or_default())
        });
        let rows = rows.collect();
        let pressed = Rc::new(move |place: usize| {
            if let Some(id) = near.get(place).and_then(|near| near.request.id.clone()) {
                app.go(Route::Status { id });
            }
        });
        let pins = Pins::Requests {
            around: self.center,
            is_wide: true,
            rows,
            pressed,
        };
        shown(app, String::new(), pins)
    }
}
