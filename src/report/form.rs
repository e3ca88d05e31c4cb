//! A page of a service's form: one topic, its questions, and on to the next. Answers
//! are checked on “Continue”, never while typing, and kept as they are typed.

use super::before::First;
use super::draft::Draft;
use super::field::{Answered, Field, field};
use super::outline::{Outline, Source};
use super::question::{Item, Question};
use super::state::Report;
use super::words::fault_in_words;
use crate::api::{Failure, Load};
use crate::app::App;
use crate::i18n::k;
use crate::live::Live;
use crate::platform::view::{View, el};
use crate::platform::{intl, time};
use crate::route::{Route, Step};
use crate::ui::{
    self, Fault, Mistake, focus_summary, link, loading, paragraph, problem, promise, row, stack,
    summary, title,
};
use open311::{Definition, Moment, Service};
use std::{cell::RefCell, rc::Rc};

/// A service's form and all that a page of it needs.
pub(super) struct Form {
    pub(super) app: App,
    pub(super) report: Rc<Report>,
    pub(super) service: Service,
    pub(super) outline: Outline,
}

/// How a page of a form is drawn.
pub(super) type Draw = Box<dyn Fn(&Rc<Form>) -> View>;

/// How far the way to a form is.
enum Gate {
    /// Something is still on its way.
    Waiting,
    /// The list of services could not be had.
    NoServices(Failure),
    /// The city has no such service here.
    Unknown,
    /// The service's definition could not be had.
    NoDefinition(Failure),
    /// All is there, and this has to be read or decided first; None is the form itself.
    Form(Service, Rc<Definition>, Option<First>),
}

impl PartialEq for Gate {
    /// A form that stands is not drawn again: somebody types in it.
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Waiting, Self::Waiting) | (Self::Unknown, Self::Unknown) => true,
            (Self::Form(_, own, before), Self::Form(_, others, then)) => {
                Rc::ptr_eq(own, others) && before == then
            }
            _ => false,
        }
    }
}

/// Draws something that needs a service's form, as soon as all is there that it is made of; before
/// that, what a resident has to know first.
pub(super) fn with_form(app: App, code: String, draw: Draw) -> View {
    let report = Report::of(app);
    report.forget_failed_definition();
    if !report.has_begun(&code) {
        report.ask_notices();
    }
    let (asked, retry) = (report.clone(), report.clone());
    let nothing_asked = Rc::new(Definition::default());
    ui::follow(
        move || Some(gate(app, &asked, &code, &nothing_asked)),
        move |gate| match gate {
            Gate::Waiting => loading(app),
            Gate::NoServices(failure) => problem(app, failure, move || app.load_services()),
            Gate::Unknown => unknown_service(app),
            Gate::NoDefinition(failure) => {
                let retry = retry.clone();
                problem(app, failure, move || {
                    retry.forget_failed_definition();
                    retry.changed.set(());
                })
            }
            Gate::Form(service, definition, first) => {
                let form = Rc::new(Form::new(app, &report, service.clone(), definition));
                match first {
                    Some(first) => first.draw(&form),
                    None => {
                        report.begin(&form.service.code);
                        draw(&form)
                    }
                }
            }
        },
    )
}

fn gate(app: App, report: &Rc<Report>, code: &str, nothing_asked: &Rc<Definition>) -> Gate {
    report.changed.get();
    let failed = app.state().services.with(|services| match services {
        Load::Pending => Some(Gate::Waiting),
        Load::Failed(failure) => Some(Gate::NoServices(failure.clone())),
        Load::Ready(_) => None,
    });
    if let Some(gate) = failed {
        return gate;
    }
    let Some(service) = app.service(code) else {
        return Gate::Unknown;
    };
    let definition = match service.metadata {
        false => Load::Ready(nothing_asked.clone()),
        true => report.definition(code),
    };
    match definition {
        Load::Failed(failure) => Gate::NoDefinition(failure),
        Load::Ready(definition) if report.is_known() => {
            let first = First::of(report, code);
            Gate::Form(service, definition, first)
        }
        _ => Gate::Waiting,
    }
}

impl Form {
    fn new(app: App, report: &Rc<Report>, service: Service, definition: &Definition) -> Self {
        let words = app.words();
        let (language, zone) = (app.language(), app.time_zone());
        let moment = |key: &str| {
            let moment = Moment::read(key)?.unix_milliseconds()?;
            intl::day_and_time(&language, zone.as_deref(), moment as f64)
        };
        let outline = Outline::new(&Source {
            definition,
            setting: &report.setting,
            words: &words,
            moment: &moment,
        });
        Self {
            app,
            report: report.clone(),
            service,
            outline,
        }
    }

    /// The draft of this tab, or a new one.
    pub(super) fn draft(&self) -> Draft {
        self.report.draft_or_new(&self.service.code)
    }

    /// Keeps the draft.
    pub(super) fn keep(&self, draft: &mut Draft) {
        if draft.print.is_empty() {
            draft.print = self.outline.print();
        }
        self.report.keep(&self.service.code, draft);
    }

    /// Where a step of this form is.
    pub(super) fn at(&self, step: Step) -> Route {
        Route::Report {
            service: self.service.code.clone(),
            step,
        }
    }

    /// Goes on from a step: to what comes next, or back to the check whence a Change led here, once
    /// nothing is missing any more.
    pub(super) fn go_on(&self, step: Step, draft: &Draft) {
        let next = match self.app.came_from(&self.at(Step::Check)) {
            true => first_gap(self, draft).map_or(Step::Check, |(step, _)| step),
            false => self.outline.after(step, draft),
        };
        self.app.go(self.at(next));
    }

    /// “Pothole · Step 2 of 4”, and what has to be known on every page.
    pub(super) fn head(&self, step: Step, draft: &Draft) -> View {
        let has_changed = !draft.print.is_empty() && draft.print != self.outline.print();
        let changed = has_changed.then(|| paragraph("notice", self.app.t(k::FORM_CHANGED)));
        [progress(self, step, draft), changed.into()].into()
    }
}

/// The first question that has no answer that will do, with its step and what to say of it.
pub(super) fn first_gap(form: &Form, draft: &Draft) -> Option<(Step, Mistake)> {
    let words = form.app.words();
    form.outline
        .asked(draft)
        .into_iter()
        .find_map(|(step, question)| {
            let fault = form.outline.fault(&question, draft)?;
            let said = fault_in_words(&words, &question.label, fault);
            Some((step, (question.name, said)))
        })
}

fn unknown_service(app: App) -> View {
    let list = link(app, Route::Services, "btn", app.t(k::SERVICE_UNKNOWN_LIST));
    [title(app.t(k::SERVICE_UNKNOWN)), list].into()
}

/// A page of questions.
pub(super) fn details(app: App, code: String, step: Step) -> View {
    with_form(app, code, Box::new(move |form| details_page(form, step)))
}

fn details_page(form: &Rc<Form>, step: Step) -> View {
    let app = form.app;
    let page = Page::new(form, step);
    let introduction = (!form.service.metadata && step == Step::Details(0))
        .then(|| paragraph("", app.t(k::DETAILS_NOTHING_ASKED)));
    let heading = app.t(k::DETAILS_HEADING);
    let fields = page.fields();
    let go_on = page.continues(step);
    [
        form.head(step, &page.draft.borrow()),
        summary(app, page.mistakes.clone()),
        title(heading),
        introduction.into(),
        as_form(fields, app.t(k::CONTINUE), go_on),
        promise(app, &form.service.code).into(),
        kept_line(form),
    ]
    .into()
}

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
        let stopped = Live::new(self.form.outline.stop(&question, &self.draft.borrow()));
        let may_stop = stopped.peek(Option::is_some) || question.may_stop();
        let answered: Answered = {
            let (page, question, stopped) = (self.clone(), question.clone(), stopped.clone());
            Rc::new(move |answer| {
                let mut draft = page.draft.borrow_mut();
                draft.set(&question.name, answer);
                page.form.keep(&mut draft);
                if may_stop {
                    stopped.set(page.form.outline.stop(&question, &draft));
                }
                drop(draft);
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
        let drawn = field(Field {
            app,
            id,
            question,
            answer,
            fault,
            answered,
        });
        if !may_stop {
            return drawn;
        }
        // Said at once, and not only on “Continue”: somebody in danger must not go on typing.
        let said = el("div").attr("role", "status").live(move || {
            let message = stopped.get();
            message
                .map(|message| paragraph("notice stop", message))
                .into()
        });
        [drawn, said.into()].into()
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

fn progress(form: &Form, step: Step, draft: &Draft) -> View {
    let app = form.app;
    let steps = form.outline.steps(draft);
    let step = match step {
        Step::Nearby => Step::Place,
        step => step,
    };
    let place = steps.iter().position(|known| *known == step);
    let place = place.unwrap_or_default();
    let (number, all) = ((place + 1).to_string(), steps.len().to_string());
    let values = [
        ("service", form.service.name.as_str()),
        ("step", &number),
        ("steps", &all),
    ];
    let bar = |index| {
        el("i")
            .class(if index <= place { "done" } else { "" })
            .into()
    };
    let bars: Vec<View> = (0..steps.len()).map(bar).collect();
    el("div")
        .put(paragraph("quiet", app.t_with(k::STEP_OF, &values)))
        .put(
            el("div")
                .class("steps")
                .attr("aria-hidden", "true")
                .put(bars),
        )
        .into()
}

/// What becomes of what is typed, and how to be rid of it.
pub(super) fn kept_line(form: &Rc<Form>) -> View {
    let app = form.app;
    let (report, code) = (form.report.clone(), form.service.code.clone());
    stack(move || {
        report.changed.get();
        if crate::platform::storage::is_forgetful() {
            return paragraph("quiet", app.t(k::KEPT_NOWHERE));
        }
        let words = match report.is_lasting() {
            true => k::KEPT,
            false => k::KEPT_IN_TAB,
        };
        let (eraser, code) = (report.clone(), code.clone());
        let erase = ui::button("button", "quiet-button", app.t(k::ERASE)).on("click", move |_| {
            eraser.forget(&code);
            app.go_for_good(Route::Services);
            app.announce_there(app.t(k::ERASED));
        });
        let sharer = report.clone();
        let shared = ui::button("button", "quiet-button", app.t(k::SHARED_COMPUTER)).on(
            "click",
            move |_| {
                sharer.be_forgetful();
                app.announce(app.t(k::KEPT_NOWHERE));
            },
        );
        let presses = el("div").class("row links").put(erase).put(shared);
        el("div")
            .class("kept")
            .put(paragraph("quiet", app.t(words)))
            .put(presses)
            .into()
    })
}

/// A moment for people, in the city's time.
pub(super) fn when(app: App, milliseconds: u64) -> String {
    let zone = app.time_zone();
    intl::day_and_time(&app.language(), zone.as_deref(), milliseconds as f64).unwrap_or_default()
}

/// How long ago, in milliseconds.
pub(super) fn since(milliseconds: u64) -> f64 {
    time::now() - milliseconds as f64
}
