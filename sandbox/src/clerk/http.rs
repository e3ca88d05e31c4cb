//! What all of the clerk's handlers share: pages under a strict policy, forms of our own pages alone.

use axum::body::Body;
use axum::extract::Request;
use axum::http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, HOST, HeaderMap, HeaderValue, LOCATION,
    ORIGIN, REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS,
};
use axum::http::{Response, StatusCode};

use super::page;
use crate::answer::Failure;
use crate::form::Form;

const POLICY: &str = "default-src 'none'; style-src 'self'; img-src 'self' http: https:; \
                      form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

pub(super) async fn own_form(request: Request) -> Result<Form, Failure> {
    if is_own_page(request.headers()) {
        Form::from_request(request).await
    } else {
        let message = "This form was sent from another site.";
        Err(Failure::new(StatusCode::FORBIDDEN, message))
    }
}

/// A browser names the sending page in `Origin`; a request without one is no form of a browser.
fn is_own_page(headers: &HeaderMap) -> bool {
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

pub(super) fn see_other(path: &str) -> Response<Body> {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = StatusCode::SEE_OTHER;
    if let Ok(path) = HeaderValue::from_str(path) {
        response.headers_mut().insert(LOCATION, path);
    }
    response
}

pub(super) fn html(result: Result<String, Failure>) -> Response<Body> {
    let (status, text) = match result {
        Ok(text) => (StatusCode::OK, text),
        Err(failure) => (failure.status, page::refusal(&failure.messages)),
    };
    let mut response = Response::new(Body::from(text));
    *response.status_mut() = status;
    for (name, value) in [
        (CONTENT_TYPE, "text/html; charset=utf-8"),
        (CONTENT_SECURITY_POLICY, POLICY),
        (X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (REFERRER_POLICY, "same-origin"),
        (CACHE_CONTROL, "no-store"),
    ] {
        response
            .headers_mut()
            .insert(name, HeaderValue::from_static(value));
    }
    response
}
