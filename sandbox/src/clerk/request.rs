//! The page of one request: what was sent, questions and answers, forms for the clerk, the history.

use serde_json::Value;

use super::forms;
use super::page::{self, Text, date, display_id, field, location};
use crate::clock;
use crate::json::as_text;
use crate::state::AppState;
use crate::store::photos::StoredPhoto;
use crate::store::requests::StoredRequest;
use crate::store::updates::{Author, Update, UpdateType};

/// A request with everything that its page shows.
pub(super) struct RequestDetails {
    pub(super) request: StoredRequest,
    pub(super) photos: Vec<StoredPhoto>,
    /// Oldest first.
    pub(super) history: Vec<Update>,
    /// The request that it follows.
    pub(super) earlier: Option<StoredRequest>,
    /// Those that follow it.
    pub(super) later: Vec<StoredRequest>,
    /// The secrets of updates that wait until the sender confirms them.
    pub(super) waiting: Vec<String>,
}

pub(super) fn view(
    app: &AppState,
    details: &RequestDetails,
    agencies: &[String],
    was_changed: bool,
) -> String {
    let request = &details.request;
    let moved = if was_changed {
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
        &display_id(request),
        &format!(
            "<p><a href=\"/clerk\">‹ All requests</a></p>{moved}\
             <p class=\"quiet\">{}</p><h1>{}</h1>\
             <p><span class=\"stage {}\">{}</span>{late}</p>{}<p class=\"story\">{}</p>{}{}{}\
             <h2>Move it on</h2>{}<h2>What happened</h2><ol class=\"time\" reversed>{}</ol>",
            Text(&display_id(request)),
            Text(&field(request, "service_name")),
            request.stage.name(),
            request.stage.label(),
            conversation(app, details),
            Text(&field(request, "description")),
            facts(app, request),
            links(details),
            photo_list(request, &details.photos),
            forms::all(request, agencies),
            details
                .history
                .iter()
                .rev()
                .map(|update| history_entry(app, update))
                .collect::<String>(),
        ),
    )
}

/// The last question of the city, its answers, and a reminder.
fn conversation(app: &AppState, details: &RequestDetails) -> String {
    let mut parts = String::new();
    let history = &details.history;
    if let Some(asked) = history
        .iter()
        .rposition(|update| update.row.update_type == Some(UpdateType::Question))
    {
        let question = history
            .get(asked)
            .map_or("", |update| &update.row.description);
        let answers: String = history
            .iter()
            .skip(asked + 1)
            .filter(|update| {
                update.author() == Author::Resident
                    && update.row.update_type != Some(UpdateType::Reminder)
            })
            .map(|update| format!("<blockquote>{}</blockquote>", Text(&update.row.description)))
            .collect();
        let answers = match (answers.as_str(), details.request.asked) {
            ("", Some(_)) => "<b>The resident has not answered yet.</b>".to_owned(),
            ("", None) => "<b>Not answered.</b>".to_owned(),
            (answers, _) => format!("<b>The resident answered:</b>{answers}"),
        };
        parts.push_str(&format!(
            "We asked:<blockquote>{}</blockquote>{answers}",
            Text(question)
        ));
    }
    if let Some(at) = details
        .request
        .reminded
        .and_then(|at| jiff::Timestamp::from_millisecond(at).ok())
    {
        let sentence = format!(
            "The resident reminded us on {}.",
            app.zone.format_readable(at)
        );
        parts.push_str(&format!("<p><b>{}</b></p>", Text(&sentence)));
    }
    for secret in &details.waiting {
        parts.push_str(&format!(
            "<p>Somebody sent something that the resident must confirm. The link of the e-mail: \
             <a href=\"/confirm/{0}\">/confirm/{0}</a></p>",
            Text(secret)
        ));
    }
    if parts.is_empty() {
        return parts;
    }
    format!("<section class=\"said\" aria-label=\"Between us and the resident\">{parts}</section>")
}

fn links(details: &RequestDetails) -> String {
    let link = |label: &str, other: &StoredRequest| {
        format!(
            "<p>{label} <a href=\"/clerk/{}\">{}</a>, {}.</p>",
            other.number,
            Text(&display_id(other)),
            other.stage.label().to_lowercase()
        )
    };
    let earlier = details.earlier.iter().map(|other| link("Follows", other));
    let later = details.later.iter().map(|other| link("Followed by", other));
    earlier.chain(later).collect()
}

fn facts(app: &AppState, request: &StoredRequest) -> String {
    let mut rows = String::new();
    let mut add = |label: &str, value: &str| {
        if !value.is_empty() {
            rows.push_str(&format!(
                "<div><dt>{}</dt><dd>{}</dd></div>",
                Text(label),
                Text(value)
            ));
        }
    };
    add("Where", &location(request));
    add("Who has it", &field(request, "agency_responsible"));
    add("Came in", &date(app, request, "requested_datetime"));
    add("Promised", &date(app, request, "expected_datetime"));
    add("Token", request.token.as_deref().unwrap_or_default());
    for (code, value) in request.answers.iter().chain(&request.contact) {
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
    format!("<dl>{rows}</dl>")
}

fn photo_list(request: &StoredRequest, photos: &[StoredPhoto]) -> String {
    let mut list: String = photos
        .iter()
        .map(|photo| {
            let description = photo.description.as_deref();
            format!(
                "<p><img src=\"{}\" alt=\"{}\"></p>",
                Text(&photo.path),
                Text(description.unwrap_or("Photo that came with the request")),
            )
        })
        .collect();
    // Only our own photos are loaded: loading one from another site would tell that site that the
    // clerk looked at the request.
    let url = field(request, "media_url");
    if !url.starts_with("/media/") {
        list.push_str(&format!("<p class=\"quiet\">{}</p>", Text(&url)));
    }
    list
}

fn history_entry(app: &AppState, update: &Update) -> String {
    let row = &update.row;
    let status = match (row.update_type, row.status.as_str()) {
        (Some(update_type), _) => update_type.name().to_owned(),
        (None, "open") => "received".to_owned(),
        (None, "internal_referral") => "handed over".to_owned(),
        (None, "no_further_action") => "refused".to_owned(),
        (None, "not_councils_responsibility") => "not ours".to_owned(),
        (None, "unable_to_fix") => "nothing found".to_owned(),
        (None, other) => other.replace('_', " "),
    };
    let author = match update.author() {
        Author::City => "",
        Author::Resident => " · the resident",
        Author::Other => " · another person",
    };
    let agency = row.agency_responsible.as_ref();
    let agency = agency.map_or_else(String::new, |agency| format!(" · to {agency}"));
    let expected = row.expected_datetime.as_deref().and_then(clock::parse);
    let expected = expected.map_or_else(String::new, |at| {
        format!(" · new date {}", app.zone.format_readable(at))
    });
    format!(
        "<li><b>{}</b><br>{}<br><span class=\"quiet\">{}{author}{}{}</span></li>",
        Text(&status),
        Text(&row.description),
        Text(&app.zone.format_readable(update.at)),
        Text(&agency),
        Text(&expected),
    )
}
