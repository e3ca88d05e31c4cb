//! Open311 GeoReport v2 (https://wiki.open311.org/GeoReport_v2/) over the store.
//!
//! This file takes a call apart and puts the answer together; each resource has its own file.

mod asked;
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
use axum::http::header::HOST;
use axum::http::{Method, Response, StatusCode};
use rusqlite::Transaction;
use serde_json::{Value, json};

use crate::answer::{Answer, Failure, Format, respond};
use crate::clock;
use crate::form::Form;
use crate::server::App;
use crate::store::services::Service;
use dialect::{Catalog, Dialect};
use path::Resource;

/// Where the endpoint stands, unless a dialect says otherwise.
pub(crate) const BASE: &str = "/open311/v2";

/// One call, understood: who is asked, under which address, with which arguments.
struct Call<'a> {
    app: &'a App,
    /// The address the client used, such as http://127.0.0.1:8311.
    origin: String,
    form: Form,
    /// A POST; else it reads.
    writes: bool,
}

pub(crate) async fn handle(State(app): State<Arc<App>>, request: Request) -> Response<Body> {
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
    app: &App,
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
    let catalog = match app.store.run(|tx| Catalog::read(tx, dialect)) {
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

fn not_allowed(method: &Method) -> Failure {
    Failure::new(
        StatusCode::METHOD_NOT_ALLOWED,
        format!("{method} is not possible here"),
    )
}

impl<'a> Call<'a> {
    async fn read(app: &'a App, request: Request) -> Result<Self, Failure> {
        let writes = match *request.method() {
            Method::GET | Method::HEAD => false,
            Method::POST => true,
            _ => return Err(not_allowed(request.method())),
        };
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
        Ok(Call {
            app,
            origin,
            form,
            writes,
        })
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

    /// The service with what may be asked of a client now: the questions that this dialect knows, and
    /// the times that are free.
    fn prepare(&self, tx: &Transaction, service: &mut Service) -> rusqlite::Result<()> {
        if let Some(dialect) = self.app.dialect {
            dialect.simplify(service);
        }
        slots::fill(tx, service, &self.app.zone, clock::now())
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

    /// The path of one of our own photos, from the address that we gave it.
    fn own_path<'url>(&self, url: &'url str) -> Option<&'url str> {
        url.strip_prefix(&self.origin)
            .filter(|path| path.starts_with("/media/"))
    }

    fn absolute(&self, path: &str) -> String {
        format!("{}{path}", self.origin)
    }
}
