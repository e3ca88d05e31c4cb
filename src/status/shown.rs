//! Follows a request for as long as it is shown: looks again with growing waits, shows what has changed and says
//! it once.

use super::device;
use super::look::{Found, Looking, ask, find, forget};
use super::promise::Promise;
use super::promised::{headline as headline_of, promise_of};
use crate::api::{Failure, Load};
use crate::app::App;
use crate::i18n::k;
use crate::live::Live;
use crate::platform::notice::Notices;
use crate::platform::{dom, time};
use crate::ui::failure_in_words;
use leptos::task::spawn_local;
use std::cell::{Cell, RefCell};
use std::rc::{Rc, Weak};

thread_local! {
    /// How the resident wants to hear of changes while the page is open, where it is more than this page.
    pub(super) static NOTICES: RefCell<Option<Notices>> = const { RefCell::new(None) };
}

/// A request that is shown, and what it takes to follow it.
pub(super) struct Shown {
    pub(super) app: App,
    /// What was looked for.
    pub(super) wanted: String,
    pub(super) state: Looking,
    /// When the city was asked last, Unix milliseconds, and why it could not be asked since.
    pub(super) asked: Live<(i64, Option<Failure>)>,
    /// What stands in the heading, and of what was promised.
    drawn: RefCell<(String, Option<Promise>)>,
    /// The city is not asked before this moment by itself, Unix milliseconds.
    not_before: Cell<f64>,
    /// It is among the requests of this device.
    pub(super) is_own: Live<bool>,
    /// Lives as long as the view.
    there: Weak<()>,
    /// What is known of it was erased: it is not to be kept again.
    pub(super) is_erased: Cell<bool>,
}

/// The first wait before it is looked at again, and the longest, in milliseconds.
const FIRST: i32 = 30_000;
const LONGEST: i32 = 300_000;
/// Nobody is asked again sooner than this, however often the page gets the focus, in milliseconds.
const SOONEST: f64 = 10_000.0;
/// A city that has too much to do may ask for this much time, in milliseconds.
const PATIENCE: f64 = 3_600_000.0;

impl Shown {
    /// Nothing is known of it yet.
    pub(super) fn new(app: App, wanted: String, there: Weak<()>) -> Self {
        Self {
            app,
            there,
            wanted,
            state: Live::new(Load::Pending),
            asked: Live::new((0, None)),
            drawn: RefCell::default(),
            not_before: Cell::new(0.0),
            is_own: Live::new(false),
            is_erased: Cell::new(false),
        }
    }

    /// Looks, and again for as long as the view is there: with growing waits, and whenever the page gets the
    /// focus; but not before a city that has too much to do said that it may be asked.
    pub(super) fn follow(self: Rc<Self>) {
        spawn_local(async move {
            self.look(false).await;
            if let Some(found) = self.found()
                && device::knows(self.app, found.id()).await
                && !self.is_over()
            {
                self.is_own.set(true);
            }
            let mut wait = FIRST;
            while !self.is_over() {
                time::sleep_until(wait.max(self.left()), "focus").await;
                if self.is_over() || self.is_erased.get() || self.left() > 0 {
                    continue;
                }
                self.look(false).await;
                wait = wait.saturating_mul(2).min(LONGEST);
            }
        });
    }

    /// Nobody looks at it any more.
    fn is_over(&self) -> bool {
        self.app.is_gone() || self.there.strong_count() == 0
    }

    /// For how long the city is not to be asked, in milliseconds.
    fn left(&self) -> i32 {
        let left = self.not_before.get() - time::now();
        // A clock that was set back would have it wait for ever.
        match left <= PATIENCE {
            true => left as i32,
            false => 0,
        }
    }

    /// The resident wants it now.
    pub(super) fn press(self: &Rc<Self>) {
        let shown = self.clone();
        spawn_local(async move { shown.look(true).await });
    }

    async fn look(&self, is_press: bool) {
        let app = self.app;
        let before = self.found();
        let answer = match before.is_some() {
            true => ask(app, &self.wanted, before).await,
            false => find(app, &self.wanted).await,
        };
        if app.is_gone() {
            return;
        }
        if self.is_erased.get() {
            return forget(app, &self.wanted);
        }
        if self.is_over() {
            return;
        }
        let why = match &answer {
            Ok(found) => found.why.as_ref(),
            Err(failure) => Some(failure),
        };
        let wait = match why {
            Some(Failure::Busy(Some(seconds))) => f64::from(*seconds) * 1000.0,
            _ => SOONEST,
        };
        self.not_before
            .set(time::now() + wait.clamp(SOONEST, PATIENCE));
        match answer {
            Ok(found) => self.take(found, is_press),
            Err(failure) => self.miss(failure, is_press),
        }
    }

    /// The request that is shown.
    pub(super) fn found(&self) -> Option<Rc<Found>> {
        self.state.peek(|state| match state {
            Load::Ready(found) if found.request.is_some() => Some(found.clone()),
            _ => None,
        })
    }

    /// What is shown stays when the city cannot be asked again; that and why is said beside it.
    fn miss(&self, failure: Failure, is_press: bool) {
        let app = self.app;
        let (asked, _) = self.asked.now();
        if self.found().is_some() {
            if is_press {
                app.announce(failure_in_words(app, &failure));
            }
            self.asked.set((asked, Some(failure)));
        } else if is_press || self.state.peek(|state| matches!(state, Load::Pending)) {
            // A look that nobody pressed for takes no view away.
            self.state.set(Load::Failed(failure));
        }
    }

    /// Shows what was found. What is the same stays as it is drawn, with the focus and what was typed
    /// there; a change is said once.
    fn take(&self, found: Found, is_press: bool) {
        let app = self.app;
        let request = found.request.as_ref();
        let promise = request.map(|request| promise_of(app, request, &found));
        let headline = request.zip(promise.as_ref());
        let headline = headline.map(|(request, promise)| headline_of(app, request, promise));
        let headline = headline.unwrap_or_default();
        let drawn = (headline.clone(), promise);
        let before = self.state.peek(|state| match state {
            Load::Ready(before) => Some(before.clone()),
            _ => None,
        });
        self.asked.set((found.asked, found.why.clone()));
        let is_first = before.is_none();
        let is_same = before.is_some_and(|before| {
            before.request == found.request
                && before.updates == found.updates
                && *self.drawn.borrow() == drawn
        });
        if is_same {
            if is_press {
                app.say(app.t(k::STATUS_NOTHING_NEW));
            }
            return;
        }
        let found = Rc::new(found);
        app.state().opened.replace(Some(found.clone()));
        let id = found.id().to_owned();
        self.drawn.replace(drawn);
        dom::keep_focus(&app.root(), ".view .title", || {
            self.state.set(Load::Ready(found));
        });
        if is_first {
            return;
        }
        NOTICES.with_borrow(|notices| {
            if let Some(notices) = notices {
                let number = app.t_with(k::STATUS_NUMBER, &[("number", &id)]);
                notices.show(&headline, &number, &app.language(), &id);
            }
        });
        app.announce(headline);
    }
}
