//! One HTTP request and its response, within a time limit. Calls that were started before the wasm was there
//! are taken over instead of being sent twice.

use super::ApiError;
use crate::platform::abort::{AbortTimer, RequestCache};
use crate::platform::prefetch::PrefetchedResponses;
use crate::platform::{console, encoding, url as address};
use gloo_net::http;
use json::Value;
use std::{future::Future, pin::Pin};

/// How long a look-up may take, in milliseconds. Shorter fails on slow lines, longer keeps residents waiting
/// for a server that is down. Sensible: 5 to 20 s.
const READ_LIMIT_MS: i32 = 10_000;
/// How long sending may take, in milliseconds: some cities number a request while the client waits.
pub const SEND_LIMIT_MS: i32 = 30_000;

/// A response.
#[derive(Clone, Debug)]
pub struct Response {
    /// HTTP status.
    pub status: u16,
    /// The body as text.
    pub body: String,
    /// Seconds to wait before asking again (`Retry-After`), if the server says so.
    pub retry_after: Option<u32>,
    /// The server's clock (`Date`), if the browser lets the page read it.
    pub date: Option<String>,
}

impl Response {
    /// True for a status of 200 to 299.
    pub(super) fn is_ok(&self) -> bool {
        (200..300).contains(&self.status)
    }

    /// The body.
    pub(super) fn text(self) -> Result<String, ApiError> {
        self.error_for_status().map(|response| response.body)
    }

    /// The body as JSON.
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

/// A call under way. Boxed, so that its code is in the wasm once and not in every caller.
pub(super) type Call = Pin<Box<dyn Future<Output = Result<Response, ApiError>>>>;

/// `GET url`, or the response if it is on its way.
pub(super) fn get(url: String, prefetched: PrefetchedResponses) -> Call {
    Box::pin(async move {
        if let Some(pending) = prefetched.take(&url) {
            let response = pending.response().await;
            let response = response.map_err(|name| error_of(&url, &name))?;
            return read(url, response.into()).await;
        }
        send(url.clone(), READ_LIMIT_MS, http::Request::get(&url), None).await
    })
}

/// `GET url` past the browser's cache, unless the server confirms what is cached.
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
