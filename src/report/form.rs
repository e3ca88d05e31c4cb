//! A page of a service's form: one topic, its questions, and on to the next. Answers
//! are checked on “Continue”, never while typing, and kept as they are typed.

use super::answer::fault;
use super::field::{Answered, Field, field};
use super::question::{Item, Question, items};
use super::words::fault_in_words;
use super::{keep_draft, load_draft};
use crate::api::Load;
use crate::app::App;
use crate::i18n::k;
use crate::live::Live;
use crate::platform::view::{View, el};
use crate::route::{Route, Step};
use crate::ui::{
    self, Fault, Mistake, focus_summary, link, loading, paragraph, problem, promise, row, stack,
    summary, title,
};
use open311::{Definition, Service};
use std::{cell::RefCell, rc::Rc};

/// Draws something that needs a service and its definition, as soon as both are there.
pub(super) fn with_definition(
    app: App,
    code: String,
    draw: fn(App, &Service, &Definition) -> View,
) -> View {
    app.forget_failed_definition();
    stack(move || {
        let state = app.state();
        let failed = state.services.with(|services| match services {
            Load::Pending => Some(loading(app)),
            Load::Failed(failure) => Some(problem(app, failure, move || app.load_services())),
            Load::Ready(_) => None,
        });
        if let Some(view) = failed {
            return view;
        }
        let Some(service) = app.service(&code) else {
            return unknown_service(app);
        };
        if !service.metadata {
            return draw(app, &service, &Definition::default());
        }
        app.load_definition(&code);
        let retry = code.clone();
        let definition = state.definition.with(|(_, definition)| definition.clone());
        match definition {
            Load::Ready(definition) => draw(app, &service, &definition),
            Load::Failed(failure) => problem(app, &failure, move || {
                app.forget_failed_definition();
                app.load_definition(&retry);
            }),
            Load::Pending => loading(app),
        }
    })
}

fn unknown_service(app: App) -> View {
    let list = link(app, Route::Services, "btn", app.t(k::SERVICE_UNKNOWN_LIST));
    [title(app.t(k::SERVICE_UNKNOWN)), list].into()
}

/// A page of a service's form.
pub(super) fn form(app: App, code: String, step: Step) -> View {
    match step {
        Step::Place => with_definition(app, code, |app, service, definition| {
            page(app, service, definition, Step::Place)
        }),
        Step::Details => with_definition(app, code, |app, service, definition| {
            page(app, service, definition, Step::Details)
        }),
        _ => with_definition(app, code, |app, service, definition| {
            page(app, service, definition, Step::Contact)
        }),
    }
}

fn page(app: App, service: &Service, definition: &Definition, step: Step) -> View {
    let words = app.words();
    let code = service.code.clone();
    let items = items(step, definition, &words);
    let draft = Rc::new(RefCell::new(load_draft(app, &code)));
    let mistakes = Live::new(Vec::<Mistake>::new());

    let mut asked: Vec<(String, Question)> = Vec::new();
    let mut drawn = Vec::new();
    for (index, item) in items.into_iter().enumerate() {
        match item {
            Item::Notice(notice) => drawn.push(paragraph("notice", notice)),
            Item::Question(question) => {
                let id = ["q", &index.to_string()].concat();
                let answered: Answered = {
                    let (draft, name, code) = (draft.clone(), question.name.clone(), code.clone());
                    Rc::new(move |answer| {
                        let mut draft = draft.borrow_mut();
                        draft.set(&name, answer);
                        keep_draft(app, &code, &draft);
                    })
                };
                let answer = draft.borrow().answer(&question.name).cloned();
                let (own, of_all) = (id.clone(), mistakes.clone());
                let fault: Fault = Rc::new(move || {
                    of_all.with(|all| {
                        all.iter()
                            .find(|(id, _)| *id == own)
                            .map(|(_, words)| words.clone())
                    })
                });
                asked.push((id.clone(), question.clone()));
                drawn.push(field(Field {
                    app,
                    id,
                    question,
                    answer,
                    fault,
                    answered,
                }));
            }
        }
    }

    let next_code = code.clone();
    let shown = mistakes.clone();
    let go_on = move || {
        let draft = draft.borrow();
        let found: Vec<Mistake> = asked
            .iter()
            .filter_map(|(id, question)| {
                let fault = fault(question, draft.answer(&question.name))?;
                Some((id.clone(), fault_in_words(&words, &question.label, fault)))
            })
            .collect();
        let is_right = found.is_empty();
        shown.set(found);
        if is_right {
            keep_draft(app, &next_code, &draft);
            app.go(Route::Report {
                service: next_code.clone(),
                step: after(step),
            });
        } else {
            focus_summary(app);
        }
    };
    let heading = match step {
        Step::Place => app.t(k::PLACE_HEADING),
        Step::Details => app.t(k::DETAILS_HEADING),
        _ => app.t(k::HOW_TO_REACH_HEADING),
    };
    let is_contact = step == Step::Contact;
    let privacy = app
        .with_config(|config| config.privacy.clone())
        .filter(|_| is_contact);
    let privacy = privacy.and_then(|address| privacy_link(app, &address));
    [
        progress(app, service, step),
        summary(app, mistakes),
        title(heading),
        introduction(app, service, step),
        as_form(drawn, app.t(k::CONTINUE), go_on),
        privacy.into(),
        promise(app, &code).filter(|_| !is_contact).into(),
        (step != Step::Place)
            .then(|| paragraph("quiet", app.t(k::KEPT)))
            .into(),
    ]
    .into()
}

/// Fields and their button as one form, so that Enter continues.
fn as_form(fields: Vec<View>, words: String, go_on: impl Fn() + 'static) -> View {
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

/// “Pothole · Step 2 of 4”.
pub(super) fn progress(app: App, service: &Service, step: Step) -> View {
    let place = Step::ALL
        .iter()
        .position(|known| *known == step)
        .unwrap_or_default();
    let values = [
        ("service", service.name.clone()),
        ("step", (place + 1).to_string()),
        ("steps", Step::ALL.len().to_string()),
    ];
    let values: Vec<(&str, &str)> = values
        .iter()
        .map(|(name, value)| (*name, value.as_str()))
        .collect();
    let bar = |index| {
        el("i")
            .class(if index <= place { "done" } else { "" })
            .into()
    };
    let bars: Vec<View> = (0..Step::ALL.len()).map(bar).collect();
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

fn introduction(app: App, service: &Service, step: Step) -> View {
    match step {
        Step::Place if !service.description.is_empty() => {
            paragraph("", service.description.as_str())
        }
        Step::Details if !service.metadata => paragraph("", app.t(k::DETAILS_NOTHING_ASKED)),
        _ => View::Nothing,
    }
}

fn privacy_link(app: App, address: &str) -> Option<View> {
    let address = ui::safe_address(address)?;
    Some(paragraph(
        "quiet",
        el("a").attr("href", address).put(app.t(k::PRIVACY)),
    ))
}

fn after(step: Step) -> Step {
    match step {
        Step::Place => Step::Details,
        Step::Details => Step::Contact,
        Step::Contact | Step::Check => Step::Check,
    }
}
