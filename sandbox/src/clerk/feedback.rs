//! What residents said, on a page of its own: how their requests went, which steps of the guides were
//! not clear, and why.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::State;
use axum::http::Response;
use serde_json::Value;

use super::http::html;
use super::page::{self, Text};
use super::satisfaction;
use crate::state::AppState;
use crate::store::feedback::{self, Clarity, Sentence};

const MOST_SENTENCES: u32 = 50;

/// The way here from the clerk's list.
pub(super) const LINK: &str = "<h2>Feedback</h2><p class=\"links\">\
                               <a href=\"/clerk/feedback\">What residents say of guides and requests</a></p>";

pub(super) async fn show(State(app): State<Arc<AppState>>) -> Response<Body> {
    html(app.store.run(|tx| {
        let steps = feedback::clarity(tx)?;
        let sentences = feedback::sentences(tx, MOST_SENTENCES)?;
        let requests = satisfaction::section(&app, tx)?;
        Ok(body(&app, &steps, &sentences, &requests))
    }))
}

fn body(app: &AppState, steps: &[Clarity], sentences: &[Sentence], requests: &str) -> String {
    let guides: String = steps
        .chunk_by(|one, next| one.guide == next.guide)
        .map(table)
        .collect();
    let guides = if guides.is_empty() {
        "<p>Nobody has said anything yet.</p>".to_owned()
    } else {
        guides
    };
    let items: String = sentences.iter().map(|said| item(app, said)).collect();
    let words = if items.is_empty() {
        String::new()
    } else {
        format!(
            "<h2>In their words</h2><p class=\"quiet\">Newest first, at most {MOST_SENTENCES}.</p>\
             <ul class=\"sentences\">{items}</ul>"
        )
    };
    page::frame(
        "What residents say",
        &format!(
            "<p><a href=\"/clerk\">‹ All requests</a></p><h1>What residents say</h1>{requests}\
             <h2>How clear the guides are</h2>{guides}{words}"
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

fn item(app: &AppState, said: &Sentence) -> String {
    let text = |name: &str| said.row.get(name).and_then(Value::as_str);
    let [guide, step, language, words] =
        ["guide", "step", "language", "text"].map(|name| text(name).unwrap_or_default());
    let clear = match text("clear") {
        Some("yes") => "clear",
        _ => "not clear",
    };
    format!(
        "<li><p class=\"story\" lang=\"{}\" dir=\"auto\">{}</p>\
         <span class=\"quiet\">{} · {} · {clear} · {}</span></li>",
        Text(language),
        Text(words),
        Text(guide),
        Text(step),
        Text(&app.zone.words(said.at)),
    )
}
