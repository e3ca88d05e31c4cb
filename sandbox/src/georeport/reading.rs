//! The reading half of GeoReport: discovery, services, definitions, requests and tokens.

use serde_json::{Value, json};

use super::call::Call;
use super::dialect::Definitions;
use super::dialect::STAGE;
use super::search;
use crate::answer::{Answer, Failure};
use crate::clock;
use crate::store::list::{self, Search};
use crate::store::requests::{self, Stored};
use crate::store::{media, services, updates};

pub(super) fn discovery(call: &Call) -> Answer {
    let changeset = call.app.started.strftime("%Y-%m-%d %H:%M").to_string();
    let formats: &[&str] = if call.app.options.xml_only {
        &["text/xml"]
    } else {
        &["text/xml", "application/json"]
    };
    let key = "Start the sandbox with --api-key KEY, or without it: then no key is needed.";
    Answer::new(
        "discovery",
        json!({
            "changeset": changeset,
            "contact": format!("This is {}'s sandbox, for trying and testing. Nobody reads what is sent to it.", call.app.city.name()),
            "key_service": key,
            "endpoints": [{
                "specification": "http://wiki.open311.org/GeoReport_v2",
                "url": call.absolute(call.app.base()),
                "changeset": changeset,
                "type": "test",
                "formats": formats,
            }],
        }),
    )
}

pub(super) fn services(call: &Call) -> Result<Answer, Failure> {
    let services = call.app.store.run(|tx| Ok(services::all(tx)?))?;
    Ok(Answer::new(
        "services",
        services.into_iter().map(|service| service.row).collect(),
    ))
}

pub(super) fn definition(call: &Call, code: &str) -> Result<Answer, Failure> {
    let service = call.app.store.run(|tx| {
        let mut service = services::find(tx, code)?;
        if let Some(service) = &mut service {
            call.prepare(tx, service)?;
        }
        Ok(service)
    })?;
    let service =
        service.ok_or_else(|| Failure::not_found(format!("service_code {code} was not found")))?;
    if let Some(dialect) = call.app.dialect {
        match (dialect.definitions, &service.definition) {
            (Definitions::WithoutQuestions, _) => {
                return Ok(Answer::new("service_definition", json!([service.row])));
            }
            (Definitions::Always, None) => {
                let empty = json!({ "service_code": code, "attributes": [] });
                return Ok(Answer::new("service_definition", empty));
            }
            _ => {}
        }
    }
    match service.definition {
        Some(definition) => Ok(Answer::new("service_definition", definition)),
        None => Err(Failure::not_found(format!(
            "service_code {code} has no definition"
        ))),
    }
}

pub(super) fn requests(call: &Call) -> Result<Answer, Failure> {
    let now = clock::now();
    let extensions = wants_extensions(call);
    let rows = call.app.store.run(|tx| {
        let search: Search = search::requests(call, tx, now)?;
        list::page(tx, &search)?
            .into_iter()
            .map(|request| show(call, tx, request, extensions))
            .collect()
    })?;
    Ok(Answer::new("service_requests", Value::Array(rows)))
}

pub(super) fn request(call: &Call, id: &str) -> Result<Answer, Failure> {
    let extensions = wants_extensions(call);
    let row = call
        .app
        .store
        .run(|tx| match requests::find_public(tx, id, clock::now())? {
            Some(request) => show(call, tx, request, extensions),
            None => Err(Failure::not_found(format!(
                "service_request_id {id} was not found"
            ))),
        })?;
    Ok(Answer::new("service_requests", json!([row])))
}

/// A token that is known but has no number yet answers with an empty one; an unknown one is 404.
pub(super) fn token(call: &Call, token: &str) -> Result<Answer, Failure> {
    let request = call
        .app
        .store
        .run(|tx| Ok(requests::find_token(tx, token)?))?
        .ok_or_else(|| Failure::not_found(format!("token {token} was not found")))?;
    let ready = request
        .visible
        .is_some_and(|from| from <= clock::now().as_millisecond());
    let id = request.id.filter(|_| ready);
    Ok(Answer::new(
        "service_requests",
        json!([{ "service_request_id": id, "token": token }]),
    ))
}

fn wants_extensions(call: &Call) -> bool {
    call.form
        .get("extensions")
        .is_some_and(|value| matches!(value, "true" | "1"))
}

/// The row as the public sees it.
pub(super) fn show(
    call: &Call,
    tx: &rusqlite::Transaction,
    request: Stored,
    extensions: bool,
) -> Result<Value, Failure> {
    let mut row = call.with_absolute_media(request.row);
    if call.app.dialect.is_some()
        && let Some(fields) = row.as_object_mut()
    {
        fields.insert(STAGE.into(), json!(request.stage.name()));
    }
    if extensions && let Some(fields) = row.as_object_mut() {
        let notes: Vec<Value> = updates::history(tx, request.number)?
            .into_iter()
            .map(|update| call.with_absolute_media(update.row))
            .collect();
        let urls: Vec<String> = media::of_request(tx, request.number)?
            .iter()
            .map(|photo| call.absolute(&photo.path))
            .collect();
        // A recorded city's own notes are not overwritten by an empty list.
        if !notes.is_empty() || !fields.contains_key("notes") {
            fields.insert("notes".into(), Value::Array(notes));
        }
        fields.insert("media_urls".into(), json!(urls));
    }
    Ok(row)
}
