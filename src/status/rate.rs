//! The two questions after a request is closed: is it solved, and how was it. Asked once, right where
//! its status is; what is said has nothing of the resident in it.

use super::device;
use super::look::Found;
use super::promised::setting;
use crate::app::App;
use crate::config::Extension;
use crate::feedback;
use crate::i18n::{Key, k};
use crate::live::Live;
use crate::platform::view::{View, el};
use crate::platform::{dom, storage};
use crate::route::{Act, Route};
use crate::ui::{Choose, Fault, button, choose, fill_in, heading, labelled, link, row, stack};
use std::cell::RefCell;
use std::rc::Rc;

#[derive(Default)]
struct Said {
    solved: String,
    score: String,
    matters: String,
    text: String,
}

/// The questions about the request that is shown.
pub(super) fn rate(app: App) -> View {
    let Some(found) = Found::current(app) else {
        return View::Nothing;
    };
    // Whether something was said, and whether it is not solved.
    let is_said = Live::new(None);
    let missing = Live::new([false; 2]);
    stack(move || match is_said.get() {
        Some(is_unsolved) => thanks(app, &found, is_unsolved),
        None => form(app, &found, &is_said, &missing),
    })
}

/// What was said opens nothing by itself; the way to that stands beside.
fn thanks(app: App, found: &Found, is_unsolved: bool) -> View {
    let to = Route::Act {
        id: found.id().to_owned(),
        act: Act::Still,
    };
    let takes_updates = app.with_config(|config| config.offers(Extension::Updates));
    let still = (is_unsolved && takes_updates)
        .then(|| row(link(app, to, "btn second", app.t(k::ACT_STILL))));
    let words = el("p")
        .class("thanks")
        .attr("tabindex", "-1")
        .put(app.t(k::FEEDBACK_THANKS));
    [words.into(), still.into()].into()
}

fn form(
    app: App,
    found: &Rc<Found>,
    is_said: &Live<Option<bool>>,
    missing: &Live<[bool; 2]>,
) -> View {
    let said = Rc::new(RefCell::new(Said::default()));
    let setting = setting(app);
    let no_fault: Fault = Rc::new(|| None);
    let fault = |place: usize| -> Fault {
        let missing = missing.clone();
        Rc::new(move || {
            let is_missing = missing.with(|missing| missing.get(place).copied());
            is_missing
                .unwrap_or_default()
                .then(|| app.t(k::RATE_MISSING))
        })
    };
    let question = |id: &str,
                    label: Key,
                    options: Vec<(String, View)>,
                    fault: &Fault,
                    put: fn(&mut Said) -> &mut String| {
        let said = said.clone();
        choose(Choose {
            id: id.into(),
            label: app.t(label).into(),
            hint: String::new(),
            options,
            chosen: None,
            fault: fault.clone(),
            told: Rc::new(move |name| name.clone_into(put(&mut said.borrow_mut()))),
        })
    };
    let yes_no = vec![
        ("yes".to_owned(), app.t(k::RATE_SOLVED_YES).into()),
        ("no".to_owned(), app.t(k::RATE_SOLVED_NO).into()),
    ];
    let scores = [k::RATE_5, k::RATE_4, k::RATE_3, k::RATE_2, k::RATE_1];
    let scores = scores.into_iter().zip((1..=5).rev());
    let scores = scores.map(|(key, score)| (score.to_string(), app.t(key).into()));
    let matters: Vec<(String, View)> = setting
        .matters
        .iter()
        .map(|text| (text.get("en").to_owned(), app.text(text).into()))
        .collect();
    let matters = (!matters.is_empty()).then(|| {
        question(
            "rate-matters",
            k::RATE_MATTERS,
            matters,
            &no_fault,
            |said| &mut said.matters,
        )
    });
    let typed = said.clone();
    let area = el("textarea")
        .attr("rows", "2")
        .attr("maxlength", "1000")
        .on("input", move |event| {
            typed.borrow_mut().text = dom::value_of(&event)
        });
    let hint = app.t(k::FEEDBACK_HINT);
    let area = fill_in(area, "rate-words", &hint, &no_fault);
    let label = app.t_with(k::OPTIONAL, &[("label", &app.t(k::RATE_WORDS))]);
    let (told, gap, found, is_said) = (
        said.clone(),
        missing.clone(),
        found.clone(),
        is_said.clone(),
    );
    let send = move |event: web_sys::Event| {
        event.prevent_default();
        let said = told.borrow();
        if said.solved.is_empty() || said.score.is_empty() {
            gap.set([said.solved.is_empty(), said.score.is_empty()]);
            let first = if said.solved.is_empty() {
                "rate-solved-0"
            } else {
                "rate-score-0"
            };
            app.announce(app.t(k::RATE_MISSING));
            return dom::focus_id(&app.root(), first);
        }
        let code = found
            .request
            .as_ref()
            .and_then(|request| request.service_code.as_deref());
        let fields = [
            ("service_code", code.unwrap_or_default()),
            ("solved", said.solved.as_str()),
            ("score", &said.score),
            ("matters", &said.matters),
            ("text", said.text.trim()),
        ];
        feedback::say(app, "request", &fields);
        storage::write_kept(&device::rated(app, found.id()), "1");
        let is_unsolved = said.solved == "no";
        drop(said);
        app.announce(app.t(k::FEEDBACK_THANKS));
        is_said.set(Some(is_unsolved));
        dom::focus(&app.root(), ".thanks");
    };
    el("form")
        .class("rate")
        .attr("novalidate", "")
        .on("submit", send)
        .put(heading(app.t(k::RATE_HEADING)))
        .put(question(
            "rate-solved",
            k::RATE_SOLVED,
            yes_no,
            &fault(0),
            |said| &mut said.solved,
        ))
        .put(question(
            "rate-score",
            k::RATE_SCORE,
            scores.collect(),
            &fault(1),
            |said| &mut said.score,
        ))
        .put(matters)
        .put(labelled("rate-words", label, hint, &no_fault, area))
        .put(button("submit", "btn second", app.t(k::FEEDBACK_SEND)))
        .into()
}
