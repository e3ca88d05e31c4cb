//! The city's geocoder, if its config names one: addresses to points and back. How its responses are read is up
//! to `frontdoor_core::request::address_match`; only what a resident typed or pointed at is sent.

use super::{ApiError, fetch_json};
use crate::platform::prefetch::PrefetchedResponses;
use crate::platform::url;
use frontdoor_core::request::address_match::{AddressMatch, read_address_matches};
use frontdoor_core::request::config::Geocoder;
use open311::{Location, path_segment};

/// Looks up a typed address. The geocoder's URL is resolved against `base`, the config's URL; `language` is a
/// BCP 47 tag.
///
/// # Errors
/// No response, an HTTP error, or a body that is not JSON.
pub async fn search(
    geocoder: &Geocoder,
    base: &str,
    typed: &str,
    language: &str,
) -> Result<Vec<AddressMatch>, ApiError> {
    let url = fill(&geocoder.search, &[("{q}", typed), ("{lang}", language)]);
    fetch(&url, base).await
}

/// Looks up the address of a point; `None` if the geocoder knows none, does not offer this, or fails.
pub async fn reverse(geocoder: &Geocoder, base: &str, location: Location) -> Option<AddressMatch> {
    let (lat, long) = location.texts();
    let template = geocoder.reverse.as_deref()?;
    let url = fill(template, &[("{lat}", &lat), ("{lon}", &long)]);
    fetch(&url, base).await.ok()?.into_iter().next()
}

fn fill(template: &str, values: &[(&str, &str)]) -> String {
    let mut url = template.to_owned();
    for (placeholder, value) in values {
        url = url.replace(placeholder, &path_segment(value));
    }
    url
}

async fn fetch(address: &str, base: &str) -> Result<Vec<AddressMatch>, ApiError> {
    let value = fetch_json(&url::resolve(address, base), &PrefetchedResponses::none()).await?;
    Ok(read_address_matches(&value))
}
