//! The page around the widget: events that the element dispatches for the page's scripts. Does not know which
//! events there are (`app::events`).

use wasm_bindgen::prelude::*;
use web_sys::HtmlElement;

#[wasm_bindgen]
extern "C" {
    /// Dispatches the event `front-door:NAME` on the element; `detail` is a JSON object.
    #[wasm_bindgen(js_name = frontDoorTell)]
    pub fn emit(root: &HtmlElement, name: &str, detail: &str);
}
