//! The outbox: requests that are waiting to be sent. Shows them, and sends each when the network is back, never
//! twice, however many tabs are open. How a request is sent is in `submit`, how the outbox is saved in `store`.

use super::form::date_text;
use super::journey::RequestJourney;
use super::sent_copy::keep_update;
use super::submit::{SendOutcome, submit};
use crate::app::App;
use crate::platform::{dom, time};
use crate::ui::{button, error_text, heading, hidden, link, paragraph, row};
use crate::view::{View, el};
use frontdoor_core::i18n::{Key, k};
use frontdoor_core::ids::{DraftKey, RequestNumber, ServiceCode};
use frontdoor_core::request::queued::{QueueState, QueuedRequest};
use frontdoor_core::request::reference::Reference;
use frontdoor_core::request::sending::{SendMode, Verdict};
use frontdoor_core::route::{Route, Step};
use frontdoor_core::time::UnixMs;
use std::rc::Rc;

/// Interval between attempts to send, in milliseconds: browsers do not always report when the network is back.
/// Sensible: 10 to 120 s.
const RETRY_MS: i32 = 30_000;

/// Sends pending requests, now and whenever the network comes back, until none is pending.
pub(super) fn send_when_online(app: App, journey: &Rc<RequestJourney>) {
    let store = &journey.store;
    if !store.has_pending() || store.is_sending_outbox.replace(true) {
        return;
    }
    let weak = Rc::downgrade(journey);
    app.spawn(async move {
        while let Some(journey) = weak.upgrade().filter(|_| !app.is_gone()) {
            send_pending(app, &journey).await;
            if app.is_gone() || !journey.store.has_pending() {
                journey.store.is_sending_outbox.set(false);
                return;
            }
            drop(journey);
            time::sleep_until(RETRY_MS, "online").await;
        }
    });
}

async fn send_pending(app: App, journey: &Rc<RequestJourney>) {
    for request in journey.store.queue().get_untracked() {
        if !request.is_pending() || !dom::is_online() || app.is_gone() {
            continue;
        }
        let key = request.draft.key.clone();
        // Another tab may have removed or changed it since this tab read the outbox.
        if !journey.store.is_still_queued(&key).await {
            journey.store.forget_queued(&key);
            continue;
        }
        let outcome = submit(
            app,
            journey,
            request.into(),
            SendMode::Normal,
            Rc::new(|_| ()),
        )
        .await;
        if app.is_gone() {
            return;
        }
        record_outcome(app, journey, &key, outcome);
    }
}

/// Records the outcome of a send in the outbox.
fn record_outcome(app: App, journey: &Rc<RequestJourney>, key: &DraftKey, outcome: SendOutcome) {
    let state = match outcome {
        SendOutcome::Finished(
            Verdict::Sent {
                reference, other, ..
            },
            _,
        ) => {
            if let Reference::Number(number) = &reference {
                app.announce(app.t_with(k::SENT_NUMBERED, &[("number", number)]));
                if other.is_some() {
                    keep_as_update(app, journey, key, number);
                }
            }
            QueueState::Sent(reference)
        }
        SendOutcome::Finished(Verdict::Refused, error) => {
            QueueState::Refused(match error.reasons() {
                [] => error_text(app, &error),
                reasons => reasons.join(" "),
            })
        }
        SendOutcome::PhotoLost => QueueState::Refused(app.t(k::PHOTO_LOST)),
        SendOutcome::Finished(Verdict::Unclear { .. }, _) => QueueState::Unclear,
        SendOutcome::Finished(..) | SendOutcome::SendingInOtherTab => return,
    };
    journey
        .store
        .update_queued(key, |request| request.state = state.clone());
}

/// Keeps the description of a request that was changed too late, as the text of an update.
fn keep_as_update(app: App, journey: &RequestJourney, key: &DraftKey, number: &RequestNumber) {
    let description = journey.store.queue().with_untracked(|queue| {
        let own = queue.iter().find(|request| request.draft.key == *key);
        own.map(|request| request.draft.text("description").to_owned())
    });
    if let Some(description) = description.filter(|text| !text.is_empty()) {
        keep_update(app, number, &description);
    }
}

/// Everything saved on this device: the outbox, drafts, and followed requests.
pub(super) fn saved(app: App, journey: &Rc<RequestJourney>) -> View {
    let store = &journey.store;
    let queued = store.queue().get();
    let queued: Vec<View> = queued
        .iter()
        .map(|request| queued_row(app, journey, request))
        .collect();
    let drafts = store.saved_drafts().get().unwrap_or_default();
    let drafts: Vec<View> = drafts
        .iter()
        .filter(|saved| !saved.draft.is_blank())
        .map(|saved| draft_row(app, journey, &saved.service, saved.draft.changed_at))
        .collect();
    let followed = store.followed().get();
    let followed: Vec<View> = followed
        .iter()
        .map(|(number, name)| {
            let number_line = el("span").class("quiet").child(&**number);
            let inside = el("span")
                .class("two")
                .child(el("span").child(name.as_str()));
            let to = Route::Status {
                number: number.clone(),
            };
            el("li")
                .child(link(app, to, "", View::from(inside.child(number_line))))
                .into()
        })
        .collect();
    [
        section(app, k::OUTBOX_HEADING, queued),
        section(app, k::DRAFTS_HEADING, drafts),
        section(app, k::FOLLOWED_HEADING, followed),
    ]
    .into()
}

fn section(app: App, title: Key, rows: Vec<View>) -> View {
    if rows.is_empty() {
        return View::Nothing;
    }
    el("section")
        .class("group waiting")
        .child(heading(app.t(title)))
        .child(el("ul").class("list").child(rows))
        .into()
}

fn draft_row(
    app: App,
    journey: &Rc<RequestJourney>,
    service: &ServiceCode,
    changed_at: UnixMs,
) -> View {
    let name = app.service(service).map(|service| service.name);
    let name = name.unwrap_or_else(|| service.to_string());
    let (eraser, code) = (journey.clone(), service.clone());
    let inside = [app.t(k::ERASE).into(), hidden(&name)];
    let erase =
        button("button", "quiet-button", inside).on("click", move |_| eraser.store.erase(&code));
    let since = app.t_with(k::DRAFT_SINCE, &[("day", &date_text(app, changed_at))]);
    let inside = el("span")
        .class("two")
        .child(el("span").child(name))
        .child(el("span").class("quiet").child(since));
    el("li")
        .child(link(app, Route::form(service), "", View::from(inside)))
        .child(row(erase))
        .into()
}

fn queued_row(app: App, journey: &Rc<RequestJourney>, request: &QueuedRequest) -> View {
    let day = date_text(app, request.created_at);
    let text = match &request.state {
        QueueState::Pending => app.t_with(k::OUTBOX_WAITING, &[("day", &day)]),
        QueueState::Refused(why) => [&app.t(k::SEND_REFUSED), " ", why].concat(),
        QueueState::Unclear => app.t(k::SEND_UNCLEAR),
        QueueState::Sent(Reference::Number(number)) => {
            app.t_with(k::SENT_NUMBERED, &[("number", number)])
        }
        QueueState::Sent(_) => app.t(k::SENT_HEADING),
    };
    let action = |key, act: Rc<dyn Fn()>| -> View {
        let inside = [app.t(key).into(), hidden(&request.service_name)];
        button("button", "quiet-button", inside)
            .on("click", move |_| act())
            .into()
    };
    let (remover, key) = (journey.clone(), request.draft.key.clone());
    let remove: Rc<dyn Fn()> = Rc::new(move || remover.store.dequeue(&key, false));
    let (changer, changed) = (journey.clone(), request.clone());
    let change: Rc<dyn Fn()> = Rc::new(move || {
        changer.store.dequeue(&changed.draft.key, true);
        let mut draft = changed.draft.clone();
        changer.store.save(&changed.service, &mut draft);
        app.go(Route::Form {
            service: changed.service.clone(),
            step: Step::Check,
        });
    });
    let send = |mode: SendMode| -> Rc<dyn Fn()> {
        let (journey, request) = (journey.clone(), request.clone());
        Rc::new(move || {
            let (journey, request, mode) = (journey.clone(), request.clone(), mode.clone());
            app.spawn(async move {
                let key = request.draft.key.clone();
                let outcome = submit(app, &journey, request.into(), mode, Rc::new(|_| ())).await;
                if !app.is_gone() {
                    record_outcome(app, &journey, &key, outcome);
                }
            });
        })
    };
    let actions: Vec<View> = match &request.state {
        QueueState::Pending | QueueState::Refused(_) => {
            vec![action(k::CHANGE, change), action(k::ERASE, remove)]
        }
        QueueState::Unclear => vec![
            action(k::STATUS_LOOK_AGAIN, send(SendMode::CheckOnly)),
            action(k::SEND_AGAIN, send(SendMode::Resend)),
            action(k::ERASE, remove),
        ],
        QueueState::Sent(reference) => {
            let to = Route::Sent {
                service: request.service.clone(),
                reference: reference.clone(),
            };
            vec![
                link(app, to, "", app.t(k::SENT_NEXT)),
                action(k::OUTBOX_DISMISS, remove),
            ]
        }
    };
    el("li")
        .class("parcel")
        .child(el("b").child(request.service_name.as_str()))
        .child(paragraph("quiet", text))
        .child(el("div").class("row links").child(actions))
        .into()
}
