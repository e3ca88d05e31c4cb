//! A small page for whoever plays the clerk: it lists requests and moves them on, keeps the city's
//! notices, and shows what residents say.
//!
//! For trying and testing: it asks for no password, so it takes orders only from its own pages.

mod feedback;
mod notices;
mod page;

use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::extract::{Path, Query, Request, State};
use axum::http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, HOST, HeaderMap, HeaderValue, LOCATION,
    ORIGIN, REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS,
};
use axum::http::{Response, StatusCode};
use axum::routing::{get, post};
use jiff::civil::Date;
use serde_json::Value;
use std::collections::HashMap;

use crate::answer::Failure;
use crate::clock;
use crate::form::Form;
use crate::server::App;
use crate::store;
use crate::store::requests::{self, Search};
use crate::store::steps::{self, Stage, Step};
use crate::store::{media, services};

const PAGE_SIZE: u32 = 25;
const LONGEST_NOTE: usize = 2000;
const POLICY: &str = "default-src 'none'; style-src 'self'; img-src 'self' http: https:; \
                      form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

pub(crate) fn router() -> Router<Arc<App>> {
    Router::new()
        .route("/clerk", get(list))
        .route("/clerk/style.css", get(style))
        .route("/clerk/feedback", get(feedback::show))
        .route("/clerk/notices", post(notices::add))
        .route("/clerk/notices/{number}/end", post(notices::end))
        .route("/clerk/{number}", get(one).post(move_on))
}

/// The page at `/` where no site is served.
pub(crate) fn welcome(app: &App) -> String {
    page::welcome(&app.city.name(), app.base())
}

async fn style() -> Response<Body> {
    let mut response = Response::new(Body::from(include_str!("style.css")));
    let headers = response.headers_mut();
    headers.insert(
        CONTENT_TYPE,
        HeaderValue::from_static("text/css; charset=utf-8"),
    );
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    response
}

async fn list(
    State(app): State<Arc<App>>,
    Query(asked): Query<HashMap<String, String>>,
) -> Response<Body> {
    let stage = asked.get("status").and_then(|name| Stage::named(name));
    let number = asked
        .get("page")
        .and_then(|page| page.parse().ok())
        .unwrap_or(1_u32)
        .max(1);
    let search = Search {
        stages: stage
            .into_iter()
            .map(|stage| stage.name().to_owned())
            .collect(),
        page: number,
        page_size: PAGE_SIZE,
        ..Search::default()
    };
    html(app.store.run(|tx| {
        let (rows, total) = requests::list(tx, &search)?;
        let pages = total.div_ceil(u64::from(PAGE_SIZE)).max(1);
        let notices = notices::section(&app, &store::notices::current(tx, clock::now())?);
        Ok(page::list(
            &app,
            &rows,
            stage,
            u64::from(number),
            pages,
            total,
            &[&notices, feedback::LINK].concat(),
        ))
    }))
}

async fn one(
    State(app): State<Arc<App>>,
    Path(number): Path<i64>,
    Query(asked): Query<HashMap<String, String>>,
) -> Response<Body> {
    html(app.store.run(|tx| {
        let request = requests::find_number(tx, number)?.ok_or_else(no_such_request)?;
        let history = steps::history(tx, number)?;
        let photos = media::of_request(tx, number)?;
        let mut agencies: Vec<String> = services::all(tx)?
            .iter()
            .filter_map(|service| service.agency().map(str::to_owned))
            .collect();
        agencies.sort_unstable();
        agencies.dedup();
        let moved = asked.contains_key("moved");
        Ok(page::one(
            &app, &request, &photos, &history, &agencies, moved,
        ))
    }))
}

async fn move_on(
    State(app): State<Arc<App>>,
    Path(number): Path<i64>,
    request: Request,
) -> Response<Body> {
    if !is_own_page(request.headers()) {
        let failure = Failure::new(
            StatusCode::FORBIDDEN,
            "This form was sent from another site.",
        );
        return html(Err(failure));
    }
    let form = match Form::from_request(request).await {
        Ok(form) => form,
        Err(failure) => return html(Err(failure)),
    };
    let result = app.store.run(|tx| {
        let mut request = requests::find_number(tx, number)?.ok_or_else(no_such_request)?;
        let current = request
            .row
            .get("agency_responsible")
            .and_then(Value::as_str);
        let step = read_step(&app, &form, current)?;
        steps::apply(tx, &mut request, &step, &app.zone)?;
        Ok(())
    });
    match result {
        Ok(()) => see_other(&format!("/clerk/{number}?moved=1")),
        Err(failure) => html(Err(failure)),
    }
}

fn read_step(app: &App, form: &Form, agency: Option<&str>) -> Result<Step, Failure> {
    let stage = form
        .get("stage")
        .and_then(Stage::named)
        .ok_or_else(|| Failure::bad("Choose where the request stands now."))?;
    let agency = form
        .get("agency")
        .filter(|new| Some(*new) != agency)
        .map(str::to_owned);
    let note = form.get("note").unwrap_or_default();
    if note.chars().count() > LONGEST_NOTE {
        return Err(Failure::bad(format!(
            "The note has over {LONGEST_NOTE} characters."
        )));
    }
    let note = match (note, &agency) {
        ("", Some(agency)) => format!("Handed over to {agency}."),
        ("", None) => stage.words().to_owned(),
        (note, _) => note.to_owned(),
    };
    let mut step = Step::by_city(clock::now(), Some(stage), &note);
    if agency.is_some() && stage != Stage::Closed {
        step.status = Some("internal_referral".to_owned());
    }
    step.agency = agency;
    if let Some(day) = form.get("expected") {
        let day: Date = day
            .parse()
            .map_err(|_| Failure::bad(format!("{day} is not a day of the calendar.")))?;
        step.expected = Some(app.zone.at(day, 17, 0));
    }
    Ok(step)
}

fn no_such_request() -> Failure {
    Failure::not_found("There is no such request.")
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

fn see_other(path: &str) -> Response<Body> {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = StatusCode::SEE_OTHER;
    if let Ok(path) = HeaderValue::from_str(path) {
        response.headers_mut().insert(LOCATION, path);
    }
    response
}

fn html(result: Result<String, Failure>) -> Response<Body> {
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
