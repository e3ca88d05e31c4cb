//! Finding a service or a guide in the resident's own words: a search box with its results. Matching and ranking
//! are in `frontdoor_core::search`.

use super::{link, load_error, loading, paragraph, reactive, search_box};
use crate::app::App;
use crate::net::Load;
use crate::view::{Signal, View, el};
use frontdoor_core::i18n::{Key, k};
use frontdoor_core::route::Route;
use frontdoor_core::search::{Entry, Synonyms, find};
use std::rc::Rc;

/// At most this many results are shown; a phone shows about this many without scrolling far. Sensible: 5 to 12.
const MAX_RESULTS: usize = 8;

/// A service or guide in the results.
pub struct Offer {
    name: String,
    kind: Key,
    to: Route,
    /// The service's code or the guide's id, by which the config may list it as popular.
    pub id: String,
}

/// A search box and its results, as two views to be placed separately.
pub struct Finder {
    /// The search box, with its label.
    pub input: View,
    /// The results, or the idle view while the box is empty.
    pub below: View,
}

/// A search through services and guides; `idle` draws the view below an empty box.
pub fn finder(app: App, id: &str, label: Key, idle: fn(App, &[Offer]) -> View) -> Finder {
    let query = Signal::new(String::new());
    let input = search_box(id, app.t(label), &query);
    let below = move || {
        // Built when the lists arrive, not at every keystroke.
        let offers = Rc::new(Offers::new(app));
        let query = query.clone();
        reactive(move || {
            let query = query.get();
            if query.trim().is_empty() {
                idle(app, &offers.all)
            } else {
                results(app, &offers, &query)
            }
        })
    };
    Finder {
        input,
        below: reactive(below),
    }
}

/// All offers, with the index to search them.
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
    let options = app.options();
    let popular = &options.config.popular;
    app.services().with(|services| {
        let Load::Ready(services) = services else {
            return;
        };
        offers.extend(services.iter().map(|service| {
            let offer = Offer {
                name: service.name.clone(),
                kind: k::KIND_SERVICE,
                to: Route::form(&service.code),
                id: service.code.clone(),
            };
            let entry = Entry::of_service(service);
            (offer, entry.ranked(popular, &service.code))
        }));
    });
    app.guides().with(|guides| {
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
    // Without the list of services, “nothing found” would be wrong.
    let missing = app.services().with(|services| match services {
        Load::Pending => Some(loading(app)),
        Load::Failed(error) => Some(load_error(app, error, move || app.load_services())),
        Load::Ready(_) => None,
    });
    if found.is_empty()
        && let Some(missing) = missing
    {
        return missing;
    }
    app.announce(app.t_count(k::SEARCH_FOUND, found.len(), &[]));
    if found.is_empty() {
        let all = link(app, Route::Services, "btn second", app.t(k::SEARCH_SEE_ALL));
        return [paragraph("", app.t(k::SEARCH_NOTHING)), all].into();
    }
    let rows = found
        .into_iter()
        .take(MAX_RESULTS)
        .filter_map(|index| offers.all.get(index))
        .map(|offer| offer_row(app, offer));
    let list = el("ul").class("list").child(rows.collect::<Vec<_>>());
    [missing.into(), list.into()].into()
}

/// A list item that links to an offer, with its name and whether it is a service or a guide.
pub fn offer_row(app: App, offer: &Offer) -> View {
    let name = el("span").child(offer.name.as_str());
    let kind = el("span").class("quiet").child(app.t(offer.kind));
    el("li")
        .child(link(
            app,
            offer.to.clone(),
            "",
            el("span").class("two").child(name).child(kind),
        ))
        .into()
}
