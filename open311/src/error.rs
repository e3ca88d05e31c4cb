//! Error responses in any shape (rule 7): plain text for people, the HTTP status for the program, never markup.

use crate::search::{find, split_around};
use crate::{Value, plain_text};
use json::parse;

/// An error response of an endpoint.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ServiceError {
    /// The HTTP status, whatever the body claims.
    pub status: u16,
    /// The messages for people: plain text, one line each, at most five of at most 300 characters, the most
    /// specific first. Empty if the body has none.
    pub messages: Vec<String>,
    /// The code in the body, which may differ from the HTTP status.
    pub code: Option<String>,
}

/// At most this many messages are kept. Endpoints send 1 or 2; more than about 10 would fill the screen.
const MAX_MESSAGES: usize = 5;
/// Longer messages are truncated to this many characters, the last one being “…”. 100 to 500 keeps a sentence
/// or two whole.
const MAX_CHARACTERS: usize = 300;

/// Fields with messages, the most specific first (rule 6).
const MESSAGE_FIELDS: [&str; 13] = [
    // Micronaut puts the message here, and “Bad Request” outside.
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

/// Fields without a message for people.
const OTHER_FIELDS: [&str; 8] = [
    "code",
    "error_code",
    "status",
    "timestamp",
    "path",
    "type",
    "instance",
    "request_id",
];

/// Fields of what was sent that are called like fields with messages.
const FIELDS_OF_REQUESTS: [&str; 2] = ["description", "title"];

/// Where frameworks put messages about no field in particular: Django, Rails.
const NO_FIELDS: [&str; 3] = ["non_field_errors", "__all__", "base"];

/// Reads the body of an error response: JSON of any shape, XML, an HTML page, a text, or nothing.
pub fn read_error(status: u16, body: &str) -> ServiceError {
    if let Ok(body) = parse(body) {
        return read_value(status, &body);
    }
    let mut error = ServiceError {
        status,
        ..ServiceError::default()
    };
    // Truncated JSON is nothing for people to read.
    if !looks_like_json(body) {
        error.collect_from_text(body);
    }
    error
}

/// Reads an error that is JSON of any shape.
pub(crate) fn read_value(status: u16, body: &Value) -> ServiceError {
    let mut error = ServiceError {
        status,
        ..ServiceError::default()
    };
    error.collect(body, "");
    error
}

impl ServiceError {
    fn collect(&mut self, value: &Value, label: &str) {
        match value {
            Value::Text(text) => self.add(label, text),
            Value::List(items) => {
                for item in items {
                    self.collect(item, label);
                }
            }
            Value::Map(fields) => {
                if self.code.is_none() {
                    let code = value.text_of(&["code", "error_code"]);
                    self.code = code.map(str::to_owned);
                }
                let before = self.messages.len();
                // A field that is called like one with messages: {"description":["…"],"email":["…"]}.
                let is_by_field = fields.iter().all(|(_, value)| !value.items().is_empty());
                let is_field = |name: &str| is_by_field && FIELDS_OF_REQUESTS.contains(&name);
                for name in MESSAGE_FIELDS {
                    if let Some(message) = value.get(name).filter(|_| !is_field(name)) {
                        self.collect(message, label);
                    }
                }
                if self.messages.len() > before {
                    return;
                }
                // Messages by the name of the invalid field: {"email":["…"]}.
                for (name, message) in fields {
                    let name = name.as_str();
                    let is_message = MESSAGE_FIELDS.contains(&name) && !is_field(name);
                    if NO_FIELDS.contains(&name) {
                        self.collect(message, "");
                    } else if !OTHER_FIELDS.contains(&name) && !is_message {
                        self.collect(message, name);
                    }
                }
            }
            Value::Null | Value::Bool(_) | Value::Number(_) => {}
        }
    }

    fn collect_from_text(&mut self, body: &str) {
        // Of an HTML page only the heading and the title are messages; the rest is navigation.
        if find(body, "<html").is_some() || find(body, "<title").is_some() {
            for (opening, closing) in [("<h1", "</h1"), ("<title", "</title")] {
                self.add("", between(body, opening, closing).unwrap_or_default());
            }
        }
        if self.messages.is_empty() {
            self.add("", body);
        }
    }

    fn add(&mut self, label: &str, text: &str) {
        if self.messages.len() == MAX_MESSAGES {
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
        let mut ends = line.char_indices().map(|(at, _)| at);
        if let Some(last) = ends.nth(MAX_CHARACTERS - 1)
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

/// The content of the first element of this kind.
fn between<'a>(body: &'a str, opening: &str, closing: &str) -> Option<&'a str> {
    let (_, from) = split_around(body, opening)?;
    let (_, content) = split_around(from, ">")?;
    Some(split_around(content, closing)?.0)
}
