//! Builds the POST of a draft (GeoReport v2, POST Service Request).
//!
//! Each answer is sent under its GeoReport name; what the endpoint has no field for is added to the description
//! as text. Sending, retrying and idempotency keys are up to the caller.

use super::answer::{Answer, Date, date, number, w3c};
use super::config::RequestConfig;
use super::draft::Draft;
use super::prefill::LINKED_REQUEST;
use super::question::{Kind, Question};
use crate::i18n::{Catalog, k};
use open311::form;

/// What a POST is built from besides the draft.
pub struct PostContext<'a> {
    /// The service's code.
    pub service: &'a str,
    /// The questions that are asked, resolved (`Questionnaire::active_questions`).
    pub questions: &'a [Question],
    /// The city's config for request forms.
    pub config: &'a RequestConfig,
    /// The interface's texts.
    pub catalog: &'a Catalog,
    /// How far the device's time zone is ahead of UTC on a date, in minutes.
    pub offset: &'a dyn Fn(Date) -> i32,
}

/// Builds the POST, except for the fields that the endpoint itself needs (jurisdiction, API key).
pub fn build_post(draft: &Draft, context: &PostContext) -> form::Post {
    let is_active = |name: &str| {
        context
            .questions
            .iter()
            .any(|question| question.name == name)
    };
    let standard = |name: &str| {
        if is_active(name) {
            draft.text(name).to_owned()
        } else {
            String::new()
        }
    };
    let in_post = context.config.contact.in_post;
    let extension = |name: &str| {
        if in_post {
            standard(name)
        } else {
            String::new()
        }
    };
    form::Post {
        service_code: context.service.to_owned(),
        location: draft.pin.as_ref().map(|pin| pin.location),
        address_string: joined(
            &[draft.text("address_string"), draft.text("landmark")],
            ". ",
        ),
        description: description(draft, context),
        first_name: standard("first_name"),
        last_name: standard("last_name"),
        phone: standard("phone"),
        email: standard("email"),
        preferred_contact: extension("preferred_contact"),
        postal_address: extension("postal_address"),
        media_url: draft
            .photos
            .iter()
            .find_map(|photo| photo.url.clone())
            .unwrap_or_default(),
        linked_request_id: draft.text(LINKED_REQUEST).to_owned(),
        attributes: context
            .questions
            .iter()
            .filter_map(|question| attribute(draft, question, context.offset))
            .collect(),
        ..form::Post::default()
    }
}

fn attribute(
    draft: &Draft,
    question: &Question,
    offset: &dyn Fn(Date) -> i32,
) -> Option<form::AttributeAnswer> {
    let code = question.code()?;
    let answer = draft
        .answer(&question.name)
        .filter(|answer| !answer.is_blank())?;
    let is_offered = |key: &String| question.choices().iter().any(|choice| choice.key == *key);
    let value = match (&question.kind, answer) {
        // The values may have been chosen when other values were offered.
        (Kind::Many(_), Answer::Many(keys)) => {
            let keys: Vec<String> = keys.iter().filter(|key| is_offered(key)).cloned().collect();
            form::AnswerValue::Many(keys)
        }
        (Kind::One(_), Answer::One(key)) if is_offered(key) => form::AnswerValue::One(key.clone()),
        (Kind::One(_) | Kind::Many(_), _) => return None,
        (Kind::Number, Answer::One(text)) => form::AnswerValue::One(number(text)?),
        (_, Answer::One(text)) => form::AnswerValue::One(text.trim().to_owned()),
        (_, Answer::Many(keys)) => form::AnswerValue::Many(keys.clone()),
        (_, Answer::Date(parts)) => {
            let date = date(parts).ok()?;
            form::AnswerValue::One(w3c(date, offset(date)))
        }
    };
    Some(form::AttributeAnswer {
        code: code.to_owned(),
        value,
    })
}

/// The resident's description, with a line for each thing that the endpoint has no field for.
fn description(draft: &Draft, context: &PostContext) -> String {
    let mut lines = vec![draft.text("description").to_owned()];
    if !context.config.photos.in_post {
        for (index, photo) in draft.photos.iter().enumerate() {
            let text = photo.description.trim();
            if !text.is_empty() {
                let number = (index + 1).to_string();
                let values = [("number", number.as_str()), ("words", text)];
                lines.push(context.catalog.with(k::PHOTO_IN_WORDS, &values));
            }
        }
    }
    if !context.config.contact.in_post {
        let chosen = draft.text("preferred_contact");
        let question = context
            .questions
            .iter()
            .find(|question| question.name == "preferred_contact");
        let choices = question.map(Question::choices).unwrap_or_default();
        let way = choices.iter().find(|way| way.key == chosen);
        if let Some(way) = way {
            lines.push(context.catalog.with(k::WAY_IN_WORDS, &[("way", &way.name)]));
        }
    }
    let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
    joined(&lines, "\n")
}

/// Joins the parts that are not empty.
fn joined(parts: &[&str], separator: &str) -> String {
    let parts: Vec<&str> = parts
        .iter()
        .copied()
        .filter(|part| !part.is_empty())
        .collect();
    parts.join(separator)
}
