//! The device's position (Geolocation API).
//! Knows nothing of the city or of addresses, and stores nothing.

use js_sys::{Function, Object, Promise, Reflect};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

#[wasm_bindgen]
extern "C" {
    type Geolocation;
    #[wasm_bindgen(js_namespace = navigator, js_name = geolocation, thread_local_v2)]
    static GEOLOCATION: Option<Geolocation>;
    #[wasm_bindgen(method, js_name = getCurrentPosition)]
    fn current(this: &Geolocation, found: &Function, failed: &Function, options: &Object);
}

/// The device's position.
pub struct Position {
    /// Latitude and longitude, in degrees (WGS 84).
    pub point: (f64, f64),
    /// Radius, in metres, within which the device is with 95 % confidence.
    pub accuracy: f64,
}

/// Requests the device's position; the browser asks the resident for permission. `None` if they refuse, or if
/// the device has no position within 15 seconds.
pub async fn position() -> Option<Position> {
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
    let found = JsFuture::from(promise).await.ok()?;
    let coords = Reflect::get(&found, &"coords".into()).ok()?;
    let number = |name: &str| Reflect::get(&coords, &name.into()).ok()?.as_f64();
    Some(Position {
        point: (number("latitude")?, number("longitude")?),
        accuracy: number("accuracy").unwrap_or_default(),
    })
}
