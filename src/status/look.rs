//! Asks the city about a request, and remembers what it said last for when it cannot be asked.

use super::number;
use super::words::{Setting, meaning_of};
use crate::api::{Answer, Failure, Load};
use crate::app::App;
use crate::config::{self, Extension};
use crate::live::Live;
use crate::platform::{dom, storage, time};
use leptos::task::spawn_local;
use open311::{Lookup, ServiceRequest, Status, Update, Value, json};
use std::cell::Cell;
use std::rc::{Rc, Weak};

/// What was found out about a request.
#[derive(Clone, Debug)]
pub(super) struct Found {
    /// What was looked for.
    pub(super) wanted: String,
    pub(super) request: Option<ServiceRequest>,
    pub(super) updates: Vec<Update>,
    /// When the city was asked, Unix milliseconds.
    pub(super) asked: i64,
    /// How far the city's clock is ahead of the device's, in milliseconds.
    pub(super) ahead: i64,
    /// Why the city could not be asked again, where this is what it said last.
    pub(super) why: Option<Failure>,
    /// The resident has pressed for the calendar file, which it takes some code to make.
    pub(super) wants_calendar: Cell<bool>,
}

impl Found {
    /// Now, Unix milliseconds, by the city's clock.
    pub(super) fn now(&self) -> i64 {
        (time::now() as i64).saturating_add(self.ahead)
    }

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
        Err(failure) if !app.is_gone() => recall(app, wanted, failure),
        answer => answer,
    }
}

/// Asks the city, and nothing but the city.
pub(super) async fn ask(app: App, wanted: &str) -> Result<Found, Failure> {
    let found = ask_city(app, wanted).await?;
    Ok(match app.is_gone() {
        true => found,
        false => understood(app, found),
    })
}

async fn ask_city(app: App, wanted: &str) -> Result<Found, Failure> {
    let api = app.api();
    let mut ahead = 0;
    for id in number::candidates(wanted) {
        let answer = api.request_answer(&id).await?;
        ahead = ahead_of(&answer);
        match open311::look_up_request(answer.status, &answer.body, &id) {
            Lookup::Found(request) => return Ok(whole(app, wanted, &id, *request, answer).await),
            Lookup::NotYet => {}
            Lookup::Failed(error) => return Err(Failure::from_error(error)),
        }
    }
    // A token is as good, once it has become a number.
    if let Ok(Some(receipt)) = api.token(wanted).await
        && let Some(id) = receipt.service_request_id
        && !app.is_gone()
    {
        let answer = api.request_answer(&id).await?;
        if let Lookup::Found(request) = open311::look_up_request(answer.status, &answer.body, &id) {
            return Ok(whole(app, wanted, &id, *request, answer).await);
        }
    }
    Ok(Found {
        wanted: wanted.to_owned(),
        request: None,
        updates: Vec::new(),
        asked: time::now() as i64 + ahead,
        ahead,
        why: None,
        wants_calendar: Cell::default(),
    })
}

async fn whole(app: App, wanted: &str, id: &str, request: ServiceRequest, answer: Answer) -> Found {
    let mut history = None;
    if !app.is_gone() && app.with_config(|config| config.offers(Extension::Updates)) {
        // The history is an extra: without it the request can still be shown, with what is known of it.
        history = app.api().updates_text(id).await.ok();
    }
    let ahead = ahead_of(&answer);
    let asked = time::now() as i64 + ahead;
    let mut found = Found {
        wanted: wanted.to_owned(),
        request: Some(request),
        updates: Vec::new(),
        asked,
        ahead,
        why: None,
        wants_calendar: Cell::default(),
    };
    if !app.is_gone() {
        let history = history.unwrap_or_else(|| kept_text(app, wanted, "updates"));
        found.updates = read(&history);
        keep(app, wanted, &found, answer.body, history);
    }
    found
}

/// A clock that differs by less is right, in milliseconds.
const WRONG: i64 = 300_000;

/// How far the city's clock is ahead of the device's, in milliseconds; 0 where it cannot be told, or the
/// device's is right. What is late is late by the city's clock.
fn ahead_of(answer: &Answer) -> i64 {
    let date = answer.date.as_deref();
    let ahead = date.map_or(0, |date| (js_sys::Date::parse(date) - time::now()) as i64);
    match ahead.abs() > WRONG {
        true => ahead,
        false => 0,
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

fn keep(app: App, wanted: &str, found: &Found, body: String, history: String) {
    if body.len() + history.len() > LARGEST {
        return;
    }
    let text = json::write(&Value::Map(vec![
        ("asked".into(), Value::Number(found.asked.to_string())),
        ("ahead".into(), Value::Number(found.ahead.to_string())),
        ("request".into(), Value::Text(body)),
        ("updates".into(), Value::Text(history)),
    ]));
    storage::write_kept(&key(app, wanted), &text);
}

/// The name under which it is kept what the city said last.
pub(super) fn key(app: App, wanted: &str) -> String {
    app.key(&["known/", &number::bare(wanted)].concat())
}

fn kept(app: App, wanted: &str) -> Option<Value> {
    json::parse(&storage::read_kept(&key(app, wanted))?).ok()
}

fn kept_text(app: App, wanted: &str, name: &str) -> String {
    let kept = kept(app, wanted);
    let text = kept.as_ref().and_then(|kept| kept.get(name)?.text());
    text.unwrap_or_default().to_owned()
}

/// What the city said last; why it cannot be asked now, where that is not known.
fn recall(app: App, wanted: &str, why: Failure) -> Result<Found, Failure> {
    match read_kept(app, wanted) {
        Some(mut found) => {
            found.why = Some(why);
            Ok(understood(app, found))
        }
        None => Err(why),
    }
}

fn read_kept(app: App, wanted: &str) -> Option<Found> {
    let kept = kept(app, wanted)?;
    let text = |name| kept.get(name).and_then(Value::text);
    let number = |name| text(name)?.parse::<i64>().ok();
    let row = json::parse(text("request")?).ok()?;
    Some(Found {
        wanted: wanted.to_owned(),
        request: open311::read_requests(&row).rows.into_iter().next(),
        updates: read(text("updates").unwrap_or_default()),
        asked: number("asked")?,
        ahead: number("ahead").unwrap_or_default(),
        why: None,
        wants_calendar: Cell::default(),
    })
}

/// The first wait before it is looked at again, and the longest, in milliseconds.
const FIRST: i32 = 30_000;
const LONGEST: i32 = 300_000;

/// Nobody is asked again sooner than this, however often the page gets the focus, in milliseconds.
const SOONEST: f64 = 10_000.0;

/// Looks again for as long as `shown` is there: with growing waits, and whenever the page gets the focus; but
/// not before a city that has too much to do said that it may be asked. `news` hears what was found, or what
/// went wrong.
pub(super) fn watch(
    app: App,
    wanted: String,
    shown: Weak<()>,
    news: impl Fn(Result<Found, Failure>) + 'static,
) {
    spawn_local(async move {
        let is_over = || app.is_gone() || shown.strong_count() == 0;
        let mut wait = FIRST;
        let mut not_before = time::now() + SOONEST;
        loop {
            time::sleep_until(wait, "focus").await;
            if is_over() {
                return;
            }
            if time::now() < not_before && not_before - time::now() < f64::from(LONGEST * 4) {
                continue;
            }
            let answer = ask(app, &wanted).await;
            if is_over() {
                return;
            }
            wait = wait.saturating_mul(2).min(LONGEST);
            if let Err(Failure::Busy(Some(seconds))) = &answer {
                wait = (*seconds as i32)
                    .saturating_mul(1000)
                    .clamp(wait, LONGEST * 4);
            }
            let is_busy = matches!(answer, Err(Failure::Busy(_)));
            not_before = time::now()
                + if is_busy {
                    f64::from(wait) - SOONEST
                } else {
                    SOONEST
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
