//! A process guide as the city writes it: one JSON document for each, and an index.

use crate::i18n::Text;
use serde::Deserialize;

/// `guides/index.json`.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Index {
    /// All guides.
    pub guides: Vec<Entry>,
}

/// A guide in the index.
#[derive(Clone, Debug, Deserialize)]
pub struct Entry {
    /// The guide's name in addresses.
    pub id: String,
    /// What it is about.
    pub title: Text,
    /// One sentence more.
    #[serde(default)]
    pub summary: Text,
    /// The topic it is listed under.
    #[serde(default)]
    pub topic: Text,
    /// Words to find it by, by language.
    #[serde(default)]
    pub keywords: Keywords,
    /// Address of the document, relative to the index.
    pub url: String,
}

/// Lists of words by language tag.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(transparent)]
pub struct Keywords(std::collections::BTreeMap<String, Vec<String>>);

impl Keywords {
    /// The words of all languages.
    pub fn all(&self) -> impl Iterator<Item = &str> {
        self.0.values().flatten().map(String::as_str)
    }
}

/// One guide.
#[derive(Clone, Debug, Deserialize)]
pub struct Guide {
    /// The guide's name in addresses.
    pub id: String,
    /// The language it was written in first.
    #[serde(default)]
    pub language: Option<String>,
    /// What it is about.
    pub title: Text,
    /// The topic it belongs to.
    #[serde(default)]
    pub topic: Text,
    /// Who it is for.
    #[serde(default)]
    pub summary: Text,
    /// What a resident wants to know before anything else.
    #[serde(default)]
    pub facts: Facts,
    /// What is done, in order.
    #[serde(default)]
    pub steps: Vec<Step>,
    /// What happens if the city says no.
    #[serde(default)]
    pub refusal: Text,
    /// The day somebody last checked the guide, `YYYY-MM-DD`.
    #[serde(default)]
    pub reviewed: Option<String>,
}

/// Facts before steps.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Facts {
    /// How long it takes.
    pub duration: Text,
    /// What it costs.
    pub cost: Text,
    /// What to bring.
    pub bring: Text,
    /// Who decides.
    pub decides: Text,
}

/// One step.
#[derive(Clone, Debug, Deserialize)]
pub struct Step {
    /// What is done.
    pub title: Text,
    /// How, in paragraphs.
    #[serde(default)]
    pub text: Vec<Text>,
    /// Who acts.
    #[serde(default)]
    pub actor: Text,
    /// How long it takes.
    #[serde(default)]
    pub duration: Text,
    /// What it costs.
    #[serde(default)]
    pub cost: Text,
    /// What is needed for it.
    #[serde(default)]
    pub evidence: Vec<Text>,
    /// What can be done right here.
    #[serde(default)]
    pub action: Option<Action>,
}

/// What a step offers to do: one of the three.
#[derive(Clone, Debug, Deserialize)]
pub struct Action {
    /// The words on the button.
    pub label: Text,
    /// Opens the form of this service.
    #[serde(default)]
    pub service: Option<String>,
    /// Opens this address.
    #[serde(default)]
    pub url: Option<String>,
    /// Calls this number.
    #[serde(default)]
    pub phone: Option<String>,
}
