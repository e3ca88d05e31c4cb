//! A request that is being written: the answers so far, where it is, which pictures belong
//! to it, and how far sending it has come. How it is kept is the business of `keep`, what is
//! sent of `post`. Knows no browser.

use super::answer::{Answer, DateParts, number};
use super::photo::Photo;
use super::place::Place;
use open311::{Value, json};

/// The answers to a service's form.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Draft {
    /// One key for each draft: an endpoint that knows it makes one request of it, however often it arrives.
    pub key: String,
    answers: Vec<(String, Answer)>,
    /// The point on the map.
    pub place: Option<Place>,
    /// The pictures, in their order.
    pub photos: Vec<Photo>,
    /// When it was last changed, Unix milliseconds; 0 before anything was.
    pub changed: u64,
    /// What the form looked like when it was last changed (`Outline::print`).
    pub print: String,
    /// Names of notices that the resident has read and gone past.
    pub passed: Vec<String>,
    /// Whether what the resident says of themselves is to be remembered for the next request.
    pub remembers_contact: bool,
    /// When it was last sent without an answer, Unix milliseconds: it may have arrived.
    pub in_doubt: Option<u64>,
}

impl Draft {
    /// A draft with nothing in it.
    pub fn new(key: String) -> Self {
        Self {
            key,
            ..Self::default()
        }
    }

    /// The answer to the question of this name.
    pub fn answer(&self, name: &str) -> Option<&Answer> {
        self.answers
            .iter()
            .find(|(known, _)| known == name)
            .map(|(_, answer)| answer)
    }

    /// The answer as text; empty where there is none, or it is no text.
    pub fn text(&self, name: &str) -> &str {
        match self.answer(name) {
            Some(Answer::One(text)) => text.trim(),
            _ => "",
        }
    }

    /// What was answered, as conditions compare it: a number also as it is sent.
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

    /// Puts an answer in the place of the one before.
    pub fn set(&mut self, name: &str, answer: Answer) {
        match self.answers.iter_mut().find(|(known, _)| known == name) {
            Some((_, before)) => *before = answer,
            None => self.answers.push((name.to_owned(), answer)),
        }
    }

    /// Takes answers back.
    pub fn forget(&mut self, is_it: impl Fn(&str) -> bool) {
        self.answers.retain(|(name, _)| !is_it(name));
    }

    /// The names and answers of some questions.
    pub fn some(&self, is_it: impl Fn(&str) -> bool) -> Vec<(String, Answer)> {
        let mut some = self.answers.clone();
        some.retain(|(name, answer)| is_it(name) && !answer.is_blank());
        some
    }

    /// True if nothing has been answered.
    pub fn is_blank(&self) -> bool {
        self.place.is_none()
            && self.photos.is_empty()
            && self.answers.iter().all(|(_, answer)| answer.is_blank())
    }

    /// True if the place is too vague to be found without a word more.
    pub fn needs_landmark(&self) -> bool {
        self.place.as_ref().is_some_and(Place::is_vague)
    }

    /// The draft as text, to be kept on the device.
    pub fn write(&self) -> String {
        let mut fields = vec![field("key", text(&self.key))];
        fields.push(field("answers", write_answers(&self.answers)));
        if let Some(place) = &self.place {
            fields.push(field("place", place.write()));
        }
        if !self.photos.is_empty() {
            let photos = self.photos.iter().map(Photo::write).collect();
            fields.push(field("photos", Value::List(photos)));
        }
        fields.push(field("changed", Value::Number(self.changed.to_string())));
        fields.push(field("print", text(&self.print)));
        if !self.passed.is_empty() {
            let passed = self.passed.iter().map(|name| text(name)).collect();
            fields.push(field("passed", Value::List(passed)));
        }
        if self.remembers_contact {
            fields.push(field("remembers_contact", Value::Bool(true)));
        }
        if let Some(sent) = self.in_doubt {
            fields.push(field("in_doubt", Value::Number(sent.to_string())));
        }
        json::write(&Value::Map(fields))
    }

    /// A draft as it was kept; None if it cannot be read.
    pub fn read(kept: &str) -> Option<Self> {
        let value = json::parse(kept).ok()?;
        let Some(Value::Text(key)) = value.get("key") else {
            return None;
        };
        let number = |name| value.get(name).and_then(Value::text)?.parse().ok();
        let list = |name| value.get(name).map(Value::items).unwrap_or_default();
        Some(Self {
            key: key.clone(),
            answers: read_answers(value.get("answers")?)?,
            place: value.get("place").and_then(Place::read),
            photos: list("photos").iter().filter_map(Photo::read).collect(),
            changed: number("changed").unwrap_or_default(),
            print: value.get("print").and_then(as_text).unwrap_or_default(),
            passed: list("passed").iter().filter_map(as_text).collect(),
            remembers_contact: value.get("remembers_contact").is_some(),
            in_doubt: number("in_doubt"),
        })
    }
}

/// Answers as a value.
pub fn write_answers(answers: &[(String, Answer)]) -> Value {
    let answers = answers.iter().map(|(name, answer)| {
        let value = match answer {
            Answer::One(one) => text(one),
            Answer::Many(keys) => Value::List(keys.iter().map(|key| text(key)).collect()),
            Answer::Date(parts) => Value::Map(vec![
                field("day", text(&parts.day)),
                field("month", text(&parts.month)),
                field("year", text(&parts.year)),
                field("time", text(&parts.time)),
            ]),
        };
        (name.clone(), value)
    });
    Value::Map(answers.collect())
}

/// Answers from a value; None if it holds none.
pub fn read_answers(value: &Value) -> Option<Vec<(String, Answer)>> {
    let Value::Map(kept) = value else { return None };
    let answers = kept.iter().filter_map(|(name, value)| {
        let answer = match value {
            Value::Text(text) => Answer::One(text.clone()),
            Value::List(keys) => Answer::Many(keys.iter().filter_map(as_text).collect()),
            Value::Map(_) => {
                let part = |name| value.get(name).and_then(as_text).unwrap_or_default();
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

/// A name and a value of a map.
pub fn field(name: &str, value: Value) -> (String, Value) {
    (name.to_owned(), value)
}

/// A text as a value.
pub fn text(words: &str) -> Value {
    Value::Text(words.to_owned())
}

/// A value's text, blanks and all.
pub fn as_text(value: &Value) -> Option<String> {
    match value {
        Value::Text(text) => Some(text.clone()),
        _ => None,
    }
}

impl Draft {
    /// How many characters may be added to the description when it is sent, at most.
    pub fn added_to_description(&self) -> usize {
        /// What stands before and after a line that is added.
        const FRAME: usize = 40;
        let photos = self.photos.iter().map(|photo| photo.description.trim());
        let photos = photos.filter(|words| !words.is_empty());
        let way = usize::from(!self.text("preferred_contact").is_empty());
        photos
            .map(|words| words.chars().count() + FRAME)
            .sum::<usize>()
            + way * FRAME
    }
}
