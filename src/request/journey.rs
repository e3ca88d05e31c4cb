//! State of the request journey: the config for forms, saved data, the city's notices and boundary, and the
//! definition of the current service. One for each widget, created with the first form. Draws nothing.

use super::store::RequestStore;
use crate::app::App;
use crate::net::{Load, fetch_json, fetch_text};
use crate::platform::console;
use crate::platform::time::{self, Timer};
use crate::view::Signal;
use frontdoor_core::config::{self, Extension};
use frontdoor_core::ids::ServiceCode;
use frontdoor_core::request::boundary::Boundary;
use frontdoor_core::request::config::{RequestConfig, ServiceNotice};
use frontdoor_core::request::notice::{has_title, notice_before_form};
use open311::Definition;
use std::cell::{Cell, RefCell};
use std::rc::Rc;

/// State of the request journey.
pub(super) struct RequestJourney {
    pub(super) app: App,
    /// The section `report` of the config.
    pub(super) config: RequestConfig,
    /// Data saved on the device.
    pub(super) store: Rc<RequestStore>,
    /// The city's notices.
    pub(super) notices: Notices,
    /// The city's boundary.
    pub(super) boundary: BoundaryFile,
    /// Service of the form that is open, or was last open.
    open_form: RefCell<Option<ServiceCode>>,
    /// Definition of the service that was last opened.
    definition: Signal<(Option<ServiceCode>, Load<Rc<Definition>>)>,
}

impl RequestJourney {
    /// The journey of this widget. The first call creates it, and starts to read the device's data.
    pub(super) fn of(app: App) -> Rc<Self> {
        if let Some(journey) = app.slot::<Self>() {
            return journey;
        }
        let options = app.options();
        let (mut config, diagnostics) =
            config::read_section(&options.config.report, "report", RequestConfig::read);
        console::report(&diagnostics, &options.config_url);
        config.notices.retain(has_title);
        config.photos.in_post = app.offers(Extension::Media);
        config.contact.in_post = app.offers(Extension::PreferredContact);
        let journey = Rc::new(Self {
            app,
            store: RequestStore::open(app),
            notices: Notices::new(&config),
            config,
            boundary: BoundaryFile::default(),
            open_form: RefCell::default(),
            definition: Signal::new((None, Load::Pending)),
        });
        app.set_slot(journey.clone());
        journey.load_notices();
        journey
    }

    /// Fetches the city's notices. Called whenever a form is opened, so that notices published since the page was
    /// loaded are shown.
    pub(super) fn load_notices(self: &Rc<Self>) {
        let Some(path) = &self.config.notices_url else {
            return self.notices.is_settled.set(true);
        };
        if self.notices.is_loading.replace(true) {
            return;
        }
        self.notices.start_waiting();
        let (journey, url) = (self.clone(), self.app.resolve(path));
        let options = self.app.options();
        self.app.spawn(async move {
            // Without the list, the form is shown all the same.
            if let Ok(value) = fetch_json(&url, &options.prefetched).await {
                let (mut more, diagnostics) =
                    config::read_list(&value, |node| node.object(ServiceNotice::read));
                console::report(&diagnostics, &url);
                more.retain(has_title);
                let all = journey.config.notices.iter().cloned().chain(more);
                journey.notices.list.set(all.collect());
            }
            journey.notices.is_loading.set(false);
            journey.notices.is_settled.set(true);
        });
    }

    /// The definition of a service; pending until [`RequestJourney::load_definition`] was called for it.
    pub(super) fn definition(&self, service: &ServiceCode) -> Load<Rc<Definition>> {
        self.definition.with(|(code, definition)| match code {
            Some(code) if code == service => definition.clone(),
            _ => Load::Pending,
        })
    }

    /// Fetches the definition of a service, unless it was the last one opened.
    pub(super) fn load_definition(self: &Rc<Self>, service: &ServiceCode) {
        let is_known = self
            .definition
            .with_untracked(|(code, _)| code.as_ref() == Some(service));
        if is_known {
            return;
        }
        let code = service.clone();
        self.definition
            .update_untracked(|known| *known = (Some(code.clone()), Load::Pending));
        let (journey, client) = (self.clone(), self.app.client());
        self.app.spawn(async move {
            let definition = Load::from_result(client.definition(&code).await);
            // The resident may have opened another service meanwhile.
            let is_open = journey
                .definition
                .with_untracked(|(open, _)| open.as_ref() == Some(&code));
            if is_open {
                journey.definition.set((Some(code), definition));
            }
        });
    }

    /// Discards a definition that could not be loaded, so that it is fetched again.
    pub(super) fn forget_failed_definition(&self) {
        self.definition.update_untracked(|(code, definition)| {
            if matches!(definition, Load::Failed(_)) {
                *code = None;
            }
        });
    }

    /// Fetches the city's boundary, once.
    pub(super) fn load_boundary(self: &Rc<Self>) {
        if self.boundary.is_requested.replace(true) {
            return;
        }
        let options = self.app.options();
        let map = options.config.map.as_ref();
        let Some(path) = map.and_then(|map| map.boundary.as_deref()) else {
            return self.boundary.loaded.set(Some(LoadedBoundary::default()));
        };
        let (journey, url) = (self.clone(), self.app.resolve(path));
        self.app.spawn(async move {
            let geojson = fetch_text(&url).await.unwrap_or_default();
            let value = json::parse(&geojson).unwrap_or_default();
            let boundary = Boundary::read(&value);
            if boundary.is_none() {
                console::warn(&[
                    &url,
                    " cannot be fetched or contains no polygon: locations are not checked against the boundary.",
                ]);
            }
            let loaded = LoadedBoundary { boundary, geojson };
            journey.boundary.loaded.set(Some(loaded));
        });
    }

    /// True once the device's data is read and the notices have arrived or taken too long: a form shown from then on
    /// does not have to be replaced.
    pub(super) fn is_settled(&self) -> bool {
        // Both are read before `&&`, so that both are tracked.
        let is_device_read = self.store.saved_drafts().with(Option::is_some);
        let are_notices_settled = self.notices.is_settled.get();
        is_device_read && are_notices_settled
    }

    /// Records that a service's form is open.
    pub(super) fn set_open_form(&self, service: &ServiceCode) {
        self.open_form.replace(Some(service.clone()));
    }

    /// True if a service's form is open, or was last open.
    pub(super) fn is_open_form(&self, service: &ServiceCode) -> bool {
        self.open_form.borrow().as_ref() == Some(service)
    }
}

/// How long a form waits for the city's notices, in milliseconds. Longer delays every form if they are slow, shorter
/// shows forms that a notice would have stopped. Sensible: 1 to 5 s.
const NOTICES_WAIT_MS: i32 = 2_500;

/// The city's notices.
pub(super) struct Notices {
    /// The notices in the config, and those in the file that it names.
    pub(super) list: Signal<Vec<ServiceNotice>>,
    is_loading: Cell<bool>,
    /// True once the file has arrived or failed, or has taken too long.
    is_settled: Signal<bool>,
    timer: RefCell<Option<Timer>>,
}

impl Notices {
    fn new(config: &RequestConfig) -> Self {
        Self {
            list: Signal::new(config.notices.clone()),
            is_loading: Cell::new(false),
            is_settled: Signal::new(false),
            timer: RefCell::default(),
        }
    }

    fn start_waiting(&self) {
        self.is_settled.update_untracked(|settled| *settled = false);
        let is_settled = self.is_settled.clone();
        let timer = Timer::new(NOTICES_WAIT_MS, move || is_settled.set(true));
        self.timer.replace(Some(timer));
    }

    /// The notice to show before a service's form, except those with the ids in `dismissed`.
    pub(super) fn before_form(
        &self,
        service: &ServiceCode,
        dismissed: &[String],
    ) -> Option<ServiceNotice> {
        self.list
            .with(|list| notice_before_form(list, service, time::now(), dismissed).cloned())
    }
}

/// The city's boundary file.
pub(super) struct BoundaryFile {
    /// `None` until it is loaded.
    pub(super) loaded: Signal<Option<LoadedBoundary>>,
    is_requested: Cell<bool>,
}

/// The boundary in both forms that are needed.
#[derive(Clone, Default)]
pub(super) struct LoadedBoundary {
    /// The parsed boundary; `None` if the city has none, or if it could not be read.
    pub(super) boundary: Option<Boundary>,
    /// The boundary as GeoJSON text, for the map; empty if there is none.
    pub(super) geojson: String,
}

impl Default for BoundaryFile {
    fn default() -> Self {
        Self {
            loaded: Signal::new(None),
            is_requested: Cell::new(false),
        }
    }
}
