//! Sends a request, once: does what `frontdoor_core::request::sending` decides, while no other tab does so for the same
//! request. Draws nothing.

use super::journey::RequestJourney;
use crate::app::{App, Event};
use crate::net::{ApiError, Client, Response, SEND_LIMIT_MS, Uploader};
use crate::platform::dom;
use crate::platform::photos::{Attachment, Photos};
use crate::platform::time;
use frontdoor_core::config::Extension;
use frontdoor_core::i18n::k;
use frontdoor_core::ids::DraftKey;
use frontdoor_core::request::doubt::SentRecord;
use frontdoor_core::request::mark::{fingerprint, mark};
use frontdoor_core::request::photo::place_segment;
use frontdoor_core::request::queued::QueuedRequest;
use frontdoor_core::request::reference::Reference;
use frontdoor_core::request::sending::{
    Abilities, Action, OtherWords, PostAnswer, SendMode, Sending, Verdict, outgoing,
};
use frontdoor_core::time::MINUTE;
use open311::{Location, Receipt, ServiceKind, ServiceRequest};
use std::{cell::RefCell, rc::Rc};

/// The result of a send.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) enum SendOutcome {
    /// The send has ended in this way; with the error of the last call.
    Finished(Verdict, ApiError),
    /// The device no longer has a photo of the request. Nothing was sent.
    PhotoLost,
    /// Another tab is sending the request.
    #[default]
    SendingInOtherTab,
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
    request: Rc<QueuedRequest>,
    mode: SendMode,
    on_progress: OnProgress,
) -> SendOutcome {
    let kind = app.service(&request.service).map(|service| service.kind);
    let client = app.client();
    let abilities = Abilities {
        is_idempotent: app.offers(Extension::Idempotency),
        is_black_box: kind == Some(ServiceKind::Blackbox),
    };
    let ahead = client.city_ahead_ms();
    let submission = Submission {
        journey: journey.clone(),
        client,
        abilities,
        sending: Sending::new(request.clone(), mode, abilities, time::now(), ahead),
        request,
        error: ApiError::Unreachable,
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
    abilities: Abilities,
    sending: Sending,
    request: Rc<QueuedRequest>,
    /// The error of the last call.
    error: ApiError,
    on_progress: OnProgress,
}

impl Submission {
    fn key(&self) -> &DraftKey {
        &self.request.draft.key
    }

    async fn run(mut self) -> SendOutcome {
        let store = self.journey.store.clone();
        if self.has_lost_photo().await {
            return SendOutcome::PhotoLost;
        }
        // Another tab may have sent it since this page was drawn.
        let sent = store.sent_before(self.key()).await;
        let doubt = store.doubt(self.key()).await;
        let was_sent = sent.is_some();
        let mut action = self.sending.start(sent, doubt, dom::is_online());
        let verdict = loop {
            action = match action {
                // Saved before sending: if this tab ends from here on, a doubt remains, and no second request is sent.
                Action::SaveDoubt(doubt) => {
                    store.save_doubt(self.key(), Some(&doubt)).await;
                    self.sending.saved()
                }
                Action::Post { request, is_again } => {
                    if is_again {
                        time::sleep(SETTLE_MS).await;
                    }
                    let answer = self.post(&request).await;
                    self.sending.posted(&answer)
                }
                Action::Look { is_after_post } => {
                    if is_after_post {
                        time::sleep(SETTLE_MS).await;
                    }
                    let rows = self.look().await;
                    self.sending.looked(rows.as_deref())
                }
                Action::Finish(verdict) => break verdict,
            }
        };
        if !was_sent {
            self.record(&verdict).await;
        }
        SendOutcome::Finished(verdict, self.error)
    }

    /// True if the device no longer has one of the photos.
    async fn has_lost_photo(&self) -> bool {
        let is_uploaded = self.journey.config.photos.upload.is_some();
        for photo in &self.request.draft.photos {
            let is_there = if is_uploaded {
                photo.url.is_some()
            } else {
                self.journey.store.photo(&photo.id).await.is_some()
            };
            if !is_there {
                return true;
            }
        }
        false
    }

    /// Saves what is known now, and emits the event for the host page if the city has the request.
    async fn record(&self, verdict: &Verdict) {
        let (journey, request) = (&self.journey, &self.request);
        let store = &journey.store;
        if let Verdict::Sent {
            reference, other, ..
        } = verdict
        {
            let fingerprint = match other {
                None => fingerprint(request),
                Some(OtherWords::Earlier(earlier)) => fingerprint(earlier),
                Some(OtherWords::Unknown) => String::new(),
            };
            let record = SentRecord {
                reference: reference.clone(),
                fingerprint,
            };
            store.save_sent(self.key(), &record).await;
            store.save_own(reference, &request.service_name).await;
            if !journey.app.is_gone() {
                let service = &request.service;
                journey.app.emit(&Event::Submitted { service, reference });
            }
        } else if verdict.ends_doubt() {
            store.save_doubt(self.key(), None).await;
        }
    }

    async fn post(&mut self, request: &QueuedRequest) -> PostAnswer {
        let line = self
            .journey
            .app
            .t_with(k::MARK_IN_WORDS, &[("code", &mark(request))]);
        let (url, pairs) = self
            .client
            .prepare(outgoing(request, self.abilities, &line));
        let photos = &self.journey.config.photos;
        let sends_photos = photos.in_post && photos.upload.is_none();
        let response = if sends_photos && !request.draft.photos.is_empty() {
            self.post_with_photos(request, &url, pairs).await
        } else {
            self.client.submit(url, &pairs).await
        };
        let kind = if self.abilities.is_black_box {
            ServiceKind::Blackbox
        } else {
            ServiceKind::Realtime
        };
        let receipt = match response {
            Ok(response) => self.client.receipt(response, kind).await,
            Err(error) => Err(error),
        };
        if let Ok(receipt) = &receipt
            && self.journey.app.offers(Extension::Receipt)
            && let Some(secret) = &receipt.receipt
            && let Some(id) = receipt
                .service_request_id
                .as_deref()
                .or(receipt.token.as_deref())
        {
            self.journey.store.save_receipt(id, secret).await;
        }
        match receipt.and_then(|receipt| self.reference(receipt)) {
            Ok(reference) => PostAnswer::Accepted(reference),
            Err(error) => {
                let answer = answer_of(&error);
                self.error = error;
                answer
            }
        }
    }

    /// The reference in a receipt. Only a black box service may return none; from others, a receipt without a
    /// reference is not an answer (rule 9).
    fn reference(&self, receipt: Receipt) -> Result<Reference, ApiError> {
        match (receipt.service_request_id, receipt.token) {
            (Some(id), _) => Ok(Reference::Number(id.into())),
            (None, Some(token)) => Ok(Reference::Token(token.into())),
            (None, None) if self.abilities.is_black_box => Ok(Reference::Nothing),
            (None, None) => Err(ApiError::NotUnderstood),
        }
    }

    async fn post_with_photos(
        &self,
        request: &QueuedRequest,
        url: &str,
        mut pairs: Vec<(String, String)>,
    ) -> Result<Response, ApiError> {
        let code = Photos::load().await.ok_or(ApiError::Unreachable)?;
        let mut files = Vec::new();
        for photo in &request.draft.photos {
            // It was there when the send began; without it, the city would get less than the resident was shown.
            let blob = self.journey.store.photo(&photo.id).await;
            let mut blob = blob.ok_or(ApiError::Unreachable)?;
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

    /// The city's list from around the time of the send; `None` if it cannot be read.
    async fn look(&self) -> Option<Vec<ServiceRequest>> {
        let doubt = self.journey.store.doubt(self.key()).await;
        let since = doubt.and_then(|doubt| doubt.since_in_city());
        let since = since.map(|since| time::rfc3339(since.plus(-LOOK_BACK)));
        let service = ("service_code", &*self.request.service);
        if let Some(since) = since {
            match self
                .client
                .requests(&[service, ("start_date", &since)])
                .await
            {
                // Some endpoints require both dates or none.
                Err(error) if error.is_refusal() => {}
                rows => return rows.ok(),
            }
        }
        // Without the city's clock, the device's could be days off.
        self.client.requests(&[service]).await.ok()
    }
}

/// What an error says about the request that was posted.
fn answer_of(error: &ApiError) -> PostAnswer {
    match error {
        ApiError::Busy(_) => PostAnswer::Busy,
        ApiError::Refused(refusal) => match refusal.status {
            409 => PostAnswer::Duplicate,
            400 | 422 => PostAnswer::Refused {
                is_for_contents: true,
            },
            408 | 500.. => PostAnswer::Unknown,
            _ => PostAnswer::Refused {
                is_for_contents: false,
            },
        },
        _ => PostAnswer::Unknown,
    }
}
