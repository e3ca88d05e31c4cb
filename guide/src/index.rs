//! The index of a city's guides: what there is, and what all of them share.

use crate::ReadText as _;
use crate::office::Office;
use crate::text::Text;
use json::Fields;

/// `index.json`.
#[derive(Clone, Debug, Default, PartialEq)]
#[cfg_attr(
    feature = "schema",
    derive(schemars::JsonSchema),
    schemars(default, deny_unknown_fields)
)]
pub struct Index {
    /// The guides, in the order in which they are listed.
    pub guides: Vec<Entry>,
    /// Offices that guides name by their ids.
    pub offices: Vec<Office>,
    /// Days on which no office is open, `YYYY-MM-DD`.
    pub holidays: Vec<String>,
}

/// A guide in the index.
#[derive(Clone, Debug, Default, PartialEq)]
#[cfg_attr(
    feature = "schema",
    derive(schemars::JsonSchema),
    schemars(deny_unknown_fields)
)]
pub struct Entry {
    /// The guide's name in addresses.
    pub id: String,
    /// What it is about.
    pub title: Text,
    /// One sentence more.
    #[cfg_attr(feature = "schema", schemars(default))]
    pub summary: Text,
    /// The topic it is listed under.
    #[cfg_attr(feature = "schema", schemars(default))]
    pub topic: Text,
    /// Words to find it by, in all languages.
    #[cfg_attr(
        feature = "schema",
        schemars(default, with = "std::collections::BTreeMap<String, Vec<String>>")
    )]
    pub keywords: Vec<String>,
    /// Address of the document, relative to the index.
    pub url: String,
}

impl Index {
    /// Reads an index.
    pub fn read(fields: &Fields) -> Self {
        let guides = Self::read_guides(fields);
        Self {
            guides,
            offices: fields.list("offices", |node| Some(node.object(Office::read))),
            holidays: fields.strings("holidays"),
        }
    }

    /// Reads the guides alone, and leaves the rest for whoever opens one.
    pub fn read_guides(fields: &Fields) -> Vec<Entry> {
        fields.list("guides", |node| Some(node.object(Entry::read)))
    }
}

impl Entry {
    fn read(fields: &Fields) -> Self {
        Self {
            id: fields.required("id"),
            title: fields.text("title"),
            summary: fields.text("summary"),
            topic: fields.text("topic"),
            keywords: fields
                .get("keywords")
                .map(|words| words.all_strings())
                .unwrap_or_default(),
            url: fields.required("url"),
        }
    }
}
