//! What checks know besides the document.

use std::collections::BTreeSet;

use jiff::civil::Date;

use super::jargon::Jargon;
use crate::collection::Collection;
use crate::services::Services;

pub(crate) struct CheckContext<'a> {
    pub(crate) collection: &'a Collection,
    /// `None` if the services are not known.
    pub(crate) services: Option<&'a Services>,
    pub(crate) jargon: &'a Jargon,
    pub(crate) today: Date,
    /// The primary languages of the titles of all guides.
    pub(crate) languages: BTreeSet<String>,
}
