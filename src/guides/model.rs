//! A process guide as the city writes it: one JSON document for each, and an index.

use crate::config::{Fields, Node};
use crate::i18n::Text;

/// A guide in the index.
#[derive(Clone, Debug)]
pub struct Entry {
    /// The guide's name in addresses.
    pub id: String,
    /// What it is about.
    pub title: Text,
    /// One sentence more.
    pub summary: Text,
    /// The topic it is listed under.
    pub topic: Text,
    /// Words to find it by, in all languages.
    pub keywords: Vec<String>,
    /// Address of the document, relative to the index.
    pub url: String,
}

/// One guide.
#[derive(Clone, Debug)]
pub struct Guide {
    /// The guide's name in addresses.
    pub id: String,
    /// The language it was written in first.
    pub language: Option<String>,
    /// What it is about.
    pub title: Text,
    /// The topic it belongs to.
    pub topic: Text,
    /// Who it is for.
    pub summary: Text,
    /// What a resident wants to know before anything else.
    pub facts: Facts,
    /// What is done, in order.
    pub steps: Vec<Step>,
    /// What happens if the city says no.
    pub refusal: Text,
    /// The day somebody last checked the guide, `YYYY-MM-DD`.
    pub reviewed: Option<String>,
}

/// Facts before steps.
#[derive(Clone, Debug, Default)]
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
#[derive(Clone, Debug)]
pub struct Step {
    /// What is done.
    pub title: Text,
    /// How, in paragraphs.
    pub text: Vec<Text>,
    /// Who acts.
    pub actor: Text,
    /// How long it takes.
    pub duration: Text,
    /// What it costs.
    pub cost: Text,
    /// What is needed for it.
    pub evidence: Vec<Text>,
    /// What can be done right here.
    pub action: Option<Action>,
}

/// What a step offers to do: one of the three.
#[derive(Clone, Debug)]
pub struct Action {
    /// The words on the button.
    pub label: Text,
    /// Opens the form of this service.
    pub service: Option<String>,
    /// Opens this address.
    pub url: Option<String>,
    /// Calls this number.
    pub phone: Option<String>,
}

/// Reads `guides/index.json`.
pub(super) fn read_index(fields: &Fields) -> Vec<Entry> {
    fields.list("guides", |node| {
        let entry = node.object(|fields| Entry {
            id: fields.needed("id"),
            title: fields.text("title"),
            summary: fields.text("summary"),
            topic: fields.text("topic"),
            keywords: fields
                .get("keywords")
                .map(|words| words.all_strings())
                .unwrap_or_default(),
            url: fields.needed("url"),
        });
        Some(entry)
    })
}

impl Guide {
    /// Reads a guide's document.
    pub fn read(fields: &Fields) -> Self {
        Self {
            id: fields.needed("id"),
            language: fields.string("language"),
            title: fields.text("title"),
            topic: fields.text("topic"),
            summary: fields.text("summary"),
            facts: fields.object("facts", Facts::read).unwrap_or_default(),
            steps: fields.list("steps", |node: Node| Some(node.object(Step::read))),
            refusal: fields.text("refusal"),
            reviewed: fields.string("reviewed"),
        }
    }
}

impl Facts {
    fn read(fields: &Fields) -> Self {
        Self {
            duration: fields.text("duration"),
            cost: fields.text("cost"),
            bring: fields.text("bring"),
            decides: fields.text("decides"),
        }
    }
}

impl Step {
    fn read(fields: &Fields) -> Self {
        Self {
            title: fields.text("title"),
            text: fields.texts("text"),
            actor: fields.text("actor"),
            duration: fields.text("duration"),
            cost: fields.text("cost"),
            evidence: fields.texts("evidence"),
            action: fields.object("action", Action::read),
        }
    }
}

impl Action {
    fn read(fields: &Fields) -> Self {
        Self {
            label: fields.text("label"),
            service: fields.string("service"),
            url: fields.string("url"),
            phone: fields.string("phone"),
        }
    }
}
