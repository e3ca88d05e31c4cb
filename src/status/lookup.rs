//! Asking for a request's number.

use super::device::{self, Own};
use crate::app::App;
use crate::i18n::k;
use crate::live::Live;
use crate::platform::storage;
use crate::platform::view::{View, el};
use crate::route::Route;
use crate::ui::{
    Fault, Line, Mistake, button, focus_summary, heading, line, link, row, stack, summary, title,
};
use leptos::task::spawn_local;
use std::{cell::RefCell, rc::Rc};

const FIELD: &str = "request-number";

/// The form that looks a request up.
pub(super) fn lookup(app: App) -> View {
    super::send_what_waits(app);
    // The view is drawn anew when the language changes.
    let kept = app.key("lookup");
    let before = storage::read(&kept).unwrap_or_default();
    let number = Rc::new(RefCell::new(before.clone()));
    let mistakes = Live::new(Vec::<Mistake>::new());
    let (shown, typed) = (mistakes.clone(), number.clone());
    let all = mistakes.clone();
    let fault: Fault = Rc::new(move || all.with(|all| all.first().map(|(_, words)| words.clone())));
    let field = line(Line {
        id: FIELD.into(),
        label: app.t(k::LOOKUP_LABEL),
        hint: app.t(k::LOOKUP_HINT),
        value: before,
        input_type: "text",
        input_mode: "",
        autocomplete: "off",
        fault,
        typed: Rc::new(move |text| {
            storage::write(&kept, &text);
            typed.replace(text);
        }),
    });
    let look = move |event: web_sys::Event| {
        event.prevent_default();
        let id = super::number::candidates(&number.borrow());
        let id = id.into_iter().next().unwrap_or_default();
        if id.is_empty() {
            shown.set(vec![(FIELD.into(), app.t(k::LOOKUP_EMPTY))]);
            focus_summary(app);
        } else {
            storage::remove(&app.key("lookup"));
            app.go(Route::Status { id });
        }
    };
    let form = el("form").attr("novalidate", "").on("submit", look);
    let form = form
        .put(field)
        .put(row(button("submit", "btn", app.t(k::LOOKUP_PRESS))));
    let around = link(app, Route::Around, "", app.t(k::AROUND_HEADING));
    let card = link(app, Route::Card, "", app.t(k::CARD_HEADING));
    let more = [el("li").put(around).into(), el("li").put(card).into()];
    [
        summary(app, mistakes),
        title(app.t(k::LOOKUP_HEADING)),
        form.into(),
        own(app),
        el("ul").class("list").put(more).into(),
    ]
    .into()
}

/// The requests of this device, each of which can be taken off.
fn own(app: App) -> View {
    let rows = Live::new(Vec::<Own>::new());
    let read = |rows: &Live<Vec<Own>>| {
        let rows = rows.clone();
        spawn_local(async move {
            let all = device::all(app).await;
            if !app.is_gone() {
                rows.set(all);
            }
        });
    };
    read(&rows);
    stack(move || {
        let all = rows.get();
        if all.is_empty() {
            return View::Nothing;
        }
        let items: Vec<View> = all.iter().map(|own| item(app, own, &rows)).collect();
        el("section")
            .class("group waiting")
            .put(heading(app.t(k::LOOKUP_OWN)))
            .put(el("ul").class("list").put(items))
            .into()
    })
}

fn item(app: App, own: &Own, rows: &Live<Vec<Own>>) -> View {
    let kind = match own.is_mine {
        true => own.id.clone(),
        false => app.t_with(k::LOOKUP_FOLLOWED, &[("number", &own.id)]),
    };
    let inside = el("span")
        .class("two")
        .put(el("span").put(own.name.as_str()))
        .put(el("span").class("quiet").put(kind));
    let (id, rows) = (own.id.clone(), rows.clone());
    let label = el("span").class("vh").put([" ", &own.id].concat());
    let erase = button(
        "button",
        "quiet-button",
        [app.t(k::ERASE).into(), label.into()],
    )
    .on("click", move |_| {
        let mut left = rows.now();
        left.retain(|known| known.id != id);
        rows.set(left);
        let id = id.clone();
        spawn_local(async move { device::forget(app, &id).await });
        app.say(app.t(k::ERASED));
    });
    let to = Route::Status { id: own.id.clone() };
    el("li")
        .put(link(app, to, "", inside))
        .put(row(erase))
        .into()
}
