//! A copy of what was sent, for the resident to keep: printed, or as a file that any browser opens.

use super::draft::{as_text, field, text};
use super::form::when;
use crate::app::App;
use crate::i18n::k;
use crate::paper::Paper;
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
        let mut page = Paper::new(&app.language(), &self.service);
        page.tag("p", &city);
        page.tag("h1", &number);
        page.tag("p", &[&self.service, ", ", &when(app, self.sent)].concat());
        for words in more {
            page.tag("p", words);
        }
        for (label, words) in &self.rows {
            page.tag("dt", label);
            page.tag("dd", words);
        }
        let phone = app.with_config(|config| {
            let mut contact = config.contact.iter();
            contact.find_map(|contact| contact.phone.clone())
        });
        if let Some(phone) = phone {
            page.tag("p", &app.t_with(k::CONTACT_CALL, &[("phone", &phone)]));
        }
        if let (Reference::Number(id), true) = (reference, app.state().setting().uses_hash) {
            let to = Route::Status { id: id.clone() };
            let address = platform::dom::address_of(&to.to_hash());
            page.link(&address, &app.t(k::SENT_FOLLOW));
        }
        page.html()
    }
}

fn key(app: App, reference: &Reference) -> String {
    let word = match reference {
        Reference::Number(word) | Reference::Token(word) => word,
        Reference::Nothing => "",
    };
    app.key(&["copy/", word].concat())
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
