//! The updates that wait for the network: sends each when the network is back, never twice, however many tabs are open.
//! How an update is sent is in `update_send`.

use super::lookup::RequestSnapshot;
use super::update_send::{UpdateListener, UpdateOutcome, UpdateSend};
use super::update_wording::sent_text;
use crate::app::App;
use crate::platform::{dom, time};
use frontdoor_core::status::update_draft::UpdateDraft;
use frontdoor_core::status::update_sending::{UpdateMode, UpdateVerdict};
use frontdoor_core::storage::{Entry, Row, Saved, Table};
use std::rc::Rc;

/// Interval between attempts to send, in milliseconds: browsers do not always report when the network is back.
/// Sensible: 10 to 120 s.
const RETRY_MS: i32 = 30_000;

/// Marks that the outbox of this widget is being sent.
struct IsSending;

/// Sends the updates that wait, now and whenever the network comes back, until none waits.
pub(super) fn send_when_online(app: App) {
    if app.slot::<IsSending>().is_some() {
        return;
    }
    app.set_slot(Rc::new(IsSending));
    app.spawn(async move {
        while !app.is_gone() {
            let flag = app.read(Entry::HasUpdates);
            let is_done = send_waiting(app).await;
            if app.is_gone() {
                return;
            }
            if !is_done {
                time::sleep_until(RETRY_MS, "online").await;
            } else if app.read(Entry::HasUpdates) == flag {
                app.erase(Entry::HasUpdates);
                return app.clear_slot::<IsSending>();
            }
        }
    });
}

/// Sends what waits; true if nothing waits any longer.
async fn send_waiting(app: App) -> bool {
    let Some(device) = app.device().await else {
        return false;
    };
    let mut is_done = true;
    for (_, text) in device.texts(Table::Updates).await {
        let draft = UpdateDraft::from_text(&text).filter(|draft| draft.is_waiting);
        let Some(mut draft) = draft else {
            continue;
        };
        if !dom::is_online() || app.is_gone() {
            return false;
        }
        let id = draft.id();
        // Another tab may have sent or changed it since.
        if device.text(Row::Update(&id)).await.as_deref() != Some(&text) || app.is_gone() {
            continue;
        }
        let send = UpdateSend {
            app,
            draft: draft.clone(),
            // The text was filled in when it was put here.
            default_text: String::new(),
            mode: UpdateMode::Normal,
            snapshot: Rc::new(RequestSnapshot {
                query: draft.number.clone(),
                ..RequestSnapshot::default()
            }),
        };
        let outcome = send.run().await;
        if app.is_gone() {
            return false;
        }
        let goes_on_waiting = matches!(
            outcome,
            UpdateOutcome::SendingInOtherTab
                | UpdateOutcome::Ended(UpdateVerdict::NotSent | UpdateVerdict::MayBeSentAgain, _)
        );
        let is_sent = matches!(
            outcome,
            UpdateOutcome::Ended(UpdateVerdict::Sent { earlier: None }, _)
        );
        is_done &= !goes_on_waiting;
        if !goes_on_waiting && !is_sent {
            // The resident decides what to do.
            draft.is_waiting = false;
            let _ = device.put(Row::Update(&id), &draft.to_text());
        }
        if app.is_gone() {
            return false;
        }
        if is_sent {
            app.announce(app.t(sent_text(&draft)));
        }
        if let Some(listener) = app.slot::<UpdateListener>() {
            (listener.0)(&draft, &outcome);
        }
    }
    is_done
}
