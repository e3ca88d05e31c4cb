//! One call of the endpoint: the address that was used, the arguments, and the checks that all
//! resources share.

use axum::extract::Request;
use axum::http::{Method, StatusCode};
use rusqlite::Transaction;
use serde_json::{Value, json};

use super::slots;
use crate::clock;
use crate::form::{Form, origin};
use crate::json::str_field;
use crate::response::ApiError;
use crate::state::AppState;
use crate::store::services::Service;

pub(super) struct Call<'a> {
    pub(super) app: &'a AppState,
    /// The address that the client used, such as `http://127.0.0.1:8311`.
    pub(super) origin: String,
    pub(super) form: Form,
    /// A POST; else a GET or a HEAD.
    pub(super) is_post: bool,
}

impl<'a> Call<'a> {
    pub(super) async fn read(app: &'a AppState, request: Request) -> Result<Self, ApiError> {
        let is_post = match *request.method() {
            Method::GET | Method::HEAD => false,
            Method::POST => true,
            _ => return Err(not_allowed(request.method())),
        };
        let origin = origin(&request);
        let query = request.uri().query().unwrap_or_default().to_owned();
        let mut form = if is_post {
            Form::from_request(request).await?
        } else {
            Form::default()
        };
        form.append_encoded(query.as_bytes());
        Ok(Call {
            app,
            origin,
            form,
            is_post,
        })
    }

    pub(super) fn check_jurisdiction(&self) -> Result<(), ApiError> {
        let sent = self.form.get("jurisdiction_id");
        match (&self.app.options.jurisdiction, sent) {
            (None, _) => Ok(()),
            (Some(_), None) => Err(ApiError::bad_request("jurisdiction_id was not provided")),
            (Some(own), Some(sent)) if own == sent => Ok(()),
            (Some(_), Some(sent)) => Err(ApiError::not_found(format!(
                "jurisdiction_id {sent} was not found"
            ))),
        }
    }

    pub(super) fn check_key(&self) -> Result<(), ApiError> {
        let refuse = |message: &str| Err(ApiError::new(StatusCode::FORBIDDEN, message));
        match (&self.app.options.api_key, self.form.get("api_key")) {
            (None, _) => Ok(()),
            (Some(_), None) => refuse("api_key was not provided"),
            (Some(own), Some(sent)) if own == sent => Ok(()),
            (Some(_), Some(_)) => refuse("api_key is not known here"),
        }
    }

    /// Changes the definition to what a client can be asked now: the questions that the dialect
    /// supports, and the appointments that are free.
    pub(super) fn prepare(&self, tx: &Transaction, service: &mut Service) -> rusqlite::Result<()> {
        if let Some(dialect) = self.app.dialect {
            dialect.simplify(service);
        }
        slots::fill(tx, service, &self.app.zone, clock::now())
    }

    /// The row with the address of its photo.
    pub(super) fn with_media_address(&self, mut row: Value) -> Value {
        let address = str_field(&row, "media_url").and_then(|path| self.media_address(path));
        if let (Some(address), Some(fields)) = (address, row.as_object_mut()) {
            fields.insert("media_url".into(), json!(address));
        }
        row
    }

    /// The address of one of our own photos. They are stored by path, since the same city may be
    /// reached under several addresses.
    pub(super) fn media_address(&self, path: &str) -> Option<String> {
        path.starts_with("/media/").then(|| self.address(path))
    }

    /// The path of one of our own photos, from the address that we gave it.
    pub(super) fn media_path<'url>(&self, address: &'url str) -> Option<&'url str> {
        address
            .strip_prefix(&self.origin)
            .filter(|path| path.starts_with("/media/"))
    }

    pub(super) fn address(&self, path: &str) -> String {
        format!("{}{path}", self.origin)
    }
}

pub(super) fn not_allowed(method: &Method) -> ApiError {
    ApiError::new(
        StatusCode::METHOD_NOT_ALLOWED,
        format!("{method} is not possible here"),
    )
}
