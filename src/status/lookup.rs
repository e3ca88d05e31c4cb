//! Asking for a request's number.

use crate::app::App;
use crate::i18n::k;
use crate::route::Route;
use crate::platform::view::{View, el};
use crate::ui::{Line, Mistake, button, focus_summary, line, row, summary, title};
use leptos::prelude::*;
use std::rc::Rc;

const FIELD: &str = "request-number";

/// The form that looks a request up.
pub(super) fn lookup(app: App) -> View {
    let number = StoredValue::new(String::new());
    let mistakes = RwSignal::new(Vec::<Mistake>::new());
    let fault = Signal::derive(move || mistakes.with(|all| all.first().map(|(_, words)| words.clone())));
    let field = line(Line {
        id: FIELD.into(),
        label: app.t(k::LOOKUP_LABEL),
        hint: app.t(k::LOOKUP_HINT),
        value: String::new(),
        input_type: "text",
        input_mode: "",
        autocomplete: "off",
        fault,
        typed: Rc::new(move |text| number.set_value(text)),
    });
    let look = move |event: web_sys::Event| {
        event.prevent_default();
        let id = number.get_value().trim().trim_start_matches('#').trim_start().to_owned();
        if id.is_empty() {
            mistakes.set(vec![(FIELD.into(), app.t(k::LOOKUP_EMPTY))]);
            focus_summary(app);
        } else {
            app.go(Route::Status { id });
        }
    };
    let form = el("form").attr("novalidate", "").on("submit", look);
    let form = form.put(field).put(row(button("submit", "btn", app.t(k::LOOKUP_PRESS))));
    [summary(app, mistakes.into()), title(app.t(k::LOOKUP_HEADING)), form.into()].into()
}
