//! Focus, the address bar, the console and randomness.

use wasm_bindgen::{JsCast, prelude::*};
use web_sys::{Element, Event, HtmlElement, MouseEvent};

#[wasm_bindgen]
extern "C" {
    /// A warning for the webmaster.
    #[wasm_bindgen(js_namespace = console)]
    pub fn warn(message: &str);
    /// Something wrong, for the webmaster.
    #[wasm_bindgen(js_namespace = console)]
    pub fn error(message: &str);
    /// Leaves a mark for measurements (User Timing).
    #[wasm_bindgen(js_namespace = performance)]
    pub fn mark(name: &str);
    #[wasm_bindgen(js_name = requestAnimationFrame)]
    fn request_animation_frame(callback: &js_sys::Function) -> i32;
}

/// Tells the webmaster what is odd about the file at `url`.
pub fn tell(account: &crate::config::Account, url: &str) {
    for path in &account.unknown {
        warn(
            &[
                "Frontdoor: ",
                url,
                ": nothing reads the key “",
                path,
                "”; check its spelling.",
            ]
            .concat(),
        );
    }
    for misfit in &account.misfits {
        let path = if misfit.path.is_empty() {
            "the file"
        } else {
            &misfit.path
        };
        error(
            &[
                "Frontdoor: ",
                url,
                ": “",
                path,
                "” should be ",
                &misfit.expected,
                "; it is left out.",
            ]
            .concat(),
        );
    }
}

/// Runs `task` once, when the browser is about to paint what has been drawn.
pub fn after_drawing(task: impl FnOnce() + 'static) {
    request_animation_frame(Closure::once_into_js(task).unchecked_ref());
}

/// Moves the focus to the first element under `root` that `selector` matches, once it is drawn.
pub fn focus(root: &Element, selector: &'static str) {
    let root = root.clone();
    after_drawing(move || {
        focus_first(&root, selector);
    });
}

/// Moves the focus to the first element under `root` that `selector` matches; false if there is none.
pub fn focus_first(root: &Element, selector: &str) -> bool {
    let Ok(Some(element)) = root.query_selector(selector) else {
        return false;
    };
    let element: HtmlElement = element.unchecked_into();
    // An element that cannot be focused stays as it is.
    let _ = element.focus();
    true
}

/// True if something under `root` has the focus.
pub fn has_focus(root: &Element) -> bool {
    root.query_selector(":focus")
        .is_ok_and(|element| element.is_some())
}

/// Draws something anew. Who had the focus in what is gone then finds it at the first element under `root` that
/// `selector` matches.
pub fn keep_focus(root: &Element, selector: &'static str, draw: impl FnOnce()) {
    let had_focus = has_focus(root);
    draw();
    if had_focus {
        let root = root.clone();
        after_drawing(move || {
            if !has_focus(&root) {
                focus_first(&root, selector);
            }
        });
    }
}

/// Moves the focus to the element of this `id` under `root`.
pub fn focus_id(root: &Element, id: &str) {
    let mut selector = String::from("[id=\"");
    selector.extend(id.chars().flat_map(|c| {
        matches!(c, '"' | '\\')
            .then_some('\\')
            .into_iter()
            .chain([c])
    }));
    selector.push_str("\"]");
    if let Ok(Some(element)) = root.query_selector(&selector) {
        let element: HtmlElement = element.unchecked_into();
        let _ = element.focus();
        element.scroll_into_view_with_bool(true);
    }
}

/// Brings the beginning of the widget into view, if it was scrolled away.
pub fn show_top(root: &Element) {
    if root.get_bounding_client_rect().top() < 0.0 {
        root.scroll_into_view();
    }
}

/// True for a click that asks for a new tab or window, which is the browser's to answer.
pub fn wants_new_tab(event: &MouseEvent) -> bool {
    event.ctrl_key() || event.meta_key() || event.shift_key() || event.button() != 0
}

/// True if the resident asked to save data.
pub fn saves_data() -> bool {
    let navigator = web_sys::window().map(|window| window.navigator());
    let connection =
        navigator.and_then(|navigator| js_sys::Reflect::get(&navigator, &"connection".into()).ok());
    connection
        .and_then(|connection| js_sys::Reflect::get(&connection, &"saveData".into()).ok())
        .is_some_and(|saves| saves.is_truthy())
}

/// True if the resident asked for less motion.
pub fn prefers_less_motion() -> bool {
    web_sys::window()
        .and_then(|window| {
            window
                .match_media("(prefers-reduced-motion: reduce)")
                .ok()?
        })
        .is_some_and(|query| query.matches())
}

/// False if the browser knows that there is no network. True does not mean that there is one.
pub fn is_online() -> bool {
    web_sys::window().is_none_or(|window| window.navigator().on_line())
}

/// What an event's field holds now: text of an input, text area or select.
pub fn value_of(event: &Event) -> String {
    event
        .target()
        .and_then(|target| {
            js_sys::Reflect::get(&target, &"value".into())
                .ok()?
                .as_string()
        })
        .unwrap_or_default()
}

/// Whether an event's box is ticked.
pub fn is_checked(event: &Event) -> bool {
    event
        .target()
        .and_then(|target| {
            js_sys::Reflect::get(&target, &"checked".into())
                .ok()?
                .as_bool()
        })
        .unwrap_or_default()
}

/// The page's address after `#`, with the `#`.
pub fn hash() -> String {
    web_sys::window()
        .and_then(|window| window.location().hash().ok())
        .unwrap_or_default()
}

/// The page's whole address with another `hash`.
pub fn address_of(hash: &str) -> String {
    let href = web_sys::window().and_then(|window| window.location().href().ok());
    let href = href.unwrap_or_default();
    let page = href.split('#').next().unwrap_or_default();
    [page, hash].concat()
}

/// Sets the page's address after `#`: a new entry in the browser's history.
pub fn set_hash(hash: &str) {
    if let Some(window) = web_sys::window() {
        let _ = window.location().set_hash(hash);
    }
}

/// Writes the page's address after `#` without a new entry in the browser's history.
pub fn name_place(hash: &str) {
    if let Some(history) = web_sys::window().and_then(|window| window.history().ok()) {
        let state = history.state().unwrap_or(JsValue::NULL);
        let _ = history.replace_state_with_url(&state, "", Some(hash));
    }
}

/// Listens to an event of the window, such as `hashchange`, until it is dropped.
pub struct WindowListener {
    event: &'static str,
    callback: Closure<dyn FnMut()>,
}

impl WindowListener {
    /// Calls `happened` every time.
    pub fn new(event: &'static str, happened: impl FnMut() + 'static) -> Self {
        let callback = Closure::<dyn FnMut()>::new(happened);
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

/// Goes back in the browser's history, as its back button does.
pub fn history_back() {
    if let Some(history) = web_sys::window().and_then(|window| window.history().ok()) {
        let _ = history.back();
    }
}

/// Resolves `path` against `base` as a browser does; `path` itself where that is no address.
pub fn resolve(path: &str, base: &str) -> String {
    web_sys::Url::new_with_base(path, base).map_or_else(|_| path.to_owned(), |url| url.href())
}

/// True if both addresses have the same scheme, host and port.
pub fn is_same_origin(address: &str) -> bool {
    let Some(location) = web_sys::window().map(|window| window.location()) else {
        return true;
    };
    let here = location.origin().unwrap_or_default();
    web_sys::Url::new_with_base(address, &location.href().unwrap_or_default())
        .is_ok_and(|url| url.origin() == here)
}

/// Bytes as text: UTF-8, and what is none as Windows-1252, which old servers send without saying so.
pub fn decode(bytes: Vec<u8>) -> String {
    match String::from_utf8(bytes) {
        Ok(text) => match text.strip_prefix('\u{feff}') {
            Some(rest) => rest.to_owned(),
            None => text,
        },
        Err(error) => web_sys::TextDecoder::new_with_label("windows-1252")
            .and_then(|decoder| decoder.decode_with_u8_array(error.as_bytes()))
            .unwrap_or_default(),
    }
}

/// Thirty-two random hexadecimal digits.
pub fn random_key() -> String {
    let mut bytes = [0u8; 16];
    let crypto = web_sys::window().and_then(|window| window.crypto().ok());
    if crypto.is_none_or(|crypto| crypto.get_random_values_with_u8_array(&mut bytes).is_err()) {
        bytes.fill_with(|| (js_sys::Math::random() * 256.0) as u8);
    }
    let digits = |byte: &u8| {
        [byte >> 4, byte & 15].map(|n| char::from_digit(u32::from(n), 16).unwrap_or('0'))
    };
    bytes.iter().flat_map(digits).collect()
}
