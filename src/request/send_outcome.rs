//! What is said after a send that did not end with the confirmation, and what the resident can do now.
//! Sends nothing: the page that shows it passes the actions in.

use super::submit::SendOutcome;
use crate::app::App;
use crate::net::ApiError;
use crate::platform::intl;
use crate::ui::{
    button, hidden, link, load_error, message, optional_paragraph, paragraph, phone_line, row,
    secondary_button, title,
};
use crate::view::{View, el};
use frontdoor_core::config::Extension;
use frontdoor_core::i18n::{Key, k};
use frontdoor_core::request::candidates::Candidate;
use frontdoor_core::request::queued::QueueState;
use frontdoor_core::request::sending::{SendMode, Verdict};
use frontdoor_core::route::Route;
use frontdoor_core::time::UnixMs;
use std::rc::Rc;

/// What the resident can do.
#[derive(Clone)]
pub(super) struct OutcomeActions {
    /// Sends the request, or looks for it.
    pub(super) send: Rc<dyn Fn(SendMode)>,
    /// Moves the request to the outbox.
    pub(super) send_later: Rc<dyn Fn()>,
    /// The page on which the photos can be changed.
    pub(super) photos: Route,
}

/// The outcome of a send; nothing if the city has the request.
pub(super) fn outcome_view(app: App, outcome: SendOutcome, actions: OutcomeActions) -> View {
    let send = actions.send.clone();
    let again = move || send(SendMode::Normal);
    let (verdict, error) = match outcome {
        SendOutcome::Finished(verdict, error) => (verdict, error),
        SendOutcome::PhotoLost => {
            let change = link(app, actions.photos, "btn second", app.t(k::PHOTOS_LABEL));
            return message(app, app.t(k::PHOTO_LOST), vec![row(change)]);
        }
        SendOutcome::SendingInOtherTab => {
            let retry = secondary_button(app.t(k::PROBLEM_RETRY), again);
            return message(app, app.t(k::SEND_ELSEWHERE), vec![row(retry)]);
        }
    };
    let more = match verdict {
        Verdict::Sent { .. } => return View::Nothing,
        Verdict::Unclear {
            was_list_read,
            candidates,
        } => return unclear(app, was_list_read, &candidates, &error, &actions.send),
        Verdict::Refused => paragraph("", app.t(k::SEND_REFUSED)),
        Verdict::NotSent => send_later(app, k::SEND_REFUSED, actions.send_later),
        Verdict::MayBeSentAgain => send_later(app, k::SEND_DOUBT_SAFE, actions.send_later),
    };
    [load_error(app, &error, again), more].into()
}

fn unclear(
    app: App,
    was_list_read: bool,
    candidates: &[Candidate],
    error: &ApiError,
    send: &Rc<dyn Fn(SendMode)>,
) -> View {
    let text = match (candidates, was_list_read) {
        ([_, ..], _) => k::SEND_CANDIDATES,
        (_, true) => k::SEND_UNCLEAR_LOOKED,
        (_, false) => k::SEND_UNCLEAR_NOT_LOOKED,
    };
    let press = |text, mode: SendMode| {
        let send = send.clone();
        secondary_button(app.t(text), move || send(mode.clone()))
    };
    let reasons = error.reasons().iter().filter(|_| error.is_refusal());
    let mut more: Vec<View> = reasons
        .map(|reason| paragraph("own-words", reason.as_str()))
        .collect();
    more.push(paragraph("", app.t(text)));
    let rows: Vec<View> = candidates
        .iter()
        .map(|found| candidate_row(app, found, send))
        .collect();
    if !rows.is_empty() {
        more.push(el("ul").class("list").child(rows).into());
    }
    more.push(phone_line(app).into());
    more.push(row([
        press(k::STATUS_LOOK_AGAIN, SendMode::CheckOnly),
        press(k::SEND_AGAIN, SendMode::Resend),
    ]));
    message(app, app.t(k::SEND_UNCLEAR), more)
}

/// A request in the city's list that may be the resident's, with a button to say that it is.
fn candidate_row(app: App, candidate: &Candidate, send: &Rc<dyn Fn(SendMode)>) -> View {
    let at = candidate.requested.as_ref();
    let at = at.and_then(|at| at.unix_milliseconds());
    let at = at
        .and_then(|at| intl::day_and_time(&app.language(), app.time_zone().as_deref(), UnixMs(at)));
    let details = [at.unwrap_or_default(), candidate.address.clone()];
    let details = details.iter().filter(|text| !text.is_empty());
    let details = details.map(String::as_str).collect::<Vec<_>>().join(", ");
    let (send, number) = (send.clone(), candidate.number.clone());
    let inside = [app.t(k::SEND_CANDIDATE_MINE).into(), hidden(&number)];
    let mine = button("button", "quiet-button", inside).on("click", move |_| {
        send(SendMode::Recognised(number.clone()));
    });
    let description = candidate.description.clone();
    el("li")
        .child(el("b").child(&*candidate.number))
        .child(optional_paragraph("quiet", details))
        .child(optional_paragraph("own-words", description))
        .child(row(mine))
        .into()
}

/// A text, and a button to send the request later from the outbox, for residents who have to leave. The button needs
/// an endpoint that recognises duplicates.
fn send_later(app: App, text: Key, send_later: Rc<dyn Fn()>) -> View {
    let button = app.offers(Extension::Idempotency).then(|| {
        row(secondary_button(app.t(k::OUTBOX_KEEP), move || {
            send_later()
        }))
    });
    [paragraph("", app.t(text)), button.into()].into()
}

/// The page of a request in the outbox that is not sent; `None` if it is no longer there.
pub(super) fn queue_state_view(app: App, state: Option<QueueState>) -> View {
    let to_outbox = || link(app, Route::Services, "btn second", app.t(k::OUTBOX_SEE));
    match state {
        Some(QueueState::Refused(why)) => {
            let more = vec![
                paragraph("", why),
                paragraph("", app.t(k::SEND_REFUSED)),
                to_outbox(),
            ];
            message(app, app.t(k::PROBLEM_REFUSED), more)
        }
        Some(QueueState::Unclear) => message(app, app.t(k::SEND_UNCLEAR), vec![to_outbox()]),
        _ => waiting(app),
    }
}

/// Says that the request is in the outbox, and where to go from here.
fn waiting(app: App) -> View {
    let to_outbox = secondary_button(app.t(k::OUTBOX_SEE), move || app.reset_to(Route::Services));
    let to_start = secondary_button(app.t(k::START_AGAIN), move || app.reset_to(Route::Start));
    [
        title(app, app.t(k::OUTBOX_KEPT)),
        paragraph("", app.t(k::OUTBOX_KEPT_MORE)),
        row([to_outbox, to_start]),
    ]
    .into()
}
