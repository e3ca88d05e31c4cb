//! One request: where it stands as a sentence, who has it, and what happened.

use super::sentence::sentence;
use crate::api::{Api, Failure, Load};
use crate::app::App;
use crate::config::Extension;
use crate::i18n::k;
use crate::live::Live;
use crate::platform::view::{View, el};
use crate::platform::{intl, time};
use crate::route::Route;
use crate::ui::{heading, link, loading, paragraph, problem, row, second_button, stack, title};
use leptos::task::spawn_local;
use open311::{Moment, Parsed, ServiceRequest, Stage, Update};
use std::rc::Rc;

/// What was found out about a request.
#[derive(Clone)]
struct Found {
    request: Option<ServiceRequest>,
    updates: Vec<Update>,
    /// When the city was asked, Unix milliseconds.
    asked: f64,
}

/// One request.
pub(super) fn view(app: App, id: String) -> View {
    let state = Live::new(Load::<Rc<Found>>::Pending);
    let asked_for = id.clone();
    let told = state.clone();
    let look = move || {
        told.set(Load::Pending);
        let (api, id, told) = (app.api(), asked_for.clone(), told.clone());
        let has_updates = app.with_config(|config| config.offers(Extension::Updates));
        spawn_local(async move { told.set(Load::of(find(&api, &id, has_updates).await)) });
    };
    look();
    stack(move || {
        let look = look.clone();
        state.with(|state| match state {
            Load::Pending => loading(app),
            Load::Failed(failure) => problem(app, failure, look),
            Load::Ready(found) => match &found.request {
                Some(request) => whole(app, &id, request, found, look),
                None => not_found(app, &id, look),
            },
        })
    })
}

async fn find(api: &Api, id: &str, has_updates: bool) -> Result<Found, Failure> {
    let request = api.request(id).await?;
    let mut updates = match &request {
        // The history is an extra: without it the request can still be shown.
        Some(_) if has_updates => api.updates(id).await.unwrap_or_default(),
        _ => Vec::new(),
    };
    if let Some(request) = request.as_ref().filter(|_| updates.is_empty()) {
        updates.clone_from(&request.notes);
    }
    updates.sort_by_key(|update| {
        std::cmp::Reverse(update.updated.as_ref().and_then(Moment::unix_milliseconds))
    });
    Ok(Found {
        request,
        updates,
        asked: time::now(),
    })
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
        row([again, other]),
    ]
    .into()
}

fn whole(
    app: App,
    id: &str,
    request: &ServiceRequest,
    found: &Found,
    look: impl FnMut() + 'static,
) -> View {
    let (key, own_word) = sentence(&request.status);
    let about = [request.service_name.as_deref(), request.address.as_deref()];
    let about: Vec<&str> = about.into_iter().flatten().collect();
    let number = app.t_with(
        k::STATUS_NUMBER,
        &[("number", request.id.as_deref().unwrap_or(id))],
    );
    let head = match about.is_empty() {
        true => number,
        false => [&number, " · ", &about.join(", ")].concat(),
    };
    let asked = request.description.as_deref().map(|text| {
        el("div")
            .put(heading(app.t(k::STATUS_ASKED)))
            .put(paragraph("own-words", text))
    });
    let sentence = title(app.t_with(key, &[("status", own_word.unwrap_or_default())]));
    [
        el("div").put(paragraph("quiet", head)).put(sentence).into(),
        request
            .status_notes
            .as_deref()
            .map(|notes| paragraph("notice", notes))
            .into(),
        facts(app, request, found),
        history(app, request, &found.updates),
        asked.into(),
        row(second_button(app.t(k::STATUS_LOOK_AGAIN), look)),
    ]
    .into()
}

fn facts(app: App, request: &ServiceRequest, found: &Found) -> View {
    let zone = app.time_zone();
    let asked = intl::day_and_time(&app.language(), zone.as_deref(), found.asked);
    let is_open = request.status.stage() != Stage::Closed;
    let expected = request
        .expected
        .as_ref()
        .filter(|_| is_open)
        .map(|moment| when(app, moment));
    let pairs = [
        (k::STATUS_WHO, request.agency_responsible.clone()),
        (k::STATUS_EXPECTED, expected),
        (
            k::STATUS_ASKED_ON,
            request.requested.as_ref().map(|moment| when(app, moment)),
        ),
        (k::STATUS_LOOKED, asked),
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
    el("dl").class("facts").put(rows).into()
}

/// What happened, newest first; from the dates alone where the city sends no history.
fn history(app: App, request: &ServiceRequest, updates: &[Update]) -> View {
    let mut rows: Vec<(String, Option<&Moment>)> = updates
        .iter()
        .filter_map(|update| {
            let (key, own_word) = sentence(&update.status);
            let words = update.description.clone().or_else(|| {
                let is_stated = update.status != open311::Status::Unstated;
                is_stated.then(|| app.t_with(key, &[("status", own_word.unwrap_or_default())]))
            })?;
            Some((words, update.updated.as_ref()))
        })
        .collect();
    if updates.is_empty() {
        let changed = request
            .updated
            .as_ref()
            .filter(|updated| Some(*updated) != request.requested.as_ref());
        rows.extend(changed.map(|moment| (app.t(k::STATUS_CHANGED), Some(moment))));
    }
    let received = request.requested.as_ref();
    if let Some(moment) =
        received.filter(|moment| !rows.iter().any(|(_, known)| *known == Some(*moment)))
    {
        rows.push((app.t(k::STATUS_RECEIVED), Some(moment)));
    }
    if rows.is_empty() {
        return View::Nothing;
    }
    let rows: Vec<View> = rows
        .into_iter()
        .enumerate()
        .map(|(index, (words, moment))| {
            let at = moment.map(|moment| el("span").class("quiet").put(when(app, moment)));
            el("li")
                .class(if index == 0 { "now" } else { "" })
                .put(el("span").put(words))
                .put(at)
                .into()
        })
        .collect();
    el("div")
        .put(heading(app.t(k::STATUS_HISTORY)))
        .put(el("ol").class("time").put(rows))
        .into()
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
