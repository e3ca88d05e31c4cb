//! Sends an update, once: does what `frontdoor_core::status::update_sending` decides. Only one send is in flight across
//! all tabs for the same request and kind. Draws nothing.

use super::lookup::{RequestSnapshot, fetch};
use super::own_requests::{SavedFacts, saved_facts};
use crate::app::{App, Event as PageEvent};
use crate::net::{ApiError, Response, SEND_LIMIT_MS, Uploader};
use crate::platform::device_store::DeviceStore;
use crate::platform::dom;
use crate::platform::photos::{Attachment, Photos};
use crate::platform::time;
use frontdoor_core::config::Extension;
use frontdoor_core::i18n::k;
use frontdoor_core::status::update_draft::{UpdateDraft, Version};
use frontdoor_core::status::update_kind::UpdateKind;
use frontdoor_core::status::update_sending::{
    UpdateAction, UpdateAnswer, UpdateMode, UpdateSending, UpdateVerdict, outgoing_text,
};
use frontdoor_core::status::update_sends::UpdateSends;
use frontdoor_core::storage::{Entry, Row, Saved};
use open311::Stage;
use std::{cell::RefCell, rc::Rc};

/// Wait before the city is asked again after a lost connection, in milliseconds. Sensible: 500 to 5,000.
const SETTLE_MS: i32 = 1_500;

/// The result of a send.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) enum UpdateOutcome {
    /// How it ended, and the city's last error.
    Ended(UpdateVerdict, Option<ApiError>),
    /// The device no longer has the photo that was to go along; nothing was sent.
    PhotoLost,
    /// Another tab is sending it.
    #[default]
    SendingInOtherTab,
}

/// Called when the outbox has sent an update, or could not.
type OnOutcome = Box<dyn Fn(&UpdateDraft, &UpdateOutcome)>;

/// What the view on the screen does when the outbox has sent an update, or could not.
pub(super) struct UpdateListener(pub(super) OnOutcome);

/// One send of an update.
pub(super) struct UpdateSend {
    pub(super) app: App,
    pub(super) draft: UpdateDraft,
    /// What is sent in place of an empty text.
    pub(super) default_text: String,
    pub(super) mode: UpdateMode,
    /// The request, as far as it is known.
    pub(super) snapshot: Rc<RequestSnapshot>,
}

/// What the device has saved of the sends of an update.
pub(super) async fn saved_sends(device: &DeviceStore, id: &str) -> UpdateSends {
    let saved = device.text(Row::UpdateSends(id)).await;
    let saved = saved.and_then(|saved| UpdateSends::from_text(&saved));
    saved.unwrap_or_default()
}

impl UpdateSend {
    /// Sends the update, or finds out whether it arrived.
    pub(super) async fn run(self) -> UpdateOutcome {
        let Some(device) = self.app.device().await else {
            // Without the module nothing could be saved before the send.
            let error = ApiError::Unreachable;
            return UpdateOutcome::Ended(UpdateVerdict::NotSent, Some(error));
        };
        let outcome = Rc::new(RefCell::<UpdateOutcome>::default());
        let result = outcome.clone();
        let lock = ["send/update/", &self.draft.id()].concat();
        let own_device = device.clone();
        let task = async move {
            let outcome = self.send(&own_device).await;
            result.replace(outcome);
        };
        device.run_exclusively(&lock, task).await;
        outcome.take()
    }

    async fn send(self, device: &DeviceStore) -> UpdateOutcome {
        let (app, id) = (self.app, self.draft.id());
        if let Some(photo) = &self.draft.photo
            && device.photo(Row::Photo(photo)).await.is_none()
        {
            return UpdateOutcome::PhotoLost;
        }
        let facts = saved_facts(app, &self.snapshot).await;
        let version = self.draft.version(&self.default_text);
        let is_idempotent = app.offers(Extension::Idempotency);
        let saved = saved_sends(device, &id).await;
        let now = time::now();
        let mode = self.mode.clone();
        let known = self.draft.known.clone();
        let mut sending = UpdateSending::new(version, mode, is_idempotent, saved, known, now);
        let ahead = app.client().city_ahead_ms();
        let mut error = None;
        let mut action = sending.start(dom::is_online(), ahead);
        let verdict = loop {
            action = match action {
                UpdateAction::Save(sends) => {
                    let row = Row::UpdateSends(&id);
                    device.put(row, &sends.to_text()).done().await;
                    sending.saved()
                }
                UpdateAction::Post { version, is_again } => {
                    settle(is_again).await;
                    let photo = match &version.photo {
                        Some(photo) => device.photo(Row::Photo(photo)).await,
                        None => None,
                    };
                    let result = self.post(&version, &facts, photo).await;
                    let answer = answer_of(&result);
                    error = result.err();
                    sending.posted(answer)
                }
                UpdateAction::Look { is_after_post } => {
                    settle(is_after_post).await;
                    let rows = app.client().updates_raw(&self.draft.number).await.ok();
                    let rows = rows.and_then(|body| json::parse(&body).ok());
                    let rows = rows.map(|rows| open311::read_updates(&rows).rows);
                    sending.looked(rows.as_deref())
                }
                UpdateAction::Finish(verdict) => break verdict,
            };
        };
        let sends = sending.sends().to_text();
        // Written before any other tab can read it: the database keeps the order.
        let _ = device.put(Row::UpdateSends(&id), &sends);
        if verdict == (UpdateVerdict::Sent { earlier: None }) {
            self.forget(device).await;
        }
        UpdateOutcome::Ended(verdict, error)
    }

    /// Erases what the city has now, unless it was changed meanwhile.
    async fn forget(&self, device: &DeviceStore) {
        let (app, draft, id) = (self.app, &self.draft, self.draft.id());
        if !app.is_gone() {
            if !draft.question.is_empty() {
                app.write(Entry::Answered(&draft.number), &draft.question);
            }
            let service = draft.service.as_str();
            let kind = draft.kind;
            app.emit(&PageEvent::UpdateSent { kind, service });
        }
        let saved = device.text(Row::Update(&id)).await;
        let saved = saved.and_then(|saved| UpdateDraft::from_text(&saved));
        let is_changed = saved.is_some_and(|saved| {
            saved.version(&self.default_text) != draft.version(&self.default_text)
        });
        if !is_changed {
            if !app.is_gone() {
                app.erase(Entry::Update(&id));
            }
            let _ = device.remove(Row::Update(&id));
        }
        if let Some(photo) = &draft.photo {
            let _ = device.remove(Row::Photo(photo));
        }
    }

    async fn post(
        &self,
        version: &Version,
        facts: &SavedFacts,
        photo: Option<dom::Blob>,
    ) -> Result<(), ApiError> {
        let (app, client, kind) = (self.app, self.app.client(), self.draft.kind);
        let status = match kind {
            UpdateKind::StillThere => "open",
            UpdateKind::Withdraw => "withdrawn",
            UpdateKind::Add | UpdateKind::Answer | UpdateKind::Remind if self.is_open().await => {
                "open"
            }
            UpdateKind::Add | UpdateKind::Answer | UpdateKind::Remind => "",
        };
        let is_reminder = kind == UpdateKind::Remind;
        let update_type = if is_reminder { "reminder" } else { "" };
        let is_idempotent = app.offers(Extension::Idempotency);
        let idempotency_key = if is_idempotent { &*version.key } else { "" };
        let line = app.t_with(k::ACT_MARK, &[("mark", &version.mark())]);
        let description = outgoing_text(version, is_idempotent, &line);
        let has_receipts = app.offers(Extension::Receipt);
        let receipt = if has_receipts { &*facts.receipt } else { "" };
        let author = if facts.is_sender { "" } else { "other" };
        let confirmation = if self.draft.needs_confirmation {
            "yes"
        } else {
            ""
        };
        let now = time::rfc3339(time::now());
        let fields = [
            ("service_request_id", &*self.draft.number),
            ("update_id", version.key.as_str()),
            ("description", description.as_str()),
            ("status", status),
            ("type", update_type),
            ("updated_datetime", now.as_str()),
            ("idempotency_key", idempotency_key),
            ("receipt", receipt),
            ("author", author),
            ("confirmation", confirmation),
        ];
        let (url, pairs) = client.prepare_update(&fields);
        let response: Response = match photo {
            None => client.submit(url, &pairs).await?,
            Some(blob) => {
                let code = Photos::load().await.ok_or(ApiError::Unreachable)?;
                let files = [Attachment {
                    field: "media",
                    blob,
                    name: "photo.jpg".into(),
                }];
                Uploader(&code)
                    .send(&url, &pairs, &files, SEND_LIMIT_MS * 2, |_| ())
                    .await?
            }
        };
        client
            .accept_update(response, &self.draft.number, &version.key)
            .await
    }

    /// True if the request is open now. Fetches it again, because the snapshot may be old and an update must not
    /// reopen a request that was closed since.
    async fn is_open(&self) -> bool {
        let known = &self.snapshot;
        let latest = fetch(self.app, &known.query, Some(known.clone())).await;
        let latest = latest.ok().and_then(|latest| latest.request);
        let request = latest.as_ref().or(known.request.as_ref());
        request.is_some_and(|request| request.status.stage() == Stage::Open)
    }
}

async fn settle(is_after_post: bool) {
    if is_after_post {
        time::sleep(SETTLE_MS).await;
    }
}

/// What the answer to a POST says.
fn answer_of(result: &Result<(), ApiError>) -> UpdateAnswer {
    match result {
        Ok(()) => UpdateAnswer::Accepted,
        Err(ApiError::Busy(_)) => UpdateAnswer::Busy,
        Err(ApiError::Refused(error)) => match error.status {
            400 | 422 => UpdateAnswer::Refused {
                is_for_contents: true,
            },
            409 => UpdateAnswer::Duplicate,
            408 | 500.. => UpdateAnswer::Unknown,
            _ => UpdateAnswer::Refused {
                is_for_contents: false,
            },
        },
        Err(_) => UpdateAnswer::Unknown,
    }
}
