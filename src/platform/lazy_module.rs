//! The widget's own JavaScript modules, fetched when a journey needs them (`src/js`). The build gives each file
//! its name, and the glue imports it by its stem. Knows no module but the one that reads XML.

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

/// Imports the module with this stem; `None` if it could not be fetched. The caller is responsible for `T`
/// matching the module's exports: the cast is unchecked.
pub(super) async fn lazy_module<T: JsCast>(stem: &str) -> Option<T> {
    let module = JsFuture::from(import(stem)).await.ok()?;
    Some(module.unchecked_into())
}

/// Why XML could not be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum XmlError {
    /// The module that reads XML could not be fetched.
    NoReader,
    /// The text is not well-formed XML.
    NotXml,
}

/// Converts XML to the JSON that the same endpoint would have sent (`src/js/xml.js`).
///
/// # Errors
/// See [`XmlError`].
pub async fn xml_to_json(text: &str) -> Result<String, XmlError> {
    let xml: Xml = lazy_module("xml").await.ok_or(XmlError::NoReader)?;
    xml.to_json(text).map_err(|_| XmlError::NotXml)
}
