//! The frame around every view: Back and languages at the top, the view, the contact block at the foot, and one
//! polite live region. Maps each route to its view; knows no details of a journey beyond its chunks.

use crate::app::App;
use crate::home::{commitments, start};
use crate::platform::{dom, focus, intl, time};
use crate::ui::{button, contact_block, lazy_view};
use crate::view::{View, el};
use crate::{guides, request, status};
use frontdoor_core::i18n::k;
use frontdoor_core::route::Route;
use leptos::task::spawn_local;
use std::cell::RefCell;
use std::sync::atomic::{AtomicBool, Ordering};

/// Delay before the journeys' code is prefetched, in milliseconds. Shorter slows the first view on slow
/// connections, longer makes residents wait when they open a journey. Sensible: 2 to 5 s.
const QUIET_MS: i32 = 3_000;

/// The whole widget.
pub fn shell(app: App) -> View {
    prefetch_journeys();
    let shown = RefCell::new(app.route_untracked());
    let view = move || {
        let route = app.route();
        if *shown.borrow() != route {
            shown.replace(route.clone());
            // Announcements about the previous view no longer apply.
            app.announce(String::new());
            focus::show_top(&app.root());
            app.request_focus();
        }
        match route {
            Route::Start => start(app),
            Route::Commitments => commitments(app),
            Route::Form { service, step } => {
                app.prefetch_definition(&service);
                lazy_view(app, request::chunk_of(step))
            }
            Route::Services => lazy_view(app, &request::FORM),
            Route::Sent { .. } => lazy_view(app, &request::SEND),
            Route::Lookup | Route::Status { .. } => lazy_view(app, &status::STATUS),
            Route::Update { .. } => lazy_view(app, &status::UPDATE),
            Route::ReportCard => lazy_view(app, &status::REPORT_CARD),
            Route::Nearby => lazy_view(app, &status::NEARBY),
            Route::Guides | Route::Guide { .. } => lazy_view(app, &guides::GUIDES),
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

/// Prefetches the journeys' code after the first view, once for all widgets of the page. Skipped for residents
/// who save data.
fn prefetch_journeys() {
    static IS_STARTED: AtomicBool = AtomicBool::new(false);
    if dom::saves_data() || IS_STARTED.swap(true, Ordering::Relaxed) {
        return;
    }
    spawn_local(async {
        time::sleep(QUIET_MS).await;
        for chunk in [
            &request::FORM,
            &request::QUESTIONS,
            &request::SEND,
            &status::STATUS,
            &status::UPDATE,
            &guides::GUIDES,
            &guides::ELIGIBILITY,
        ] {
            chunk.load().await;
        }
    });
}
