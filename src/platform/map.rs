//! The map (`src/js/map.js`, which includes Leaflet). Knows points and names only, neither requests nor the
//! city's config.

use super::lazy_module::lazy_module;
use js_sys::{Array, Function, Object, Reflect};
use wasm_bindgen::prelude::*;
use web_sys::HtmlElement;

#[wasm_bindgen]
extern "C" {
    type Module;
    #[wasm_bindgen(method, catch)]
    fn open(
        this: &Module,
        container: &HtmlElement,
        options: &Object,
        on: &Function,
    ) -> Result<Handle, JsValue>;

    type Handle;
    #[wasm_bindgen(method)]
    fn pin(this: &Handle, lat: f64, long: f64);
    #[wasm_bindgen(method)]
    fn close(this: &Handle);

    #[wasm_bindgen(js_namespace = JSON, js_name = parse, catch)]
    fn parse(text: &str) -> Result<JsValue, JsValue>;
}

/// Contents and settings of a map.
#[derive(Default)]
pub struct MapOptions {
    /// Center of the view: latitude and longitude, in degrees.
    pub center: (f64, f64),
    /// Zoom level, 0 to 20.
    pub zoom: u32,
    /// URL template of tiles; empty for none.
    pub tiles: String,
    /// Base URL against which the template is resolved.
    pub base_url: String,
    /// Attribution of the tiles.
    pub attribution: String,
    /// The city's boundary as GeoJSON text; empty for none.
    pub boundary: String,
    /// The pin: latitude and longitude, in degrees.
    pub pin: Option<(f64, f64)>,
    /// True if the pin cannot be moved; the arrow keys then move the map.
    pub is_fixed: bool,
    /// Accessible name of the map, for screen readers.
    pub label: String,
    /// Accessible name of the zoom-in button.
    pub zoom_in: String,
    /// Accessible name of the zoom-out button.
    pub zoom_out: String,
    /// Id of the element that explains the map's keys.
    pub hint: &'static str,
    /// Requests on the map: latitude and longitude in degrees, and accessible name; shown as numbers from 1.
    pub requests: Vec<(f64, f64, String)>,
}

/// An action of the resident on the map.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum MapEvent {
    /// The pin was moved to this latitude and longitude, in degrees.
    Pin(f64, f64),
    /// The request with this index in [`MapOptions::requests`] was activated.
    Request(usize),
}

/// An open map; closed when dropped.
pub struct Map {
    handle: Handle,
    _on: Closure<dyn FnMut(String, f64, f64)>,
}

impl Map {
    /// Opens a map in an element; `None` if its code could not be fetched or the map not opened.
    pub async fn open(
        container: &HtmlElement,
        options: MapOptions,
        mut on: impl FnMut(MapEvent) + 'static,
    ) -> Option<Self> {
        let module: Module = lazy_module("map").await?;
        let on =
            Closure::<dyn FnMut(String, f64, f64)>::new(move |kind: String, a: f64, b: f64| {
                on(match kind.as_str() {
                    "pin" => MapEvent::Pin(a, b),
                    _ => MapEvent::Request(a as usize),
                });
            });
        let handle = module
            .open(container, &as_object(&options), on.as_ref().unchecked_ref())
            .ok()?;
        Some(Self { handle, _on: on })
    }

    /// Moves the pin and the view to a latitude and longitude, in degrees; `None` removes the pin.
    pub fn pin(&self, at: Option<(f64, f64)>) {
        let (lat, long) = at.unwrap_or((f64::NAN, f64::NAN));
        self.handle.pin(lat, long);
    }
}

impl Drop for Map {
    fn drop(&mut self) {
        self.handle.close();
    }
}

fn as_object(options: &MapOptions) -> Object {
    let object = Object::new();
    let set = |name: &str, value: JsValue| {
        // Setting a property of a fresh object cannot fail.
        let _ = Reflect::set(&object, &name.into(), &value);
    };
    let point = |lat: f64, long: f64| Array::of2(&lat.into(), &long.into());
    set("lat", options.center.0.into());
    set("long", options.center.1.into());
    set("zoom", options.zoom.into());
    set("tiles", options.tiles.as_str().into());
    set("base", options.base_url.as_str().into());
    set("attribution", options.attribution.as_str().into());
    set(
        "boundary",
        parse(&options.boundary).unwrap_or(JsValue::NULL),
    );
    set(
        "pin",
        options
            .pin
            .map_or(JsValue::NULL, |(lat, long)| point(lat, long).into()),
    );
    set("fixed", options.is_fixed.into());
    set("label", options.label.as_str().into());
    set("zoomIn", options.zoom_in.as_str().into());
    set("zoomOut", options.zoom_out.as_str().into());
    set("hint", options.hint.into());
    set("reduced", super::dom::prefers_less_motion().into());
    let requests = Array::new();
    for (lat, long, name) in &options.requests {
        let request = point(*lat, *long);
        request.push(&name.as_str().into());
        requests.push(&request);
    }
    set("requests", requests.into());
    object
}
