//! GET: discovery, services, definitions, requests and tokens.

use rusqlite::Transaction;
use serde_json::{Value, json};

use super::call::Call;
use super::dialect::{Definitions, STAGE};
use super::filters;
use crate::clock;
use crate::json::to_value;
use crate::response::{ApiError, Payload};
use crate::store::requests::{self, StoredRequest};
use crate::store::updates::{self, UpdateRow};
use crate::store::{photos, request_list, services};

pub(super) fn discovery(call: &Call) -> Payload {
    let changeset = call.app.started.strftime("%Y-%m-%d %H:%M").to_string();
    let contact = format!(
        "This is {}'s sandbox, for trying and testing. Nobody reads what is sent to it.",
        call.app.city.name()
    );
    let formats: &[&str] = if call.app.options.xml_only {
        &["text/xml"]
    } else {
        &["text/xml", "application/json"]
    };
    let key = "Start the sandbox with --api-key KEY, or without it: then no key is needed.";
    Payload::new(
        "discovery",
        json!({
            "changeset": changeset,
            "contact": contact,
            "key_service": key,
            "endpoints": [{
                "specification": "http://wiki.open311.org/GeoReport_v2",
                "url": call.address(call.app.base()),
                "changeset": changeset,
                "type": "test",
                "formats": formats,
            }],
        }),
    )
}

pub(super) fn services(call: &Call) -> Result<Payload, ApiError> {
    let services = call.app.store.run(|tx| Ok(services::all(tx)?))?;
    let rows: Vec<Value> = services.into_iter().map(|service| service.row).collect();
    Ok(Payload::new("services", rows))
}

pub(super) fn definition(call: &Call, code: &str) -> Result<Payload, ApiError> {
    let service = call.app.store.run(|tx| {
        let mut service = services::find(tx, code)?;
        if let Some(service) = &mut service {
            call.prepare(tx, service)?;
        }
        Ok(service)
    })?;
    let service =
        service.ok_or_else(|| ApiError::not_found(format!("service_code {code} was not found")))?;
    let definitions = call.app.dialect.map(|dialect| dialect.definitions);
    match (definitions, service.definition) {
        (Some(Definitions::WithoutQuestions), _) => {
            Ok(Payload::new("service_definition", [service.row]))
        }
        (_, Some(definition)) => Ok(Payload::new("service_definition", definition)),
        (Some(Definitions::Always), None) => Ok(Payload::new(
            "service_definition",
            json!({ "service_code": code, "attributes": [] }),
        )),
        (_, None) => Err(ApiError::not_found(format!(
            "service_code {code} has no definition"
        ))),
    }
}

pub(super) fn requests(call: &Call) -> Result<Payload, ApiError> {
    let now = clock::now();
    let with_extensions = wants_extensions(call);
    let rows: Vec<Value> = call.app.store.run(|tx| {
        let filter = filters::requests(call, tx, now)?;
        request_list::page(tx, &filter)?
            .into_iter()
            .map(|request| public_row(call, tx, request, with_extensions))
            .collect()
    })?;
    Ok(Payload::new("service_requests", rows))
}

pub(super) fn request(call: &Call, id: &str) -> Result<Payload, ApiError> {
    let with_extensions = wants_extensions(call);
    let row = call
        .app
        .store
        .run(|tx| match requests::find_public(tx, id, clock::now())? {
            Some(request) => public_row(call, tx, request, with_extensions),
            None => Err(ApiError::not_found(format!(
                "service_request_id {id} was not found"
            ))),
        })?;
    Ok(Payload::new("service_requests", [row]))
}

/// A known token without a number yet has an empty `service_request_id`; an unknown one is 404.
pub(super) fn token(call: &Call, token: &str) -> Result<Payload, ApiError> {
    let request = call
        .app
        .store
        .run(|tx| Ok(requests::find_token(tx, token)?))?
        .ok_or_else(|| ApiError::not_found(format!("token {token} was not found")))?;
    let is_ready = request
        .visible
        .is_some_and(|from| from <= clock::now().as_millisecond());
    let id = request.id.filter(|_| is_ready);
    Ok(Payload::new(
        "service_requests",
        json!([{ "service_request_id": id, "token": token }]),
    ))
}

fn wants_extensions(call: &Call) -> bool {
    matches!(call.form.get("extensions"), Some("true" | "1"))
}

/// The row as it is served.
pub(super) fn public_row(
    call: &Call,
    tx: &Transaction,
    request: StoredRequest,
    with_extensions: bool,
) -> Result<Value, ApiError> {
    let mut row = call.with_media_address(request.row);
    let Some(fields) = row.as_object_mut() else {
        return Ok(row);
    };
    if call.app.dialect.is_some() {
        fields.insert(STAGE.into(), json!(request.stage.name()));
    }
    if with_extensions {
        let updates = updates::history(tx, request.number)?.into_iter();
        let notes: Vec<UpdateRow> = updates
            .map(|update| super::updates::public_row(call, update.row))
            .collect();
        let media_urls: Vec<String> = photos::of_request(tx, request.number)?
            .iter()
            .map(|photo| call.address(&photo.path))
            .collect();
        // An empty list must not replace the notes that a recorded city sent.
        if !notes.is_empty() || !fields.contains_key("notes") {
            fields.insert("notes".into(), to_value(notes));
        }
        fields.insert("media_urls".into(), json!(media_urls));
    }
    Ok(row)
}
