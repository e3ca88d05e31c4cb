//! The first view: “What do you need?”, the three ways in, what people ask for most,
//! and what the city promises.

use super::App;
use crate::api::Load;
use crate::config::Commitment;
use crate::i18n::{Key, k};
use crate::live::Live;
use crate::platform::storage;
use crate::platform::view::{View, el};
use crate::report;
use crate::route::Route;
use crate::search::{Entry, Synonyms, find};
use crate::ui::{
    Icon, Line, heading, icon, lazily, line, link, loading, paragraph, paragraph_of, problem,
    stack, title,
};
use std::rc::Rc;

/// As many results as a phone shows without scrolling far.
const MOST_RESULTS: usize = 8;

/// Something to be found from the start view.
struct Offer {
    name: String,
    kind: Key,
    to: Route,
    /// The code or id by which the config may call it popular.
    id: String,
}

/// The first view.
pub(super) fn start(app: App) -> View {
    let query = Live::new(String::new());
    let typed = query.clone();
    let search = line(Line {
        id: "start-search".into(),
        label: app.t(k::START_SEARCH),
        hint: String::new(),
        value: String::new(),
        input_type: "search",
        input_mode: "search",
        autocomplete: "off",
        fault: Rc::new(|| None),
        typed: Rc::new(move |text| typed.set(text)),
    });
    let below = move || {
        // Made anew when the lists arrive, not with every letter typed.
        let offers = Rc::new(Offers::new(app));
        let query = query.clone();
        stack(move || {
            let query = query.get();
            match query.trim().is_empty() {
                true => idle(app, &offers.all),
                false => results(app, &offers, &query),
            }
        })
    };
    let head = el("div")
        .class("search")
        .attr("role", "search")
        .put(title(app.t(k::START_HEADING)))
        .put(search);
    [head.into(), stack(below)].into()
}

/// All that can be found, and what it is found by.
struct Offers {
    all: Vec<Offer>,
    entries: Vec<Entry>,
    synonyms: Synonyms,
}

impl Offers {
    fn new(app: App) -> Self {
        let (all, entries) = offers(app).into_iter().unzip();
        let language = app.language();
        Self {
            all,
            entries,
            synonyms: app.with_config(|config| Synonyms::read(&config.synonyms, &language)),
        }
    }
}

fn offers(app: App) -> Vec<(Offer, Entry)> {
    let mut offers = Vec::new();
    let state = app.state();
    let popular = &state.setting().config.popular;
    app.state().services.with(|services| {
        let Load::Ready(services) = services else {
            return;
        };
        offers.extend(services.iter().map(|service| {
            let offer = Offer {
                name: service.name.clone(),
                kind: k::KIND_SERVICE,
                to: Route::report(&service.code),
                id: service.code.clone(),
            };
            let entry = Entry::of_service(service);
            (offer, entry.ranked(popular, &service.code))
        }));
    });
    app.state().guides.with(|guides| {
        let Load::Ready(guides) = guides else { return };
        offers.extend(guides.iter().map(|guide| {
            let offer = Offer {
                name: app.text(&guide.title),
                kind: k::KIND_GUIDE,
                to: Route::Guide {
                    id: guide.id.clone(),
                },
                id: guide.id.clone(),
            };
            let rest = guide
                .title
                .all()
                .chain(guide.summary.all())
                .chain(guide.keywords.iter().map(String::as_str));
            let entry = Entry::new(&offer.name, rest);
            (offer, entry.ranked(popular, &guide.id))
        }));
    });
    offers
}

fn results(app: App, offers: &Offers, query: &str) -> View {
    let found = find(&offers.entries, &offers.synonyms, query);
    // Without the list nobody can say that nothing fits.
    let missing = app.state().services.with(|services| match services {
        Load::Pending => Some(loading(app)),
        Load::Failed(failure) => Some(problem(app, failure, move || app.load_services())),
        Load::Ready(_) => None,
    });
    if found.is_empty()
        && let Some(missing) = missing
    {
        return missing;
    }
    let said = app.t_count(k::SEARCH_FOUND, found.len(), &[]);
    app.announce(said);
    if found.is_empty() {
        let all = link(app, Route::Services, "btn second", app.t(k::SEARCH_SEE_ALL));
        return [paragraph("", app.t(k::SEARCH_NOTHING)), all].into();
    }
    let rows = found
        .into_iter()
        .take(MOST_RESULTS)
        .filter_map(|place| offers.all.get(place))
        .map(|offer| row(app, offer));
    let list = el("ul").class("list").put(rows.collect::<Vec<_>>());
    [missing.into(), list.into()].into()
}

fn row(app: App, offer: &Offer) -> View {
    let name = el("span").put(offer.name.as_str());
    let kind = el("span").class("quiet").put(app.t(offer.kind));
    el("li")
        .put(link(
            app,
            offer.to.clone(),
            "",
            el("span").class("two").put(name).put(kind),
        ))
        .into()
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
