//! `POST /upload`: a photo ahead of its request, for endpoints that accept no files but an address in
//! `media_url`. The photo belongs to no request until one names its address.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::response::Response;
use serde_json::json;

use crate::form::{Form, origin};
use crate::response::{ApiError, Format, Payload, respond};
use crate::state::AppState;
use crate::{photo, store};

pub(crate) async fn handle(State(app): State<Arc<AppState>>, request: Request) -> Response {
    respond(save(&app, request).await, Format::Json)
}

async fn save(app: &AppState, request: Request) -> Result<Payload, ApiError> {
    let origin = origin(&request);
    let mut form = Form::from_request(request).await?;
    let mut errors = Vec::new();
    match form.files.len() {
        1 => {}
        0 => errors.push("file was not provided: send one photo as multipart".to_owned()),
        count => errors.push(format!("file came {count} times: send one photo at a time")),
    }
    let photos = photo::take_photos(&mut form, &mut errors);
    ApiError::if_any(errors)?;
    let paths = app
        .store
        .run(|tx| Ok(store::photos::insert(tx, None, &photos)?))?;
    let media_url = paths.first().map(|path| format!("{origin}{path}"));
    Ok(Payload::created(
        "upload",
        json!({ "media_url": media_url }),
    ))
}
