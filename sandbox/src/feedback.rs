//! `POST /feedback`: whether a step of a guide was clear, and how satisfied a resident is with a closed
//! request. Each subject has a list of fields; anything else that was sent is not stored.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::response::Response;
use serde_json::{Map, Value, json};

use crate::clock;
use crate::form::Form;
use crate::response::{ApiError, Format, Payload, respond};
use crate::state::AppState;
use crate::store;

const MAX_NAME_CHARS: usize = 200;
const MAX_TEXT_CHARS: usize = 1000;

struct Field {
    name: &'static str,
    is_required: bool,
    content: Content,
}

/// What a field may contain.
enum Content {
    /// The id of a guide or a step, a key.
    Name,
    /// The code of a service, as the endpoint names it.
    Service,
    OneOf(&'static [&'static str]),
    Text,
    /// A BCP 47 tag.
    Language,
}

const fn required(name: &'static str, content: Content) -> Field {
    Field {
        name,
        is_required: true,
        content,
    }
}

const fn optional(name: &'static str, content: Content) -> Field {
    Field {
        name,
        is_required: false,
        content,
    }
}

const YES_OR_NO: Content = Content::OneOf(&["yes", "no"]);

/// What feedback can be about.
const SUBJECTS: [(&str, &[Field]); 2] = [
    (
        "step",
        &[
            required("guide", Content::Name),
            required("step", Content::Name),
            required("clear", YES_OR_NO),
            optional("text", Content::Text),
            required("language", Content::Language),
        ],
    ),
    (
        "request",
        &[
            required("service_code", Content::Service),
            required("solved", YES_OR_NO),
            optional("score", Content::OneOf(&["1", "2", "3", "4", "5"])),
            optional("matters", Content::Text),
            optional("text", Content::Text),
            required("language", Content::Language),
        ],
    ),
];

/// Chosen by the client; feedback with the same key is stored once.
const KEY: Field = required("id", Content::Name);

pub(crate) async fn handle(State(app): State<Arc<AppState>>, request: Request) -> Response {
    respond(save(&app, request).await, Format::Json)
}

async fn save(app: &AppState, request: Request) -> Result<Payload, ApiError> {
    let form = Form::from_request(request).await?;
    let feedback = read(app, &form).map_err(ApiError::invalid)?;
    let is_new = app.store.run(|tx| {
        // Proves that the request was sent by the same person, and is not stored: nothing is known about the sender.
        if feedback.about == "request" && app.dialect.is_none() {
            let is_proven = match form.get("receipt") {
                Some(receipt) => store::requests::is_secret(tx, receipt)?,
                None => false,
            };
            if !is_proven {
                let message = "receipt was not provided, or is not the one of any request";
                return Err(ApiError::new(StatusCode::FORBIDDEN, message));
            }
        }
        let now = clock::now();
        let Feedback { key, about, row } = &feedback;
        Ok(store::feedback::insert(tx, key, now, about, row)?)
    })?;
    let receipt = json!({ "id": feedback.key });
    Ok(if is_new {
        Payload::created("feedback", receipt)
    } else {
        Payload::new("feedback", receipt)
    })
}

/// What was sent, validated.
struct Feedback<'a> {
    key: &'a str,
    about: &'static str,
    row: Value,
}

fn read<'a>(app: &AppState, form: &'a Form) -> Result<Feedback<'a>, Vec<String>> {
    let mut errors = Vec::new();
    let key = KEY.read(form, &mut errors);
    let subject = match form.get("about") {
        None => {
            errors.push("about was not provided".to_owned());
            None
        }
        Some(about) => {
            let subject = SUBJECTS.iter().find(|(name, _)| *name == about);
            if subject.is_none() {
                errors.push(unknown("about", about, &SUBJECTS.map(|(name, _)| name)));
            }
            subject
        }
    };
    let mut row = Map::new();
    for field in subject.into_iter().flat_map(|(_, fields)| *fields) {
        if let Some(value) = field.read(form, &mut errors) {
            let value = match field.content {
                Content::Service => json!(app.internal_code(value)),
                _ => json!(value),
            };
            row.insert(field.name.to_owned(), value);
        }
    }
    match (key, subject) {
        (Some(key), Some((about, _))) if errors.is_empty() => Ok(Feedback {
            key,
            about,
            row: Value::Object(row),
        }),
        _ => Err(errors),
    }
}

impl Field {
    fn read<'a>(&self, form: &'a Form, errors: &mut Vec<String>) -> Option<&'a str> {
        let name = self.name;
        let Some(value) = form.get(name) else {
            if self.is_required {
                errors.push(format!("{name} was not provided"));
            }
            return None;
        };
        let max = match self.content {
            Content::Text => MAX_TEXT_CHARS,
            _ => MAX_NAME_CHARS,
        };
        let length = value.chars().count();
        if length > max {
            errors.push(format!(
                "{name} has {length} characters, at most {max} are kept"
            ));
            return None;
        }
        match self.content {
            Content::OneOf(values) if !values.contains(&value) => {
                errors.push(unknown(name, value, values));
            }
            Content::Language if !is_language_tag(value) => {
                errors.push(format!(
                    "{name} {value} is not a language tag such as es-MX"
                ));
            }
            _ => return Some(value),
        }
        None
    }
}

fn unknown(name: &str, value: &str, known: &[&str]) -> String {
    format!("{name} {value} is not known: use {}", known.join(", "))
}

/// Whether the tag is well-formed; it may name a language that does not exist.
fn is_language_tag(tag: &str) -> bool {
    let mut subtags = tag.split('-');
    let is_subtag = |subtag: &str| {
        (1..=8).contains(&subtag.len()) && subtag.bytes().all(|c| c.is_ascii_alphanumeric())
    };
    let is_language =
        |subtag: &str| subtag.len() > 1 && subtag.bytes().all(|c| c.is_ascii_alphabetic());
    subtags
        .next()
        .is_some_and(|first| is_subtag(first) && is_language(first))
        && subtags.all(is_subtag)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn language_tags_are_recognized_by_their_form() {
        for tag in ["en", "es-MX", "zh-Hant-TW", "vi-t-en", "es-419", "haw"] {
            assert!(is_language_tag(tag), "{tag}");
        }
        for other in ["e", "en_US", "en-", "-en", "englishes", "12", "e n", "ñu"] {
            assert!(!is_language_tag(other), "{other}");
        }
    }
}
