//! Files of the city or the widget: config, texts, guides, boundary.
//! Does not know what they contain.

use super::{ApiError, transport};
use crate::platform::prefetch::PrefetchedResponses;
use json::Value;

/// Fetches a JSON file, taking over a prefetched response if there is one.
///
/// # Errors
/// No response, an HTTP error, or a body that is not JSON.
pub async fn fetch_json(url: &str, prefetched: &PrefetchedResponses) -> Result<Value, ApiError> {
    let response = transport::get(url.to_owned(), prefetched.clone()).await?;
    response.value()
}

/// Fetches a file as text.
///
/// # Errors
/// No response, or an HTTP error.
pub async fn fetch_text(url: &str) -> Result<String, ApiError> {
    let response = transport::get(url.to_owned(), PrefetchedResponses::none()).await?;
    response.text()
}
