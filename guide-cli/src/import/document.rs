//! A guide as it is written to its file: the keys that a table can fill, in their order. Not the model of the `guide`
//! crate, because that does not keep the languages of keywords and the spelling of durations.

use guide::Text;
use serde::Serialize;
use serde_json::{Map, Value};

use crate::pretty_json::Amount;

#[derive(Debug, Default, Serialize)]
pub(super) struct GuideDocument {
    #[serde(rename = "$schema")]
    pub(super) schema: &'static str,
    pub(super) id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) language: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) title: Option<Text>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) topic: Option<Text>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) summary: Option<Text>,
    /// Lists by language.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) keywords: Option<Map<String, Value>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) office: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) output: Option<Text>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) currency: Option<String>,
    pub(super) steps: Vec<StepDocument>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) reviewed: Option<String>,
}

#[derive(Debug, Serialize)]
pub(super) struct StepDocument {
    pub(super) id: String,
    pub(super) title: Text,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) text: Vec<BlockDocument>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) who: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) office: Option<String>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub(super) optional: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) time: Option<TimeDocument>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) evidence: Vec<EvidenceDocument>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) fees: Vec<FeeDocument>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) action: Option<ActionDocument>,
}

#[derive(Debug, Serialize)]
#[serde(untagged)]
pub(super) enum BlockDocument {
    Paragraph(Text),
    List { list: Vec<Text> },
}

#[derive(Debug, Serialize)]
pub(super) struct TimeDocument {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) usual: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) most: Option<String>,
}

#[derive(Debug, Serialize)]
pub(super) struct EvidenceDocument {
    pub(super) id: String,
    pub(super) title: Text,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) without: Option<Text>,
}

#[derive(Debug, Serialize)]
pub(super) struct FeeDocument {
    pub(super) id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) title: Option<Text>,
    pub(super) amount: Amount,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) to: Option<Amount>,
}

#[derive(Debug, Serialize)]
pub(super) struct ActionDocument {
    pub(super) label: Text,
    #[serde(flatten)]
    pub(super) target: ActionTarget,
}

/// What an action opens; the name of the variant is the key.
#[derive(Debug, PartialEq, Serialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum ActionTarget {
    Service(String),
    Guide(String),
    Phone(String),
    Download(String),
    Url(String),
}
