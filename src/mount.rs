//! From what a page says loosely to a widget that stands: reads the config, checks it,
//! chooses the language, draws. Everything that is wrong is said in one sentence for the webmaster.

use crate::api::{self, Early, Failure};
use crate::app::{App, Setting, choose_language, load_words, shell};
use crate::config::{self, Config};
use crate::platform::view::Kept;
use crate::platform::{dom, storage};
use crate::route::Route;
use leptos::prelude::*;
use std::{future::Future, pin::Pin};
use web_sys::HtmlElement;

/// What a page says: attributes of the tag, and what `embed.js` found out.
pub struct Page {
    /// The element to draw into.
    pub root: HtmlElement,
    /// Answers under way, by address.
    pub early: js_sys::Map,
    /// Absolute address of the config file, if the tag names one.
    pub config: Option<String>,
    /// The page's own address.
    pub base: String,
    /// Folder of the words of other languages.
    pub locales: String,
    /// Tells the widgets of a page apart.
    pub name: String,
    /// The language of the element or the page.
    pub language: String,
    /// Attribute `endpoint`.
    pub endpoint: Option<String>,
    /// Attribute `jurisdiction`.
    pub jurisdiction: Option<String>,
    /// Attribute `view`.
    pub view: Option<String>,
    /// Attribute `service`.
    pub service: Option<String>,
    /// Attribute `guide`.
    pub guide: Option<String>,
    /// Attribute `request`.
    pub request: Option<String>,
    /// Attribute `history`.
    pub history: Option<String>,
    /// Where the resident was before the widget was taken away, as an address after `#`.
    pub at: Option<String>,
}

/// A widget that stands. Dropping it takes it off the page.
pub struct Mounted {
    app: App,
    root: HtmlElement,
    drawn: Option<Kept>,
    owner: Owner,
    _hash: Option<dom::WindowListener>,
}

impl Mounted {
    /// Follows the language of the page.
    pub fn set_language(&self, language: &str) {
        storage::remove(&self.app.key("language"));
        self.app.set_language(language);
    }
}

/// Draws a widget.
///
/// # Errors
/// A sentence for the webmaster: what is wrong with the config, and what to do.
pub fn mount_widget(page: Page) -> Pin<Box<dyn Future<Output = Result<Mounted, String>>>> {
    Box::pin(mount_page(page))
}

async fn mount_page(page: Page) -> Result<Mounted, String> {
    let early = Early(page.early.clone());
    let (mut config, config_url) = read_config(&page, &early).await?;
    if let Some(endpoint) = &page.endpoint {
        // The attribute is the page's own, so it is relative to the page.
        config.endpoint = Some(dom::resolve(endpoint, &page.base));
    }
    if page.jurisdiction.is_some() {
        config.jurisdiction.clone_from(&page.jurisdiction);
    }
    if config.endpoint.is_none() {
        return Err(
            "no endpoint: name it as “endpoint” in the config file, or as an attribute of the tag"
                .into(),
        );
    }

    let language_key = ["front-door/", &page.name, "/language"].concat();
    let wanted = storage::read(&language_key).unwrap_or_else(|| page.language.clone());
    let offered = match config.languages.is_empty() {
        true => vec![String::from("en"), String::from("es")],
        false => config.languages.clone(),
    };
    config.languages = offered;
    let language = choose_language(&config.languages, &wanted);
    let words = match load_words(&page.locales, &language, &early).await {
        Ok(words) => words,
        Err(_) => {
            dom::warn(
                &[
                    "Frontdoor: the words for “",
                    &language,
                    "” could not be fetched; English is shown.",
                ]
                .concat(),
            );
            crate::i18n::Words::english()
        }
    };

    let uses_hash = page.history.as_deref() == Some("hash");
    let setting = Setting {
        root: page.root.clone(),
        config,
        config_url,
        locales: page.locales.clone(),
        name: page.name.clone(),
        route: first_route(&page),
        uses_hash,
        early,
    };
    // Leptos runs effects as tasks of the browser; a second widget finds that set up.
    let _ = any_spawner::Executor::init_wasm_bindgen();
    let owner = Owner::new();
    let app = owner.with(|| App::new(setting, words));
    let drawn = owner.with(|| shell(app).draw(&page.root));
    let hash = uses_hash.then(|| dom::WindowListener::new("hashchange", move || app.follow_hash()));
    Ok(Mounted {
        app,
        root: page.root,
        drawn: Some(drawn),
        owner,
        _hash: hash,
    })
}

impl Drop for Mounted {
    fn drop(&mut self) {
        self.drawn = None;
        self.owner.cleanup();
        self.root.set_text_content(None);
    }
}

/// The config file, or an empty one where the tag names an endpoint itself.
async fn read_config(page: &Page, early: &Early) -> Result<(Config, String), String> {
    let Some(url) = &page.config else {
        return Ok((Config::default(), page.base.clone()));
    };
    let value = match api::file(url, early).await {
        Ok(value) => value,
        Err(failure) => {
            let sentence = config_failure(url, &failure);
            if page.endpoint.is_none() {
                return Err(sentence);
            }
            dom::warn(
                &[
                    "Frontdoor: ",
                    &sentence,
                    "; the tag's own “endpoint” is used without it.",
                ]
                .concat(),
            );
            return Ok((Config::default(), page.base.clone()));
        }
    };
    let (config, account) = config::read(&value, Config::read);
    dom::tell(&account, url);
    Ok((config, url.clone()))
}

fn config_failure(url: &str, failure: &Failure) -> String {
    let why = match failure {
        Failure::TimedOut => "took longer than 10 seconds",
        Failure::Unreachable => {
            "could not be fetched: its server is down, or does not allow this site (CORS)"
        }
        Failure::Refused(error) if error.status == 404 => {
            "is not there (HTTP 404): check the “config” attribute"
        }
        Failure::Refused(_) | Failure::Busy(_) => "was refused by its server",
        Failure::NotUnderstood => {
            "is not JSON: check it for a missing comma, or for a page that stands in its place"
        }
    };
    ["the config ", url, " ", why].concat()
}

/// Where the tag says to start.
fn first_route(page: &Page) -> Route {
    let text = |field: &Option<String>| field.clone();
    if let Some(route) = page.at.as_deref().and_then(Route::from_hash) {
        return route;
    }
    if let Some(id) = text(&page.request) {
        return Route::Status { id };
    }
    if let Some(id) = text(&page.guide) {
        return Route::guide(&id);
    }
    if let Some(service) = text(&page.service) {
        return Route::report(&service);
    }
    match page.view.as_deref() {
        Some("report") => Route::Services,
        Some("guides") => Route::Guides,
        Some("status") => Route::Lookup,
        Some("report-card") => Route::Card,
        _ => Route::Start,
    }
}
