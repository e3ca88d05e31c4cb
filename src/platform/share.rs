//! Export to outside the widget: save a file, print, copy to the clipboard, share a URL (`src/js/copy.js`).
//! If the module cannot be fetched, nothing happens and callbacks get false. Does not know what is exported.

use super::lazy_module::lazy_module;
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
    lazy_module("copy").await
}

/// Saves `text` as a file called `name`, with `kind` as its MIME type.
pub fn save(name: String, kind: &'static str, text: String) {
    spawn_local(async move {
        if let Some(module) = module().await {
            module.save(&name, kind, &text);
        }
    });
}

/// Saves a page as an HTML file.
pub fn download(name: String, html: String) {
    spawn_local(async move {
        if let Some(module) = module().await {
            module.download(&name, &html);
        }
    });
}

/// Prints an HTML page alone, without the city's page around the widget.
pub fn print(root: HtmlElement, html: String) {
    spawn_local(async move {
        if let Some(module) = module().await {
            module.print(&root, &html);
        }
    });
}

/// Copies text to the clipboard; `then` is called with true on success.
pub fn copy(root: HtmlElement, text: String, then: impl FnOnce(bool) + 'static) {
    spawn_local(async move {
        let is_copied = match module().await {
            Some(module) => JsFuture::from(module.copy(&root, &text)).await.ok(),
            None => None,
        };
        then(is_copied.is_some_and(|is_copied| is_copied.is_truthy()));
    });
}

/// Shares a URL through the device's share dialog, or copies it to the clipboard if the device has none.
/// `then` is called with true if it was copied: nothing else would show the resident that.
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
