//! The error summary: all errors of a page, each with a link to its field (the pattern of the GOV.UK Design
//! System). It takes the focus when it appears, so that residents do not have to search for what went wrong.
//! Does not know what makes an answer wrong.

use super::{message, reactive};
use crate::app::App;
use crate::platform::dom::Event;
use crate::platform::focus;
use crate::view::{Signal, View, el};
use frontdoor_core::i18n::k;

/// An error at a field: the field's id, and the text, which is also shown at the field.
pub type FieldError = (String, String);

/// The summary of all errors, redrawn when they change; nothing if there are none.
pub fn error_summary(app: App, errors: Signal<Vec<FieldError>>) -> View {
    reactive(move || {
        let errors = errors.get();
        if errors.is_empty() {
            return View::Nothing;
        }
        let count = errors.len();
        let lines = errors.into_iter();
        let lines = lines.map(|(id, text)| link_to_field(app, id, text));
        summary_of(app, count, lines.collect())
    })
}

/// A summary of `count` errors with these lines.
pub fn summary_of(app: App, count: usize, lines: Vec<View>) -> View {
    let lines: Vec<View> = lines
        .into_iter()
        .map(|line| el("li").child(line).into())
        .collect();
    let heading = app.t_count(k::SUMMARY_HEADING, count, &[]);
    message(app, heading, vec![el("ul").child(lines).into()])
}

fn link_to_field(app: App, id: String, text: String) -> View {
    let address = ["#", &id].concat();
    // Replaces the browser's own jump: a URL fragment does not reach into a shadow root.
    let go = move |event: Event| {
        event.prevent_default();
        focus::focus_id(&app.root(), &id);
    };
    el("a")
        .attr("href", &address)
        .on("click", go)
        .child(text)
        .into()
}

/// Moves the focus to the summary once it is drawn.
pub fn focus_error_summary(app: App) {
    focus::focus_after_drawing(&app.root(), ".summary");
}
