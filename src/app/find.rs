//! Finding a service or a guide in one's own words: the search box of the start view and of the list of
//! guides, and what it finds. How well something fits is the business of `search`.

use super::App;
use crate::api::Load;
use crate::i18n::{Key, k};
use crate::live::Live;
use crate::platform::view::{View, el};
use crate::route::Route;
use crate::search::{Entry, Synonyms, find};
use crate::ui::{Line, line, link, loading, paragraph, problem, stack};
use std::rc::Rc;

/// As many results as a phone shows without scrolling far.
const MOST_RESULTS: usize = 8;

/// Something that can be found.
pub struct Offer {
    name: String,
    kind: Key,
    to: Route,
    /// The code or id by which the config may call it popular.
    pub(super) id: String,
}

/// A search box, and what stands below it.
pub struct Finder {
    /// The box, with its label.
    pub input: View,
    /// What was found, or what stands there while nothing is typed.
    pub below: View,
}

/// A search through services and guides; `idle` draws what stands under an empty box.
pub fn finder(app: App, id: &str, label: Key, idle: fn(App, &[Offer]) -> View) -> Finder {
    let query = Live::new(String::new());
    let typed = query.clone();
    let input = line(Line {
        id: id.into(),
        label: app.t(label),
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
    Finder {
        input,
        below: stack(below),
    }
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
        offers.extend(guides.entries.iter().map(|guide| {
            let offer = Offer {
                name: app.text(&guide.title),
                kind: k::KIND_GUIDE,
                to: Route::guide(&guide.id),
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

/// An offer in a list.
pub(super) fn row(app: App, offer: &Offer) -> View {
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
