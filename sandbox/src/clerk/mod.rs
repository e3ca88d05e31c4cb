//! Pages for the person who plays the clerk: they list requests and change them, edit the city's
//! notices, and show the feedback of residents.
//!
//! They are for trying and testing and need no password, so forms from other sites are refused.

mod actions;
mod feedback;
mod forms;
mod http;
mod limits;
mod list;
mod notices;
mod page;
mod request;
mod satisfaction;

use std::collections::HashMap;
use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::extract::{Path, Query, Request, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::{IntoResponse as _, Response};
use axum::routing::{get, post};

use crate::response::ApiError;
use crate::state::AppState;
use crate::store::confirmations;
use crate::store::requests;
use crate::store::{new_update, photos, services, updates};
use actions::Action;
use http::{html, own_form, see_other};
use request::RequestDetails;

pub(crate) fn router() -> Router<Arc<AppState>> {
    Router::new()
        .route("/clerk", get(list::show))
        .route("/clerk/style.css", get(style))
        .route("/clerk/feedback", get(feedback::show))
        .route("/clerk/feedback.csv", get(satisfaction::csv))
        .route("/clerk/notices", post(notices::add))
        .route("/clerk/notices/{number}/end", post(notices::end))
        .route("/clerk/{number}", get(show_request).post(change_stage))
        .route("/clerk/{number}/{action}", post(run_action))
}

/// The page at `/` if no site is served.
pub(crate) fn welcome(app: &AppState) -> String {
    page::welcome(&app.city.name(), app.base())
}

async fn style() -> Response {
    let headers = [
        (CONTENT_TYPE, "text/css; charset=utf-8"),
        (CACHE_CONTROL, "no-cache"),
    ];
    (headers, Body::from(include_str!("style.css"))).into_response()
}

async fn show_request(
    State(app): State<Arc<AppState>>,
    Path(number): Path<i64>,
    Query(query): Query<HashMap<String, String>>,
) -> Response {
    html(app.store.run(|tx| {
        let request = requests::find_number(tx, number)?.ok_or_else(no_such_request)?;
        let (earlier, later) = requests::linked(tx, number)?;
        let details = RequestDetails {
            waiting: confirmations::waiting(tx, number)?,
            request,
            photos: photos::of_request(tx, number)?,
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
        let was_changed = query.contains_key("moved");
        Ok(request::view(&app, &details, &agencies, was_changed))
    }))
}

async fn change_stage(
    State(app): State<Arc<AppState>>,
    Path(number): Path<i64>,
    request: Request,
) -> Response {
    apply(&app, number, Action::ChangeStage, request).await
}

async fn run_action(
    State(app): State<Arc<AppState>>,
    Path((number, action)): Path<(i64, String)>,
    request: Request,
) -> Response {
    match Action::from_name(&action) {
        Some(action) => apply(&app, number, action, request).await,
        None => html(Err(ApiError::not_found("There is no such order."))),
    }
}

async fn apply(app: &AppState, number: i64, action: Action, request: Request) -> Response {
    let form = match own_form(request).await {
        Ok(form) => form,
        Err(error) => return html(Err(error)),
    };
    let result = app.store.run(|tx| {
        let mut request = requests::find_number(tx, number)?.ok_or_else(no_such_request)?;
        let update = actions::read(app, tx, action, &form, &request)?;
        new_update::apply(tx, &mut request, &update, &app.zone)?;
        Ok(())
    });
    match result {
        Ok(()) => see_other(&format!("/clerk/{number}?moved=1")),
        Err(error) => html(Err(error)),
    }
}

fn no_such_request() -> ApiError {
    ApiError::not_found("There is no such request.")
}
