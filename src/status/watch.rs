//! Watches a request for as long as it is shown: fetches it again with growing waits, shows changes and announces
//! each once. Does not know how the request is drawn.

use super::lookup::{RequestSnapshot, SnapshotSignal, erase, fetch, fetch_or_cached};
use super::own_requests::{SavedFacts, saved_facts};
use super::promise_view::{headline, promise_of};
use super::update_send::{UpdateListener, UpdateOutcome};
use crate::app::App;
use crate::net::{ApiError, Load};
use crate::platform::notification::Notifications;
use crate::platform::{focus, time};
use crate::ui::error_text;
use crate::view::Signal;
use frontdoor_core::i18n::k;
use frontdoor_core::ids::RequestNumber;
use frontdoor_core::status::promise::Promise;
use frontdoor_core::status::update_draft::UpdateDraft;
use frontdoor_core::time::{HOUR, SECOND, UnixMs};
use leptos::task::spawn_local;
use std::cell::{Cell, RefCell};
use std::rc::{Rc, Weak};

thread_local! {
    /// The device's notifications, if the resident has turned them on since the page was opened.
    pub(super) static NOTIFICATIONS: RefCell<Option<Notifications>> = const { RefCell::new(None) };
}

/// First wait before a request is fetched again, in milliseconds; each further wait is twice as long. Sensible: 15 to
/// 120 s.
const FIRST_WAIT_MS: i32 = 30_000;
/// Longest wait between two fetches, in milliseconds. Sensible: 2 to 15 minutes.
const LONGEST_WAIT_MS: i32 = 300_000;
/// Shortest wait between two automatic fetches, in milliseconds, however often the page gets the focus. Sensible: 5
/// to 30 s.
const MIN_WAIT: i64 = 10 * SECOND;
/// Longest `Retry-After` of a busy city that is obeyed, in milliseconds. Sensible: 10 minutes to a few hours.
const MAX_RETRY_AFTER: i64 = HOUR;

/// A request that is shown, with the state to keep it up to date.
pub(super) struct RequestWatch {
    pub(super) app: App,
    /// Number or token that was looked up.
    pub(super) query: RequestNumber,
    /// The snapshot that is shown.
    pub(super) snapshot: SnapshotSignal,
    /// When the request was fetched, and why it could not be fetched since.
    pub(super) fetched: Signal<(UnixMs, Option<ApiError>)>,
    /// What this device has saved about the request.
    pub(super) facts: Signal<SavedFacts>,
    /// True once everything about the request was erased: it must not be saved again.
    pub(super) is_erased: Cell<bool>,
    /// The headline and the promises, as they are shown.
    shown: RefCell<(String, Option<Promise>)>,
    /// Time before which the request is not fetched again, unless the resident asks for it.
    not_before: Cell<UnixMs>,
    /// Can be upgraded as long as the view exists.
    view_alive: Weak<()>,
}

impl RequestWatch {
    /// Creates a watch; nothing is fetched before [`RequestWatch::run`].
    pub(super) fn new(app: App, query: RequestNumber, view_alive: Weak<()>) -> Self {
        Self {
            app,
            view_alive,
            query,
            snapshot: Signal::new(Load::Pending),
            fetched: Signal::new((UnixMs::default(), None)),
            shown: RefCell::default(),
            not_before: Cell::default(),
            facts: Signal::new(SavedFacts::default()),
            is_erased: Cell::new(false),
        }
    }

    /// Fetches the request now, and again for as long as the view exists: with growing waits, and when the page gets
    /// the focus, but not before the time that a busy city named.
    pub(super) fn run(self: Rc<Self>) {
        // No task of the widget: its long waits would hold the widget's state after it has left the page.
        spawn_local(async move {
            self.refresh(false).await;
            self.read_facts().await;
            self.listen();
            let mut wait = FIRST_WAIT_MS;
            while !self.is_over() {
                time::sleep_until(wait.max(self.remaining_ms()), "focus").await;
                if self.is_over() || self.is_erased.get() || self.remaining_ms() > 0 {
                    continue;
                }
                self.refresh(false).await;
                wait = wait.saturating_mul(2).min(LONGEST_WAIT_MS);
            }
        });
    }

    async fn read_facts(&self) {
        if let Some(snapshot) = self.current() {
            let facts = saved_facts(self.app, &snapshot).await;
            if !self.is_over() {
                self.facts.set(facts);
            }
        }
    }

    /// Lets the outbox tell this page that an update was sent, or could not be.
    fn listen(self: &Rc<Self>) {
        if self.is_over() {
            return;
        }
        let watch = Rc::downgrade(self);
        let listener = move |_: &UpdateDraft, _: &UpdateOutcome| {
            if let Some(watch) = watch.upgrade().filter(|watch| !watch.is_over()) {
                watch.app.spawn(async move {
                    watch.read_facts().await;
                    if !watch.is_over() {
                        watch.refresh(false).await;
                    }
                });
            }
        };
        self.app
            .set_slot(Rc::new(UpdateListener(Box::new(listener))));
    }

    fn is_over(&self) -> bool {
        self.app.is_gone() || self.view_alive.strong_count() == 0
    }

    /// Remaining time in which the city must not be asked, in milliseconds.
    fn remaining_ms(&self) -> i32 {
        let remaining = self.not_before.get().since(time::now());
        // Without this limit it would wait forever if the device's clock was set back.
        if remaining <= MAX_RETRY_AFTER {
            remaining as i32
        } else {
            0
        }
    }

    /// Fetches the request at once, because the resident asked for it.
    pub(super) fn refresh_now(self: &Rc<Self>) {
        let watch = self.clone();
        self.app.spawn(async move { watch.refresh(true).await });
    }

    async fn refresh(&self, is_pressed: bool) {
        let app = self.app;
        let before = self.current();
        let result = if before.is_some() {
            fetch(app, &self.query, before).await
        } else {
            fetch_or_cached(app, &self.query).await
        };
        if app.is_gone() {
            return;
        }
        if self.is_erased.get() {
            return erase(app, &self.query);
        }
        if self.is_over() {
            return;
        }
        let error = match &result {
            Ok(snapshot) => snapshot.stale_because.as_ref(),
            Err(error) => Some(error),
        };
        let wait = match error {
            Some(ApiError::Busy(Some(seconds))) => i64::from(*seconds) * SECOND,
            _ => MIN_WAIT,
        };
        self.not_before
            .set(time::now().plus(wait.clamp(MIN_WAIT, MAX_RETRY_AFTER)));
        match result {
            Ok(snapshot) => self.on_loaded(snapshot, is_pressed),
            Err(error) => self.on_failed(error, is_pressed),
        }
    }

    /// The snapshot that is shown; `None` if no request was found yet.
    pub(super) fn current(&self) -> Option<Rc<RequestSnapshot>> {
        self.snapshot.with_untracked(|snapshot| match snapshot {
            Load::Ready(snapshot) if snapshot.request.is_some() => Some(snapshot.clone()),
            _ => None,
        })
    }

    /// Handles a failed fetch. A request that is shown stays, with a note about the error beside it.
    fn on_failed(&self, error: ApiError, is_pressed: bool) {
        let app = self.app;
        let (fetched_at, _) = self.fetched.get_untracked();
        if self.current().is_some() {
            if is_pressed {
                app.announce(error_text(app, &error));
            }
            self.fetched.set((fetched_at, Some(error)));
            return;
        }
        let is_pending = self
            .snapshot
            .with_untracked(|snapshot| matches!(snapshot, Load::Pending));
        // An automatic refresh must not replace the view with an error.
        if is_pressed || is_pending {
            self.snapshot.set(Load::Failed(error));
        }
    }

    /// Shows a snapshot. An unchanged one is not redrawn, so that the focus and typed text stay; a change is
    /// announced once.
    fn on_loaded(&self, snapshot: RequestSnapshot, is_pressed: bool) {
        let app = self.app;
        let request = snapshot.request.as_ref();
        let promise = request.map(|request| promise_of(app, request, &snapshot));
        let headline = request
            .zip(promise.as_ref())
            .map(|(request, promise)| headline(app, request, promise))
            .unwrap_or_default();
        let shown = (headline.clone(), promise);
        let before = self.snapshot.with_untracked(|before| match before {
            Load::Ready(before) => Some(before.clone()),
            _ => None,
        });
        self.fetched
            .set((snapshot.fetched_at, snapshot.stale_because.clone()));
        let is_first = before.is_none();
        let is_same = before.is_some_and(|before| {
            before.request == snapshot.request
                && before.updates == snapshot.updates
                && *self.shown.borrow() == shown
        });
        if is_same {
            if is_pressed {
                app.toast(app.t(k::STATUS_NOTHING_NEW));
            }
            return;
        }
        let snapshot = Rc::new(snapshot);
        app.set_slot(snapshot.clone());
        let number = snapshot.number();
        self.shown.replace(shown);
        focus::keep_focus(&app.root(), ".view .title", || {
            self.snapshot.set(Load::Ready(snapshot));
        });
        if is_first {
            return;
        }
        NOTIFICATIONS.with_borrow(|notifications| {
            if let Some(notifications) = notifications {
                let text = app.t_with(k::STATUS_NUMBER, &[("number", &number)]);
                notifications.show(&headline, &text, &app.language(), &number);
            }
        });
        app.announce(headline);
    }
}
