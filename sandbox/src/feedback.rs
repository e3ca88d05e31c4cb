//! Takes what residents say of the city's work: whether a guide's step was clear, and how a request went.
//! Each subject is a list of fields; what is in none of them is not kept.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{Response, StatusCode};
use serde_json::{Map, Value, json};

use crate::answer::{Answer, Failure, Format, respond};
use crate::clock;
use crate::form::Form;
use crate::state::AppState;
use crate::store;

const LONGEST_NAME: usize = 200;
const LONGEST_TEXT: usize = 1000;

struct Field {
    name: &'static str,
    is_needed: bool,
    holds: Holds,
}

/// What a field may hold.
enum Holds {
    /// A guide, a step, a key.
    Name,
    /// A service, as the endpoint calls it.
    Service,
    OneOf(&'static [&'static str]),
    Text,
    /// A BCP 47 tag.
    Language,
}

const fn needed(name: &'static str, holds: Holds) -> Field {
    Field {
        name,
        is_needed: true,
        holds,
    }
}

const fn optional(name: &'static str, holds: Holds) -> Field {
    Field {
        name,
        is_needed: false,
        holds,
    }
}

const YES_OR_NO: Holds = Holds::OneOf(&["yes", "no"]);

/// What can be spoken about.
const SUBJECTS: [(&str, &[Field]); 2] = [
    (
        "step",
        &[
            needed("guide", Holds::Name),
            needed("step", Holds::Name),
            needed("clear", YES_OR_NO),
            optional("text", Holds::Text),
            needed("language", Holds::Language),
        ],
    ),
    (
        "request",
        &[
            needed("service_code", Holds::Service),
            needed("solved", YES_OR_NO),
            optional("score", Holds::OneOf(&["1", "2", "3", "4", "5"])),
            optional("matters", Holds::Text),
            optional("text", Holds::Text),
            needed("language", Holds::Language),
        ],
    ),
];

/// The client's own name for what it sends, under which it counts once.
const KEY: Field = needed("id", Holds::Name);

pub(crate) async fn handle(State(app): State<Arc<AppState>>, request: Request) -> Response<Body> {
    respond(keep(&app, request).await, Format::Json)
}

async fn keep(app: &AppState, request: Request) -> Result<Answer, Failure> {
    let form = Form::from_request(request).await?;
    let said = read(app, &form).map_err(|messages| Failure {
        status: StatusCode::BAD_REQUEST,
        messages,
    })?;
    let is_new = app.store.run(|tx| {
        let now = clock::now();
        Ok(store::feedback::insert(
            tx, said.key, now, said.about, &said.row,
        )?)
    })?;
    let answer = json!({ "id": said.key });
    Ok(match is_new {
        true => Answer::created("feedback", answer),
        false => Answer::new("feedback", answer),
    })
}

/// What was sent, checked.
struct Said<'a> {
    key: &'a str,
    about: &'static str,
    row: Value,
}

fn read<'a>(app: &AppState, form: &'a Form) -> Result<Said<'a>, Vec<String>> {
    let mut problems = Vec::new();
    let key = KEY.read(form, &mut problems);
    let subject = match form.get("about") {
        None => {
            problems.push("about was not provided".to_owned());
            None
        }
        Some(about) => {
            let subject = SUBJECTS.iter().find(|(name, _)| *name == about);
            if subject.is_none() {
                problems.push(unknown("about", about, &SUBJECTS.map(|(name, _)| name)));
            }
            subject
        }
    };
    let mut row = Map::new();
    for field in subject.into_iter().flat_map(|(_, fields)| *fields) {
        if let Some(value) = field.read(form, &mut problems) {
            let value = match field.holds {
                Holds::Service => json!(app.own_code(value)),
                _ => json!(value),
            };
            row.insert(field.name.to_owned(), value);
        }
    }
    match (key, subject) {
        (Some(key), Some((about, _))) if problems.is_empty() => Ok(Said {
            key,
            about,
            row: Value::Object(row),
        }),
        _ => Err(problems),
    }
}

impl Field {
    fn read<'a>(&self, form: &'a Form, problems: &mut Vec<String>) -> Option<&'a str> {
        let name = self.name;
        let Some(value) = form.get(name) else {
            if self.is_needed {
                problems.push(format!("{name} was not provided"));
            }
            return None;
        };
        let most = match self.holds {
            Holds::Text => LONGEST_TEXT,
            _ => LONGEST_NAME,
        };
        let length = value.chars().count();
        if length > most {
            problems.push(format!(
                "{name} has {length} characters, at most {most} are kept"
            ));
            return None;
        }
        match self.holds {
            Holds::OneOf(words) if !words.contains(&value) => {
                problems.push(unknown(name, value, words));
            }
            Holds::Language if !is_language_tag(value) => {
                problems.push(format!(
                    "{name} {value} is not a language tag such as es-MX"
                ));
            }
            _ => return Some(value),
        }
        None
    }
}

fn unknown(name: &str, value: &str, words: &[&str]) -> String {
    format!("{name} {value} is not known: use {}", words.join(", "))
}

/// Whether it is well formed; which languages there are is not asked.
fn is_language_tag(tag: &str) -> bool {
    let mut parts = tag.split('-');
    let is_part = |part: &str| {
        (1..=8).contains(&part.len()) && part.bytes().all(|c| c.is_ascii_alphanumeric())
    };
    let is_language = |part: &str| part.len() > 1 && part.bytes().all(|c| c.is_ascii_alphabetic());
    parts
        .next()
        .is_some_and(|part| is_part(part) && is_language(part))
        && parts.all(is_part)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_language_tag_is_told_by_its_form() {
        for tag in ["en", "es-MX", "zh-Hant-TW", "vi-t-en", "es-419", "haw"] {
            assert!(is_language_tag(tag), "{tag}");
        }
        for other in ["e", "en_US", "en-", "-en", "englishes", "12", "e n", "ñu"] {
            assert!(!is_language_tag(other), "{other}");
        }
    }
}
