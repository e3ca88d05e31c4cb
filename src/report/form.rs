//! A page of a service's form: one topic, its questions, and on to the next. Answers
//! are checked on “Continue”, never while typing, and kept as they are typed.

use super::before::First;
use super::draft::Draft;
use super::outline::{Outline, Source};
use super::page::{Page, as_form};
use super::prefill::{self, PREFILL};
use super::state::Report;
use super::words::fault_in_words;
use crate::api::{Failure, Load};
use crate::app::App;
use crate::i18n::k;
use crate::platform::view::{View, el};
use crate::platform::{intl, storage, time};
use crate::route::{Route, Step};
use crate::ui::{self, Mistake, link, loading, paragraph, problem, promise, stack, summary, title};
use open311::{Definition, Moment, Service};
use std::rc::Rc;

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
                        form.take_prefill();
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

    /// Takes over what a guide has filled in, once.
    fn take_prefill(&self) {
        let key = self.app.key(&[PREFILL, &self.service.code].concat());
        let Some(left) = storage::read(&key) else {
            return;
        };
        storage::remove(&key);
        let mut draft = self.draft();
        if prefill::apply(&left, &self.outline, &mut draft) {
            self.keep(&mut draft);
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
        if storage::is_forgetful() {
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
