//! The notice that says where a resident's input is saved, and how to erase it.
//! Does not know what is saved.

use super::{button, paragraph};
use crate::app::App;
use crate::view::{View, el};
use frontdoor_core::i18n::{Key, k};

/// Says where something is saved, with buttons to erase it and to stop saving on a computer that others use. On a
/// shared computer it only says that nothing is saved.
pub fn saved_notice(
    app: App,
    text: Key,
    erase: impl Fn() + 'static,
    stop_saving: impl Fn() + 'static,
) -> View {
    if app.is_shared_computer() {
        return paragraph("quiet", app.t(k::KEPT_NOWHERE));
    }
    let erase = button("button", "quiet-button", app.t(k::ERASE)).on("click", move |_| erase());
    let shared =
        button("button", "quiet-button", app.t(k::SHARED_COMPUTER)).on("click", move |_| {
            stop_saving();
            app.announce(app.t(k::KEPT_NOWHERE));
        });
    el("div")
        .class("kept")
        .child(paragraph("quiet", app.t(text)))
        .child(el("div").class("row links").child(erase).child(shared))
        .into()
}
