//! One request: what matters most first, in words; who has it, what was promised and whether it was
//! kept, what a resident can do now, and what happened.

use super::day::Day;
use super::device;
use super::look::{Found, Looking, find, look, watch};
use super::promise::{Answer, Done, Facts, Promise};
use super::sentence::{meaning, sentence};
use super::timeline::{Event, open_question, timeline};
use super::words::{Setting, meaning_of};
use super::working::Working;
use super::{BESIDE, RATE, rate};
use crate::api::{Failure, Load};
use crate::app::App;
use crate::config::{self, Extension};
use crate::i18n::k;
use crate::live::Live;
use crate::platform::view::{View, el};
use crate::platform::{dom, intl, storage, time};
use crate::report::PREFILL;
use crate::route::{Act, Route};
use crate::ui::{
    button, contact_point, failure_in_words, heading, lazily, link, loading, paragraph, problem,
    row, safe_address, second_button, stack, title,
};
use leptos::task::spawn_local;
use open311::{Moment, Parsed, ServiceRequest, Stage, Value, json};
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

/// The working days of the config.
pub(super) fn working(app: App) -> Working {
    let setting = setting(app);
    app.with_config(|config| Working::of(&setting.working_days, &config.holidays))
}

/// The config's part for this journey.
pub(super) fn setting(app: App) -> Setting {
    let (setting, account) =
        app.with_config(|config| config::read_part(&config.status, "status", Setting::read));
    dom::tell(&account, &app.state().setting().config_url);
    setting
}

/// A moment as Unix milliseconds and as a day of the city's calendar.
fn dated(app: App, moment: &Moment) -> Option<(i64, Day)> {
    let zone = app.time_zone();
    match moment.parsed.as_ref()? {
        Parsed::Unix(unix) => {
            let day = intl::iso_day(zone.as_deref(), *unix as f64)?;
            Some((*unix, Day::parse(&day)?))
        }
        Parsed::Civil(civil) => {
            let milliseconds = civil.as_if_utc();
            Some((milliseconds, Day(milliseconds.div_euclid(86_400_000))))
        }
    }
}

/// What became of what was promised for a request.
pub(super) fn promise_of(app: App, request: &ServiceRequest, found: &Found) -> Promise {
    let code = request.service_code.as_deref().unwrap_or_default();
    let (answer_hours, done_days) = app.with_config(|config| {
        let standard = config.standard(code);
        standard.map_or((None, None), |standard| {
            (standard.answer_hours, standard.done_days)
        })
    });
    let date = |moment: &Option<Moment>| moment.as_ref().and_then(|moment| dated(app, moment));
    let requested = date(&request.requested);
    // The first thing that the city said after it was sent.
    let answers = found
        .updates
        .iter()
        .filter_map(|update| update.updated.as_ref()?.unix_milliseconds());
    let first_answer = answers
        .filter(|at| requested.is_none_or(|(sent, _)| *at > sent + 60_000))
        .min();
    let stage = request.status.stage();
    let now = time::now();
    let zone = app.time_zone();
    let today = intl::iso_day(zone.as_deref(), now).and_then(|day| Day::parse(&day));
    let working = working(app);
    Promise::of(&Facts {
        stage,
        requested,
        expected: date(&request.expected),
        first_answer: first_answer.or((stage == Stage::Closed)
            .then(|| date(&request.updated))
            .flatten()
            .map(|(at, _)| at)),
        ended: (stage == Stage::Closed)
            .then(|| date(&request.updated))
            .flatten(),
        now: now as i64,
        today: today.unwrap_or(Day((now as i64).div_euclid(86_400_000))),
        answer_hours,
        done_days,
        working: &working,
    })
}

/// The sentence that is the heading: that it is late, before all else.
fn headline(app: App, request: &ServiceRequest, promise: &Promise) -> String {
    match &promise.done {
        Done::Late { by, .. } => app.t_with(k::STATUS_LATE, &[("day", &day_in_words(app, *by))]),
        _ => status_in_words(app, request),
    }
}

/// The status as a sentence: the config's for the city's own word, else ours.
fn status_in_words(app: App, request: &ServiceRequest) -> String {
    let setting = setting(app);
    let (status, own) = meaning_of(&setting, request.status_text.as_deref(), &request.status);
    if let Some(own) = own {
        return app.text(own);
    }
    let (key, word) = sentence(&status);
    app.t_with(key, &[("status", word.unwrap_or_default())])
}

fn day_in_words(app: App, day: Day) -> String {
    let moment = day.0 as f64 * 86_400_000.0;
    intl::day(&app.language(), Some("UTC"), moment).unwrap_or_else(|| day.iso())
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

/// What was promised, and whether it was kept: late first, with the reason.
fn promise_box(app: App, request: &ServiceRequest, promise: &Promise, events: &[Event]) -> View {
    let day = |by: Day| day_in_words(app, by);
    let (class, words) = match &promise.done {
        Done::None => match &promise.answer {
            Answer::Due { at } => {
                let zone = app.time_zone();
                let at = intl::day_and_time(&app.language(), zone.as_deref(), *at as f64);
                let words = app.t_with(k::STATUS_ANSWER_BY, &[("day", &at.unwrap_or_default())]);
                ("promise", words)
            }
            Answer::Late { .. } => ("promise late", app.t(k::STATUS_ANSWER_LATE)),
            _ => return View::Nothing,
        },
        Done::Due { by, day: nth, of } => {
            let (nth, of) = (nth.to_string(), of.to_string());
            let values = [("day", day(*by)), ("nth", nth), ("of", of)];
            let values = values
                .each_ref()
                .map(|(name, value)| (*name, value.as_str()));
            ("promise", app.t_with(k::STATUS_DUE, &values))
        }
        Done::Late { working_days, .. } => {
            let words = app.t_count(k::STATUS_LATE_BY, *working_days as usize, &[]);
            ("promise late", words)
        }
        Done::Kept { by } => ("promise", app.t_with(k::STATUS_KEPT, &[("day", &day(*by))])),
        Done::Missed { by, .. } => (
            "promise late",
            app.t_with(k::STATUS_MISSED, &[("day", &day(*by))]),
        ),
    };
    let is_late = matches!(promise.done, Done::Late { .. });
    let reason = request.status_notes.clone().or_else(|| {
        let newest = events.first().and_then(|event| event.words.clone());
        newest.filter(|_| is_late)
    });
    let escalate = is_late
        .then(|| setting(app).escalate)
        .flatten()
        .map(|contact| {
            [
                paragraph("", app.t(k::STATUS_ESCALATE)),
                contact_point(app, &contact),
            ]
        });
    el("div")
        .class(class)
        .attr("part", "promise")
        .put(el("b").put(words))
        .put(reason.map(|reason| paragraph("own-words", reason)))
        .put(escalate.map(View::from))
        .into()
}

/// The status in words where the heading says something else, what it means, and the city's own word.
fn meaning_line(app: App, request: &ServiceRequest, is_late: bool) -> View {
    let words = is_late.then(|| paragraph("", status_in_words(app, request)));
    let meaning = meaning(&request.status).map(|key| paragraph("", app.t(key)));
    let raw = request
        .status_name
        .as_deref()
        .or(request.status_text.as_deref());
    let raw = raw.map(|raw| paragraph("quiet", app.t_with(k::STATUS_RAW, &[("status", raw)])));
    el("div").put(words).put(meaning).put(raw).into()
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

fn facts(app: App, request: &ServiceRequest, events: &[Event]) -> View {
    let handed = events.iter().find_map(|event| event.agency.clone());
    let who = request.agency_responsible.clone().or(handed);
    let code = request.service_code.as_deref().unwrap_or_default();
    let phone = app.with_config(|config| {
        let mut contacts = config.contact.iter();
        let own = contacts.find(|contact| {
            contact.services.iter().any(|known| known == code)
                || who
                    .as_deref()
                    .is_some_and(|who| contact.name.all().any(|name| name == who))
        });
        own.and_then(|contact| contact.phone.clone())
    });
    let who_view = who.map(|who| {
        let call = phone
            .as_deref()
            .map(|phone| crate::ui::call_link(app, phone));
        View::from([
            View::from(who),
            call.map(|call| View::from([" ".into(), call])).into(),
        ])
    });
    let expected = request
        .expected
        .as_ref()
        .map(|moment| when(app, moment).into());
    let sent = request
        .requested
        .as_ref()
        .map(|moment| when(app, moment).into());
    let pairs: [(_, Option<View>); 3] = [
        (k::STATUS_WHO, who_view),
        (k::STATUS_EXPECTED, expected),
        (k::STATUS_ASKED_ON, sent),
    ];
    let rows: Vec<View> = pairs
        .into_iter()
        .filter_map(|(key, value)| Some((key, value?)))
        .map(|(key, value)| {
            el("div")
                .put(el("dt").put(app.t(key)))
                .put(el("dd").put(value))
                .into()
        })
        .collect();
    match rows.is_empty() {
        true => View::Nothing,
        false => el("dl").class("facts").put(rows).into(),
    }
}

/// What happened, newest first.
fn history(app: App, events: &[Event]) -> View {
    let rows: Vec<View> = events
        .iter()
        .enumerate()
        .map(|(index, event)| {
            let words = event.words.clone().unwrap_or_else(|| {
                let status = event.status.clone().unwrap_or_default();
                let (key, word) = sentence(&status);
                app.t_with(key, &[("status", word.unwrap_or_default())])
            });
            let handed = event.agency.as_deref().map(|agency| {
                let words = app.t_with(k::STATUS_HANDED, &[("office", agency)]);
                el("span").class("quiet").put(words)
            });
            let at = event.moment.as_ref();
            let at = at.map(|moment| el("span").class("quiet").put(when(app, moment)));
            let photo = event
                .media_url
                .as_deref()
                .and_then(safe_address)
                .map(|address| {
                    el("img")
                        .class("photo")
                        .attr("loading", "lazy")
                        .attr("src", address)
                        .attr("alt", &app.t(k::STATUS_PHOTO))
                });
            el("li")
                .class(if index == 0 { "now" } else { "" })
                .put(el("span").class("own-words").put(words))
                .put(handed)
                .put(photo)
                .put(at)
                .into()
        })
        .collect();
    match rows.is_empty() {
        true => View::Nothing,
        false => el("div")
            .put(heading(app.t(k::STATUS_HISTORY)))
            .put(el("ol").class("time").put(rows))
            .into(),
    }
}

fn picture(app: App, request: &ServiceRequest) -> View {
    let address = request.media_url.as_deref().and_then(safe_address);
    let photo = address.map(|address| {
        el("img")
            .class("photo")
            .attr("loading", "lazy")
            .attr("src", address)
            .attr("alt", &app.t(k::STATUS_PHOTO))
    });
    photo.into()
}

/// A moment in the city's time; as it was sent, where it cannot be understood.
fn when(app: App, moment: &Moment) -> String {
    let language = app.language();
    let zone = app.time_zone();
    match moment.parsed {
        Some(Parsed::Unix(milliseconds)) => {
            intl::day_and_time(&language, zone.as_deref(), milliseconds as f64)
        }
        Some(Parsed::Civil(civil)) if civil.time.is_some() => {
            intl::day_and_time(&language, Some("UTC"), civil.as_if_utc() as f64)
        }
        Some(Parsed::Civil(civil)) => intl::day(&language, Some("UTC"), civil.as_if_utc() as f64),
        None => None,
    }
    .unwrap_or_else(|| moment.text.clone())
}
