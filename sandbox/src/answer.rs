//! What goes back to a client: a value as JSON or as XML, or the specification's error body.

use axum::body::Body;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, HeaderValue};
use axum::http::{Response, StatusCode};
use serde_json::{Value, json};

use crate::xml;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Format {
    Json,
    Xml,
}

/// A good answer: `root` is the name of the XML document's element.
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) root: &'static str,
    pub(crate) value: Value,
}

impl Answer {
    pub(crate) fn new(root: &'static str, value: Value) -> Self {
        Answer {
            status: StatusCode::OK,
            root,
            value,
        }
    }

    pub(crate) fn created(root: &'static str, value: Value) -> Self {
        Answer {
            status: StatusCode::CREATED,
            root,
            value,
        }
    }
}

/// A refusal: one HTTP status, and one sentence for each thing that is wrong.
#[derive(Debug)]
pub(crate) struct Failure {
    pub(crate) status: StatusCode,
    pub(crate) messages: Vec<String>,
}

impl Failure {
    pub(crate) fn new(status: StatusCode, message: impl Into<String>) -> Self {
        Failure {
            status,
            messages: vec![message.into()],
        }
    }

    pub(crate) fn bad(message: impl Into<String>) -> Self {
        Failure::new(StatusCode::BAD_REQUEST, message)
    }

    pub(crate) fn not_found(message: impl Into<String>) -> Self {
        Failure::new(StatusCode::NOT_FOUND, message)
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

impl From<rusqlite::Error> for Failure {
    fn from(error: rusqlite::Error) -> Self {
        Failure::new(
            StatusCode::INTERNAL_SERVER_ERROR,
            format!("the sandbox's database refused: {error}"),
        )
    }
}

pub(crate) fn respond(result: Result<Answer, Failure>, format: Format) -> Response<Body> {
    match result {
        Ok(answer) => write(answer.status, answer.root, &answer.value, format),
        Err(failure) => write(failure.status, "errors", &failure.value(), format),
    }
}

pub(crate) fn write(
    status: StatusCode,
    root: &str,
    value: &Value,
    format: Format,
) -> Response<Body> {
    let (kind, body) = match format {
        Format::Json => ("application/json; charset=utf-8", value.to_string()),
        Format::Xml => ("text/xml; charset=utf-8", xml::write(root, value)),
    };
    let mut response = Response::new(Body::from(body));
    *response.status_mut() = status;
    response
        .headers_mut()
        .insert(CONTENT_TYPE, HeaderValue::from_static(kind));
    // A status that moved on must be seen at the next look.
    response
        .headers_mut()
        .insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}
