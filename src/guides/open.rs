//! The open guide: its document, and the offices and holidays that it shares with other guides. Fetched once, and
//! kept until another guide is opened. Does not know how it is drawn.

use crate::app::App;
use crate::net::guides::load_guide;
use crate::net::{ApiError, Load};
use guide::{Entry, Guide, Office};
use std::rc::Rc;

/// An open guide.
pub(super) struct OpenGuide {
    /// The guide's document.
    pub(super) guide: Guide,
    /// The offices of the index, to which guides refer.
    pub(super) offices: Vec<Office>,
    /// Days (`YYYY-MM-DD`) on which all offices are closed, in addition to the config's.
    pub(super) holidays: Vec<String>,
    url: String,
}

impl OpenGuide {
    /// The guide that was opened last, if any.
    pub(super) fn current(app: App) -> Option<Rc<Self>> {
        app.slot()
    }

    /// The guide of an index entry, if it was the last one opened.
    pub(super) fn known(app: App, entry: &Entry) -> Option<Rc<Self>> {
        Self::current(app).filter(|known| known.url == entry.url)
    }

    /// A guide that was not fetched.
    #[cfg(feature = "gallery")]
    pub(super) fn sample(guide: Guide) -> Self {
        Self {
            guide,
            offices: Vec::new(),
            holidays: Vec::new(),
            url: String::new(),
        }
    }

    /// Fetches the guide at `url`.
    ///
    /// # Errors
    /// No usable response, or one that is not a guide.
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
