//! A map in a page: the resident's own pin, or the places of requests. It shows what is in the
//! draft and says what was done on it; it decides nothing.

use super::place::Place;
use super::state::Report;
use crate::app::App;
use crate::i18n::k;
use crate::live::Live;
use crate::platform::dom;
use crate::platform::map::{Map, MapEvent, MapOptions};
use crate::platform::view::{View, el};
use crate::ui::{loading, paragraph, stack};
use leptos::task::spawn_local;
use open311::Location;
use std::{cell::RefCell, rc::Rc};
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

/// What is shown on the map, and what hears of it.
#[derive(Clone)]
pub(crate) enum Pins {
    /// One pin that the resident moves.
    Mine {
        place: Live<Option<Place>>,
        moved: Rc<dyn Fn(Location)>,
    },
    /// Requests around a point, numbered from one.
    Requests {
        around: Location,
        /// A quarter of the town, and not a street.
        is_wide: bool,
        rows: Vec<(Location, String)>,
        pressed: Rc<dyn Fn(usize)>,
    },
}

/// Close enough to tell one house from the next.
const STREET: u32 = 17;
/// A quarter of a town.
const QUARTER: u32 = 14;
/// Where the config names no zoom: a town.
const TOWN: u32 = 14;

/// A map.
pub(super) fn map_view(app: App, report: &Rc<Report>, pins: Pins) -> View {
    report.ask_boundary();
    let report = report.clone();
    stack(move || match report.boundary.get() {
        None => loading(app),
        Some((_, boundary)) => shown(app, boundary, pins.clone()),
    })
}

/// A map, with the city's boundary where it is there (GeoJSON as text; empty for none).
pub(crate) fn shown(app: App, boundary: String, pins: Pins) -> View {
    let map = Rc::new(RefCell::new(None::<Map>));
    let is_lost = Live::new(false);
    let keys = match pins {
        Pins::Mine { .. } => k::MAP_KEYS,
        Pins::Requests { .. } => k::MAP_KEYS_NEARBY,
    };
    let (opened, lost, of) = (map.clone(), is_lost.clone(), pins.clone());
    dom::after_drawing(move || {
        let container = app.root().query_selector(".map-box").ok().flatten();
        let Some(container) = container else { return };
        let container: HtmlElement = container.unchecked_into();
        let options = options(app, boundary, &of);
        spawn_local(async move {
            let map = Map::open(&container, options, move |event| told(&of, event)).await;
            // Whoever has closed the map meanwhile needs none.
            if container.is_connected() {
                lost.set(map.is_none());
                opened.replace(map);
            }
        });
    });
    let follow = move || {
        // The map lives as long as this closure does.
        let map = map.borrow();
        if let Pins::Mine { place, .. } = &pins {
            place.with(|place| {
                if let Some(map) = map.as_ref() {
                    let at = place.as_ref().map(|place| place.location);
                    map.pin(at.map(|at| (at.lat, at.long)));
                }
            });
        }
        None
    };
    let words = stack(move || match is_lost.get() {
        true => paragraph("notice", app.t(k::MAP_LOST)),
        false => View::Nothing,
    });
    [
        paragraph("quiet vh", el("span").attr("id", HINT).put(app.t(keys))),
        el("div")
            .class("map-box")
            .live_attr("data-pin", follow)
            .into(),
        words,
    ]
    .into()
}

/// The id of what says which keys do what.
const HINT: &str = "map-keys";

fn told(pins: &Pins, event: MapEvent) {
    match (pins, event) {
        (Pins::Mine { moved, .. }, MapEvent::Pin(lat, long)) => {
            if let Some(location) = Location::new(lat, long) {
                moved(location);
            }
        }
        (Pins::Requests { pressed, .. }, MapEvent::Request(index)) => pressed(index),
        _ => {}
    }
}

fn options(app: App, boundary: String, pins: &Pins) -> MapOptions {
    let state = app.state();
    let config = state.setting().config.map.clone().unwrap_or_default();
    let (pin, requests) = match pins {
        Pins::Mine { place, .. } => {
            let pin = place.peek(|place| place.as_ref().map(|place| place.location));
            (pin, Vec::new())
        }
        Pins::Requests { around, rows, .. } => {
            let rows = rows.iter();
            let rows = rows.map(|(at, name)| (at.lat, at.long, name.clone()));
            (Some(*around), rows.collect())
        }
    };
    let pin = pin.map(|at| (at.lat, at.long));
    let tiles = config.tiles.as_deref().map(|tiles| {
        // A browser would encode the braces that name a tile.
        let marked = tiles.replace('{', "(_").replace('}', "_)");
        let url = dom::resolve(&marked, &state.setting().config_url);
        url.replace("(_", "{").replace("_)", "}")
    });
    MapOptions {
        center: pin.or(config.center).unwrap_or_default(),
        zoom: match pin {
            _ if matches!(pins, Pins::Requests { is_wide: true, .. }) => QUARTER,
            Some(_) => STREET,
            None => config.zoom.unwrap_or(TOWN),
        },
        tiles: tiles.unwrap_or_default(),
        attribution: config.attribution.unwrap_or_default(),
        boundary,
        pin,
        is_fixed: matches!(pins, Pins::Requests { .. }),
        label: app.t(match pins {
            Pins::Mine { .. } => k::MAP_LABEL,
            Pins::Requests { .. } => k::MAP_LABEL_NEARBY,
        }),
        zoom_in: app.t(k::MAP_ZOOM_IN),
        zoom_out: app.t(k::MAP_ZOOM_OUT),
        hint: HINT,
        requests,
    }
}
