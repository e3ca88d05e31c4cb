//! What a guide, or a request that is still open, fills in before a form is opened: an object of texts and
//! lists, by the code of the attribute or the name of the field, with `address`, `lat` and `long` for the
//! place. What the resident answered is never overwritten.

use super::answer::{Answer, DateParts};
use super::draft::Draft;
use super::location::{Pin, PinOrigin};
use super::question::{Kind, Question};
use super::questionnaire::Questionnaire;
use json::Value;
use open311::Location;

/// The field for the request that a new one follows, where the endpoint has it (`Extension::LinkedRequest`).
pub const LINKED_REQUEST: &str = "linked_request_id";

/// Applies a prefill to a draft; false if nothing of it fits.
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
        // A draft that was begun earlier is about something else.
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

/// A value as the answer to a question; `None` if it does not fit.
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
