//! The frame around every view: the way back and the language at the top, the view, the
//! contact block at the foot, and one polite live region. Moves the focus when the view changes.

use super::App;
use super::start::{promises, start};
use crate::i18n::k;
use crate::platform::view::{View, el};
use crate::platform::{dom, intl, time};
use crate::route::Route;
use crate::ui::{button, contact_block, lazily};
use crate::{guides, report, status};
use leptos::task::spawn_local;
use std::cell::RefCell;
use std::sync::atomic::{AtomicBool, Ordering};

/// How long the first view has the network for itself before journeys are fetched ahead of time, in milliseconds.
const QUIET: i32 = 3_000;

/// How often, and after how many milliseconds each time, a view is looked at for a heading that can take the focus:
/// longer than any answer may take.
const FOCUS_LOOKS: u32 = 300;
const FOCUS_PAUSE: i32 = 50;

/// The whole widget.
pub fn shell(app: App) -> View {
    fetch_ahead();
    let before = RefCell::new(app.route_now());
    let view = move || {
        focus_if_new(app, &before);
        match app.route() {
            Route::Start => start(app),
            Route::Promises => promises(app),
            Route::Report { service, step } => {
                app.expect_definition(&service);
                lazily(app, report::journey(step))
            }
            Route::Services => lazily(app, &report::JOURNEY),
            Route::Sent { .. } => lazily(app, &report::SEND),
            Route::Lookup | Route::Status { .. } => lazily(app, &status::JOURNEY),
            Route::Act { .. } => lazily(app, &status::ACT),
            Route::Card => lazily(app, &status::CARD),
            Route::Around => lazily(app, &status::AROUND),
            Route::Guides | Route::Guide { .. } => lazily(app, &guides::JOURNEY),
        }
    };
    let said = el("div")
        .live_attr("class", move || {
            let is_shown = app.state().is_shown.get();
            Some(String::from(if is_shown { "toast" } else { "vh" }))
        })
        .attr("role", "status")
        .live(move || app.announcement().into());
    // `embed.js` reads the data: where the resident is, and what to say if the wasm can say no more.
    el("div")
        .class("fd")
        .attr("part", "frontdoor")
        .attr("role", "region")
        .live_attr("lang", move || Some(app.language()))
        .live_attr("aria-label", move || Some(name(app)))
        .live_attr("data-at", move || Some(app.route().to_hash()))
        .live_attr("data-stopped", move || Some(app.t(k::STOPPED)))
        .live_attr("data-again", move || Some(app.t(k::STOPPED_AGAIN)))
        .put(
            el("div")
                .class("top")
                .attr("part", "top")
                .live(move || top(app)),
        )
        .put(el("div").class("view").attr("part", "view").live(view))
        .put(el("div").live(move || contact_block(app)))
        .put(said)
        .into()
}

/// The city's name; in its absence, what the widget is for.
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
        Route::Start => el("b").put(name(app)),
        _ => el("button")
            .attr("type", "button")
            .class("back")
            .attr("part", "back")
            .on("click", move |_| app.back())
            .put(el("span").attr("aria-hidden", "true").put("‹"))
            .put(app.t(k::BACK)),
    };
    [left.into(), languages(app)].into()
}

/// A button for each other language the city offers, in that language.
fn languages(app: App) -> View {
    let current = app.language();
    let state = app.state();
    let config = &state.setting().config;
    let others: Vec<View> = config
        .languages
        .iter()
        .filter(|tag| **tag != current)
        .map(|tag| {
            let (chosen, lang) = (tag.clone(), tag.clone());
            let name = intl::language_name(tag);
            button("button", "quiet-button", capital(&name))
                .attr("lang", &lang)
                .on("click", move |_| app.choose_language(&chosen))
                .into()
        })
        .collect();
    el("span").class("row languages").put(others).into()
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters
        .next()
        .into_iter()
        .flat_map(char::to_uppercase)
        .chain(letters)
        .collect()
}

/// Puts the focus on the heading of a view that was opened; not on the first one, which
/// the page shows by itself, and not when only the language changed.
fn focus_if_new(app: App, before: &RefCell<Route>) {
    let route = app.route();
    if *before.borrow() == route {
        return;
    }
    before.replace(route.clone());
    // What was said of the view before is no longer true.
    app.announce(String::new());
    dom::show_top(&app.root());
    spawn_local(async move {
        // What a view shows may have to be fetched first. Whoever has moved on meanwhile stays there.
        for _ in 0..FOCUS_LOOKS {
            time::sleep(FOCUS_PAUSE).await;
            if app.is_gone() || app.route_now() != route || dom::has_focus(&app.root()) {
                return;
            }
            if dom::focus_first(&app.root(), ".view .title, .view .summary") {
                return;
            }
        }
    });
}

/// Fetches the journeys' code, once for all widgets of the page, when the network has
/// been left in peace for a while; not for a resident who saves data.
fn fetch_ahead() {
    static IS_ASKED: AtomicBool = AtomicBool::new(false);
    if dom::saves_data() || IS_ASKED.swap(true, Ordering::Relaxed) {
        return;
    }
    spawn_local(async {
        time::sleep(QUIET).await;
        report::JOURNEY.prefetch().await;
        report::SEND.prefetch().await;
        report::PHOTOS.prefetch().await;
        status::JOURNEY.prefetch().await;
        status::ACT.prefetch().await;
        guides::JOURNEY.prefetch().await;
        guides::CHECK.prefetch().await;
    });
}
