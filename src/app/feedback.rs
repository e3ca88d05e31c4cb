//! What residents say about the city's work: saved on the device until it has arrived at the address that the
//! config names. It contains nothing about who said it.

use super::{App, Event};
use crate::platform::random::random_key;
use frontdoor_core::storage::Entry;
use json::Value;
use leptos::task::spawn_local;

/// True if some feedback has not arrived yet.
pub fn is_pending(app: App) -> bool {
    app.read(Entry::Feedback).is_some()
}

/// Saves feedback about something (`step`, `request`), and sends it.
pub fn give(app: App, about: &str, fields: &[(&str, &str)]) {
    let (id, language) = (random_key(), app.language());
    let all = [
        ("id", id.as_str()),
        ("about", about),
        ("language", &language),
    ];
    let all = all
        .iter()
        .chain(fields)
        .filter(|(_, text)| !text.is_empty());
    let given = all.map(|(name, text)| (*name, Value::from(*text)));
    let mut pending = pending(app);
    pending.push(Value::object(given.collect()));
    save(app, pending);
    app.emit(&Event::FeedbackSent { about });
    send(app);
}

fn pending(app: App) -> Vec<Value> {
    let saved = app.read(Entry::Feedback);
    let saved = saved.and_then(|text| json::parse(&text).ok());
    saved
        .map(|saved| saved.items().to_vec())
        .unwrap_or_default()
}

fn save(app: App, pending: Vec<Value>) {
    let text = if pending.is_empty() {
        String::new()
    } else {
        json::write(&Value::List(pending))
    };
    app.write(Entry::Feedback, &text);
}

/// Sends what is pending, one after the other. What does not arrive waits for the next view that calls this;
/// what the city refuses is not sent again. By its `id`, the city recognises what arrives twice.
pub fn send(app: App) {
    let Some(path) = app.with_config(|config| config.feedback.clone()) else {
        return;
    };
    let url = app.resolve(&path);
    spawn_local(async move {
        if app.is_gone() {
            return;
        }
        for given in pending(app) {
            let fields = given.fields().iter();
            let pairs = fields.filter_map(|(name, value)| Some((name.clone(), value.string()?)));
            let pairs: Vec<(String, String)> = pairs.collect();
            let response = app.client().submit(url.clone(), &pairs).await;
            let is_done = response.is_ok_and(|response| {
                response.status < 500 && !matches!(response.status, 408 | 429)
            });
            if !is_done || app.is_gone() {
                return;
            }
            let mut left = pending(app);
            left.retain(|known| *known != given);
            save(app, left);
        }
    });
}
