//! Statuses: the two of the specification, and those that the dialects add (rule 5), by what they mean
//! to a resident. It gives meanings; the words for them are the interface's.

use crate::plain_text;
use crate::search::find;

/// Where a service request stands.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Status {
    /// Nothing was said.
    #[default]
    Unstated,
    /// `open`
    Open,
    /// `closed`
    Closed,
    /// A status of one of the dialects, by its meaning.
    Known(KnownStatus),
    /// The city's own word as plain text, to be shown as it is.
    Other(String),
}

/// What the statuses of the dialects mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum KnownStatus {
    /// It has arrived, and nobody has decided anything.
    Received,
    /// Somebody is finding out what to do: moderation, inspection.
    UnderReview,
    /// The city says it will see to it.
    Acknowledged,
    /// The work is scheduled.
    Planned,
    /// The work has begun.
    InProgress,
    /// It waits for something.
    OnHold,
    /// It was given to another office or company.
    Referred,
    /// The work is done.
    Done,
    /// It will not be done.
    Declined,
    /// It is not for the city to do.
    NotResponsible,
    /// It had been reported before.
    Duplicate,
    /// It was taken back.
    Withdrawn,
    /// It is kept on file only.
    Archived,
}

/// Whether somebody still has to do something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// Yes.
    Open,
    /// No.
    Closed,
    /// The status does not tell.
    Unknown,
}

impl Status {
    /// Reads a status in any case, with blanks, `_` or `-` between its words.
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

    /// Whether somebody still has to do something.
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

/// `|In Progress|` for "In  Progress", "In_Progress" and "In-Progress". A bar inside is no word.
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

/// The words of SeeClickFix, FixMyStreet and its back ends, 6Aika, and what others use for the same.
const WORDS: [(&str, KnownStatus); 13] = [
    (
        "|received|new|submitted|unconfirmed|pending|registered|",
        KnownStatus::Received,
    ),
    (
        "|moderation|under review|in review|investigating|under investigation|for triage|",
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
        "|fixed|fixed council|fixed user|done|completed|complete|resolved|processed|",
        KnownStatus::Done,
    ),
    (
        "|rejected|declined|no further action|unable to fix|",
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

/// `words` between bars, one blank between words.
fn known(words: &str) -> Option<KnownStatus> {
    // FixMyStreet's back ends name the company: "referred_to_…".
    if find(words, "|referred to ").is_some() {
        return Some(KnownStatus::Referred);
    }
    WORDS
        .iter()
        .find(|(known, _)| find(known, words).is_some())
        .map(|(_, status)| *status)
}
