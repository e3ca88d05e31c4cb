//! What a city's server says instead of an answer, in whatever shape (rule 7): plain text for people,
//! the HTTP status for the program, never markup.

use crate::search::{find, split_around};
use crate::{Value, plain_text};
use json::parse;

/// What the city's server said instead of an answer.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ServiceError {
    /// The HTTP status, whatever the body says.
    pub status: u16,
    /// What it says: plain text, one line each, at most five of at most 300 characters, the most
    /// telling first. None where it says nothing that people can read.
    pub messages: Vec<String>,
    /// The code in the body, which is not always the HTTP status.
    pub code: Option<String>,
}

const MOST_MESSAGES: usize = 5;
const MOST_CHARACTERS: usize = 300;

/// Where servers put what they want to say, the most telling first. Also rule 6.
const SAYING: [&str; 13] = [
    // Micronaut puts the sentence here, and “Bad Request” outside.
    "_embedded",
    "description",
    "detail",
    "details",
    "message",
    "messages",
    "msg",
    "error_description",
    "error_message",
    "errors",
    "error",
    "reason",
    "title",
];

/// What stands beside it and says nothing to people.
const ASIDE: [&str; 8] = [
    "code",
    "error_code",
    "status",
    "timestamp",
    "path",
    "type",
    "instance",
    "request_id",
];

/// Reads the body of an error, whatever it is: JSON of any shape, XML, an HTML page, a text, nothing.
pub fn read_error(status: u16, body: &str) -> ServiceError {
    let mut error = ServiceError {
        status,
        ..ServiceError::default()
    };
    match parse(body) {
        Ok(answer) => error.take_in(&answer, ""),
        // What was meant to be JSON and broke off is not for reading.
        Err(_) if looks_like_json(body) => {}
        Err(_) => error.take_in_text(body),
    }
    error
}

impl ServiceError {
    fn take_in(&mut self, value: &Value, label: &str) {
        match value {
            Value::Text(text) => self.say(label, text),
            Value::List(items) => {
                for item in items {
                    self.take_in(item, label);
                }
            }
            Value::Map(fields) => {
                if self.code.is_none() {
                    let code = value.text_of(&["code", "error_code"]);
                    self.code = code.map(str::to_owned);
                }
                let before = self.messages.len();
                for name in SAYING {
                    if let Some(said) = value.get(name) {
                        self.take_in(said, label);
                    }
                }
                if self.messages.len() > before {
                    return;
                }
                // Messages by the name of the field that is wrong: {"email":["…"]}.
                for (name, said) in fields {
                    let name = name.as_str();
                    if !ASIDE.contains(&name) && !SAYING.contains(&name) {
                        self.take_in(said, name);
                    }
                }
            }
            Value::Null | Value::Bool(_) | Value::Number(_) => {}
        }
    }

    fn take_in_text(&mut self, body: &str) {
        // A page's headline and title say what is wrong; the rest is the site's navigation.
        if find(body, "<html").is_some() || find(body, "<title").is_some() {
            for (opening, closing) in [("<h1", "</h1"), ("<title", "</title")] {
                self.say("", between(body, opening, closing).unwrap_or_default());
            }
        }
        if self.messages.is_empty() {
            self.say("", body);
        }
    }

    fn say(&mut self, label: &str, text: &str) {
        if self.messages.len() == MOST_MESSAGES {
            return;
        }
        let text = plain_text(text);
        if text.is_empty() {
            return;
        }
        let label = plain_text(label);
        let mut line = String::new();
        add_words(&mut line, label.split(['_', ' ', '\n']));
        if !line.is_empty() {
            line.push(':');
        }
        add_words(&mut line, text.split([' ', '\n']));
        let mut ends = line.char_indices().map(|(place, _)| place);
        if let Some(last) = ends.nth(MOST_CHARACTERS - 1)
            && ends.next().is_some()
        {
            line.truncate(last);
            line.push('…');
        }
        if !self.messages.contains(&line) {
            self.messages.push(line);
        }
    }
}

fn add_words<'a>(line: &mut String, words: impl Iterator<Item = &'a str>) {
    for word in words.filter(|word| !word.is_empty()) {
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
}

fn looks_like_json(body: &str) -> bool {
    let mut chars = body.trim_start_matches('\u{feff}').trim_start().chars();
    match chars.next() {
        Some('{') => true,
        Some('[') => {
            let next = chars.find(|char| !char.is_whitespace());
            next.is_none_or(|next| matches!(next, '{' | '[' | '"' | ']'))
        }
        _ => false,
    }
}

/// What stands inside the first element of this kind.
fn between<'a>(body: &'a str, opening: &str, closing: &str) -> Option<&'a str> {
    let (_, from) = split_around(body, opening)?;
    let (_, content) = split_around(from, ">")?;
    Some(split_around(content, closing)?.0)
}
