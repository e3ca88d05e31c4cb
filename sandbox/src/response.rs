//! What goes back to a client: rows as JSON or as XML, or the specification's error body.

use axum::body::Body;
use axum::http::StatusCode;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::{IntoResponse as _, Response};
use serde::Serialize;
use serde_json::{Value, json};

use crate::json::to_value;
use crate::xml;

pub(crate) const JSON_TYPE: &str = "application/json; charset=utf-8";
pub(crate) const XML_TYPE: &str = "text/xml; charset=utf-8";

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Format {
    Json,
    Xml,
}

/// The body of a successful response, before it is written as JSON or XML.
pub(crate) struct Payload {
    pub(crate) status: StatusCode,
    /// The name of the root element in XML.
    pub(crate) root: &'static str,
    pub(crate) value: Value,
}

impl Payload {
    pub(crate) fn new(root: &'static str, value: impl Serialize) -> Self {
        Payload {
            status: StatusCode::OK,
            root,
            value: to_value(value),
        }
    }

    pub(crate) fn created(root: &'static str, value: impl Serialize) -> Self {
        Payload {
            status: StatusCode::CREATED,
            ..Payload::new(root, value)
        }
    }
}

/// A refusal: one HTTP status, and one sentence for each cause.
#[derive(Debug)]
pub(crate) struct ApiError {
    pub(crate) status: StatusCode,
    pub(crate) messages: Vec<String>,
}

impl ApiError {
    pub(crate) fn new(status: StatusCode, message: impl Into<String>) -> Self {
        ApiError {
            status,
            messages: vec![message.into()],
        }
    }

    pub(crate) fn bad_request(message: impl Into<String>) -> Self {
        ApiError::new(StatusCode::BAD_REQUEST, message)
    }

    pub(crate) fn not_found(message: impl Into<String>) -> Self {
        ApiError::new(StatusCode::NOT_FOUND, message)
    }

    /// `invalid` if there are any messages.
    pub(crate) fn if_any(messages: Vec<String>) -> Result<(), Self> {
        if messages.is_empty() {
            Ok(())
        } else {
            Err(ApiError::invalid(messages))
        }
    }

    /// 400 with these messages, one for each invalid argument.
    pub(crate) fn invalid(messages: Vec<String>) -> Self {
        ApiError {
            status: StatusCode::BAD_REQUEST,
            messages,
        }
    }

    /// The specification's body: `[{code, description}]`.
    pub(crate) fn value(&self) -> Value {
        let code = self.status.as_u16();
        self.messages
            .iter()
            .map(|text| json!({ "code": code, "description": text }))
            .collect()
    }
}

impl From<rusqlite::Error> for ApiError {
    fn from(error: rusqlite::Error) -> Self {
        ApiError::new(
            StatusCode::INTERNAL_SERVER_ERROR,
            format!("the sandbox's database refused: {error}"),
        )
    }
}

pub(crate) fn respond(result: Result<Payload, ApiError>, format: Format) -> Response {
    match result {
        Ok(payload) => write(payload.status, payload.root, &payload.value, format),
        Err(error) => write(error.status, "errors", &error.value(), format),
    }
}

pub(crate) fn write(status: StatusCode, root: &str, value: &Value, format: Format) -> Response {
    let (content_type, body) = match format {
        Format::Json => (JSON_TYPE, value.to_string()),
        Format::Xml => (XML_TYPE, xml::write(root, value)),
    };
    // A client that polls a request must see each new status at once.
    let headers = [(CONTENT_TYPE, content_type), (CACHE_CONTROL, "no-store")];
    (status, headers, Body::from(body)).into_response()
}

/// A 404 outside the endpoint.
pub(crate) fn not_found(text: &'static str) -> Response {
    (StatusCode::NOT_FOUND, Body::from(text)).into_response()
}
