//! A request that is being written: the answers so far, how they are kept on the
//! device, and what is sent in the end.

use super::answer::{Answer, Date, DateParts, date, number, w3c};
use super::question::{Kind, Question};
use open311::{Value, form, json};

/// The answers to a service's form.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Draft {
    /// One key for each draft: an endpoint that knows it makes one request of it, however often it arrives.
    pub key: String,
    answers: Vec<(String, Answer)>,
}

impl Draft {
    /// A draft with nothing in it.
    pub fn new(key: String) -> Self {
        Self {
            key,
            answers: Vec::new(),
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
            Some(Answer::One(text)) => text,
            _ => "",
        }
    }

    /// Puts an answer in the place of the one before.
    pub fn set(&mut self, name: &str, answer: Answer) {
        match self.answers.iter_mut().find(|(known, _)| known == name) {
            Some((_, before)) => *before = answer,
            None => self.answers.push((name.to_owned(), answer)),
        }
    }

    /// True if nothing has been answered.
    pub fn is_blank(&self) -> bool {
        self.answers.iter().all(|(_, answer)| answer.is_blank())
    }

    /// The draft as text, to be kept on the device.
    pub fn write(&self) -> String {
        let text = |text: &String| Value::Text(text.clone());
        let answers = self.answers.iter().map(|(name, answer)| {
            let value = match answer {
                Answer::One(one) => text(one),
                Answer::Many(keys) => Value::List(keys.iter().map(text).collect()),
                Answer::Date(parts) => {
                    let part = |name: &str, part: &String| (name.to_owned(), text(part));
                    Value::Map(vec![
                        part("day", &parts.day),
                        part("month", &parts.month),
                        part("year", &parts.year),
                        part("time", &parts.time),
                    ])
                }
            };
            (name.clone(), value)
        });
        let answers = Value::Map(answers.collect());
        json::write(&Value::Map(vec![
            (String::from("key"), text(&self.key)),
            (String::from("answers"), answers),
        ]))
    }

    /// A draft as it was kept; None if it cannot be read.
    pub fn read(kept: &str) -> Option<Self> {
        let value = json::parse(kept).ok()?;
        let Some(Value::Text(key)) = value.get("key") else {
            return None;
        };
        let Some(Value::Map(kept)) = value.get("answers") else {
            return None;
        };
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
        Some(Self {
            key: key.clone(),
            answers: answers.collect(),
        })
    }

    /// What is sent: the answers to these questions, each under its GeoReport name.
    /// `offset` gives the minutes a date's zone is ahead of UTC.
    pub fn post(
        &self,
        service_code: &str,
        questions: &[Question],
        offset: impl Fn(Date) -> i32,
    ) -> form::Post {
        let standard = |name: &str| self.text(name).trim().to_owned();
        let attributes = questions.iter().filter_map(|question| {
            let code = question
                .name
                .strip_prefix("attribute[")?
                .strip_suffix(']')?;
            let answer = self
                .answer(&question.name)
                .filter(|answer| !answer.is_blank())?;
            let value = match (&question.kind, answer) {
                (_, Answer::Many(keys)) => form::AnswerValue::Many(keys.clone()),
                (Kind::Number, Answer::One(text)) => form::AnswerValue::One(number(text)?),
                (_, Answer::One(text)) => form::AnswerValue::One(text.trim().to_owned()),
                (_, Answer::Date(parts)) => {
                    let date = date(parts).ok()?;
                    form::AnswerValue::One(w3c(date, offset(date)))
                }
            };
            Some(form::Answer {
                code: code.to_owned(),
                value,
            })
        });
        form::Post {
            service_code: service_code.to_owned(),
            address_string: standard("address_string"),
            description: standard("description"),
            first_name: standard("first_name"),
            last_name: standard("last_name"),
            phone: standard("phone"),
            email: standard("email"),
            attributes: attributes.collect(),
            ..form::Post::default()
        }
    }
}

fn as_text(value: &Value) -> Option<String> {
    match value {
        Value::Text(text) => Some(text.clone()),
        _ => None,
    }
}
