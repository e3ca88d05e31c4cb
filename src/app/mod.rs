//! One widget on a page: what it knows, where the resident is, and how to get
//! anywhere else. Views take an `App` by value; it is a handle, and cheap to copy.

mod shell;
mod start;

pub use shell::shell;

use crate::api::{self, Api, Early, Failure, Load};
use crate::config::{Config, Text};
use crate::guides::Entry as GuideEntry;
use crate::i18n::{Key, Words};
use crate::platform::{dom, intl, storage};
use crate::route::Route;
use leptos::prelude::*;
use leptos::task::spawn_local;
use open311::{Definition, Service};
use std::sync::Arc;
use web_sys::HtmlElement;

/// What a page decides for itself, beside the config file.
pub struct Setting {
    /// The element in the shadow root that the widget draws into.
    pub root: HtmlElement,
    /// The config, read and checked.
    pub config: Config,
    /// Where the config came from: what its addresses are relative to.
    pub config_url: String,
    /// Folder of the words of languages other than English, ending in `/`.
    pub locales: String,
    /// Tells this widget from others on the page, the same after a reload.
    pub name: String,
    /// Where to start.
    pub route: Route,
    /// True if the page's address follows the view (`history="hash"`).
    pub uses_hash: bool,
    /// Answers under way.
    pub early: Early,
}

/// The handle to one widget's state.
#[derive(Clone, Copy)]
pub struct App {
    setting: StoredValue<Arc<Setting>, LocalStorage>,
    api: StoredValue<Api, LocalStorage>,
    words: RwSignal<Arc<Words>>,
    route: RwSignal<Route>,
    trail: StoredValue<Vec<Route>>,
    announcement: RwSignal<String>,
    /// A send is under way: no second one may start.
    pub sending: RwSignal<bool>,
    /// What can be asked for.
    pub services: RwSignal<Load<Arc<Vec<Service>>>>,
    /// What can be read up on.
    pub guides: RwSignal<Load<Arc<Vec<GuideEntry>>>>,
    /// The definition of the service asked for last.
    pub definition: RwSignal<Option<(String, Load<Arc<Definition>>)>>,
}

impl App {
    /// Sets up a widget's state and starts to fetch what its first view needs.
    pub fn new(setting: Setting, words: Words) -> Self {
        let route = match setting.uses_hash {
            true => Route::from_hash(&dom::hash()),
            false => None,
        };
        let api = Api::new(&setting.config, &setting.config_url, setting.early.clone());
        let app = Self {
            route: RwSignal::new(route.unwrap_or_else(|| setting.route.clone())),
            setting: StoredValue::new_local(Arc::new(setting)),
            api: StoredValue::new_local(api),
            words: RwSignal::new(Arc::new(words)),
            trail: StoredValue::new(Vec::new()),
            announcement: RwSignal::new(String::new()),
            sending: RwSignal::new(false),
            services: RwSignal::new(Load::Pending),
            guides: RwSignal::new(Load::Pending),
            definition: RwSignal::new(None),
        };
        app.load_services();
        app.load_guides();
        app
    }

    /// The page's settings and the config.
    pub fn setting(self) -> Arc<Setting> {
        self.setting.get_value()
    }

    /// The city's endpoint.
    pub fn api(self) -> Api {
        self.api.get_value()
    }

    /// The element the widget draws into.
    pub fn root(self) -> HtmlElement {
        self.setting().root.clone()
    }

    // Words ---------------------------------------------------------------

    /// The language in use; views that ask for it are drawn again when it changes.
    pub fn language(self) -> String {
        self.words.with(|words| words.language().to_owned())
    }

    /// A phrase.
    pub fn t(self, key: Key) -> String {
        self.words.with(|words| words.get(key).to_owned())
    }

    /// A phrase with its places filled.
    pub fn t_with(self, key: Key, values: &[(&str, &str)]) -> String {
        self.words.with(|words| words.with(key, values))
    }

    /// A phrase in the plural form for `count`, which fills the place `{count}`.
    pub fn t_count(self, key: Key, count: usize, values: &[(&str, &str)]) -> String {
        let language = self.language();
        let number = intl::number(&language, count as f64);
        let category = intl::plural_category(&language, count as f64);
        let mut all = vec![("count", number.as_str())];
        all.extend_from_slice(values);
        self.words.with(|words| words.plural(key, &category, &all))
    }

    /// What the city wrote, in the language in use.
    pub fn text(self, text: &Text) -> String {
        self.words.with(|words| text.get(words.language()).to_owned())
    }

    /// All phrases of the language in use, for the core.
    pub fn words(self) -> Arc<Words> {
        self.words.get()
    }

    /// Changes the language, once its words are there.
    pub fn set_language(self, wanted: &str) {
        let setting = self.setting();
        let language = choose_language(&setting.config.languages, wanted);
        if language == self.words.with_untracked(|words| words.language().to_owned()) {
            return;
        }
        spawn_local(async move {
            match load_words(&setting.locales, &language, &setting.early).await {
                Ok(words) => self.words.set(Arc::new(words)),
                Err(_) => dom::warn(&["Frontdoor: the words for “", &language, "” could not be fetched."].concat()),
            }
        });
    }

    // Places --------------------------------------------------------------

    /// Where the resident is.
    pub fn route(self) -> Route {
        self.route.get()
    }

    /// Goes to a place; the way back leads here again.
    pub fn go(self, route: Route) {
        let here = self.route.get_untracked();
        if here == route {
            return;
        }
        self.trail.update_value(|trail| trail.push(here));
        self.set_route(route);
    }

    /// Goes to a place from which there is no way back to this one, such as a form that was sent.
    pub fn go_for_good(self, route: Route) {
        self.trail.update_value(Vec::clear);
        self.set_route(route);
    }

    /// Goes back to where the resident came from, or to what lies above.
    pub fn back(self) {
        let has_trail = !self.trail.with_value(Vec::is_empty);
        if has_trail && self.setting().uses_hash {
            return dom::history_back();
        }
        let before = self.trail.try_update_value(Vec::pop).flatten();
        let above = match self.route.get_untracked() {
            Route::Report { .. } => Route::Services,
            Route::Status { .. } => Route::Lookup,
            Route::Guide { .. } => Route::Guides,
            _ => Route::Start,
        };
        self.set_route(before.unwrap_or(above));
    }

    fn set_route(self, route: Route) {
        if self.setting().uses_hash {
            dom::set_hash(&route.to_hash());
        }
        self.route.set(route);
    }

    /// Follows the page's address after it changed by itself (the browser's back button).
    pub fn follow_hash(self) {
        let named = Route::from_hash(&dom::hash());
        if let Some(route) = named.filter(|route| *route != self.route.get_untracked()) {
            self.trail.update_value(|trail| {
                trail.pop();
            });
            self.route.set(route);
        }
    }

    /// Says something to people who do not see the screen.
    pub fn announce(self, words: String) {
        self.announcement.set(words);
    }

    // What is fetched -----------------------------------------------------

    /// Fetches the services (again).
    pub fn load_services(self) {
        self.services.set(Load::Pending);
        let api = self.api();
        spawn_local(async move {
            let services = match api.services().await {
                Ok(services) => Load::Ready(Arc::new(services)),
                Err(failure) => Load::Failed(failure),
            };
            // The widget may be gone by now.
            self.services.try_set(services);
        });
    }

    /// Fetches the index of guides (again), if the city has any.
    pub fn load_guides(self) {
        let setting = self.setting();
        let Some(path) = setting.config.guides.clone() else {
            return self.guides.set(Load::Ready(Arc::default()));
        };
        self.guides.set(Load::Pending);
        spawn_local(async move {
            let url = dom::resolve(&path, &setting.config_url);
            let guides = match crate::guides::load_index(&url, &setting.early).await {
                Ok(guides) => Load::Ready(Arc::new(guides)),
                Err(failure) => Load::Failed(failure),
            };
            self.guides.try_set(guides);
        });
    }

    /// Fetches a service's definition, unless it is there or on its way.
    pub fn load_definition(self, service: &str) {
        let there = self.definition.with_untracked(|known| {
            matches!(known, Some((code, load)) if code == service && !matches!(load, Load::Failed(_)))
        });
        if there {
            return;
        }
        let code = service.to_owned();
        self.definition.set(Some((code.clone(), Load::Pending)));
        let api = self.api();
        spawn_local(async move {
            let definition = match api.definition(&code).await {
                Ok(definition) => Load::Ready(Arc::new(definition)),
                Err(failure) => Load::Failed(failure),
            };
            self.definition.try_update(|known| {
                if matches!(known, Some((asked, _)) if *asked == code) {
                    *known = Some((code, definition));
                }
            });
        });
    }

    /// The service with a code, once the list is there.
    pub fn service(self, code: &str) -> Option<Service> {
        self.services.with(|services| match services {
            Load::Ready(services) => services.iter().find(|service| service.code == code).cloned(),
            _ => None,
        })
    }

    /// The name under which this widget keeps something on the device.
    pub fn key(self, what: &str) -> String {
        ["front-door/", &self.setting().name, "/", what].concat()
    }

    /// Keeps the resident's choice of language for this tab.
    pub fn choose_language(self, language: &str) {
        storage::write(&self.key("language"), language);
        self.set_language(language);
    }
}

/// The language to use: the offered one that fits best, else the first that is offered.
pub fn choose_language(offered: &[String], wanted: &str) -> String {
    let primary = |tag: &str| tag.split('-').next().unwrap_or_default().to_ascii_lowercase();
    let fits = offered
        .iter()
        .find(|tag| tag.eq_ignore_ascii_case(wanted))
        .or_else(|| offered.iter().find(|tag| primary(tag) == primary(wanted)));
    fits.or_else(|| offered.first()).map_or_else(|| String::from("en"), String::clone)
}

/// The interface's words in a language; English needs no fetching.
///
/// # Errors
/// The file is not to be had.
pub async fn load_words(locales: &str, language: &str, early: &Early) -> Result<Words, Failure> {
    let primary = language.split('-').next().unwrap_or_default();
    if primary.eq_ignore_ascii_case("en") {
        return Ok(Words::english());
    }
    let url = [locales, &primary.to_ascii_lowercase(), ".json"].concat();
    Ok(Words::fetched(language, api::file(&url, early).await?))
}

#[cfg(test)]
mod tests {
    use super::choose_language;

    #[test]
    fn the_offered_language_that_fits_best_is_used() {
        let offered = [String::from("en"), String::from("es"), String::from("pt-BR")];
        let cases = [("es-MX", "es"), ("ES", "es"), ("pt", "pt-BR"), ("vi", "en"), ("", "en")];
        for (wanted, expected) in cases {
            assert_eq!(choose_language(&offered, wanted), expected, "{wanted}");
        }
        assert_eq!(choose_language(&[], "es"), "en");
    }
}
