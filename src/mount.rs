//! From a tag's loose attributes to a widget on the page: fetches and validates the config, chooses the
//! language, draws. Every problem becomes one sentence for the webmaster. Knows no view but `shell`.

use crate::app::{App, WidgetOptions, choose_language, load_catalog};
#[cfg(feature = "gallery")]
use crate::gallery::gallery as shell;
use crate::net::{ApiError, fetch_json};
use crate::platform::dom::HtmlElement;
use crate::platform::history::WindowListener;
use crate::platform::prefetch::PrefetchedResponses;
use crate::platform::{console, url, web_storage};
#[cfg(not(feature = "gallery"))]
use crate::shell::shell;
use crate::view::Mounted;
use frontdoor_core::config::{self, Config};
use frontdoor_core::i18n::Catalog;
use frontdoor_core::route::Route;
use frontdoor_core::storage::Entry;
use leptos::prelude::*;
use std::{future::Future, pin::Pin};

/// The tag's attributes, and what `element.js` knows about the page. Not validated.
pub struct TagOptions {
    /// The element to draw into.
    pub root: HtmlElement,
    /// Responses requested ahead of time.
    pub prefetched: PrefetchedResponses,
    /// Absolute URL of the config file, if the tag names one.
    pub config: Option<String>,
    /// URL of the page.
    pub base: String,
    /// URL of the folder with the interface's texts in other languages.
    pub locales: String,
    /// Distinguishes this widget from others on the page.
    pub name: String,
    /// Language of the element or the page (BCP 47 tag).
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
    /// Route on which the widget was last removed from the page, as a URL fragment.
    pub at: Option<String>,
}

/// A widget on the page. Dropping it removes it from the page.
pub struct MountedWidget {
    app: App,
    root: HtmlElement,
    mounted: Option<Mounted>,
    owner: Owner,
    _hash_listener: Option<WindowListener>,
}

impl MountedWidget {
    /// Follows the page's language (BCP 47 tag), dropping the resident's own choice.
    pub fn set_language(&self, language: &str) {
        self.app.erase(Entry::Language);
        self.app.set_language(language);
    }
}

/// Mounts a widget and draws its first view.
///
/// # Errors
/// A sentence for the webmaster: what is wrong with the config, and what to do about it.
pub fn mount_widget(
    tag: TagOptions,
) -> Pin<Box<dyn Future<Output = Result<MountedWidget, String>>>> {
    Box::pin(mount_tag(tag))
}

async fn mount_tag(tag: TagOptions) -> Result<MountedWidget, String> {
    let prefetched = tag.prefetched.clone();
    let (mut config, config_url) = read_config(&tag, &prefetched).await?;
    if let Some(endpoint) = &tag.endpoint {
        // An attribute is written in the page, so it is relative to the page.
        config.endpoint = Some(url::resolve(endpoint, &tag.base));
    }
    if tag.jurisdiction.is_some() {
        config.jurisdiction.clone_from(&tag.jurisdiction);
    }
    if config.endpoint.is_none() {
        return Err(
            "no endpoint: name it as “endpoint” in the config file, or as an attribute of the tag"
                .into(),
        );
    }

    // The resident's own choice, if this tab remembers one.
    let language_key = ["front-door/", &tag.name, "/", &Entry::Language.key()].concat();
    let wanted = web_storage::read_session(&language_key).unwrap_or_else(|| tag.language.clone());
    if config.languages.is_empty() {
        config.languages = vec![String::from("en"), String::from("es")];
    }
    let language = choose_language(&config.languages, &wanted);
    let catalog = match load_catalog(&tag.locales, &language, &prefetched).await {
        Ok(catalog) => catalog,
        Err(_) => {
            console::warn(&[
                "the words for “",
                &language,
                "” could not be fetched; English is shown.",
            ]);
            Catalog::english()
        }
    };

    let uses_hash = tag.history.as_deref() == Some("hash");
    let options = WidgetOptions {
        root: tag.root.clone(),
        config,
        config_url,
        locales: tag.locales.clone(),
        name: tag.name.clone(),
        route: first_route(&tag),
        uses_hash,
        prefetched,
    };
    // Leptos runs effects as tasks of the browser. The call fails for a second widget, harmlessly: the executor is
    // already set up.
    let _ = any_spawner::Executor::init_wasm_bindgen();
    let owner = Owner::new();
    let app = owner.with(|| App::new(options, catalog));
    let mounted = owner.with(|| shell(app).mount(&tag.root));
    let hash_listener =
        uses_hash.then(|| WindowListener::new("hashchange", move || app.follow_hash()));
    Ok(MountedWidget {
        app,
        root: tag.root,
        mounted: Some(mounted),
        owner,
        _hash_listener: hash_listener,
    })
}

impl Drop for MountedWidget {
    fn drop(&mut self) {
        self.mounted = None;
        self.owner.cleanup();
        self.root.set_text_content(None);
    }
}

/// Fetches the config file, with the URL that its own URLs are relative to. Falls back to an empty config if the
/// tag names no file, or names an endpoint while the file cannot be fetched.
async fn read_config(
    tag: &TagOptions,
    prefetched: &PrefetchedResponses,
) -> Result<(Config, String), String> {
    let Some(address) = &tag.config else {
        return Ok((Config::default(), tag.base.clone()));
    };
    let value = match fetch_json(address, prefetched).await {
        Ok(value) => value,
        Err(error) => {
            let sentence = config_error(address, &error);
            if tag.endpoint.is_none() {
                return Err(sentence);
            }
            console::warn(&[&sentence, "; the tag's own “endpoint” is used without it."]);
            return Ok((Config::default(), tag.base.clone()));
        }
    };
    let (config, diagnostics) = config::read(&value, Config::read);
    console::report(&diagnostics, address);
    Ok((config, address.clone()))
}

fn config_error(url: &str, error: &ApiError) -> String {
    let why = match error {
        ApiError::TimedOut => "took longer than 10 seconds",
        ApiError::Unreachable => {
            "could not be fetched: its server is down, or does not allow this site (CORS)"
        }
        ApiError::Refused(refusal) if refusal.status == 404 => {
            "is not there (HTTP 404): check the “config” attribute"
        }
        ApiError::Refused(_) | ApiError::Busy(_) => "was refused by its server",
        ApiError::NotUnderstood => {
            "is not JSON: check it for a missing comma, or for a page that stands in its place"
        }
    };
    ["the config ", url, " ", why].concat()
}

/// The first route, according to the tag's attributes; the most specific attribute wins.
fn first_route(tag: &TagOptions) -> Route {
    if let Some(route) = tag.at.as_deref().and_then(Route::from_hash) {
        return route;
    }
    if let Some(number) = tag.request.as_deref() {
        return Route::Status {
            number: number.into(),
        };
    }
    if let Some(id) = tag.guide.as_deref() {
        return Route::guide(id);
    }
    if let Some(service) = tag.service.as_deref() {
        return Route::form(service);
    }
    match tag.view.as_deref() {
        Some("report") => Route::Services,
        Some("guides") => Route::Guides,
        Some("status") => Route::Lookup,
        Some("report-card") => Route::ReportCard,
        _ => Route::Start,
    }
}
