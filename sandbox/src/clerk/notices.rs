//! The notices on the clerk's page: what the city says beside its services, to add and to end.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::{Path, Request, State};
use axum::http::Response;
use jiff::ToSpan;
use jiff::civil::Date;
use rusqlite::Transaction;
use serde_json::{Value, json};

use super::http::{html, own_form, see_other};
use super::page::Text;
use crate::answer::Failure;
use crate::clock;
use crate::form::Form;
use crate::state::AppState;
use crate::store::{notices, services};

const KINDS: [(&str, &str); 4] = [
    ("emergency", "Emergency"),
    ("not-ours", "Not ours"),
    ("paused", "Paused"),
    ("known", "Known already"),
];
const LONGEST_TITLE: usize = 100;
const LONGEST_TEXT: usize = 1000;

pub(super) async fn add(State(app): State<Arc<AppState>>, request: Request) -> Response<Body> {
    let form = match own_form(request).await {
        Ok(form) => form,
        Err(failure) => return html(Err(failure)),
    };
    let result = app.store.run(|tx| {
        let (row, until) = read(&app, tx, &form)?;
        Ok(notices::insert(tx, &row, until)?)
    });
    back(result)
}

pub(super) async fn end(
    State(app): State<Arc<AppState>>,
    Path(number): Path<i64>,
    request: Request,
) -> Response<Body> {
    if let Err(failure) = own_form(request).await {
        return html(Err(failure));
    }
    back(app.store.run(|tx| {
        if notices::end(tx, number, clock::now())? {
            Ok(())
        } else {
            Err(Failure::not_found("There is no such notice."))
        }
    }))
}

fn back(result: Result<(), Failure>) -> Response<Body> {
    match result {
        Ok(()) => see_other("/clerk#notices"),
        Err(failure) => html(Err(failure)),
    }
}

/// The notice as it is served, and the moment from which it is past: the end of its last day.
fn read(
    app: &AppState,
    tx: &Transaction,
    form: &Form,
) -> Result<(Value, Option<jiff::Timestamp>), Failure> {
    let kind = form
        .get("kind")
        .filter(|kind| KINDS.iter().any(|(known, _)| known == kind))
        .ok_or_else(|| Failure::bad("Choose what kind of notice it is."))?;
    let text = |name: &str, words: &str, most: usize| match form.get(name) {
        None => Err(Failure::bad(format!("{words} is missing."))),
        Some(text) if text.chars().count() > most => {
            Err(Failure::bad(format!("{words} has over {most} characters.")))
        }
        Some(text) => Ok(text.to_owned()),
    };
    let codes = form.list("services");
    for code in &codes {
        if services::find(tx, code)?.is_none() {
            return Err(Failure::bad(format!("There is no service {code}.")));
        }
    }
    let mut row = json!({
        "kind": kind,
        "services": codes,
        "title": text("title", "The title", LONGEST_TITLE)?,
        "text": text("text", "The text", LONGEST_TEXT)?,
    });
    let Some(day) = form.get("until") else {
        return Ok((row, None));
    };
    let day: Date = day
        .parse()
        .map_err(|_| Failure::bad(format!("{day} is not a day of the calendar.")))?;
    let until = app.zone.at(day.saturating_add(1.day()), 0, 0);
    if until <= clock::now() {
        return Err(Failure::bad("The last day is past already."));
    }
    if let Some(fields) = row.as_object_mut() {
        fields.insert("until".into(), json!(app.zone.write(until)));
    }
    Ok((row, Some(until)))
}

/// The section at the end of the clerk's list.
pub(super) fn section(app: &AppState, current: &[Value]) -> String {
    let items: String = current.iter().map(|notice| item(app, notice)).collect();
    let list = if items.is_empty() {
        "<p>None now.</p>".to_owned()
    } else {
        format!("<ul class=\"notices\">{items}</ul>")
    };
    let kinds: String = KINDS
        .iter()
        .map(|(kind, words)| {
            format!("<label><input type=\"radio\" name=\"kind\" value=\"{kind}\">{words}</label>")
        })
        .collect();
    format!(
        "<h2 id=\"notices\">Notices</h2>{list}\
         <details><summary>Add a notice</summary>\
         <form method=\"post\" action=\"/clerk/notices\">\
         <fieldset><legend>What is it?</legend>{kinds}</fieldset>\
         <label for=\"services\">Which services? Codes with commas between them; none for everybody</label>\
         <input id=\"services\" name=\"services\">\
         <label for=\"title\">Title</label>\
         <input id=\"title\" name=\"title\" maxlength=\"{LONGEST_TITLE}\" required>\
         <label for=\"text\">What should people know?</label>\
         <textarea id=\"text\" name=\"text\" rows=\"3\" maxlength=\"{LONGEST_TEXT}\" required></textarea>\
         <label for=\"until\">Last day (optional)</label>\
         <input id=\"until\" name=\"until\" type=\"date\">\
         <button>Add it</button></form></details>"
    )
}

fn item(app: &AppState, notice: &Value) -> String {
    let text = |name: &str| notice.get(name).and_then(Value::as_str).unwrap_or_default();
    let in_english = |name: &str| {
        let value = notice.get(name);
        let english = value.and_then(|value| value.get("en")).or(value);
        english.and_then(Value::as_str).unwrap_or_default()
    };
    let codes: Vec<&str> = notice
        .get("services")
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .collect();
    let kind = KINDS.iter().find(|(kind, _)| *kind == text("kind"));
    let until = clock::read(text("until"));
    let until = until.map_or_else(String::new, |at| format!(" · until {}", app.zone.words(at)));
    format!(
        "<li><span class=\"stage\">{}</span> <b>{}</b><br>{}<br><span class=\"quiet\">{}{}</span>\
         <form method=\"post\" action=\"/clerk/notices/{}/end\"><button>End it</button></form></li>",
        kind.map_or("", |(_, words)| words),
        Text(in_english("title")),
        Text(in_english("text")),
        Text(&codes.join(", ")),
        Text(&until),
        Text(text("id")),
    )
}
