//! Small accessible parts that every view is made of. Each takes plain values and
//! callbacks; none of them knows a journey.

mod choose;
mod contact;
mod icon;
mod lazy;
mod line;
mod problem;
mod promise;
mod summary;

pub use choose::{Choose, choose};
pub use contact::{contact_block, contact_point, open_line};
pub use guide::safe_address;
pub use icon::{Icon, icon};
pub use lazy::{Journey, lazily};
pub use line::{Fault, Line, describe, field, fill_in, hint_and_fault, labelled, line};
pub use problem::{by_phone, call_link, failure_in_words, loading, problem};
pub use promise::{promise, promise_lines};
pub use summary::{Mistake, focus_summary, summary, summary_of};

use crate::app::App;
use crate::live::Live;
use crate::platform::dom;
use crate::platform::view::{Element, View, el};
use crate::route::Route;
use wasm_bindgen::JsCast;

/// The heading of a view. It takes the focus when the view opens, so that a screen
/// reader says where the resident now is.
pub fn title(words: String) -> View {
    el("h2")
        .class("title")
        .attr("part", "title")
        .attr("tabindex", "-1")
        .put(words)
        .into()
}

/// A link to another place in the widget.
pub fn link(app: App, to: Route, class: &'static str, inside: impl Into<View>) -> View {
    link_with(app, to, class, inside.into(), Box::new(|| {}))
}

/// A link to another place in the widget, and what is done before going there.
pub fn link_with(
    app: App,
    to: Route,
    class: &'static str,
    inside: View,
    leave: Box<dyn Fn()>,
) -> View {
    let address = to.to_hash();
    let go = move |event: web_sys::Event| {
        leave();
        if !event.dyn_ref().is_some_and(dom::wants_new_tab) {
            event.prevent_default();
            app.go(to.clone());
        }
    };
    el("a")
        .class(class)
        .attr("href", &address)
        .on("click", go)
        .put(inside)
        .into()
}

/// A button beside a view's main action.
pub fn second_button(words: String, mut press: impl FnMut() + 'static) -> View {
    button("button", "btn second", words)
        .on("click", move |_| press())
        .into()
}

/// A button of this `type`.
pub fn button(kind: &str, class: &str, words: impl Into<View>) -> Element {
    el("button")
        .attr("type", kind)
        .class(class)
        .attr("part", "button")
        .put(words)
}

/// Things in a row that wraps.
pub fn row(things: impl Into<View>) -> View {
    el("div").class("row").put(things).into()
}

/// Things under each other, with space between them.
pub fn stack(draw: impl Fn() -> View + 'static) -> View {
    el("div").class("stack").live(draw).into()
}

/// Draws what is there, and anew only when that has become something else: a field that somebody
/// types in must not be drawn over because of another field. Nothing is drawn of None.
pub fn follow<T: PartialEq + 'static>(
    what: impl Fn() -> Option<T> + 'static,
    draw: impl Fn(&T) -> View + 'static,
) -> View {
    let known = Live::new(None);
    let told = known.clone();
    el("div")
        .class("stack")
        .live_attr("hidden", move || {
            let now = what();
            let is_there = now.is_some();
            if told.peek(|before| *before != now) {
                told.set(now);
            }
            (!is_there).then(String::new)
        })
        .live(move || known.with(|now| now.as_ref().map(&draw).into()))
        .into()
}

/// A paragraph.
pub fn paragraph(class: &'static str, words: impl Into<View>) -> View {
    el("p").class(class).put(words).into()
}

/// A paragraph, where there are words for it.
pub fn paragraph_of(class: &'static str, words: String) -> View {
    match words.is_empty() {
        true => View::Nothing,
        false => paragraph(class, words),
    }
}

/// The heading of a message that stands above a view's own heading, so of the same rank.
pub fn message_heading(words: String) -> View {
    el("h2").class("message").put(words).into()
}

/// A small heading.
pub fn heading(words: String) -> View {
    el("h3").put(words).into()
}

/// A telephone number as the address of a call.
pub fn call_address(phone: &str) -> String {
    let dialled = phone
        .chars()
        .filter(|c| c.is_ascii_digit() || matches!(c, '+' | '*' | '#'));
    String::from("tel:").chars().chain(dialled).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_dialled_without_its_blanks_and_brackets() {
        assert_eq!(call_address("(555) 010-0140"), "tel:5550100140");
        assert_eq!(call_address("+49 221 221-0"), "tel:+492212210");
    }
}
