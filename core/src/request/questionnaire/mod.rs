//! A service's form: its pages of questions, and which of them are asked given the answers so far.
//!
//! It knows the questions but neither how they are drawn nor what is sent. How the pages are put together is in
//! `build`; one question and its answer are in [`super::question`] and [`super::answer`].

mod build;

pub use build::QuestionnaireInputs;

use super::answer::{self, Answer, AnswerError};
use super::draft::Draft;
use super::question::{DESCRIPTION_LIMIT, Item, Kind, Question, attribute_code};
use crate::route::Step;
use open311::Condition;

/// Chains of questions that depend on each other are followed to this depth. Deeper conditions, including
/// circular ones, count as met, so that their questions are asked. Sensible: 8 to 30.
const MAX_CONDITION_DEPTH: usize = 16;

/// All questions of a service's form, page by page.
pub struct Questionnaire {
    pages: Vec<(Step, Vec<Item>)>,
    has_photos: bool,
}

impl Questionnaire {
    /// Builds the questionnaire of a service.
    pub fn new(inputs: &QuestionnaireInputs) -> Self {
        Self {
            pages: build::pages(inputs),
            has_photos: inputs.config.max_photos() > 0,
        }
    }

    /// The items on the page of a step; empty for a step that is not a page of questions.
    pub fn items(&self, step: Step) -> &[Item] {
        self.pages
            .iter()
            .find(|(known, _)| *known == step)
            .map(|(_, items)| items.as_slice())
            .unwrap_or_default()
    }

    /// All questions with their steps, whether they are asked or not.
    pub fn questions(&self) -> impl Iterator<Item = (Step, &Question)> {
        self.pages.iter().flat_map(|(step, items)| {
            items.iter().filter_map(move |item| match item {
                Item::Question(question) => Some((*step, question)),
                Item::Notice(_) => None,
            })
        })
    }

    /// The steps of the form given the answers so far, up to the review. Pages without active questions are left
    /// out.
    pub fn steps(&self, draft: &Draft) -> Vec<Step> {
        let mut steps = Vec::new();
        for (step, items) in &self.pages {
            if *step == Step::Contact {
                steps.extend(self.has_photos.then_some(Step::Photos));
            }
            let is_asked = |item: &Item| match item {
                Item::Question(question) => self.is_asked(question, draft),
                Item::Notice(_) => false,
            };
            if items.iter().any(is_asked) {
                steps.push(*step);
            }
        }
        if self.has_photos && !steps.contains(&Step::Photos) {
            steps.push(Step::Photos);
        }
        steps.push(Step::Check);
        steps
    }

    /// The step after this one; the review ([`Step::Check`]) if there is none.
    pub fn after(&self, step: Step, draft: &Draft) -> Step {
        let steps = self.steps(draft);
        // Nearby requests are shown between the location and the questions and are not a step of their own.
        let current = if step == Step::Nearby {
            Step::Place
        } else {
            step
        };
        let index = steps.iter().position(|known| *known == current);
        let next = match index {
            Some(index) => steps.get(index + 1),
            // The page no longer has active questions: continue with the first step after it.
            None => steps.iter().find(|known| rank(**known) > rank(current)),
        };
        next.copied().unwrap_or(Step::Check)
    }

    /// The questions that are asked given the answers so far, resolved ([`Questionnaire::resolve`]).
    pub fn active_questions(&self, draft: &Draft) -> Vec<(Step, Question)> {
        self.questions()
            .filter(|(_, question)| self.is_asked(question, draft))
            .map(|(step, question)| (step, self.resolve(question, draft)))
            .collect()
    }

    /// True if a question is asked given the answers so far.
    pub fn is_asked(&self, question: &Question, draft: &Draft) -> bool {
        self.is_asked_at(question, draft, 0)
    }

    fn is_asked_at(&self, question: &Question, draft: &Draft, depth: usize) -> bool {
        let condition = question.rules.as_ref();
        let condition = condition.and_then(|rules| rules.asked_when.as_ref());
        condition.is_none_or(|condition| self.is_met(condition, draft, depth))
    }

    fn is_met(&self, condition: &Condition, draft: &Draft, depth: usize) -> bool {
        depth >= MAX_CONDITION_DEPTH
            || condition.is_met(&|code| self.answers_to(code, draft, depth + 1))
    }

    /// The answers to the question with this code or name; none if it is not asked.
    fn answers_to(&self, code: &str, draft: &Draft, depth: usize) -> Vec<String> {
        let question = self
            .questions()
            .map(|(_, question)| question)
            .find(|question| question.code().unwrap_or(&question.name) == code);
        match question {
            Some(question) if self.is_asked_at(question, draft, depth) => {
                draft.answers(&question.name)
            }
            _ => Vec::new(),
        }
    }

    /// Returns the question with the `required` and the values that apply given the answers so far.
    pub fn resolve(&self, question: &Question, draft: &Draft) -> Question {
        let mut resolved = question.clone();
        if let Some(rules) = &question.rules {
            let is_met = |condition: &Condition| self.is_met(condition, draft, 0);
            resolved.required |= rules.required_when.as_ref().is_some_and(is_met);
            let values = rules.values.iter().find(|(condition, _)| is_met(condition));
            if let (Some((_, values)), Kind::One(choices) | Kind::Many(choices)) =
                (values, &mut resolved.kind)
            {
                choices.clone_from(values);
            }
        }
        resolved
    }

    /// What to tell the resident if the answer to a resolved question means that this is the wrong form; `None`
    /// otherwise.
    pub fn stop(&self, question: &Question, draft: &Draft) -> Option<String> {
        let given = draft.answers(&question.name);
        let by_choice = question
            .choices()
            .iter()
            .filter(|choice| given.contains(&choice.key))
            .find_map(|choice| choice.stop.clone());
        let stops = question.rules.as_ref().map(|rules| rules.stops.as_slice());
        by_choice.or_else(|| {
            let mut stops = stops.unwrap_or_default().iter();
            stops
                .find(|(condition, _)| !given.is_empty() && self.is_met(condition, draft, 0))
                .map(|(_, message)| message.clone())
        })
    }

    /// Checks the answer to a resolved question; `None` if it is valid.
    pub fn check(&self, question: &Question, draft: &Draft) -> Option<AnswerError> {
        let answer = draft.answer(&question.name);
        match question.name.as_str() {
            // A pin on the map is an answer, too.
            "address_string" if answer.is_none_or(Answer::is_blank) => {
                draft.pin.is_none().then_some(AnswerError::Empty)
            }
            "landmark" => (draft.needs_landmark() && answer.is_none_or(Answer::is_blank))
                .then_some(AnswerError::Empty),
            "description" => {
                let room = DESCRIPTION_LIMIT.saturating_sub(draft.added_to_description());
                let mut limited = question.clone();
                limited.kind = Kind::Paragraph(room);
                answer::check(&limited, answer)
            }
            _ => match self.stop(question, draft) {
                Some(message) => Some(AnswerError::Stopped(message)),
                None => answer::check(question, answer),
            },
        }
    }

    /// A hash of the service's own questions (32-bit FNV-1a, in decimal). It changes when the city changes its form.
    pub fn fingerprint(&self) -> String {
        let mut state: u32 = 0x811c_9dc5;
        let mut hash = |text: &str| {
            for byte in text.bytes().chain([0]) {
                state = (state ^ u32::from(byte)).wrapping_mul(0x0100_0193);
            }
        };
        for (_, question) in self.questions().filter(|(_, q)| q.code().is_some()) {
            hash(&question.name);
            hash(&question.label);
            question
                .choices()
                .iter()
                .for_each(|choice| hash(&choice.key));
        }
        state.to_string()
    }
}

/// The position of a step in the form, whether it is in use or not.
fn rank(step: Step) -> u16 {
    match step {
        Step::Place | Step::Nearby => 0,
        Step::Details(page) => 1 + u16::from(page),
        Step::Photos => 300,
        Step::Contact => 301,
        Step::Check => 302,
    }
}

/// True for the name of a question about the resident rather than about the problem.
pub fn is_personal(name: &str) -> bool {
    attribute_code(name).is_none() && !matches!(name, "address_string" | "landmark" | "description")
}
