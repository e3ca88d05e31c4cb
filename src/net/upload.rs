//! Sending forms with photos, with progress, and reading where a photo was stored. The upload itself is JavaScript
//! (`platform::photos`); this module gives it the types of `net`.

use super::{ApiError, Response};
use crate::platform::photos::{Attachment, Photos, UploadError};
use crate::platform::url;

/// Sends forms with photos, once the JavaScript module for photos is loaded.
pub struct Uploader<'a>(pub &'a Photos);

impl Uploader<'_> {
    /// Sends a form with photos, within `limit_ms` milliseconds; `progress` is called with the fraction sent, 0
    /// to 1.
    ///
    /// # Errors
    /// No response; an HTTP error is a response.
    pub async fn send(
        &self,
        url: &str,
        pairs: &[(String, String)],
        files: &[Attachment],
        limit_ms: i32,
        progress: impl Fn(f64) + 'static,
    ) -> Result<Response, ApiError> {
        let result = self.0.send(url, pairs, files, limit_ms, progress).await;
        match result {
            Ok(response) => Ok(Response {
                status: response.status,
                body: response.body,
                retry_after: response
                    .retry_after
                    .and_then(|seconds| seconds.trim().parse().ok()),
                date: None,
            }),
            Err(UploadError::TimedOut) => Err(ApiError::TimedOut),
            Err(UploadError::Unreachable) => Err(ApiError::Unreachable),
        }
    }
}

/// Reads the absolute URL of a photo from the response to its upload to `base`.
///
/// # Errors
/// The upload was refused, or the response names no URL.
pub fn read_media_url(response: Response, base: &str) -> Result<String, ApiError> {
    let value = response.value()?;
    let row = value.items().first().unwrap_or(&value);
    let address = row.text_of(&["media_url", "url"]);
    let address = address.ok_or(ApiError::NotUnderstood)?;
    Ok(url::resolve(address, base))
}
