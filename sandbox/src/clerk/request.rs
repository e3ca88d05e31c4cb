//! The page of one request: what came in, what was asked and answered, what happened.

use serde_json::Value;

use super::forms;
use super::page::{self, Text, field, moment, name, place};
use crate::clock;
use crate::state::AppState;
use crate::store::media::Photo;
use crate::store::requests::{Stored, as_text};
use crate::store::updates::Update;

/// A request and what belongs to it.
pub(super) struct Whole {
    pub(super) request: Stored,
    pub(super) photos: Vec<Photo>,
    /// Oldest first.
    pub(super) history: Vec<Update>,
    /// The request that it follows.
    pub(super) earlier: Option<Stored>,
    /// Those that follow it.
    pub(super) later: Vec<Stored>,
}

pub(super) fn view(app: &AppState, whole: &Whole, agencies: &[String], moved: bool) -> String {
    let request = &whole.request;
    let moved = if moved {
        "<p class=\"moved\" role=\"status\">Moved on.</p>"
    } else {
        ""
    };
    let late = if request.is_late(clock::now()) {
        " <span class=\"stage late\">Late</span>"
    } else {
        ""
    };
    page::frame(
        &name(request),
        &format!(
            "<p><a href=\"/clerk\">‹ All requests</a></p>{moved}\
             <p class=\"quiet\">{}</p><h1>{}</h1>\
             <p><span class=\"stage {}\">{}</span>{late}</p>{}<p class=\"story\">{}</p>{}{}{}\
             <h2>Move it on</h2>{}<h2>What happened</h2><ol class=\"time\" reversed>{}</ol>",
            Text(&name(request)),
            Text(&field(request, "service_name")),
            request.stage.name(),
            request.stage.words(),
            said(app, whole),
            Text(&field(request, "description")),
            facts(app, request),
            links(whole),
            photo_list(request, &whole.photos),
            forms::all(request, agencies),
            whole
                .history
                .iter()
                .rev()
                .map(|update| entry(app, update))
                .collect::<String>(),
        ),
    )
}

/// What stands between the city and the resident: a question, its answer, a reminder.
fn said(app: &AppState, whole: &Whole) -> String {
    let mut said = String::new();
    let history = &whole.history;
    if let Some(asked) = history
        .iter()
        .rposition(|update| text(update, "type") == "question")
    {
        let question = history
            .get(asked)
            .map_or("", |update| text(update, "description"));
        let answers: String = history
            .iter()
            .skip(asked + 1)
            .filter(|update| update.by_resident && text(update, "type") != "reminder")
            .map(|update| {
                format!(
                    "<blockquote>{}</blockquote>",
                    Text(text(update, "description"))
                )
            })
            .collect();
        let answers = match (answers.as_str(), whole.request.asked) {
            ("", Some(_)) => "<b>The resident has not answered yet.</b>".to_owned(),
            ("", None) => "<b>Not answered.</b>".to_owned(),
            (answers, _) => format!("<b>The resident answered:</b>{answers}"),
        };
        said.push_str(&format!(
            "We asked:<blockquote>{}</blockquote>{answers}",
            Text(question)
        ));
    }
    if let Some(at) = whole
        .request
        .reminded
        .and_then(|at| jiff::Timestamp::from_millisecond(at).ok())
    {
        let words = format!("The resident reminded us on {}.", app.zone.words(at));
        said.push_str(&format!("<p><b>{}</b></p>", Text(&words)));
    }
    match said.as_str() {
        "" => said,
        said => format!(
            "<section class=\"said\" aria-label=\"Between us and the resident\">{said}</section>"
        ),
    }
}

fn links(whole: &Whole) -> String {
    let link = |words: &str, other: &Stored| {
        format!(
            "<p>{words} <a href=\"/clerk/{}\">{}</a>, {}.</p>",
            other.number,
            Text(&name(other)),
            other.stage.words().to_lowercase()
        )
    };
    let earlier = whole.earlier.iter().map(|other| link("Follows", other));
    let later = whole.later.iter().map(|other| link("Followed by", other));
    earlier.chain(later).collect()
}

fn facts(app: &AppState, request: &Stored) -> String {
    let mut rows = String::new();
    let mut add = |words: &str, value: &str| {
        if !value.is_empty() {
            rows.push_str(&format!(
                "<div><dt>{}</dt><dd>{}</dd></div>",
                Text(words),
                Text(value)
            ));
        }
    };
    add("Where", &place(request));
    add("Who has it", &field(request, "agency_responsible"));
    add("Came in", &moment(app, request, "requested_datetime"));
    add("Promised", &moment(app, request, "expected_datetime"));
    add("Token", request.token.as_deref().unwrap_or_default());
    for part in [&request.answers, &request.contact] {
        for (code, value) in part.as_object().into_iter().flatten() {
            let value = match value {
                Value::Array(items) => items
                    .iter()
                    .filter_map(as_text)
                    .collect::<Vec<_>>()
                    .join(", "),
                other => as_text(other).unwrap_or_default(),
            };
            add(code, &value);
        }
    }
    format!("<dl>{rows}</dl>")
}

fn photo_list(request: &Stored, photos: &[Photo]) -> String {
    let mut list: String = photos
        .iter()
        .map(|photo| {
            let shows = photo.description.as_deref();
            format!(
                "<p><img src=\"{}\" alt=\"{}\"></p>",
                Text(&photo.path),
                Text(shows.unwrap_or("Photo that came with the request")),
            )
        })
        .collect();
    // Only our own photos are shown: an address from outside would tell that site we looked.
    let url = field(request, "media_url");
    if !url.starts_with("/media/") {
        list.push_str(&format!("<p class=\"quiet\">{}</p>", Text(&url)));
    }
    list
}

fn text<'a>(update: &'a Update, name: &str) -> &'a str {
    let value = update.row.get(name);
    value.and_then(Value::as_str).unwrap_or_default()
}

fn entry(app: &AppState, update: &Update) -> String {
    let status = match (text(update, "type"), text(update, "status")) {
        ("", "open") => "received".to_owned(),
        ("", "internal_referral") => "handed over".to_owned(),
        ("", "no_further_action") => "refused".to_owned(),
        ("", "not_councils_responsibility") => "not ours".to_owned(),
        ("", "unable_to_fix") => "nothing found".to_owned(),
        ("", other) => other.replace('_', " "),
        (kind, _) => kind.to_owned(),
    };
    let who = if update.by_resident {
        " · the resident"
    } else {
        ""
    };
    let to = match text(update, "agency_responsible") {
        "" => String::new(),
        agency => format!(" · to {agency}"),
    };
    let promised = clock::read(text(update, "expected_datetime")).map_or_else(String::new, |at| {
        format!(" · new date {}", app.zone.words(at))
    });
    format!(
        "<li><b>{}</b><br>{}<br><span class=\"quiet\">{}{who}{}{}</span></li>",
        Text(&status),
        Text(text(update, "description")),
        Text(&app.zone.words(update.at)),
        Text(&to),
        Text(&promised),
    )
}
