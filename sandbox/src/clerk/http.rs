//! What all handlers of the clerk share: pages with a strict policy, and forms that are only accepted
//! from these pages.

use axum::body::Body;
use axum::extract::Request;
use axum::http::StatusCode;
use axum::http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, HOST, HeaderMap, HeaderValue, LOCATION,
    ORIGIN, REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS,
};
use axum::response::{IntoResponse as _, Response};

use super::page;
use crate::form::Form;
use crate::response::ApiError;

const POLICY: &str = "default-src 'none'; style-src 'self'; img-src 'self' http: https:; \
                      form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// Reads a form. One that was sent from another site is refused, since there is no password.
pub(super) async fn own_form(request: Request) -> Result<Form, ApiError> {
    if is_same_origin(request.headers()) {
        Form::from_request(request).await
    } else {
        let message = "This form was sent from another site.";
        Err(ApiError::new(StatusCode::FORBIDDEN, message))
    }
}

/// A browser names the sending page in `Origin`; a request without it was not sent by a browser's
/// form.
fn is_same_origin(headers: &HeaderMap) -> bool {
    let text = |name| {
        headers
            .get(name)
            .and_then(|value: &HeaderValue| value.to_str().ok())
    };
    match (text(ORIGIN), text(HOST)) {
        (Some(origin), Some(host)) => origin
            .split_once("://")
            .is_some_and(|(_, sender)| sender == host),
        (None, _) => true,
        (Some(_), None) => false,
    }
}

/// After a successful POST, so that a reload does not send the form again.
pub(super) fn see_other(path: &str) -> Response {
    (StatusCode::SEE_OTHER, [(LOCATION, path)], Body::empty()).into_response()
}

pub(super) fn html(result: Result<String, ApiError>) -> Response {
    let (status, text) = match result {
        Ok(text) => (StatusCode::OK, text),
        Err(error) => (error.status, page::error(&error.messages)),
    };
    let headers = [
        (CONTENT_TYPE, "text/html; charset=utf-8"),
        (CONTENT_SECURITY_POLICY, POLICY),
        (X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (REFERRER_POLICY, "same-origin"),
        (CACHE_CONTROL, "no-store"),
    ];
    (status, headers, Body::from(text)).into_response()
}
