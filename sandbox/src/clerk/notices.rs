//! The service notices on the clerk's list: the clerk adds and ends them.

use std::sync::Arc;

use axum::extract::{Path, Request, State};
use axum::response::Response;
use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};
use rusqlite::Transaction;

use super::http::{html, own_form, see_other};
use super::page::Text;
use crate::clock;
use crate::form::Form;
use crate::localized::Localized;
use crate::response::ApiError;
use crate::state::AppState;
use crate::store::notices::{self, Notice, NoticeKind};
use crate::store::services;

const KINDS: [(NoticeKind, &str, &str); 4] = [
    (NoticeKind::Emergency, "emergency", "Emergency"),
    (NoticeKind::NotOurs, "not-ours", "Not ours"),
    (NoticeKind::Paused, "paused", "Paused"),
    (NoticeKind::Known, "known", "Known already"),
];
const MAX_TITLE_CHARS: usize = 100;
const MAX_TEXT_CHARS: usize = 1000;

pub(super) async fn add(State(app): State<Arc<AppState>>, request: Request) -> Response {
    let form = match own_form(request).await {
        Ok(form) => form,
        Err(error) => return html(Err(error)),
    };
    let result = app.store.run(|tx| {
        let (notice, until) = read(&app, tx, &form)?;
        Ok(notices::insert(tx, &notice, until)?)
    });
    back(result)
}

pub(super) async fn end(
    State(app): State<Arc<AppState>>,
    Path(number): Path<i64>,
    request: Request,
) -> Response {
    if let Err(error) = own_form(request).await {
        return html(Err(error));
    }
    back(app.store.run(|tx| {
        if notices::end(tx, number, clock::now())? {
            Ok(())
        } else {
            Err(ApiError::not_found("There is no such notice."))
        }
    }))
}

fn back(result: Result<(), ApiError>) -> Response {
    match result {
        Ok(()) => see_other("/clerk#notices"),
        Err(error) => html(Err(error)),
    }
}

/// The notice, and the time at which it expires: the end of its last day.
fn read(
    app: &AppState,
    tx: &Transaction,
    form: &Form,
) -> Result<(Notice, Option<Timestamp>), ApiError> {
    let kind = form
        .get("kind")
        .and_then(|name| KINDS.into_iter().find(|(_, known, _)| *known == name))
        .ok_or_else(|| ApiError::bad_request("Choose what kind of notice it is."))?;
    let text = |name: &str, label: &str, max: usize| match form.get(name) {
        None => Err(ApiError::bad_request(format!("{label} is missing."))),
        Some(text) if text.chars().count() > max => Err(ApiError::bad_request(format!(
            "{label} has over {max} characters."
        ))),
        Some(text) => Ok(Some(Localized::Plain(text.to_owned()))),
    };
    let services = form.list("services");
    for code in &services {
        if services::find(tx, code)?.is_none() {
            return Err(ApiError::bad_request(format!(
                "There is no service {code}."
            )));
        }
    }
    let mut notice = Notice {
        kind: kind.0,
        services,
        title: text("title", "The title", MAX_TITLE_CHARS)?,
        text: text("text", "The text", MAX_TEXT_CHARS)?,
        ..Notice::default()
    };
    let Some(day) = form.get("until") else {
        return Ok((notice, None));
    };
    let day: Date = day
        .parse()
        .map_err(|_| ApiError::bad_request(format!("{day} is not a day of the calendar.")))?;
    let until = app.zone.at(day.saturating_add(1.day()), 0, 0);
    if until <= clock::now() {
        return Err(ApiError::bad_request("The last day is past already."));
    }
    notice.until = Some(app.zone.format(until));
    Ok((notice, Some(until)))
}

/// The section below the list of requests.
pub(super) fn section(app: &AppState, current: &[Notice]) -> String {
    let items: String = current.iter().map(|notice| item(app, notice)).collect();
    let list = if items.is_empty() {
        "<p>None now.</p>".to_owned()
    } else {
        format!("<ul class=\"notices\">{items}</ul>")
    };
    let kinds: String = KINDS
        .iter()
        .map(|(_, kind, label)| {
            format!("<label><input type=\"radio\" name=\"kind\" value=\"{kind}\">{label}</label>")
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
         <input id=\"title\" name=\"title\" maxlength=\"{MAX_TITLE_CHARS}\" required>\
         <label for=\"text\">What should people know?</label>\
         <textarea id=\"text\" name=\"text\" rows=\"3\" maxlength=\"{MAX_TEXT_CHARS}\" required></textarea>\
         <label for=\"until\">Last day (optional)</label>\
         <input id=\"until\" name=\"until\" type=\"date\">\
         <button>Add it</button></form></details>"
    )
}

fn item(app: &AppState, notice: &Notice) -> String {
    let english = |text: &Option<Localized>| {
        let text = text.as_ref().and_then(Localized::english);
        Text(text.unwrap_or_default()).to_string()
    };
    let kind = KINDS.iter().find(|(kind, _, _)| *kind == notice.kind);
    let until = notice.until.as_deref().and_then(clock::parse);
    let until = until.map_or_else(String::new, |at| {
        format!(" · until {}", app.zone.format_readable(at))
    });
    format!(
        "<li><span class=\"stage\">{}</span> <b>{}</b><br>{}<br><span class=\"quiet\">{}{}</span>\
         <form method=\"post\" action=\"/clerk/notices/{}/end\"><button>End it</button></form></li>",
        kind.map_or("", |(_, _, label)| label),
        english(&notice.title),
        english(&notice.text),
        Text(&notice.services.join(", ")),
        Text(&until),
        Text(notice.id.as_deref().unwrap_or_default()),
    )
}
