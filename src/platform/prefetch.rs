//! Responses that are on their way before anybody needs them: `element.js` starts the first calls before the
//! wasm is there, and the widget starts some itself. Whoever needs one takes it over.

use js_sys::{Map, Promise};
use wasm_bindgen::{JsCast, prelude::*};
use wasm_bindgen_futures::JsFuture;

#[wasm_bindgen]
extern "C" {
    /// Starts a GET; within the time limit of any other.
    #[wasm_bindgen(js_name = frontDoorAsk)]
    fn start(url: &str) -> Promise;
}

/// Responses on their way: address to promise of a `Response`.
#[derive(Clone)]
pub struct PrefetchedResponses(Map);

/// A response on its way.
pub struct Pending(Promise);

impl PrefetchedResponses {
    /// The calls that `element.js` has started.
    pub fn new(started: Map) -> Self {
        Self(started)
    }

    /// No calls.
    pub fn none() -> Self {
        Self(Map::new())
    }

    /// Starts a call, unless it is on its way.
    pub fn prefetch(&self, url: &str) {
        let key = url.into();
        if !self.0.has(&key) {
            self.0.set(&key, &start(url));
        }
    }

    /// Takes a response over; it is given once.
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
    /// The name of the error (`DOMException.name`), such as `TimeoutError`.
    pub async fn response(self) -> Result<web_sys::Response, String> {
        let name_of = |error: JsValue| {
            let name = js_sys::Reflect::get(&error, &"name".into()).ok();
            name.and_then(|name| name.as_string()).unwrap_or_default()
        };
        let response = JsFuture::from(self.0).await.map_err(name_of)?;
        response.dyn_into().map_err(|_| String::new())
    }
}
