//! How a dialect writes errors. The HTTP status is that of the specification; only the body differs.

use axum::body::Body;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::{IntoResponse as _, Response};
use serde_json::{Value, json};

use crate::response::{ApiError, Format, JSON_TYPE, XML_TYPE};
use crate::xml;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ErrorFormat {
    /// The specification's: `[{code, description}]`.
    List,
    /// `{code, description}`
    Object,
    /// `{"errors": [{code, description}]}`
    Wrapped,
    /// `{"error": "…"}`
    SingleSentence,
    /// `{code, "detail": "…" | ["…"]}`
    CodeDetail,
    /// `{"message": "…"}`
    Message,
    /// `[{"message": "…", "errorCode": "…"}]`
    Messages,
    /// `{"message": "Bad Request", "_embedded": {"errors": [{"message": "…"}]}}`
    Embedded,
    HtmlPage,
    PlainText,
    EmptyBody,
}

impl ErrorFormat {
    pub(super) fn respond(self, error: &ApiError, format: Format) -> Response {
        let (content_type, body) = match (self, format) {
            (ErrorFormat::HtmlPage, _) => ("text/html; charset=utf-8", html_page(error)),
            (ErrorFormat::PlainText, _) => ("text/plain; charset=utf-8", sentence(error)),
            (ErrorFormat::EmptyBody, _) => ("text/plain; charset=utf-8", String::new()),
            (_, Format::Xml) => (XML_TYPE, xml::write("errors", &error.value())),
            (_, Format::Json) => (JSON_TYPE, self.value(error).to_string()),
        };
        let headers = [(CONTENT_TYPE, content_type), (CACHE_CONTROL, "no-store")];
        (error.status, headers, Body::from(body)).into_response()
    }

    fn value(self, error: &ApiError) -> Value {
        let code = error.status.as_u16();
        let reason = error.status.canonical_reason().unwrap_or_default();
        match self {
            ErrorFormat::Wrapped => json!({ "errors": error.value() }),
            ErrorFormat::SingleSentence => json!({ "error": sentence(error) }),
            ErrorFormat::Object => json!({ "code": code, "description": sentence(error) }),
            ErrorFormat::Message => json!({ "message": sentence(error) }),
            ErrorFormat::CodeDetail => match error.messages.as_slice() {
                [only] => json!({ "code": code.to_string(), "detail": only }),
                several => json!({ "code": code.to_string(), "detail": several }),
            },
            ErrorFormat::Messages => error
                .messages
                .iter()
                .map(|text| {
                    let code = reason.to_uppercase().replace(' ', "_");
                    json!({ "message": text, "errorCode": code })
                })
                .collect(),
            ErrorFormat::Embedded => {
                let each = |text: &String| json!({ "message": text });
                let errors: Vec<Value> = error.messages.iter().map(each).collect();
                json!({ "message": reason, "_embedded": { "errors": errors } })
            }
            ErrorFormat::List
            | ErrorFormat::HtmlPage
            | ErrorFormat::PlainText
            | ErrorFormat::EmptyBody => error.value(),
        }
    }
}

fn sentence(error: &ApiError) -> String {
    error.messages.join("; ")
}

fn html_page(error: &ApiError) -> String {
    let reason = error.status.canonical_reason().unwrap_or_default();
    let text = sentence(error).replace('&', "&amp;").replace('<', "&lt;");
    format!(
        "<!doctype html>\n<html><head><title>{reason}</title><style>p {{ color: red }}</style></head>\
         <body><h1>{text}</h1><p>Powered by a web server</p></body></html>\n"
    )
}
