//! One request and its answer, within a time limit. Calls that the page started
//! before the wasm was there are taken over instead of being sent twice.

use super::Failure;
use crate::platform::{dom, time::Timer};
use gloo_net::http::{Request, RequestBuilder, Response};
use std::{cell::Cell, rc::Rc};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::AbortController;

/// How long a resident waits for a look-up, in milliseconds.
const READ_LIMIT: i32 = 10_000;
/// How long a send may take: cities number requests while one waits.
const SEND_LIMIT: i32 = 30_000;

/// Answers under way since before the wasm was there: address to promise of a `Response`.
#[derive(Clone)]
pub struct Early(pub js_sys::Map);

/// What came back.
pub(super) struct Answer {
    /// HTTP status.
    pub(super) status: u16,
    /// The body as text.
    pub(super) body: String,
}

/// `GET url`.
pub(super) async fn get(url: &str, early: &Early) -> Result<Answer, Failure> {
    let key = JsValue::from_str(url);
    let waiting = early.0.get(&key);
    if early.0.delete(&key)
        && let Ok(promise) = waiting.dyn_into::<js_sys::Promise>()
    {
        let response = JsFuture::from(promise).await.map_err(|error| failure_of(url, &name_of(&error)))?;
        let response: web_sys::Response = response.dyn_into().map_err(|_| Failure::Unreachable)?;
        return read(url, Response::from(response)).await;
    }
    limited(url, READ_LIMIT, Request::get(url).header("accept", "application/json")).await
}

/// `POST url` with a form-urlencoded body.
pub(super) async fn post(url: &str, body: String) -> Result<Answer, Failure> {
    let request = Request::post(url)
        .header("accept", "application/json")
        .header("content-type", "application/x-www-form-urlencoded;charset=UTF-8");
    send(url, SEND_LIMIT, request, Some(body)).await
}

async fn limited(url: &str, limit: i32, request: RequestBuilder) -> Result<Answer, Failure> {
    send(url, limit, request, None).await
}

async fn send(url: &str, limit: i32, request: RequestBuilder, body: Option<String>) -> Result<Answer, Failure> {
    let late = Rc::new(Cell::new(false));
    let controller = AbortController::new().ok();
    let signal = controller.as_ref().map(AbortController::signal);
    let request = request.abort_signal(signal.as_ref());
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
        Err(error) => Err(failure_of(url, &gloo_name(&error))),
    };
    match late.get() && answer.is_err() {
        true => Err(Failure::TimedOut),
        false => answer,
    }
}

async fn read(url: &str, response: Response) -> Result<Answer, Failure> {
    let status = response.status();
    let body = response.text().await.map_err(|error| failure_of(url, &gloo_name(&error)))?;
    Ok(Answer { status, body })
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
    js_sys::Reflect::get(error, &"name".into()).ok().and_then(|name| name.as_string()).unwrap_or_default()
}

fn gloo_name(error: &gloo_net::Error) -> String {
    match error {
        gloo_net::Error::JsError(error) => error.name.clone(),
        _ => String::new(),
    }
}
