//! The list of services: search in the resident's own words, or browse by group. Matching and ranking are in
//! `frontdoor_core::search`.

use super::interstitial::notice_for_everyone;
use super::journey::RequestJourney;
use crate::app::{App, Chunk};
use crate::net::Load;
use crate::platform::time;
use crate::ui::{
    heading, lazy_view, link, load_error, loading, paragraph, reactive, search_box, title,
};
use crate::view::{Signal, View, el};
use frontdoor_core::i18n::k;
use frontdoor_core::request::notice::for_everyone;
use frontdoor_core::route::Route;
use frontdoor_core::search::{Entry, Synonyms, find};
use frontdoor_core::storage;
use open311::Service;
use std::rc::Rc;

/// At most this many results are shown; typing another word narrows them down. Sensible: 20 to 100.
const MAX_RESULTS: usize = 50;

/// The page with all services; the chunk `saved` draws what is saved on this device.
pub(super) fn services(app: App, saved: &'static Chunk) -> View {
    let list = reactive(move || {
        app.services().with(|services| match services {
            Load::Pending => loading(app),
            Load::Failed(error) => load_error(app, error, move || app.load_services()),
            Load::Ready(services) if services.is_empty() => paragraph("", app.t(k::SERVICES_NONE)),
            Load::Ready(services) => list(app, services.clone()),
        })
    });
    let journey = RequestJourney::of(app);
    let notices = reactive(move || {
        let all = journey.notices.list.get();
        for_everyone(&all, time::now())
            .map(|notice| notice_for_everyone(app, notice))
            .collect::<Vec<View>>()
    });
    let has_saved = app.read(storage::Entry::HasSaved).is_some();
    let saved = has_saved.then(|| lazy_view(app, saved));
    [
        title(app, app.t(k::SERVICES_HEADING)),
        notices,
        saved.into(),
        list,
    ]
    .into()
}

fn list(app: App, services: Rc<Vec<Service>>) -> View {
    let options = app.options();
    let config = &options.config;
    let ranked =
        |service: &Service| Entry::of_service(service).ranked(&config.popular, &service.code);
    let entries: Vec<Entry> = services.iter().map(ranked).collect();
    let synonyms = Synonyms::read(&config.synonyms, &app.language());
    let query = Signal::new(String::new());
    let search = search_box("services-search", app.t(k::SERVICES_SEARCH), &query);
    let results = move || {
        let query = query.get();
        if query.trim().is_empty() {
            return groups(app, &services);
        }
        let found = find(&entries, &synonyms, &query);
        app.announce(app.t_count(k::SEARCH_FOUND, found.len(), &[]));
        if found.is_empty() {
            return paragraph("", app.t(k::SEARCH_NOTHING));
        }
        let rows = found
            .iter()
            .take(MAX_RESULTS)
            .filter_map(|index| services.get(*index))
            .map(|service| row(app, service));
        let rows: Vec<View> = rows.collect();
        el("ul").class("list").child(rows).into()
    };
    [search, reactive(results)].into()
}

/// All services by group, in the order of the city's list.
fn groups(app: App, services: &[Service]) -> View {
    let mut names: Vec<&str> = Vec::new();
    for service in services {
        let name = service.group.as_deref().unwrap_or_default();
        if !names.contains(&name) {
            names.push(name);
        }
    }
    let is_only_group = names.len() == 1;
    let groups = names.into_iter().map(|name| {
        let rows: Vec<View> = services
            .iter()
            .filter(|service| service.group.as_deref().unwrap_or_default() == name)
            .map(|service| row(app, service))
            .collect();
        let name = if name.is_empty() {
            app.t(k::SERVICES_OTHER)
        } else {
            name.to_owned()
        };
        el("section")
            .class("group")
            .child((!is_only_group).then(|| heading(name)))
            .child(el("ul").class("list").child(rows))
            .into()
    });
    groups.collect::<Vec<View>>().into()
}

fn row(app: App, service: &Service) -> View {
    let name = View::from(el("span").child(service.name.as_str()));
    el("li")
        .child(link(app, Route::form(&service.code), "", name))
        .into()
}
