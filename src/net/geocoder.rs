//! The city's geocoder, if its config names one: addresses to points and back.

use super::{ApiError, fetch_json};
use crate::platform::prefetch::PrefetchedResponses;
use crate::platform::url;
use frontdoor_core::request::address_match::{AddressMatch, read_address_matches};
use frontdoor_core::request::config::Geocoder;
use open311::{Location, path_segment};

/// Looks a typed address up; `base` is what the config's addresses are relative to.
///
/// # Errors
/// No response, or none that is JSON.
pub async fn search(
    geocoder: &Geocoder,
    base: &str,
    typed: &str,
    language: &str,
) -> Result<Vec<AddressMatch>, ApiError> {
    let url = fill(&geocoder.search, &[("{q}", typed), ("{lang}", language)]);
    fetch(&url, base).await
}

/// The address of a point; `None` if the geocoder has none, or cannot be asked.
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
