//! Which parts of a guide apply to a resident who gave these answers. Without answers all of it may apply: nobody
//! has to answer questions to read a guide.

use crate::condition::{Applies, Known, When};
use crate::model::{Evidence, Fee, Guide, Outcome, Question, Step};

/// The answers to a guide's questions, by the ids of question and option.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Answers(Vec<(String, String)>);

impl<'a> FromIterator<(&'a str, &'a str)> for Answers {
    fn from_iter<T: IntoIterator<Item = (&'a str, &'a str)>>(answers: T) -> Self {
        let mut all = Self::default();
        for (question, option) in answers {
            all.set(question, option);
        }
        all
    }
}

impl Answers {
    /// The chosen option of a question.
    pub fn get(&self, question: &str) -> Option<&str> {
        let mut answers = self.0.iter();
        answers
            .find(|(known, _)| known == question)
            .map(|(_, option)| option.as_str())
    }

    /// Sets the answer to a question, replacing an earlier one.
    pub fn set(&mut self, question: &str, option: &str) {
        self.0.retain(|(known, _)| known != question);
        self.0.push((question.to_owned(), option.to_owned()));
    }

    /// Questions and options, in the order of answering.
    pub fn pairs(&self) -> &[(String, String)] {
        &self.0
    }

    /// True if there are no answers.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// A guide for a resident with certain answers.
pub struct Personal<'a> {
    guide: &'a Guide,
    known: Vec<(&'a str, Known<'a>)>,
}

impl<'a> Personal<'a> {
    /// A guide for a resident with these answers. Answers to questions that are not asked or do not have the option
    /// are ignored. The condition of a question can depend only on earlier questions.
    pub fn new(guide: &'a Guide, answers: &'a Answers) -> Self {
        let mut all = Self {
            guide,
            known: Vec::with_capacity(guide.questions.len()),
        };
        for question in &guide.questions {
            let answer = answers.get(&question.id);
            let answer =
                answer.filter(|option| question.options.iter().any(|known| known.id == *option));
            let known = match (all.applies(question.when.as_ref()), answer) {
                (Applies::No, _) => Known::Never,
                (Applies::Yes, Some(option)) => Known::Is(option),
                _ => Known::Open,
            };
            all.known.push((&question.id, known));
        }
        all
    }

    fn known(&self, question: &str) -> Known<'a> {
        let mut all = self.known.iter();
        all.find(|(id, _)| *id == question)
            .map_or(Known::Never, |(_, known)| *known)
    }

    /// Whether something with this condition applies; without a condition it does.
    pub fn applies(&self, when: Option<&When>) -> Applies {
        when.map_or(Applies::Yes, |when| {
            when.applies(&|question| self.known(question))
        })
    }

    /// The answer to a question, if the question is asked and has the option.
    pub fn answer(&self, question: &str) -> Option<&'a str> {
        match self.known(question) {
            Known::Is(option) => Some(option),
            _ => None,
        }
    }

    /// The questions to ask, given the answers so far.
    pub fn asked(&self) -> impl Iterator<Item = &'a Question> {
        self.guide
            .questions
            .iter()
            .filter(|question| self.applies(question.when.as_ref()) == Applies::Yes)
    }

    /// True if every question to ask has an answer.
    pub fn is_complete(&self) -> bool {
        self.asked()
            .all(|question| self.answer(&question.id).is_some())
    }

    /// The outcome: the first whose condition is met. `None` if there is none, or if it depends on an answer that is
    /// not given yet.
    pub fn outcome(&self) -> Option<&'a Outcome> {
        let mut outcomes = self.guide.outcomes.iter();
        outcomes
            .find_map(|outcome| match self.applies(outcome.when.as_ref()) {
                Applies::Yes => Some(Some(outcome)),
                Applies::Maybe => Some(None),
                Applies::No => None,
            })
            .flatten()
    }

    /// Whether a step applies or may apply.
    pub fn has(&self, step: &Step) -> bool {
        self.applies(step.when.as_ref()) != Applies::No
    }

    /// The steps that apply or may apply, each followed by its parts.
    pub fn steps(&self) -> impl Iterator<Item = &'a Step> {
        let steps = self.guide.steps.iter().filter(|step| self.has(step));
        steps.flat_map(|step| {
            std::iter::once(step).chain(step.steps.iter().filter(|part| self.has(part)))
        })
    }

    /// The evidence that is needed or may be needed, without duplicates.
    pub fn evidence(&self) -> Vec<&'a Evidence> {
        let all = self.steps().flat_map(|step| &step.evidence);
        let own = all.filter(|one| self.applies(one.when.as_ref()) != Applies::No);
        without_duplicates(own, |one| &one.id)
    }

    /// The fees that apply or may apply, without duplicates.
    pub fn fees(&self) -> Vec<&'a Fee> {
        let all = self.steps().flat_map(|step| &step.fees);
        let own = all.filter(|one| self.applies(one.when.as_ref()) != Applies::No);
        without_duplicates(own, |one| &one.id)
    }
}

/// The first of each id.
fn without_duplicates<'a, T>(
    all: impl Iterator<Item = &'a T>,
    id: fn(&T) -> &String,
) -> Vec<&'a T> {
    let mut found: Vec<&T> = Vec::new();
    for one in all {
        if !found.iter().any(|known| id(known) == id(one)) {
            found.push(one);
        }
    }
    found
}
