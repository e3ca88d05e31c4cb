//! One HTTP request and its response, within a time limit. Calls that were started before the wasm had loaded
//! are taken over instead of being sent twice. Knows neither the endpoint's paths nor its formats.

use super::ApiError;
use crate::platform::abort::{AbortTimer, RequestCache};
use crate::platform::prefetch::PrefetchedResponses;
use crate::platform::{console, encoding, url as address};
use gloo_net::http;
use json::Value;
use std::{future::Future, pin::Pin};

/// Time limit of a GET, in milliseconds. Shorter fails on slow connections, longer keeps residents waiting for
/// a server that is down. Sensible: 5 to 20 s.
const READ_LIMIT_MS: i32 = 10_000;
/// Time limit of a POST, in milliseconds. Longer than for a GET, because some cities number a request while the
/// client waits. Sensible: 20 to 60 s.
pub const SEND_LIMIT_MS: i32 = 30_000;

/// An HTTP response, whatever its status.
#[derive(Clone, Debug)]
pub struct Response {
    /// HTTP status code.
    pub status: u16,
    /// Body as text.
    pub body: String,
    /// Seconds to wait before the next try (`Retry-After`), if the server sent a number.
    pub retry_after: Option<u32>,
    /// The server's time (`Date` header), if the browser lets the page read it.
    pub date: Option<String>,
}

impl Response {
    /// True if the status is 200 to 299.
    pub(super) fn is_ok(&self) -> bool {
        (200..300).contains(&self.status)
    }

    /// The body as text, or the error if the status is not 2xx.
    pub(super) fn text(self) -> Result<String, ApiError> {
        self.error_for_status().map(|response| response.body)
    }

    /// The body as JSON, or the error if the status is not 2xx.
    pub(super) fn value(self) -> Result<Value, ApiError> {
        let response = self.error_for_status()?;
        json::parse(&response.body).map_err(|_| ApiError::NotUnderstood)
    }

    fn error_for_status(self) -> Result<Self, ApiError> {
        if self.is_ok() {
            return Ok(self);
        }
        let error = open311::read_error(self.status, &self.body);
        Err(ApiError::from_response(error, self.retry_after))
    }
}

/// A pending call. Boxed, so that its code is in the wasm once instead of in every caller.
pub(super) type Call = Pin<Box<dyn Future<Output = Result<Response, ApiError>>>>;

/// `GET url`, taking over a prefetched response if there is one. Without one it is started in the same way, so that the
/// first view does not contain the code that sends.
pub(super) fn get(url: String, prefetched: PrefetchedResponses) -> Call {
    Box::pin(async move {
        prefetched.prefetch(&url);
        let pending = prefetched.take(&url).ok_or(ApiError::Unreachable)?;
        let response = pending.response().await;
        let response = response.map_err(|name| error_of(&url, &name))?;
        read(url, response.into()).await
    })
}

/// `GET url`, using the browser's cache only if the server confirms the cached response.
pub(super) fn get_fresh(url: String) -> Call {
    let request = http::Request::get(&url).cache(RequestCache::NoCache);
    send(url, READ_LIMIT_MS, request, None)
}

/// `POST url` with a form-urlencoded body.
pub(super) fn post(url: String, body: String) -> Call {
    let request = http::Request::post(&url).header(
        "content-type",
        "application/x-www-form-urlencoded;charset=UTF-8",
    );
    send(url, SEND_LIMIT_MS, request, Some(body))
}

fn send(url: String, limit_ms: i32, request: http::RequestBuilder, body: Option<String>) -> Call {
    Box::pin(async move {
        let timer = AbortTimer::new(limit_ms);
        let request = request
            .header("accept", "application/json")
            .abort_signal(timer.signal());
        let request = match body {
            Some(body) => request.body(body),
            None => request.build(),
        }
        .map_err(|_| ApiError::Unreachable)?;
        let response = match request.send().await {
            Ok(response) => read(url, response).await,
            Err(error) => Err(error_of(&url, &name_of(&error))),
        };
        if timer.has_fired() && response.is_err() {
            Err(ApiError::TimedOut)
        } else {
            response
        }
    })
}

fn read(url: String, response: http::Response) -> Call {
    Box::pin(async move {
        let status = response.status();
        let headers = response.headers();
        let (retry_after, date) = (headers.get("retry-after"), headers.get("date"));
        let bytes = response
            .binary()
            .await
            .map_err(|error| error_of(&url, &name_of(&error)))?;
        Ok(Response {
            status,
            body: encoding::decode(bytes),
            retry_after: retry_after.and_then(|seconds| seconds.trim().parse().ok()),
            date,
        })
    })
}

fn error_of(url: &str, name: &str) -> ApiError {
    if matches!(name, "TimeoutError" | "AbortError") {
        return ApiError::TimedOut;
    }
    if !address::is_same_origin(url) {
        console::warn(&[
            "no answer from ",
            url,
            ". If its server is up, it does not let other sites read its answers (CORS): forward a path of \
             this site to it and name that path as the endpoint.",
        ]);
    }
    ApiError::Unreachable
}

fn name_of(error: &gloo_net::Error) -> String {
    match error {
        gloo_net::Error::JsError(error) => error.name.clone(),
        _ => String::new(),
    }
}
