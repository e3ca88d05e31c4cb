//! The error summary: all that is wrong on a page, each with a link to its field. It
//! takes the focus when it appears, so that nobody has to look for what went wrong.

use super::{message_heading, stack};
use crate::app::App;
use crate::i18n::k;
use crate::live::Live;
use crate::platform::dom;
use crate::platform::view::{View, el};

/// One thing that is wrong: the id of the field, and the words that stand at the field too.
pub type Mistake = (String, String);

/// The summary of all mistakes; nothing as long as there are none.
pub fn summary(app: App, mistakes: Live<Vec<Mistake>>) -> View {
    stack(move || {
        let mistakes = mistakes.get();
        match mistakes.is_empty() {
            true => View::Nothing,
            false => {
                let count = mistakes.len();
                let lines = mistakes
                    .into_iter()
                    .map(|(id, words)| to_field(app, id, words))
                    .collect();
                summary_of(app, count, lines)
            }
        }
    })
}

/// The frame of a summary, with a line for each mistake.
pub fn summary_of(app: App, count: usize, lines: Vec<View>) -> View {
    let lines: Vec<View> = lines
        .into_iter()
        .map(|line| el("li").put(line).into())
        .collect();
    el("div")
        .class("summary")
        .attr("role", "alert")
        .attr("tabindex", "-1")
        .put(message_heading(app.t_count(k::SUMMARY_HEADING, count, &[])))
        .put(el("ul").put(lines))
        .into()
}

fn to_field(app: App, id: String, words: String) -> View {
    let address = ["#", &id].concat();
    let go = move |event: web_sys::Event| {
        event.prevent_default();
        dom::focus_id(&app.root(), &id);
    };
    el("a")
        .attr("href", &address)
        .on("click", go)
        .put(words)
        .into()
}

/// Moves the focus to the summary, once it is drawn.
pub fn focus_summary(app: App) {
    dom::focus(&app.root(), ".summary");
}
