//! The form that asks for a request's number, and the requests of this device. Does not look anything up itself: it
//! opens the request's page.

use super::own_requests::{self, OwnRequest};
use crate::app::App;
use crate::platform::dom::Event;
use crate::ui::{
    ErrorText, FieldError, TextField, button, error_summary, focus_error_summary, heading, hidden,
    link, reactive, row, text_field, title,
};
use crate::view::{Signal, View, el};
use frontdoor_core::i18n::k;
use frontdoor_core::route::Route;
use frontdoor_core::status::number::candidates;
use frontdoor_core::storage::Entry;
use std::{cell::RefCell, rc::Rc};

/// Id of the number field.
const FIELD: &str = "request-number";

/// The page to look up a request.
pub(super) fn lookup_page(app: App) -> View {
    // Saved, because the view is redrawn when the language changes.
    let before = app.read(Entry::Lookup).unwrap_or_default();
    let typed = Rc::new(RefCell::new(before.clone()));
    let errors = Signal::new(Vec::<FieldError>::new());
    let (own_errors, input) = (errors.clone(), typed.clone());
    let error: ErrorText =
        Rc::new(move || own_errors.with(|errors| errors.first().map(|(_, text)| text.clone())));
    let field = text_field(TextField {
        id: FIELD.into(),
        label: app.t(k::LOOKUP_LABEL),
        hint: app.t(k::LOOKUP_HINT),
        value: before,
        input_type: "text",
        input_mode: "",
        autocomplete: "off",
        error,
        on_input: Rc::new(move |text| {
            app.write(Entry::Lookup, &text);
            input.replace(text);
        }),
    });
    let shown = errors.clone();
    let look_up = move |event: Event| {
        event.prevent_default();
        let Some(number) = candidates(&typed.borrow()).into_iter().next() else {
            shown.set(vec![(FIELD.into(), app.t(k::LOOKUP_EMPTY))]);
            return focus_error_summary(app);
        };
        app.erase(Entry::Lookup);
        app.go(Route::Status {
            number: number.into(),
        });
    };
    let form = el("form")
        .attr("novalidate", "")
        .on("submit", look_up)
        .child(field)
        .child(row(button("submit", "btn", app.t(k::LOOKUP_PRESS))));
    let nearby = link(app, Route::Nearby, "", app.t(k::AROUND_HEADING));
    let report_card = link(app, Route::ReportCard, "", app.t(k::CARD_HEADING));
    let more = [
        el("li").child(nearby).into(),
        el("li").child(report_card).into(),
    ];
    [
        error_summary(app, errors),
        title(app, app.t(k::LOOKUP_HEADING)),
        form.into(),
        own_list(app),
        el("ul").class("list").child(more).into(),
    ]
    .into()
}

/// The requests of this device, each with a button to erase it; nothing if there are none.
fn own_list(app: App) -> View {
    let requests = Signal::new(Vec::<OwnRequest>::new());
    let loaded = requests.clone();
    app.spawn(async move {
        let all = own_requests::all(app).await;
        if !app.is_gone() {
            loaded.set(all);
        }
    });
    reactive(move || {
        let all = requests.get();
        if all.is_empty() {
            return View::Nothing;
        }
        let items: Vec<View> = all.iter().map(|own| item(app, own, &requests)).collect();
        el("section")
            .class("group waiting")
            .child(heading(app.t(k::LOOKUP_OWN)))
            .child(el("ul").class("list").child(items))
            .into()
    })
}

fn item(app: App, own: &OwnRequest, requests: &Signal<Vec<OwnRequest>>) -> View {
    let number = if own.is_mine {
        own.number.to_string()
    } else {
        app.t_with(k::LOOKUP_FOLLOWED, &[("number", &own.number)])
    };
    let inside = el("span")
        .class("two")
        .child(el("span").child(own.service_name.as_str()))
        .child(el("span").class("quiet").child(number));
    let (erased, requests) = (own.number.clone(), requests.clone());
    let label = [app.t(k::STATUS_FORGET).into(), hidden(&own.number)];
    let erase = button("button", "quiet-button", label).on("click", move |_| {
        requests.update(|requests| requests.retain(|known| known.number != erased));
        let number = erased.clone();
        app.spawn(async move { own_requests::erase(app, &number).await });
        app.toast(app.t(k::ERASED));
    });
    let to = Route::Status {
        number: own.number.clone(),
    };
    el("li")
        .child(link(app, to, "", inside))
        .child(row(erase))
        .into()
}
