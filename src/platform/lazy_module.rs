//! JavaScript of our own that is fetched when a journey needs it (`src/js`). The build names each file, and
//! lets the glue import it by its stem.

use js_sys::Promise;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_name = frontDoorPart)]
    fn import(stem: &str) -> Promise;

    type Xml;
    #[wasm_bindgen(method, catch, js_name = toJson)]
    fn to_json(this: &Xml, text: &str) -> Result<String, JsValue>;
}

/// The module of this stem; `None` if it could not be fetched.
pub(super) async fn lazy_module<T: JsCast>(stem: &str) -> Option<T> {
    let module = JsFuture::from(import(stem)).await.ok()?;
    Some(module.unchecked_into())
}

/// Why XML could not be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum XmlError {
    /// The reader could not be fetched.
    NoReader,
    /// It is not XML.
    NotXml,
}

/// XML as the JSON that the same endpoint would have sent (`src/js/xml.js`).
///
/// # Errors
/// See [`XmlError`].
pub async fn xml_to_json(text: &str) -> Result<String, XmlError> {
    let xml: Xml = lazy_module("xml").await.ok_or(XmlError::NoReader)?;
    xml.to_json(text).map_err(|_| XmlError::NotXml)
}
