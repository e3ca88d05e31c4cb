//! Asks the city about a request, and remembers what it said last for when it cannot be asked.

use super::number;
use super::words::{Setting, meaning_of};
use crate::api::{Failure, Load};
use crate::app::App;
use crate::config::{self, Extension};
use crate::live::Live;
use crate::platform::{dom, storage, time};
use crate::route::Route;
use leptos::task::spawn_local;
use open311::{Lookup, ServiceRequest, Status, Update, Value, json};
use std::rc::Rc;

/// What was found out about a request.
#[derive(Clone, Debug)]
pub(super) struct Found {
    /// What was looked for.
    pub(super) wanted: String,
    pub(super) request: Option<ServiceRequest>,
    pub(super) updates: Vec<Update>,
    /// When the city was asked, Unix milliseconds.
    pub(super) asked: f64,
    /// The city could not be asked again: this is what it said last.
    pub(super) is_old: bool,
}

impl Found {
    /// The number as the city writes it.
    pub(super) fn id(&self) -> &str {
        let request = self.request.as_ref();
        let id = request.and_then(|request| request.id.as_deref());
        id.unwrap_or(&self.wanted)
    }

    /// The one that is shown, or was shown last.
    pub(super) fn current(app: App) -> Option<Rc<Self>> {
        let known = app.state().opened.borrow().clone();
        known.and_then(|known| known.downcast().ok())
    }
}

/// Looks for a request: by its number in the ways people write it, and by a token.
pub(super) async fn find(app: App, wanted: &str) -> Result<Found, Failure> {
    match ask(app, wanted).await {
        Err(failure) if !app.is_gone() => recall(app, wanted).ok_or(failure),
        answer => answer,
    }
}

async fn ask(app: App, wanted: &str) -> Result<Found, Failure> {
    let found = ask_city(app, wanted).await?;
    Ok(match app.is_gone() {
        true => found,
        false => understood(app, found),
    })
}

async fn ask_city(app: App, wanted: &str) -> Result<Found, Failure> {
    let api = app.api();
    for id in number::candidates(wanted) {
        let (status, body) = api.request_text(&id).await?;
        match open311::look_up_request(status, &body, &id) {
            Lookup::Found(request) => return Ok(whole(app, wanted, &id, *request, body).await),
            Lookup::NotYet => {}
            Lookup::Failed(error) => return Err(Failure::from_error(error)),
        }
    }
    // A token is as good, once it has become a number.
    if let Ok(Some(receipt)) = api.token(wanted).await
        && let Some(id) = receipt.service_request_id
        && !app.is_gone()
    {
        let (status, body) = api.request_text(&id).await?;
        if let Lookup::Found(request) = open311::look_up_request(status, &body, &id) {
            return Ok(whole(app, wanted, &id, *request, body).await);
        }
    }
    Ok(Found {
        wanted: wanted.to_owned(),
        request: None,
        updates: Vec::new(),
        asked: time::now(),
        is_old: false,
    })
}

async fn whole(app: App, wanted: &str, id: &str, request: ServiceRequest, body: String) -> Found {
    let mut history = String::new();
    if !app.is_gone() && app.with_config(|config| config.offers(Extension::Updates)) {
        // The history is an extra: without it the request can still be shown.
        history = app.api().updates_text(id).await.unwrap_or_default();
    }
    let asked = time::now();
    let updates = read(&history);
    if !app.is_gone() {
        keep(app, wanted, asked, body, history);
    }
    Found {
        wanted: wanted.to_owned(),
        request: Some(request),
        updates,
        asked,
        is_old: false,
    }
}

/// Gives statuses the meaning that the config has for the city's own words.
fn understood(app: App, mut found: Found) -> Found {
    let (setting, account) =
        app.with_config(|config| config::read_part(&config.status, "status", Setting::read));
    dom::tell(&account, &app.state().setting().config_url);
    let means = |word: &Option<String>, status: &mut Status| {
        *status = meaning_of(&setting, word.as_deref(), status).0;
    };
    if let Some(request) = &mut found.request {
        means(&request.status_text, &mut request.status);
    }
    for update in &mut found.updates {
        means(&update.status_text, &mut update.status);
    }
    found
}

fn read(history: &str) -> Vec<Update> {
    let value = json::parse(history).unwrap_or_default();
    open311::read_updates(&value).rows
}

/// More than this is not kept, in bytes.
const LARGEST: usize = 40_000;

fn keep(app: App, wanted: &str, asked: f64, body: String, history: String) {
    if body.len() + history.len() > LARGEST {
        return;
    }
    let text = json::write(&Value::Map(vec![
        ("asked".into(), Value::Number((asked as u64).to_string())),
        ("request".into(), Value::Text(body)),
        ("updates".into(), Value::Text(history)),
    ]));
    storage::write_kept(&app.key(&["known/", wanted].concat()), &text);
}

/// What the city said last.
fn recall(app: App, wanted: &str) -> Option<Found> {
    let kept = storage::read_kept(&app.key(&["known/", wanted].concat()))?;
    let value = json::parse(&kept).ok()?;
    let text = |name| match value.get(name) {
        Some(Value::Text(text)) => text.as_str(),
        _ => "",
    };
    let row = json::parse(text("request")).ok()?;
    let found = Found {
        wanted: wanted.to_owned(),
        request: open311::read_requests(&row).rows.into_iter().next(),
        updates: read(text("updates")),
        asked: value.get("asked")?.text()?.parse().ok()?,
        is_old: true,
    };
    Some(understood(app, found))
}

/// The first wait before it is looked at again, and the longest, in milliseconds.
const FIRST: i32 = 30_000;
const LONGEST: i32 = 300_000;

/// Looks again while the request is shown: with growing waits, and whenever the page gets the focus.
/// `news` hears what was found, or what went wrong.
pub(super) fn watch(app: App, wanted: String, news: impl Fn(Result<Found, Failure>) + 'static) {
    let here = Route::Status { id: wanted.clone() };
    spawn_local(async move {
        let mut wait = FIRST;
        loop {
            time::sleep_until(wait, "focus").await;
            if app.is_gone() || app.route_now() != here {
                return;
            }
            let answer = ask(app, &wanted).await;
            if app.is_gone() || app.route_now() != here {
                return;
            }
            wait = match &answer {
                Err(Failure::Busy(Some(seconds))) => (*seconds as i32)
                    .saturating_mul(1000)
                    .clamp(wait, LONGEST * 4),
                _ => wait.saturating_mul(2).min(LONGEST),
            };
            news(answer);
        }
    });
}

/// A request that is being looked for.
pub(super) type Looking = Live<Load<Rc<Found>>>;

/// Looks for a request, and remembers it as the one that is shown.
pub(super) fn look(app: App, wanted: String, state: &Looking) {
    let told = state.clone();
    spawn_local(async move {
        let found = Load::of(find(app, &wanted).await);
        if app.is_gone() {
            return;
        }
        if let Load::Ready(found) = &found {
            app.state().opened.replace(Some(found.clone()));
        }
        told.set(found);
    });
}
