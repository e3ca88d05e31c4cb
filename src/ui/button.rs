//! Buttons.

use crate::view::{Element, IntoChild, Signal, View, el};

/// A button of this `type`.
pub fn button(kind: &str, class: &str, text: impl IntoChild) -> Element {
    el("button")
        .attr("type", kind)
        .class(class)
        .attr("part", "button")
        .child(text)
}

/// A button beside a view's main action.
pub fn secondary_button(text: String, mut on_press: impl FnMut() + 'static) -> View {
    button("button", "btn second", text)
        .on("click", move |_| on_press())
        .into()
}

/// A button that opens and closes something; `text` gets whether it is open.
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
