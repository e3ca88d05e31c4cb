//! What was promised for a request and whether it was kept, and its status as a sentence: the city's own, if its
//! config has one. Promises are evaluated in `frontdoor_core::status::promise`.

use super::context::StatusContext;
use super::lookup::RequestSnapshot;
use super::moment_text::moment_text;
use crate::app::App;
use crate::platform::intl;
use crate::ui::{contact_point, paragraph};
use crate::view::{View, el};
use frontdoor_core::i18n::{Key, k};
use frontdoor_core::status::calendar_day::CalendarDay;
use frontdoor_core::status::config::{StatusConfig, meaning_of};
use frontdoor_core::status::on_time::is_refused;
use frontdoor_core::status::promise::{Completion, FirstReply, Promise, PromiseFacts};
use frontdoor_core::status::timeline::Event;
use frontdoor_core::status::wording::{status_meaning, status_sentence};
use frontdoor_core::time::{DAY, MINUTE, UnixMs};
use open311::{Author, KnownStatus, Moment, ServiceRequest, Stage, Status};

/// Evaluates the promises made for a request, at the current time by the city's clock.
pub(super) fn promise_of(
    app: App,
    request: &ServiceRequest,
    snapshot: &RequestSnapshot,
) -> Promise {
    let context = StatusContext::of(app);
    let code = request.service_code.as_deref().unwrap_or_default();
    let (answer_hours, done_days) = app.with_config(|config| {
        let standard = config.standard(code);
        standard.map_or((None, None), |standard| {
            (standard.answer_hours, standard.done_days)
        })
    });
    let date = |moment: &Option<Moment>| context.date(moment.as_ref()?);
    let requested = date(&request.requested);
    let now = snapshot.now();
    // The city's first reply after the request was sent.
    let sent = requested.map_or(UnixMs(i64::MIN), |(sent, _)| sent.plus(MINUTE));
    let updates = snapshot.updates.iter().chain(&request.notes);
    let replies = updates
        .filter(|update| update.author == Author::City)
        .filter_map(|update| Some(date(&update.updated)?.0));
    let first_reply = replies.filter(|at| (sent..=now).contains(at)).min();
    let updated = date(&request.updated);
    // A status other than “received” means that somebody has looked at the request; that counts as a reply.
    let stage = request.status.stage();
    let is_answered = stage == Stage::Closed
        || matches!(request.status, Status::Known(known) if known != KnownStatus::Received);
    let answered_at = updated.filter(|_| is_answered).map(|(at, _)| at);
    Promise::of(&PromiseFacts {
        stage,
        requested,
        expected: date(&request.expected),
        first_reply_at: first_reply.or(answered_at),
        has_history: snapshot.has_history || !request.notes.is_empty(),
        is_refused: is_refused(&request.status),
        ended: updated.filter(|_| stage == Stage::Closed),
        now,
        today: context
            .day(now)
            .unwrap_or(CalendarDay(now.0.div_euclid(DAY))),
        answer_hours,
        done_days,
        working_days: &context.working_days,
    })
}

/// True if the completion is overdue, or the first reply is overdue and no completion date was promised.
pub(super) fn is_late(promise: &Promise) -> bool {
    let has_no_reply = matches!(promise.first_reply, FirstReply::Late { .. });
    matches!(promise.completion, Completion::Late { .. })
        || has_no_reply && promise.completion == Completion::None
}

/// The heading of a request: that it is late, if it is, otherwise its status.
pub(super) fn headline(app: App, request: &ServiceRequest, promise: &Promise) -> String {
    match &promise.completion {
        Completion::Late { by, .. } => app.t_with(k::STATUS_LATE, &[("day", &day_text(app, *by))]),
        _ => request_status_text(app, request),
    }
}

/// The status of a request as a sentence.
fn request_status_text(app: App, request: &ServiceRequest) -> String {
    let context = StatusContext::of(app);
    let text = request.status_text.as_deref();
    status_text(app, &context.config, text, &request.status)
}

/// A status as a sentence: the config's sentence for the city's own term, otherwise the widget's.
pub(super) fn status_text(
    app: App,
    config: &StatusConfig,
    city_word: Option<&str>,
    status: &Status,
) -> String {
    let (status, own) = meaning_of(config, city_word, status);
    if let Some(own) = own {
        return app.text(own);
    }
    let (key, word) = status_sentence(&status);
    app.t_with(key, &[("status", word.unwrap_or_default())])
}

fn day_text(app: App, day: CalendarDay) -> String {
    let midnight = UnixMs(day.0.saturating_mul(DAY));
    intl::day(&app.language(), Some("UTC"), midnight).unwrap_or_else(|| day.iso())
}

/// What was promised, and whether it was kept; if late, with the new date, the reason, and whom to contact. Nothing
/// if nothing was promised.
pub(super) fn promise_box(
    app: App,
    request: &ServiceRequest,
    promise: &Promise,
    events: &[Event],
) -> View {
    let is_late = is_late(promise);
    let completion = completion_text(app, &promise.completion);
    let first_reply = first_reply_text(app, &promise.first_reply);
    if completion.is_none() && first_reply.is_none() {
        return View::Nothing;
    }
    let new_date = match &promise.completion {
        Completion::Late { new: Some(new), .. } => {
            Some(app.t_with(k::STATUS_NEW_DATE, &[("day", &day_text(app, *new))]))
        }
        _ => None,
    };
    let line = |text: Option<String>| -> View {
        let text = text.map(|text| paragraph("", el("b").child(text)));
        text.into()
    };
    // The city's latest statement, with its date because it may be old.
    let is_reason = |event: &&Event| {
        event.author == Author::City && !event.is_question && event.words.is_some()
    };
    let notes = request.status_notes.as_deref();
    let newest = events.iter().find(is_reason).filter(|_| is_late);
    let dated = newest.filter(|event| notes.is_none() || event.words.as_deref() == notes);
    let reason_at = dated.and_then(|event| event.moment.as_ref());
    let reason_at = reason_at.map(|moment| paragraph("quiet", moment_text(app, moment)));
    let reason = notes.or_else(|| newest?.words.as_deref());
    let reason = reason.filter(|_| is_late);
    let is_bad_news = is_late || matches!(promise.completion, Completion::Missed { .. });
    let class = if is_bad_news {
        "promise late"
    } else {
        "promise"
    };
    el("div")
        .class(class)
        .attr("part", "promise")
        .child(line(completion))
        .child(line(first_reply))
        .child(line(new_date))
        .child(reason.map(|reason| paragraph("own-words", reason)))
        .child(reason_at)
        .child(is_late.then(|| escalation(app, k::STATUS_ESCALATE)))
        .into()
}

fn first_reply_text(app: App, first_reply: &FirstReply) -> Option<String> {
    match first_reply {
        FirstReply::Due { at } => {
            let zone = app.time_zone();
            let at = intl::day_and_time(&app.language(), zone.as_deref(), *at);
            Some(app.t_with(k::STATUS_ANSWER_BY, &[("day", &at.unwrap_or_default())]))
        }
        FirstReply::Late { .. } => Some(app.t(k::STATUS_ANSWER_LATE)),
        _ => None,
    }
}

fn completion_text(app: App, completion: &Completion) -> Option<String> {
    let with_day = |key, by: &CalendarDay| Some(app.t_with(key, &[("day", &day_text(app, *by))]));
    match completion {
        Completion::None => None,
        Completion::Due { by, day, of } => {
            let (by, day, of) = (day_text(app, *by), day.to_string(), of.to_string());
            let values = [("day", by.as_str()), ("nth", &day), ("of", &of)];
            Some(app.t_with(k::STATUS_DUE, &values))
        }
        Completion::Late { working_days, .. } => {
            Some(app.t_count(k::STATUS_LATE_BY, *working_days as usize, &[]))
        }
        Completion::Kept { by } => with_day(k::STATUS_KEPT, by),
        Completion::Missed { by, .. } => with_day(k::STATUS_MISSED, by),
    }
}

/// The contact for escalations, with the phrase `why`; nothing if the config names none.
fn escalation(app: App, why: Key) -> View {
    match &StatusContext::of(app).config.escalate {
        Some(contact) => [paragraph("", app.t(why)), contact_point(app, contact)].into(),
        None => View::Nothing,
    }
}

/// The status as a sentence if the headline says something else, its meaning, the city's reason, whom to contact
/// after a refusal, and the city's own term.
pub(super) fn meaning_lines(
    app: App,
    request: &ServiceRequest,
    promise: &Promise,
    events: &[Event],
) -> View {
    let is_late_headline = matches!(promise.completion, Completion::Late { .. });
    let sentence = is_late_headline.then(|| paragraph("", request_status_text(app, request)));
    // The city's question is shown above; the request is only waiting for the answer.
    let question = events.iter().find(|event| event.is_question);
    let question = question.and_then(|event| event.words.as_deref());
    let why = request.status_notes.as_deref();
    let why = why.filter(|why| !is_late(promise) && question != Some(*why));
    let why = why.map(|why| paragraph("own-words", why));
    let meaning = status_meaning(&request.status).filter(|_| question.is_none());
    let meaning = meaning.map(|key| paragraph("", app.t(key)));
    let city_word = request.status_name.as_deref();
    let city_word = city_word.or(request.status_text.as_deref());
    let city_word = city_word.map(|word| {
        let text = app.t_with(k::STATUS_RAW, &[("status", word)]);
        paragraph("quiet", text)
    });
    // After a refusal, residents need to know whom to appeal to.
    let is_no = matches!(
        request.status,
        Status::Known(KnownStatus::Declined | KnownStatus::NotResponsible)
    );
    el("div")
        .class("meaning")
        .child(sentence)
        .child(meaning)
        .child(why)
        .child(is_no.then(|| escalation(app, k::STATUS_APPEAL)))
        .child(city_word)
        .into()
}
