//! Sending photos, with progress.

use super::{ApiError, Response};
use crate::platform::photos::{Attachment, Photos, UploadError};
use crate::platform::url;

/// Sends forms with photos.
pub struct Uploader<'a>(pub &'a Photos);

impl Uploader<'_> {
    /// Sends a form with photos; `progress` is called with the fraction that was sent, 0 to 1.
    ///
    /// # Errors
    /// No response.
    pub async fn send(
        &self,
        url: &str,
        pairs: &[(String, String)],
        files: &[Attachment],
        limit_ms: i32,
        progress: impl Fn(f64) + 'static,
    ) -> Result<Response, ApiError> {
        let sent = self.0.send(url, pairs, files, limit_ms, progress).await;
        match sent {
            Ok(sent) => Ok(Response {
                status: sent.status,
                body: sent.body,
                retry_after: sent
                    .retry_after
                    .and_then(|seconds| seconds.trim().parse().ok()),
                date: None,
            }),
            Err(UploadError::TimedOut) => Err(ApiError::TimedOut),
            Err(UploadError::Unreachable) => Err(ApiError::Unreachable),
        }
    }
}

/// The absolute address of a photo, from the response to its upload to `base`.
///
/// # Errors
/// A refusal, or a response that names no address.
pub fn read_media_url(response: Response, base: &str) -> Result<String, ApiError> {
    let value = response.value()?;
    let row = value.items().first().unwrap_or(&value);
    let address = row.text_of(&["media_url", "url"]);
    let address = address.ok_or(ApiError::NotUnderstood)?;
    Ok(url::resolve(address, base))
}
