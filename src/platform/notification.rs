//! The device's notifications, while the page is open (`src/js/notice.js`). Knows nothing of requests: texts
//! and tags come from the caller.

use super::lazy_module::lazy_module;
use js_sys::Promise;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

#[wasm_bindgen]
extern "C" {
    type Module;
    #[wasm_bindgen(method)]
    fn ask(this: &Module, text: &str, language: &str) -> Promise;
    #[wasm_bindgen(method)]
    fn show(this: &Module, title: &str, body: &str, language: &str, tag: &str) -> bool;
}

/// Permission to show notifications; exists only once it is granted.
#[derive(Clone)]
pub struct Notifications(std::rc::Rc<Module>);

impl Notifications {
    /// Asks the resident for permission, and shows `text` as the first notification. `None` if permission is
    /// denied or the module could not be fetched.
    pub async fn ask(text: &str, language: &str) -> Option<Self> {
        let module: Module = lazy_module("notice").await?;
        let answer = JsFuture::from(module.ask(text, language)).await.ok()?;
        answer.is_truthy().then(|| Self(module.into()))
    }

    /// Shows a notification, replacing an earlier one with the same tag.
    pub fn show(&self, title: &str, body: &str, language: &str, tag: &str) {
        self.0.show(title, body, language, tag);
    }
}
