//! The first view: “What do you need?”, the three ways in, the most requested services and guides, and the city's
//! first commitment. Must stay small: it is drawn before any chunk is loaded.

use crate::app::App;
use crate::net::Load;
use crate::request;
use crate::ui::{
    Finder, Icon, Offer, finder, heading, icon, lazy_view, link, load_error, offer_row, paragraph,
    title,
};
use crate::view::{View, el};
use frontdoor_core::i18n::{Key, k};
use frontdoor_core::route::Route;
use frontdoor_core::storage::Entry;

/// The first view.
pub fn start(app: App) -> View {
    let Finder { input, below } = finder(app, "start-search", k::START_SEARCH, idle);
    let head = el("div")
        .class("search")
        .attr("role", "search")
        .child(title(app, app.t(k::START_HEADING)))
        .child(input);
    [head.into(), below].into()
}

/// Shown below an empty search box.
fn idle(app: App, offers: &[Offer]) -> View {
    let options = app.options();
    let config = &options.config;
    let popular: Vec<View> = config
        .popular
        .iter()
        .filter_map(|id| offers.iter().find(|offer| offer.id == *id))
        .map(|offer| offer_row(app, offer))
        .collect();
    let popular = (!popular.is_empty()).then(|| {
        el("div")
            .child(heading(app.t(k::START_POPULAR)))
            .child(el("ul").class("list").child(popular))
    });
    let error = app.services().with(|services| match services {
        Load::Failed(error) => Some(load_error(app, error, move || app.load_services())),
        _ => None,
    });
    let has_guides = config.guides.is_some();
    let how = has_guides.then(|| way(app, Icon::How, Route::Guides, k::WAY_HOW, k::WAY_HOW_MORE));
    let ways = el("div")
        .class("ways")
        .child(way(
            app,
            Icon::Ask,
            Route::Services,
            k::WAY_ASK,
            k::WAY_ASK_MORE,
        ))
        .child(how)
        .child(way(
            app,
            Icon::See,
            Route::Lookup,
            k::WAY_SEE,
            k::WAY_SEE_MORE,
        ));
    // Shown here so that residents do not have to search for requests that are waiting to be sent.
    let has_saved = app.read(Entry::HasSaved).is_some();
    let saved = has_saved.then(|| lazy_view(app, &request::SAVED));
    [
        error.into(),
        saved.into(),
        ways.into(),
        popular.into(),
        first_commitment(app),
    ]
    .into()
}

fn way(app: App, picture: Icon, to: Route, name: Key, more: Key) -> View {
    let name = el("b").child(app.t(name));
    let more = el("span").class("quiet").child(app.t(more));
    link(app, to, "way", [icon(picture), name.into(), more.into()])
}

/// The first commitment in a sentence, and a link to all of them.
fn first_commitment(app: App) -> View {
    let options = app.options();
    let Some(first) = options.config.commitments.first() else {
        return View::Nothing;
    };
    let all = link(app, Route::Commitments, "", app.t(k::PROMISES_LINK));
    paragraph("quiet", [app.text(&first.title).into(), " ".into(), all])
}
