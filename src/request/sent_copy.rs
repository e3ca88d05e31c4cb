//! A copy of a sent request for the resident to keep: printed, or as an HTML file that any browser opens. Contains
//! the answers as text and knows nothing of the questions behind them.

use super::form::date_text;
use crate::app::App;
use crate::platform::random::random_key;
use crate::platform::{history, share, time};
use frontdoor_core::i18n::k;
use frontdoor_core::ids::{DraftKey, RequestNumber};
use frontdoor_core::print::PrintPage;
use frontdoor_core::request::reference::Reference;
use frontdoor_core::route::Route;
use frontdoor_core::status::update_draft::UpdateDraft;
use frontdoor_core::status::update_kind::UpdateKind;
use frontdoor_core::storage::{Entry, Row, Saved};
use frontdoor_core::time::UnixMs;
use json::Value;

/// A sent request, in the texts that the resident saw.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct SentCopy {
    /// The draft's key.
    pub key: DraftKey,
    /// Name of the service.
    pub service: String,
    /// Pairs of question and answer.
    pub rows: Vec<(String, String)>,
    /// When the request was sent, by the device's clock.
    pub sent_at: UnixMs,
    /// Pairs of question and answer that the resident changed too late: the city has `rows` in their place.
    pub changes: Vec<(String, String)>,
    /// Numbers of further requests that the city made of the same one.
    pub twins: Vec<String>,
}

impl Saved for SentCopy {
    fn to_json(&self) -> Value {
        let pairs = |rows: &[(String, String)]| -> Value {
            let rows = rows.iter();
            let rows: Vec<Value> = rows
                .map(|(label, text)| vec![label.as_str().into(), text.as_str().into()].into())
                .collect();
            rows.into()
        };
        Value::object(vec![
            ("key", Value::from(&*self.key)),
            ("service", self.service.as_str().into()),
            ("rows", pairs(&self.rows)),
            ("sent", self.sent_at.0.into()),
            ("changes", pairs(&self.changes)),
            ("twins", Value::texts(&self.twins)),
        ])
    }

    fn from_json(value: &Value) -> Option<Self> {
        let row = |row: &Value| match row.items() {
            [label, text] => Some((label.string()?, text.string()?)),
            _ => None,
        };
        let items = |name| value.get(name).map(Value::items).unwrap_or_default();
        Some(Self {
            key: value.string_of("key").unwrap_or_default().into(),
            service: value.string_of("service")?,
            rows: items("rows").iter().filter_map(row).collect(),
            sent_at: UnixMs(value.i64_of("sent")?),
            changes: items("changes").iter().filter_map(row).collect(),
            twins: items("twins").iter().filter_map(Value::string).collect(),
        })
    }
}

impl SentCopy {
    /// Saves the copy for the lifetime of the tab.
    pub(super) fn save(&self, app: App, reference: &Reference) {
        app.write(Entry::Copy(reference.value()), &self.to_text());
    }

    /// The changes that the city does not have, one line each, to be sent as an update.
    pub(super) fn changes_text(&self) -> String {
        let lines = self.changes.iter();
        let lines: Vec<String> = lines
            .map(|(label, text)| [label.as_str(), ": ", text].concat())
            .collect();
        lines.join("\n")
    }

    /// The copy for a reference; `None` if the request was not sent from this tab.
    pub(super) fn of(app: App, reference: &Reference) -> Option<Self> {
        Self::from_text(&app.read(Entry::Copy(reference.value()))?)
    }

    /// Downloads the copy as an HTML file; `more` are further lines, such as the city's promise.
    pub(super) fn download(&self, app: App, reference: &Reference, more: &[String]) {
        let name = match reference {
            Reference::Nothing => "request".into(),
            reference => open311::path_segment(reference.value()),
        };
        let html = self.html(app, reference, more);
        share::download([&name, ".html"].concat(), html);
    }

    /// Prints the copy, without the city's page around the widget.
    pub(super) fn print(&self, app: App, reference: &Reference, more: &[String]) {
        share::print(app.root(), self.html(app, reference, more));
    }

    fn html(&self, app: App, reference: &Reference, more: &[String]) -> String {
        let number = match reference {
            Reference::Number(number) => app.t_with(k::STATUS_NUMBER, &[("number", number)]),
            Reference::Token(token) => [&app.t(k::SENT_TOKEN), ": ", token].concat(),
            Reference::Nothing => String::new(),
        };
        let city = app.with_config(|config| app.text(&config.name));
        let mut page = PrintPage::new(&app.language(), &self.service);
        page.tag("p", &city);
        page.tag("h1", &number);
        let sent_at = date_text(app, self.sent_at);
        page.tag("p", &[&self.service, ", ", &sent_at].concat());
        for line in more {
            page.tag("p", line);
        }
        for (label, text) in &self.rows {
            page.tag("dt", label);
            page.tag("dd", text);
        }
        if let Some(phone) = app.phone() {
            page.tag("p", &app.t_with(k::CONTACT_CALL, &[("phone", &phone)]));
        }
        if let (Reference::Number(number), true) = (reference, app.options().uses_hash) {
            let to = Route::Status {
                number: number.clone(),
            };
            let address = history::address_with(&to.to_hash());
            page.link(&address, &app.t(k::SENT_FOLLOW));
        }
        page.html()
    }
}

/// The route of an update of a request.
pub(super) fn update_route(number: &RequestNumber) -> Route {
    Route::Update {
        number: number.clone(),
        kind: UpdateKind::Add,
    }
}

/// Keeps a text as an update of a request that the resident has not sent yet.
pub(super) fn keep_update(app: App, number: &RequestNumber, text: &str) {
    let mut draft = UpdateDraft::new(number.clone(), UpdateKind::Add, random_key().into());
    draft.text = text.to_owned();
    draft.changed_at = time::now();
    let (id, saved) = (draft.id(), draft.to_text());
    app.write(Entry::Update(&id), &saved);
    if let Some(device) = app.open_device() {
        let _ = device.put(Row::Update(&id), &saved);
    }
}
