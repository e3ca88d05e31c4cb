//! The page's URL fragment, the browser's history, and events of the window. Does not know what a fragment
//! means (`frontdoor_core::route`).

use wasm_bindgen::{JsCast, prelude::*};

/// The page's URL fragment, including the `#`; empty if there is none.
pub fn hash() -> String {
    web_sys::window()
        .and_then(|window| window.location().hash().ok())
        .unwrap_or_default()
}

/// The page's full URL with its fragment replaced by `hash`.
pub fn address_with(hash: &str) -> String {
    let href = web_sys::window().and_then(|window| window.location().href().ok());
    let href = href.unwrap_or_default();
    let page = href.split('#').next().unwrap_or_default();
    [page, hash].concat()
}

/// Sets the page's URL fragment, adding an entry to the browser's history.
pub fn push_hash(hash: &str) {
    if let Some(window) = web_sys::window() {
        let _ = window.location().set_hash(hash);
    }
}

/// Replaces the page's URL fragment without adding an entry to the browser's history. The entry's state is
/// preserved, because it may belong to the host page.
pub fn replace_hash(hash: &str) {
    if let Some(history) = web_sys::window().and_then(|window| window.history().ok()) {
        let state = history.state().unwrap_or(JsValue::NULL);
        let _ = history.replace_state_with_url(&state, "", Some(hash));
    }
}

/// Goes back in the browser's history, as its Back button does.
pub fn back() {
    if let Some(history) = web_sys::window().and_then(|window| window.history().ok()) {
        let _ = history.back();
    }
}

/// A listener on the window, for events such as `hashchange`; removed when dropped.
pub struct WindowListener {
    event: &'static str,
    callback: Closure<dyn FnMut()>,
}

impl WindowListener {
    /// Calls `callback` on every `event`.
    pub fn new(event: &'static str, callback: impl FnMut() + 'static) -> Self {
        let callback = Closure::<dyn FnMut()>::new(callback);
        if let Some(window) = web_sys::window() {
            let _ =
                window.add_event_listener_with_callback(event, callback.as_ref().unchecked_ref());
        }
        Self { event, callback }
    }
}

impl Drop for WindowListener {
    fn drop(&mut self) {
        if let Some(window) = web_sys::window() {
            let callback = self.callback.as_ref().unchecked_ref();
            let _ = window.remove_event_listener_with_callback(self.event, callback);
        }
    }
}
