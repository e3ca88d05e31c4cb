//! The kinds of updates that residents send about a request (service request updates), and their names.
//!
//! It does not know what is sent for each, nor when it is offered.

/// The purpose of an update that a resident sends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UpdateKind {
    /// Adds a text or a photo.
    Add,
    /// Answers a question of the city.
    Answer,
    /// Says that the problem still exists although the request is closed.
    StillThere,
    /// Reminds the city of a request that is late.
    Remind,
    /// Withdraws the request.
    Withdraw,
}

impl UpdateKind {
    /// All kinds.
    pub const ALL: [Self; 5] = [
        Self::Add,
        Self::Answer,
        Self::StillThere,
        Self::Remind,
        Self::Withdraw,
    ];

    /// The names in addresses and events.
    const NAMES: [(&str, Self); 5] = [
        ("add", Self::Add),
        ("answer", Self::Answer),
        ("still-there", Self::StillThere),
        ("remind", Self::Remind),
        ("withdraw", Self::Withdraw),
    ];

    /// True if only the person who sent the request may send this: it could do harm if anybody could, because numbers
    /// of requests are public.
    pub fn needs_proof(self) -> bool {
        match self {
            Self::Add | Self::StillThere => false,
            Self::Answer | Self::Remind | Self::Withdraw => true,
        }
    }

    /// True if it is about when the work is done, or whether, and a photo would add nothing.
    pub fn is_about_waiting(self) -> bool {
        matches!(self, Self::Remind | Self::Withdraw)
    }

    /// Its name in addresses and events.
    pub fn name(self) -> &'static str {
        let mut names = Self::NAMES.iter();
        names
            .find(|(_, kind)| *kind == self)
            .map_or("", |(name, _)| name)
    }

    /// The kind with this name; `None` for an unknown name.
    pub fn from_name(name: &str) -> Option<Self> {
        let mut names = Self::NAMES.iter();
        let (_, kind) = names.find(|(known, _)| *known == name)?;
        Some(*kind)
    }
}
