//! Prefills a draft with what a guide or an earlier request passes to a form.
//!
//! A prefill is a JSON object of strings and arrays, by attribute code or field name, with `address`, `lat` and
//! `long` for the location. The resident's own answers are never overwritten. Where a prefill is kept is up to
//! the caller.

use super::answer::{Answer, DateParts};
use super::draft::Draft;
use super::location::{Pin, PinOrigin};
use super::question::{Kind, Question};
use super::questionnaire::Questionnaire;
use json::Value;
use open311::Location;

/// The field for the number of the request that a new one follows up on, if the endpoint accepts it
/// (`Extension::LinkedRequest`).
pub const LINKED_REQUEST: &str = "linked_request_id";

/// Applies a prefill (JSON text) to a draft. Returns true if the draft changed.
pub fn apply(prefill: &str, questionnaire: &Questionnaire, draft: &mut Draft) -> bool {
    let prefill = json::parse(prefill).unwrap_or_default();
    let mut has_changed = false;
    let is_new = draft.is_blank();
    if is_new && let Some(location) = Location::read(&prefill) {
        draft.pin = Some(Pin {
            location,
            origin: PinOrigin::Address,
        });
        has_changed = true;
    }
    for (code, value) in prefill.fields() {
        // A draft that was started earlier is about something else.
        if is_new && code == LINKED_REQUEST {
            let id = value.text().unwrap_or_default();
            draft.set(code, Answer::One(id.to_owned()));
            has_changed = true;
        }
        let name = match code.as_str() {
            "address" => "address_string",
            code => code,
        };
        let mut questions = questionnaire.questions().map(|(_, question)| question);
        let question = questions.find(|known| known.code() == Some(code) || known.name == name);
        let Some(question) = question.map(|question| questionnaire.resolve(question, draft)) else {
            continue;
        };
        let is_free = draft.answer(&question.name).is_none_or(Answer::is_blank);
        if let (true, Some(answer)) = (is_free, answer(&question, value)) {
            draft.set(&question.name, answer);
            has_changed = true;
        }
    }
    has_changed
}

/// Converts a value to an answer to the question; `None` if the question does not accept it.
fn answer(question: &Question, value: &Value) -> Option<Answer> {
    let keys: Vec<String> = match value {
        Value::List(items) => items
            .iter()
            .filter_map(Value::text)
            .map(str::to_owned)
            .collect(),
        value => vec![value.text()?.to_owned()],
    };
    let is_choice = |key: &String| question.choices().iter().any(|choice| choice.key == *key);
    let first = keys.first()?.clone();
    match question.kind {
        Kind::One(_) => is_choice(&first).then_some(Answer::One(first)),
        Kind::Many(_) => keys.iter().all(is_choice).then_some(Answer::Many(keys)),
        Kind::Date => {
            let mut parts = first.splitn(3, '-').map(str::to_owned);
            let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
            Some(Answer::Date(DateParts {
                day,
                month,
                year,
                time: String::new(),
            }))
        }
        _ => Some(Answer::One(first)),
    }
}
