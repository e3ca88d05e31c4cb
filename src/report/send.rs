//! Sends a parcel, once: one send in flight over all tabs, what may have arrived is looked for
//! before it is sent again, and what cannot be known is said and not guessed.

use super::parcel::Parcel;
use super::photo::place_segment;
use super::post::find_own;
use super::state::Report;
use crate::api::{Answer, Api, Failure};
use crate::app::App;
use crate::config::Extension;
use crate::platform::photos::{Attached, Photos};
use crate::platform::{dom, time};
use crate::route::Reference;
use open311::{Location, Receipt, ServiceKind, decimal};
use std::{cell::RefCell, rc::Rc};

/// What became of a send.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) enum Outcome {
    /// The city has it.
    Sent(Reference),
    /// The city said no; it does not have it.
    Refused(Failure),
    /// It did not leave, or was turned away at the door; it can be sent again.
    NotSent(Failure),
    /// It may have arrived. With the key that the endpoint knows, sending again does no harm.
    MayBeSentAgain(Failure),
    /// It may have arrived, and nobody can say: whether the city's list could be looked at.
    Unclear {
        /// The list was there, and does not show it (yet).
        was_looked: bool,
    },
    /// Another tab is sending it.
    #[default]
    Elsewhere,
}

/// How far a resident lets a send go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Consent {
    /// As usual: what may have arrived is looked for first.
    Usual,
    /// Only look for what may have arrived.
    OnlyLook,
    /// Send it, even if the city may have it twice then.
    Again,
}

/// What hears how far the pictures are, from 0 to 1.
pub(super) type Progress = Rc<dyn Fn(f64)>;

/// After a lost connection the city is left so long before it is asked, in milliseconds.
const SETTLE: i32 = 1_500;

/// Sends a parcel.
pub(super) async fn deliver(
    app: App,
    report: &Rc<Report>,
    parcel: Parcel,
    consent: Consent,
    progress: Progress,
) -> Outcome {
    let api = app.api();
    let is_idempotent = app.with_config(|config| config.offers(Extension::Idempotency));
    let kind = app.service(&parcel.service).map(|service| service.kind);
    let courier = Courier {
        report: report.clone(),
        api,
        is_idempotent,
        is_black_box: kind == Some(ServiceKind::Blackbox),
        parcel,
        consent,
        progress,
    };
    let Some(device) = report.device() else {
        return courier.carry().await;
    };
    let outcome = Rc::new(RefCell::<Outcome>::default());
    let told = outcome.clone();
    let name = ["send/", &courier.parcel.key].concat();
    device
        .once(&name, async move {
            let became = courier.carry().await;
            told.replace(became);
        })
        .await;
    outcome.take()
}

struct Courier {
    report: Rc<Report>,
    api: Api,
    is_idempotent: bool,
    is_black_box: bool,
    parcel: Parcel,
    consent: Consent,
    progress: Progress,
}

impl Courier {
    async fn carry(mut self) -> Outcome {
        // Another tab may have sent it since this one was drawn.
        if let Some(reference) = self.report.sent_before(&self.parcel.key).await {
            return Outcome::Sent(reference);
        }
        if self.parcel.in_doubt.is_none() {
            self.parcel.in_doubt = self.report.in_doubt(&self.parcel.key).await;
        }
        let is_unclear = self.parcel.in_doubt.is_some() && !self.is_idempotent;
        if self.consent == Consent::OnlyLook || (is_unclear && self.consent == Consent::Usual) {
            return self.look().await;
        }
        if !dom::is_online() {
            return Outcome::NotSent(Failure::Unreachable);
        }
        // Noted before it leaves: whatever ends this tab now leaves a doubt and no second request.
        let now = time::now() as u64;
        let first_doubt = *self.parcel.in_doubt.get_or_insert(now);
        self.report
            .note_doubt(&self.parcel.key, Some(first_doubt))
            .await;
        let mut answer = self.post().await;
        let lost = |answer: &Result<Receipt, Failure>| {
            answer.as_ref().is_err_and(|failure| failure.leaves_doubt())
        };
        if lost(&answer) && self.is_idempotent {
            // The same key asks whether it arrived, and sends it if not: the endpoint counts it once.
            time::sleep(SETTLE).await;
            answer = self.post().await;
        }
        match answer.and_then(|receipt| self.reference(receipt)) {
            Ok(reference) => {
                self.has_arrived(&reference).await;
                Outcome::Sent(reference)
            }
            Err(failure) if failure.leaves_doubt() => match self.is_idempotent {
                true => Outcome::MayBeSentAgain(failure),
                false => {
                    time::sleep(SETTLE).await;
                    self.look().await
                }
            },
            Err(failure) => {
                self.report.note_doubt(&self.parcel.key, None).await;
                match failure.is_refusal() {
                    true => Outcome::Refused(failure),
                    false => Outcome::NotSent(failure),
                }
            }
        }
    }

    /// Only a black box has nothing to give; from others, nothing is no answer (rule 9).
    fn reference(&self, receipt: Receipt) -> Result<Reference, Failure> {
        match (receipt.service_request_id, receipt.token) {
            (Some(id), _) => Ok(Reference::Number(id)),
            (None, Some(token)) => Ok(Reference::Token(token)),
            (None, None) if self.is_black_box => Ok(Reference::Nothing),
            (None, None) => Err(Failure::NotUnderstood),
        }
    }

    async fn has_arrived(&self, reference: &Reference) {
        let (report, parcel) = (&self.report, &self.parcel);
        report.note_sent(&parcel.key, reference).await;
        report.note_own(reference, &parcel.service_name, "").await;
        if !report.app.is_gone() {
            let kind = match reference {
                Reference::Number(_) => "number",
                Reference::Token(_) => "token",
                Reference::Nothing => "nothing",
            };
            let detail = [("service", parcel.service.as_str()), ("reference", kind)];
            report.app.tell("submitted", &detail);
        }
    }

    async fn post(&self) -> Result<Receipt, Failure> {
        let mut post = self.parcel.post.clone();
        if self.is_idempotent {
            post.idempotency_key.clone_from(&self.parcel.key);
        }
        let (url, pairs) = self.api.prepare(post);
        let goes_along = self.report.setting.photos.in_post && !self.parcel.photos.is_empty();
        let answer = match goes_along && self.report.setting.photos.upload.is_none() {
            true => self.post_with_photos(&url, pairs).await?,
            false => self.api.submit(url, &pairs).await?,
        };
        self.api.receipt(answer).await
    }

    async fn post_with_photos(
        &self,
        url: &str,
        mut pairs: Vec<(String, String)>,
    ) -> Result<Answer, Failure> {
        let code = Photos::load().await.ok_or(Failure::Unreachable)?;
        let mut files = Vec::new();
        for photo in &self.parcel.photos {
            // A picture that the device has lost cannot go; the words can.
            let Some(mut blob) = self.report.photo(&photo.id).await else {
                continue;
            };
            let taken = photo.taken_at.as_ref().filter(|_| photo.keeps_place);
            let taken = taken.and_then(|(lat, long)| Location::new(decimal(lat)?, decimal(long)?));
            if let Some(location) = taken {
                blob = code.with_head(&blob, &place_segment(location));
            }
            pairs.push(("media_description".into(), photo.description.clone()));
            files.push(Attached {
                field: "media",
                blob,
                name: ["photo-", &photo.id, ".jpg"].concat(),
            });
        }
        let progress = self.progress.clone();
        let limit = Api::SEND_LIMIT + PER_PHOTO * files.len() as i32;
        code.send(url, &pairs, &files, limit, move |part| progress(part))
            .await
    }

    /// Looks in the city's list for what may have arrived.
    async fn look(&self) -> Outcome {
        let Some(sent) = self.parcel.in_doubt else {
            return Outcome::Unclear { was_looked: false };
        };
        let since = time::rfc3339(sent as f64 - LOOK_BACK);
        let by_date = [
            ("service_code", self.parcel.service.as_str()),
            ("start_date", since.as_str()),
        ];
        let rows = match self.api.requests(&by_date).await {
            // Some endpoints want both dates, or none.
            Err(failure) if failure.is_refusal() => self.api.requests(&by_date[..1]).await,
            rows => rows,
        };
        let Ok(rows) = rows else {
            return Outcome::Unclear { was_looked: false };
        };
        let own = find_own(&rows, &self.parcel.post, sent);
        match own.and_then(|own| own.id.clone()) {
            Some(id) => {
                let reference = Reference::Number(id);
                self.has_arrived(&reference).await;
                Outcome::Sent(reference)
            }
            None => Outcome::Unclear { was_looked: true },
        }
    }
}

/// A slow line needs so long for a picture, in milliseconds.
const PER_PHOTO: i32 = 30_000;
/// Clocks differ, in milliseconds.
const LOOK_BACK: f64 = 15.0 * 60_000.0;
