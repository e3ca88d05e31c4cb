//! The handle to a widget, and the widget's state. Knows the config, the endpoint and the catalogue, but no
//! journey: journeys keep their state in slots, by type.

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
use leptos::task::spawn_local;
use open311::Service;
use std::any::{Any, TypeId};
use std::cell::{Cell, RefCell};
use std::pin::Pin;
use std::rc::Rc;

/// Options of a widget: the tag's attributes and the config file, parsed and validated.
pub struct WidgetOptions {
    /// The element in the shadow root that the widget draws into.
    pub root: HtmlElement,
    /// The config.
    pub config: Config,
    /// URL of the config, against which the URLs in it are resolved.
    pub config_url: String,
    /// URL of the folder with the interface's texts in languages other than English, ending in `/`.
    pub locales: String,
    /// Distinguishes this widget from others on the page; the same after a reload.
    pub name: String,
    /// The first route.
    pub route: Route,
    /// True if the page's URL fragment follows the view (`history="hash"`).
    pub uses_hash: bool,
    /// Responses requested ahead of time.
    pub prefetched: PrefetchedResponses,
}

/// The handle to one widget; cheap to copy. The widget's state is dropped once the widget has left the page and the
/// last task started with [`App::spawn`] has ended, so that such a task may use the handle after an `await`. What
/// continues outside of a task checks [`App::is_gone`] first.
#[derive(Clone, Copy)]
pub struct App(u32);

thread_local! {
    /// The widgets on the page. Not in leptos's arena, whose values ask for the thread that they are used in, and with it
    /// for a second allocator.
    static WIDGETS: RefCell<Vec<Widget>> = const { RefCell::new(Vec::new()) };
    /// How many widgets there have been.
    static COUNT: Cell<u32> = const { Cell::new(0) };
}

struct Widget {
    number: u32,
    state: Rc<State>,
    is_gone: bool,
    /// How many tasks of the widget are running.
    tasks: u32,
}

/// Counts a task for as long as it exists: one that waits for something that is gone never ends, and is dropped.
struct RunningTask(App);

impl Drop for RunningTask {
    fn drop(&mut self) {
        self.0.change(|widget| widget.tasks -= 1);
    }
}

/// State of a widget.
pub(super) struct State {
    pub(super) options: Rc<WidgetOptions>,
    pub(super) client: Client,
    pub(super) catalog: Signal<Rc<Catalog>>,
    pub(super) route: Signal<Route>,
    pub(super) back_stack: RefCell<Vec<Route>>,
    pub(super) announcement: Signal<String>,
    /// True while the announcement is also visible.
    pub(super) is_toast: Signal<bool>,
    pub(super) services: Signal<Load<Rc<Vec<Service>>>>,
    pub(super) guides: Signal<Load<Rc<GuideIndex>>>,
    /// The service whose definition was prefetched last.
    pub(super) prefetched_definition: RefCell<String>,
    /// True while a request or update is being sent: no second one may start.
    is_sending: Signal<bool>,
    /// True if a view was opened whose heading takes the focus once it is drawn.
    wants_focus: Cell<bool>,
    /// State of journeys, by type, so that the first view does not need their types.
    slots: RefCell<Vec<(TypeId, Rc<dyn Any>)>>,
}

impl App {
    /// Sets up a widget and starts to fetch the data of its first view.
    pub fn new(options: WidgetOptions, catalog: Catalog) -> Self {
        let route = options
            .uses_hash
            .then(|| Route::from_hash(&history::hash()))
            .flatten();
        if options.uses_hash && history::hash().is_empty() {
            // So that the browser's Back button leads here.
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
        let app = Self(COUNT.replace(COUNT.get() + 1));
        let widget = Widget {
            number: app.0,
            state: Rc::new(state),
            is_gone: false,
            tasks: 0,
        };
        WIDGETS.with_borrow_mut(|widgets| widgets.push(widget));
        on_cleanup(move || app.change(|widget| widget.is_gone = true));
        app.recall_shared_computer();
        app.load_services();
        app.load_guides();
        app
    }

    /// Runs a task of the widget, which goes on if the widget leaves the page meanwhile: what is being sent is then still
    /// saved. A task that only changes what is shown ends early once [`App::is_gone`] is true.
    pub fn spawn(self, task: impl Future<Output = ()> + 'static) {
        self.spawn_boxed(Box::pin(task));
    }

    // Separate from the generic function, so that it is compiled once.
    fn spawn_boxed(self, task: Pin<Box<dyn Future<Output = ()>>>) {
        self.change(|widget| widget.tasks += 1);
        let running = RunningTask(self);
        spawn_local(async move {
            task.await;
            drop(running);
        });
    }

    /// Changes the widget's entry, and drops it if nothing needs it any more.
    #[inline(never)]
    fn change(self, change: fn(&mut Widget)) {
        // Dropped outside, because what it owns may ask whether the widget is gone.
        let _dropped = WIDGETS.with_borrow_mut(|widgets| {
            let place = widgets.iter().position(|widget| widget.number == self.0)?;
            let widget = widgets.get_mut(place)?;
            change(widget);
            (widget.is_gone && widget.tasks == 0).then(|| widgets.swap_remove(place))
        });
    }

    /// True once the widget has left the page.
    pub fn is_gone(self) -> bool {
        self.find(|widget| widget.is_gone).unwrap_or(true)
    }

    /// The widget's state. Must not be called outside of a task once [`App::is_gone`] is true.
    pub(super) fn state(self) -> Rc<State> {
        let state = self.find(|widget| widget.state.clone());
        state.unwrap_or_else(|| std::process::abort())
    }

    #[inline(never)]
    fn find<R>(self, read: fn(&Widget) -> R) -> Option<R> {
        WIDGETS.with_borrow(|widgets| {
            let mut widgets = widgets.iter();
            widgets.find(|widget| widget.number == self.0).map(read)
        })
    }

    /// The widget's options.
    pub fn options(self) -> Rc<WidgetOptions> {
        self.state().options.clone()
    }

    /// Reads the config.
    pub fn with_config<R>(self, read: impl FnOnce(&Config) -> R) -> R {
        read(&self.state().options.config)
    }

    /// True if the config says that the endpoint offers this extension.
    pub fn offers(self, extension: Extension) -> bool {
        self.with_config(|config| config.offers(extension))
    }

    /// The city's time zone (IANA name), if the config names it.
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

    /// Resolves a path of the config to an absolute URL.
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

    /// A text of the config, in the language in use.
    pub fn text(self, text: &Text) -> String {
        self.state()
            .catalog
            .with(|catalog| text.get(catalog.language()).to_owned())
    }

    /// True while a request or update is being sent: no second one may start.
    pub fn is_sending(self) -> Signal<bool> {
        self.state().is_sending.clone()
    }

    /// A journey's state of this type; `None` if none is set.
    pub fn slot<T: 'static>(self) -> Option<Rc<T>> {
        self.slot_of(TypeId::of::<T>())?.downcast().ok()
    }

    /// Sets a journey's state, replacing one of the same type.
    pub fn set_slot<T: 'static>(self, value: Rc<T>) {
        self.replace_slot(TypeId::of::<T>(), Some(value));
    }

    /// Drops a journey's state of this type.
    pub fn clear_slot<T: 'static>(self) {
        self.replace_slot(TypeId::of::<T>(), None);
    }

    // Separate from the generic functions, so that these two are compiled once.

    #[inline(never)]
    fn slot_of(self, id: TypeId) -> Option<Rc<dyn Any>> {
        let state = self.find(|widget| widget.state.clone())?;
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

    /// Requests the focus for the heading of the view that is being opened.
    pub fn request_focus(self) {
        self.state().wants_focus.set(true);
    }

    /// Moves the focus to the heading of a newly opened view once it is drawn, so that a screen reader reads
    /// where the resident is now. If the resident has moved the focus into the widget meanwhile, it stays there.
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
