//! Open311 GeoReport v2 (https://wiki.open311.org/GeoReport_v2/) over the store.
//!
//! This file takes a call apart and puts the answer together; each resource has its own file.

mod asked;
mod call;
mod conditions;
mod definition;
pub(crate) mod dialect;
mod path;
mod reading;
mod search;
mod slots;
mod submission;
mod submit;
mod updates;

use std::sync::Arc;

use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{Method, Response};

use crate::answer::{Answer, Failure, Format, respond};
use crate::state::AppState;
use call::{Call, not_allowed};
use dialect::{Catalog, Dialect};
use path::Resource;

pub(crate) async fn handle(State(app): State<Arc<AppState>>, request: Request) -> Response<Body> {
    tokio::time::sleep(app.options.delay).await;
    let rest = request
        .uri()
        .path()
        .strip_prefix(app.base())
        .unwrap_or_default()
        .to_owned();
    if let Some(dialect) = app.dialect {
        return handle_dialect(&app, dialect, request, &rest).await;
    }
    let other = if app.options.xml_only {
        Format::Xml
    } else {
        Format::Json
    };
    match path::parse(&rest, false) {
        Ok((_, Format::Json)) if app.options.xml_only => {
            respond(Err(Failure::not_found("this city speaks XML alone")), other)
        }
        Ok((resource, format)) => {
            let result = match Call::read(&app, request).await {
                Ok(call) => answer(call, resource),
                Err(failure) => Err(failure),
            };
            respond(result, format)
        }
        Err(message) => respond(Err(Failure::not_found(message)), other),
    }
}

/// The same call, understood and answered in another system's manner.
async fn handle_dialect(
    app: &AppState,
    dialect: &Dialect,
    request: Request,
    rest: &str,
) -> Response<Body> {
    let (resource, format) = match path::parse(rest, dialect.has_bare_paths()) {
        Ok((resource, format)) if dialect.knows(&resource) => (resource, format),
        Ok((_, format)) => {
            let failure = Failure::not_found(format!("there is nothing at {rest}"));
            return dialect.respond_unknown(&failure, format);
        }
        Err(message) => {
            return dialect.respond_unknown(&Failure::not_found(message), Format::Json);
        }
    };
    let read = Call::read(app, request).await;
    let catalog = match app.store.run(|tx| Catalog::read(tx, dialect.codes)) {
        Ok(catalog) => catalog,
        Err(failure) => return dialect.respond_unknown(&failure, format),
    };
    let resource = dialect.read_resource(&catalog, resource);
    let result = read.and_then(|mut call| {
        dialect.read_arguments(&catalog, &mut call.form, call.writes);
        answer(call, resource.clone())
    });
    dialect.respond(&catalog, &app.zone, &resource, result, format)
}

fn answer(call: Call, resource: Resource) -> Result<Answer, Failure> {
    let writes = call.writes;
    if resource == Resource::Discovery && !writes {
        return Ok(reading::discovery(&call));
    }
    call.check_jurisdiction()?;
    match (resource, writes) {
        (Resource::Services, false) => reading::services(&call),
        (Resource::Definition(code), false) => reading::definition(&call, &code),
        (Resource::Requests, false) => reading::requests(&call),
        (Resource::Request(id), false) => reading::request(&call, &id),
        (Resource::Token(token), false) => reading::token(&call, &token),
        (Resource::Updates, false) => updates::list(&call),
        (Resource::Requests, true) => submit::submit(call),
        (Resource::Updates, true) => updates::send(call),
        (_, _) => Err(not_allowed(&Method::POST)),
    }
}
