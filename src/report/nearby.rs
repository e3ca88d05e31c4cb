//! What the city knows already near that place: shown before anything more is asked, as a list
//! first. Whoever finds their own problem in it follows that one.

use super::form::{Form, with_form};
use super::map_view::{Pins, map_view};
use super::place::metres;
use crate::api::Failure;
use crate::app::App;
use crate::config::Extension;
use crate::i18n::k;
use crate::live::Live;
use crate::platform::view::{View, el};
use crate::platform::{intl, time};
use crate::route::{Route, Step};
use crate::ui::{button, loading, paragraph, paragraph_of, row, stack, title};
use leptos::task::spawn_local;
use open311::{Location, Moment, ServiceRequest, Stage};
use std::rc::Rc;

/// A request near the place.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Near {
    /// The request; it has a number.
    pub request: ServiceRequest,
    /// Where it is.
    pub location: Location,
    /// How far away, in metres.
    pub metres: f64,
}

/// Nobody reads more than these.
const MOST: usize = 5;
/// Nearer than so many metres nobody can tell two places apart.
const HERE: usize = 10;
/// Longer than this nobody is kept waiting for something that only might be, in milliseconds.
const PATIENCE: i32 = 4_000;

/// The open requests of a service within so many metres of a point, the nearest first.
pub(super) fn near(
    rows: Vec<ServiceRequest>,
    service: &str,
    around: Location,
    within: u32,
) -> Vec<Near> {
    let mut found: Vec<Near> = Vec::new();
    for request in rows {
        let is_open = request.status.stage() != Stage::Closed;
        let is_same = request
            .service_code
            .as_deref()
            .is_none_or(|code| code == service);
        let Some(location) = request.location.filter(|_| is_open && is_same) else {
            continue;
        };
        let metres = metres(location, around);
        if metres <= f64::from(within) && request.id.is_some() {
            let place = found.iter().position(|known| known.metres > metres);
            let near = Near {
                request,
                location,
                metres,
            };
            found.insert(place.unwrap_or(found.len()), near);
        }
    }
    found.truncate(MOST);
    found
}

/// The list; without anything near, the form goes on by itself.
pub(super) fn nearby(app: App, code: String) -> View {
    with_form(app, code, Box::new(page))
}

fn page(form: &Rc<Form>) -> View {
    let app = form.app;
    let draft = form.draft();
    let Some(place) = draft.place.clone() else {
        on(form);
        return loading(app);
    };
    let rows = Live::new(None::<Vec<Near>>);
    let (told, asked) = (rows.clone(), form.clone());
    spawn_local(async move {
        let found = ask(&asked, place.location).await.unwrap_or_default();
        let is_here = !app.is_gone() && app.route_now() == asked.at(Step::Nearby);
        if !is_here || told.peek(Option::is_some) {
            return;
        }
        if found.is_empty() {
            on(&asked);
        } else {
            told.set(Some(found));
        }
    });
    let (late, waiting) = (rows.clone(), form.clone());
    spawn_local(async move {
        time::sleep(PATIENCE).await;
        if !app.is_gone()
            && app.route_now() == waiting.at(Step::Nearby)
            && late.peek(Option::is_none)
        {
            late.set(Some(Vec::new()));
            on(&waiting);
        }
    });
    let form = form.clone();
    let head = form.head(Step::Nearby, &draft);
    let body = stack(move || {
        rows.with(|rows| match rows {
            None => [paragraph("quiet", app.t(k::NEARBY_LOOKING)), loading(app)].into(),
            Some(rows) => list(&form, rows, place.location),
        })
    });
    [head, body].into()
}

/// On with the form, and past this page on the way back.
fn on(form: &Form) {
    let next = form.outline.after(Step::Nearby, &form.draft());
    form.app.go_instead(form.at(next));
}

async fn ask(form: &Form, around: Location) -> Result<Vec<Near>, Failure> {
    let within = form.report.setting.nearby;
    let (lat, long) = around.texts();
    let radius = within.to_string();
    let mut query = vec![
        ("service_code", form.service.code.as_str()),
        ("status", "open"),
    ];
    if form
        .app
        .with_config(|config| config.offers(Extension::Radius))
    {
        query.extend([("lat", lat.as_str()), ("long", &long), ("radius", &radius)]);
    }
    let rows = form.app.api().requests(&query).await?;
    Ok(near(rows, &form.service.code, around, within))
}

fn list(form: &Rc<Form>, rows: &[Near], around: Location) -> View {
    let app = form.app;
    let items: Vec<View> = rows.iter().map(|near| item(form, near)).collect();
    let places: Vec<(Location, String)> = rows
        .iter()
        .map(|near| (near.location, about(near)))
        .collect();
    let is_map_open = Live::new(false);
    let has_map = app.with_config(|config| config.map.is_some());
    let toggle = has_map.then(|| {
        let (open, words) = (is_map_open.clone(), is_map_open.clone());
        button("button", "btn second", View::Nothing)
            .live_attr("aria-expanded", {
                let open = open.clone();
                move || Some(open.get().to_string())
            })
            .on("click", move |_| open.set(!open.now()))
            .live(move || {
                app.t(match words.get() {
                    true => k::PLACE_CLOSE_MAP,
                    false => k::NEARBY_MAP,
                })
                .into()
            })
    });
    let (shown, numbers) = (form.clone(), rows.to_vec());
    let map = stack(move || match is_map_open.get() {
        false => View::Nothing,
        true => {
            let (form, numbers) = (shown.clone(), numbers.clone());
            map_view(
                app,
                &shown.report,
                Pins::Requests {
                    is_wide: false,
                    around,
                    rows: places.clone(),
                    pressed: Rc::new(move |index| {
                        if let Some(near) = numbers.get(index) {
                            follow(&form, near);
                        }
                    }),
                },
            )
        }
    });
    let none = form.clone();
    let none = button("button", "btn", app.t(k::NEARBY_NONE)).on("click", move |_| {
        let draft = none.draft();
        none.go_on(Step::Nearby, &draft);
    });
    [
        title(app.t(k::NEARBY_HEADING)),
        paragraph("", app.t(k::NEARBY_MORE)),
        el("ol").class("near").put(items).into(),
        row(toggle),
        map,
        row(none),
    ]
    .into()
}

fn about(near: &Near) -> String {
    let request = &near.request;
    let words = [
        &request.description,
        &request.address,
        &request.service_name,
    ];
    words
        .into_iter()
        .flatten()
        .next()
        .cloned()
        .unwrap_or_default()
}

fn item(form: &Rc<Form>, near: &Near) -> View {
    let app = form.app;
    let request = &near.request;
    let day = request
        .requested
        .as_ref()
        .and_then(Moment::unix_milliseconds)
        .and_then(|moment| intl::day(&app.language(), app.time_zone().as_deref(), moment as f64));
    let away = match (near.metres + 0.5) as usize {
        0..HERE => app.t(k::NEARBY_HERE),
        metres => app.t_count(k::NEARBY_AWAY, metres, &[]),
    };
    let sent = day.map(|day| app.t_with(k::NEARBY_SENT, &[("day", &day)]));
    let facts = match sent {
        Some(sent) => [&away, " · ", &sent].concat(),
        None => away,
    };
    let address = request
        .address
        .clone()
        .filter(|_| request.description.is_some());
    let number = request.id.clone().unwrap_or_default();
    let label = el("span").class("vh").put([" ", &number].concat());
    let (form, near_again) = (form.clone(), near.clone());
    let same = button(
        "button",
        "btn second",
        [app.t(k::NEARBY_SAME).into(), label.into()],
    )
    .on("click", move |_| follow(&form, &near_again));
    el("li")
        .put(el("b").put(about(near)))
        .put(paragraph_of("", address.unwrap_or_default()))
        .put(paragraph("quiet", facts))
        .put(row(same))
        .into()
}

/// Follows a request instead of sending another.
fn follow(form: &Form, near: &Near) {
    let id = near.request.id.clone().unwrap_or_default();
    form.report.follow(&id, &form.service.name);
    form.report.forget(&form.service.code);
    form.app.go_for_good(Route::Status { id });
    form.app.announce_there(form.app.t(k::NEARBY_FOLLOWED));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(id: &str, status: &str, code: &str, lat: f64) -> ServiceRequest {
        ServiceRequest {
            id: Some(id.into()),
            status: open311::Status::read(status),
            service_code: Some(code.into()),
            location: Location::new(lat, -89.918),
            ..ServiceRequest::default()
        }
    }

    #[test]
    fn only_open_requests_of_the_service_within_reach_are_near_and_the_nearest_comes_first() {
        let around = Location::new(40.62, -89.918).unwrap();
        let rows = vec![
            row("far", "open", "pothole", 40.63),
            row("second", "open", "pothole", 40.621),
            row("closed", "closed", "pothole", 40.62),
            row("other", "open", "graffiti", 40.62),
            row("first", "in_progress", "pothole", 40.6201),
            ServiceRequest {
                location: None,
                ..row("nowhere", "open", "pothole", 40.62)
            },
            ServiceRequest {
                id: None,
                token: Some("t".into()),
                ..row("", "open", "pothole", 40.62)
            },
        ];
        let found = near(rows, "pothole", around, 250);
        let found: Vec<&str> = found
            .iter()
            .filter_map(|near| near.request.id.as_deref())
            .collect();
        assert_eq!(found, ["first", "second"]);
    }
}
