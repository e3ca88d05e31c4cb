//! The tools of a guide: print, copy or share it, save dates for the calendar, say whether a step was clear. Their
//! code is a chunk that is loaded when the first tool is used; this module only selects the tool.

use super::calendar;
use super::open::OpenGuide;
use super::print::{self, Scope};
use crate::app::{App, feedback};
use crate::view::Signal;
use frontdoor_core::i18n::{Key, k};
use guide::Calendar;
use leptos::wasm_split::SplitLoaderError;
use std::rc::Rc;

/// A tool that a resident chose, with its input.
pub(super) enum GuideTool {
    /// Print the guide.
    Print(Rc<OpenGuide>, Scope),
    /// Copy the guide as text to the clipboard.
    Copy(Rc<OpenGuide>, Scope),
    /// Share the guide's URL.
    Share(Rc<OpenGuide>),
    /// Save dates for the calendar.
    Calendar(Rc<OpenGuide>, Calendar),
    /// Say whether a step was clear.
    Feedback(StepFeedback),
    /// Send feedback that is still pending.
    SendFeedback,
}

/// Whether a step was clear.
pub(super) struct StepFeedback {
    /// The guide's id.
    pub(super) guide: String,
    /// The step's id.
    pub(super) step: String,
    /// True if the step was clear.
    pub(super) is_clear: bool,
    /// Why it was not clear; may be empty.
    pub(super) text: String,
}

/// Runs a tool; `outcome` is set to the message about its result, or to an error if the code cannot be loaded.
pub(super) fn run_tool(app: App, tool: GuideTool, outcome: &Signal<Option<Key>>) {
    let outcome = outcome.clone();
    app.spawn(async move {
        if run(app, tool, outcome.clone()).await.is_err() {
            outcome.set(Some(k::PROBLEM_UNREACHABLE));
        }
    });
}

#[leptos::wasm_split::wasm_split(guide_tools, wasm_split_path = leptos::wasm_split, fallible)]
fn run(app: App, tool: GuideTool, outcome: Signal<Option<Key>>) -> Result<(), SplitLoaderError> {
    match tool {
        GuideTool::Print(open, scope) => print::print(app, &open, scope),
        GuideTool::Copy(open, scope) => print::copy(app, &open, scope, outcome),
        GuideTool::Share(open) => print::share(app, &open, outcome),
        GuideTool::Calendar(open, calendar) => calendar::save(app, &open, &calendar),
        GuideTool::Feedback(given) => {
            let clear = if given.is_clear { "yes" } else { "no" };
            let fields = [
                ("guide", given.guide.as_str()),
                ("step", &given.step),
                ("clear", clear),
                ("text", &given.text),
            ];
            feedback::give(app, "step", &fields);
            app.announce(app.t(k::FEEDBACK_THANKS));
        }
        GuideTool::SendFeedback => feedback::send(app),
    }
    Ok(())
}
