//! Links within the widget, and to phone numbers. Real `a` elements with an address, so that opening in a new tab
//! and copying the address work.

use crate::app::App;
use crate::platform::dom::{self, Event};
use crate::view::{Element, IntoChild, View, el};
use frontdoor_core::i18n::k;
use frontdoor_core::route::Route;

/// A link to another route of the widget.
pub fn link(app: App, to: Route, class: &'static str, inside: impl IntoChild) -> View {
    link_with(app, to, class, inside, || {})
}

/// Like [`link`]; `before` runs first when the link is clicked, even if it opens a new tab.
pub fn link_with(
    app: App,
    to: Route,
    class: &'static str,
    inside: impl IntoChild,
    before: impl Fn() + 'static,
) -> View {
    anchor(app, to, class, Box::new(before))
        .child(inside)
        .into()
}

// Separate from the generic functions, so that it is compiled once.
fn anchor(app: App, to: Route, class: &'static str, before: Box<dyn Fn()>) -> Element {
    let address = to.to_hash();
    let go = move |event: Event| {
        before();
        if !dom::wants_new_tab(&event) {
            event.prevent_default();
            app.go(to.clone());
        }
    };
    el("a").class(class).attr("href", &address).on("click", go)
}

/// A link that calls a phone number.
pub fn call_link(app: App, phone: &str) -> View {
    let text = app.t_with(k::CONTACT_CALL, &[("phone", phone)]);
    el("a")
        .class("reach")
        .attr("href", &call_address(phone))
        .child(text)
        .into()
}

/// The `tel:` URL of a phone number: digits, `+`, `*` and `#` only.
pub fn call_address(phone: &str) -> String {
    let dialled = phone
        .chars()
        .filter(|c| c.is_ascii_digit() || matches!(c, '+' | '*' | '#'));
    String::from("tel:").chars().chain(dialled).collect()
}

#[cfg(test)]
mod tests {
    use super::call_address;

    #[test]
    fn a_number_is_dialled_without_its_spaces_and_brackets() {
        assert_eq!(call_address("(555) 010-0140"), "tel:5550100140");
        assert_eq!(call_address("+49 221 221-0"), "tel:+492212210");
    }
}
