//! The guide that is open: its document, fetched once for as long as it is the one being read, and the offices that it
//! shares with others.

use crate::app::App;
use crate::net::guides::load_guide;
use crate::net::{ApiError, Load};
use guide::{Entry, Guide, Office};
use std::rc::Rc;

/// A guide that is open.
pub(super) struct OpenGuide {
    pub(super) guide: Guide,
    pub(super) offices: Vec<Office>,
    /// Days (`YYYY-MM-DD`) on which no office is open.
    pub(super) holidays: Vec<String>,
    url: String,
}

impl OpenGuide {
    /// The guide that was opened last.
    pub(super) fn current(app: App) -> Option<Rc<Self>> {
        app.slot()
    }

    /// The guide of an entry, if it was opened last.
    pub(super) fn known(app: App, entry: &Entry) -> Option<Rc<Self>> {
        Self::current(app).filter(|known| known.url == entry.url)
    }

    /// Fetches the guide of an entry.
    ///
    /// # Errors
    /// No response, or none that is a guide.
    pub(super) async fn load(app: App, url: String) -> Result<Self, ApiError> {
        let options = app.options();
        let index = app.guides();
        let guide = load_guide(&url, &options.prefetched).await?;
        let (offices, holidays) = index.with_untracked(|index| match index {
            Load::Ready(index) => (index.offices(&url), index.holidays.clone()),
            _ => Default::default(),
        });
        Ok(Self {
            guide,
            offices,
            holidays,
            url,
        })
    }
}
