//! The questions of one page of a form: fields that come and go with other answers, mistakes that
//! are looked for on “Continue”, and what is said at once because nobody should go on typing.

use super::draft::Draft;
use super::field::{Answered, Field, field};
use super::form::Form;
use super::question::{Item, Question};
use super::words::fault_in_words;
use crate::live::Live;
use crate::platform::view::{View, el};
use crate::route::Step;
use crate::ui::{self, Fault, Mistake, focus_summary, paragraph, row};
use std::{cell::RefCell, rc::Rc};

/// The questions of one page, what was answered, and what is wrong with it.
pub(super) struct Page {
    pub(super) form: Rc<Form>,
    pub(super) draft: Rc<RefCell<Draft>>,
    pub(super) mistakes: Live<Vec<Mistake>>,
    step: Step,
    /// Told with the code of an attribute when an answer came that others depend on.
    answered: Live<u32>,
}

impl Page {
    pub(super) fn new(form: &Rc<Form>, step: Step) -> Rc<Self> {
        Rc::new(Self {
            form: form.clone(),
            draft: Rc::new(RefCell::new(form.draft())),
            mistakes: Live::new(Vec::new()),
            step,
            answered: Live::new(0),
        })
    }

    /// The fields of the page. Those that depend on other answers come and go with them.
    pub(super) fn fields(self: &Rc<Self>) -> Vec<View> {
        let items = self.form.outline.items(self.step).iter().enumerate();
        items
            .map(|(index, item)| match item {
                Item::Notice(notice) => paragraph("notice", notice.as_str()),
                Item::Question(question) if question.rules.is_some() => {
                    self.conditional(index, question)
                }
                Item::Question(question) => self.field(index, question.clone()),
            })
            .collect()
    }

    /// A field by the name of its question, for pages that stand fields among other things.
    pub(super) fn field_of(self: &Rc<Self>, name: &str) -> View {
        let items = self.form.outline.items(self.step).iter().enumerate();
        for (index, item) in items {
            if let Item::Question(question) = item
                && question.name == name
            {
                let mut question = question.clone();
                // Whoever draws it by name draws it only where it is needed.
                question.required = true;
                return self.field(index, question);
            }
        }
        View::Nothing
    }

    /// Drawn anew only when it is asked otherwise than before: a field that somebody types in stays.
    fn conditional(self: &Rc<Self>, index: usize, question: &Question) -> View {
        let (page, question) = (self.clone(), question.clone());
        let asked = move || {
            page.answered.get();
            let draft = page.draft.borrow();
            let outline = &page.form.outline;
            outline
                .is_asked(&question, &draft)
                .then(|| outline.as_asked(&question, &draft))
        };
        let page = self.clone();
        ui::follow(asked, move |asked| page.field(index, asked.clone()))
    }

    fn field(self: &Rc<Self>, index: usize, question: Question) -> View {
        let app = self.form.app;
        let id = field_id(index);
        let matters = question.code().is_some_and(|code| self.is_looked_at(code))
            || self.is_looked_at(&question.name);
        let may_stop = question.may_stop();
        let own_answer = Live::new(());
        let answered: Answered = {
            let (page, name, own_answer) =
                (self.clone(), question.name.clone(), own_answer.clone());
            Rc::new(move |answer| {
                let mut draft = page.draft.borrow_mut();
                draft.set(&name, answer);
                page.form.keep(&mut draft);
                drop(draft);
                if may_stop {
                    own_answer.set(());
                }
                if matters {
                    page.answered.set(0);
                }
            })
        };
        let (own, of_all) = (id.clone(), self.mistakes.clone());
        let fault: Fault = Rc::new(move || {
            of_all.with(|all| {
                all.iter()
                    .find(|(id, _)| *id == own)
                    .map(|(_, words)| words.clone())
            })
        });
        let answer = self.draft.borrow().answer(&question.name).cloned();
        let stops = may_stop.then(|| self.stop(question.clone(), own_answer));
        let drawn = field(Field {
            app,
            id,
            question,
            answer,
            fault,
            answered,
        });
        [drawn, stops.into()].into()
    }

    /// What an answer says that ends the form, be it this one or another that it is seen with. Said at
    /// once, and not only on “Continue”: somebody in danger must not go on typing.
    fn stop(self: &Rc<Self>, question: Question, own_answer: Live<()>) -> View {
        let page = self.clone();
        let message = move || {
            own_answer.get();
            page.answered.get();
            page.form.outline.stop(&question, &page.draft.borrow())
        };
        el("div")
            .attr("role", "status")
            .put(ui::follow(message, |message| {
                paragraph("notice stop", message.as_str())
            }))
            .into()
    }

    fn is_looked_at(&self, code: &str) -> bool {
        self.form
            .outline
            .items(self.step)
            .iter()
            .any(|item| matches!(item, Item::Question(question) if question.looks_at(code)))
    }

    /// Checks the page; true if nothing is wrong. What is wrong is shown, with the focus on it.
    pub(super) fn is_right(&self) -> bool {
        let (outline, draft) = (&self.form.outline, self.draft.borrow());
        let words = self.form.app.words();
        let found: Vec<Mistake> = outline
            .items(self.step)
            .iter()
            .enumerate()
            .filter_map(|(index, item)| {
                let Item::Question(question) = item else {
                    return None;
                };
                if !outline.is_asked(question, &draft) {
                    return None;
                }
                let asked = outline.as_asked(question, &draft);
                let fault = outline.fault(&asked, &draft)?;
                Some((field_id(index), fault_in_words(&words, &asked.label, fault)))
            })
            .collect();
        let is_right = found.is_empty();
        self.mistakes.set(found);
        if !is_right {
            focus_summary(self.form.app);
        }
        is_right
    }

    /// What “Continue” does.
    pub(super) fn continues(self: &Rc<Self>, step: Step) -> impl Fn() + 'static {
        let page = self.clone();
        move || {
            if page.is_right() {
                let mut draft = page.draft.borrow_mut();
                page.form.keep(&mut draft);
                page.form.go_on(step, &draft);
            }
        }
    }
}

fn field_id(index: usize) -> String {
    ["q", &index.to_string()].concat()
}

/// Fields and their button as one form, so that Enter continues.
pub(super) fn as_form(fields: Vec<View>, words: String, go_on: impl Fn() + 'static) -> View {
    el("form")
        .attr("novalidate", "")
        .on("submit", move |event| {
            event.prevent_default();
            go_on();
        })
        .put(fields)
        .put(row(ui::button("submit", "btn", words)))
        .into()
}
