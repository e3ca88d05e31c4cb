//! A request that is being written: the answers so far, the location, and the photos.
//!
//! It does not know which questions the form asks (see [`super::questionnaire`]) or what is sent (see
//! [`super::submission`]).

use super::answer::{Answer, DateParts, number};
use super::location::Pin;
use super::photo::Photo;
use crate::ids::DraftKey;
use crate::storage::Saved;
use crate::time::UnixMs;
use json::Value;

/// The answers to a service's form.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Draft {
    /// Identifies the draft on the device. Endpoints with the extension `idempotency` create at most one request
    /// for it, however often it arrives.
    pub key: DraftKey,
    answers: Vec<(String, Answer)>,
    /// The point on the map.
    pub pin: Option<Pin>,
    /// The photos, in the order in which they are sent.
    pub photos: Vec<Photo>,
    /// When it was last changed; 0 (1970) if it never was.
    pub changed_at: UnixMs,
    /// The form's fingerprint when the draft was started (`Questionnaire::fingerprint`).
    pub fingerprint: String,
    /// The ids of the notices that the resident dismissed.
    pub dismissed: Vec<String>,
    /// True if the resident wants their contact details remembered for the next request.
    pub remembers_contact: bool,
}

impl Draft {
    /// An empty draft.
    pub fn new(key: DraftKey) -> Self {
        Self {
            key,
            ..Self::default()
        }
    }

    /// The answer to the question with this name.
    pub fn answer(&self, name: &str) -> Option<&Answer> {
        self.answers
            .iter()
            .find(|(known, _)| known == name)
            .map(|(_, answer)| answer)
    }

    /// The answer to a question as trimmed text; empty if there is none, or if it is not a text.
    pub fn text(&self, name: &str) -> &str {
        match self.answer(name) {
            Some(Answer::One(text)) => text.trim(),
            _ => "",
        }
    }

    /// The values of an answer as conditions compare them. A number is included as typed and as it is sent.
    pub fn answers(&self, name: &str) -> Vec<String> {
        match self.answer(name) {
            Some(Answer::One(text)) if !text.trim().is_empty() => {
                let text = text.trim().to_owned();
                let as_number = number(&text).filter(|number| *number != text);
                [Some(text), as_number].into_iter().flatten().collect()
            }
            Some(Answer::Many(keys)) => keys.clone(),
            _ => Vec::new(),
        }
    }

    /// Sets the answer to the question with this name.
    pub fn set(&mut self, name: &str, answer: Answer) {
        match self.answers.iter_mut().find(|(known, _)| known == name) {
            Some((_, old)) => *old = answer,
            None => self.answers.push((name.to_owned(), answer)),
        }
    }

    /// Removes the answers to the questions whose names match.
    pub fn remove(&mut self, matches: impl Fn(&str) -> bool) {
        self.answers.retain(|(name, _)| !matches(name));
    }

    /// The answers that are not blank, to the questions whose names match.
    pub fn answers_where(&self, matches: impl Fn(&str) -> bool) -> Vec<(String, Answer)> {
        let mut found = self.answers.clone();
        found.retain(|(name, answer)| matches(name) && !answer.is_blank());
        found
    }

    /// True if nothing has been answered, located or attached.
    pub fn is_blank(&self) -> bool {
        self.pin.is_none()
            && self.photos.is_empty()
            && self.answers.iter().all(|(_, answer)| answer.is_blank())
    }

    /// True if the pin is too inaccurate for a crew to find the location without a landmark.
    pub fn needs_landmark(&self) -> bool {
        self.pin.as_ref().is_some_and(Pin::is_vague)
    }

    /// The maximum number of characters that sending adds to the description.
    pub fn added_to_description(&self) -> usize {
        /// Allowance for the text around each added line, in characters. Too small, and a description can exceed
        /// its limit when it is sent. Sensible: 30 to 100.
        const FRAME: usize = 40;
        let photos = self.photos.iter().map(|photo| photo.description.trim());
        let photos = photos.filter(|text| !text.is_empty());
        let contact = usize::from(!self.text("preferred_contact").is_empty());
        photos
            .map(|text| text.chars().count() + FRAME)
            .sum::<usize>()
            + contact * FRAME
    }
}

impl Saved for Draft {
    fn to_json(&self) -> Value {
        let mut fields = vec![
            ("key", Value::from(&*self.key)),
            ("answers", answers_to_json(&self.answers)),
        ];
        if let Some(pin) = &self.pin {
            fields.push(("place", pin.to_json()));
        }
        if !self.photos.is_empty() {
            let photos: Vec<Value> = self.photos.iter().map(Photo::to_json).collect();
            fields.push(("photos", photos.into()));
        }
        fields.push(("changed", self.changed_at.0.into()));
        fields.push(("print", self.fingerprint.as_str().into()));
        if !self.dismissed.is_empty() {
            fields.push(("passed", Value::texts(&self.dismissed)));
        }
        if self.remembers_contact {
            fields.push(("remembers_contact", true.into()));
        }
        Value::object(fields)
    }

    fn from_json(value: &Value) -> Option<Self> {
        let dismissed = value.items_of("passed").iter();
        Some(Self {
            key: value.string_of("key")?.into(),
            answers: answers_from_json(value.get("answers")?)?,
            pin: value.get("place").and_then(Pin::from_json),
            photos: value
                .items_of("photos")
                .iter()
                .filter_map(Photo::from_json)
                .collect(),
            changed_at: UnixMs(value.i64_of("changed").unwrap_or_default()),
            fingerprint: value.string_of("print").unwrap_or_default(),
            dismissed: dismissed.filter_map(Value::string).collect(),
            remembers_contact: value.get("remembers_contact").is_some(),
        })
    }
}

/// Encodes answers to be saved, by the names of their questions.
pub fn answers_to_json(answers: &[(String, Answer)]) -> Value {
    let answers = answers.iter().map(|(name, answer)| {
        let value = match answer {
            Answer::One(text) => text.as_str().into(),
            Answer::Many(keys) => Value::texts(keys),
            Answer::Date(parts) => Value::object(vec![
                ("day", parts.day.as_str().into()),
                ("month", parts.month.as_str().into()),
                ("year", parts.year.as_str().into()),
                ("time", parts.time.as_str().into()),
            ]),
        };
        (name.clone(), value)
    });
    Value::Map(answers.collect())
}

/// Decodes answers that were saved; `None` if the value is not an object.
pub fn answers_from_json(value: &Value) -> Option<Vec<(String, Answer)>> {
    let Value::Map(saved) = value else {
        return None;
    };
    let answers = saved.iter().filter_map(|(name, value)| {
        let answer = match value {
            Value::Text(text) => Answer::One(text.clone()),
            Value::List(keys) => Answer::Many(keys.iter().filter_map(Value::string).collect()),
            Value::Map(_) => {
                let part = |name| value.string_of(name).unwrap_or_default();
                Answer::Date(DateParts {
                    day: part("day"),
                    month: part("month"),
                    year: part("year"),
                    time: part("time"),
                })
            }
            _ => return None,
        };
        Some((name.clone(), answer))
    });
    Some(answers.collect())
}
