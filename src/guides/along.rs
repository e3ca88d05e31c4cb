//! What goes along with a guide and is not needed to read it: the questions that say for whom it is,
//! a copy to take along, dates for the calendar, and what residents say of a step. A chunk of its own.

use super::open::Open;
use super::{calendar, check, paper};
use crate::app::App;
use crate::feedback;
use crate::i18n::Key;
use crate::live::Live;
use crate::platform::view::View;
use crate::ui::Journey;
use guide::Calendar;
use leptos::task::spawn_local;
use leptos::wasm_split::SplitLoaderError;
use std::rc::Rc;
use std::sync::atomic::AtomicBool;

/// The questions of the guide that is open.
pub static CHECK: Journey = Journey {
    is_there: AtomicBool::new(false),
    fetch: || Box::pin(fetch_along()),
    draw: |app| Box::pin(draw_along(app)),
};

/// How much of a guide is on the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Scope {
    /// What is for this resident.
    Own,
    /// All of it, because they asked for it.
    All,
}

/// What a resident pressed.
pub(super) enum Press {
    /// The guide on paper.
    Print(Rc<Open>, Scope),
    /// The guide as text on the clipboard.
    Copy(Rc<Open>, Scope),
    /// The guide's address to somebody else.
    Share(Rc<Open>),
    /// Dates into the calendar.
    Calendar(Rc<Open>, Calendar),
    /// Whether a step was clear, and why not.
    Clear {
        guide: String,
        step: String,
        is_clear: bool,
        text: String,
    },
    /// Nothing: what was said earlier may still wait.
    Send,
}

/// Does what was pressed; `said` becomes what there is to say of it.
pub(super) fn press(app: App, press: Press, said: &Live<Option<Key>>) {
    let said = said.clone();
    spawn_local(async move {
        let told = said.clone();
        if press_along(app, press, said).await.is_err() {
            told.set(Some(crate::i18n::k::PROBLEM_UNREACHABLE));
        }
    });
}

#[leptos::wasm_split::wasm_split(along, wasm_split_path = leptos::wasm_split, fallible, preload(fetch_along))]
fn draw_along(app: App) -> Result<View, SplitLoaderError> {
    Ok(match Open::current(app) {
        Some(open) => check::check(app, &open),
        None => super::pages(app),
    })
}

#[leptos::wasm_split::wasm_split(along, wasm_split_path = leptos::wasm_split, fallible)]
fn press_along(app: App, press: Press, said: Live<Option<Key>>) -> Result<(), SplitLoaderError> {
    match press {
        Press::Print(open, scope) => paper::print(app, &open, scope),
        Press::Copy(open, scope) => paper::copy(app, &open, scope, said),
        Press::Share(open) => paper::share(app, &open, said),
        Press::Calendar(open, calendar) => calendar::save(app, &open, &calendar),
        Press::Clear {
            guide,
            step,
            is_clear,
            text,
        } => {
            let clear = if is_clear { "yes" } else { "no" };
            let fields = [
                ("guide", guide.as_str()),
                ("step", &step),
                ("clear", clear),
                ("text", &text),
            ];
            feedback::say(app, "step", &fields);
            app.announce(app.t(crate::i18n::k::FEEDBACK_THANKS));
        }
        Press::Send => feedback::send(app),
    }
    Ok(())
}
