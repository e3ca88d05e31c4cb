//! The list of services: search by words, or look through the groups.

use super::before::notice_for_all;
use super::notice::for_all;
use super::state::Report;
use crate::api::Load;
use crate::app::App;
use crate::i18n::k;
use crate::live::Live;
use crate::platform::view::{View, el};
use crate::platform::{storage, time};
use crate::route::Route;
use crate::search::{Entry, Synonyms, find};
use crate::ui::{Line, heading, lazily, line, link, loading, paragraph, problem, stack, title};
use open311::Service;
use std::rc::Rc;

/// More than these nobody reads; another word finds what is wanted.
const MOST_RESULTS: usize = 50;

/// The list of services.
pub(super) fn services(app: App) -> View {
    let list = stack(move || {
        app.state().services.with(|services| match services {
            Load::Pending => loading(app),
            Load::Failed(failure) => problem(app, failure, move || app.load_services()),
            Load::Ready(services) if services.is_empty() => paragraph("", app.t(k::SERVICES_NONE)),
            Load::Ready(services) => list(app, services.clone()),
        })
    });
    let report = Report::of(app);
    let notices = report.clone();
    let notices = stack(move || {
        let now = time::now() as i64;
        let all = notices.notices.get();
        let all: Vec<View> = for_all(&all, now)
            .map(|notice| notice_for_all(app, notice))
            .collect();
        all.into()
    });
    let waits = storage::read_lasting(&app.key(super::WAITS)).is_some();
    let waits = waits.then(|| lazily(app, &super::WAITING));
    [
        title(app.t(k::SERVICES_HEADING)),
        notices,
        waits.into(),
        list,
    ]
    .into()
}

fn list(app: App, services: Rc<Vec<Service>>) -> View {
    let state = app.state();
    let config = &state.setting().config;
    let ranked =
        |service: &Service| Entry::of_service(service).ranked(&config.popular, &service.code);
    let entries: Vec<Entry> = services.iter().map(ranked).collect();
    let synonyms = Synonyms::read(&config.synonyms, &app.language());
    let query = Live::new(String::new());
    let typed = query.clone();
    let search = line(Line {
        id: "services-search".into(),
        label: app.t(k::SERVICES_SEARCH),
        hint: String::new(),
        value: String::new(),
        input_type: "search",
        input_mode: "search",
        autocomplete: "off",
        fault: Rc::new(|| None),
        typed: Rc::new(move |text| typed.set(text)),
    });
    let found = move || {
        let query = query.get();
        if query.trim().is_empty() {
            return groups(app, &services);
        }
        let found = find(&entries, &synonyms, &query);
        app.announce(app.t_count(k::SEARCH_FOUND, found.len(), &[]));
        match found.is_empty() {
            true => paragraph("", app.t(k::SEARCH_NOTHING)),
            false => {
                let rows = found
                    .iter()
                    .take(MOST_RESULTS)
                    .filter_map(|place| services.get(*place))
                    .map(|service| row(app, service));
                el("ul").class("list").put(rows.collect::<Vec<_>>()).into()
            }
        }
    };
    [search, stack(found)].into()
}

/// All services under the names of their groups, in the order the city sends them.
fn groups(app: App, services: &[Service]) -> View {
    let mut names: Vec<&str> = Vec::new();
    for service in services {
        let name = service.group.as_deref().unwrap_or_default();
        if !names.contains(&name) {
            names.push(name);
        }
    }
    let is_alone = names.len() == 1;
    let other = app.t(k::SERVICES_OTHER);
    let groups = names.into_iter().map(|name| {
        let rows: Vec<View> = services
            .iter()
            .filter(|service| service.group.as_deref().unwrap_or_default() == name)
            .map(|service| row(app, service))
            .collect();
        let words = if name.is_empty() {
            other.clone()
        } else {
            name.to_owned()
        };
        let group = el("section")
            .class("group")
            .put((!is_alone).then(|| heading(words)));
        group.put(el("ul").class("list").put(rows)).into()
    });
    groups.collect::<Vec<View>>().into()
}

fn row(app: App, service: &Service) -> View {
    el("li")
        .put(link(
            app,
            Route::report(&service.code),
            "",
            el("span").put(service.name.as_str()),
        ))
        .into()
}
