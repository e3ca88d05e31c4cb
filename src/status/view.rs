//! One request: what matters most first, in words; who has it, what was promised and whether it was
//! kept, what a resident can do now, and what happened.

use super::history::{facts, history, picture};
use super::look::{Found, Looking, find, look, watch};
use super::promise::Done;
use super::promised::{headline, meaning_line, promise_box, promise_of};
use super::timeline::{Event, open_question, timeline};
use super::{BESIDE, RATE, device, rate};
use crate::api::{Failure, Load};
use crate::app::App;
use crate::config::Extension;
use crate::i18n::k;
use crate::live::Live;
use crate::platform::view::{View, el};
use crate::platform::{intl, storage, time};
use crate::report::PREFILL;
use crate::route::{Act, Route};
use crate::ui::{
    button, failure_in_words, heading, lazily, link, loading, paragraph, problem, row,
    second_button, stack, title,
};
use leptos::task::spawn_local;
use open311::{ServiceRequest, Stage, Value, json};
use std::rc::Rc;

/// One request, followed for as long as it is shown.
pub(super) fn view(app: App, id: String) -> View {
    let state: Looking = Live::new(Load::Pending);
    let trouble = Live::new(None::<Failure>);
    look(app, id.clone(), &state);
    let (told, sad) = (state.clone(), trouble.clone());
    watch(app, id.clone(), move |answer| match answer {
        Ok(found) => {
            sad.set(None);
            take(app, &told, found);
        }
        // What is shown stays; that it could not be looked at again is said beside it.
        Err(failure) => sad.set(Some(failure)),
    });
    stack(move || {
        let again = state.clone();
        let id = id.clone();
        let look = move || {
            let (again, id) = (again.clone(), id.clone());
            spawn_local(async move {
                match find(app, &id).await {
                    Ok(found) if !app.is_gone() => take(app, &again, found),
                    Err(failure) if !app.is_gone() => again.set(Load::Failed(failure)),
                    _ => {}
                }
            });
        };
        state.with(|state| match state {
            Load::Pending => loading(app),
            Load::Failed(failure) => problem(app, failure, look),
            Load::Ready(found) => match &found.request {
                Some(request) => whole(app, request, found, &trouble, look),
                None => not_found(app, found.wanted.as_str(), look),
            },
        })
    })
}

/// Shows what was found; says a change once.
fn take(app: App, state: &Looking, found: Found) {
    let before = state.peek(|state| match state {
        Load::Ready(before) => Some(before.clone()),
        _ => None,
    });
    let is_same = before
        .as_ref()
        .is_some_and(|before| before.request == found.request && before.updates == found.updates);
    if !is_same && before.is_some_and(|before| before.request.is_some()) {
        let words = found
            .request
            .as_ref()
            .map(|request| headline(app, request, &promise_of(app, request, &found)));
        app.announce(words.unwrap_or_default());
    }
    let found = Rc::new(found);
    app.state().opened.replace(Some(found.clone()));
    state.set(Load::Ready(found));
}

fn not_found(app: App, id: &str, look: impl FnMut() + 'static) -> View {
    let again = second_button(app.t(k::STATUS_LOOK_AGAIN), look);
    let other = link(
        app,
        Route::Lookup,
        "btn second",
        app.t(k::STATUS_OTHER_NUMBER),
    );
    [
        title(app.t_with(k::STATUS_NOT_FOUND, &[("number", id)])),
        paragraph("", app.t(k::STATUS_NOT_FOUND_WHY)),
        paragraph("", app.t(k::STATUS_WATCHING)),
        row([again, other]),
        by_number(app, id),
    ]
    .into()
}

/// The telephone, with the number ready to be read out.
pub(super) fn by_number(app: App, id: &str) -> View {
    el("div")
        .class("promise note")
        .put(paragraph("", app.t(k::STATUS_BY_PHONE)))
        .put(el("span").class("number").put(id))
        .put(crate::ui::by_phone(app))
        .into()
}

fn whole(
    app: App,
    request: &ServiceRequest,
    found: &Rc<Found>,
    trouble: &Live<Option<Failure>>,
    look: impl FnMut() + Clone + 'static,
) -> View {
    let id = found.id().to_owned();
    let promise = promise_of(app, request, found);
    let events = timeline(request, &found.updates, time::now() as i64);
    let is_late = matches!(promise.done, Done::Late { .. });
    let stage = match request.status.stage() {
        Stage::Open => "open",
        Stage::Closed => "closed",
        Stage::Unknown => "unknown",
    };
    let late = if is_late { "yes" } else { "no" };
    let code = request.service_code.as_deref().unwrap_or_default();
    app.tell(
        "status-shown",
        &[("stage", stage), ("service", code), ("late", late)],
    );
    let about = [request.service_name.as_deref(), request.address.as_deref()];
    let about: Vec<&str> = about.into_iter().flatten().collect();
    let number = app.t_with(k::STATUS_NUMBER, &[("number", &id)]);
    let head = match about.is_empty() {
        true => number,
        false => [&number, " · ", &about.join(", ")].concat(),
    };
    let asked = request.description.as_deref().map(|text| {
        el("div")
            .put(heading(app.t(k::STATUS_ASKED)))
            .put(paragraph("own-words", text))
    });
    [
        el("div")
            .put(paragraph("quiet", head))
            .put(title(headline(app, request, &promise)))
            .into(),
        looked(app, found, trouble, look),
        question(app, &id, &events),
        promise_box(app, request, &promise, &events),
        meaning_line(app, request, is_late),
        actions(app, request, found, is_late),
        questions_after(app, request, &id),
        facts(app, request, &events),
        history(app, &events),
        picture(app, request),
        asked.into(),
        lazily(app, &BESIDE),
        row(
            button("button", "quiet-button", app.t(k::STATUS_FORGET)).on("click", move |_| {
                let id = id.clone();
                spawn_local(async move {
                    device::forget(app, &id).await;
                    if !app.is_gone() {
                        app.announce(app.t(k::ERASED));
                    }
                });
            }),
        ),
    ]
    .into()
}

/// When it was looked at last, and that what stands here may be old.
fn looked(
    app: App,
    found: &Rc<Found>,
    trouble: &Live<Option<Failure>>,
    look: impl FnMut() + Clone + 'static,
) -> View {
    let (found, trouble) = (found.clone(), trouble.clone());
    stack(move || {
        let zone = app.time_zone();
        let at =
            intl::day_and_time(&app.language(), zone.as_deref(), found.asked).unwrap_or_default();
        let why = trouble.get().map(|failure| failure_in_words(app, &failure));
        let old = found.is_old || why.is_some();
        let words = match old {
            true => app.t_with(k::STATUS_OLD, &[("day", &at)]),
            false => app.t_with(k::STATUS_LOOKED_AT, &[("day", &at)]),
        };
        let mut look = look.clone();
        let again = button("button", "quiet-button", app.t(k::STATUS_LOOK_AGAIN))
            .on("click", move |_| look());
        el("div")
            .class(if old { "notice" } else { "row" })
            .put(why.map(|why| paragraph("", why)))
            .put(el("span").class("quiet").put(words))
            .put(again)
            .into()
    })
}

/// What the city asks the resident.
fn question(app: App, id: &str, events: &[Event]) -> View {
    let Some(event) = open_question(events) else {
        return View::Nothing;
    };
    let to = Route::Act {
        id: id.to_owned(),
        act: Act::Answer,
    };
    el("div")
        .class("promise note")
        .put(el("b").put(app.t(k::STATUS_ASKS_YOU)))
        .put(paragraph("", event.words.clone().unwrap_or_default()))
        .put(row(link(app, to, "btn", app.t(k::ACT_ANSWER))))
        .into()
}

/// What a resident can do now.
fn actions(app: App, request: &ServiceRequest, found: &Rc<Found>, is_late: bool) -> View {
    let id = found.id().to_owned();
    let is_closed = request.status.stage() == Stage::Closed;
    let to = |act, class, words| {
        let route = Route::Act {
            id: id.clone(),
            act,
        };
        link(app, route, class, app.t(words))
    };
    let name = request.service_name.clone().unwrap_or_default();
    let followed = id.clone();
    let follow = second_button(app.t(k::STATUS_FOLLOW), move || {
        let (id, name) = (followed.clone(), name.clone());
        spawn_local(async move {
            device::follow(app, &id, &name).await;
            if !app.is_gone() {
                storage::write_lasting(&app.key(crate::report::WAITS), "1");
                app.announce(app.t(k::NEARBY_FOLLOWED));
            }
        });
    });
    if !app.with_config(|config| config.offers(Extension::Updates)) {
        let again = is_closed.then(|| row(still_there(app, request, &id)));
        return [row(follow), again.into(), by_number(app, &id)].into();
    }
    let mut presses = Vec::new();
    if is_late {
        presses.push(to(Act::Remind, "btn", k::ACT_REMIND));
    }
    if is_closed {
        presses.push(to(Act::Still, "btn second", k::ACT_STILL));
    }
    presses.push(to(Act::Add, "btn second", k::ACT_ADD));
    presses.push(follow);
    if !is_closed {
        presses.push(to(Act::Withdraw, "btn second", k::ACT_WITHDRAW));
    }
    row(presses)
}

/// A new request about the same, where the endpoint cannot open this one again.
fn still_there(app: App, request: &ServiceRequest, id: &str) -> View {
    let Some(code) = request.service_code.clone() else {
        return View::Nothing;
    };
    let words = app.t_with(k::ACT_STILL_LINKED, &[("number", id)]);
    let mut fields = vec![("description".to_owned(), Value::Text(words))];
    if let Some(address) = &request.address {
        fields.push(("address".to_owned(), Value::Text(address.clone())));
    }
    let left = json::write(&Value::Map(fields));
    let key = app.key(&[PREFILL, &code].concat());
    let leave = move || storage::write(&key, &left);
    let words = app.t(k::ACT_STILL).into();
    crate::ui::link_with(
        app,
        Route::report(&code),
        "btn second",
        words,
        Box::new(leave),
    )
}

/// The two questions after it is closed, once.
fn questions_after(app: App, request: &ServiceRequest, id: &str) -> View {
    let is_asked = request.status.stage() == Stage::Closed
        && app.with_config(|config| config.feedback.is_some())
        && storage::read_kept(&rate::key(app, id)).is_none();
    match is_asked {
        true => lazily(app, &RATE),
        false => View::Nothing,
    }
}
