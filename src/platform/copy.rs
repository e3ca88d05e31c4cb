//! What a resident takes along: a file, a sheet of paper, a text on the clipboard, an address to share
//! (`src/parts/copy.js`). Where the part is not to be had, nothing happens, and whoever asked hears no.

use super::part::part;
use js_sys::Promise;
use leptos::task::spawn_local;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::HtmlElement;

#[wasm_bindgen]
extern "C" {
    type Module;
    #[wasm_bindgen(method)]
    fn save(this: &Module, name: &str, kind: &str, text: &str);
    #[wasm_bindgen(method)]
    fn download(this: &Module, name: &str, html: &str);
    #[wasm_bindgen(method)]
    fn print(this: &Module, root: &HtmlElement, html: &str);
    #[wasm_bindgen(method)]
    fn copy(this: &Module, root: &HtmlElement, text: &str) -> Promise;
    #[wasm_bindgen(method)]
    fn share(this: &Module, root: &HtmlElement, title: &str, text: &str, url: &str) -> Promise;
}

async fn module() -> Option<Module> {
    part("copy").await.map(JsCast::unchecked_into)
}

/// Gives the resident a file of this MIME type.
pub fn save(name: String, kind: &'static str, text: String) {
    spawn_local(async move {
        if let Some(module) = module().await {
            module.save(&name, kind, &text);
        }
    });
}

/// Gives the resident a page as a file.
pub fn download(name: String, html: String) {
    spawn_local(async move {
        if let Some(module) = module().await {
            module.download(&name, &html);
        }
    });
}

/// Prints a page, without the one around it.
pub fn print(root: HtmlElement, html: String) {
    spawn_local(async move {
        if let Some(module) = module().await {
            module.print(&root, &html);
        }
    });
}

/// Puts a text on the clipboard; `then` hears whether it is there.
pub fn copy(root: HtmlElement, text: String, then: impl FnOnce(bool) + 'static) {
    spawn_local(async move {
        let is_copied = match module().await {
            Some(module) => JsFuture::from(module.copy(&root, &text)).await.ok(),
            None => None,
        };
        then(is_copied.is_some_and(|is_copied| is_copied.is_truthy()));
    });
}

/// Shares an address the device's way, or puts it on the clipboard where the device has none; `then`
/// hears whether it is on the clipboard, of which the resident sees nothing.
pub fn share(
    root: HtmlElement,
    title: String,
    text: String,
    url: String,
    then: impl FnOnce(bool) + 'static,
) {
    spawn_local(async move {
        let outcome = match module().await {
            Some(module) => JsFuture::from(module.share(&root, &title, &text, &url))
                .await
                .ok(),
            None => None,
        };
        let outcome = outcome.and_then(|outcome| outcome.as_string());
        then(outcome.as_deref() == Some("copied"));
    });
}
