//! A page of questions: fields that appear and disappear with other answers, validation on “Continue” and never while
//! typing, and messages that stop the form at once. Which questions are asked, and when an answer is valid, is
//! decided by `frontdoor_core::request::questionnaire`.

use super::field::{Field, OnAnswer, draw_field};
use super::form::Form;
use super::readiness::when_form_ready;
use crate::app::App;
use crate::ui::{
    self, ErrorText, FieldError, error_summary, focus_error_summary, paragraph, row,
    service_promise, title,
};
use crate::view::{Signal, View, el};
use frontdoor_core::i18n::k;
use frontdoor_core::ids::ServiceCode;
use frontdoor_core::request::draft::Draft;
use frontdoor_core::request::question::{Item, Question};
use frontdoor_core::request::wording::error_text;
use frontdoor_core::route::Step;
use std::{cell::RefCell, rc::Rc};

/// A page of questions about the problem.
pub(super) fn details_page(app: App, code: ServiceCode, step: Step) -> View {
    when_form_ready(app, code, Box::new(move |form| draw_details(form, step)))
}

fn draw_details(form: &Rc<Form>, step: Step) -> View {
    let app = form.app;
    let page = QuestionPage::new(form, step, draw_field);
    let asks_nothing = !form.service.metadata && step == Step::Details(0);
    let introduction = asks_nothing.then(|| paragraph("", app.t(k::DETAILS_NOTHING_ASKED)));
    [
        form.head(step, &page.draft.borrow()),
        error_summary(app, page.errors.clone()),
        title(app, app.t(k::DETAILS_HEADING)),
        introduction.into(),
        as_form(page.fields(), app.t(k::CONTINUE), page.on_continue()),
        service_promise(app, &form.code).into(),
        form.saved_notice(),
    ]
    .into()
}

/// The questions of one page, with the draft and the errors.
pub(super) struct QuestionPage {
    pub(super) form: Rc<Form>,
    /// The draft while the page is open; saved with every change.
    pub(super) draft: Rc<RefCell<Draft>>,
    /// Errors found by the last validation.
    pub(super) errors: Signal<Vec<FieldError>>,
    step: Step,
    /// Draws a field. A pointer, so that the page for the location does not contain fields that it never has.
    draw: fn(Field) -> View,
    /// Notified when an answer has changed that other questions depend on.
    dependencies_changed: Signal<()>,
}

impl QuestionPage {
    /// Starts a page with the form's current draft and without errors.
    pub(super) fn new(form: &Rc<Form>, step: Step, draw: fn(Field) -> View) -> Rc<Self> {
        Rc::new(Self {
            draw,
            form: form.clone(),
            draft: Rc::new(RefCell::new(form.draft())),
            errors: Signal::new(Vec::new()),
            step,
            dependencies_changed: Signal::new(()),
        })
    }

    /// The fields of the page. Those that depend on other answers appear and disappear with them.
    pub(super) fn fields(self: &Rc<Self>) -> Vec<View> {
        let items = self.form.questionnaire.items(self.step).iter().enumerate();
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

    /// The field of the question with this name, for pages that have more than fields; nothing if there is none.
    pub(super) fn field_of(self: &Rc<Self>, name: &str) -> View {
        let items = self.form.questionnaire.items(self.step).iter().enumerate();
        for (index, item) in items {
            if let Item::Question(question) = item
                && question.name == name
            {
                let mut question = question.clone();
                // Such pages show the question only if it has to be answered.
                question.required = true;
                return self.field(index, question);
            }
        }
        View::Nothing
    }

    /// A field that is redrawn only when its question has changed: a field that somebody is typing in must not be.
    fn conditional(self: &Rc<Self>, index: usize, question: &Question) -> View {
        let (page, question) = (self.clone(), question.clone());
        let asked = move || {
            page.dependencies_changed.track();
            let draft = page.draft.borrow();
            let questionnaire = &page.form.questionnaire;
            questionnaire
                .is_asked(&question, &draft)
                .then(|| questionnaire.resolve(&question, &draft))
        };
        let page = self.clone();
        ui::reactive_if_changed(asked, move |asked| page.field(index, asked.clone()))
    }

    fn field(self: &Rc<Self>, index: usize, question: Question) -> View {
        let app = self.form.app;
        let id = field_id(index);
        let matters = question
            .code()
            .is_some_and(|code| self.is_depended_on(code))
            || self.is_depended_on(&question.name);
        let may_stop = question.may_stop();
        let own_answer = Signal::new(());
        let on_answer: OnAnswer = {
            let (page, name, own_answer) =
                (self.clone(), question.name.clone(), own_answer.clone());
            Rc::new(move |answer| {
                let mut draft = page.draft.borrow_mut();
                draft.set(&name, answer);
                page.form.save(&mut draft);
                drop(draft);
                if may_stop {
                    own_answer.notify();
                }
                if matters {
                    page.dependencies_changed.notify();
                }
            })
        };
        let (own, of_all) = (id.clone(), self.errors.clone());
        let error: ErrorText = Rc::new(move || {
            of_all.with(|all| {
                all.iter()
                    .find(|(id, _)| *id == own)
                    .map(|(_, text)| text.clone())
            })
        });
        let answer = self.draft.borrow().answer(&question.name).cloned();
        let stops = may_stop.then(|| self.stop(question.clone(), own_answer));
        let drawn = (self.draw)(Field {
            app,
            id,
            question,
            answer,
            error,
            on_answer,
        });
        [drawn, stops.into()].into()
    }

    /// The message of an answer that stops the form. Shown at once instead of on “Continue”: somebody in danger must
    /// not go on typing.
    fn stop(self: &Rc<Self>, question: Question, own_answer: Signal<()>) -> View {
        let page = self.clone();
        let message = move || {
            own_answer.track();
            page.dependencies_changed.track();
            page.form
                .questionnaire
                .stop(&question, &page.draft.borrow())
        };
        el("div")
            .attr("role", "status")
            .child(ui::reactive_if_changed(message, |message| {
                paragraph("notice stop", message.as_str())
            }))
            .into()
    }

    fn is_depended_on(&self, code: &str) -> bool {
        self.form
            .questionnaire
            .items(self.step)
            .iter()
            .any(|item| matches!(item, Item::Question(question) if question.depends_on(code)))
    }

    /// Validates the page; true if all answers are valid. Otherwise shows the errors and moves the focus to them.
    pub(super) fn validate(&self) -> bool {
        let (questionnaire, draft) = (&self.form.questionnaire, self.draft.borrow());
        let catalog = self.form.app.catalog();
        let found: Vec<FieldError> = questionnaire
            .items(self.step)
            .iter()
            .enumerate()
            .filter_map(|(index, item)| {
                let Item::Question(question) = item else {
                    return None;
                };
                if !questionnaire.is_asked(question, &draft) {
                    return None;
                }
                let asked = questionnaire.resolve(question, &draft);
                let error = questionnaire.check(&asked, &draft)?;
                Some((field_id(index), error_text(&catalog, &asked.label, error)))
            })
            .collect();
        let is_valid = found.is_empty();
        self.errors.set(found);
        if !is_valid {
            focus_error_summary(self.form.app);
        }
        is_valid
    }

    /// Returns the handler of “Continue”: validates the page, saves the draft, goes to the next step.
    pub(super) fn on_continue(self: &Rc<Self>) -> impl Fn() + 'static {
        let page = self.clone();
        move || {
            if page.validate() {
                let mut draft = page.draft.borrow_mut();
                page.form.save(&mut draft);
                page.form.continue_from(page.step, &draft);
            }
        }
    }
}

fn field_id(index: usize) -> String {
    ["q", &index.to_string()].concat()
}

/// Fields and their submit button in a `form` element, so that the Enter key continues.
pub(super) fn as_form(fields: Vec<View>, text: String, on_submit: impl Fn() + 'static) -> View {
    el("form")
        .attr("novalidate", "")
        .on("submit", move |event| {
            event.prevent_default();
            on_submit();
        })
        .child(fields)
        .child(row(ui::button("submit", "btn", text)))
        .into()
}
