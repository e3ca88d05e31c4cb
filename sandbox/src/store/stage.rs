//! Where requests stand. The clerk knows four stages, GeoReport two statuses, an update some more.

/// Where a request stands for the people who work on it.
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

    pub(crate) fn words(self) -> &'static str {
        match self {
            Stage::Received => "Received",
            Stage::InProgress => "In progress",
            Stage::Waiting => "Waiting",
            Stage::Closed => "Closed",
        }
    }

    pub(crate) fn named(name: &str) -> Option<Self> {
        Stage::ALL.into_iter().find(|stage| stage.name() == name)
    }

    /// GeoReport itself knows two statuses.
    pub(crate) fn status(self) -> &'static str {
        if self == Stage::Closed {
            "closed"
        } else {
            "open"
        }
    }

    /// The status of an update, which may say more.
    pub(crate) fn update_status(self) -> &'static str {
        if self == Stage::Received {
            "open"
        } else {
            self.name()
        }
    }
}
