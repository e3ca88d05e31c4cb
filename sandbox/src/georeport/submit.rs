//! POST of a request: everything is validated, then stored in one transaction, before the response.

use jiff::Timestamp;
use rusqlite::Transaction;
use serde::Serialize;
use serde_json::{Map, Value, json};

use super::call::Call;
use super::submission::{self, Submission};
use super::{active_questions, reading, validation};
use crate::clock;
use crate::json::to_value;
use crate::photo::{self, UploadedPhoto};
use crate::response::{ApiError, Payload};
use crate::store::new_update::{self, NewUpdate};
use crate::store::request_row::RequestRow;
use crate::store::requests::{self, IdSource, NewRequest};
use crate::store::services::{self, Kind, Service};
use crate::store::stage::Stage;
use crate::store::{photos, random_name, random_secret};

/// The response to a POST. It has the number of a realtime request, the token of a batch request,
/// or neither.
#[derive(Serialize)]
struct Receipt<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    service_request_id: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    token: Option<&'a str>,
    /// The extension `receipt`; black boxes cannot be looked up, so nobody needs one there.
    #[serde(skip_serializing_if = "Option::is_none")]
    receipt: Option<&'a str>,
    service_notice: Option<&'a str>,
    account_id: Option<&'a Value>,
}

pub(super) fn submit(mut call: Call) -> Result<Payload, ApiError> {
    call.check_key()?;
    let mut photo_errors = Vec::new();
    let photos = photo::take_photos(&mut call.form, &mut photo_errors);
    let key = call.form.get("idempotency_key");
    let code = call.form.get("service_code");
    let receipt = call.app.store.run(|tx| {
        if let Some(key) = key
            && let Some(receipt) = requests::receipt(tx, key)?
        {
            return Ok(receipt);
        }
        let code = code.ok_or_else(|| ApiError::bad_request("service_code was not provided"))?;
        let mut service = services::find(tx, code)?
            .ok_or_else(|| ApiError::not_found(format!("service_code {code} was not found")))?;
        call.prepare(tx, &mut service)?;
        let attributes = service.attributes();
        let given = active_questions::answers(&attributes, &call.form);
        // A resident who is sent elsewhere need not hear what else is missing in the form.
        ApiError::if_any(active_questions::stop_messages(&attributes, &given))?;
        let mut errors = Vec::new();
        let submission = submission::read(&call.form, &mut errors);
        let answers = validation::check(&attributes, &call.form, &given, &mut errors);
        let earlier = match &submission.linked {
            Some(id) => requests::find_public(tx, id, clock::now())?,
            None => None,
        };
        if let (Some(id), None) = (&submission.linked, &earlier) {
            errors.push(format!("linked_request_id {id} was not found"));
        }
        errors.append(&mut photo_errors);
        ApiError::if_any(errors)?;
        let (receipt, number) = save(&call, tx, &service, submission, answers, &photos)?;
        if let (Some(number), Some(earlier)) = (number, earlier) {
            requests::link(tx, number, earlier.number)?;
        }
        Ok(receipt)
    })?;
    Ok(Payload::created("service_requests", [receipt]))
}

/// Stores the request; returns the response, and the number unless the request already existed.
fn save(
    call: &Call,
    tx: &Transaction,
    service: &Service,
    submission: Submission,
    answers: Map<String, Value>,
    photos: &[UploadedPhoto],
) -> Result<(Value, Option<i64>), ApiError> {
    let now = clock::now();
    let dialect = call.app.dialect;
    let kind = match service.kind() {
        Kind::Realtime if dialect.is_some_and(|dialect| dialect.tokens) => Kind::Batch,
        kind => kind,
    };
    let key = call.form.get("idempotency_key").map(str::to_owned);
    let token = match kind {
        Kind::Batch => Some(random_name(tx)?),
        Kind::Realtime | Kind::Blackbox => None,
    };
    let visible = match kind {
        Kind::Realtime if !dialect.is_some_and(|dialect| dialect.delayed) => Some(now),
        Kind::Realtime | Kind::Batch => now.checked_add(call.app.options.token_delay).ok(),
        Kind::Blackbox => None,
    };
    let due = service
        .handling
        .done_days
        .map(|days| call.app.zone.working_days_later(now, days));
    let inserted = requests::insert(
        tx,
        NewRequest {
            id: IdSource::Next {
                year: call.app.zone.local(now).year(),
            },
            stage: Stage::Received,
            requested: now,
            updated: now,
            due,
            visible,
            token: token.clone(),
            key: key.clone(),
            row: to_value(row(call, service, &submission, now, due)),
            answers,
            contact: submission.contact.clone(),
        },
    )?;
    let Some(mut request) = inserted else {
        // The same draft was sent twice at once: the other call has stored the request.
        let receipt = requests::receipt(tx, &key.unwrap_or_default())?;
        return Ok((receipt.unwrap_or_default(), None));
    };
    let mut paths = photos::insert(tx, Some(request.number), photos)?;
    // A photo that was uploaded before is assigned to this request.
    let uploaded = submission
        .media_url
        .as_deref()
        .and_then(|address| call.media_path(address));
    if let Some(path) = uploaded
        && photos::assign(tx, path, request.number)?
    {
        paths.push(path.to_owned());
    }
    if let (Some(path), Some(fields)) = (paths.first(), request.row.as_object_mut()) {
        fields.insert("media_url".into(), json!(path));
    }
    let received = NewUpdate::by_city(now, Some(Stage::Received), "Received");
    new_update::apply(tx, &mut request, &received, &call.app.zone)?;
    let has_secret = dialect.is_none() && kind != Kind::Blackbox;
    let secret = has_secret.then(|| random_secret(tx)).transpose()?;
    if let Some(secret) = &secret {
        requests::set_secret(tx, request.number, secret)?;
    }
    let is_realtime = kind == Kind::Realtime;
    let receipt = to_value(Receipt {
        service_request_id: request.id.as_deref().filter(|_| is_realtime),
        token: token.as_deref(),
        receipt: secret.as_deref(),
        service_notice: service.notice(),
        account_id: request.contact.get("account_id"),
    });
    let number = request.number;
    requests::set_receipt(tx, number, &receipt)?;
    let response = match dialect {
        Some(dialect) if dialect.receipt_is_full_row && is_realtime => {
            reading::public_row(call, tx, request, false)?
        }
        _ => receipt,
    };
    Ok((response, Some(number)))
}

fn row<'a>(
    call: &Call,
    service: &'a Service,
    submission: &'a Submission,
    now: Timestamp,
    due: Option<Timestamp>,
) -> RequestRow<'a> {
    let zone = &call.app.zone;
    let (lat, long) = submission.location.unzip();
    RequestRow {
        description: submission.description.as_deref(),
        expected_datetime: due.map(|due| zone.format(due)),
        address: submission.address.as_deref(),
        address_id: submission.address_id.as_deref(),
        lat,
        long,
        media_url: submission.media_url.as_deref(),
        linked_request_id: submission.linked.as_deref(),
        ..RequestRow::new(service, zone.format(now))
    }
}
