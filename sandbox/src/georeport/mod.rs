//! Open311 GeoReport v2 (https://wiki.open311.org/GeoReport_v2/) over the store.
//!
//! This file takes a call apart and puts the answer together; each resource has its own file.

mod conditions;
mod definition;
mod path;
mod reading;
mod search;
mod submission;
mod submit;
mod updates;

use std::sync::Arc;

use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::header::HOST;
use axum::http::{Method, Response, StatusCode};
use serde_json::{Value, json};

use crate::answer::{Answer, Failure, Format, respond};
use crate::form::Form;
use crate::server::App;
use path::Resource;

pub(crate) const BASE: &str = "/open311/v2";

/// One call, understood: who is asked, under which address, with which arguments.
struct Call<'a> {
    app: &'a App,
    /// The address the client used, such as http://127.0.0.1:8311.
    origin: String,
    form: Form,
}

pub(crate) async fn handle(State(app): State<Arc<App>>, request: Request) -> Response<Body> {
    tokio::time::sleep(app.options.delay).await;
    let rest = request
        .uri()
        .path()
        .strip_prefix(BASE)
        .unwrap_or_default()
        .to_owned();
    match path::parse(&rest) {
        Ok((resource, format)) => respond(answer(&app, request, resource).await, format),
        Err(message) => respond(Err(Failure::not_found(message)), Format::Json),
    }
}

async fn answer(app: &App, request: Request, resource: Resource) -> Result<Answer, Failure> {
    let writes = match *request.method() {
        Method::GET | Method::HEAD => false,
        Method::POST => true,
        _ => return Err(not_allowed(request.method())),
    };
    let call = Call::read(app, request, writes).await?;
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

fn not_allowed(method: &Method) -> Failure {
    Failure::new(
        StatusCode::METHOD_NOT_ALLOWED,
        format!("{method} is not possible here"),
    )
}

impl<'a> Call<'a> {
    async fn read(app: &'a App, request: Request, writes: bool) -> Result<Self, Failure> {
        let host = request
            .headers()
            .get(HOST)
            .and_then(|host| host.to_str().ok());
        let origin = format!("http://{}", host.unwrap_or("127.0.0.1"));
        let query = request.uri().query().unwrap_or_default().to_owned();
        let mut form = if writes {
            Form::from_request(request).await?
        } else {
            Form::default()
        };
        form.append_encoded(query.as_bytes());
        Ok(Call { app, origin, form })
    }

    fn check_jurisdiction(&self) -> Result<(), Failure> {
        match (
            &self.app.options.jurisdiction,
            self.form.get("jurisdiction_id"),
        ) {
            (None, _) => Ok(()),
            (Some(_), None) => Err(Failure::bad("jurisdiction_id was not provided")),
            (Some(own), Some(asked)) if own == asked => Ok(()),
            (Some(_), Some(asked)) => Err(Failure::not_found(format!(
                "jurisdiction_id {asked} was not found"
            ))),
        }
    }

    fn check_key(&self) -> Result<(), Failure> {
        let refuse = |message: &str| Err(Failure::new(StatusCode::FORBIDDEN, message));
        match (&self.app.options.api_key, self.form.get("api_key")) {
            (None, _) => Ok(()),
            (Some(_), None) => refuse("api_key was not provided"),
            (Some(own), Some(sent)) if own == sent => Ok(()),
            (Some(_), Some(_)) => refuse("api_key is not known here"),
        }
    }

    /// Photos are stored by path, since the same city may be reached under several addresses.
    fn with_absolute_media(&self, mut row: Value) -> Value {
        let path = row.get("media_url").and_then(Value::as_str);
        let url = path
            .filter(|path| path.starts_with("/media/"))
            .map(|path| self.absolute(path));
        if let (Some(url), Some(fields)) = (url, row.as_object_mut()) {
            fields.insert("media_url".into(), json!(url));
        }
        row
    }

    fn absolute(&self, path: &str) -> String {
        format!("{}{path}", self.origin)
    }
}
