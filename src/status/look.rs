//! Asks the city about a request, and remembers what it said last for when it cannot be asked.

use super::number::{self, bare};
use super::words::{Setting, meaning_of, understand};
use crate::api::{Answer, Failure, Load};
use crate::app::App;
use crate::config::{self, Extension};
use crate::live::Live;
use crate::platform::{dom, storage, time};
use leptos::task::spawn_local;
use open311::{Lookup, ServiceRequest, Status, Update, Value, json};
use std::rc::Rc;

/// What was found out about a request.
#[derive(Clone, Debug, Default)]
pub(super) struct Found {
    /// What was looked for.
    pub(super) wanted: String,
    pub(super) request: Option<ServiceRequest>,
    pub(super) updates: Vec<Update>,
    /// The city tells what happens to its requests.
    pub(super) has_history: bool,
    /// When the city was asked, Unix milliseconds.
    pub(super) asked: i64,
    /// How far the city's clock is ahead of the device's, in milliseconds.
    pub(super) ahead: i64,
    /// Why the city could not be asked again, where this is what it said last.
    pub(super) why: Option<Failure>,
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
    match ask(app, wanted, None).await {
        Err(failure) if !app.is_gone() => recall(app, wanted, failure),
        answer => answer,
    }
}

/// Asks the city, and nothing but the city; with what it said `before`, it is asked for no more than that.
pub(super) async fn ask(
    app: App,
    wanted: &str,
    before: Option<Rc<Found>>,
) -> Result<Found, Failure> {
    let found = ask_city(app, wanted, before).await?;
    Ok(match app.is_gone() {
        true => found,
        false => understood(app, found),
    })
}

async fn ask_city(app: App, wanted: &str, before: Option<Rc<Found>>) -> Result<Found, Failure> {
    let api = app.api();
    let before = before.filter(|before| before.request.is_some());
    let mut ids = match &before {
        Some(before) => vec![before.id().to_owned()],
        None => number::candidates(wanted),
    };
    let before = before.as_deref();
    let notes = app.with_config(|config| config.offers(Extension::Notes));
    let query: &[(&str, &str)] = if notes {
        &[("extensions", "true")]
    } else {
        &[]
    };
    let mut ahead = 0;
    let (mut nth, mut asks_token) = (0, before.is_none());
    loop {
        let Some(id) = ids.get(nth).cloned() else {
            // A token is as good, once it has become a number.
            let token = match asks_token {
                true => of_token(app, wanted).await?,
                false => None,
            };
            asks_token = false;
            match token {
                Some(id) => ids.push(id),
                None => break,
            }
            continue;
        };
        nth += 1;
        let answer = api.request_answer(&id, query).await?;
        ahead = ahead_of(&answer);
        match open311::look_up_request(answer.status, &answer.body, &id) {
            Lookup::Found(request) => {
                return Ok(whole(app, wanted, &id, *request, answer, before).await);
            }
            // What the city does not take for a number may be one in another form, or a token.
            Lookup::Failed(error) if !matches!(error.status, 400 | 422) => {
                return Err(Failure::from_error(error));
            }
            _ => {}
        }
    }
    Ok(Found {
        wanted: wanted.to_owned(),
        asked: time::now() as i64 + ahead,
        ahead,
        ..Found::default()
    })
}

/// The number that a token has become. Not every city has tokens, and one that has none may answer anything.
async fn of_token(app: App, wanted: &str) -> Result<Option<String>, Failure> {
    if app.is_gone() {
        return Ok(None);
    }
    match app.api().token(wanted).await {
        Ok(receipt) => Ok(receipt.and_then(|receipt| receipt.service_request_id)),
        Err(busy @ Failure::Busy(_)) => Err(busy),
        Err(gone @ (Failure::Unreachable | Failure::TimedOut)) if kept(app, wanted).is_some() => {
            Err(gone)
        }
        Err(_) => Ok(None),
    }
}

async fn whole(
    app: App,
    wanted: &str,
    id: &str,
    request: ServiceRequest,
    answer: Answer,
    before: Option<&Found>,
) -> Found {
    let mut history = None;
    if !app.is_gone() && app.with_config(|config| config.offers(Extension::Updates)) {
        // The history is an extra: without it the request can still be shown, with what is known of it.
        history = app.api().updates_text(id).await.ok();
    }
    let ahead = ahead_of(&answer);
    let mut found = Found {
        wanted: wanted.to_owned(),
        request: Some(request),
        asked: time::now() as i64 + ahead,
        ahead,
        ..Found::default()
    };
    match (&history, before) {
        (Some(history), _) => {
            found.updates = read(history, id);
            found.has_history = true;
        }
        (None, Some(before)) => {
            found.updates = before.updates.clone();
            found.has_history = before.has_history;
        }
        (None, None) => {}
    }
    if !app.is_gone() {
        keep(app, id, &found, answer.body, history.unwrap_or_default());
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
    understand(&setting, found.request.as_mut_slice());
    for update in &mut found.updates {
        update.status = meaning_of(&setting, update.status_text.as_deref(), &update.status).0;
    }
    if let Some(request) = &mut found.request
        && let Some(finer) = finer(&request.status, &found.updates)
    {
        request.status = finer;
    }
    found
}

/// Where the newest update says more finely the same: a request in GeoReport is open or closed, an update may
/// say that it is planned, or was taken back.
fn finer(status: &Status, updates: &[Update]) -> Option<Status> {
    // Without zones the last one is the newest, as most send them.
    let at = |update: &&Update| update.updated.as_ref()?.unix_milliseconds();
    let told = updates
        .iter()
        .filter(|update| update.status != Status::Unstated);
    let newest = &told.max_by_key(at)?.status;
    let is_plain = matches!(status, Status::Open | Status::Closed);
    let is_finer = matches!(newest, Status::Known(_)) && newest.stage() == status.stage();
    (is_plain && is_finer).then(|| newest.clone())
}

/// The updates of this request, and of no other: not every endpoint looks at what it was asked for.
fn read(history: &str, id: &str) -> Vec<Update> {
    let value = json::parse(history).unwrap_or_default();
    let mut rows = open311::read_updates(&value).rows;
    let id = bare(id);
    rows.retain(|update| {
        let of = update.service_request_id.as_deref();
        of.is_none_or(|of| bare(of) == id)
    });
    rows
}

/// More than this is not kept, in bytes.
const LARGEST: usize = 40_000;
/// So many requests are kept, those that were looked at last.
const MOST: usize = 20;

fn keep(app: App, id: &str, found: &Found, body: String, history: String) {
    if body.len() > LARGEST {
        return;
    }
    let history = match body.len() + history.len() > LARGEST {
        true => String::new(),
        false => history,
    };
    let text = json::write(&Value::Map(vec![
        ("id".into(), Value::Text(id.into())),
        ("asked".into(), Value::Number(found.asked.to_string())),
        ("ahead".into(), Value::Number(found.ahead.to_string())),
        ("request".into(), Value::Text(body)),
        ("updates".into(), Value::Text(history)),
    ]));
    let own = bare(&found.wanted);
    storage::write_kept(&key(app, &own), &text);
    let mut all = names(app);
    all.retain(|name| *name != own);
    all.insert(0, own);
    while all.len() > MOST {
        let last = all.pop().unwrap_or_default();
        storage::write_kept(&key(app, &last), "");
    }
    write_names(app, &all);
}

/// Forgets what the city said of a request, under whatever name it was looked for.
pub(super) fn forget(app: App, id: &str) {
    let id = bare(id);
    let mut all = names(app);
    all.retain(|name| {
        let kept = kept(app, name);
        let own = kept.as_ref().and_then(|kept| kept.get("id")?.text());
        let is_other = *name != id && own.is_none_or(|own| bare(own) != id);
        if !is_other {
            storage::write_kept(&key(app, name), "");
        }
        is_other
    });
    write_names(app, &all);
}

/// The names under which something is kept, the newest first.
fn names(app: App) -> Vec<String> {
    let names = storage::read_kept(&key(app, "")).unwrap_or_default();
    let names = names.split('\n').filter(|name| !name.is_empty());
    names.map(str::to_owned).collect()
}

fn write_names(app: App, all: &[String]) {
    storage::write_kept(&key(app, ""), &all.join("\n"));
}

fn key(app: App, name: &str) -> String {
    app.key(&["known/", name].concat())
}

fn kept(app: App, wanted: &str) -> Option<Value> {
    json::parse(&storage::read_kept(&key(app, &bare(wanted)))?).ok()
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
    let id = text("id")?;
    let Lookup::Found(request) = open311::look_up_request(200, text("request")?, id) else {
        return None;
    };
    let history = text("updates");
    Some(Found {
        wanted: wanted.to_owned(),
        request: Some(*request),
        updates: read(history.unwrap_or_default(), id),
        has_history: history.is_some(),
        asked: number("asked")?,
        ahead: number("ahead").unwrap_or_default(),
        ..Found::default()
    })
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
