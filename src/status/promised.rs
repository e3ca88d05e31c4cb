//! What was promised for a request and what became of it, and its status in words: the city's own, where
//! its config has them.

use super::day::Day;
use super::history::when;
use super::look::Found;
use super::promise::{Answer, Done, Facts, Promise};
use super::sentence::{meaning, sentence};
use super::timeline::Event;
use super::words::{Setting, meaning_of};
use super::working::Working;
use crate::app::App;
use crate::config;
use crate::i18n::{Key, k};
use crate::platform::intl;
use crate::platform::view::{View, el};
use crate::ui::{contact_point, paragraph};
use open311::{KnownStatus, Moment, Parsed, ServiceRequest, Stage, Status};

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

/// How far the city's clock is ahead of UTC at a moment, in milliseconds.
pub(super) fn ahead_of_utc(app: App, now: i64) -> i64 {
    let minute = |zone: Option<&str>| {
        intl::zone_clock(zone, now as f64).map(|(_, minute)| i64::from(minute))
    };
    let zone = app.time_zone();
    match (minute(zone.as_deref()), minute(Some("UTC"))) {
        (Some(own), Some(utc)) => ((own - utc + 720).rem_euclid(1440) - 720) * 60_000,
        _ => 0,
    }
}

/// A moment as Unix milliseconds and as a day of the city's calendar.
pub(super) fn dated(app: App, moment: &Moment) -> Option<(i64, Day)> {
    let zone = app.time_zone();
    match moment.parsed.as_ref()? {
        Parsed::Unix(unix) => {
            let day = intl::iso_day(zone.as_deref(), *unix as f64)?;
            Some((*unix, Day::parse(&day)?))
        }
        // Without a zone it is what the city's clocks show.
        Parsed::Civil(civil) => {
            let shown = civil.as_if_utc();
            let day = Day(shown.div_euclid(86_400_000));
            Some((shown - ahead_of_utc(app, shown), day))
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
    let sent = requested.map_or(i64::MIN, |(sent, _)| sent + 60_000);
    let updates = found.updates.iter().chain(&request.notes);
    let answers = updates
        .filter(|update| !update.is_own)
        .filter_map(|update| Some(date(&update.updated)?.0));
    let first_answer = answers.filter(|at| (sent..=found.now()).contains(at)).min();
    let updated = date(&request.updated);
    // That somebody has looked into it is an answer, too.
    let is_answered = request.status.stage() == Stage::Closed
        || matches!(request.status, Status::Known(known) if known != KnownStatus::Received);
    let stage = request.status.stage();
    let now = found.now();
    let zone = app.time_zone();
    let today = intl::iso_day(zone.as_deref(), now as f64).and_then(|day| Day::parse(&day));
    let working = working(app);
    Promise::of(&Facts {
        stage,
        requested,
        expected: date(&request.expected),
        first_answer: first_answer.or(updated.filter(|_| is_answered).map(|(at, _)| at)),
        has_history: found.has_history || !request.notes.is_empty(),
        is_refused: is_refused(&request.status),
        ended: updated.filter(|_| stage == Stage::Closed),
        now,
        today: today.unwrap_or(Day(now.div_euclid(86_400_000))),
        answer_hours,
        done_days,
        working: &working,
    })
}

/// The city will not do it, or need not.
pub(super) fn is_refused(status: &Status) -> bool {
    use KnownStatus as Known;
    matches!(
        status,
        Status::Known(
            Known::Declined | Known::NotResponsible | Known::Duplicate | Known::Withdrawn
        )
    )
}

/// Something that was promised has not come.
pub(super) fn is_late(promise: &Promise) -> bool {
    let has_no_answer = matches!(promise.answer, Answer::Late { .. });
    matches!(promise.done, Done::Late { .. }) || has_no_answer && promise.done == Done::None
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

/// What was promised, and whether it was kept: late first, with the reason and the new date.
pub(super) fn promise_box(
    app: App,
    request: &ServiceRequest,
    promise: &Promise,
    events: &[Event],
) -> View {
    let day = |by: Day| day_in_words(app, by);
    let is_late = is_late(promise);
    let answer = match &promise.answer {
        Answer::Due { at } => {
            let zone = app.time_zone();
            let at = intl::day_and_time(&app.language(), zone.as_deref(), *at as f64);
            Some(app.t_with(k::STATUS_ANSWER_BY, &[("day", &at.unwrap_or_default())]))
        }
        Answer::Late { .. } => Some(app.t(k::STATUS_ANSWER_LATE)),
        _ => None,
    };
    let done = match &promise.done {
        Done::None => None,
        Done::Due { by, day: nth, of } => {
            let (nth, of) = (nth.to_string(), of.to_string());
            let values = [("day", day(*by)), ("nth", nth), ("of", of)];
            let values = values
                .each_ref()
                .map(|(name, value)| (*name, value.as_str()));
            Some(app.t_with(k::STATUS_DUE, &values))
        }
        Done::Late { working_days, .. } => {
            Some(app.t_count(k::STATUS_LATE_BY, *working_days as usize, &[]))
        }
        Done::Kept { by } => Some(app.t_with(k::STATUS_KEPT, &[("day", &day(*by))])),
        Done::Missed { by, .. } => Some(app.t_with(k::STATUS_MISSED, &[("day", &day(*by))])),
    };
    let new = match &promise.done {
        Done::Late { new, .. } => *new,
        _ => None,
    };
    let new = new.map(|new| app.t_with(k::STATUS_NEW_DATE, &[("day", &day(new))]));
    if done.is_none() && answer.is_none() {
        return View::Nothing;
    }
    let line = |words: Option<String>| -> View {
        let words = words.map(|words| paragraph("", el("b").put(words)));
        words.into()
    };
    let said = |event: &&Event| !event.is_own && !event.is_question && event.words.is_some();
    // What was said last, with its day: it may have been said a while ago.
    let notes = request.status_notes.as_deref();
    let newest = events.iter().find(said).filter(|_| is_late);
    let at = newest.filter(|event| notes.is_none() || event.words.as_deref() == notes);
    let at = at.and_then(|event| event.moment.as_ref());
    let at = at.map(|moment| paragraph("quiet", when(app, moment)));
    let reason = notes.or_else(|| newest?.words.as_deref());
    let reason = reason.filter(|_| is_late);
    let class = match is_late || matches!(promise.done, Done::Missed { .. }) {
        true => "promise late",
        false => "promise",
    };
    let escalate = is_late.then(|| whom_to_ask(app, k::STATUS_ESCALATE));
    el("div")
        .class(class)
        .attr("part", "promise")
        .put(line(done))
        .put(line(answer))
        .put(line(new))
        .put(reason.map(|reason| paragraph("own-words", reason)))
        .put(at)
        .put(escalate)
        .into()
}

/// Who gets it when the usual way has not led anywhere.
pub(super) fn whom_to_ask(app: App, why: Key) -> View {
    match setting(app).escalate {
        Some(contact) => [paragraph("", app.t(why)), contact_point(app, &contact)].into(),
        None => View::Nothing,
    }
}

/// The status in words where the heading says something else, what it means, why, and the city's own word.
pub(super) fn meaning_line(
    app: App,
    request: &ServiceRequest,
    promise: &Promise,
    events: &[Event],
) -> View {
    let is_other = matches!(promise.done, Done::Late { .. });
    let words = is_other.then(|| paragraph("", status_in_words(app, request)));
    // What the city asks stands above, and it waits for nothing but the answer.
    let asked = events.iter().find(|event| event.is_question);
    let asked = asked.and_then(|event| event.words.as_deref());
    let why = request.status_notes.as_deref();
    let why = why.filter(|why| !is_late(promise) && asked != Some(*why));
    let why = why.map(|why| paragraph("own-words", why));
    let meaning = meaning(&request.status).filter(|_| asked.is_none());
    let meaning = meaning.map(|key| paragraph("", app.t(key)));
    let raw = request
        .status_name
        .as_deref()
        .or(request.status_text.as_deref());
    let raw = raw.map(|raw| paragraph("quiet", app.t_with(k::STATUS_RAW, &[("status", raw)])));
    // The way on from a no.
    use KnownStatus::{Declined, NotResponsible};
    let is_no = matches!(request.status, Status::Known(Declined | NotResponsible));
    let appeal = is_no.then(|| whom_to_ask(app, k::STATUS_APPEAL));
    el("div")
        .class("meaning")
        .put(words)
        .put(meaning)
        .put(why)
        .put(appeal)
        .put(raw)
        .into()
}
