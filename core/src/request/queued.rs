//! A request in the outbox, and its encoding on the device.
//!
//! It is complete, so that it can be sent from another tab or after a crash. Sending it is up to the widget.

use super::draft::Draft;
use super::reference::Reference;
use crate::ids::ServiceCode;
use crate::storage::Saved;
use crate::time::UnixMs;
use json::Value;
use open311::form::Post;

/// A request that is ready to be sent. Its key and its photos are those of the draft.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct QueuedRequest {
    /// The service's code.
    pub service: ServiceCode,
    /// The service's name, for the resident.
    pub service_name: String,
    /// The POST to send, without photos.
    pub post: Post,
    /// The draft it was built from, so that the resident can still change it.
    pub draft: Draft,
    /// When the resident chose to send it.
    pub created_at: UnixMs,
    /// The state of sending it.
    pub state: QueueState,
}

/// The state of sending a request in the outbox.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum QueueState {
    /// It is waiting for the network.
    #[default]
    Pending,
    /// The city refused it; with the reasons it gave.
    Refused(String),
    /// It is unknown whether it arrived; the resident decides whether to send it again.
    Unclear,
    /// The city received it.
    Sent(Reference),
}

impl QueuedRequest {
    /// True if it can be sent without asking the resident.
    pub fn is_pending(&self) -> bool {
        self.state == QueueState::Pending
    }
}

impl Saved for QueuedRequest {
    fn to_json(&self) -> Value {
        let (state, more) = match &self.state {
            QueueState::Pending => ("waiting", ""),
            QueueState::Refused(reasons) => ("refused", reasons.as_str()),
            QueueState::Unclear => ("unclear", ""),
            QueueState::Sent(reference) => (reference.kind(), reference.value()),
        };
        // The form fields are saved as they are sent, so that nothing is lost if the form changes in the meantime.
        let pairs = self.post.pairs().into_iter();
        let pairs: Vec<Value> = pairs
            .map(|(name, value)| vec![name.into(), value.into()].into())
            .collect();
        Value::object(vec![
            ("key", Value::from(&*self.draft.key)),
            ("service", Value::from(&*self.service)),
            ("service_name", self.service_name.as_str().into()),
            ("pairs", pairs.into()),
            ("draft", self.draft.to_text().into()),
            ("composed", self.created_at.0.into()),
            ("state", state.into()),
            ("more", more.into()),
        ])
    }

    fn from_json(value: &Value) -> Option<Self> {
        let text = |name| value.string_of(name);
        let more = text("more").unwrap_or_default();
        let pair = |pair: &Value| match pair.items() {
            [name, value] => Some((name.string()?, value.string()?)),
            _ => None,
        };
        Some(Self {
            service: text("service")?.into(),
            service_name: text("service_name").unwrap_or_default(),
            post: Post::from_pairs(value.get("pairs")?.items().iter().filter_map(pair)),
            draft: Draft::from_text(&text("draft")?)?,
            created_at: UnixMs(value.i64_of("composed").unwrap_or_default()),
            state: match text("state").as_deref() {
                Some("refused") => QueueState::Refused(more),
                Some("unclear") => QueueState::Unclear,
                Some(kind) => {
                    Reference::from_parts(kind, &more).map_or(QueueState::Pending, QueueState::Sent)
                }
                None => QueueState::Pending,
            },
        })
    }
}
