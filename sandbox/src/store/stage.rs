//! The stage of a request. The clerk's pages have four stages, GeoReport has two statuses, and the
//! updates extension has some more.

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Stage {
    Received,
    InProgress,
    Waiting,
    Closed,
}

impl Stage {
    pub(crate) const ALL: [Stage; 4] = [
        Stage::Received,
        Stage::InProgress,
        Stage::Waiting,
        Stage::Closed,
    ];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Stage::Received => "received",
            Stage::InProgress => "in_progress",
            Stage::Waiting => "waiting",
            Stage::Closed => "closed",
        }
    }

    /// For the clerk's pages.
    pub(crate) fn label(self) -> &'static str {
        match self {
            Stage::Received => "Received",
            Stage::InProgress => "In progress",
            Stage::Waiting => "Waiting",
            Stage::Closed => "Closed",
        }
    }

    pub(crate) fn from_name(name: &str) -> Option<Self> {
        Stage::ALL.into_iter().find(|stage| stage.name() == name)
    }

    /// The status of a request in GeoReport.
    pub(crate) fn status(self) -> &'static str {
        if self == Stage::Closed {
            "closed"
        } else {
            "open"
        }
    }

    /// The status of an update, which is more precise.
    pub(crate) fn update_status(self) -> &'static str {
        if self == Stage::Received {
            "open"
        } else {
            self.name()
        }
    }
}
