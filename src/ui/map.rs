//! A map in a page: the resident's own pin, or the locations of requests. It shows what it is given and reports
//! the resident's actions; it decides nothing.

use super::{paragraph, reactive};
use crate::app::App;
use crate::platform::map::{Map, MapEvent, MapOptions};
use crate::platform::{dom, focus};
use crate::view::{Signal, View, el};
use frontdoor_core::i18n::k;
use frontdoor_core::request::location::Pin;
use open311::Location;
use std::{cell::RefCell, rc::Rc};

/// What the map shows, with callbacks for the resident's actions.
#[derive(Clone)]
pub enum Pins {
    /// One pin that the resident can move.
    Mine {
        /// The pin; the map follows the signal.
        pin: Signal<Option<Pin>>,
        /// Called with the new location when the resident moved the pin.
        on_move: Rc<dyn Fn(Location)>,
    },
    /// Requests near a point, numbered from 1.
    Requests {
        /// Center of the map.
        center: Location,
        /// True to show a district, false to show a street.
        is_wide: bool,
        /// Location and accessible name of each request.
        requests: Vec<(Location, String)>,
        /// Called with the index of a request that was activated.
        on_press: Rc<dyn Fn(usize)>,
    },
}

/// Zoom level of a street, at which neighbouring houses can be distinguished. Sensible: 16 to 19.
const STREET: u32 = 17;
/// Zoom level of a district. Sensible: 13 to 15.
const DISTRICT: u32 = 14;
/// Zoom level of the whole city if the config names none. Sensible: 10 to 14.
const CITY: u32 = 14;

/// A map with the city's boundary (GeoJSON text; empty for none). If it cannot be loaded, a message says so.
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
        app.spawn(async move {
            let map = Map::open(&container, options, move |event| report(&shown, event)).await;
            // The map may have been closed meanwhile.
            if container.is_connected() {
                lost.set(map.is_none());
                opened.replace(map);
            }
        });
    });
    let follow = move || {
        // This closure owns the map, which closes when the closure is dropped.
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

/// Id of the text that explains the map's keys.
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
