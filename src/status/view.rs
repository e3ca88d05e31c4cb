//! One request: what matters most first, in words; who has it, what was promised and whether it was
//! kept, what a resident can do now, and what happened.

use super::history::{facts, history, picture};
use super::look::Found;
use super::promise::{Done, Promise};
use super::promised::{
    ahead_of_utc, headline as headline_of, is_late, is_refused, meaning_line, promise_box,
    promise_of,
};
use super::shown::Shown;
use super::timeline::{Event, open_question, timeline};
use super::{BESIDE, CALENDAR, NOTICE, RATE, device, run};
use crate::api::Load;
use crate::app::App;
use crate::config::Extension;
use crate::i18n::{Key, k};
use crate::live::Live;
use crate::platform::view::{View, el};
use crate::platform::{dom, intl, storage};
use crate::report::{LINKED, PREFILL};
use crate::route::{Act, Route};
use crate::ui::{
    Journey, button, failure_in_words, heading, lazily, link, loading, paragraph, problem, row,
    second_button, stack, title,
};
use leptos::task::spawn_local;
use open311::{ServiceRequest, Stage, Value, json};
use std::rc::Rc;

/// One request, followed for as long as it is shown.
pub(super) fn view(app: App, id: String) -> View {
    let there = Rc::new(());
    let shown = Rc::new(Shown::new(app, id, Rc::downgrade(&there)));
    shown.clone().follow();
    super::send_what_waits(app);
    stack(move || {
        let _ = &there;
        let again = shown.clone();
        let look = move || again.press();
        shown.state.with(|state| match state {
            Load::Pending => loading(app),
            Load::Failed(failure) => problem(app, failure, look),
            Load::Ready(found) => match &found.request {
                Some(request) => whole(&shown, request, found),
                None => not_found(app, &shown.wanted, look),
            },
        })
    })
}

impl Shown {
    /// When it was looked at last, and that what stands here may be old.
    fn looked(self: &Rc<Self>) -> View {
        let shown = self.clone();
        stack(move || {
            let app = shown.app;
            let (asked, why) = shown.asked.get();
            let zone = app.time_zone();
            let at = intl::day_and_time(&app.language(), zone.as_deref(), asked as f64);
            let at = at.unwrap_or_default();
            let (class, key) = match &why {
                Some(_) => ("notice", k::STATUS_OLD),
                None => ("", k::STATUS_LOOKED_AT),
            };
            let why = why.map(|why| paragraph("", failure_in_words(app, &why)));
            el("div")
                .class(class)
                .put(why)
                .put(paragraph("quiet", app.t_with(key, &[("day", &at)])))
                .into()
        })
    }

    /// What reminds of it on this device.
    fn reminders(self: &Rc<Self>, request: &ServiceRequest, promise: &Promise) -> View {
        let app = self.app;
        if request.status.stage() == Stage::Closed {
            return View::Nothing;
        }
        let calendar = matches!(promise.done, Done::Due { .. })
            .then(|| run_button(app, k::STATUS_CALENDAR, &CALENDAR));
        let notice = run_button(app, k::STATUS_NOTICE, &NOTICE);
        row([calendar.into(), notice])
    }

    /// Follows it on this device.
    fn follow_press(self: &Rc<Self>, name: String) -> View {
        let shown = self.clone();
        stack(move || {
            let app = shown.app;
            if shown.is_own.get() {
                return View::Nothing;
            }
            let (shown, name) = (shown.clone(), name.clone());
            second_button(app.t(k::STATUS_FOLLOW), move || {
                let (shown, name) = (shown.clone(), name.clone());
                spawn_local(async move {
                    let id = shown.found().map(|found| found.id().to_owned());
                    let is_kept = device::follow(app, &id.unwrap_or_default(), &name).await;
                    if app.is_gone() {
                        return;
                    }
                    if is_kept {
                        storage::write_lasting(&app.key(crate::report::WAITS), "1");
                        shown.is_own.set(true);
                        dom::focus(&app.root(), ".view .title");
                    }
                    app.say(app.t(match is_kept {
                        true => k::NEARBY_FOLLOWED,
                        false => k::KEPT_NOWHERE,
                    }));
                });
            })
        })
    }

    /// Takes all that is kept of it off the device, and leaves: what is shown would be kept again. Where others
    /// use the computer, nothing is kept from then on.
    fn forget_press(self: &Rc<Self>, words: Key, said: Key, is_shared: bool) -> View {
        let (shown, app) = (self.clone(), self.app);
        button("button", "quiet-button", app.t(words))
            .on("click", move |_| {
                let shown = shown.clone();
                shown.is_erased.set(true);
                if is_shared {
                    storage::be_forgetful(&app.key(""));
                }
                spawn_local(async move {
                    let id = shown.found().map(|found| found.id().to_owned());
                    device::forget(app, &id.unwrap_or_default()).await;
                    device::forget(app, &shown.wanted).await;
                    if !app.is_gone() {
                        app.state().opened.replace(None);
                        app.go_for_good(Route::Lookup);
                        app.announce_there(app.t(said));
                    }
                });
            })
            .into()
    }
}

/// A press whose work is code that is fetched then.
fn run_button(app: App, words: Key, work: &'static Journey) -> View {
    button("button", "quiet-button", app.t(words))
        .on("click", move |_| {
            spawn_local(async move {
                if !run(app, work).await && !app.is_gone() {
                    app.say(app.t(k::PROBLEM_UNREACHABLE));
                }
            });
        })
        .into()
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

fn whole(shown: &Rc<Shown>, request: &ServiceRequest, found: &Rc<Found>) -> View {
    let app = shown.app;
    let id = found.id();
    let promise = promise_of(app, request, found);
    let events = timeline(
        request,
        &found.updates,
        found.now(),
        ahead_of_utc(app, found.now()),
    );
    let stage = match request.status.stage() {
        Stage::Open => "open",
        Stage::Closed => "closed",
        Stage::Unknown => "unknown",
    };
    let late = if is_late(&promise) { "yes" } else { "no" };
    let code = request.service_code.as_deref().unwrap_or_default();
    app.tell(
        "status-shown",
        &[("stage", stage), ("service", code), ("late", late)],
    );
    let about = [request.service_name.as_deref(), request.address.as_deref()];
    let about: Vec<&str> = about.into_iter().flatten().collect();
    let number = app.t_with(k::STATUS_NUMBER, &[("number", id)]);
    let head = match about.is_empty() {
        true => number,
        false => [&number, " · ", &about.join(", ")].concat(),
    };
    let asked = request.description.as_deref().map(|text| {
        el("div")
            .put(heading(app.t(k::STATUS_ASKED)))
            .put(paragraph("own-words", text))
    });
    let again = shown.clone();
    let again = button("button", "quiet-button", app.t(k::STATUS_LOOK_AGAIN))
        .on("click", move |_| again.press());
    [
        el("div")
            .put(paragraph("quiet", head))
            .put(title(headline_of(app, request, &promise)))
            .into(),
        el("div").class("row").put(shown.looked()).put(again).into(),
        question(app, request, found, &events),
        promise_box(app, request, &promise, &events),
        meaning_line(app, request, &promise, &events),
        actions(shown, request, found, is_late(&promise)),
        shown.reminders(request, &promise),
        facts(app, request, &events),
        place(app, request),
        history(app, &events),
        picture(app, request.media_url.as_deref()),
        asked.into(),
        questions_after(app, request, id),
        row([
            shown.forget_press(k::STATUS_FORGET, k::ERASED, false),
            shown.forget_press(k::SHARED_COMPUTER, k::KEPT_NOWHERE, true),
        ]),
    ]
    .into()
}

/// The place on a small map, when it is opened.
fn place(app: App, request: &ServiceRequest) -> View {
    if request.location.is_none() {
        return View::Nothing;
    }
    let is_open = Live::new(false);
    let (toggle, told) = (is_open.clone(), is_open.clone());
    let press = button("button", "quiet-button", app.t(k::STATUS_MAP))
        .live_attr("aria-expanded", move || Some(told.get().to_string()))
        .on("click", move |_| toggle.set(!toggle.now()));
    let map = stack(move || match is_open.get() {
        true => lazily(app, &BESIDE),
        false => View::Nothing,
    });
    [row(press), map].into()
}

/// What the city asks the resident, until it is answered.
fn question(app: App, request: &ServiceRequest, found: &Rc<Found>, events: &[Event]) -> View {
    let is_open =
        |event: &&Event| request.status.stage() != Stage::Closed && !is_answered(app, found, event);
    let Some(event) = open_question(events).filter(is_open) else {
        return View::Nothing;
    };
    let to = Route::Act {
        id: found.id().to_owned(),
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
fn actions(shown: &Rc<Shown>, request: &ServiceRequest, found: &Rc<Found>, is_late: bool) -> View {
    let app = shown.app;
    let id = found.id();
    let is_closed = request.status.stage() == Stage::Closed;
    let may_be_still_there = is_closed && !is_refused(&request.status);
    let to = |act, class, words| {
        let route = Route::Act {
            id: id.to_owned(),
            act,
        };
        link(app, route, class, app.t(words))
    };
    let follow = shown.follow_press(request.service_name.clone().unwrap_or_default());
    if !app.with_config(|config| config.offers(Extension::Updates)) {
        let again = may_be_still_there.then(|| row(still_there(app, request, id, k::ACT_STILL)));
        return [row(follow), again.into(), by_number(app, id)].into();
    }
    let mut presses = Vec::new();
    if is_late {
        presses.push(to(Act::Remind, "btn", k::ACT_REMIND));
    }
    if may_be_still_there {
        presses.push(to(Act::Still, "btn second", k::ACT_STILL));
    }
    presses.push(to(Act::Add, "btn second", k::ACT_ADD));
    presses.push(follow);
    if !is_closed {
        presses.push(to(Act::Withdraw, "btn second", k::ACT_WITHDRAW));
    }
    row(presses)
}

/// A new request about the same, where the endpoint cannot open this one again. It says in its words which one
/// it follows, and in a field of its own where the endpoint has one.
pub(super) fn still_there(app: App, request: &ServiceRequest, id: &str, press: Key) -> View {
    let Some(code) = request.service_code.clone() else {
        return View::Nothing;
    };
    let words = app.t_with(k::ACT_STILL_LINKED, &[("number", id)]);
    let mut fields = vec![("description".to_owned(), Value::Text(words))];
    if let Some(address) = &request.address {
        fields.push(("address".to_owned(), Value::Text(address.clone())));
    }
    if let Some(location) = request.location {
        let (lat, long) = location.texts();
        fields.push(("lat".to_owned(), Value::Text(lat)));
        fields.push(("long".to_owned(), Value::Text(long)));
    }
    if app.with_config(|config| config.offers(Extension::LinkedRequest)) {
        fields.push((LINKED.to_owned(), Value::Text(id.to_owned())));
    }
    let left = json::write(&Value::Map(fields));
    let key = app.key(&[PREFILL, &code].concat());
    let leave = move || storage::write(&key, &left);
    crate::ui::link_with(
        app,
        Route::report(&code),
        "btn second",
        app.t(press).into(),
        Box::new(leave),
    )
}

/// True if the resident has answered from this device: not every city says who has said something.
fn is_answered(app: App, found: &Found, event: &Event) -> bool {
    let answered = storage::read_kept(&device::answered(app, found.id()));
    answered.is_some_and(|answered| answered == event.mark())
}

/// The two questions after it is closed, once.
fn questions_after(app: App, request: &ServiceRequest, id: &str) -> View {
    // Of what was not to be done nobody asks whether it is solved.
    let is_asked = request.status.stage() == Stage::Closed
        && !is_refused(&request.status)
        && app.with_config(|config| config.feedback.is_some())
        && storage::read_kept(&device::rated(app, id)).is_none();
    match is_asked {
        true => lazily(app, &RATE),
        false => View::Nothing,
    }
}
