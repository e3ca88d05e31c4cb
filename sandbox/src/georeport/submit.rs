//! POST requests: check everything, keep it in one transaction, then answer.

use axum::http::StatusCode;
use jiff::Timestamp;
use rusqlite::Transaction;
use serde_json::{Value, json};

use super::call::Call;
use super::submission::{self, Submission};
use super::{asked, definition, reading};
use crate::answer::{Answer, Failure};
use crate::clock;
use crate::media::{self, Picture};
use crate::store::requests::{self, Id, New};
use crate::store::services::{self, Kind, Service};
use crate::store::stage::Stage;
use crate::store::steps::{self, Step};
use crate::store::{media as photos, random_name};

pub(super) fn submit(mut call: Call) -> Result<Answer, Failure> {
    call.check_key()?;
    let mut photo_problems = Vec::new();
    let pictures = media::pictures(&mut call.form, &mut photo_problems);
    let key = call.form.get("idempotency_key");
    let code = call.form.get("service_code");
    let receipt = call.app.store.run(|tx| {
        if let Some(key) = key
            && let Some(receipt) = requests::receipt(tx, key)?
        {
            return Ok(receipt);
        }
        let code = code.ok_or_else(|| Failure::bad("service_code was not provided"))?;
        let mut service = services::find(tx, code)?
            .ok_or_else(|| Failure::not_found(format!("service_code {code} was not found")))?;
        call.prepare(tx, &mut service)?;
        let given = asked::answers(&service, &call.form);
        // Whoever is sent elsewhere is not told what else the form wants.
        let stops = asked::stops(&service, &given);
        if !stops.is_empty() {
            return Err(Failure {
                status: StatusCode::BAD_REQUEST,
                messages: stops,
            });
        }
        let mut problems = Vec::new();
        let submission = submission::read(&call.form, &mut problems);
        let answers = definition::check(&service, &call.form, &given, &mut problems);
        let earlier = match &submission.linked {
            Some(id) => requests::find_public(tx, id, clock::now())?,
            None => None,
        };
        if let (Some(id), None) = (&submission.linked, &earlier) {
            problems.push(format!("linked_request_id {id} was not found"));
        }
        problems.append(&mut photo_problems);
        if !problems.is_empty() {
            return Err(Failure {
                status: StatusCode::BAD_REQUEST,
                messages: problems,
            });
        }
        let (receipt, number) = keep(&call, tx, &service, submission, answers, &pictures)?;
        if let (Some(number), Some(earlier)) = (number, earlier) {
            requests::link(tx, number, earlier.number)?;
        }
        Ok(receipt)
    })?;
    Ok(Answer::created("service_requests", json!([receipt])))
}

/// The answer, and the request's number unless it was there already.
fn keep(
    call: &Call,
    tx: &Transaction,
    service: &Service,
    submission: Submission,
    answers: Value,
    pictures: &[Picture],
) -> Result<(Value, Option<i64>), Failure> {
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
        Kind::Realtime if !dialect.is_some_and(|dialect| dialect.late) => Some(now),
        Kind::Realtime | Kind::Batch => now.checked_add(call.app.options.token_delay).ok(),
        Kind::Blackbox => None,
    };
    let due = service
        .done_days()
        .map(|days| call.app.zone.working_days_later(now, days));
    let inserted = requests::insert(
        tx,
        New {
            id: Id::Next {
                year: call.app.zone.local(now).year(),
            },
            stage: Stage::Received,
            requested: now,
            updated: now,
            due,
            visible,
            token: token.clone(),
            key: key.clone(),
            row: row(call, service, &submission, now, due),
            answers,
            contact: submission.contact.clone(),
        },
    )?;
    let Some(mut request) = inserted else {
        // The same draft came in twice at once: the other one is the request.
        let receipt = requests::receipt(tx, &key.unwrap_or_default())?;
        return Ok((receipt.unwrap_or_default(), None));
    };
    let mut paths = photos::insert(tx, Some(request.number), pictures)?;
    // A photo that was uploaded before belongs to the request from now on.
    let uploaded = submission
        .media_url
        .as_deref()
        .and_then(|url| call.own_path(url));
    if let Some(path) = uploaded
        && photos::adopt(tx, path, request.number)?
    {
        paths.push(path.to_owned());
    }
    if let (Some(path), Some(fields)) = (paths.first(), request.row.as_object_mut()) {
        fields.insert("media_url".into(), json!(path));
    }
    let received = Step::by_city(now, Some(Stage::Received), "Received");
    steps::apply(tx, &mut request, &received, &call.app.zone)?;
    let account = request.contact.get("account_id");
    let notice = service.notice();
    let receipt = match kind {
        Kind::Realtime => {
            json!({ "service_request_id": request.id, "service_notice": notice, "account_id": account })
        }
        Kind::Batch => json!({ "token": token, "service_notice": notice, "account_id": account }),
        Kind::Blackbox => json!({ "service_notice": notice, "account_id": account }),
    };
    let number = request.number;
    requests::set_receipt(tx, number, &receipt)?;
    let answer = match dialect {
        Some(dialect) if dialect.whole_receipt && kind == Kind::Realtime => {
            reading::show(call, tx, request, false)?
        }
        _ => receipt,
    };
    Ok((answer, Some(number)))
}

/// The public row, in the order of the specification; the id is put in front when it is known.
fn row(
    call: &Call,
    service: &Service,
    submission: &Submission,
    now: Timestamp,
    due: Option<Timestamp>,
) -> Value {
    let zone = &call.app.zone;
    let (lat, long) = submission.location.unzip();
    let mut row = json!({
        "status": "open",
        "status_notes": null,
        "service_name": service.row.get("service_name"),
        "service_code": service.row.get("service_code"),
        "description": submission.description,
        "agency_responsible": service.agency(),
        "service_notice": service.notice(),
        "requested_datetime": zone.write(now),
        "updated_datetime": zone.write(now),
        "expected_datetime": due.map(|due| zone.write(due)),
        "address": submission.address,
        "address_id": submission.address_id,
        "zipcode": null,
        "lat": lat,
        "long": long,
        "media_url": submission.media_url,
    });
    if let (Some(id), Some(fields)) = (&submission.linked, row.as_object_mut()) {
        fields.insert("linked_request_id".into(), json!(id));
    }
    row
}
