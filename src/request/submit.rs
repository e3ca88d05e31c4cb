//! Sends a request, once: only one send is in flight across all tabs, a request that may have arrived is looked for
//! before it is sent again, and an unknown outcome is reported instead of guessed
//! (docs/decisions/0009-what-may-have-arrived-is-looked-for.md). Draws nothing.

use super::journey::RequestJourney;
use crate::app::{App, Event};
use crate::net::{ApiError, Client, Response, SEND_LIMIT_MS, Uploader};
use crate::platform::dom;
use crate::platform::photos::{Attachment, Photos};
use crate::platform::time;
use frontdoor_core::config::Extension;
use frontdoor_core::ids::DraftKey;
use frontdoor_core::request::photo::place_segment;
use frontdoor_core::request::queued::QueuedRequest;
use frontdoor_core::request::reference::Reference;
use frontdoor_core::request::submission::find_submitted;
use frontdoor_core::time::MINUTE;
use open311::{Location, Receipt, ServiceKind};
use std::{cell::RefCell, rc::Rc};

/// The result of a send.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) enum SendOutcome {
    /// The city has received the request.
    Sent(Reference),
    /// The city refused the request, and does not have it.
    Refused(ApiError),
    /// The request was not sent, or the city was too busy to accept it; it can be sent again.
    NotSent(ApiError),
    /// The request may have arrived. Sending it again is safe, because the endpoint recognises its key.
    MayBeSentAgain(ApiError),
    /// The request may have arrived, and there is no way to find out.
    Unclear {
        /// True if the city's list could be read, but does not have the request (yet).
        was_list_read: bool,
    },
    /// Another tab is sending the request.
    #[default]
    SendingInOtherTab,
}

/// What a send may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum SendMode {
    /// Send the request; if it may have arrived before, look for it instead.
    Normal,
    /// Only look for a request that may have arrived.
    CheckOnly,
    /// Send the request even if the city may then have it twice.
    Resend,
}

/// Called with the fraction of the photos that has been sent, 0 to 1.
pub(super) type OnProgress = Rc<dyn Fn(f64)>;

/// Wait before the city is asked again after a lost connection, in milliseconds. Sensible: 500 to 5,000.
const SETTLE_MS: i32 = 1_500;
/// Additional time limit for each photo, in milliseconds: 400 KB take about this long at 100 kbit/s. Sensible: 15 to
/// 60 s.
const PHOTO_LIMIT_MS: i32 = 30_000;
/// How far before the time of a send the city's list is searched, in milliseconds, because clocks differ. Sensible: 5
/// to 30 minutes.
const LOOK_BACK: i64 = 15 * MINUTE;

/// Sends a request, or looks for it, depending on `mode`. Only one tab does so at a time for the same request.
pub(super) async fn submit(
    app: App,
    journey: &Rc<RequestJourney>,
    request: QueuedRequest,
    mode: SendMode,
    on_progress: OnProgress,
) -> SendOutcome {
    let kind = app.service(&request.service).map(|service| service.kind);
    let submission = Submission {
        journey: journey.clone(),
        client: app.client(),
        is_idempotent: app.offers(Extension::Idempotency),
        is_black_box: kind == Some(ServiceKind::Blackbox),
        request,
        mode,
        on_progress,
    };
    let Some(device) = app.open_device() else {
        return submission.run().await;
    };
    let outcome = Rc::new(RefCell::<SendOutcome>::default());
    let result = outcome.clone();
    let lock = ["send/", submission.key()].concat();
    let task = async move {
        let outcome = submission.run().await;
        result.replace(outcome);
    };
    device.run_exclusively(&lock, task).await;
    outcome.take()
}

struct Submission {
    journey: Rc<RequestJourney>,
    client: Client,
    is_idempotent: bool,
    is_black_box: bool,
    request: QueuedRequest,
    mode: SendMode,
    on_progress: OnProgress,
}

impl Submission {
    fn key(&self) -> &DraftKey {
        &self.request.draft.key
    }

    async fn run(self) -> SendOutcome {
        let store = &self.journey.store;
        // Another tab may have sent it since this page was drawn.
        if let Some(reference) = store.sent_before(self.key()).await {
            return SendOutcome::Sent(reference);
        }
        let doubt = store.doubt(self.key()).await;
        let is_unclear = doubt.is_some() && !self.is_idempotent;
        if self.mode == SendMode::CheckOnly || (is_unclear && self.mode == SendMode::Normal) {
            return self.check().await;
        }
        if !dom::is_online() {
            return SendOutcome::NotSent(ApiError::Unreachable);
        }
        // Saved before sending: if this tab ends from here on, a doubt remains, and no second request is sent.
        let since = doubt.unwrap_or_else(time::now);
        store.set_doubt(self.key(), Some(since)).await;
        let mut response = self.post().await;
        let leaves_doubt = |response: &Result<Receipt, ApiError>| {
            response.as_ref().is_err_and(ApiError::leaves_doubt)
        };
        if leaves_doubt(&response) && self.is_idempotent {
            // Sends it again with the same key: if the first one arrived, the endpoint returns its reference and
            // counts the request once.
            time::sleep(SETTLE_MS).await;
            response = self.post().await;
        }
        match response.and_then(|receipt| self.reference(receipt)) {
            Ok(reference) => {
                self.record_sent(&reference).await;
                SendOutcome::Sent(reference)
            }
            Err(error) if error.leaves_doubt() && self.is_idempotent => {
                SendOutcome::MayBeSentAgain(error)
            }
            Err(error) if error.leaves_doubt() => {
                time::sleep(SETTLE_MS).await;
                self.check().await
            }
            Err(error) => {
                store.set_doubt(self.key(), None).await;
                if error.is_refusal() {
                    SendOutcome::Refused(error)
                } else {
                    SendOutcome::NotSent(error)
                }
            }
        }
    }

    /// The reference in a receipt. Only a black box service may return none; from others, a receipt without a
    /// reference is not an answer (rule 9).
    fn reference(&self, receipt: Receipt) -> Result<Reference, ApiError> {
        match (receipt.service_request_id, receipt.token) {
            (Some(id), _) => Ok(Reference::Number(id.into())),
            (None, Some(token)) => Ok(Reference::Token(token.into())),
            (None, None) if self.is_black_box => Ok(Reference::Nothing),
            (None, None) => Err(ApiError::NotUnderstood),
        }
    }

    /// Saves that the city has the request, and emits the event for the host page.
    async fn record_sent(&self, reference: &Reference) {
        let (journey, request) = (&self.journey, &self.request);
        let store = &journey.store;
        store.save_sent(self.key(), reference).await;
        store.save_own(reference, &request.service_name).await;
        if !journey.app.is_gone() {
            let service = &request.service;
            journey.app.emit(&Event::Submitted { service, reference });
        }
    }

    async fn post(&self) -> Result<Receipt, ApiError> {
        let mut post = self.request.post.clone();
        if self.is_idempotent {
            post.idempotency_key = self.key().to_string();
        }
        let (url, pairs) = self.client.prepare(post);
        let photos = &self.journey.config.photos;
        let sends_photos = photos.in_post && photos.upload.is_none();
        let response = if sends_photos && !self.request.draft.photos.is_empty() {
            self.post_with_photos(&url, pairs).await?
        } else {
            self.client.submit(url, &pairs).await?
        };
        self.client.receipt(response).await
    }

    async fn post_with_photos(
        &self,
        url: &str,
        mut pairs: Vec<(String, String)>,
    ) -> Result<Response, ApiError> {
        let code = Photos::load().await.ok_or(ApiError::Unreachable)?;
        let mut files = Vec::new();
        for photo in &self.request.draft.photos {
            // A photo that the device no longer has cannot be sent.
            let Some(mut blob) = self.journey.store.photo(&photo.id).await else {
                continue;
            };
            let taken_at = photo.taken_at.as_ref().filter(|_| photo.keeps_place);
            let taken_at = taken_at
                .and_then(|(lat, long)| Location::new(json::decimal(lat)?, json::decimal(long)?));
            if let Some(location) = taken_at {
                blob = code.with_head(&blob, &place_segment(location));
            }
            pairs.push(("media_description".into(), photo.description.clone()));
            files.push(Attachment {
                field: "media",
                blob,
                name: ["photo-", &photo.id, ".jpg"].concat(),
            });
        }
        let on_progress = self.on_progress.clone();
        let limit_ms = SEND_LIMIT_MS + PHOTO_LIMIT_MS * files.len() as i32;
        Uploader(&code)
            .send(url, &pairs, &files, limit_ms, move |fraction| {
                on_progress(fraction);
            })
            .await
    }

    /// Searches the city's list for the request, which may have arrived.
    async fn check(&self) -> SendOutcome {
        let Some(sent_at) = self.journey.store.doubt(self.key()).await else {
            return SendOutcome::Unclear {
                was_list_read: false,
            };
        };
        let since = time::rfc3339(sent_at.plus(-LOOK_BACK));
        let query = [
            ("service_code", &*self.request.service),
            ("start_date", since.as_str()),
        ];
        let rows = match self.client.requests(&query).await {
            // Some endpoints require both dates or none.
            Err(error) if error.is_refusal() => self.client.requests(&query[..1]).await,
            rows => rows,
        };
        let Ok(rows) = rows else {
            return SendOutcome::Unclear {
                was_list_read: false,
            };
        };
        let own = find_submitted(&rows, &self.request.post, sent_at);
        match own.and_then(|own| own.id.clone()) {
            Some(id) => {
                let reference = Reference::Number(id.into());
                self.record_sent(&reference).await;
                SendOutcome::Sent(reference)
            }
            None => SendOutcome::Unclear {
                was_list_read: true,
            },
        }
    }
}
