//! One request and its answer, within a time limit. Calls that the page started
//! before the wasm was there are taken over instead of being sent twice.

use super::Failure;
use crate::platform::{dom, time::Timer};
use gloo_net::http::{Request, RequestBuilder, Response};
use std::{cell::Cell, future::Future, pin::Pin, rc::Rc};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortController, RequestCache};

/// How long a resident waits for a look-up, in milliseconds.
const READ_LIMIT: i32 = 10_000;
/// How long a send may take: cities number requests while one waits.
pub(super) const SEND_LIMIT: i32 = 30_000;

/// Answers under way since before the wasm was there: address to promise of a `Response`.
#[derive(Clone)]
pub struct Early(pub js_sys::Map);

impl Early {
    /// Nothing is under way.
    pub fn none() -> Self {
        Self(js_sys::Map::new())
    }
}

/// What came back.
#[derive(Clone, Debug)]
pub struct Answer {
    /// HTTP status.
    pub status: u16,
    /// The body as text.
    pub body: String,
    /// Seconds to wait before asking again (`Retry-After`), where the server says so.
    pub retry_after: Option<u32>,
    /// The server's clock (`Date`), where the browser lets the page read it.
    pub date: Option<String>,
}

/// A call under way. Boxed, so that its code is in the wasm once and not in every caller.
pub(super) type Call = Pin<Box<dyn Future<Output = Result<Answer, Failure>>>>;

/// `GET url`.
pub(super) fn get(url: String, early: Early) -> Call {
    Box::pin(async move {
        let key = JsValue::from_str(&url);
        let waiting = early.0.get(&key);
        if early.0.delete(&key)
            && let Ok(promise) = waiting.dyn_into::<js_sys::Promise>()
        {
            let response = JsFuture::from(promise)
                .await
                .map_err(|error| failure_of(&url, &name_of(&error)))?;
            let response: web_sys::Response =
                response.dyn_into().map_err(|_| Failure::Unreachable)?;
            return read(url, Response::from(response)).await;
        }
        send(url.clone(), READ_LIMIT, Request::get(&url), None).await
    })
}

/// `GET url`, which the browser may only answer from its cache when the server says that it is still so.
pub(super) fn get_anew(url: String) -> Call {
    let request = Request::get(&url).cache(RequestCache::NoCache);
    send(url, READ_LIMIT, request, None)
}

/// `POST url` with a form-urlencoded body.
pub(super) fn post(url: String, body: String) -> Call {
    let request = Request::post(&url).header(
        "content-type",
        "application/x-www-form-urlencoded;charset=UTF-8",
    );
    send(url, SEND_LIMIT, request, Some(body))
}

fn send(url: String, limit: i32, request: RequestBuilder, body: Option<String>) -> Call {
    Box::pin(async move {
        let late = Rc::new(Cell::new(false));
        let controller = AbortController::new().ok();
        let signal = controller.as_ref().map(AbortController::signal);
        let request = request
            .header("accept", "application/json")
            .abort_signal(signal.as_ref());
        let request = match body {
            Some(body) => request.body(body),
            None => request.build(),
        }
        .map_err(|_| Failure::Unreachable)?;

        let flag = late.clone();
        let _timer = Timer::new(limit, move || {
            flag.set(true);
            if let Some(controller) = &controller {
                controller.abort();
            }
        });
        let answer = match request.send().await {
            Ok(response) => read(url, response).await,
            Err(error) => Err(failure_of(&url, &gloo_name(&error))),
        };
        match late.get() && answer.is_err() {
            true => Err(Failure::TimedOut),
            false => answer,
        }
    })
}

fn read(url: String, response: Response) -> Call {
    Box::pin(async move {
        let status = response.status();
        let headers = response.headers();
        let (retry_after, date) = (headers.get("retry-after"), headers.get("date"));
        let bytes = response
            .binary()
            .await
            .map_err(|error| failure_of(&url, &gloo_name(&error)))?;
        Ok(Answer {
            status,
            body: dom::decode(bytes),
            retry_after: retry_after.and_then(|seconds| seconds.trim().parse().ok()),
            date,
        })
    })
}

fn failure_of(url: &str, name: &str) -> Failure {
    match name {
        "TimeoutError" | "AbortError" => Failure::TimedOut,
        _ => {
            if !dom::is_same_origin(url) {
                dom::warn(&[
                    "Frontdoor: no answer from ",
                    url,
                    ". If its server is up, it does not let other sites read its answers (CORS): forward a path of \
                     this site to it and name that path as the endpoint.",
                ].concat());
            }
            Failure::Unreachable
        }
    }
}

fn name_of(error: &JsValue) -> String {
    js_sys::Reflect::get(error, &"name".into())
        .ok()
        .and_then(|name| name.as_string())
        .unwrap_or_default()
}

fn gloo_name(error: &gloo_net::Error) -> String {
    match error {
        gloo_net::Error::JsError(error) => error.name.clone(),
        _ => String::new(),
    }
}
