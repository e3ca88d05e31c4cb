//! One widget on a page: what it knows, where the resident is, and how to get
//! anywhere else. Views take an `App` by value; it is a handle, and cheap to copy.

mod find;
mod shell;
mod start;

pub use find::{Finder, Offer, finder};
pub use shell::shell;

use crate::api::{self, Api, Early, Failure, Load};
use crate::config::{Config, Text};
use crate::guides::Shelf;
use crate::i18n::{Key, Words};
use crate::live::Live;
use crate::platform::{dom, intl, part, storage};
use crate::route::Route;
use leptos::prelude::*;
use leptos::task::spawn_local;
use open311::{Service, Value, json};
use std::{any::Any, cell::RefCell, rc::Rc};
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

/// The handle to one widget's state. It is void once the widget is off the page: what
/// goes on after waiting for something asks `is_gone` first, or holds what it needs itself.
#[derive(Clone, Copy)]
pub struct App(StoredValue<Rc<State>, LocalStorage>);

/// What a widget knows.
pub struct State {
    setting: Setting,
    api: Api,
    words: Live<Rc<Words>>,
    route: Live<Route>,
    trail: RefCell<Vec<Route>>,
    announcement: Live<String>,
    /// Whether what was said last is also shown.
    is_shown: Live<bool>,
    /// A send is under way: no second one may start.
    pub sending: Live<bool>,
    /// What can be asked for.
    pub services: Live<Load<Rc<Vec<Service>>>>,
    /// What can be read up on.
    pub guides: Live<Load<Rc<Shelf>>>,
    /// The service whose definition was asked for last.
    expected: RefCell<String>,
    /// What a journey knows beside this; the first view need not know what that is.
    pub journey: RefCell<Option<Rc<dyn Any>>>,
    /// The guide or the request that was opened last, likewise.
    pub opened: RefCell<Option<Rc<dyn Any>>>,
}

impl App {
    /// Sets up a widget's state and starts to fetch what its first view needs.
    pub fn new(setting: Setting, words: Words) -> Self {
        let route = match setting.uses_hash {
            true => Route::from_hash(&dom::hash()),
            false => None,
        };
        if setting.uses_hash && dom::hash().is_empty() {
            // So that the browser's way back leads here, too.
            dom::name_place(&setting.route.to_hash());
        }
        let state = State {
            api: Api::new(&setting.config, &setting.config_url, setting.early.clone()),
            words: Live::new(Rc::new(words)),
            route: Live::new(route.unwrap_or_else(|| setting.route.clone())),
            trail: RefCell::default(),
            announcement: Live::new(String::new()),
            is_shown: Live::new(false),
            sending: Live::new(false),
            services: Live::new(Load::Pending),
            guides: Live::new(Load::Pending),
            expected: RefCell::default(),
            journey: RefCell::default(),
            opened: RefCell::default(),
            setting,
        };
        storage::recall(&["front-door/", &state.setting.name, "/"].concat());
        let app = Self(StoredValue::new_local(Rc::new(state)));
        app.load_services();
        app.load_guides();
        app
    }

    /// True once the widget is off the page.
    pub fn is_gone(self) -> bool {
        self.0.is_disposed()
    }

    /// What the widget knows.
    pub fn state(self) -> Rc<State> {
        self.0.get_value()
    }

    /// The config.
    pub fn with_config<R>(self, read: impl FnOnce(&Config) -> R) -> R {
        read(&self.state().setting.config)
    }

    /// The city's time zone, if the config names it.
    pub fn time_zone(self) -> Option<String> {
        self.with_config(|config| config.time_zone.clone())
    }

    /// The city's endpoint.
    pub fn api(self) -> Api {
        self.state().api.clone()
    }

    /// The element the widget draws into.
    pub fn root(self) -> HtmlElement {
        self.state().setting.root.clone()
    }

    // Words ---------------------------------------------------------------

    /// The language in use; views that ask for it are drawn again when it changes.
    pub fn language(self) -> String {
        self.state().words.with(|words| words.language().to_owned())
    }

    /// A phrase.
    pub fn t(self, key: Key) -> String {
        self.state().words.with(|words| words.get(key).to_owned())
    }

    /// A phrase with its places filled.
    pub fn t_with(self, key: Key, values: &[(&str, &str)]) -> String {
        self.state().words.with(|words| words.with(key, values))
    }

    /// A phrase in the plural form for `count`, which fills the place `{count}`.
    pub fn t_count(self, key: Key, count: usize, values: &[(&str, &str)]) -> String {
        let language = self.language();
        let number = intl::number(&language, count as f64);
        let category = intl::plural_category(&language, count as f64);
        let mut all = vec![("count", number.as_str())];
        all.extend_from_slice(values);
        self.state()
            .words
            .with(|words| words.plural(key, &category, &all))
    }

    /// What the city wrote, in the language in use.
    pub fn text(self, text: &Text) -> String {
        self.state()
            .words
            .with(|words| text.get(words.language()).to_owned())
    }

    /// All phrases of the language in use, for the core.
    pub fn words(self) -> Rc<Words> {
        self.state().words.get()
    }

    /// Changes the language, once its words are there.
    pub fn set_language(self, wanted: &str) {
        let state = self.state();
        let language = choose_language(&state.setting.config.languages, wanted);
        if state.words.peek(|words| words.language() == language) {
            return;
        }
        spawn_local(async move {
            match load_words(&state.setting.locales, &language, &state.setting.early).await {
                // All is drawn anew, and so is the press for the language.
                Ok(words) => dom::keep_focus(&state.setting.root, ".languages button", || {
                    state.words.set(Rc::new(words));
                }),
                Err(_) => dom::warn(
                    &[
                        "Frontdoor: the words for “",
                        &language,
                        "” could not be fetched.",
                    ]
                    .concat(),
                ),
            }
        });
    }

    // Places --------------------------------------------------------------

    /// Where the resident is.
    pub fn route(self) -> Route {
        self.state().route.get()
    }

    /// Where the resident is, without following it.
    pub fn route_now(self) -> Route {
        self.state().route.now()
    }

    /// Goes to a place; the way back leads here again.
    pub fn go(self, route: Route) {
        let state = self.state();
        let here = state.route.now();
        if here != route {
            state.trail.borrow_mut().push(here);
            state.show(route);
        }
    }

    /// Goes to a place in the stead of this one: the way back leads past it.
    pub fn go_instead(self, route: Route) {
        let state = self.state();
        if state.setting.uses_hash {
            dom::name_place(&route.to_hash());
        }
        state.route.set(route);
    }

    /// True if the way back from here leads there.
    pub fn came_from(self, there: &Route) -> bool {
        self.state().trail.borrow().last() == Some(there)
    }

    /// Goes to a place from which there is no way back to this one, such as a form that was sent.
    pub fn go_for_good(self, route: Route) {
        let state = self.state();
        state.trail.borrow_mut().clear();
        state.show(route);
    }

    /// From here the way back leads to what lies above.
    pub fn forget_way(self) {
        self.state().trail.borrow_mut().clear();
    }

    /// Goes back to where the resident came from, or to what lies above.
    pub fn back(self) {
        let state = self.state();
        let before = state.trail.borrow().last().cloned();
        if before.is_some() && state.setting.uses_hash {
            return dom::history_back();
        }
        state.trail.borrow_mut().pop();
        let above = state.route.peek(Route::above);
        state.show(before.unwrap_or(above));
    }

    /// Follows the page's address after it changed by itself (the browser's back button).
    pub fn follow_hash(self) {
        let state = self.state();
        let named = Route::from_hash(&dom::hash());
        if let Some(route) = named.filter(|route| state.route.peek(|here| here != route)) {
            // A browser does not say whether it went back or forward; the way back does.
            let mut trail = state.trail.borrow_mut();
            match trail.iter().rposition(|before| *before == route) {
                Some(place) => trail.truncate(place),
                None => trail.push(state.route.now()),
            }
            drop(trail);
            state.route.set(route);
        }
    }

    /// Says something to people who do not see the screen.
    pub fn announce(self, words: String) {
        let state = self.state();
        state.is_shown.set(false);
        state.announcement.set(words);
    }

    /// Says something to everybody: what came of a press where nothing else on the screen tells it. It does
    /// not stand in the way for long.
    pub fn say(self, words: String) {
        let state = self.state();
        state.announcement.set(words.clone());
        state.is_shown.set(true);
        spawn_local(async move {
            crate::platform::time::sleep(8_000).await;
            // It is hidden, and not said once more.
            if state.announcement.peek(|said| *said == words) {
                state.is_shown.set(false);
            }
        });
    }

    /// Says something once the view that was just gone to stands: going there silences what was said before.
    pub fn announce_there(self, words: String) {
        spawn_local(async move {
            crate::platform::time::sleep(500).await;
            if !self.is_gone() {
                self.say(words);
            }
        });
    }

    /// Tells the host page what happened: an event of the element, `front-door:NAME`, without anything
    /// that is the resident's own.
    pub fn tell(self, name: &str, detail: &[(&str, &str)]) {
        let fields = detail.iter();
        let fields =
            fields.map(|(name, value)| ((*name).to_owned(), Value::Text((*value).to_owned())));
        part::tell(
            &self.root(),
            name,
            &json::write(&Value::Map(fields.collect())),
        );
    }

    fn announcement(self) -> String {
        self.state().announcement.get()
    }

    // What is fetched -----------------------------------------------------

    /// Fetches the services (again).
    pub fn load_services(self) {
        let state = self.state();
        state.services.set(Load::Pending);
        spawn_local(async move {
            state.services.set(Load::of(state.api.services().await));
            // From here on the search finds something: the first view can be used.
            dom::mark("front-door:ready");
        });
    }

    /// Fetches the index of guides (again), if the city has any.
    pub fn load_guides(self) {
        let state = self.state();
        let Some(path) = state.setting.config.guides.as_deref() else {
            return state.guides.set(Load::Ready(Rc::default()));
        };
        let url = dom::resolve(path, &state.setting.config_url);
        state.guides.set(Load::Pending);
        spawn_local(async move {
            state.guides.set(Load::of(
                crate::guides::load_index(&url, &state.setting.early).await,
            ));
        });
    }

    /// Asks for a service's definition while the form's code is still on its way.
    pub fn expect_definition(self, service: &str) {
        let state = self.state();
        let has_definition = state.services.peek(|services| match services {
            Load::Ready(all) => all
                .iter()
                .any(|known| known.code == service && known.metadata),
            _ => false,
        });
        if has_definition && state.expected.replace(service.to_owned()) != service {
            state.api.expect_definition(service);
        }
    }

    /// The service with a code, once the list is there.
    pub fn service(self, code: &str) -> Option<Service> {
        self.state().services.with(|services| match services {
            Load::Ready(services) => services
                .iter()
                .find(|service| service.code == code)
                .cloned(),
            _ => None,
        })
    }

    /// The name under which this widget keeps something on the device.
    pub fn key(self, what: &str) -> String {
        ["front-door/", &self.state().setting.name, "/", what].concat()
    }

    /// Keeps the resident's choice of language for this tab.
    pub fn choose_language(self, language: &str) {
        storage::write(&self.key("language"), language);
        self.set_language(language);
    }
}

impl State {
    /// What a page decides for itself.
    pub fn setting(&self) -> &Setting {
        &self.setting
    }

    fn show(&self, route: Route) {
        if self.setting.uses_hash {
            dom::set_hash(&route.to_hash());
        }
        self.route.set(route);
    }
}

/// The language to use: the offered one that fits best, else the first that is offered.
pub fn choose_language(offered: &[String], wanted: &str) -> String {
    let primary = |tag: &str| {
        tag.split('-')
            .next()
            .unwrap_or_default()
            .to_ascii_lowercase()
    };
    let fits = offered
        .iter()
        .find(|tag| tag.eq_ignore_ascii_case(wanted))
        .or_else(|| offered.iter().find(|tag| primary(tag) == primary(wanted)));
    fits.or_else(|| offered.first())
        .map_or_else(|| String::from("en"), String::clone)
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
        let offered = [
            String::from("en"),
            String::from("es"),
            String::from("pt-BR"),
        ];
        let cases = [
            ("es-MX", "es"),
            ("ES", "es"),
            ("pt", "pt-BR"),
            ("vi", "en"),
            ("", "en"),
        ];
        for (wanted, expected) in cases {
            assert_eq!(choose_language(&offered, wanted), expected, "{wanted}");
        }
        assert_eq!(choose_language(&[], "es"), "en");
    }
}
