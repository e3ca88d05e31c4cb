//! The index of a city's guides: the list of guides, and what all of them share.

use crate::ReadText as _;
use crate::office::Office;
use crate::text::Text;
use json::Fields;

/// The index, `index.json`.
#[derive(Clone, Debug, Default, PartialEq)]
#[cfg_attr(
    feature = "schema",
    derive(schemars::JsonSchema),
    schemars(default, deny_unknown_fields)
)]
pub struct Index {
    /// The guides, in the order of the list.
    pub guides: Vec<Entry>,
    /// Offices that guides refer to by their ids.
    pub offices: Vec<Office>,
    /// Days on which all offices are closed, `YYYY-MM-DD`.
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
    /// The guide's id.
    pub id: String,
    /// What it is about.
    pub title: Text,
    /// Who it is for, in one or two sentences.
    #[cfg_attr(feature = "schema", schemars(default))]
    pub summary: Text,
    /// The topic it is listed under.
    #[cfg_attr(feature = "schema", schemars(default))]
    pub topic: Text,
    /// Search keywords, by language.
    #[cfg_attr(
        feature = "schema",
        schemars(default, with = "std::collections::BTreeMap<String, Vec<String>>")
    )]
    pub keywords: Vec<String>,
    /// The URL of the document, relative to the index.
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

    /// Reads only the list of guides; the rest is needed once a guide is opened.
    pub fn read_guides(fields: &Fields) -> Vec<Entry> {
        fields.list("guides", |node| Some(node.object(Entry::read)))
    }
}

impl Entry {
    pub(crate) fn read(fields: &Fields) -> Self {
        Self {
            id: fields.required("id"),
            title: fields.text("title"),
            summary: fields.text("summary"),
            topic: fields.text("topic"),
            keywords: fields
                .get("keywords")
                .map(|keywords| keywords.all_strings())
                .unwrap_or_default(),
            url: fields.required("url"),
        }
    }
}
