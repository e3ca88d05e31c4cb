//! Notices of the device's own, while the page is open (`src/parts/notice.js`).

use super::part::part;
use js_sys::Promise;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

#[wasm_bindgen]
extern "C" {
    type Module;
    #[wasm_bindgen(method)]
    fn ask(this: &Module, words: &str, language: &str) -> Promise;
    #[wasm_bindgen(method)]
    fn show(this: &Module, title: &str, body: &str, language: &str, tag: &str) -> bool;
}

/// Leave to show notices.
#[derive(Clone)]
pub struct Notices(std::rc::Rc<Module>);

impl Notices {
    /// Asks the resident, and shows these words as the first notice. None if there will be none.
    pub async fn ask(words: &str, language: &str) -> Option<Self> {
        let module: Module = part("notice").await?.unchecked_into();
        let answer = JsFuture::from(module.ask(words, language)).await.ok()?;
        answer.is_truthy().then(|| Self(module.into()))
    }

    /// Shows a notice, in the place of the one before with the same tag.
    pub fn show(&self, title: &str, body: &str, language: &str, tag: &str) {
        self.0.show(title, body, language, tag);
    }
}
