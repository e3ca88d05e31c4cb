//! Photos: resizing, previews, and uploads with progress (`src/js/photos.js`). Does not know which request a
//! photo belongs to, nor the endpoint's API.

use super::lazy_module::lazy_module;
use js_sys::{Array, Object, Promise, Reflect, Uint8Array};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, Event};

#[wasm_bindgen]
extern "C" {
    type Module;
    #[wasm_bindgen(method)]
    fn shrink(this: &Module, file: &Blob, longest: u32, quality: f64) -> Promise;
    #[wasm_bindgen(method)]
    fn head(this: &Module, file: &Blob, bytes: u32) -> Promise;
    #[wasm_bindgen(method, js_name = withHead)]
    fn with_head(this: &Module, file: &Blob, bytes: &[u8]) -> Blob;
    #[wasm_bindgen(method)]
    fn address(this: &Module, file: &Blob) -> String;
    #[wasm_bindgen(method)]
    fn release(this: &Module, address: &str);
    #[wasm_bindgen(method)]
    fn send(
        this: &Module,
        url: &str,
        pairs: &Array,
        files: &Array,
        progress: &JsValue,
        timeout: i32,
        cancel: &Object,
    ) -> Promise;
}

/// JPEG quality of resized photos, 0 to 1. Lower means smaller uploads; below 0.85 a street sign becomes hard
/// to read.
const QUALITY: f64 = 0.85;

/// The JavaScript module that handles photos.
pub struct Photos(Module);

/// Why a photo cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unusable {
    /// The browser cannot decode files of this type.
    Unreadable,
    /// Decoding or resizing it takes more memory than the device has.
    TooLarge,
}

/// A file to send with a form.
pub struct Attachment {
    /// Name of the form field.
    pub field: &'static str,
    /// Content of the file.
    pub blob: Blob,
    /// File name sent to the endpoint.
    pub name: String,
}

impl Photos {
    /// Fetches the module; `None` if that failed.
    pub async fn load() -> Option<Self> {
        Some(Self(lazy_module("photos").await?))
    }

    /// The first `bytes` bytes of a file, or fewer if it is shorter; empty if it cannot be read.
    pub async fn head(&self, file: &Blob, bytes: u32) -> Vec<u8> {
        let head = JsFuture::from(self.0.head(file, bytes)).await;
        head.map(|head| Uint8Array::new(&head).to_vec())
            .unwrap_or_default()
    }

    /// Re-encodes a photo as an upright JPEG without metadata, its longer edge at most `longest` pixels.
    ///
    /// # Errors
    /// The browser cannot read the photo, or has too little memory for it.
    pub async fn shrink(&self, file: &Blob, longest: u32) -> Result<Blob, Unusable> {
        let shrunk = JsFuture::from(self.0.shrink(file, longest, QUALITY)).await;
        let error = match shrunk {
            Ok(blob) => return blob.dyn_into().map_err(|_| Unusable::Unreadable),
            Err(error) => error,
        };
        let message = Reflect::get(&error, &"message".into()).ok();
        match message.and_then(|message| message.as_string()).as_deref() {
            Some("too-large") => Err(Unusable::TooLarge),
            _ => Err(Unusable::Unreadable),
        }
    }

    /// Inserts a segment at the beginning of a JPEG.
    pub fn with_head(&self, jpeg: &Blob, segment: &[u8]) -> Blob {
        self.0.with_head(jpeg, segment)
    }

    /// An object URL under which this page can show a photo, until it is released.
    pub fn address(&self, blob: &Blob) -> String {
        self.0.address(blob)
    }

    /// Releases an object URL, which frees the photo's memory.
    pub fn release(&self, address: &str) {
        self.0.release(address);
    }

    /// Sends a form with files, within `limit_ms` milliseconds. `progress` is called with the fraction sent, 0 to
    /// 1, but not for a cross-origin URL: upload progress would make the browser send a CORS preflight.
    ///
    /// # Errors
    /// There was no response; see [`UploadError`].
    pub async fn send(
        &self,
        url: &str,
        pairs: &[(String, String)],
        files: &[Attachment],
        limit_ms: i32,
        progress: impl Fn(f64) + 'static,
    ) -> Result<UploadResponse, UploadError> {
        let flat = Array::new();
        for (name, value) in pairs {
            flat.push(&name.as_str().into());
            flat.push(&value.as_str().into());
        }
        let attached = Array::new();
        for file in files {
            attached.push(&file.field.into());
            attached.push(&file.blob);
            attached.push(&file.name.as_str().into());
        }
        let progress = Closure::<dyn FnMut(f64)>::new(progress);
        let promise = self.0.send(
            url,
            &flat,
            &attached,
            progress.as_ref(),
            limit_ms,
            &Object::new(),
        );
        let field = |from: &JsValue, name: &str| Reflect::get(from, &name.into()).ok();
        let text = |from: &JsValue, name: &str| field(from, name)?.as_string();
        match JsFuture::from(promise).await {
            Ok(response) => Ok(UploadResponse {
                status: field(&response, "status")
                    .and_then(|status| status.as_f64())
                    .unwrap_or_default() as u16,
                body: text(&response, "body").unwrap_or_default(),
                retry_after: text(&response, "retryAfter"),
            }),
            Err(error) => Err(match text(&error, "name").as_deref() {
                Some("TimeoutError") => UploadError::TimedOut,
                _ => UploadError::Unreachable,
            }),
        }
    }
}

/// The response to an upload.
pub struct UploadResponse {
    /// HTTP status code.
    pub status: u16,
    /// Response body as text.
    pub body: String,
    /// The `Retry-After` header, if it is sent and readable.
    pub retry_after: Option<String>,
}

/// Why an upload got no response.
pub enum UploadError {
    /// No response within the time limit.
    TimedOut,
    /// No network, a server that is down, or a call that the browser blocks (CORS, CSP).
    Unreachable,
}

/// The files chosen in the event's input. The input is emptied, so that the same file can be chosen again.
pub fn chosen_files(event: &Event) -> Vec<web_sys::File> {
    let Some(input) = event
        .target()
        .and_then(|target| target.dyn_into::<web_sys::HtmlInputElement>().ok())
    else {
        return Vec::new();
    };
    let list = input.files();
    let files = list.iter().flat_map(|list| {
        let file_at = |index| list.get(index);
        (0..list.length()).filter_map(file_at).collect::<Vec<_>>()
    });
    let files = files.collect();
    input.set_value("");
    files
}
