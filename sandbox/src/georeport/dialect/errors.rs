//! How a refusal is written. The HTTP status is always right; the body is what was met.

use axum::body::Body;
use axum::http::Response;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, HeaderValue};
use serde_json::{Value, json};

use crate::answer::{Failure, Format};
use crate::xml;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Errors {
    /// The specification's: `[{code, description}]`.
    List,
    /// `{code, description}`
    Object,
    /// `{"errors": [{code, description}]}`
    Wrapped,
    /// `{"error": "…"}`
    Sentence,
    /// `{code, "detail": "…" | ["…"]}`
    CodeDetail,
    /// `{"message": "…"}`
    Message,
    /// `[{"message": "…", "errorCode": "…"}]`
    Messages,
    /// `{"message": "Bad Request", "_embedded": {"errors": [{"message": "…"}]}}`
    Embedded,
    /// A page of HTML.
    Page,
    /// Plain text.
    Text,
    /// An empty body.
    Nothing,
}

impl Errors {
    pub(super) fn respond(self, failure: &Failure, format: Format) -> Response<Body> {
        let (kind, body) = match (self, format) {
            (Errors::Page, _) => ("text/html; charset=utf-8", page(failure)),
            (Errors::Text, _) => ("text/plain; charset=utf-8", all(failure)),
            (Errors::Nothing, _) => ("text/plain; charset=utf-8", String::new()),
            (_, Format::Xml) => (
                "text/xml; charset=utf-8",
                xml::write("errors", &failure.value()),
            ),
            (_, Format::Json) => (
                "application/json; charset=utf-8",
                self.value(failure).to_string(),
            ),
        };
        let mut response = Response::new(Body::from(body));
        *response.status_mut() = failure.status;
        let headers = response.headers_mut();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static(kind));
        headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
        response
    }

    fn value(self, failure: &Failure) -> Value {
        let code = failure.status.as_u16();
        let reason = failure.status.canonical_reason().unwrap_or_default();
        match self {
            Errors::Wrapped => json!({ "errors": failure.value() }),
            Errors::Sentence => json!({ "error": all(failure) }),
            Errors::Object => json!({ "code": code, "description": all(failure) }),
            Errors::Message => json!({ "message": all(failure) }),
            Errors::CodeDetail => match failure.messages.as_slice() {
                [only] => json!({ "code": code.to_string(), "detail": only }),
                several => json!({ "code": code.to_string(), "detail": several }),
            },
            Errors::Messages => failure
                .messages
                .iter()
                .map(|text| {
                    let code = reason.to_uppercase().replace(' ', "_");
                    json!({ "message": text, "errorCode": code })
                })
                .collect(),
            Errors::Embedded => {
                let each = |text: &String| json!({ "message": text });
                let errors: Vec<Value> = failure.messages.iter().map(each).collect();
                json!({ "message": reason, "_embedded": { "errors": errors } })
            }
            Errors::List | Errors::Page | Errors::Text | Errors::Nothing => failure.value(),
        }
    }
}

fn all(failure: &Failure) -> String {
    failure.messages.join("; ")
}

fn page(failure: &Failure) -> String {
    let reason = failure.status.canonical_reason().unwrap_or_default();
    let text = all(failure).replace('&', "&amp;").replace('<', "&lt;");
    format!(
        "<!doctype html>\n<html><head><title>{reason}</title><style>p {{ color: red }}</style></head>\
         <body><h1>{text}</h1><p>Powered by a web server</p></body></html>\n"
    )
}
