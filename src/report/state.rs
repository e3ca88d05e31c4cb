//! What the request journey knows beside the app: the config's part for forms, the notices, and
//! what is kept on the device. One for each widget, made with the first form.

use super::draft::Draft;
use super::keep::done;
use super::notice::{before_form, says_something};
use super::parcel::Parcel;
use super::place::Boundary;
use super::setting::{Notice, Setting};
use crate::api::{self, Load};
use crate::app::App;
use crate::config::{self, Extension};
use crate::live::Live;
use crate::platform::kept::Kept;
use crate::platform::time::Timer;
use crate::platform::{dom, storage, time};
use leptos::task::spawn_local;
use open311::Definition;
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use web_sys::Blob;

/// So long a form waits for the city's notices, in milliseconds.
const PATIENCE: i32 = 2_500;

/// Under this name the start view finds out, without opening the device's database, that it holds something.
pub const WAITS: &str = "waits";

/// The journey's state.
pub(super) struct Report {
    pub(super) app: App,
    /// The name under which the start view finds out that something waits.
    pub(super) waits: String,
    /// What the city decides for its forms.
    pub setting: Setting,
    /// What residents have to know.
    pub notices: Live<Vec<Notice>>,
    /// The drafts that earlier visits left on the device, by service; None until the device was asked.
    pub found: Live<Option<Vec<(String, Draft)>>>,
    /// What waits to be sent from here.
    pub outbox: Live<Vec<Parcel>>,
    /// The requests of others that are followed from here: number and service.
    pub followed: Live<Vec<(String, String)>>,
    /// Whether the outbox is being watched.
    pub is_watched: Cell<bool>,
    /// Told when something that is kept has changed in a way that other views show.
    pub changed: Live<()>,
    /// The city's boundary, and the GeoJSON it was read from; None until it was asked for.
    pub boundary: Live<Option<(Option<Boundary>, String)>>,
    is_boundary_asked: Cell<bool>,
    are_notices_known: Live<bool>,
    asks_notices: Cell<bool>,
    patience: RefCell<Option<Timer>>,
    begun: RefCell<String>,
    /// The definition of the service asked for last.
    definition: Live<(String, Load<Rc<Definition>>)>,
    pub(super) device: RefCell<Option<Rc<Kept>>>,
    pub(super) photos: RefCell<Vec<(String, Blob)>>,
    pub(super) writing: RefCell<Option<Timer>>,
    /// What is not in the device's database yet: a name and a text.
    pub(super) unwritten: RefCell<Option<(String, String)>>,
    leaving: RefCell<Option<dom::WindowListener>>,
}

impl Report {
    /// The state of this widget; made, and the device asked, with the first call.
    pub(super) fn of(app: App) -> Rc<Self> {
        let state = app.state();
        let known = state.journey.borrow().clone();
        if let Some(report) = known.and_then(|known| known.downcast::<Self>().ok()) {
            return report;
        }
        let (setting, account) =
            app.with_config(|config| config::read_part(&config.report, "report", Setting::read));
        dom::tell(&account, &state.setting().config_url);
        let mut setting = setting;
        setting.notices.retain(says_something);
        setting.photos.in_post = app.with_config(|config| config.offers(Extension::Media));
        setting.contact.in_post =
            app.with_config(|config| config.offers(Extension::PreferredContact));
        let report = Rc::new(Self {
            app,
            waits: app.key(WAITS),
            notices: Live::new(setting.notices.clone()),
            setting,
            found: Live::new(None),
            outbox: Live::new(Vec::new()),
            followed: Live::new(Vec::new()),
            is_watched: Cell::new(false),
            changed: Live::new(()),
            boundary: Live::new(None),
            is_boundary_asked: Cell::new(false),
            are_notices_known: Live::new(false),
            asks_notices: Cell::new(false),
            patience: RefCell::default(),
            begun: RefCell::default(),
            definition: Live::new((String::new(), Load::Pending)),
            device: RefCell::default(),
            photos: RefCell::default(),
            writing: RefCell::default(),
            unwritten: RefCell::default(),
            leaving: RefCell::default(),
        });
        let weak = Rc::downgrade(&report);
        // The last words before a tab is closed count as much as the first.
        let leaving = dom::WindowListener::new("pagehide", move || {
            if let Some(report) = weak.upgrade() {
                report.write_down();
            }
        });
        report.leaving.replace(Some(leaving));
        state.journey.replace(Some(report.clone()));
        report.clone().ask_device();
        report.ask_notices();
        report
    }

    fn ask_device(self: Rc<Self>) {
        spawn_local(async move {
            let device = Kept::open(&self.app.key("")).await.map(Rc::new);
            let mut drafts = Vec::new();
            let (mut parcels, mut followed) = (Vec::new(), Vec::new());
            if let Some(device) = &device {
                if storage::is_forgetful() {
                    done(device.be_forgetful()).await;
                }
                for (key, text) in device.texts("draft/").await {
                    let service = key.strip_prefix("draft/").map(str::to_owned);
                    drafts.extend(service.zip(Draft::read(&text)));
                }
                for (_, draft) in &mut drafts {
                    // Noted when it left, which is later than the draft was last written.
                    let doubt = device.text(&["doubt/", &draft.key].concat()).await;
                    draft.in_doubt = doubt
                        .and_then(|since| since.parse().ok())
                        .or(draft.in_doubt);
                }
                for (_, text) in device.texts("outbox/").await {
                    parcels.extend(Parcel::read(&text));
                }
                for (key, name) in device.texts("followed/").await {
                    let id = key.strip_prefix("followed/").map(str::to_owned);
                    followed.extend(id.map(|id| (id, name)));
                }
            }
            self.device.replace(device);
            if self.app.is_gone() {
                return;
            }
            if drafts.is_empty() && parcels.is_empty() && followed.is_empty() {
                storage::write_lasting(&self.app.key(WAITS), "");
            }
            self.followed.set(followed);
            self.outbox.set(parcels);
            self.found.set(Some(drafts));
            self.watch();
        });
    }

    /// Asks for the city's notices, as every form does when it is opened: what the city has said
    /// since the page was opened counts.
    pub(super) fn ask_notices(self: &Rc<Self>) {
        let Some(path) = self.setting.notices_url.clone() else {
            return self.are_notices_known.set(true);
        };
        if self.asks_notices.replace(true) {
            return;
        }
        self.are_notices_known
            .change_quietly(|known| *known = false);
        let state = self.app.state();
        let url = dom::resolve(&path, &state.setting().config_url);
        let known = self.are_notices_known.clone();
        let late = Timer::new(PATIENCE, move || known.set(true));
        self.patience.replace(Some(late));
        let report = self.clone();
        spawn_local(async move {
            // A list that cannot be had says nothing: the form goes on without it.
            if let Ok(value) = api::file(&url, &state.setting().early).await {
                let (mut more, account) =
                    config::read_list(&value, |node| node.object(Notice::read));
                dom::tell(&account, &url);
                more.retain(says_something);
                let all = report.setting.notices.iter().cloned().chain(more);
                report.notices.set(all.collect());
            }
            report.asks_notices.set(false);
            report.are_notices_known.set(true);
        });
    }

    /// What a service asks; fetched unless it was asked for before.
    pub(super) fn definition(self: &Rc<Self>, service: &str) -> Load<Rc<Definition>> {
        let is_asked = self.definition.peek(|(code, _)| code == service);
        if !is_asked {
            let code = service.to_owned();
            self.definition
                .change_quietly(|known| *known = (code.clone(), Load::Pending));
            let (report, api) = (self.clone(), self.app.api());
            spawn_local(async move {
                let definition = Load::of(api.definition(&code).await);
                // The resident may have opened another service by now.
                if report.definition.peek(|(asked, _)| *asked == code) {
                    report.definition.set((code, definition));
                }
            });
        }
        self.definition.with(|(_, definition)| definition.clone())
    }

    /// Lets a definition that could not be had be asked for again.
    pub(super) fn forget_failed_definition(&self) {
        self.definition.change_quietly(|known| {
            if matches!(known.1, Load::Failed(_)) {
                known.0.clear();
            }
        });
    }

    /// Asks for the city's boundary, once. What looks at `boundary` hears of it.
    pub(super) fn ask_boundary(self: &Rc<Self>) {
        if self.is_boundary_asked.replace(true) {
            return;
        }
        let state = self.app.state();
        let map = state.setting().config.map.as_ref();
        let Some(path) = map.and_then(|map| map.boundary.clone()) else {
            return self.boundary.set(Some((None, String::new())));
        };
        let url = dom::resolve(&path, &state.setting().config_url);
        let report = self.clone();
        spawn_local(async move {
            let text = api::text(&url).await.unwrap_or_default();
            let value = open311::json::parse(&text).unwrap_or_default();
            let boundary = Boundary::read(&value);
            if boundary.is_none() {
                dom::warn(
                    &[
                        "Frontdoor: ",
                        &url,
                        " is not to be had or holds no polygon: no place is checked against the boundary.",
                    ]
                    .concat(),
                );
            }
            report.boundary.set(Some((boundary, text)));
        });
    }

    /// The notice that stands before a service's form now.
    pub(super) fn notice(&self, service: &str, passed: &[String]) -> Option<Notice> {
        let now = time::now() as i64;
        self.notices
            .with(|notices| before_form(notices, service, now, passed).cloned())
    }

    /// True once the device and the city's notices have been heard, so that a form can be shown and
    /// need not be taken away again.
    pub(super) fn is_known(&self) -> bool {
        self.found.with(Option::is_some) & self.are_notices_known.get()
    }

    /// Notes that a service's form stands.
    pub(super) fn begin(&self, service: &str) {
        self.begun.replace(service.to_owned());
    }

    /// True if a service's form stands, or stood last.
    pub(super) fn has_begun(&self, service: &str) -> bool {
        *self.begun.borrow() == service
    }
}

impl Drop for Report {
    fn drop(&mut self) {
        self.write_down();
    }
}
