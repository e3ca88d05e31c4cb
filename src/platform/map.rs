//! The map (`src/parts/map.js`, Leaflet), and where the device says that it is.

use super::part::part;
use js_sys::{Array, Function, Object, Promise, Reflect};
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

    type Geolocation;
    #[wasm_bindgen(js_namespace = navigator, js_name = geolocation, thread_local_v2)]
    static GEOLOCATION: Option<Geolocation>;
    #[wasm_bindgen(method, js_name = getCurrentPosition)]
    fn current(this: &Geolocation, found: &Function, failed: &Function, options: &Object);

    #[wasm_bindgen(js_namespace = JSON, js_name = parse, catch)]
    fn parse(text: &str) -> Result<JsValue, JsValue>;
}

/// What a map shows.
#[derive(Default)]
pub struct MapOptions {
    /// Middle of the view, degrees.
    pub center: (f64, f64),
    /// Zoom level, 0 to 20.
    pub zoom: u32,
    /// URL template of tiles; empty for none.
    pub tiles: String,
    /// Whom the tiles are from.
    pub attribution: String,
    /// The city's boundary, GeoJSON as text; empty for none.
    pub boundary: String,
    /// Where the pin stands.
    pub pin: Option<(f64, f64)>,
    /// The pin stays there, and keys move the map.
    pub is_fixed: bool,
    /// Names for those who hear the map.
    pub label: String,
    pub zoom_in: String,
    pub zoom_out: String,
    /// Id of the element that says which keys do what.
    pub hint: &'static str,
    /// Places with their names, numbered from one.
    pub requests: Vec<(f64, f64, String)>,
}

/// What a resident did on the map.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum MapEvent {
    /// Put the pin here.
    Pin(f64, f64),
    /// Pressed the request of this index.
    Request(usize),
}

/// A map that is shown. It goes with its value.
pub struct Map {
    handle: Handle,
    _on: Closure<dyn FnMut(String, f64, f64)>,
}

impl Map {
    /// Opens a map in an element; None if its code is not to be had now.
    pub async fn open(
        container: &HtmlElement,
        options: MapOptions,
        mut on: impl FnMut(MapEvent) + 'static,
    ) -> Option<Self> {
        let module: Module = part("map").await?.unchecked_into();
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

    /// Moves the pin and the view; None takes the pin away.
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

/// Where the device says that it is: latitude, longitude, and give or take how many metres.
/// The browser asks the resident first. None if they refuse, or the device does not know.
pub async fn position() -> Option<(f64, f64, f64)> {
    let promise = Promise::new(&mut |resolve, reject| {
        let options = Object::new();
        for (name, value) in [
            ("enableHighAccuracy", JsValue::TRUE),
            ("timeout", 15_000.into()),
            ("maximumAge", 0.into()),
        ] {
            let _ = Reflect::set(&options, &name.into(), &value);
        }
        GEOLOCATION.with(|geolocation| match geolocation {
            Some(geolocation) => geolocation.current(&resolve, &reject, &options),
            None => {
                let _ = reject.call0(&JsValue::NULL);
            }
        });
    });
    let found = wasm_bindgen_futures::JsFuture::from(promise).await.ok()?;
    let point = Reflect::get(&found, &"coords".into()).ok()?;
    let number = |name: &str| Reflect::get(&point, &name.into()).ok()?.as_f64();
    Some((
        number("latitude")?,
        number("longitude")?,
        number("accuracy").unwrap_or_default(),
    ))
}
