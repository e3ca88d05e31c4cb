//! The first view: “What do you need?”, the three ways in, what people ask for most,
//! and what the city promises.

use super::App;
use super::find::{Finder, Offer, finder, row};
use crate::api::Load;
use crate::config::Commitment;
use crate::i18n::{Key, k};
use crate::platform::storage;
use crate::platform::view::{View, el};
use crate::report;
use crate::route::Route;
use crate::ui::{Icon, heading, icon, lazily, link, paragraph, paragraph_of, problem, title};

/// The first view.
pub(super) fn start(app: App) -> View {
    let Finder { input, below } = finder(app, "start-search", k::START_SEARCH, idle);
    let head = el("div")
        .class("search")
        .attr("role", "search")
        .put(title(app.t(k::START_HEADING)))
        .put(input);
    [head.into(), below].into()
}

/// What stands under an empty search box.
fn idle(app: App, offers: &[Offer]) -> View {
    let state = app.state();
    let config = &state.setting().config;
    let has_guides = config.guides.is_some();
    let popular: Vec<View> = config
        .popular
        .iter()
        .filter_map(|id| offers.iter().find(|offer| offer.id == *id))
        .map(|offer| row(app, offer))
        .collect();
    let popular = (!popular.is_empty()).then(|| {
        el("div")
            .put(heading(app.t(k::START_POPULAR)))
            .put(el("ul").class("list").put(popular))
    });
    let failed = app.state().services.with(|services| match services {
        Load::Failed(failure) => Some(problem(app, failure, move || app.load_services())),
        _ => None,
    });
    let ways = el("div")
        .class("ways")
        .put(way(
            app,
            Icon::Ask,
            Route::Services,
            k::WAY_ASK,
            k::WAY_ASK_MORE,
        ))
        .put(has_guides.then(|| way(app, Icon::How, Route::Guides, k::WAY_HOW, k::WAY_HOW_MORE)))
        .put(way(
            app,
            Icon::See,
            Route::Lookup,
            k::WAY_SEE,
            k::WAY_SEE_MORE,
        ));
    // What waits to be sent must not have to be looked for.
    let waits = storage::read_lasting(&app.key(report::WAITS)).is_some();
    let waits = waits.then(|| lazily(app, &report::WAITING));
    [
        failed.into(),
        waits.into(),
        ways.into(),
        popular.into(),
        first_promise(app),
    ]
    .into()
}

fn way(app: App, picture: Icon, to: Route, name: Key, more: Key) -> View {
    let name = el("b").put(app.t(name));
    let more = el("span").class("quiet").put(app.t(more));
    link(app, to, "way", [icon(picture), name.into(), more.into()])
}

/// The first commitment in a sentence, and the way to all of them.
fn first_promise(app: App) -> View {
    let state = app.state();
    match state.setting().config.commitments.first() {
        None => View::Nothing,
        Some(first) => {
            let all = link(app, Route::Promises, "", app.t(k::PROMISES_LINK));
            paragraph("quiet", [app.text(&first.title).into(), " ".into(), all])
        }
    }
}

/// All that the city promises.
pub(super) fn promises(app: App) -> View {
    let promise = |commitment: &Commitment| {
        el("li")
            .put(heading(app.text(&commitment.title)))
            .put(paragraph_of("", app.text(&commitment.text)))
            .into()
    };
    let all: Vec<View> = app.with_config(|config| config.commitments.iter().map(promise).collect());
    [
        title(app.t(k::PROMISES_HEADING)),
        el("ul").class("commitments").put(all).into(),
    ]
    .into()
}
