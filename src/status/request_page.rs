//! The page of one request, most important things first, in words: its status, what was promised and whether it was
//! kept, what the resident can do now, who is responsible, and what happened. Fetching is in `watch`.

use super::context::StatusContext;
use super::history::{facts, history, photo};
use super::lookup::RequestSnapshot;
use super::other_ways::{new_request_link, number_and_phone};
use super::own_requests;
use super::promise_view::{headline, is_late, meaning_lines, promise_box, promise_of};
use super::watch::RequestWatch;
use crate::app::{App, Chunk, Event as PageEvent};
use crate::net::Load;
use crate::platform::{focus, intl};
use crate::ui::{
    button, error_text, heading, lazy_view, link, load_error, loading, paragraph, reactive,
    reactive_if_changed, row, secondary_button, title, toggle_button,
};
use crate::view::{Signal, View, el};
use frontdoor_core::config::Extension;
use frontdoor_core::i18n::{Key, k};
use frontdoor_core::ids::RequestNumber;
use frontdoor_core::route::Route;
use frontdoor_core::status::on_time::is_refused;
use frontdoor_core::status::promise::{Completion, Promise};
use frontdoor_core::status::timeline::{Event, open_question, timeline};
use frontdoor_core::status::update_kind::UpdateKind;
use frontdoor_core::storage::Entry;
use open311::{ServiceRequest, Stage};
use std::rc::Rc;

/// Chunks that the page loads on demand.
#[derive(Clone, Copy)]
pub(super) struct Extras {
    /// The rating after the request is closed.
    pub(super) rating: &'static Chunk,
    /// The location on a map.
    pub(super) map: &'static Chunk,
    /// The promised day as a calendar file.
    pub(super) calendar: &'static Chunk,
    /// Notifications of changes.
    pub(super) notifications: &'static Chunk,
}

/// The page of the request with this number or token, refreshed for as long as it is shown.
pub(super) fn request_page(app: App, number: RequestNumber, extras: Extras) -> View {
    let view_alive = Rc::new(());
    let watch = RequestWatch::new(app, number, Rc::downgrade(&view_alive));
    let page = RequestPage {
        watch: Rc::new(watch),
        extras,
    };
    page.watch.clone().run();
    reactive(move || {
        // Captured by the view's closure, so that the watch ends when the view is dropped.
        let _ = &view_alive;
        let watch = page.watch.clone();
        let refresh = move || watch.refresh_now();
        page.watch.snapshot.with(|snapshot| match snapshot {
            Load::Pending => loading(app),
            Load::Failed(error) => load_error(app, error, refresh),
            Load::Ready(snapshot) => match &snapshot.request {
                Some(request) => page.draw(request, snapshot),
                None => not_found(app, &page.watch.query, refresh),
            },
        })
    })
}

#[derive(Clone)]
struct RequestPage {
    watch: Rc<RequestWatch>,
    extras: Extras,
}

impl RequestPage {
    fn draw(&self, request: &ServiceRequest, snapshot: &Rc<RequestSnapshot>) -> View {
        let app = self.watch.app;
        let number = snapshot.number();
        let promise = promise_of(app, request, snapshot);
        let is_late = is_late(&promise);
        let now = snapshot.now();
        let utc_offset_ms = StatusContext::of(app).utc_offset_ms(now);
        let events = timeline(request, &snapshot.updates, now, utc_offset_ms);
        app.emit(&PageEvent::StatusShown {
            service: snapshot.service_code(),
            stage: request.status.stage(),
            is_late,
        });
        let about = [request.service_name.as_deref(), request.address.as_deref()];
        let about: Vec<&str> = about.into_iter().flatten().collect();
        let number_text = app.t_with(k::STATUS_NUMBER, &[("number", &number)]);
        let head = if about.is_empty() {
            number_text
        } else {
            [&number_text, " · ", &about.join(", ")].concat()
        };
        let description = request.description.as_deref().map(|text| {
            el("div")
                .child(heading(app.t(k::STATUS_ASKED)))
                .child(paragraph("own-words", text))
        });
        let watch = self.watch.clone();
        let refresh = button("button", "quiet-button", app.t(k::STATUS_LOOK_AGAIN))
            .on("click", move |_| watch.refresh_now());
        [
            el("div")
                .child(paragraph("quiet", head))
                .child(title(app, headline(app, request, &promise)))
                .into(),
            el("div")
                .class("row")
                .child(self.fetched_line())
                .child(refresh)
                .into(),
            self.unsent(),
            self.question(request, &number, &events),
            promise_box(app, request, &promise, &events),
            meaning_lines(app, request, &promise, &events),
            self.actions(request, &number, is_late),
            self.reminders(request, &promise),
            facts(app, request, &events),
            self.place(request),
            history(app, &events),
            photo(app, request.media_url.as_deref()),
            description.into(),
            self.rating(request, &number),
            row([
                self.erase_button(k::STATUS_FORGET, k::ERASED, false),
                self.erase_button(k::SHARED_COMPUTER, k::KEPT_NOWHERE, true),
            ]),
        ]
        .into()
    }

    /// When the request was fetched, and a warning if it may be out of date.
    fn fetched_line(&self) -> View {
        let watch = self.watch.clone();
        reactive(move || {
            let app = watch.app;
            let (fetched_at, error) = watch.fetched.get();
            let zone = app.time_zone();
            let at = intl::day_and_time(&app.language(), zone.as_deref(), fetched_at);
            let at = at.unwrap_or_default();
            let (class, key) = match &error {
                Some(_) => ("notice", k::STATUS_OLD),
                None => ("", k::STATUS_LOOKED_AT),
            };
            let error = error.map(|error| paragraph("", error_text(app, &error)));
            el("div")
                .class(class)
                .child(error)
                .child(paragraph("quiet", app.t_with(key, &[("day", &at)])))
        })
    }

    /// The actions that the resident can take now.
    fn actions(&self, request: &ServiceRequest, number: &RequestNumber, is_late: bool) -> View {
        let app = self.watch.app;
        let is_closed = request.status.stage() == Stage::Closed;
        let may_be_still_there = is_closed && !is_refused(&request.status);
        let follow = self.follow_button(request.service_name.clone().unwrap_or_default());
        if !app.offers(Extension::Updates) {
            let again = may_be_still_there
                .then(|| row(new_request_link(app, request, number, k::ACT_STILL)));
            return [row(follow), again.into(), number_and_phone(app, number)].into();
        }
        let number = number.clone();
        let update: Rc<dyn Fn(UpdateKind, &'static str, Key) -> View> =
            Rc::new(move |kind, class, text| {
                let to = Route::Update {
                    number: number.clone(),
                    kind,
                };
                link(app, to, class, app.t(text))
            });
        let (reminder, withdrawal) = (update.clone(), update.clone());
        let remind = is_late
            .then(|| self.for_sender(move || reminder(UpdateKind::Remind, "btn", k::ACT_REMIND)));
        let still_there =
            may_be_still_there.then(|| update(UpdateKind::StillThere, "btn second", k::ACT_STILL));
        let withdraw = (!is_closed).then(|| {
            self.for_sender(move || withdrawal(UpdateKind::Withdraw, "btn second", k::ACT_WITHDRAW))
        });
        row([
            remind.into(),
            still_there.into(),
            update(UpdateKind::Add, "btn second", k::ACT_ADD),
            follow,
            withdraw.into(),
        ])
    }

    /// What only the person who sent the request may do: drawn on the device that sent it, and elsewhere if the city asks
    /// the sender to confirm it.
    fn for_sender(&self, draw: impl Fn() -> View + 'static) -> View {
        let facts = self.watch.facts.clone();
        let is_confirmed = self.watch.app.offers(Extension::Confirmation);
        let may = move || (is_confirmed || facts.with(|facts| facts.is_sender)).then_some(());
        reactive_if_changed(may, move |()| draw())
    }

    /// What was written to the city about this request and is not sent yet, as far as this device knows.
    fn unsent(&self) -> View {
        let watch = self.watch.clone();
        reactive(move || {
            let app = watch.app;
            watch.facts.with(|facts| {
                let boxes = facts.unsent.iter().map(|draft| {
                    let key = if draft.is_waiting {
                        k::ACT_UNSENT_WAITS
                    } else {
                        k::ACT_UNSENT
                    };
                    let to = Route::Update {
                        number: draft.number.clone(),
                        kind: draft.kind,
                    };
                    el("div")
                        .class("promise note")
                        .child(paragraph("", app.t(key)))
                        .child(paragraph("own-words", draft.text.as_str()))
                        .child(row(link(app, to, "btn second", app.t(k::ACT_UNSENT_OPEN))))
                        .into()
                });
                boxes.collect::<Vec<View>>()
            })
        })
    }

    /// The city's question, until it is answered or the request is closed. Anybody may read it; only the person who
    /// sent the request can answer it.
    fn question(&self, request: &ServiceRequest, number: &RequestNumber, events: &[Event]) -> View {
        let app = self.watch.app;
        let is_open = |event: &&Event| {
            request.status.stage() != Stage::Closed && !is_answered(app, number, event)
        };
        let Some(event) = open_question(events).filter(is_open) else {
            return View::Nothing;
        };
        let to = Route::Update {
            number: number.clone(),
            kind: UpdateKind::Answer,
        };
        let question = event.words.clone().unwrap_or_default();
        self.for_sender(move || {
            el("div")
                .class("promise note")
                .child(el("b").child(app.t(k::STATUS_ASKS_YOU)))
                .child(paragraph("", question.as_str()))
                .child(row(link(app, to.clone(), "btn", app.t(k::ACT_ANSWER))))
                .into()
        })
    }

    /// A button to follow the request on this device; nothing if it is already among its requests.
    fn follow_button(&self, service_name: String) -> View {
        let watch = self.watch.clone();
        reactive(move || {
            let app = watch.app;
            if watch.facts.with(|facts| facts.is_listed) {
                return View::Nothing;
            }
            let (watch, name) = (watch.clone(), service_name.clone());
            secondary_button(app.t(k::STATUS_FOLLOW), move || {
                let (watch, name) = (watch.clone(), name.clone());
                app.spawn(async move {
                    let Some(snapshot) = watch.current() else {
                        return;
                    };
                    let is_saved = own_requests::follow(app, &snapshot.number(), &name).await;
                    if app.is_gone() {
                        return;
                    }
                    if is_saved {
                        app.write(Entry::HasSaved, "1");
                        watch.facts.update(|facts| facts.is_listed = true);
                        focus::focus_after_drawing(&app.root(), ".view .title");
                    }
                    app.toast(app.t(if is_saved {
                        k::NEARBY_FOLLOWED
                    } else {
                        k::KEPT_NOWHERE
                    }));
                });
            })
        })
    }

    /// Buttons for reminders on this device; nothing once the request is closed.
    fn reminders(&self, request: &ServiceRequest, promise: &Promise) -> View {
        let app = self.watch.app;
        if request.status.stage() == Stage::Closed {
            return View::Nothing;
        }
        let is_due = matches!(promise.completion, Completion::Due { .. });
        let calendar = is_due.then(|| run_button(app, k::STATUS_CALENDAR, self.extras.calendar));
        let notifications = run_button(app, k::STATUS_NOTICE, self.extras.notifications);
        row([calendar.into(), notifications])
    }

    /// A button that opens the location on a small map; nothing if the location is unknown.
    fn place(&self, request: &ServiceRequest) -> View {
        if request.location.is_none() {
            return View::Nothing;
        }
        let (app, map) = (self.watch.app, self.extras.map);
        let is_open = Signal::new(false);
        let toggle = toggle_button("quiet-button", &is_open, move |_| app.t(k::STATUS_MAP));
        let map = reactive(move || is_open.get().then(|| lazy_view(app, map)));
        [row(toggle), map].into()
    }

    /// The rating after the request is closed, asked once.
    fn rating(&self, request: &ServiceRequest, number: &RequestNumber) -> View {
        let app = self.watch.app;
        // A refused request is not rated: residents are not asked whether something is solved that the city would not
        // do.
        let is_asked = request.status.stage() == Stage::Closed
            && !is_refused(&request.status)
            && app.with_config(|config| config.feedback.is_some())
            && app.read(Entry::Rated(number)).is_none();
        if is_asked {
            let rating = self.extras.rating;
            let facts = self.watch.facts.clone();
            let is_sender = move || facts.with(|facts| facts.is_sender).then_some(());
            reactive_if_changed(is_sender, move |()| lazy_view(app, rating))
        } else {
            View::Nothing
        }
    }

    /// A button that erases everything saved about the request and leaves the page, which would otherwise save it
    /// again. With `is_shared_computer`, it also stops saving from then on.
    fn erase_button(&self, text: Key, confirmation: Key, is_shared_computer: bool) -> View {
        let (watch, app) = (self.watch.clone(), self.watch.app);
        let erase = move |_| {
            let watch = watch.clone();
            watch.is_erased.set(true);
            if is_shared_computer {
                app.stop_saving();
            }
            app.spawn(async move {
                if let Some(snapshot) = watch.current() {
                    own_requests::erase(app, &snapshot.number()).await;
                }
                own_requests::erase(app, &watch.query).await;
                if !app.is_gone() {
                    app.clear_slot::<RequestSnapshot>();
                    app.reset_to(Route::Lookup);
                    app.toast_after_navigation(app.t(confirmation));
                }
            });
        };
        button("button", "quiet-button", app.t(text))
            .on("click", erase)
            .into()
    }
}

/// A button that loads and runs a chunk when it is clicked.
fn run_button(app: App, text: Key, work: &'static Chunk) -> View {
    button("button", "quiet-button", app.t(text))
        .on("click", move |_| {
            app.spawn(async move {
                if !work.run(app).await && !app.is_gone() {
                    app.toast(app.t(k::PROBLEM_UNREACHABLE));
                }
            });
        })
        .into()
}

fn not_found(app: App, query: &RequestNumber, refresh: impl FnMut() + 'static) -> View {
    let again = secondary_button(app.t(k::STATUS_LOOK_AGAIN), refresh);
    let other = link(
        app,
        Route::Lookup,
        "btn second",
        app.t(k::STATUS_OTHER_NUMBER),
    );
    [
        title(app, app.t_with(k::STATUS_NOT_FOUND, &[("number", query)])),
        paragraph("", app.t(k::STATUS_NOT_FOUND_WHY)),
        paragraph("", app.t(k::STATUS_WATCHING)),
        row([again, other]),
        number_and_phone(app, query),
    ]
    .into()
}

/// True if the resident has answered a question from this device. Recorded here, because not every city says who
/// wrote an update.
fn is_answered(app: App, number: &RequestNumber, event: &Event) -> bool {
    let answered = app.read(Entry::Answered(number));
    answered.is_some_and(|answered| answered == event.mark())
}
