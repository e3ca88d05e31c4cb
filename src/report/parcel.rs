//! A request that is ready to be sent, with all that is needed to send it later, from another tab
//! or after a crash; and what is known of whether it arrived. Knows no browser.

use super::draft::{Draft, as_text, field, text};
use super::photo::Photo;
use crate::route::Reference;
use open311::{Value, form::Post, json};

/// A request that is ready to be sent.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Parcel {
    /// The draft's key: one parcel for each draft.
    pub key: String,
    /// The service's code and name.
    pub service: String,
    pub service_name: String,
    /// What is sent.
    pub post: Post,
    /// The pictures that go along.
    pub photos: Vec<Photo>,
    /// The draft it was made of, for changing it after all.
    pub draft: Draft,
    /// When it was composed, Unix milliseconds.
    pub composed: u64,
    /// When it was sent without an answer, Unix milliseconds: it may have arrived.
    pub in_doubt: Option<u64>,
    /// How it stands.
    pub state: State,
}

/// How it stands with a parcel in the outbox.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum State {
    /// It waits for the network.
    #[default]
    Waiting,
    /// The city said no, in these words.
    Refused(String),
    /// Nobody can say whether it arrived; the resident decides.
    Unclear,
    /// The city has it.
    Sent(Reference),
}

impl Parcel {
    /// As it is kept. What is sent is made anew from the draft's own pairs, so that nothing that was
    /// composed is lost when the form changes meanwhile.
    pub fn write(&self) -> String {
        let mut fields = vec![
            field("key", text(&self.key)),
            field("service", text(&self.service)),
            field("service_name", text(&self.service_name)),
            field("pairs", write_pairs(&self.post)),
            field("draft", text(&self.draft.write())),
            field("composed", Value::Number(self.composed.to_string())),
        ];
        let photos = self.photos.iter().map(Photo::write).collect();
        fields.push(field("photos", Value::List(photos)));
        if let Some(sent) = self.in_doubt {
            fields.push(field("in_doubt", Value::Number(sent.to_string())));
        }
        let (word, more) = match &self.state {
            State::Waiting => ("waiting", ""),
            State::Refused(words) => ("refused", words.as_str()),
            State::Unclear => ("unclear", ""),
            State::Sent(Reference::Number(number)) => ("number", number.as_str()),
            State::Sent(Reference::Token(token)) => ("token", token.as_str()),
            State::Sent(Reference::Nothing) => ("nothing", ""),
        };
        fields.push(field("state", text(word)));
        fields.push(field("more", text(more)));
        json::write(&Value::Map(fields))
    }

    /// As it was kept; None if it cannot be read.
    pub fn read(kept: &str) -> Option<Self> {
        let value = json::parse(kept).ok()?;
        let word = |name: &str| value.get(name).and_then(as_text);
        let number = |name: &str| value.get(name).and_then(Value::text)?.parse().ok();
        let photos = value.get("photos").map(Value::items).unwrap_or_default();
        let more = word("more").unwrap_or_default();
        Some(Self {
            key: word("key")?,
            service: word("service")?,
            service_name: word("service_name").unwrap_or_default(),
            post: read_pairs(value.get("pairs")?),
            photos: photos.iter().filter_map(Photo::read).collect(),
            draft: Draft::read(&word("draft")?)?,
            composed: number("composed").unwrap_or_default(),
            in_doubt: number("in_doubt"),
            state: match word("state").as_deref() {
                Some("refused") => State::Refused(more),
                Some("unclear") => State::Unclear,
                Some("number") => State::Sent(Reference::Number(more)),
                Some("token") => State::Sent(Reference::Token(more)),
                Some("nothing") => State::Sent(Reference::Nothing),
                _ => State::Waiting,
            },
        })
    }

    /// True if there is something left to be done about it without the resident.
    pub fn is_due(&self) -> bool {
        self.state == State::Waiting
    }
}

fn write_pairs(post: &Post) -> Value {
    let pairs = post.pairs().into_iter();
    let pairs = pairs.map(|(name, value)| Value::List(vec![text(&name), text(&value)]));
    Value::List(pairs.collect())
}

fn read_pairs(pairs: &Value) -> Post {
    let pair = |pair: &Value| match pair.items() {
        [name, value] => Some((as_text(name)?, as_text(value)?)),
        _ => None,
    };
    Post::from_pairs(pairs.items().iter().filter_map(pair))
}
