//! An office: its address, contact details and opening hours.

use crate::ReadText as _;
use crate::hours::Hours;
use crate::text::Text;
use json::{Fields, Node, Value};

/// An office of the city, or of somebody else.
#[derive(Clone, Debug, Default, PartialEq)]
#[cfg_attr(
    feature = "schema",
    derive(schemars::JsonSchema),
    schemars(default, deny_unknown_fields)
)]
pub struct Office {
    /// The id by which guides refer to it; required in the index.
    pub id: String,
    /// Its name.
    pub name: Text,
    /// The telephone number as people write it.
    pub phone: Option<String>,
    /// The e-mail address.
    pub email: Option<String>,
    /// The street address, with floor and room.
    pub address: Text,
    /// The opening hours, in the city's local time.
    pub hours: Vec<Hours>,
    /// Days on which it is closed, `YYYY-MM-DD`, in addition to the holidays in the index.
    pub closed: Vec<String>,
    /// Accessibility: ramps, lifts, hearing loops, interpreters.
    pub accessibility: Text,
    /// A note.
    pub note: Text,
    /// The URL of a map.
    pub map: Option<String>,
}

/// A reference to an office: its id in the index, or the office itself.
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

    /// The office itself, from `offices` of the index if it is given by its id; `None` if there is none with that
    /// id.
    pub fn find<'a>(&'a self, offices: &'a [Office]) -> Option<&'a Office> {
        match self {
            Self::Here(office) => Some(office),
            Self::Id(id) => offices.iter().find(|office| office.id == *id),
        }
    }
}
