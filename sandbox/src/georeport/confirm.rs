//! `/confirm/SECRET`: what the sender of a request opens to confirm an update that somebody sent without its receipt. A city
//! would put the link into an e-mail; here it is on the clerk's page of the request.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::response::{Html, Response};

use super::call::Call;
use super::updates;
use crate::form::Form;
use crate::response::{ApiError, Format, respond};
use crate::state::AppState;
use crate::store::{confirmations, requests};

/// A page with a button, because programs that check e-mails open every link in them.
pub(crate) async fn page() -> Html<&'static str> {
    Html(
        "<!doctype html><title>Confirm</title><form method=\"post\"><button>Yes, I want this</button></form>",
    )
}

/// Carries out the update.
pub(crate) async fn confirm(
    State(app): State<Arc<AppState>>,
    Path(secret): Path<String>,
) -> Response {
    let result = app.store.run(|tx| {
        let nothing = || ApiError::not_found("there is nothing to confirm here");
        let (number, fields) = confirmations::take(tx, &secret)?.ok_or_else(nothing)?;
        let request = requests::find_number(tx, number)?.ok_or_else(nothing)?;
        let mut form = Form::from_encoded(fields.as_bytes());
        form.remove("author");
        form.add("receipt", &request.secret.unwrap_or_default());
        Ok(form)
    });
    let result = result.and_then(|form| {
        updates::submit(Call {
            app: &app,
            origin: String::new(),
            form,
            is_post: true,
        })
    });
    respond(result, Format::Json)
}
