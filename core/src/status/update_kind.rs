//! What a resident tells the city about a request: GeoReport's service request update, by its purpose.

/// The purpose of an update that a resident sends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UpdateKind {
    /// Add words or a picture.
    Add,
    /// Answer what the city asked.
    Answer,
    /// Say that it is still there.
    StillThere,
    /// Remind the city of what is late.
    Remind,
    /// Take the request back.
    Withdraw,
}

impl UpdateKind {
    /// The names in addresses and events.
    const NAMES: [(&str, Self); 5] = [
        ("add", Self::Add),
        ("answer", Self::Answer),
        ("still-there", Self::StillThere),
        ("remind", Self::Remind),
        ("withdraw", Self::Withdraw),
    ];

    /// Its name in addresses and events.
    pub fn name(self) -> &'static str {
        let mut names = Self::NAMES.iter();
        names
            .find(|(_, kind)| *kind == self)
            .map_or("", |(name, _)| name)
    }

    /// The kind of a name.
    pub fn from_name(name: &str) -> Option<Self> {
        let mut names = Self::NAMES.iter();
        let (_, kind) = names.find(|(known, _)| *known == name)?;
        Some(*kind)
    }
}
