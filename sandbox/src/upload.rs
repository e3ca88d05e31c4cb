//! A place for photos that are sent ahead of their request: for endpoints that take no files, but an
//! address in `media_url`. The photo belongs to no request until one names its address.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::Response;
use axum::http::header::HOST;
use serde_json::json;

use crate::answer::{Answer, Failure, Format, respond};
use crate::form::Form;
use crate::state::AppState;
use crate::{media, store};

pub(crate) async fn handle(State(app): State<Arc<AppState>>, request: Request) -> Response<Body> {
    respond(keep(&app, request).await, Format::Json)
}

async fn keep(app: &AppState, request: Request) -> Result<Answer, Failure> {
    let host = request
        .headers()
        .get(HOST)
        .and_then(|host| host.to_str().ok());
    let origin = format!("http://{}", host.unwrap_or("127.0.0.1"));
    let mut form = Form::from_request(request).await?;
    let mut problems = Vec::new();
    match form.files.len() {
        1 => {}
        0 => problems.push("file was not provided: send one photo as multipart".to_owned()),
        count => problems.push(format!("file came {count} times: send one photo at a time")),
    }
    let pictures = media::pictures(&mut form, &mut problems);
    if !problems.is_empty() {
        return Err(Failure {
            status: axum::http::StatusCode::BAD_REQUEST,
            messages: problems,
        });
    }
    let paths = app
        .store
        .run(|tx| Ok(store::media::insert(tx, None, &pictures)?))?;
    let url = paths.first().map(|path| format!("{origin}{path}"));
    Ok(Answer::created("upload", json!({ "media_url": url })))
}
