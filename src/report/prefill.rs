//! What a guide has filled in before its form is opened. It stands in the form as if the resident had
//! answered; what they did answer stays.

use super::answer::{Answer, DateParts};
use super::draft::Draft;
use super::outline::Outline;
use super::place::{Origin, Place};
use super::question::{Kind, Question};
use open311::{Location, Value, json};

/// Under this name and the service's code a guide leaves answers for a form.
pub const PREFILL: &str = "prefill/";

/// Which request this one follows, where the endpoint has a field for it (`Extension::LinkedRequest`).
pub const LINKED: &str = "linked_request_id";

/// Puts what was left into the draft; false if nothing of it fits.
pub(super) fn apply(left: &str, outline: &Outline, draft: &mut Draft) -> bool {
    let left = json::parse(left).unwrap_or_default();
    let mut has_changed = false;
    let is_new = draft.is_blank();
    if is_new && let Some(location) = Location::read(&left) {
        draft.place = Some(Place {
            location,
            origin: Origin::Address,
        });
        has_changed = true;
    }
    for (code, value) in left.fields() {
        // A draft that was begun before is about something else.
        if is_new && code == LINKED {
            let id = value.text().unwrap_or_default();
            draft.set(code, Answer::One(id.to_owned()));
            has_changed = true;
        }
        let name = match code.as_str() {
            "address" => "address_string",
            code => code,
        };
        let mut questions = outline.questions().map(|(_, question)| question);
        let question = questions.find(|known| known.code() == Some(code) || known.name == name);
        let Some(question) = question.map(|question| outline.as_asked(question, draft)) else {
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

/// A value as an answer to a question; None if it does not fit.
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
