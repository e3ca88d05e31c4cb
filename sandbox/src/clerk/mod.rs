//! A small page for whoever plays the clerk: it lists requests and moves them on, keeps the city's
//! notices, and shows what residents say.
//!
//! For trying and testing: it asks for no password, so it takes orders only from its own pages.

mod feedback;
mod forms;
mod http;
mod limits;
mod list;
mod notices;
mod orders;
mod page;
mod request;
mod satisfaction;

use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::extract::{Path, Query, Request, State};
use axum::http::Response;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, HeaderValue};
use axum::routing::{get, post};
use rusqlite::Transaction;
use serde_json::Value;
use std::collections::HashMap;

use crate::answer::Failure;
use crate::clock;
use crate::form::Form;
use crate::state::AppState;
use crate::store::requests::{self, Stored};
use crate::store::stage::Stage;
use crate::store::steps::{self, Step};
use crate::store::{media, services, updates};
use http::{html, own_form, see_other};
use limits::LONGEST_NOTE;
use orders::Order;
use request::Whole;

pub(crate) fn router() -> Router<Arc<AppState>> {
    Router::new()
        .route("/clerk", get(list::show))
        .route("/clerk/style.css", get(style))
        .route("/clerk/feedback", get(feedback::show))
        .route("/clerk/feedback.csv", get(satisfaction::csv))
        .route("/clerk/notices", post(notices::add))
        .route("/clerk/notices/{number}/end", post(notices::end))
        .route("/clerk/{number}", get(one).post(move_on))
        .route("/clerk/{number}/{order}", post(obey))
}

/// The page at `/` where no site is served.
pub(crate) fn welcome(app: &AppState) -> String {
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

async fn one(
    State(app): State<Arc<AppState>>,
    Path(number): Path<i64>,
    Query(asked): Query<HashMap<String, String>>,
) -> Response<Body> {
    html(app.store.run(|tx| {
        let request = requests::find_number(tx, number)?.ok_or_else(no_such_request)?;
        let (earlier, later) = requests::linked(tx, number)?;
        let whole = Whole {
            request,
            photos: media::of_request(tx, number)?,
            history: updates::history(tx, number)?,
            earlier,
            later,
        };
        let mut agencies: Vec<String> = services::all(tx)?
            .iter()
            .filter_map(|service| service.agency().map(str::to_owned))
            .collect();
        agencies.sort_unstable();
        agencies.dedup();
        let moved = asked.contains_key("moved");
        Ok(request::view(&app, &whole, &agencies, moved))
    }))
}

async fn move_on(
    State(app): State<Arc<AppState>>,
    Path(number): Path<i64>,
    request: Request,
) -> Response<Body> {
    take_step(&app, number, request, |_, form, request| {
        read_step(&app, form, request)
    })
    .await
}

async fn obey(
    State(app): State<Arc<AppState>>,
    Path((number, order)): Path<(i64, String)>,
    request: Request,
) -> Response<Body> {
    let Some(order) = Order::named(&order) else {
        return html(Err(Failure::not_found("There is no such order.")));
    };
    take_step(&app, number, request, |tx, form, request| {
        orders::read(&app, tx, order, form, request)
    })
    .await
}

/// Reads a form of our own page into a step, and takes it.
async fn take_step(
    app: &AppState,
    number: i64,
    request: Request,
    read: impl FnOnce(&Transaction, &Form, &Stored) -> Result<Step, Failure>,
) -> Response<Body> {
    let form = match own_form(request).await {
        Ok(form) => form,
        Err(failure) => return html(Err(failure)),
    };
    let result = app.store.run(|tx| {
        let mut request = requests::find_number(tx, number)?.ok_or_else(no_such_request)?;
        let step = read(tx, &form, &request)?;
        steps::apply(tx, &mut request, &step, &app.zone)?;
        Ok(())
    });
    match result {
        Ok(()) => see_other(&format!("/clerk/{number}?moved=1")),
        Err(failure) => html(Err(failure)),
    }
}

fn read_step(app: &AppState, form: &Form, request: &Stored) -> Result<Step, Failure> {
    let current = request
        .row
        .get("agency_responsible")
        .and_then(Value::as_str);
    let stage = form
        .get("stage")
        .and_then(Stage::named)
        .ok_or_else(|| Failure::bad("Choose where the request stands now."))?;
    let agency = form
        .get("agency")
        .filter(|new| Some(*new) != current)
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
        step.expected = Some(orders::new_date(app, day)?);
    }
    Ok(step)
}

fn no_such_request() -> Failure {
    Failure::not_found("There is no such request.")
}
