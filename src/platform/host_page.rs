//! The page around the widget: events of the element for its scripts.

use wasm_bindgen::prelude::*;
use web_sys::HtmlElement;

#[wasm_bindgen]
extern "C" {
    /// Dispatches the event `front-door:NAME` on the element; `detail` is an object in JSON.
    #[wasm_bindgen(js_name = frontDoorTell)]
    pub fn emit(root: &HtmlElement, name: &str, detail: &str);
}
