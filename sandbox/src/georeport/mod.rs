//! Open311 GeoReport v2 (https://wiki.open311.org/GeoReport_v2/) on top of the database.
//!
//! This file finds the resource of a call and writes the response; the handlers are beside it.

mod active_questions;
mod call;
pub(crate) mod confirm;
pub(crate) mod dialect;
mod filters;
mod path;
mod reading;
mod slots;
mod submission;
mod submit;
mod updates;
mod validation;

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::Method;
use axum::response::Response;

use crate::response::{ApiError, Format, Payload, respond};
use crate::state::AppState;
use call::{Call, not_allowed};
use dialect::{Dialect, ServiceCodes};
use path::Resource;

pub(crate) async fn handle(State(app): State<Arc<AppState>>, request: Request) -> Response {
    tokio::time::sleep(app.options.delay).await;
    let path = request
        .uri()
        .path()
        .strip_prefix(app.base())
        .unwrap_or_default()
        .to_owned();
    if let Some(dialect) = app.dialect {
        return handle_in_dialect(&app, dialect, request, &path).await;
    }
    // For paths that name no format.
    let default_format = if app.options.xml_only {
        Format::Xml
    } else {
        Format::Json
    };
    match path::parse(&path, false) {
        Ok((_, Format::Json)) if app.options.xml_only => respond(
            Err(ApiError::not_found("this city speaks XML alone")),
            default_format,
        ),
        Ok((resource, format)) => {
            let result = match Call::read(&app, request).await {
                Ok(call) => dispatch(call, resource),
                Err(error) => Err(error),
            };
            respond(result, format)
        }
        Err(message) => respond(Err(ApiError::not_found(message)), default_format),
    }
}

/// The same call, with arguments and response in the format of another system.
async fn handle_in_dialect(
    app: &AppState,
    dialect: &Dialect,
    request: Request,
    path: &str,
) -> Response {
    let (resource, format) = match path::parse(path, dialect.bare_paths) {
        Ok((resource, format)) if dialect.has_resource(&resource) => (resource, format),
        Ok((_, format)) => {
            let error = ApiError::not_found(format!("there is nothing at {path}"));
            return dialect.respond_unknown_path(&error, format);
        }
        Err(message) => {
            return dialect.respond_unknown_path(&ApiError::not_found(message), Format::Json);
        }
    };
    let call = Call::read(app, request).await;
    let codes = match app
        .store
        .run(|tx| Ok(ServiceCodes::read(tx, dialect.codes)?))
    {
        Ok(codes) => codes,
        Err(error) => return dialect.respond_unknown_path(&error, format),
    };
    let resource = dialect.internal_resource(&codes, resource);
    let result = call.and_then(|mut call| {
        dialect.rewrite_arguments(&codes, &mut call.form, call.is_post);
        dispatch(call, resource.clone())
    });
    dialect.respond(&codes, &app.zone, &resource, result, format)
}

fn dispatch(call: Call, resource: Resource) -> Result<Payload, ApiError> {
    let is_post = call.is_post;
    if resource == Resource::Discovery && !is_post {
        return Ok(reading::discovery(&call));
    }
    call.check_jurisdiction()?;
    match (resource, is_post) {
        (Resource::Services, false) => reading::services(&call),
        (Resource::Definition(code), false) => reading::definition(&call, &code),
        (Resource::Requests, false) => reading::requests(&call),
        (Resource::Request(id), false) => reading::request(&call, &id),
        (Resource::Token(token), false) => reading::token(&call, &token),
        (Resource::Updates, false) => updates::list(&call),
        (Resource::Requests, true) => submit::submit(call),
        (Resource::Updates, true) => updates::submit(call),
        (_, _) => Err(not_allowed(&Method::POST)),
    }
}
