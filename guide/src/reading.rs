//! Reads a guide's document. What does not fit is ignored and reported; the rest is unaffected.

use crate::ReadText as _;
use crate::action::Action;
use crate::condition::When;
use crate::duration::Time;
#[cfg(any(feature = "schema", feature = "serde"))]
use crate::model::Scenario;
use crate::model::{
    Choice, Choose, Evidence, Fee, Guide, Outcome, Question, Refusal, Related, Step, Who,
};
use crate::office::OfficeRef;
use json::Fields;

impl Guide {
    /// Reads a guide's document.
    pub fn read(fields: &Fields) -> Self {
        Self {
            id: fields.required("id"),
            language: fields.string("language"),
            title: fields.text("title"),
            topic: fields.text("topic"),
            summary: fields.text("summary"),
            keywords: fields
                .get("keywords")
                .map(|keywords| keywords.all_strings())
                .unwrap_or_default(),
            office: fields.get("office").map(OfficeRef::read),
            output: fields.text("output"),
            time: fields.object("time", Time::read).unwrap_or_default(),
            currency: fields.string("currency"),
            questions: fields.list("questions", |node| Some(node.object(Question::read))),
            outcomes: fields.list("outcomes", |node| Some(node.object(Outcome::read))),
            steps: fields.list("steps", |node| Some(node.object(Step::read))),
            refusal: fields.object("refusal", Refusal::read).unwrap_or_default(),
            related: fields.object("related", Related::read).unwrap_or_default(),
            reviewed: fields.string("reviewed"),
            review_months: fields.number("review_months"),
            scenarios: Vec::new(),
        }
        .with_scenarios(fields)
    }

    /// Scenarios are for the author's checks; the widget ignores them.
    #[cfg(any(feature = "schema", feature = "serde"))]
    fn with_scenarios(mut self, fields: &Fields) -> Self {
        self.scenarios = fields.list("scenarios", |node| Some(node.object(Scenario::read)));
        self
    }

    #[cfg(not(any(feature = "schema", feature = "serde")))]
    fn with_scenarios(self, fields: &Fields) -> Self {
        let _ = fields.get("scenarios");
        self
    }

    /// The language the guide was written in first.
    pub fn source(&self) -> &str {
        self.language.as_deref().unwrap_or("en")
    }

    /// Steps, each followed by its parts.
    pub fn all_steps(&self) -> impl Iterator<Item = &Step> {
        self.steps
            .iter()
            .flat_map(|step| std::iter::once(step).chain(&step.steps))
    }
}

impl Question {
    pub(crate) fn read(fields: &Fields) -> Self {
        Self {
            id: fields.required("id"),
            label: fields.text("label"),
            hint: fields.text("hint"),
            options: fields.list("options", |node| Some(node.object(Choice::read))),
            when: When::of(fields),
        }
    }
}

impl Choice {
    pub(crate) fn read(fields: &Fields) -> Self {
        Self {
            id: fields.required("id"),
            label: fields.text("label"),
        }
    }
}

impl Outcome {
    pub(crate) fn read(fields: &Fields) -> Self {
        Self {
            id: fields.required("id"),
            when: When::of(fields),
            eligible: fields.flag("eligible").unwrap_or(true),
            title: fields.text("title"),
            text: fields.blocks("text"),
            instead: fields.list("try", Action::read),
        }
    }
}

impl Step {
    pub(crate) fn read(fields: &Fields) -> Self {
        Self::read_one(fields, |fields| {
            fields.list("steps", |node| {
                Some(node.object(|fields| Self::read_one(fields, no_parts)))
            })
        })
    }

    fn read_one(fields: &Fields, parts: fn(&Fields) -> Vec<Self>) -> Self {
        Self {
            id: fields.string("id").unwrap_or_default(),
            title: fields.text("title"),
            text: fields.blocks("text"),
            who: fields
                .get("who")
                .and_then(|node| node.one_of(Who::WORDS))
                .unwrap_or_default(),
            actor: fields.text("actor"),
            time: fields.object("time", Time::read).unwrap_or_default(),
            optional: fields.flag("optional").unwrap_or_default(),
            when: When::of(fields),
            after: fields.strings("after"),
            evidence: fields.list("evidence", |node| Some(node.object(Evidence::read))),
            fees: fields.list("fees", |node| Some(node.object(Fee::read))),
            office: fields.get("office").map(OfficeRef::read),
            refusal: fields.object("refusal", Refusal::read).unwrap_or_default(),
            action: fields.get("action").and_then(Action::read),
            choose: fields
                .get("choose")
                .and_then(|node| node.one_of(Choose::WORDS))
                .unwrap_or_default(),
            steps: parts(fields),
        }
    }
}

fn no_parts(fields: &Fields) -> Vec<Step> {
    if let Some(node) = fields.get("steps") {
        node.expected("left out: a part of a step has no parts");
    }
    Vec::new()
}

impl Who {
    /// The keywords of the document format.
    pub(crate) const WORDS: &'static [(&'static str, Self)] = &[
        ("you", Self::You),
        ("city", Self::City),
        ("other", Self::Other),
    ];
}

impl Choose {
    /// The keywords of the document format.
    pub(crate) const WORDS: &'static [(&'static str, Self)] =
        &[("all", Self::All), ("one", Self::One)];
}

impl Related {
    pub(crate) fn read(fields: &Fields) -> Self {
        Self {
            guides: fields.strings("guides"),
            services: fields.strings("services"),
        }
    }
}

impl Refusal {
    pub(crate) fn read(fields: &Fields) -> Self {
        Self {
            text: fields.blocks("text"),
            appeal: fields.blocks("appeal"),
        }
    }

    /// True if there is neither a text nor an appeal.
    pub fn is_empty(&self) -> bool {
        self.text.is_empty() && self.appeal.is_empty()
    }
}

impl Evidence {
    pub(crate) fn read(fields: &Fields) -> Self {
        Self {
            id: fields.required("id"),
            title: fields.text("title"),
            text: fields.text("text"),
            without: fields.text("without"),
            optional: fields.flag("optional").unwrap_or_default(),
            when: When::of(fields),
        }
    }
}

impl Fee {
    pub(crate) fn read(fields: &Fields) -> Self {
        let amount = fields.amount("amount");
        if amount.is_none() {
            fields.expected("amount", "a number, 0 for free");
        }
        Self {
            id: fields.required("id"),
            title: fields.text("title"),
            amount: amount.unwrap_or_default(),
            to: fields.amount("to"),
            waiver: fields.text("waiver"),
            pay: fields.text("pay"),
            when: When::of(fields),
        }
    }
}

#[cfg(any(feature = "schema", feature = "serde"))]
impl Scenario {
    pub(crate) fn read(fields: &Fields) -> Self {
        Self {
            name: fields.required("name"),
            answers: fields.object("answers", read_pairs).unwrap_or_default(),
            outcome: fields
                .is_written("outcome")
                .then(|| fields.string("outcome")),
            steps: fields.has("steps").then(|| fields.strings("steps")),
            evidence: fields.has("evidence").then(|| fields.strings("evidence")),
            fees: fields.has("fees").then(|| fields.strings("fees")),
        }
    }
}

/// Questions and options, under keys that the author chose.
#[cfg(any(feature = "schema", feature = "serde"))]
pub(crate) fn read_pairs(fields: &Fields) -> Vec<(String, String)> {
    let entries = fields.entries().into_iter();
    let pairs = entries.filter_map(|(name, node)| {
        fields.accept(name);
        Some((name.to_owned(), node.string()?))
    });
    pairs.collect()
}
