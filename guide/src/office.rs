//! An office: where it is, how to reach it, when somebody is there.

use crate::ReadText as _;
use crate::hours::Hours;
use crate::text::Text;
use json::Value;
use json::{Fields, Node};

/// An office of the city, or of somebody else.
#[derive(Clone, Debug, Default, PartialEq)]
#[cfg_attr(
    feature = "schema",
    derive(schemars::JsonSchema),
    schemars(default, deny_unknown_fields)
)]
pub struct Office {
    /// The name by which guides refer to it; needed in the index.
    pub id: String,
    /// What it is called.
    pub name: Text,
    /// Telephone number as people write it.
    pub phone: Option<String>,
    /// E-mail address.
    pub email: Option<String>,
    /// Street address, floor and room.
    pub address: Text,
    /// When somebody is there, in the city's time zone.
    pub hours: Vec<Hours>,
    /// Days on which it is closed, `YYYY-MM-DD`, beside the holidays of all.
    pub closed: Vec<String>,
    /// How people get in and are served: ramps, lifts, hearing loops, interpreters.
    pub accessibility: Text,
    /// One more line.
    pub note: Text,
    /// Web address of a map.
    pub map: Option<String>,
}

/// An office that is meant: by its id in the index, or written out.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(untagged))]
pub enum OfficeRef {
    /// The id of an office in the index.
    Id(String),
    /// The office itself.
    Here(Box<Office>),
}

impl Office {
    /// Reads an office.
    pub fn read(fields: &Fields) -> Self {
        Self {
            id: fields.string("id").unwrap_or_default(),
            name: fields.text("name"),
            phone: fields.string("phone"),
            email: fields.string("email"),
            address: fields.text("address"),
            hours: fields.list("hours", |node| Some(node.object(Hours::read))),
            closed: fields.strings("closed"),
            accessibility: fields.text("accessibility"),
            note: fields.text("note"),
            map: fields.string("map"),
        }
    }
}

impl OfficeRef {
    pub(crate) fn read(node: Node) -> Self {
        match node.value() {
            Value::Text(id) => Self::Id(id.clone()),
            _ => Self::Here(Box::new(node.object(Office::read))),
        }
    }

    /// The office that is meant; None if the index has no such office.
    pub fn find<'a>(&'a self, offices: &'a [Office]) -> Option<&'a Office> {
        match self {
            Self::Here(office) => Some(office),
            Self::Id(id) => offices.iter().find(|office| office.id == *id),
        }
    }
}
