//! The frame around every view: Back and languages at the top, the view, the contact block at the foot, and one
//! polite live region. Maps each route to its view; knows no details of a journey beyond its chunks.

use crate::app::{App, Chunk};
use crate::home::{commitments, start};
use crate::platform::dom::{self, Event};
use crate::platform::{focus, intl, time};
use crate::ui::{button, contact_block, lazy_view};
use crate::view::{View, el};
use crate::{guides, request, status};
use frontdoor_core::i18n::k;
use frontdoor_core::route::{Route, Step};
use frontdoor_core::storage::Entry;
use leptos::task::spawn_local;
use std::cell::{Cell, RefCell};

/// Delay before the code of the next view is fetched, in milliseconds. Shorter slows the view that is open on slow
/// connections, longer makes residents wait when they go on. Sensible: 2 to 5 s.
const QUIET_MS: i32 = 3_000;

thread_local! {
    /// True once a resident has touched a widget of the page.
    static IS_TOUCHED: Cell<bool> = const { Cell::new(false) };
}

/// The whole widget.
pub fn shell(app: App) -> View {
    fetch_ahead(app);
    if app.read(Entry::HasUpdates).is_some() {
        app.spawn(async move {
            // Without network the code may fail to load; the next page view then tries again.
            let _ = status::UNSENT.run(app).await;
        });
    }
    let shown = RefCell::new(app.route_untracked());
    let view = move || {
        let route = app.route();
        if *shown.borrow() != route {
            shown.replace(route.clone());
            // Announcements about the previous view no longer apply.
            app.announce(String::new());
            focus::show_top(&app.root());
            app.request_focus();
            fetch_ahead(app);
        }
        if let Route::Form { service, .. } = &route {
            app.prefetch_definition(service);
        }
        match chunk_of(&route) {
            Some(chunk) => lazy_view(app, chunk),
            None if route == Route::Commitments => commitments(app),
            None => start(app),
        }
    };
    let (announcement, is_toast) = (app.announcement(), app.is_toast());
    let live_region = el("div")
        .attr("class", move || {
            Some(String::from(if is_toast.get() { "toast" } else { "vh" }))
        })
        .attr("role", "status")
        .child(move || announcement.get());
    // `element.js` reads the `data-` attributes: the current route, and what to show if the wasm has stopped.
    el("div")
        .class("fd")
        .attr("part", "frontdoor")
        .attr("role", "region")
        .attr("lang", move || Some(app.language()))
        .attr("aria-label", move || Some(name(app)))
        .attr("data-at", move || Some(app.route().to_hash()))
        .attr("data-stopped", move || Some(app.t(k::STOPPED)))
        .attr("data-again", move || Some(app.t(k::STOPPED_AGAIN)))
        .on("pointerdown", move |event| touched(app, &event))
        .on("focusin", move |event| touched(app, &event))
        .child(
            el("div")
                .class("top")
                .attr("part", "top")
                .child(move || top(app)),
        )
        .child(el("div").class("view").attr("part", "view").child(view))
        .child(el("div").child(move || contact_block(app)))
        .child(live_region)
        .into()
}

/// The city's name; if the config has none, a phrase about what the widget is for.
fn name(app: App) -> String {
    let name = app.with_config(|config| app.text(&config.name));
    if name.is_empty() {
        app.t(k::NAMELESS)
    } else {
        name
    }
}

fn top(app: App) -> View {
    let left = match app.route() {
        Route::Start => el("b").child(name(app)),
        _ => el("button")
            .attr("type", "button")
            .class("back")
            .attr("part", "back")
            .on("click", move |_| app.back())
            .child(el("span").attr("aria-hidden", "true").child("‹"))
            .child(app.t(k::BACK)),
    };
    [left.into(), languages(app)].into()
}

/// A button for each other language that the city offers, in that language.
fn languages(app: App) -> View {
    let current = app.language();
    let options = app.options();
    let others: Vec<View> = options
        .config
        .languages
        .iter()
        .filter(|tag| **tag != current)
        .map(|tag| {
            let chosen = tag.clone();
            button(
                "button",
                "quiet-button",
                intl::capitalized(&intl::language_name(tag), tag),
            )
            .attr("lang", tag)
            .on("click", move |_| app.remember_language(&chosen))
            .into()
        })
        .collect();
    el("span").class("row languages").child(others).into()
}

/// The chunk that draws a route; none if the first view has its code.
fn chunk_of(route: &Route) -> Option<&'static Chunk> {
    let chunk = match route {
        Route::Start | Route::Commitments => return None,
        Route::Form { step, .. } => request::chunk_of(*step),
        Route::Services => &request::FORM,
        Route::Sent { .. } => &request::SEND,
        Route::Lookup | Route::Status { .. } => &status::STATUS,
        Route::Update { .. } => &status::UPDATE,
        Route::ReportCard => &status::REPORT_CARD,
        Route::Nearby => &status::NEARBY,
        Route::Guides | Route::Guide { .. } => &guides::GUIDES,
    };
    Some(chunk)
}

/// The chunk that is likely to be needed next. After the first view, none until it is touched: most visitors of a page
/// pass by.
fn next_chunk(route: &Route) -> Option<&'static Chunk> {
    let chunk = match route {
        Route::Start if IS_TOUCHED.get() => &request::FORM,
        Route::Services => &request::QUESTIONS,
        Route::Form {
            step: Step::Place, ..
        } => &request::QUESTIONS,
        Route::Form { .. } => &request::SEND,
        Route::Lookup | Route::Status { .. } => &status::UPDATE,
        Route::Guides | Route::Guide { .. } => &guides::ELIGIBILITY,
        _ => return None,
    };
    Some(chunk)
}

/// Fetches the code of the next view when the network is likely to be quiet. Nothing for residents who save data.
fn fetch_ahead(app: App) {
    // No task of the widget: whatever waits for seconds would hold a widget's state that long after it has left the page.
    spawn_local(async move {
        time::sleep(QUIET_MS).await;
        if app.is_gone() || dom::saves_data() {
            return;
        }
        if let Some(chunk) = next_chunk(&app.route_untracked()) {
            chunk.load().await;
        }
    });
}

/// A finger or the keyboard's focus is on something. If it is a link, its code is fetched before it is followed.
fn touched(app: App, event: &Event) {
    if !IS_TOUCHED.replace(true) {
        fetch_ahead(app);
    }
    let route = dom::link_of(event).and_then(|address| Route::from_hash(&address));
    if let Some(chunk) = route.as_ref().and_then(chunk_of)
        && !dom::saves_data()
    {
        app.spawn(async {
            chunk.load().await;
        });
    }
}
