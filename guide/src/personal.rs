//! What of a guide is for somebody who gave these answers. Without answers all of it may be: nobody
//! has to answer to read.

use crate::condition::{Applies, Known, When};
use crate::model::{Evidence, Fee, Guide, Outcome, Question, Step};

/// The answers to a guide's questions: question and option.
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
    /// The option that was chosen.
    pub fn get(&self, question: &str) -> Option<&str> {
        let mut answers = self.0.iter();
        answers
            .find(|(known, _)| known == question)
            .map(|(_, option)| option.as_str())
    }

    /// Chooses an option in the place of the one before.
    pub fn set(&mut self, question: &str, option: &str) {
        self.0.retain(|(known, _)| known != question);
        self.0.push((question.to_owned(), option.to_owned()));
    }

    /// Questions and options.
    pub fn pairs(&self) -> &[(String, String)] {
        &self.0
    }

    /// True if nothing was answered.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// A guide as it is for somebody.
pub struct Personal<'a> {
    guide: &'a Guide,
    known: Vec<(&'a str, Known<'a>)>,
}

impl<'a> Personal<'a> {
    /// A guide for somebody with these answers. Answers to questions that are not asked, or that have no
    /// such option, do not count. A question may look only at those before it.
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

    /// Whether something under a condition is for them; without one it is for everybody.
    pub fn applies(&self, when: Option<&When>) -> Applies {
        when.map_or(Applies::Yes, |when| {
            when.applies(&|question| self.known(question))
        })
    }

    /// The option that counts as the answer to a question.
    pub fn answer(&self, question: &str) -> Option<&'a str> {
        match self.known(question) {
            Known::Is(option) => Some(option),
            _ => None,
        }
    }

    /// The questions that are asked now.
    pub fn asked(&self) -> impl Iterator<Item = &'a Question> {
        self.guide
            .questions
            .iter()
            .filter(|question| self.applies(question.when.as_ref()) == Applies::Yes)
    }

    /// True if every question that is asked has its answer.
    pub fn is_complete(&self) -> bool {
        self.asked()
            .all(|question| self.answer(&question.id).is_some())
    }

    /// What follows from the answers; None if nothing does, or an answer is missing for it.
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

    /// Whether a step is for them.
    pub fn has(&self, step: &Step) -> bool {
        self.applies(step.when.as_ref()) != Applies::No
    }

    /// The steps that are for them, or may be, with their parts, in order.
    pub fn steps(&self) -> impl Iterator<Item = &'a Step> {
        let steps = self.guide.steps.iter().filter(|step| self.has(step));
        steps.flat_map(|step| {
            std::iter::once(step).chain(step.steps.iter().filter(|part| self.has(part)))
        })
    }

    /// What they need, or may need: each thing once.
    pub fn evidence(&self) -> Vec<&'a Evidence> {
        let all = self.steps().flat_map(|step| &step.evidence);
        let own = all.filter(|one| self.applies(one.when.as_ref()) != Applies::No);
        let mut found: Vec<&Evidence> = Vec::new();
        for one in own {
            if !found.iter().any(|known| known.id == one.id) {
                found.push(one);
            }
        }
        found
    }

    /// What they pay, or may pay: each fee once.
    pub fn fees(&self) -> Vec<&'a Fee> {
        let all = self.steps().flat_map(|step| &step.fees);
        let own = all.filter(|one| self.applies(one.when.as_ref()) != Applies::No);
        let mut found: Vec<&Fee> = Vec::new();
        for one in own {
            if !found.iter().any(|known| known.id == one.id) {
                found.push(one);
            }
        }
        found
    }
}
