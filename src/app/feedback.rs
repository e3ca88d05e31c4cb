//! Residents' feedback on the city's work: saved on the device until it has been received at the URL that the
//! config names. Must not contain anything about who gave it.

use super::{App, Event};
use crate::platform::random::random_key;
use frontdoor_core::storage::Entry;
use json::Value;
use open311::PostAnswer;

/// True if some feedback has not been received yet.
pub fn is_pending(app: App) -> bool {
    app.read(Entry::Feedback).is_some()
}

/// Saves feedback about a `step` or a `request`, and sends it; empty fields are left out.
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

/// Sends pending feedback, one item after the other. An item stays until the city answers with its `id`, by which it
/// recognises duplicates, or refuses it in an error of its own; it waits for the next view that calls this.
pub fn send(app: App) {
    let Some(path) = app.with_config(|config| config.feedback.clone()) else {
        return;
    };
    let url = app.resolve(&path);
    app.spawn(async move {
        if app.is_gone() {
            return;
        }
        for given in pending(app) {
            let fields = given.fields().iter();
            let pairs = fields.filter_map(|(name, value)| Some((name.clone(), value.string()?)));
            let pairs: Vec<(String, String)> = pairs.collect();
            let response = app.client().submit(url.clone(), &pairs).await;
            let id = given.string_of("id").unwrap_or_default();
            let answer = response.map(|response| {
                open311::read_feedback_answer(response.status, &response.body, &id)
            });
            let is_arrived = matches!(answer, Ok(PostAnswer::Accepted(())));
            let is_refused = matches!(
                answer,
                Ok(PostAnswer::Refused(error)) if matches!(error.status, 400 | 403 | 409 | 410 | 422)
            );
            if !(is_arrived || is_refused) || app.is_gone() {
                return;
            }
            let mut left = pending(app);
            left.retain(|known| *known != given);
            save(app, left);
        }
    });
}
