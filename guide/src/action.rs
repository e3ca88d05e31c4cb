//! The action of a step: what its button does.

use crate::ReadText as _;
use crate::duration::Duration;
use crate::text::Text;
use json::Value;
use json::{Fields, Node};

/// The action of a step.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Action {
    /// The text on the button.
    pub label: Text,
    /// What it does.
    #[cfg_attr(feature = "schema", schemars(flatten))]
    pub kind: ActionKind,
}

/// What an action does: one of the following.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(untagged))]
pub enum ActionKind {
    /// Opens the form of a service.
    Service {
        /// The service's code.
        service: String,
        /// Answers that are filled in already, by the code of the attribute; also `description` and `address`.
        #[cfg_attr(
            feature = "schema",
            schemars(default, with = "std::collections::BTreeMap<String, Prefill>")
        )]
        prefill: Vec<(String, Prefill)>,
    },
    /// Opens a URL.
    Address {
        /// The URL: https, http, mailto, tel, or a path of the same site.
        url: String,
    },
    /// Calls a telephone number.
    Phone {
        /// The number as people write it.
        phone: String,
    },
    /// Opens another guide.
    Guide {
        /// The guide's id.
        guide: String,
    },
    /// Downloads a file.
    Download {
        /// The URL of the file.
        download: String,
    },
    /// Adds dates to the resident's calendar.
    Calendar {
        /// What is added.
        calendar: Calendar,
    },
}

/// The value that is filled in for an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(untagged))]
pub enum Prefill {
    /// This text, or the choice with this key.
    One(String),
    /// The choices with these keys.
    Many(Vec<String>),
    /// The answer given in the guide.
    Answer {
        /// The guide's question; the id of the chosen option is filled in.
        answer: String,
    },
}

/// Dates for the resident's calendar.
#[derive(Clone, Debug, Default, PartialEq)]
#[cfg_attr(
    feature = "schema",
    derive(schemars::JsonSchema),
    schemars(default, deny_unknown_fields)
)]
pub struct Calendar {
    /// The title of the calendar entry.
    pub title: Text,
    /// The place.
    pub place: Text,
    /// A description.
    pub text: Text,
    /// Dates (`2027-06-01`), or dates and times in the city's local time (`2027-06-01T19:00`).
    pub dates: Vec<String>,
    /// The time from today, instead of `dates`.
    #[cfg_attr(feature = "schema", schemars(rename = "in"))]
    pub from_now: Option<Duration>,
    /// The duration in minutes, if it has a time; default 60.
    pub minutes: Option<u32>,
    /// How long before the date the calendar reminds of it.
    pub remind: Option<Duration>,
}

impl Action {
    /// Reads an action; `None`, reported, if it has none of the known kinds.
    pub fn read(node: Node) -> Option<Self> {
        const KINDS: [&str; 6] = ["service", "url", "phone", "guide", "download", "calendar"];
        let is_known = KINDS.iter().any(|kind| node.value().get(kind).is_some());
        if !is_known {
            node.expected(&["an object with one of ", &KINDS.join(", ")].concat());
            return None;
        }
        node.object(|fields| {
            let label = fields.text("label");
            let service = fields.string("service").map(|service| ActionKind::Service {
                service,
                prefill: fields.object("prefill", read_prefill).unwrap_or_default(),
            });
            let address = fields.string("url").map(|url| ActionKind::Address { url });
            let phone = fields
                .string("phone")
                .map(|phone| ActionKind::Phone { phone });
            let guide = fields
                .string("guide")
                .map(|guide| ActionKind::Guide { guide });
            let download = fields
                .string("download")
                .map(|download| ActionKind::Download { download });
            let calendar = fields
                .object("calendar", Calendar::read)
                .map(|calendar| ActionKind::Calendar { calendar });
            let kind = service
                .or(address)
                .or(phone)
                .or(guide)
                .or(download)
                .or(calendar)?;
            Some(Self { label, kind })
        })
    }
}

fn read_prefill(fields: &Fields) -> Vec<(String, Prefill)> {
    let entries = fields.entries().into_iter();
    let read = entries.filter_map(|(name, node)| {
        fields.accept(name);
        let value = match node.value() {
            Value::List(_) => {
                let keys = node.items();
                Prefill::Many(keys.iter().filter_map(Node::any_text).collect())
            }
            Value::Map(_) => Prefill::Answer {
                answer: node.object(|fields| fields.required("answer")),
            },
            _ => Prefill::One(node.any_text().or_else(|| {
                node.expected("a text, a list of texts, or {\"answer\": …}");
                None
            })?),
        };
        Some((name.to_owned(), value))
    });
    read.collect()
}

impl Calendar {
    pub(crate) fn read(fields: &Fields) -> Self {
        let duration = |key| Duration::read(&fields.get(key)?);
        Self {
            title: fields.text("title"),
            place: fields.text("place"),
            text: fields.text("text"),
            dates: fields.list("dates", |node| {
                let date = node.string()?;
                let is_date = open311::Moment::read(&date)
                    .is_some_and(|moment| matches!(moment.parsed, Some(open311::Parsed::Civil(_))));
                if !is_date {
                    node.expected("a day such as 2027-06-01, or 2027-06-01T19:00");
                }
                is_date.then_some(date)
            }),
            from_now: duration("in"),
            minutes: fields.number("minutes"),
            remind: duration("remind"),
        }
    }
}
