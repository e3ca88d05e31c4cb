//! One call to the endpoint: who is asked, under which address, with which arguments.

use axum::extract::Request;
use axum::http::header::HOST;
use axum::http::{Method, StatusCode};
use rusqlite::Transaction;
use serde_json::{Value, json};

use super::slots;
use crate::answer::Failure;
use crate::clock;
use crate::form::Form;
use crate::state::AppState;
use crate::store::services::Service;

/// One call, understood: who is asked, under which address, with which arguments.
pub(super) struct Call<'a> {
    pub(super) app: &'a AppState,
    /// The address the client used, such as http://127.0.0.1:8311.
    pub(super) origin: String,
    pub(super) form: Form,
    /// A POST; else it reads.
    pub(super) writes: bool,
}

impl<'a> Call<'a> {
    pub(super) async fn read(app: &'a AppState, request: Request) -> Result<Self, Failure> {
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

    pub(super) fn check_jurisdiction(&self) -> Result<(), Failure> {
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

    pub(super) fn check_key(&self) -> Result<(), Failure> {
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
    pub(super) fn prepare(&self, tx: &Transaction, service: &mut Service) -> rusqlite::Result<()> {
        if let Some(dialect) = self.app.dialect {
            dialect.simplify(service);
        }
        slots::fill(tx, service, &self.app.zone, clock::now())
    }

    /// Photos are stored by path, since the same city may be reached under several addresses.
    pub(super) fn with_absolute_media(&self, mut row: Value) -> Value {
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
    pub(super) fn own_path<'url>(&self, url: &'url str) -> Option<&'url str> {
        url.strip_prefix(&self.origin)
            .filter(|path| path.starts_with("/media/"))
    }

    pub(super) fn absolute(&self, path: &str) -> String {
        format!("{}{path}", self.origin)
    }
}

pub(super) fn not_allowed(method: &Method) -> Failure {
    Failure::new(
        StatusCode::METHOD_NOT_ALLOWED,
        format!("{method} is not possible here"),
    )
}
