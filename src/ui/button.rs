//! Buttons: real `button` elements with the CSS part `button`.
//! They know nothing of what they trigger.

use crate::view::{Element, IntoChild, Signal, View, el};

/// A button; `kind` is its `type` (`button` or `submit`).
pub fn button(kind: &str, class: &str, text: impl IntoChild) -> Element {
    el("button")
        .attr("type", kind)
        .class(class)
        .attr("part", "button")
        .child(text)
}

/// A button for an action other than the view's main one.
pub fn secondary_button(text: impl IntoChild, mut on_press: impl FnMut() + 'static) -> View {
    button("button", "btn second", text)
        .on("click", move |_| on_press())
        .into()
}

/// A button that opens and closes something, with `aria-expanded` for screen readers; `text` is called with true
/// while it is open.
pub fn toggle_button(
    class: &'static str,
    is_open: &Signal<bool>,
    text: impl Fn(bool) -> String + 'static,
) -> View {
    let (expanded, toggle, label) = (is_open.clone(), is_open.clone(), is_open.clone());
    button("button", class, move || text(label.get()))
        .attr("aria-expanded", move || Some(expanded.get().to_string()))
        .on("click", move |_| toggle.set(!toggle.get_untracked()))
        .into()
}
