//! What residents say of a step: kept on the device until it has arrived. Nothing of who said it goes
//! with it.

use super::progress::{read, write};
use crate::app::App;
use crate::i18n::k;
use crate::platform::dom;
use leptos::task::spawn_local;
use open311::{Value, json};

/// Keeps what was said of a step, and sends it.
pub(super) fn say(app: App, guide: &str, step: &str, is_clear: bool, text: &str) {
    let fields = [
        ("id", dom::random_key()),
        ("about", "step".into()),
        ("guide", guide.into()),
        ("step", step.into()),
        ("clear", if is_clear { "yes" } else { "no" }.into()),
        ("text", text.into()),
        ("language", app.language()),
    ];
    let fields = fields.map(|(name, value)| (name.to_owned(), Value::Text(value)));
    keep(app, Value::Map(fields.into()));
    send(app);
    app.announce(app.t(k::FEEDBACK_THANKS));
}

/// The name under which it waits.
pub(super) fn key(app: App) -> String {
    app.key("feedback")
}

fn waiting(app: App) -> Vec<Value> {
    let kept = read(&key(app)).and_then(|text| json::parse(&text).ok());
    kept.map(|kept| kept.items().to_vec()).unwrap_or_default()
}

fn keep(app: App, said: Value) {
    let mut all = waiting(app);
    all.push(said);
    write(&key(app), &json::write(&Value::List(all)));
}

/// Sends what waits, one after the other. What does not arrive waits for the next guide; what the city
/// refuses is not asked of it again. The same thing twice is one to the city, by its `id`.
pub(super) fn send(app: App) {
    let Some(path) = app.with_config(|config| config.feedback.clone()) else {
        return;
    };
    let state = app.state();
    let url = dom::resolve(&path, &state.setting().config_url);
    spawn_local(async move {
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
            write(&key(app), &json::write(&Value::List(left)));
        }
    });
}
