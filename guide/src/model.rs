//! A process guide as the city writes it: for whom it is, what to bring, what it costs, how long it
//! takes, who acts next, and what follows if the city says no.

use crate::action::Action;
use crate::condition::When;
use crate::duration::Time;
use crate::office::OfficeRef;
use crate::read::{Fields, Node};
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

impl Guide {
    /// Reads a guide's document.
    pub fn read(fields: &Fields) -> Self {
        Self {
            id: fields.needed("id"),
            language: fields.string("language"),
            title: fields.text("title"),
            topic: fields.text("topic"),
            summary: fields.text("summary"),
            keywords: fields
                .get("keywords")
                .map(|words| words.all_strings())
                .unwrap_or_default(),
            office: fields.get("office").map(OfficeRef::read),
            output: fields.text("output"),
            time: fields.object("time", Time::read).unwrap_or_default(),
            currency: fields.string("currency"),
            questions: fields.list("questions", |node| Some(node.object(Question::read))),
            outcomes: fields.list("outcomes", |node| Some(node.object(Outcome::read))),
            steps: fields.list("steps", |node| Some(node.object(Step::read))),
            refusal: refusal(fields),
            related: fields
                .object("related", |fields| Related {
                    guides: fields.strings("guides"),
                    services: fields.strings("services"),
                })
                .unwrap_or_default(),
            reviewed: fields.string("reviewed"),
            review_months: fields.number("review_months"),
            scenarios: Vec::new(),
        }
        .with_scenarios(fields)
    }

    /// Scenarios are for the author's checks; a resident's device reads past them.
    #[cfg(feature = "schema")]
    fn with_scenarios(mut self, fields: &Fields) -> Self {
        self.scenarios = fields.list("scenarios", |node| Some(node.object(Scenario::read)));
        self
    }

    #[cfg(not(feature = "schema"))]
    fn with_scenarios(self, fields: &Fields) -> Self {
        let _ = fields.get("scenarios");
        self
    }

    /// The language it was written in first.
    pub fn source(&self) -> &str {
        self.language.as_deref().unwrap_or("en")
    }

    /// Steps and their parts, in order.
    pub fn all_steps(&self) -> impl Iterator<Item = &Step> {
        self.steps
            .iter()
            .flat_map(|step| std::iter::once(step).chain(&step.steps))
    }
}

impl Question {
    fn read(fields: &Fields) -> Self {
        Self {
            id: fields.needed("id"),
            label: fields.text("label"),
            hint: fields.text("hint"),
            options: fields.list("options", |node| {
                Some(node.object(|fields| Choice {
                    id: fields.needed("id"),
                    label: fields.text("label"),
                }))
            }),
            when: When::of(fields),
        }
    }
}

impl Outcome {
    fn read(fields: &Fields) -> Self {
        Self {
            id: fields.needed("id"),
            when: When::of(fields),
            eligible: fields.flag("eligible").unwrap_or(true),
            title: fields.text("title"),
            text: fields.blocks("text"),
            instead: fields.list("try", Action::read),
        }
    }
}

impl Step {
    fn read(fields: &Fields) -> Self {
        Self::read_one(fields, |fields| {
            fields.list("steps", |node| {
                Some(node.object(|fields| Self::read_one(fields, no_parts)))
            })
        })
    }

    fn read_one(fields: &Fields, parts: fn(&Fields) -> Vec<Self>) -> Self {
        const WHO: &[(&str, Who)] = &[
            ("you", Who::You),
            ("city", Who::City),
            ("other", Who::Other),
        ];
        const CHOOSE: &[(&str, Choose)] = &[("all", Choose::All), ("one", Choose::One)];
        let word = |node: Option<Node>| node.and_then(|node| node.word(WHO));
        Self {
            id: fields.string("id").unwrap_or_default(),
            title: fields.text("title"),
            text: fields.blocks("text"),
            who: word(fields.get("who")).unwrap_or_default(),
            actor: fields.text("actor"),
            time: fields.object("time", Time::read).unwrap_or_default(),
            optional: fields.flag("optional").unwrap_or_default(),
            when: When::of(fields),
            after: fields.strings("after"),
            evidence: fields.list("evidence", |node| Some(node.object(Evidence::read))),
            fees: fields.list("fees", |node| Some(node.object(Fee::read))),
            office: fields.get("office").map(OfficeRef::read),
            refusal: refusal(fields),
            action: fields.get("action").and_then(Action::read),
            choose: fields
                .get("choose")
                .and_then(|node| node.word(CHOOSE))
                .unwrap_or_default(),
            steps: parts(fields),
        }
    }
}

fn no_parts(fields: &Fields) -> Vec<Step> {
    if let Some(node) = fields.get("steps") {
        node.misfit("left out: a part of a step has no parts");
    }
    Vec::new()
}

fn refusal(fields: &Fields) -> Refusal {
    fields
        .object("refusal", |fields| Refusal {
            text: fields.blocks("text"),
            appeal: fields.blocks("appeal"),
        })
        .unwrap_or_default()
}

impl Refusal {
    /// True if nothing is said.
    pub fn is_empty(&self) -> bool {
        self.text.is_empty() && self.appeal.is_empty()
    }
}

impl Evidence {
    fn read(fields: &Fields) -> Self {
        Self {
            id: fields.needed("id"),
            title: fields.text("title"),
            text: fields.text("text"),
            without: fields.text("without"),
            optional: fields.flag("optional").unwrap_or_default(),
            when: When::of(fields),
        }
    }
}

impl Fee {
    fn read(fields: &Fields) -> Self {
        let amount = fields.amount("amount");
        if amount.is_none() {
            fields.misfit("amount", "a number, 0 for free");
        }
        Self {
            id: fields.needed("id"),
            title: fields.text("title"),
            amount: amount.unwrap_or_default(),
            to: fields.amount("to"),
            waiver: fields.text("waiver"),
            pay: fields.text("pay"),
            when: When::of(fields),
        }
    }
}

#[cfg(feature = "schema")]
impl Scenario {
    fn read(fields: &Fields) -> Self {
        Self {
            name: fields.needed("name"),
            answers: fields
                .object("answers", |fields| {
                    let entries = fields.entries().into_iter();
                    let read = entries.filter_map(|(name, node)| {
                        fields.accept(name);
                        Some((name.to_owned(), node.string()?))
                    });
                    read.collect()
                })
                .unwrap_or_default(),
            outcome: fields
                .is_written("outcome")
                .then(|| fields.string("outcome")),
            steps: fields.has("steps").then(|| fields.strings("steps")),
            evidence: fields.has("evidence").then(|| fields.strings("evidence")),
            fees: fields.has("fees").then(|| fields.strings("fees")),
        }
    }
}
