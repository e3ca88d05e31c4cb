//! The page with the feedback of residents: how satisfied they are with closed requests, which steps of
//! the guides were not clear, and their comments.

use std::sync::Arc;

use axum::extract::State;
use axum::response::Response;

use super::http::html;
use super::page::{self, Text};
use super::satisfaction;
use crate::state::AppState;
use crate::store::feedback::{self, Clarity, Comment};

/// How many comments the page shows. It has no further pages, so a few screens are sensible.
const MAX_COMMENTS: u32 = 50;

/// The link to this page on the list of requests.
pub(super) const LINK: &str = "<h2>Feedback</h2><p class=\"links\">\
                               <a href=\"/clerk/feedback\">What residents say of guides and requests</a></p>";

pub(super) async fn show(State(app): State<Arc<AppState>>) -> Response {
    html(app.store.run(|tx| {
        let steps = feedback::clarity(tx)?;
        let comments = feedback::comments(tx, MAX_COMMENTS)?;
        let requests = satisfaction::section(&app, tx)?;
        Ok(view(&app, &steps, &comments, &requests))
    }))
}

fn view(app: &AppState, steps: &[Clarity], comments: &[Comment], requests: &str) -> String {
    let guides: String = steps
        .chunk_by(|one, next| one.guide == next.guide)
        .map(table)
        .collect();
    let guides = if guides.is_empty() {
        "<p>Nobody has said anything yet.</p>".to_owned()
    } else {
        guides
    };
    let items: String = comments.iter().map(|comment| item(app, comment)).collect();
    let comments = if items.is_empty() {
        String::new()
    } else {
        format!(
            "<h2>In their words</h2><p class=\"quiet\">Newest first, at most {MAX_COMMENTS}.</p>\
             <ul class=\"sentences\">{items}</ul>"
        )
    };
    page::frame(
        "What residents say",
        &format!(
            "<p><a href=\"/clerk\">‹ All requests</a></p><h1>What residents say</h1>{requests}\
             <h2>How clear the guides are</h2>{guides}{comments}"
        ),
    )
}

/// The steps of one guide.
fn table(steps: &[Clarity]) -> String {
    let rows: String = steps
        .iter()
        .map(|step| {
            format!(
                "<tr><th scope=\"row\">{}</th><td>{}</td><td>{}</td></tr>",
                Text(&step.step),
                step.clear,
                step.unclear
            )
        })
        .collect();
    let guide = steps.first().map_or("", |step| &step.guide);
    format!(
        "<table><caption>{}</caption><thead><tr><th scope=\"col\">Step</th>\
         <th scope=\"col\">Clear</th><th scope=\"col\">Not clear</th></tr></thead>\
         <tbody>{rows}</tbody></table>",
        Text(guide)
    )
}

fn item(app: &AppState, comment: &Comment) -> String {
    let row = &comment.row;
    let clear = if row.clear == "yes" {
        "clear"
    } else {
        "not clear"
    };
    format!(
        "<li><p class=\"story\" lang=\"{}\" dir=\"auto\">{}</p>\
         <span class=\"quiet\">{} · {} · {clear} · {}</span></li>",
        Text(&row.language),
        Text(&row.text),
        Text(&row.guide),
        Text(&row.step),
        Text(&app.zone.format_readable(comment.at)),
    )
}
