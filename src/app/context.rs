//! The handle to a widget, and what it holds.

use crate::net::guides::GuideIndex;
use crate::net::{Client, Load};
use crate::platform::dom::HtmlElement;
use crate::platform::prefetch::PrefetchedResponses;
use crate::platform::{focus, history, url};
use crate::view::Signal;
use frontdoor_core::config::{Config, Extension, Text};
use frontdoor_core::i18n::Catalog;
use frontdoor_core::route::Route;
use leptos::prelude::*;
use open311::Service;
use std::any::{Any, TypeId};
use std::cell::{Cell, RefCell};
use std::rc::Rc;

/// What a page decides about a widget: the tag's attributes and the config file, read and checked.
pub struct WidgetOptions {
    /// The element in the shadow root that the widget draws into.
    pub root: HtmlElement,
    /// The config.
    pub config: Config,
    /// The config's address, which its own addresses are relative to.
    pub config_url: String,
    /// The folder of the interface's texts in languages other than English, ending in `/`.
    pub locales: String,
    /// Distinguishes this widget from others on the page, and is the same after a reload.
    pub name: String,
    /// Where to start.
    pub route: Route,
    /// True if the page's address follows the view (`history="hash"`).
    pub uses_hash: bool,
    /// Responses that are on their way.
    pub prefetched: PrefetchedResponses,
}

/// The handle to one widget. It is void once the widget is off the page: what continues after waiting for
/// something checks `is_gone` first, or holds what it needs itself.
#[derive(Clone, Copy)]
pub struct App(StoredValue<Rc<State>, LocalStorage>);

/// What a widget holds.
pub(super) struct State {
    pub(super) options: Rc<WidgetOptions>,
    pub(super) client: Client,
    pub(super) catalog: Signal<Rc<Catalog>>,
    pub(super) route: Signal<Route>,
    pub(super) back_stack: RefCell<Vec<Route>>,
    pub(super) announcement: Signal<String>,
    /// True if the announcement is shown, too.
    pub(super) is_toast: Signal<bool>,
    pub(super) services: Signal<Load<Rc<Vec<Service>>>>,
    pub(super) guides: Signal<Load<Rc<GuideIndex>>>,
    /// The service whose definition was prefetched last.
    pub(super) prefetched_definition: RefCell<String>,
    /// A request or update is being sent: no second one may start.
    is_sending: Signal<bool>,
    /// A view was opened whose heading is to get the focus once it is drawn.
    wants_focus: Cell<bool>,
    /// What journeys hold here, by type; the first view need not know what that is.
    slots: RefCell<Vec<(TypeId, Rc<dyn Any>)>>,
}

impl App {
    /// Sets up a widget and starts to fetch what its first view needs.
    pub fn new(options: WidgetOptions, catalog: Catalog) -> Self {
        let route = options
            .uses_hash
            .then(|| Route::from_hash(&history::hash()))
            .flatten();
        if options.uses_hash && history::hash().is_empty() {
            // So that the browser's Back button leads here, too.
            history::replace_hash(&options.route.to_hash());
        }
        let state = State {
            client: Client::new(
                &options.config,
                &options.config_url,
                options.prefetched.clone(),
            ),
            catalog: Signal::new(Rc::new(catalog)),
            route: Signal::new(route.unwrap_or_else(|| options.route.clone())),
            back_stack: RefCell::default(),
            announcement: Signal::new(String::new()),
            is_toast: Signal::new(false),
            services: Signal::new(Load::Pending),
            guides: Signal::new(Load::Pending),
            prefetched_definition: RefCell::default(),
            is_sending: Signal::new(false),
            wants_focus: Cell::new(false),
            slots: RefCell::default(),
            options: Rc::new(options),
        };
        let app = Self(StoredValue::new_local(Rc::new(state)));
        app.recall_shared_computer();
        app.load_services();
        app.load_guides();
        app
    }

    /// True once the widget is off the page.
    pub fn is_gone(self) -> bool {
        self.0.is_disposed()
    }

    pub(super) fn state(self) -> Rc<State> {
        self.0.get_value()
    }

    /// What the page decides about the widget.
    pub fn options(self) -> Rc<WidgetOptions> {
        self.state().options.clone()
    }

    /// Reads the config.
    pub fn with_config<R>(self, read: impl FnOnce(&Config) -> R) -> R {
        read(&self.state().options.config)
    }

    /// True if the endpoint offers an extension.
    pub fn offers(self, extension: Extension) -> bool {
        self.with_config(|config| config.offers(extension))
    }

    /// The city's time zone, if the config names it.
    pub fn time_zone(self) -> Option<String> {
        self.with_config(|config| config.time_zone.clone())
    }

    /// The first phone number of the config.
    pub fn phone(self) -> Option<String> {
        self.with_config(|config| {
            let mut contacts = config.contact.iter();
            contacts.find_map(|contact| contact.phone.clone())
        })
    }

    /// A path of the config as an absolute address.
    pub fn resolve(self, path: &str) -> String {
        url::resolve(path, &self.state().options.config_url)
    }

    /// The city's endpoint.
    pub fn client(self) -> Client {
        self.state().client.clone()
    }

    /// The element that the widget draws into.
    pub fn root(self) -> HtmlElement {
        self.state().options.root.clone()
    }

    /// What the city wrote, in the language in use.
    pub fn text(self, text: &Text) -> String {
        self.state()
            .catalog
            .with(|catalog| text.get(catalog.language()).to_owned())
    }

    /// True while something is being sent: no second send may start.
    pub fn is_sending(self) -> Signal<bool> {
        self.state().is_sending.clone()
    }

    /// What a journey holds here; `None` if it holds nothing of this type.
    pub fn slot<T: 'static>(self) -> Option<Rc<T>> {
        self.slot_of(TypeId::of::<T>())?.downcast().ok()
    }

    /// Holds a value here for a journey, in place of the one of the same type.
    pub fn set_slot<T: 'static>(self, value: Rc<T>) {
        self.replace_slot(TypeId::of::<T>(), Some(value));
    }

    /// Drops what a journey holds here.
    pub fn clear_slot<T: 'static>(self) {
        self.replace_slot(TypeId::of::<T>(), None);
    }

    // Both apart from what is generic, so that they are compiled once.

    #[inline(never)]
    fn slot_of(self, id: TypeId) -> Option<Rc<dyn Any>> {
        let state = self.state();
        let slots = state.slots.borrow();
        let (_, value) = slots.iter().find(|(known, _)| *known == id)?;
        Some(value.clone())
    }

    #[inline(never)]
    fn replace_slot(self, id: TypeId, value: Option<Rc<dyn Any>>) {
        let state = self.state();
        let mut slots = state.slots.borrow_mut();
        slots.retain(|(known, _)| *known != id);
        slots.extend(value.map(|value| (id, value)));
    }

    /// Notes that a view is opened whose heading is to get the focus.
    pub fn request_focus(self) {
        self.state().wants_focus.set(true);
    }

    /// Moves the focus to the heading of a view that was opened, once it is drawn. A screen reader then reads
    /// where the resident is now. If the resident has moved the focus meanwhile, it stays there.
    pub fn focus_if_requested(self, heading: &HtmlElement) {
        if !self.state().wants_focus.replace(false) {
            return;
        }
        let (root, heading) = (self.root(), heading.clone());
        focus::after_drawing(move || {
            if !focus::has_focus(&root) {
                focus::focus(&heading);
            }
        });
    }
}
