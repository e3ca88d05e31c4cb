//! How residents found their requests went, on the page of feedback, and each answer as a table file.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::Arc;

use axum::body::Body;
use axum::extract::State;
use axum::http::Response;
use axum::http::header::{
    CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE, HeaderValue, X_CONTENT_TYPE_OPTIONS,
};
use rusqlite::Transaction;
use serde_json::Value;

use super::http::html;
use super::page::Text;
use crate::answer::Failure;
use crate::satisfaction::CHANNEL;
use crate::state::AppState;
use crate::store::satisfaction::{self, Group};
use crate::store::services;

/// What is told of what matters most, for one service.
const MOST_MATTERS: usize = 4;

/// Names of services by their codes.
type Names = BTreeMap<String, String>;

/// The section of the page; empty when nobody has said anything.
pub(super) fn section(app: &AppState, tx: &Transaction) -> Result<String, Failure> {
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
    let services = services::all(tx)?;
    let name = |service: &services::Service| {
        let text = |field: &str| service.text(field).to_owned();
        (text("service_code"), text("service_name"))
    };
    Ok(services.iter().map(name).collect())
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

/// A row for each language, and one for all where there are several.
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

/// What matters, by service: how many chose it. A choice of the city's list counts as one, in whatever
/// language it was read.
fn matters(
    app: &AppState,
    said: Vec<(String, String, i64)>,
) -> BTreeMap<String, BTreeMap<String, i64>> {
    let config: Value = app
        .city
        .config()
        .and_then(|text| serde_json::from_str(&text).ok())
        .unwrap_or_default();
    let choices = config.pointer("/status/matters").and_then(Value::as_array);
    let in_english = |words: String| {
        let choice = choices.into_iter().flatten().find(|choice| {
            let mut each = choice
                .as_object()
                .into_iter()
                .flat_map(|names| names.values());
            each.any(|name| name.as_str() == Some(words.as_str()))
        });
        let english = choice
            .and_then(|choice| choice.get("en"))
            .and_then(Value::as_str);
        english.map(str::to_owned).unwrap_or(words)
    };
    let mut matters: BTreeMap<String, BTreeMap<String, i64>> = BTreeMap::new();
    for (code, words, count) in said {
        let of_service = matters.entry(code).or_default();
        *of_service.entry(in_english(words)).or_default() += count;
    }
    matters
}

fn most(counts: BTreeMap<String, i64>) -> String {
    let mut counts: Vec<(String, i64)> = counts.into_iter().collect();
    counts.sort_by_key(|(_, count)| -count);
    let items: String = counts
        .iter()
        .take(MOST_MATTERS)
        .map(|(words, count)| format!("<li dir=\"auto\">{} ({count})</li>", Text(words)))
        .collect();
    match items.as_str() {
        "" => items,
        items => format!("<p>What matters most:</p><ul>{items}</ul>"),
    }
}

pub(super) async fn csv(State(app): State<Arc<AppState>>) -> Response<Body> {
    let text = app.store.run(|tx| Ok(write(&app, tx)?));
    let text = match text {
        Ok(text) => text,
        Err(failure) => return html(Err(failure)),
    };
    let mut response = Response::new(Body::from(text));
    for (name, value) in [
        (CONTENT_TYPE, "text/csv; charset=utf-8"),
        (CONTENT_DISPOSITION, "attachment; filename=\"feedback.csv\""),
        (X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (CACHE_CONTROL, "no-store"),
    ] {
        let value = HeaderValue::from_static(value);
        response.headers_mut().insert(name, value);
    }
    response
}

fn write(app: &AppState, tx: &Transaction) -> rusqlite::Result<String> {
    let names = names(tx)?;
    let mut lines =
        "day,service_code,service_name,language,channel,solved,score,matters,text\r\n".to_owned();
    for (at, row) in satisfaction::answers(tx)? {
        let text = |name: &str| row.get(name).and_then(Value::as_str).unwrap_or_default();
        let code = text("service_code");
        let day = app.zone.local(at).date().to_string();
        let fields = [
            day.as_str(),
            code,
            names.get(code).map_or("", |name| name),
            text("language"),
            CHANNEL,
            text("solved"),
            text("score"),
            text("matters"),
            text("text"),
        ];
        let fields: Vec<String> = fields.iter().map(|field| cell(field)).collect();
        // Writing into a text cannot fail.
        let _ = write!(lines, "{}\r\n", fields.join(","));
    }
    Ok(lines)
}

/// In quotes where it has to be; what a spreadsheet would run as a formula becomes text.
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
    fn a_cell_stays_one_cell_and_is_never_a_formula() {
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
