//! A resident's copy of what was sent (`src/parts/copy.js`).

use super::part::part;
use leptos::task::spawn_local;
use wasm_bindgen::prelude::*;
use web_sys::HtmlElement;

#[wasm_bindgen]
extern "C" {
    type Module;
    #[wasm_bindgen(method)]
    fn download(this: &Module, name: &str, html: &str);
    #[wasm_bindgen(method)]
    fn print(this: &Module, root: &HtmlElement, html: &str);
}

/// Gives the resident a file.
pub fn download(name: String, html: String) {
    spawn_local(async move {
        if let Some(module) = part("copy").await {
            module.unchecked_into::<Module>().download(&name, &html);
        }
    });
}

/// Prints a page, without the one around it.
pub fn print(root: HtmlElement, html: String) {
    spawn_local(async move {
        if let Some(module) = part("copy").await {
            module.unchecked_into::<Module>().print(&root, &html);
        }
    });
}
