//! How a guide's document is read. What does not fit is left out and told; the rest is not harmed.

use crate::ReadText as _;
use crate::action::Action;
use crate::condition::When;
use crate::duration::Time;
#[cfg(feature = "schema")]
use crate::model::Scenario;
use crate::model::{
    Choice, Choose, Evidence, Fee, Guide, Outcome, Question, Refusal, Related, Step, Who,
};
use crate::office::OfficeRef;
use json::{Fields, Node};

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
            id: fields.required("id"),
            label: fields.text("label"),
            hint: fields.text("hint"),
            options: fields.list("options", |node| {
                Some(node.object(|fields| Choice {
                    id: fields.required("id"),
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
        let word = |node: Option<Node>| node.and_then(|node| node.one_of(WHO));
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
                .and_then(|node| node.one_of(CHOOSE))
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
    fn read(fields: &Fields) -> Self {
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

#[cfg(feature = "schema")]
impl Scenario {
    fn read(fields: &Fields) -> Self {
        Self {
            name: fields.required("name"),
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
