//! The model of a process guide: who it is for, what to bring, what it costs, how long it takes, who acts next, and
//! what to do if the city refuses. The doc comments are also the descriptions of the JSON Schema.

use crate::action::Action;
use crate::condition::When;
use crate::duration::Time;
use crate::office::OfficeRef;
use crate::text::{Block, Text};

/// A guide.
#[derive(Clone, Debug, Default, PartialEq)]
#[cfg_attr(
    feature = "schema",
    derive(schemars::JsonSchema),
    schemars(default, deny_unknown_fields)
)]
pub struct Guide {
    /// The guide's id: its name in URLs, and the name of its file without `.json`.
    pub id: String,
    /// The language it was written in first (BCP 47); default `en`.
    pub language: Option<String>,
    /// What it is about.
    pub title: Text,
    /// The topic it belongs to.
    pub topic: Text,
    /// Who it is for, in one or two sentences.
    pub summary: Text,
    /// Search keywords, by language.
    #[cfg_attr(
        feature = "schema",
        schemars(with = "std::collections::BTreeMap<String, Vec<String>>")
    )]
    pub keywords: Vec<String>,
    /// The office that is responsible and decides.
    pub office: Option<OfficeRef>,
    /// What the resident gets in the end.
    pub output: Text,
    /// How long the whole process takes.
    pub time: Time,
    /// The currency of all fees (ISO 4217).
    pub currency: Option<String>,
    /// Questions whose answers decide what applies to a resident.
    pub questions: Vec<Question>,
    /// Possible results of the answers: the first one whose condition is met applies.
    pub outcomes: Vec<Outcome>,
    /// What to do, in order.
    pub steps: Vec<Step>,
    /// What happens if the city refuses.
    pub refusal: Refusal,
    /// Other guides and services that may help.
    pub related: Related,
    /// The day on which somebody last checked the guide, `YYYY-MM-DD`.
    pub reviewed: Option<String>,
    /// The number of months after which it has to be checked again; default 12.
    pub review_months: Option<u32>,
    /// Examples with their expected results, run by `guide check`.
    pub scenarios: Vec<Scenario>,
}

/// A question with options.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(
    feature = "schema",
    derive(schemars::JsonSchema),
    schemars(deny_unknown_fields)
)]
pub struct Question {
    /// Its id in conditions.
    pub id: String,
    /// The question.
    pub label: Text,
    /// A hint how to answer it.
    #[cfg_attr(feature = "schema", schemars(default))]
    pub hint: Text,
    /// The options to choose from.
    pub options: Vec<Choice>,
    /// When it is asked; default always.
    #[cfg_attr(feature = "schema", schemars(default))]
    pub when: Option<When>,
}

/// An option of a question.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(
    feature = "schema",
    derive(schemars::JsonSchema),
    schemars(deny_unknown_fields)
)]
pub struct Choice {
    /// Its id in conditions.
    pub id: String,
    /// The text of the option.
    pub label: Text,
}

/// A result of the answers.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(
    feature = "schema",
    derive(schemars::JsonSchema),
    schemars(deny_unknown_fields)
)]
pub struct Outcome {
    /// Its id in scenarios.
    pub id: String,
    /// The answers for which it applies; default all.
    #[cfg_attr(feature = "schema", schemars(default))]
    pub when: Option<When>,
    /// False if the guide does not apply to residents with these answers; default true.
    #[cfg_attr(feature = "schema", schemars(default = "yes"))]
    pub eligible: bool,
    /// The result in one sentence.
    pub title: Text,
    /// The reason.
    #[cfg_attr(
        feature = "schema",
        schemars(default, with = "crate::text::BlocksShape")
    )]
    pub text: Vec<Block>,
    /// What to do instead.
    #[cfg_attr(feature = "schema", schemars(default, rename = "try"))]
    pub instead: Vec<Action>,
}

#[cfg(feature = "schema")]
fn yes() -> bool {
    true
}

/// A step.
#[derive(Clone, Debug, Default, PartialEq)]
#[cfg_attr(
    feature = "schema",
    derive(schemars::JsonSchema),
    schemars(default, deny_unknown_fields)
)]
pub struct Step {
    /// Its id in URLs, `after` and scenarios.
    pub id: String,
    /// What to do.
    pub title: Text,
    /// How to do it.
    #[cfg_attr(feature = "schema", schemars(with = "crate::text::BlocksShape"))]
    pub text: Vec<Block>,
    /// Who acts; default the resident.
    pub who: Who,
    /// The name of who acts.
    pub actor: Text,
    /// How long it takes.
    pub time: Time,
    /// True if the step can be skipped.
    pub optional: bool,
    /// The answers for which it applies; default all.
    pub when: Option<When>,
    /// Ids of the steps to do before it, if that is not just the preceding one.
    pub after: Vec<String>,
    /// What to bring or to show.
    pub evidence: Vec<Evidence>,
    /// What it costs.
    pub fees: Vec<Fee>,
    /// The office where it happens.
    pub office: Option<OfficeRef>,
    /// What happens if the city refuses at this step.
    pub refusal: Refusal,
    /// What the step's button does.
    pub action: Option<Action>,
    /// Whether to do one of its parts, or all of them in any order; default all.
    pub choose: Choose,
    /// Its parts. A part cannot have parts.
    pub steps: Vec<Step>,
}

/// Who acts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[cfg_attr(
    feature = "schema",
    derive(schemars::JsonSchema),
    schemars(rename_all = "lowercase")
)]
pub enum Who {
    /// The resident.
    #[default]
    You,
    /// The city.
    City,
    /// Somebody else, such as a bank.
    Other,
}

/// How many parts of a step to do.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[cfg_attr(
    feature = "schema",
    derive(schemars::JsonSchema),
    schemars(rename_all = "lowercase")
)]
pub enum Choose {
    /// All of them, in any order.
    #[default]
    All,
    /// One of them.
    One,
}

/// A document or thing to bring or to show.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(
    feature = "schema",
    derive(schemars::JsonSchema),
    schemars(deny_unknown_fields)
)]
pub struct Evidence {
    /// Its id; the same id in two steps means the same thing.
    pub id: String,
    /// What it is.
    pub title: Text,
    /// What is accepted.
    #[cfg_attr(feature = "schema", schemars(default))]
    pub text: Text,
    /// What to do without it.
    #[cfg_attr(feature = "schema", schemars(default))]
    pub without: Text,
    /// True if it helps but is not needed.
    #[cfg_attr(feature = "schema", schemars(default))]
    pub optional: bool,
    /// The answers for which it is needed; default all.
    #[cfg_attr(feature = "schema", schemars(default))]
    pub when: Option<When>,
}

/// A fee.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(
    feature = "schema",
    derive(schemars::JsonSchema),
    schemars(deny_unknown_fields)
)]
pub struct Fee {
    /// Its id; the same id in two steps means the same fee.
    pub id: String,
    /// What it is for.
    #[cfg_attr(feature = "schema", schemars(default))]
    pub title: Text,
    /// The amount in the guide's currency; 0 means free.
    pub amount: f64,
    /// The upper limit, if the amount varies.
    #[cfg_attr(feature = "schema", schemars(default))]
    pub to: Option<f64>,
    /// Who pays less or nothing, and how to ask for it.
    #[cfg_attr(feature = "schema", schemars(default))]
    pub waiver: Text,
    /// How to pay.
    #[cfg_attr(feature = "schema", schemars(default))]
    pub pay: Text,
    /// The answers for which it is due; default all.
    #[cfg_attr(feature = "schema", schemars(default))]
    pub when: Option<When>,
}

/// What happens if the city refuses.
#[derive(Clone, Debug, Default, PartialEq)]
#[cfg_attr(
    feature = "schema",
    derive(schemars::JsonSchema),
    schemars(default, deny_unknown_fields)
)]
pub struct Refusal {
    /// The usual reasons, and how the resident is informed.
    #[cfg_attr(feature = "schema", schemars(with = "crate::text::BlocksShape"))]
    pub text: Vec<Block>,
    /// How to appeal.
    #[cfg_attr(feature = "schema", schemars(with = "crate::text::BlocksShape"))]
    pub appeal: Vec<Block>,
}

/// Other guides and services that may help.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(
    feature = "schema",
    derive(schemars::JsonSchema),
    schemars(default, deny_unknown_fields)
)]
pub struct Related {
    /// Ids of guides.
    pub guides: Vec<String>,
    /// Codes of services.
    pub services: Vec<String>,
}

/// Answers with their expected results. Results that are not given are not checked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(
    feature = "schema",
    derive(schemars::JsonSchema),
    schemars(default, deny_unknown_fields)
)]
pub struct Scenario {
    /// A description of the resident, in a sentence.
    pub name: String,
    /// The chosen options, by question.
    #[cfg_attr(
        feature = "schema",
        schemars(with = "std::collections::BTreeMap<String, String>")
    )]
    pub answers: Vec<(String, String)>,
    /// The id of the expected outcome; null for none.
    #[cfg_attr(feature = "schema", schemars(with = "Option<String>"))]
    pub outcome: Option<Option<String>>,
    /// Ids of the steps that apply, in order, including parts.
    pub steps: Option<Vec<String>>,
    /// Ids of the evidence that is needed.
    pub evidence: Option<Vec<String>>,
    /// Ids of the fees that are due.
    pub fees: Option<Vec<String>>,
}
