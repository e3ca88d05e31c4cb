//! Statuses: the two of the specification, and those that dialects add (rule 5), by their meaning for a
//! resident. The words shown for them are up to the user interface.

use crate::plain_text;
use crate::search::find;

/// The status of a service request.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Status {
    /// Not stated.
    #[default]
    Unstated,
    /// `open`
    Open,
    /// `closed`
    Closed,
    /// A status of a dialect, by its meaning.
    Known(KnownStatus),
    /// The city's own word, plain text, to be shown unchanged.
    Other(String),
}

/// The meanings of the statuses that dialects add.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum KnownStatus {
    /// Received; nothing is decided yet.
    Received,
    /// Under review: moderation, inspection.
    UnderReview,
    /// The city has confirmed that it will act.
    Acknowledged,
    /// The work is scheduled.
    Planned,
    /// The work has begun.
    InProgress,
    /// On hold.
    OnHold,
    /// Handed over to another office or company.
    Referred,
    /// The work is done.
    Done,
    /// It will not be done.
    Declined,
    /// Outside the city's responsibility.
    NotResponsible,
    /// A duplicate of an earlier request.
    Duplicate,
    /// Withdrawn.
    Withdrawn,
    /// Archived.
    Archived,
}

/// Whether a request is finished.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// Somebody still has to do something.
    Open,
    /// Nothing more will be done.
    Closed,
    /// The status does not say.
    Unknown,
}

impl KnownStatus {
    /// The word that this crate writes for it, such as `in progress`; see [`Status::read`].
    pub fn word(self) -> &'static str {
        WORDS
            .iter()
            .find(|(_, known)| *known == self)
            .and_then(|(words, _)| words.trim_matches('|').split('|').next())
            .unwrap_or_default()
    }
}

impl Status {
    /// Reads a status in upper or lower case, with blanks, `_` or `-` between its words.
    pub fn read(text: &str) -> Self {
        let words = between_bars(text);
        if find("|open|opened|reopen|reopened|re opened|", &words).is_some() {
            return Self::Open;
        }
        if find("|closed|close|", &words).is_some() {
            return Self::Closed;
        }
        if let Some(known) = known(&words) {
            return Self::Known(known);
        }
        let own = plain_text(text);
        if own.is_empty() {
            Self::Unstated
        } else {
            Self::Other(own)
        }
    }

    /// Whether the request is finished.
    pub fn stage(&self) -> Stage {
        use KnownStatus as Known;
        match self {
            Self::Unstated | Self::Other(_) => Stage::Unknown,
            Self::Open => Stage::Open,
            Self::Closed => Stage::Closed,
            Self::Known(known) => match known {
                Known::Received
                | Known::UnderReview
                | Known::Acknowledged
                | Known::Planned
                | Known::InProgress
                | Known::OnHold
                | Known::Referred => Stage::Open,
                Known::Done
                | Known::Declined
                | Known::NotResponsible
                | Known::Duplicate
                | Known::Withdrawn
                | Known::Archived => Stage::Closed,
            },
        }
    }
}

/// `|In Progress|` for "In  Progress", "In_Progress" and "In-Progress". A bar separates words, too.
fn between_bars(text: &str) -> String {
    let mut words = String::from("|");
    for word in text.split(['_', '-', '|', ' ', '\t', '\n']) {
        if words.len() > 1 && !word.is_empty() {
            words.push(' ');
        }
        words.push_str(word);
    }
    words.push('|');
    words
}

/// The words of SeeClickFix, FixMyStreet and its back ends, and 6Aika, and synonyms in use elsewhere. The first
/// word of each row is the one that this crate writes.
const WORDS: [(&str, KnownStatus); 13] = [
    (
        "|received|new|submitted|unconfirmed|pending|registered|",
        KnownStatus::Received,
    ),
    (
        "|under review|moderation|in review|investigating|under investigation|for triage|",
        KnownStatus::UnderReview,
    ),
    (
        "|acknowledged|accepted|confirmed|assigned|",
        KnownStatus::Acknowledged,
    ),
    (
        "|planned|scheduled|action scheduled|public works needed|",
        KnownStatus::Planned,
    ),
    (
        "|in progress|in process|inprogress|started|",
        KnownStatus::InProgress,
    ),
    ("|on hold|waiting|deferred|", KnownStatus::OnHold),
    (
        "|referred|internal referral|forwarded|transferred|",
        KnownStatus::Referred,
    ),
    (
        "|done|fixed|fixed council|fixed user|completed|complete|resolved|processed|",
        KnownStatus::Done,
    ),
    (
        "|declined|rejected|no further action|unable to fix|",
        KnownStatus::Declined,
    ),
    (
        "|not responsible|not councils responsibility|",
        KnownStatus::NotResponsible,
    ),
    ("|duplicate|", KnownStatus::Duplicate),
    ("|withdrawn|cancelled|canceled|", KnownStatus::Withdrawn),
    ("|archived|hidden|", KnownStatus::Archived),
];

/// The meaning of a status; `words` as from [`between_bars`].
fn known(words: &str) -> Option<KnownStatus> {
    // FixMyStreet's back ends add the company: "referred_to_…".
    if find(words, "|referred to ").is_some() {
        return Some(KnownStatus::Referred);
    }
    WORDS
        .iter()
        .find(|(known, _)| find(known, words).is_some())
        .map(|(_, status)| *status)
}
