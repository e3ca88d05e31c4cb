//! The city's guides: their index, which the search on the start view needs, and each guide's document. What a
//! guide contains is defined by the crate `guide`; problems in a file go to the console, for the webmaster.

use super::{ApiError, fetch_json};
use crate::platform::prefetch::PrefetchedResponses;
use crate::platform::{console, url};
use guide::{Entry, Guide, Office};
use json::Value;

/// The index of guides: entries to search, and data that all guides share.
#[derive(Default)]
pub struct GuideIndex {
    /// The guides, with absolute URLs.
    pub entries: Vec<Entry>,
    /// The offices that guides refer to, still unparsed: only an open guide needs them.
    offices: Value,
    /// Days (`YYYY-MM-DD`) on which all offices are closed, in addition to the config's.
    pub holidays: Vec<String>,
}

/// Fetches the index of guides.
///
/// # Errors
/// No response, an HTTP error, or a body that is not JSON.
pub async fn load_index(
    address: &str,
    prefetched: &PrefetchedResponses,
) -> Result<GuideIndex, ApiError> {
    let value = fetch_json(address, prefetched).await?;
    let (mut index, diagnostics) = json::read(&value, |fields| GuideIndex {
        entries: guide::Index::read_guides(fields),
        offices: fields.raw("offices"),
        holidays: fields.strings("holidays"),
    });
    console::report(&diagnostics, address);
    for entry in &mut index.entries {
        entry.url = url::resolve(&entry.url, address);
    }
    Ok(index)
}

/// Fetches a guide.
///
/// # Errors
/// No usable response, or one without a title and steps.
pub async fn load_guide(
    address: &str,
    prefetched: &PrefetchedResponses,
) -> Result<Guide, ApiError> {
    let value = fetch_json(address, prefetched).await?;
    let (guide, diagnostics) = json::read(&value, Guide::read);
    console::report(&diagnostics, address);
    if guide.title.is_empty() && guide.steps.is_empty() {
        return Err(ApiError::NotUnderstood);
    }
    Ok(guide)
}

impl GuideIndex {
    /// Parses the offices; problems are reported on the console for the file at `address`.
    pub fn offices(&self, address: &str) -> Vec<Office> {
        if self.offices.is_blank() {
            return Vec::new();
        }
        let (offices, diagnostics) = json::read_list(&self.offices, |node| {
            node.object(|fields| Office::read(fields))
        });
        console::report(&diagnostics, address);
        offices
    }
}
