//! What is sent of a draft: each answer under its GeoReport name, and in plain words what the
//! endpoint has no field for. And what a request in the city's list has to look like to be the
//! one that was sent. Knows no browser.

use super::answer::{Answer, Date, date, number, w3c};
use super::draft::Draft;
use super::prefill::LINKED;
use super::question::{Kind, Question};
use super::setting::Setting;
use crate::i18n::{Words, k};
use crate::report::place::metres;
use open311::{Moment, ServiceRequest, form};

/// What a request is made of, beside the draft.
pub struct Frame<'a> {
    /// The service's code.
    pub service: &'a str,
    /// The questions that are asked.
    pub asked: &'a [Question],
    /// What the city decides.
    pub setting: &'a Setting,
    /// The interface's words.
    pub words: &'a Words,
    /// The minutes that a date's zone is ahead of UTC.
    pub offset: &'a dyn Fn(Date) -> i32,
}

/// What is sent.
pub fn post(draft: &Draft, frame: &Frame) -> form::Post {
    let is_asked = |name: &str| frame.asked.iter().any(|question| question.name == name);
    let standard = |name: &str| match is_asked(name) {
        true => draft.text(name).to_owned(),
        false => String::new(),
    };
    let in_post = frame.setting.contact.in_post;
    let field = |name: &str| match in_post {
        true => standard(name),
        false => String::new(),
    };
    form::Post {
        service_code: frame.service.to_owned(),
        location: draft.place.as_ref().map(|place| place.location),
        address_string: joined(
            &[draft.text("address_string"), draft.text("landmark")],
            ". ",
        ),
        description: description(draft, frame),
        first_name: standard("first_name"),
        last_name: standard("last_name"),
        phone: standard("phone"),
        email: standard("email"),
        preferred_contact: field("preferred_contact"),
        postal_address: field("postal_address"),
        media_url: draft
            .photos
            .iter()
            .find_map(|photo| photo.url.clone())
            .unwrap_or_default(),
        linked_request_id: draft.text(LINKED).to_owned(),
        attributes: frame
            .asked
            .iter()
            .filter_map(|question| attribute(draft, question, frame.offset))
            .collect(),
        ..form::Post::default()
    }
}

fn attribute(
    draft: &Draft,
    question: &Question,
    offset: &dyn Fn(Date) -> i32,
) -> Option<form::Answer> {
    let code = question.code()?;
    let answer = draft
        .answer(&question.name)
        .filter(|answer| !answer.is_blank())?;
    let is_offered = |key: &String| question.choices().iter().any(|choice| choice.key == *key);
    let value = match (&question.kind, answer) {
        // What is no longer offered was answered when other things were.
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
    Some(form::Answer {
        code: code.to_owned(),
        value,
    })
}

/// The resident's words, and a line for each thing that has no field of its own.
fn description(draft: &Draft, frame: &Frame) -> String {
    let mut lines = vec![draft.text("description").to_owned()];
    if !frame.setting.photos.in_post {
        for (index, photo) in draft.photos.iter().enumerate() {
            let words = photo.description.trim();
            if !words.is_empty() {
                let number = (index + 1).to_string();
                let values = [("number", number.as_str()), ("words", words)];
                lines.push(frame.words.with(k::PHOTO_IN_WORDS, &values));
            }
        }
    }
    if !frame.setting.contact.in_post {
        let chosen = draft.text("preferred_contact");
        let asked = frame.asked.iter().find(|q| q.name == "preferred_contact");
        let way = asked.and_then(|asked| asked.choices().iter().find(|way| way.key == chosen));
        if let Some(way) = way {
            lines.push(frame.words.with(k::WAY_IN_WORDS, &[("way", &way.name)]));
        }
    }
    let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
    joined(&lines, "\n")
}

fn joined(parts: &[&str], between: &str) -> String {
    let parts: Vec<&str> = parts
        .iter()
        .copied()
        .filter(|part| !part.is_empty())
        .collect();
    parts.join(between)
}

/// Clocks differ, and a city may note the minute at which it looked.
const CLOCKS_DIFFER: i64 = 10 * 60_000;
/// A point is rounded on its way through a city's systems.
const SAME_POINT: f64 = 30.0;

/// Which of the city's requests is the one that was sent at `sent` (Unix milliseconds): the same
/// service, the same words, the same place, not older. None if none is, or if what was sent says
/// too little to tell.
pub fn find_own<'a>(
    rows: &'a [ServiceRequest],
    sent: &form::Post,
    at: u64,
) -> Option<&'a ServiceRequest> {
    let fits = |row: &&ServiceRequest| {
        let is_same_service = row
            .service_code
            .as_deref()
            .is_none_or(|code| code == sent.service_code);
        let words = plain(row.description.as_deref().unwrap_or_default());
        let has_same_words = !sent.description.is_empty() && words == plain(&sent.description);
        let has_other_words = !sent.description.is_empty() && !words.is_empty() && !has_same_words;
        let has_same_place = match (row.location, sent.location) {
            (Some(there), Some(here)) => metres(there, here) < SAME_POINT,
            _ => {
                let address = plain(row.address.as_deref().unwrap_or_default());
                !address.is_empty() && address == plain(&sent.address_string)
            }
        };
        let moment = row.requested.as_ref().and_then(Moment::unix_milliseconds);
        let is_not_older = moment.is_some_and(|moment| moment >= at as i64 - CLOCKS_DIFFER);
        row.id.is_some() && is_same_service && is_not_older && has_same_place && !has_other_words
    };
    rows.iter().find(fits)
}

/// Text without the differences that a city's systems make: white space and line ends.
fn plain(text: &str) -> String {
    let text = open311::plain_text(text);
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
