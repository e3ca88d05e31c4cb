//! How satisfied residents are with closed requests: a section of the feedback page, and all answers as
//! CSV.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::Arc;

use axum::body::Body;
use axum::extract::State;
use axum::http::header::{
    CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE, X_CONTENT_TYPE_OPTIONS,
};
use axum::response::{IntoResponse as _, Response};
use rusqlite::Transaction;

use super::http::html;
use super::page::Text;
use crate::localized::Localized;
use crate::response::ApiError;
use crate::satisfaction::CHANNEL;
use crate::state::AppState;
use crate::store::satisfaction::{self, Group};
use crate::store::services;

/// How many of the things that matter most are listed for a service.
const MAX_MATTERS: usize = 4;

/// Names of services by their codes.
type Names = BTreeMap<String, String>;

/// The section of the page; empty without any answer.
pub(super) fn section(app: &AppState, tx: &Transaction) -> Result<String, ApiError> {
    let groups = satisfaction::groups(tx)?;
    if groups.is_empty() {
        return Ok(String::new());
    }
    let names = names(tx)?;
    let mut matters = matters(app, satisfaction::matters(tx)?);
    let mut tables = table("All services", &by_language(&groups));
    for of_service in groups.chunk_by(|one, next| one.service_code == next.service_code) {
        let code = of_service.first().map_or("", |group| &group.service_code);
        tables.push_str(&table(
            names.get(code).map_or(code, |name| name),
            of_service,
        ));
        tables.push_str(&most(matters.remove(code).unwrap_or_default()));
    }
    Ok(format!(
        "<h2>How requests went</h2>\
         <p class=\"links\"><a href=\"/clerk/feedback.csv\">All answers as CSV</a></p>{tables}"
    ))
}

fn names(tx: &Transaction) -> rusqlite::Result<Names> {
    let services = services::all(tx)?.into_iter();
    let names = services.map(|service| (service.code().to_owned(), service.name().to_owned()));
    Ok(names.collect())
}

fn by_language(groups: &[Group]) -> Vec<Group> {
    let mut languages: BTreeMap<&str, Group> = BTreeMap::new();
    for group in groups {
        let sum = languages.entry(&group.language).or_insert_with(|| Group {
            language: group.language.clone(),
            ..Group::default()
        });
        sum.add(group);
    }
    languages.into_values().collect()
}

/// A row for each language, and one for all if there are several.
fn table(caption: &str, groups: &[Group]) -> String {
    let mut rows: String = groups
        .iter()
        .map(|group| row(&group.language, group))
        .collect();
    if groups.len() > 1 {
        let mut all = Group::default();
        groups.iter().for_each(|group| all.add(group));
        rows.push_str(&row("All", &all));
    }
    format!(
        "<div class=\"wide\"><table><caption>{}</caption><thead><tr><th scope=\"col\">Language</th>\
         <th scope=\"col\">Answers</th><th scope=\"col\">Solved</th><th scope=\"col\">Not solved</th>\
         <th scope=\"col\">Mean score</th></tr></thead><tbody>{rows}</tbody></table></div>",
        Text(caption)
    )
}

fn row(language: &str, group: &Group) -> String {
    let mean = group.score_mean();
    format!(
        "<tr><th scope=\"row\">{}</th><td>{}</td><td>{}</td><td>{}</td><td>{}</td></tr>",
        Text(language),
        group.count,
        group.solved,
        group.count - group.solved,
        mean.map_or_else(|| "none".to_owned(), |mean| format!("{mean:.1}")),
    )
}

/// What matters, by service: how many said so. A choice of the city's config is counted once, in
/// whatever language it was chosen.
fn matters(
    app: &AppState,
    rows: Vec<(String, String, i64)>,
) -> BTreeMap<String, BTreeMap<String, i64>> {
    let choices = app.city.rating_choices();
    let in_english = |text: String| {
        let choice = choices.iter().find(|choice| choice.contains(&text));
        choice
            .and_then(Localized::english)
            .map_or(text, str::to_owned)
    };
    let mut matters: BTreeMap<String, BTreeMap<String, i64>> = BTreeMap::new();
    for (code, text, count) in rows {
        let of_service = matters.entry(code).or_default();
        *of_service.entry(in_english(text)).or_default() += count;
    }
    matters
}

fn most(counts: BTreeMap<String, i64>) -> String {
    let mut counts: Vec<(String, i64)> = counts.into_iter().collect();
    counts.sort_by_key(|(_, count)| -count);
    let items: String = counts
        .iter()
        .take(MAX_MATTERS)
        .map(|(text, count)| format!("<li dir=\"auto\">{} ({count})</li>", Text(text)))
        .collect();
    match items.as_str() {
        "" => items,
        items => format!("<p>What matters most:</p><ul>{items}</ul>"),
    }
}

pub(super) async fn csv(State(app): State<Arc<AppState>>) -> Response {
    let text = app.store.run(|tx| Ok(write(&app, tx)?));
    let text = match text {
        Ok(text) => text,
        Err(error) => return html(Err(error)),
    };
    let headers = [
        (CONTENT_TYPE, "text/csv; charset=utf-8"),
        (CONTENT_DISPOSITION, "attachment; filename=\"feedback.csv\""),
        (X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (CACHE_CONTROL, "no-store"),
    ];
    (headers, Body::from(text)).into_response()
}

fn write(app: &AppState, tx: &Transaction) -> rusqlite::Result<String> {
    let names = names(tx)?;
    let mut lines =
        "day,service_code,service_name,language,channel,solved,score,matters,text\r\n".to_owned();
    for (at, row) in satisfaction::answers(tx)? {
        let day = app.zone.local(at).date().to_string();
        let fields: [&str; 9] = [
            &day,
            &row.service_code,
            names.get(&row.service_code).map_or("", String::as_str),
            &row.language,
            CHANNEL,
            &row.solved,
            &row.score,
            &row.matters,
            &row.text,
        ];
        let cells = fields.map(cell);
        // Writing to a string cannot fail.
        let _ = write!(lines, "{}\r\n", cells.join(","));
    }
    Ok(lines)
}

/// Quoted if necessary. A text that a spreadsheet would run as a formula gets an apostrophe in front.
fn cell(field: &str) -> String {
    let is_formula = field.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let field = if is_formula {
        format!("'{field}")
    } else {
        field.to_owned()
    };
    if field.contains([',', '"', '\n', '\r']) {
        format!("\"{}\"", field.replace('"', "\"\""))
    } else {
        field
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_stays_one_cell_and_is_never_a_formula() {
        for (field, written) in [
            ("plain", "plain"),
            ("a,b", "\"a,b\""),
            ("say \"yes\"", "\"say \"\"yes\"\"\""),
            ("two\nlines", "\"two\nlines\""),
            ("=1+1", "'=1+1"),
            ("-5, @home", "\"'-5, @home\""),
            ("", ""),
        ] {
            assert_eq!(cell(field), written);
        }
    }
}
