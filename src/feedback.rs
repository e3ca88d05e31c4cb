//! What residents say of the city's work: kept on the device until it has arrived at the address that
//! the config names. Nothing of who said it goes with it.

use crate::app::App;
use crate::platform::{dom, storage};
use leptos::task::spawn_local;
use open311::{Value, json};

/// True if something that was said has not arrived yet.
pub fn waits(app: App) -> bool {
    storage::read_kept(&key(app)).is_some()
}

/// Keeps what was said about something (`step`, `request`), and sends it.
pub fn say(app: App, about: &str, fields: &[(&str, &str)]) {
    let (id, language) = (dom::random_key(), app.language());
    let all = [
        ("id", id.as_str()),
        ("about", about),
        ("language", &language),
    ];
    let all = all
        .iter()
        .chain(fields)
        .filter(|(_, text)| !text.is_empty());
    let said = all.map(|(name, text)| ((*name).to_owned(), Value::Text((*text).to_owned())));
    let mut waiting = waiting(app);
    waiting.push(Value::Map(said.collect()));
    keep(app, waiting);
    app.tell("feedback-sent", &[("about", about)]);
    send(app);
}

fn key(app: App) -> String {
    app.key("feedback")
}

fn waiting(app: App) -> Vec<Value> {
    let kept = storage::read_kept(&key(app)).and_then(|text| json::parse(&text).ok());
    kept.map(|kept| kept.items().to_vec()).unwrap_or_default()
}

fn keep(app: App, all: Vec<Value>) {
    let text = match all.is_empty() {
        true => String::new(),
        false => json::write(&Value::List(all)),
    };
    storage::write_kept(&key(app), &text);
}

/// Sends what waits, one after the other. What does not arrive waits for the next view that asks; what the city
/// refuses is not asked of it again. The same thing twice is one to the city, by its `id`.
pub fn send(app: App) {
    let Some(path) = app.with_config(|config| config.feedback.clone()) else {
        return;
    };
    let state = app.state();
    let url = dom::resolve(&path, &state.setting().config_url);
    spawn_local(async move {
        if app.is_gone() {
            return;
        }
        for said in waiting(app) {
            let fields = said.fields().iter();
            let pairs = fields.filter_map(|(name, value)| match value {
                Value::Text(text) => Some((name.clone(), text.clone())),
                _ => None,
            });
            let pairs: Vec<(String, String)> = pairs.collect();
            let answer = app.api().submit(url.clone(), &pairs).await;
            let is_over = answer
                .is_ok_and(|answer| answer.status < 500 && !matches!(answer.status, 408 | 429));
            if !is_over || app.is_gone() {
                return;
            }
            let mut left = waiting(app);
            left.retain(|known| *known != said);
            keep(app, left);
        }
    });
}
