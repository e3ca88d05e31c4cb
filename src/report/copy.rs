//! A copy of what was sent, for the resident to keep: printed, or as a file that any browser opens.

use super::draft::{as_text, field, text};
use super::form::when;
use crate::app::App;
use crate::i18n::k;
use crate::platform::{self, storage};
use crate::route::{Reference, Route};
use open311::{Value, json};

/// What was sent, in words.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Copy {
    /// The service's name.
    pub service: String,
    /// Questions and answers.
    pub rows: Vec<(String, String)>,
    /// When, Unix milliseconds.
    pub sent: u64,
}

impl Copy {
    /// Keeps it for as long as the tab lives.
    pub(super) fn keep(&self, app: App, reference: Reference) {
        storage::write(&key(app, &reference), &self.write());
    }

    /// The copy of what this was given for; None if it was sent elsewhere.
    pub(super) fn of(app: App, reference: &Reference) -> Option<Self> {
        Self::read(&storage::read(&key(app, reference))?)
    }

    /// Keeps it under the number that a token has become.
    pub(super) fn rename(app: App, from: &Reference, to: Reference) {
        if let Some(copy) = Self::of(app, from) {
            copy.keep(app, to);
        }
    }

    fn write(&self) -> String {
        let rows = self.rows.iter();
        let rows = rows.map(|(label, words)| Value::List(vec![text(label), text(words)]));
        json::write(&Value::Map(vec![
            field("service", text(&self.service)),
            field("rows", Value::List(rows.collect())),
            field("sent", Value::Number(self.sent.to_string())),
        ]))
    }

    fn read(kept: &str) -> Option<Self> {
        let value = json::parse(kept).ok()?;
        let row = |row: &Value| match row.items() {
            [label, words] => Some((as_text(label)?, as_text(words)?)),
            _ => None,
        };
        Some(Self {
            service: value.get("service").and_then(as_text)?,
            rows: value.get("rows")?.items().iter().filter_map(row).collect(),
            sent: value.get("sent").and_then(Value::text)?.parse().ok()?,
        })
    }

    /// A page of its own: no script, no style of others, nothing to fetch.
    pub(super) fn html(&self, app: App, reference: &Reference, more: &[String]) -> String {
        let number = match reference {
            Reference::Number(number) => app.t_with(k::STATUS_NUMBER, &[("number", number)]),
            Reference::Token(token) => [&app.t(k::SENT_TOKEN), ": ", token].concat(),
            Reference::Nothing => String::new(),
        };
        let city = app.with_config(|config| app.text(&config.name));
        let mut page = String::from("<!doctype html><html lang=\"");
        escape(&app.language(), &mut page);
        page.push_str("\"><meta charset=\"utf-8\"><title>");
        escape(&self.service, &mut page);
        page.push_str(
            "</title><style>body{font:1rem/1.5 system-ui,sans-serif;margin:2rem auto;max-width:40rem;\
             padding:0 1rem}dt{font-weight:600;margin-top:.75rem}dd{margin:0;white-space:pre-line}\
             h1{font-size:1.5rem}</style>",
        );
        let mut tag = |name: &str, words: &str| {
            if !words.is_empty() {
                page.push('<');
                page.push_str(name);
                page.push('>');
                escape(words, &mut page);
                page.push_str("</");
                page.push_str(name);
                page.push('>');
            }
        };
        tag("p", &city);
        tag("h1", &number);
        tag("p", &[&self.service, ", ", &when(app, self.sent)].concat());
        for words in more {
            tag("p", words);
        }
        for (label, words) in &self.rows {
            tag("dt", label);
            tag("dd", words);
        }
        let phone = app.with_config(|config| {
            let mut contact = config.contact.iter();
            contact.find_map(|contact| contact.phone.clone())
        });
        if let Some(phone) = phone {
            tag("p", &app.t_with(k::CONTACT_CALL, &[("phone", &phone)]));
        }
        if let (Reference::Number(id), true) = (reference, app.state().setting().uses_hash) {
            let to = Route::Status { id: id.clone() };
            page.push_str("<p><a href=\"");
            escape(&platform::dom::address_of(&to.to_hash()), &mut page);
            page.push_str("\">");
            escape(&app.t(k::SENT_FOLLOW), &mut page);
            page.push_str("</a></p>");
        }
        page
    }
}

fn key(app: App, reference: &Reference) -> String {
    let word = match reference {
        Reference::Number(word) | Reference::Token(word) => word,
        Reference::Nothing => "",
    };
    app.key(&["copy/", word].concat())
}

fn escape(text: &str, out: &mut String) {
    for letter in text.chars() {
        match letter {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            '"' => out.push_str("&quot;"),
            letter => out.push(letter),
        }
    }
}

/// Gives the resident a file.
pub(super) fn download(app: App, copy: &Copy, reference: &Reference, more: &[String]) {
    let name = match reference {
        Reference::Number(word) | Reference::Token(word) => open311::path_segment(word),
        Reference::Nothing => "request".into(),
    };
    let html = copy.html(app, reference, more);
    platform::copy::download([&name, ".html"].concat(), html);
}

/// Prints the copy, and not the city's page around it.
pub(super) fn print(app: App, copy: &Copy, reference: &Reference, more: &[String]) {
    platform::copy::print(app.root(), copy.html(app, reference, more));
}
