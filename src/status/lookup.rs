//! Looks up a request at the city's endpoint, and caches the response for when the city cannot be reached. What a
//! status means is defined in `frontdoor_core::status`; this module draws nothing.

use super::context::StatusContext;
use crate::app::App;
use crate::net::{ApiError, Load, Response};
use crate::platform::time;
use crate::view::Signal;
use frontdoor_core::config::Extension;
use frontdoor_core::ids::RequestNumber;
use frontdoor_core::status::config::{apply_city_wording, meaning_of};
use frontdoor_core::status::number::{self, bare};
use frontdoor_core::storage::Entry;
use frontdoor_core::time::{MINUTE, UnixMs};
use json::Value;
use open311::{Lookup, ServiceRequest, Status, Update};
use std::rc::Rc;

/// A request with its history, as fetched from the city or from the cache.
#[derive(Clone, Debug, Default)]
pub(super) struct RequestSnapshot {
    /// The query: a number as somebody typed it, or a token.
    pub(super) query: RequestNumber,
    /// The request; `None` if the city does not know it.
    pub(super) request: Option<ServiceRequest>,
    /// Its updates.
    pub(super) updates: Vec<Update>,
    /// True if the city publishes the updates of its requests.
    pub(super) has_history: bool,
    /// When it was fetched, by the city's clock.
    pub(super) fetched_at: UnixMs,
    /// How far the city's clock is ahead of the device's, in milliseconds.
    pub(super) clock_offset_ms: i64,
    /// Why the city could not be reached, if this snapshot is from the cache.
    pub(super) stale_because: Option<ApiError>,
}

impl RequestSnapshot {
    /// The current time by the city's clock.
    pub(super) fn now(&self) -> UnixMs {
        time::now().plus(self.clock_offset_ms)
    }

    /// The request's number as the city writes it; the query if it is unknown.
    pub(super) fn number(&self) -> RequestNumber {
        let request = self.request.as_ref();
        let id = request.and_then(|request| request.id.as_deref());
        id.map_or_else(|| self.query.clone(), RequestNumber::from)
    }

    /// The code of the request's service; empty if it is unknown.
    pub(super) fn service_code(&self) -> &str {
        let request = self.request.as_ref();
        let code = request.and_then(|request| request.service_code.as_deref());
        code.unwrap_or_default()
    }

    /// The snapshot that is shown, or was last shown.
    pub(super) fn current(app: App) -> Option<Rc<Self>> {
        app.slot()
    }
}

/// A signal with the state of loading a snapshot.
pub(super) type SnapshotSignal = Signal<Load<Rc<RequestSnapshot>>>;

/// Loads a request into `signal`, and makes it the current one.
pub(super) fn load(app: App, query: RequestNumber, signal: &SnapshotSignal) {
    let signal = signal.clone();
    app.spawn(async move {
        let snapshot = Load::from_result(fetch_or_cached(app, &query).await);
        if app.is_gone() {
            return;
        }
        if let Load::Ready(snapshot) = &snapshot {
            app.set_slot(snapshot.clone());
        }
        signal.set(snapshot);
    });
}

/// Fetches a request by its number, in any of the ways people write it, or by a token. Falls back to the cache if the
/// city cannot be reached.
pub(super) async fn fetch_or_cached(
    app: App,
    query: &RequestNumber,
) -> Result<RequestSnapshot, ApiError> {
    match fetch(app, query, None).await {
        Err(error) if !app.is_gone() => load_cached(app, query, error),
        result => result,
    }
}

/// Fetches a request from the city. With an earlier snapshot, tries only the number in it.
pub(super) async fn fetch(
    app: App,
    query: &RequestNumber,
    before: Option<Rc<RequestSnapshot>>,
) -> Result<RequestSnapshot, ApiError> {
    let snapshot = fetch_from_city(app, query, before).await?;
    Ok(if app.is_gone() {
        snapshot
    } else {
        with_city_wording(app, snapshot)
    })
}

async fn fetch_from_city(
    app: App,
    query: &RequestNumber,
    before: Option<Rc<RequestSnapshot>>,
) -> Result<RequestSnapshot, ApiError> {
    let client = app.client();
    let before = before.filter(|before| before.request.is_some());
    let mut numbers = match &before {
        Some(before) => vec![before.number().to_string()],
        None => number::candidates(query),
    };
    let before = before.as_deref();
    let parameters: &[(&str, &str)] = if app.offers(Extension::Notes) {
        &[("extensions", "true")]
    } else {
        &[]
    };
    let mut clock_offset_ms = 0;
    let (mut index, mut may_be_token) = (0, before.is_none());
    loop {
        let Some(number) = numbers.get(index).cloned() else {
            // The query may be a token that has become a number.
            let number = if may_be_token {
                number_of_token(app, query).await?
            } else {
                None
            };
            may_be_token = false;
            match number {
                Some(number) => numbers.push(number),
                None => break,
            }
            continue;
        };
        index += 1;
        let response = client.request_raw(&number, parameters).await?;
        clock_offset_ms = clock_offset(&response);
        match open311::look_up_request(response.status, &response.body, &number) {
            Lookup::Found(request) => {
                return Ok(with_history(app, query, &number, *request, response, before).await);
            }
            // If the city rejects the number, it may exist in another form, or be a token.
            Lookup::Failed(error) if !matches!(error.status, 400 | 422) => {
                return Err(ApiError::from_error(error));
            }
            _ => {}
        }
    }
    Ok(RequestSnapshot {
        query: query.clone(),
        fetched_at: time::now().plus(clock_offset_ms),
        clock_offset_ms,
        ..RequestSnapshot::default()
    })
}

/// The number that a token has become. Not every city has tokens, and a city without them may respond with anything;
/// so most errors count as “no number”.
async fn number_of_token(app: App, query: &RequestNumber) -> Result<Option<String>, ApiError> {
    if app.is_gone() {
        return Ok(None);
    }
    match app.client().token(query).await {
        Ok(receipt) => Ok(receipt.and_then(|receipt| receipt.service_request_id)),
        Err(busy @ ApiError::Busy(_)) => Err(busy),
        Err(error @ (ApiError::Unreachable | ApiError::TimedOut))
            if saved_snapshot(app, query).is_some() =>
        {
            Err(error)
        }
        Err(_) => Ok(None),
    }
}

async fn with_history(
    app: App,
    query: &RequestNumber,
    number: &str,
    request: ServiceRequest,
    response: Response,
    before: Option<&RequestSnapshot>,
) -> RequestSnapshot {
    let mut history = None;
    if !app.is_gone() && app.offers(Extension::Updates) {
        // The history is optional: without it the request can still be shown.
        history = app.client().updates_raw(number).await.ok();
    }
    let clock_offset_ms = clock_offset(&response);
    let mut snapshot = RequestSnapshot {
        query: query.clone(),
        request: Some(request),
        fetched_at: time::now().plus(clock_offset_ms),
        clock_offset_ms,
        ..RequestSnapshot::default()
    };
    match (&history, before) {
        (Some(history), _) => {
            snapshot.updates = read_updates(history, number);
            snapshot.has_history = true;
        }
        (None, Some(before)) => {
            snapshot.updates = before.updates.clone();
            snapshot.has_history = before.has_history;
        }
        (None, None) => {}
    }
    if !app.is_gone() {
        save(
            app,
            number,
            &snapshot,
            response.body,
            history.unwrap_or_default(),
        );
    }
    snapshot
}

/// A device's clock counts as correct if it differs from the city's by at most this, in milliseconds, because the
/// `Date` header takes time to arrive. Sensible: 1 to 10 minutes.
const CLOCK_TOLERANCE: i64 = 5 * MINUTE;

/// How far the city's clock is ahead of the device's, in milliseconds; 0 if that is unknown, or if the device's clock
/// is correct. Whether something is late depends on the city's clock.
fn clock_offset(response: &Response) -> i64 {
    let date = response.date.as_deref().and_then(time::parse_http_date);
    let offset = date.map_or(0, |date| date.since(time::now()));
    if offset.abs() > CLOCK_TOLERANCE {
        offset
    } else {
        0
    }
}

/// Replaces statuses with the meaning that the config gives to the city's own terms.
fn with_city_wording(app: App, mut snapshot: RequestSnapshot) -> RequestSnapshot {
    let context = StatusContext::of(app);
    apply_city_wording(&context.config, snapshot.request.as_mut_slice());
    for update in &mut snapshot.updates {
        let text = update.status_text.as_deref();
        update.status = meaning_of(&context.config, text, &update.status).0;
    }
    if let Some(request) = &mut snapshot.request
        && let Some(status) = refine_status(&request.status, &snapshot.updates)
    {
        request.status = status;
    }
    snapshot
}

/// The newest update's status, if it refines the request's: a GeoReport request is only open or closed, while an
/// update may say that it is planned, or was withdrawn.
fn refine_status(status: &Status, updates: &[Update]) -> Option<Status> {
    // `max_by_key` takes the last of equal ones: without time zones that is the newest, in the order of most endpoints.
    let at = |update: &&Update| update.updated.as_ref()?.unix_milliseconds();
    let stated = updates
        .iter()
        .filter(|update| update.status != Status::Unstated);
    let newest = &stated.max_by_key(at)?.status;
    let is_plain = matches!(status, Status::Open | Status::Closed);
    let is_finer = matches!(newest, Status::Known(_)) && newest.stage() == status.stage();
    (is_plain && is_finer).then(|| newest.clone())
}

/// The updates of this request. Some endpoints also send updates of other requests, which are left out.
fn read_updates(history: &str, number: &str) -> Vec<Update> {
    let value = json::parse(history).unwrap_or_default();
    let mut rows = open311::read_updates(&value).rows;
    let number = bare(number);
    rows.retain(|update| {
        let of = update.service_request_id.as_deref();
        of.is_none_or(|of| bare(of) == number)
    });
    rows
}

/// Responses larger than this, in bytes, are not cached: Web Storage holds about 5 MB for the whole site. Sensible:
/// 10,000 to 100,000.
const MAX_SAVED_BYTES: usize = 40_000;
/// At most this many requests are cached, most recent first. Sensible: 5 to 50.
const MAX_SAVED: usize = 20;

fn save(app: App, number: &str, snapshot: &RequestSnapshot, body: String, history: String) {
    if body.len() > MAX_SAVED_BYTES {
        return;
    }
    let history = if body.len() + history.len() > MAX_SAVED_BYTES {
        String::new()
    } else {
        history
    };
    let text = json::write(&Value::object(vec![
        ("id", number.into()),
        ("asked", snapshot.fetched_at.0.into()),
        ("ahead", snapshot.clock_offset_ms.into()),
        ("request", body.into()),
        ("updates", history.into()),
    ]));
    let own = bare(&snapshot.query);
    app.write(Entry::Snapshot(&own), &text);
    let mut all = saved_names(app);
    all.retain(|name| *name != own);
    all.insert(0, own);
    while all.len() > MAX_SAVED {
        let last = all.pop().unwrap_or_default();
        app.erase(Entry::Snapshot(&last));
    }
    write_names(app, &all);
}

/// Erases the cached snapshots of a request, whatever query they were found by.
pub(super) fn erase(app: App, number: &str) {
    let number = bare(number);
    let mut all = saved_names(app);
    all.retain(|name| {
        let saved = saved_snapshot(app, name);
        let own = saved.as_ref().and_then(|saved| saved.get("id")?.text());
        let is_other = *name != number && own.is_none_or(|own| bare(own) != number);
        if !is_other {
            app.erase(Entry::Snapshot(name));
        }
        is_other
    });
    write_names(app, &all);
}

/// The names under which snapshots are cached, most recent first.
fn saved_names(app: App) -> Vec<String> {
    let names = app.read(Entry::Snapshots).unwrap_or_default();
    let names = names.split('\n').filter(|name| !name.is_empty());
    names.map(str::to_owned).collect()
}

fn write_names(app: App, all: &[String]) {
    app.write(Entry::Snapshots, &all.join("\n"));
}

fn saved_snapshot(app: App, query: &str) -> Option<Value> {
    json::parse(&app.read(Entry::Snapshot(&bare(query)))?).ok()
}

/// The cached snapshot, marked as stale because of `error`; `error` itself if there is none.
fn load_cached(
    app: App,
    query: &RequestNumber,
    error: ApiError,
) -> Result<RequestSnapshot, ApiError> {
    match read_cached(app, query) {
        Some(mut snapshot) => {
            snapshot.stale_because = Some(error);
            Ok(with_city_wording(app, snapshot))
        }
        None => Err(error),
    }
}

fn read_cached(app: App, query: &RequestNumber) -> Option<RequestSnapshot> {
    let saved = saved_snapshot(app, query)?;
    let text = |name| saved.get(name).and_then(Value::text);
    let number = text("id")?;
    let Lookup::Found(request) = open311::look_up_request(200, text("request")?, number) else {
        return None;
    };
    let history = text("updates");
    Some(RequestSnapshot {
        query: query.clone(),
        request: Some(*request),
        updates: read_updates(history.unwrap_or_default(), number),
        has_history: history.is_some(),
        fetched_at: UnixMs(saved.i64_of("asked")?),
        clock_offset_ms: saved.i64_of("ahead").unwrap_or_default(),
        stale_because: None,
    })
}
