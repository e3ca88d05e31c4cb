//! Responses requested before they are needed: `element.js` starts the first calls before the wasm has loaded,
//! and the widget starts others. The code that needs a response takes it over. Knows nothing of the content.

use js_sys::{Map, Promise};
use wasm_bindgen::{JsCast, prelude::*};
use wasm_bindgen_futures::JsFuture;

#[wasm_bindgen]
extern "C" {
    /// Starts a GET with the same time limit as any other.
    #[wasm_bindgen(js_name = frontDoorAsk)]
    fn start(url: &str) -> Promise;
}

/// Pending responses: URL to promise of a `Response`. Clones share the map.
#[derive(Clone)]
pub struct PrefetchedResponses(Map);

/// A pending response.
pub struct Pending(Promise);

impl PrefetchedResponses {
    /// Takes the calls that `element.js` has started.
    pub fn new(started: Map) -> Self {
        Self(started)
    }

    /// Starts without any calls.
    pub fn none() -> Self {
        Self(Map::new())
    }

    /// Starts a GET, unless one for this URL is pending.
    pub fn prefetch(&self, url: &str) {
        let key = url.into();
        if !self.0.has(&key) {
            self.0.set(&key, &start(url));
        }
    }

    /// Takes over the pending response of this URL; each can be taken once.
    pub fn take(&self, url: &str) -> Option<Pending> {
        let key = JsValue::from_str(url);
        let pending = self.0.get(&key);
        if !self.0.delete(&key) {
            return None;
        }
        pending.dyn_into().ok().map(Pending)
    }
}

impl Pending {
    /// Waits for the response.
    ///
    /// # Errors
    /// The name of the browser's error (`DOMException.name`), such as `TimeoutError`; empty if it has none.
    pub async fn response(self) -> Result<web_sys::Response, String> {
        let name_of = |error: JsValue| {
            let name = js_sys::Reflect::get(&error, &"name".into()).ok();
            name.and_then(|name| name.as_string()).unwrap_or_default()
        };
        let response = JsFuture::from(self.0).await.map_err(name_of)?;
        response.dyn_into().map_err(|_| String::new())
    }
}
