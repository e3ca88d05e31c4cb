//! Check your answers, and send them: once. A send in flight admits no second one, and
//! one without an answer is not repeated without the resident's word.

use super::answer::{Date, DateParts, date, fault};
use super::form::{progress, with_definition};
use super::question::{Question, questions};
use super::words::{answer_in_words, fault_in_words};
use super::{forget_draft, load_draft, reference};
use crate::api::Failure;
use crate::app::App;
use crate::config::Extension;
use crate::i18n::k;
use crate::live::Live;
use crate::platform::view::{View, el};
use crate::platform::{intl, time};
use crate::route::{Reference, Route, Step};
use crate::ui::{
    Mistake, button, focus_summary, link, paragraph, problem, promise, row, stack, summary_of,
    title,
};
use leptos::task::spawn_local;
use open311::{Civil, Definition, Service, ServiceKind};
use std::rc::Rc;

/// The last page before sending.
pub(super) fn check(app: App, code: String) -> View {
    with_definition(app, code, page)
}

fn page(app: App, service: &Service, definition: &Definition) -> View {
    let code = service.code.clone();
    let all = Rc::new(questions(definition, &app.words()));
    let failure = Live::new(None::<Failure>);
    let gap = Live::new(None::<(Step, Mistake)>);
    let rows = rows(app, &code, &all);

    let send_code = code.clone();
    let (failed_with, lacking) = (failure.clone(), gap.clone());
    let press = move || send(app, &send_code, &all, &failed_with, &lacking);
    let press_again = press.clone();
    let words = move || {
        app.t(if app.state().sending.get() {
            k::SENDING
        } else {
            k::SEND
        })
    };
    let gap_code = code.clone();
    let what = el("div")
        .put(el("dt").put(app.t(k::CHECK_WHAT)))
        .put(el("dd").put(service.name.as_str()));
    let send = button("button", "btn", View::Nothing)
        .live_attr("aria-busy", move || {
            Some(app.state().sending.get().to_string())
        })
        .on("click", move |_| press())
        .live(move || words().into());
    [
        progress(app, service, Step::Check),
        stack(move || {
            failure
                .get()
                .map(|failure| failed(app, &failure, press_again.clone()))
                .into()
        }),
        stack(move || {
            gap.get()
                .map(|(step, (_, words))| missing(app, &gap_code, step, words))
                .into()
        }),
        title(app.t(k::CHECK_HEADING)),
        el("dl").class("answers").put(what).put(rows).into(),
        promise(app, &code).into(),
        row(send),
    ]
    .into()
}

/// What was answered, each with a way to change it.
fn rows(app: App, code: &str, all: &[(Step, Question)]) -> Vec<View> {
    let draft = load_draft(app, code);
    let row = |(step, question): &(Step, Question)| {
        let words = answer_in_words(question, draft.answer(&question.name), |parts| {
            day_in_words(app, parts)
        });
        if words.is_empty() && !question.required {
            return None;
        }
        let to = Route::Report {
            service: code.to_owned(),
            step: *step,
        };
        let label = el("span").class("vh").put([" ", &question.label].concat());
        let words = if words.is_empty() {
            app.t(k::NOT_ANSWERED)
        } else {
            words
        };
        let row = el("div").put(el("dt").put(question.label.as_str())).put(
            el("dd")
                .put(words)
                .put(link(app, to, "", [app.t(k::CHANGE).into(), label.into()])),
        );
        Some(row.into())
    };
    all.iter().filter_map(row).collect()
}

fn day_in_words(app: App, parts: &DateParts) -> String {
    let Ok(date) = date(parts) else {
        return String::new();
    };
    let civil = Civil {
        year: date.year as u16,
        month: date.month as u8,
        day: date.day as u8,
        time: None,
    };
    let day = intl::day(&app.language(), Some("UTC"), civil.as_if_utc() as f64).unwrap_or_default();
    match date
        .time
        .and_then(|(hour, minute)| intl::clock(&app.language(), (hour * 60 + minute) as u16))
    {
        Some(clock) => [&day, ", ", &clock].concat(),
        None => day,
    }
}

fn send(
    app: App,
    code: &str,
    all: &[(Step, Question)],
    failure: &Live<Option<Failure>>,
    gap: &Live<Option<(Step, Mistake)>>,
) {
    if app.state().sending.now() {
        return;
    }
    let draft = load_draft(app, code);
    let first_gap = all.iter().find_map(|(step, question)| {
        let fault = fault(question, draft.answer(&question.name))?;
        let words = fault_in_words(&app.words(), &question.label, fault);
        Some((*step, (question.name.clone(), words)))
    });
    gap.set(first_gap.clone());
    failure.set(None);
    if first_gap.is_some() {
        return focus_summary(app);
    }
    let questions: Vec<Question> = all.iter().map(|(_, question)| question.clone()).collect();
    let offset = |date: Date| {
        let (hour, minute) = date.time.unwrap_or_default();
        time::offset_minutes(date.year, date.month, date.day, hour, minute)
    };
    let mut post = draft.post(code, &questions, offset);
    if app.with_config(|config| config.offers(Extension::Idempotency)) {
        post.idempotency_key = draft.key;
    }
    let is_black_box = app
        .service(code)
        .is_some_and(|service| service.kind == ServiceKind::Blackbox);
    app.state().sending.set(true);
    app.announce(app.t(k::SENDING));
    let (api, code, failure) = (app.api(), code.to_owned(), failure.clone());
    spawn_local(async move {
        let outcome = api.submit(post).await;
        if app.is_gone() {
            // The draft stays, and with it the key that keeps the request single.
            return;
        }
        app.state().sending.set(false);
        app.announce(String::new());
        let reference_of = |receipt| match reference(receipt) {
            // Only a black box has nothing to give; from others, nothing is no answer (rule 9).
            Reference::Nothing if !is_black_box => Err(Failure::NotUnderstood),
            reference => Ok(reference),
        };
        match outcome.and_then(reference_of) {
            Ok(reference) => {
                forget_draft(app, &code);
                app.go_for_good(Route::Sent {
                    service: code,
                    reference,
                });
            }
            Err(reason) => {
                failure.set(Some(reason));
                focus_summary(app);
            }
        }
    });
}

/// Why it was not sent; or that nobody can say whether it was.
fn failed(app: App, failure: &Failure, retry: impl FnMut() + 'static) -> View {
    let is_safe = app.with_config(|config| config.offers(Extension::Idempotency));
    let doubt = match (failure.leaves_doubt(), is_safe) {
        (false, _) => k::SEND_REFUSED,
        (true, true) => k::SEND_DOUBT_SAFE,
        (true, false) => k::SEND_DOUBT,
    };
    [problem(app, failure, retry), paragraph("", app.t(doubt))].into()
}

fn missing(app: App, code: &str, step: Step, words: String) -> View {
    let to = Route::Report {
        service: code.to_owned(),
        step,
    };
    summary_of(app, 1, vec![link(app, to, "", words)])
}
