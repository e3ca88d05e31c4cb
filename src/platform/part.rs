//! JavaScript of our own that is fetched when a journey comes to need it (`src/parts`). The
//! build names each file and lets the glue import it under its stem.

use crate::api::Failure;
use js_sys::Promise;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::HtmlElement;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_name = frontDoorPart)]
    fn import(name: &str) -> Promise;

    /// Asks for an answer ahead of time; within the limit that any answer has.
    #[wasm_bindgen(js_name = frontDoorAsk)]
    pub fn ask(url: &str) -> Promise;

    /// Tells the host page of an event; `detail` is an object in JSON.
    #[wasm_bindgen(js_name = frontDoorTell)]
    pub fn tell(root: &HtmlElement, name: &str, detail: &str);

    type Xml;
    #[wasm_bindgen(method, catch, js_name = toJson)]
    fn to_json(this: &Xml, text: &str) -> Result<String, JsValue>;
}

/// The module of this stem; None if it is not to be had now.
pub async fn part(name: &str) -> Option<JsValue> {
    JsFuture::from(import(name)).await.ok()
}

/// XML as the JSON that the same endpoint would have sent, or None if it is none.
///
/// # Errors
/// What reads it is not to be had now.
pub async fn xml(text: &str) -> Result<Option<String>, Failure> {
    let xml = part("xml").await.ok_or(Failure::Unreachable)?;
    let xml: Xml = xml.unchecked_into();
    Ok(xml.to_json(text).ok())
}
