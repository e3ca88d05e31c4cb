//! What the request journey knows beside the app: the config's part for forms, the notices, and
//! what is kept on the device. One for each widget, made with the first form.

use super::draft::Draft;
use super::notice::{before_form, says_something};
use super::parcel::Parcel;
use super::place::Boundary;
use super::setting::{Notice, Setting};
use super::watch_outbox;
use crate::api::{self, Load};
use crate::app::App;
use crate::config::{self, Extension};
use crate::live::Live;
use crate::platform::kept::Kept;
use crate::platform::time::Timer;
use crate::platform::{dom, storage, time};
use crate::route::Reference;
use leptos::task::spawn_local;
use open311::Definition;
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use web_sys::Blob;

/// How long typing has to pause before it is written to the device's database, in milliseconds. The
/// tab's own storage has every letter at once.
const PAUSE: i32 = 400;

/// So long a form waits for the city's notices, in milliseconds.
const PATIENCE: i32 = 2_500;

/// Under this name the start view finds out, without opening the device's database, that it holds something.
pub const WAITS: &str = "waits";

/// The journey's state.
pub(super) struct Report {
    app: App,
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
    begun: RefCell<String>,
    /// The definition of the service asked for last.
    definition: Live<(String, Load<Rc<Definition>>)>,
    device: RefCell<Option<Rc<Kept>>>,
    photos: RefCell<Vec<(String, Blob)>>,
    writing: RefCell<Option<Timer>>,
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
        account.tell(&state.setting().config_url);
        let mut setting = setting;
        setting.notices.retain(says_something);
        setting.photos.in_post = app.with_config(|config| config.offers(Extension::Media));
        setting.contact.in_post =
            app.with_config(|config| config.offers(Extension::PreferredContact));
        let report = Rc::new(Self {
            app,
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
            begun: RefCell::default(),
            definition: Live::new((String::new(), Load::Pending)),
            device: RefCell::default(),
            photos: RefCell::default(),
            writing: RefCell::default(),
        });
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
        self.are_notices_known.change_quietly(|known| *known = false);
        let state = self.app.state();
        let url = dom::resolve(&path, &state.setting().config_url);
        let late = self.clone();
        spawn_local(async move {
            time::sleep(PATIENCE).await;
            late.are_notices_known.set(true);
        });
        let report = self.clone();
        spawn_local(async move {
            // A list that cannot be had says nothing: the form goes on without it.
            if let Ok(value) = api::file(&url, &state.setting().early).await {
                let (mut more, account) =
                    config::read_list(&value, |node| node.object(Notice::read));
                account.tell(&url);
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

    // What is kept on the device ------------------------------------------

    /// Puts a request into the outbox.
    pub(super) async fn put_parcel(self: &Rc<Self>, parcel: Parcel) {
        self.write_parcel(&parcel).await;
        let mut all = self.outbox.now();
        all.retain(|known| known.key != parcel.key);
        all.push(parcel);
        self.outbox.set(all);
        self.mark();
        self.watch();
    }

    /// Changes how it stands with a request in the outbox.
    pub(super) fn change_parcel(self: &Rc<Self>, key: &str, change: impl Fn(&mut Parcel)) {
        let mut all = self.outbox.now();
        let Some(parcel) = all.iter_mut().find(|parcel| parcel.key == key) else {
            return;
        };
        change(parcel);
        let (report, parcel) = (self.clone(), parcel.clone());
        self.outbox.set(all);
        leptos::task::spawn_local(async move { report.write_parcel(&parcel).await });
    }

    async fn write_parcel(&self, parcel: &Parcel) {
        if let Some(device) = self.device() {
            let name = ["outbox/", &parcel.key].concat();
            done(device.put(&name, &parcel.write().as_str().into())).await;
        }
    }

    /// Sends what is due; the code for that is fetched when something is.
    fn watch(&self) {
        if self.outbox.peek(|all| all.iter().any(Parcel::is_due)) {
            let app = self.app;
            spawn_local(async move {
                // Without the network its code may not be there; then it is tried with the next view.
                let _ = watch_outbox(app).await;
            });
        }
    }

    /// Takes a request out of the outbox, and its pictures from the device, unless it is changed into a
    /// draft again.
    pub(super) fn remove_parcel(&self, key: &str, keeps_photos: bool) {
        let (gone, left): (Vec<_>, Vec<_>) = self
            .outbox
            .now()
            .into_iter()
            .partition(|parcel| parcel.key == key);
        for parcel in &gone {
            if !keeps_photos {
                parcel
                    .photos
                    .iter()
                    .for_each(|photo| self.forget_photo(&photo.id));
            }
        }
        self.outbox.set(left);
        if let Some(device) = self.device() {
            let _ = device.remove(&["outbox/", key].concat());
        }
    }

    /// Follows a request of somebody else.
    pub(super) fn follow(&self, id: &str, name: &str) {
        let mut all = self.followed.now();
        all.retain(|(known, _)| known != id);
        all.push((id.to_owned(), name.to_owned()));
        self.followed.set(all);
        if let Some(device) = self.device() {
            let _ = device.put(&["followed/", id].concat(), &name.into());
        }
        self.mark();
    }

    /// The device's store, once it is open.
    pub(super) fn device(&self) -> Option<Rc<Kept>> {
        self.device.borrow().clone()
    }

    /// True if what is typed is there after the tab was closed.
    pub(super) fn is_lasting(&self) -> bool {
        !storage::is_forgetful() && self.device().is_some_and(|device| device.is_lasting())
    }

    /// The draft of this tab.
    pub(super) fn draft(&self, service: &str) -> Option<Draft> {
        storage::read(&self.key(service)).and_then(|kept| Draft::read(&kept))
    }

    /// The draft of this tab, or a new one.
    pub(super) fn draft_or_new(&self, service: &str) -> Draft {
        self.draft(service)
            .unwrap_or_else(|| Draft::new(dom::random_key()))
    }

    /// Keeps a draft: in the tab at once, on the device when typing pauses.
    pub(super) fn keep(self: &Rc<Self>, service: &str, draft: &mut Draft) {
        draft.changed = time::now() as u64;
        let text = draft.write();
        storage::write(&self.key(service), &text);
        let (device, key) = (self.device(), ["draft/", service].concat());
        let waits = self.app.key(WAITS);
        let write = move || {
            if let Some(device) = &device {
                let _ = device.put(&key, &text.as_str().into());
            }
            storage::write_lasting(&waits, "1");
        };
        self.writing.replace(Some(Timer::new(PAUSE, write)));
    }

    /// Forgets a draft and its pictures.
    pub(super) fn forget(self: &Rc<Self>, service: &str) {
        let here = self.draft(service);
        let mut drafts = self.found.now().unwrap_or_default();
        let kept = drafts.iter().position(|(code, _)| code == service);
        let kept = kept.map(|place| drafts.remove(place).1);
        for photo in here.iter().chain(&kept).flat_map(|draft| &draft.photos) {
            self.forget_photo(&photo.id);
        }
        self.forget_quietly(service);
        self.found.set(Some(drafts));
    }

    /// Forgets a draft without telling the page, which goes on to show what became of it.
    fn forget_quietly(&self, service: &str) {
        self.writing.replace(None);
        storage::remove(&self.key(service));
        if let Some(device) = self.device() {
            let _ = device.remove(&["draft/", service].concat());
        }
    }

    /// Forgets a draft whose pictures somebody else has now.
    pub(super) fn part_with(self: &Rc<Self>, service: &str) {
        let mut drafts = self.found.now().unwrap_or_default();
        drafts.retain(|(known, _)| known != service);
        self.found.change_quietly(|found| *found = Some(drafts));
        self.forget_quietly(service);
    }

    /// Takes a draft of an earlier visit into this tab.
    pub(super) fn take_up(self: &Rc<Self>, service: &str) {
        let drafts = self.found.now().unwrap_or_default();
        if let Some((_, draft)) = drafts.iter().find(|(code, _)| code == service) {
            storage::write(&self.key(service), &draft.write());
        }
        self.changed.set(());
    }

    /// Puts a picture beside its draft. Resolves when it is on the device.
    pub(super) async fn keep_photo(&self, id: &str, blob: Blob) {
        self.photos.borrow_mut().push((id.to_owned(), blob.clone()));
        if let Some(device) = self.device() {
            let put = device.put(&["photo/", id].concat(), &blob);
            done(put).await;
        }
    }

    /// A picture; None if the device has lost it.
    pub(super) async fn photo(&self, id: &str) -> Option<Blob> {
        let known = self
            .photos
            .borrow()
            .iter()
            .find(|(known, _)| known == id)
            .cloned();
        if let Some((_, blob)) = known {
            return Some(blob);
        }
        let device = self.device()?;
        let blob = device.blob(&["photo/", id].concat()).await?;
        self.photos.borrow_mut().push((id.to_owned(), blob.clone()));
        Some(blob)
    }

    /// Forgets a picture.
    pub(super) fn forget_photo(&self, id: &str) {
        self.photos.borrow_mut().retain(|(known, _)| known != id);
        if let Some(device) = self.device() {
            let _ = device.remove(&["photo/", id].concat());
        }
    }

    /// From now on nothing stays on this device, and what was kept goes: others use it.
    pub(super) fn be_forgetful(&self) {
        storage::be_forgetful(&self.app.key(""));
        if let Some(device) = self.device() {
            let _ = device.be_forgetful();
        }
        self.changed.set(());
    }

    /// Notes where the start view sees it that something waits here.
    pub(super) fn mark(&self) {
        storage::write_lasting(&self.app.key(WAITS), "1");
    }

    fn key(&self, service: &str) -> String {
        self.app.key(&["draft/", service].concat())
    }
}

// What is known of sends, for all tabs: under `sent/KEY` what the city gave, under `doubt/KEY` since
// when nobody knows.
impl Report {
    /// What the city gave for the draft of this key, if it was sent.
    pub(super) async fn sent_before(&self, key: &str) -> Option<Reference> {
        let kept = self.device()?.text(&["sent/", key].concat()).await?;
        let (kind, word) = kept.split_once(' ')?;
        Some(match kind {
            "number" => Reference::Number(word.to_owned()),
            "token" => Reference::Token(word.to_owned()),
            _ => Reference::Nothing,
        })
    }

    /// Notes what the city gave.
    pub(super) async fn note_sent(&self, key: &str, reference: &Reference) {
        let Some(device) = self.device() else { return };
        let words = match reference {
            Reference::Number(number) => ["number ", number].concat(),
            Reference::Token(token) => ["token ", token].concat(),
            Reference::Nothing => "nothing ".into(),
        };
        let name = ["sent/", key].concat();
        done(device.put(&name, &words.as_str().into())).await;
        done(device.remove(&["doubt/", key].concat())).await;
    }

    /// Since when nobody knows whether the draft of this key arrived, Unix milliseconds.
    pub(super) async fn in_doubt(&self, key: &str) -> Option<u64> {
        let kept = self.device()?.text(&["doubt/", key].concat()).await?;
        kept.parse().ok()
    }

    /// Notes since when nobody knows, or that it is known again.
    pub(super) async fn note_doubt(&self, key: &str, since: Option<u64>) {
        let Some(device) = self.device() else { return };
        let name = ["doubt/", key].concat();
        match since {
            Some(since) => done(device.put(&name, &since.to_string().as_str().into())).await,
            None => done(device.remove(&name)).await,
        }
    }
}

async fn done(promise: js_sys::Promise) {
    // What the device could not keep, it keeps in memory.
    let _ = wasm_bindgen_futures::JsFuture::from(promise).await;
}
