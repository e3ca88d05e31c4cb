//! A process guide as the city writes it: for whom it is, what to bring, what it costs, how long it
//! takes, who acts next, and what follows if the city says no.

use crate::action::Action;
use crate::condition::When;
use crate::duration::Time;
use crate::office::OfficeRef;
use crate::text::{Block, Text};

/// One guide.
#[derive(Clone, Debug, Default, PartialEq)]
#[cfg_attr(
    feature = "schema",
    derive(schemars::JsonSchema),
    schemars(default, deny_unknown_fields)
)]
pub struct Guide {
    /// The guide's name in addresses, and its file's.
    pub id: String,
    /// The language it was written in first (BCP 47); English by itself.
    pub language: Option<String>,
    /// What it is about.
    pub title: Text,
    /// The topic it belongs to.
    pub topic: Text,
    /// Who it is for, in a sentence or two.
    pub summary: Text,
    /// Words to find it by, by language.
    #[cfg_attr(
        feature = "schema",
        schemars(with = "std::collections::BTreeMap<String, Vec<String>>")
    )]
    pub keywords: Vec<String>,
    /// Who owns the process and decides.
    pub office: Option<OfficeRef>,
    /// What a resident has in the end.
    pub output: Text,
    /// How long the whole of it takes.
    pub time: Time,
    /// Currency of all fees (ISO 4217).
    pub currency: Option<String>,
    /// What has to be known to say what is for whom.
    pub questions: Vec<Question>,
    /// What follows from the answers: the first whose condition is met.
    pub outcomes: Vec<Outcome>,
    /// What is done, in order.
    pub steps: Vec<Step>,
    /// What happens if the city says no.
    pub refusal: Refusal,
    /// What else may help.
    pub related: Related,
    /// The day somebody last checked the guide, `YYYY-MM-DD`.
    pub reviewed: Option<String>,
    /// After so many months it has to be checked again; 12 by itself.
    pub review_months: Option<u32>,
    /// What has to come of some answers: run by `guide check`.
    pub scenarios: Vec<Scenario>,
}

/// A question with a few options.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(
    feature = "schema",
    derive(schemars::JsonSchema),
    schemars(deny_unknown_fields)
)]
pub struct Question {
    /// Its name in conditions.
    pub id: String,
    /// The question in words.
    pub label: Text,
    /// What helps to answer it.
    #[cfg_attr(feature = "schema", schemars(default))]
    pub hint: Text,
    /// What there is to choose from.
    pub options: Vec<Choice>,
    /// When it is asked; without this, always.
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
    /// Its name in conditions.
    pub id: String,
    /// The option in words.
    pub label: Text,
}

/// What follows from the answers.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(
    feature = "schema",
    derive(schemars::JsonSchema),
    schemars(deny_unknown_fields)
)]
pub struct Outcome {
    /// Its name in scenarios.
    pub id: String,
    /// With which answers.
    #[cfg_attr(feature = "schema", schemars(default))]
    pub when: Option<When>,
    /// False if the guide is not for these people.
    #[cfg_attr(feature = "schema", schemars(default = "yes"))]
    pub eligible: bool,
    /// The answer in one sentence.
    pub title: Text,
    /// Why.
    #[cfg_attr(
        feature = "schema",
        schemars(default, with = "crate::text::BlocksShape")
    )]
    pub text: Vec<Block>,
    /// What to do in its stead.
    #[cfg_attr(feature = "schema", schemars(default, rename = "try"))]
    pub instead: Vec<Action>,
}

#[cfg(feature = "schema")]
fn yes() -> bool {
    true
}

/// One step.
#[derive(Clone, Debug, Default, PartialEq)]
#[cfg_attr(
    feature = "schema",
    derive(schemars::JsonSchema),
    schemars(default, deny_unknown_fields)
)]
pub struct Step {
    /// Its name in addresses, conditions and scenarios.
    pub id: String,
    /// What is done.
    pub title: Text,
    /// How.
    #[cfg_attr(feature = "schema", schemars(with = "crate::text::BlocksShape"))]
    pub text: Vec<Block>,
    /// Who acts; by itself the resident.
    pub who: Who,
    /// Who acts, by name.
    pub actor: Text,
    /// How long it takes.
    pub time: Time,
    /// True if it can be left out.
    pub optional: bool,
    /// For whom it is; without this, for everybody.
    pub when: Option<When>,
    /// Steps that have to be done before, where that is not simply the one before.
    pub after: Vec<String>,
    /// What is needed for it.
    pub evidence: Vec<Evidence>,
    /// What it costs.
    pub fees: Vec<Fee>,
    /// Where it happens.
    pub office: Option<OfficeRef>,
    /// What happens if the city says no here.
    pub refusal: Refusal,
    /// What can be done right here.
    pub action: Option<Action>,
    /// Whether one of its parts is done, or all of them in any order.
    pub choose: Choose,
    /// Its parts. Parts have no parts.
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

/// How the parts of a step belong together.
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

/// Something to bring or to show.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(
    feature = "schema",
    derive(schemars::JsonSchema),
    schemars(deny_unknown_fields)
)]
pub struct Evidence {
    /// Its name; the same in two steps is the same thing.
    pub id: String,
    /// What it is.
    pub title: Text,
    /// What will do.
    #[cfg_attr(feature = "schema", schemars(default))]
    pub text: Text,
    /// What to do without it.
    #[cfg_attr(feature = "schema", schemars(default))]
    pub without: Text,
    /// True if it helps but is not needed.
    #[cfg_attr(feature = "schema", schemars(default))]
    pub optional: bool,
    /// Who needs it; without this, everybody.
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
    /// Its name; the same in two steps is the same fee.
    pub id: String,
    /// What it is for.
    #[cfg_attr(feature = "schema", schemars(default))]
    pub title: Text,
    /// How much, in the guide's currency; 0 is free.
    pub amount: f64,
    /// Up to how much, where it depends.
    #[cfg_attr(feature = "schema", schemars(default))]
    pub to: Option<f64>,
    /// Who pays less or nothing, and how to ask for it.
    #[cfg_attr(feature = "schema", schemars(default))]
    pub waiver: Text,
    /// How to pay.
    #[cfg_attr(feature = "schema", schemars(default))]
    pub pay: Text,
    /// Who pays it; without this, everybody.
    #[cfg_attr(feature = "schema", schemars(default))]
    pub when: Option<When>,
}

/// What happens if the city says no.
#[derive(Clone, Debug, Default, PartialEq)]
#[cfg_attr(
    feature = "schema",
    derive(schemars::JsonSchema),
    schemars(default, deny_unknown_fields)
)]
pub struct Refusal {
    /// The usual reasons, and what is told then.
    #[cfg_attr(feature = "schema", schemars(with = "crate::text::BlocksShape"))]
    pub text: Vec<Block>,
    /// How to have it looked at again.
    #[cfg_attr(feature = "schema", schemars(with = "crate::text::BlocksShape"))]
    pub appeal: Vec<Block>,
}

/// What else may help.
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

/// What has to come of some answers. What is left out is not looked at.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(
    feature = "schema",
    derive(schemars::JsonSchema),
    schemars(default, deny_unknown_fields)
)]
pub struct Scenario {
    /// Who this is, in a sentence.
    pub name: String,
    /// The options they choose, by question.
    #[cfg_attr(
        feature = "schema",
        schemars(with = "std::collections::BTreeMap<String, String>")
    )]
    pub answers: Vec<(String, String)>,
    /// The id of the outcome; null for none.
    #[cfg_attr(feature = "schema", schemars(with = "Option<String>"))]
    pub outcome: Option<Option<String>>,
    /// Ids of the steps that apply, in order, parts included.
    pub steps: Option<Vec<String>>,
    /// Ids of what is needed.
    pub evidence: Option<Vec<String>>,
    /// Ids of what is paid.
    pub fees: Option<Vec<String>>,
}
