//! The city's guides: their index, which the search on the start view needs, and a guide's document.

use super::{ApiError, fetch_json};
use crate::platform::prefetch::PrefetchedResponses;
use crate::platform::{console, url};
use guide::{Entry, Guide, Office};
use json::Value;

/// The index: what can be found, and what all guides share.
#[derive(Default)]
pub struct GuideIndex {
    /// The guides; their addresses are absolute.
    pub entries: Vec<Entry>,
    /// The offices that guides refer to, as they were sent: only an opened guide reads them.
    offices: Value,
    /// Days (`YYYY-MM-DD`) on which no office is open, besides the config's.
    pub holidays: Vec<String>,
}

/// Fetches the index.
///
/// # Errors
/// No response, or none that is JSON.
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
/// No response, or none that is a guide.
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
    /// Reads the offices; problems are reported for `address`.
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
