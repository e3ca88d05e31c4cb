//! What was promised for a request and what became of it, and its status in words: the city's own, where
//! its config has them.

use super::day::Day;
use super::look::Found;
use super::promise::{Answer, Done, Facts, Promise};
use super::sentence::{meaning, sentence};
use super::timeline::Event;
use super::words::{Setting, meaning_of};
use super::working::Working;
use crate::app::App;
use crate::config;
use crate::i18n::k;
use crate::platform::intl;
use crate::platform::view::{View, el};
use crate::ui::{contact_point, paragraph};
use open311::{Moment, Parsed, ServiceRequest, Stage, Status};

/// The working days of the config.
pub(super) fn working(app: App) -> Working {
    let setting = setting(app);
    app.with_config(|config| Working::of(&setting.working_days, &config.holidays))
}

/// The config's part for this journey.
pub(super) fn setting(app: App) -> Setting {
    // What is odd about it is told when the first request is looked for.
    let (setting, _) =
        app.with_config(|config| config::read_part(&config.status, "status", Setting::read));
    setting
}

/// A moment as Unix milliseconds and as a day of the city's calendar.
pub(super) fn dated(app: App, moment: &Moment) -> Option<(i64, Day)> {
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
        .filter(|update| !update.is_own)
        .filter_map(|update| update.updated.as_ref()?.unix_milliseconds());
    let first_answer = answers
        .filter(|at| requested.is_none_or(|(sent, _)| *at > sent + 60_000))
        .min();
    let stage = request.status.stage();
    let now = found.now();
    let zone = app.time_zone();
    let today = intl::iso_day(zone.as_deref(), now as f64).and_then(|day| Day::parse(&day));
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
        now,
        today: today.unwrap_or(Day(now.div_euclid(86_400_000))),
        answer_hours,
        done_days,
        working: &working,
    })
}

/// The sentence that is the heading: that it is late, before all else.
pub(super) fn headline(app: App, request: &ServiceRequest, promise: &Promise) -> String {
    match &promise.done {
        Done::Late { by, .. } => app.t_with(k::STATUS_LATE, &[("day", &day_in_words(app, *by))]),
        _ => status_in_words(app, request),
    }
}

/// The status as a sentence: the config's for the city's own word, else ours.
fn status_in_words(app: App, request: &ServiceRequest) -> String {
    status_words(
        app,
        &setting(app),
        request.status_text.as_deref(),
        &request.status,
    )
}

/// A status as a sentence: the config's for the city's own word, else ours.
pub(super) fn status_words(
    app: App,
    setting: &Setting,
    word: Option<&str>,
    status: &Status,
) -> String {
    let (status, own) = meaning_of(setting, word, status);
    if let Some(own) = own {
        return app.text(own);
    }
    let (key, word) = sentence(&status);
    app.t_with(key, &[("status", word.unwrap_or_default())])
}

pub(super) fn day_in_words(app: App, day: Day) -> String {
    let moment = day.0 as f64 * 86_400_000.0;
    intl::day(&app.language(), Some("UTC"), moment).unwrap_or_else(|| day.iso())
}

/// What was promised, and whether it was kept: late first, with the reason.
pub(super) fn promise_box(
    app: App,
    request: &ServiceRequest,
    promise: &Promise,
    events: &[Event],
) -> View {
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
pub(super) fn meaning_line(app: App, request: &ServiceRequest, is_late: bool) -> View {
    let words = is_late.then(|| paragraph("", status_in_words(app, request)));
    let meaning = meaning(&request.status).map(|key| paragraph("", app.t(key)));
    let raw = request
        .status_name
        .as_deref()
        .or(request.status_text.as_deref());
    let raw = raw.map(|raw| paragraph("quiet", app.t_with(k::STATUS_RAW, &[("status", raw)])));
    el("div").put(words).put(meaning).put(raw).into()
}
