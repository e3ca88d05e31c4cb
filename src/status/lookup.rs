//! Asking for a request's number.

use crate::app::App;
use crate::i18n::k;
use crate::live::Live;
use crate::platform::view::{View, el};
use crate::route::Route;
use crate::ui::{Fault, Line, Mistake, button, focus_summary, line, row, summary, title};
use std::{cell::RefCell, rc::Rc};

const FIELD: &str = "request-number";

/// The form that looks a request up.
pub(super) fn lookup(app: App) -> View {
    let number = Rc::new(RefCell::new(String::new()));
    let mistakes = Live::new(Vec::<Mistake>::new());
    let (shown, typed) = (mistakes.clone(), number.clone());
    let all = mistakes.clone();
    let fault: Fault = Rc::new(move || all.with(|all| all.first().map(|(_, words)| words.clone())));
    let field = line(Line {
        id: FIELD.into(),
        label: app.t(k::LOOKUP_LABEL),
        hint: app.t(k::LOOKUP_HINT),
        value: String::new(),
        input_type: "text",
        input_mode: "",
        autocomplete: "off",
        fault,
        typed: Rc::new(move |text| drop(typed.replace(text))),
    });
    let look = move |event: web_sys::Event| {
        event.prevent_default();
        let id = number
            .borrow()
            .trim()
            .trim_start_matches('#')
            .trim_start()
            .to_owned();
        if id.is_empty() {
            shown.set(vec![(FIELD.into(), app.t(k::LOOKUP_EMPTY))]);
            focus_summary(app);
        } else {
            app.go(Route::Status { id });
        }
    };
    let form = el("form").attr("novalidate", "").on("submit", look);
    let form = form
        .put(field)
        .put(row(button("submit", "btn", app.t(k::LOOKUP_PRESS))));
    [
        summary(app, mistakes),
        title(app.t(k::LOOKUP_HEADING)),
        form.into(),
    ]
    .into()
}
