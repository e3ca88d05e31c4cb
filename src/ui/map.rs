//! A map in a page: the resident's own pin, or the places of requests. It shows what it is given and reports
//! what was done on it; it decides nothing.

use super::{paragraph, reactive};
use crate::app::App;
use crate::platform::map::{Map, MapEvent, MapOptions};
use crate::platform::{dom, focus};
use crate::view::{Signal, View, el};
use frontdoor_core::i18n::k;
use frontdoor_core::request::location::Pin;
use leptos::task::spawn_local;
use open311::Location;
use std::{cell::RefCell, rc::Rc};

/// What is shown on the map, and who is told what is done on it.
#[derive(Clone)]
pub enum Pins {
    /// One pin that the resident moves.
    Mine {
        /// Where it is; the map follows it.
        pin: Signal<Option<Pin>>,
        /// Called when the resident moved it.
        on_move: Rc<dyn Fn(Location)>,
    },
    /// Requests near a point, numbered from 1.
    Requests {
        /// The point.
        center: Location,
        /// True to show a district, false to show a street.
        is_wide: bool,
        /// The requests' places and names.
        requests: Vec<(Location, String)>,
        /// Called with the index of a request that was pressed.
        on_press: Rc<dyn Fn(usize)>,
    },
}

/// Zoom level at which one house can be told from the next.
const STREET: u32 = 17;
/// Zoom level of a district.
const DISTRICT: u32 = 14;
/// Zoom level of the whole city, if the config names none.
const CITY: u32 = 14;

/// A map, with the city's boundary (GeoJSON as text; empty for none).
pub fn map(app: App, boundary: String, pins: Pins) -> View {
    let map = Rc::new(RefCell::new(None::<Map>));
    let is_lost = Signal::new(false);
    let keys = match pins {
        Pins::Mine { .. } => k::MAP_KEYS,
        Pins::Requests { .. } => k::MAP_KEYS_NEARBY,
    };
    let (opened, lost, shown) = (map.clone(), is_lost.clone(), pins.clone());
    focus::after_drawing(move || {
        let Some(container) = dom::find(&app.root(), ".map-box") else {
            return;
        };
        let options = options(app, boundary, &shown);
        spawn_local(async move {
            let map = Map::open(&container, options, move |event| report(&shown, event)).await;
            // The map may have been closed meanwhile.
            if container.is_connected() {
                lost.set(map.is_none());
                opened.replace(map);
            }
        });
    });
    let follow = move || {
        // The map lives as long as this closure does.
        let map = map.borrow();
        if let Pins::Mine { pin, .. } = &pins {
            pin.with(|pin| {
                if let Some(map) = map.as_ref() {
                    let at = pin.as_ref().map(|pin| pin.location);
                    map.pin(at.map(|at| (at.lat, at.long)));
                }
            });
        }
        None
    };
    let error = reactive(move || {
        let is_lost = is_lost.get();
        is_lost.then(|| paragraph("notice", app.t(k::MAP_LOST)))
    });
    [
        paragraph("quiet vh", el("span").attr("id", HINT).child(app.t(keys))),
        el("div").class("map-box").attr("data-pin", follow).into(),
        error,
    ]
    .into()
}

/// The id of the text that explains the keys.
const HINT: &str = "map-keys";

fn report(pins: &Pins, event: MapEvent) {
    match (pins, event) {
        (Pins::Mine { on_move, .. }, MapEvent::Pin(lat, long)) => {
            if let Some(location) = Location::new(lat, long) {
                on_move(location);
            }
        }
        (Pins::Requests { on_press, .. }, MapEvent::Request(index)) => on_press(index),
        _ => {}
    }
}

fn options(app: App, boundary: String, pins: &Pins) -> MapOptions {
    let options = app.options();
    let config = options.config.map.clone().unwrap_or_default();
    let (pin, requests) = match pins {
        Pins::Mine { pin, .. } => {
            let pin = pin.with_untracked(|pin| pin.as_ref().map(|pin| pin.location));
            (pin, Vec::new())
        }
        Pins::Requests {
            center, requests, ..
        } => {
            let requests = requests.iter();
            let requests = requests.map(|(at, name)| (at.lat, at.long, name.clone()));
            (Some(*center), requests.collect())
        }
    };
    let pin = pin.map(|at| (at.lat, at.long));
    MapOptions {
        center: pin.or(config.center).unwrap_or_default(),
        zoom: match pin {
            _ if matches!(pins, Pins::Requests { is_wide: true, .. }) => DISTRICT,
            Some(_) => STREET,
            None => config.zoom.unwrap_or(CITY),
        },
        tiles: config.tiles.unwrap_or_default(),
        base_url: options.config_url.clone(),
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
