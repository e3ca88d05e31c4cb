//! What the request journey saves on the device: drafts with their photos, the outbox, what is followed, and what
//! is known about sends. In the tab at once, and in the device's database where the browser allows it.

use crate::app::App;
use crate::platform::device_store::DeviceStore;
use crate::platform::dom::Blob;
use crate::platform::history::WindowListener;
use crate::platform::random::random_key;
use crate::platform::time::{self, Timer};
use crate::view::Signal;
use frontdoor_core::ids::{DraftKey, PhotoId, RequestNumber, ServiceCode};
use frontdoor_core::request::draft::Draft;
use frontdoor_core::request::queued::QueuedRequest;
use frontdoor_core::request::reference::Reference;
use frontdoor_core::storage::{Entry, Row, Saved, Table};
use frontdoor_core::time::UnixMs;
use leptos::task::spawn_local;
use std::cell::{Cell, RefCell};
use std::rc::Rc;

/// How long typing has to pause before it is written to the database, in milliseconds; the tab's own storage has
/// every letter at once. Sensible: 200 to 1,000.
const WRITE_PAUSE_MS: i32 = 400;

/// A draft that an earlier visit left on the device.
#[derive(Clone, Debug)]
pub(super) struct SavedDraft {
    pub(super) service: ServiceCode,
    pub(super) draft: Draft,
    /// Since when nobody knows whether it arrived.
    pub(super) in_doubt: Option<UnixMs>,
}

impl PartialEq for SavedDraft {
    /// A draft's time changes whenever the draft does.
    fn eq(&self, other: &Self) -> bool {
        let identity = |saved: &Self| (saved.draft.changed_at, saved.in_doubt);
        self.draft.key == other.draft.key && identity(self) == identity(other)
    }
}

/// What the request journey saves.
pub(super) struct RequestStore {
    app: App,
    /// The drafts that earlier visits left; `None` until the device was read.
    drafts: Signal<Option<Vec<SavedDraft>>>,
    /// The outbox.
    queue: Signal<Vec<QueuedRequest>>,
    /// The requests that are followed from this device, with their services' names.
    followed: Signal<Vec<(RequestNumber, String)>>,
    /// Changed when something saved has changed in a way that views show.
    changed: Signal<()>,
    /// Since when nobody knows whether a draft arrived: the one place of every doubt, also in the database.
    doubts: RefCell<Vec<(DraftKey, UnixMs)>>,
    photos: RefCell<Vec<(PhotoId, Blob)>>,
    /// Called when something in the outbox can be sent.
    on_pending: RefCell<Option<fn(App)>>,
    /// True while the outbox is being sent.
    pub(super) is_sending_outbox: Cell<bool>,
    write_timer: RefCell<Option<Timer>>,
    /// What is not in the database yet.
    unwritten: RefCell<Option<(ServiceCode, String)>>,
    pagehide: RefCell<Option<WindowListener>>,
}

/// Opening and reading.
impl RequestStore {
    /// A store; the device is read in the background.
    pub(super) fn open(app: App) -> Rc<Self> {
        let store = Rc::new(Self {
            app,
            drafts: Signal::new(None),
            queue: Signal::new(Vec::new()),
            followed: Signal::new(Vec::new()),
            changed: Signal::new(()),
            doubts: RefCell::default(),
            photos: RefCell::default(),
            on_pending: RefCell::default(),
            is_sending_outbox: Cell::new(false),
            write_timer: RefCell::default(),
            unwritten: RefCell::default(),
            pagehide: RefCell::default(),
        });
        let weak = Rc::downgrade(&store);
        // The last words before a tab is closed count as much as the first.
        let pagehide = WindowListener::new("pagehide", move || {
            if let Some(store) = weak.upgrade() {
                store.write_now();
            }
        });
        store.pagehide.replace(Some(pagehide));
        let reader = store.clone();
        spawn_local(async move { reader.read_device().await });
        store
    }

    async fn read_device(&self) {
        let (mut drafts, mut queue, mut followed) = (Vec::new(), Vec::new(), Vec::new());
        if let Some(device) = self.app.device().await {
            // Doubts first, because drafts are looked up in them. One loop, so that the wasm has one place that
            // waits for the database.
            let tables = [Table::Doubts, Table::Drafts, Table::Queue, Table::Followed];
            for table in tables {
                for (id, text) in device.texts(table).await {
                    match table {
                        Table::Doubts => {
                            let since = text.parse().map(|since| (id.into(), UnixMs(since)));
                            self.doubts.borrow_mut().extend(since);
                        }
                        Table::Drafts => {
                            drafts.extend(Draft::from_text(&text).map(|draft| SavedDraft {
                                service: id.into(),
                                in_doubt: self.doubt_untracked(&draft.key),
                                draft,
                            }))
                        }
                        Table::Queue => queue.extend(QueuedRequest::from_text(&text)),
                        _ => followed.push((id.into(), text)),
                    }
                }
            }
        }
        if self.app.is_gone() {
            return;
        }
        if drafts.is_empty() && queue.is_empty() && followed.is_empty() {
            self.app.erase(Entry::HasSaved);
        }
        self.followed.set(followed);
        self.queue.set(queue);
        self.drafts.set(Some(drafts));
        self.notify_pending();
    }

    fn device(&self) -> Option<Rc<DeviceStore>> {
        if self.app.is_gone() {
            return None;
        }
        self.app.open_device()
    }

    /// The drafts that earlier visits left; `None` until the device was read.
    pub(super) fn saved_drafts(&self) -> &Signal<Option<Vec<SavedDraft>>> {
        &self.drafts
    }

    /// The outbox.
    pub(super) fn queue(&self) -> &Signal<Vec<QueuedRequest>> {
        &self.queue
    }

    /// The requests that are followed from this device, with their services' names.
    pub(super) fn followed(&self) -> &Signal<Vec<(RequestNumber, String)>> {
        &self.followed
    }

    /// Changed when something saved has changed in a way that views show.
    pub(super) fn changed(&self) -> &Signal<()> {
        &self.changed
    }

    /// True if what is typed is still there after the tab was closed.
    pub(super) fn is_persistent(&self) -> bool {
        !self.app.is_shared_computer() && self.device().is_some_and(|device| device.is_persistent())
    }

    /// Stops saving, and erases what was saved: others use this computer.
    pub(super) fn stop_saving(&self) {
        self.app.stop_saving();
        self.changed.notify();
    }

    /// Notes where the start view sees it that the database holds something.
    fn flag_saved(&self) {
        self.app.write(Entry::HasSaved, "1");
    }
}

/// Drafts.
impl RequestStore {
    /// The draft of this tab.
    pub(super) fn draft(&self, service: &ServiceCode) -> Option<Draft> {
        Draft::from_text(&self.app.read(Entry::Draft(service))?)
    }

    /// The draft of this tab, or a new one.
    pub(super) fn draft_or_new(&self, service: &ServiceCode) -> Draft {
        self.draft(service)
            .unwrap_or_else(|| Draft::new(random_key().into()))
    }

    /// Saves a draft: in the tab at once, in the database when typing pauses.
    pub(super) fn save(self: &Rc<Self>, service: &ServiceCode, draft: &mut Draft) {
        draft.changed_at = time::now();
        let text = draft.to_text();
        self.app.write(Entry::Draft(service), &text);
        self.unwritten.replace(Some((service.clone(), text)));
        let weak = Rc::downgrade(self);
        let write = move || {
            if let Some(store) = weak.upgrade() {
                store.write_now();
            }
        };
        self.write_timer
            .replace(Some(Timer::new(WRITE_PAUSE_MS, write)));
    }

    /// Writes what was typed last to the database.
    fn write_now(&self) {
        let unwritten = self.unwritten.take();
        if let (Some((service, text)), Some(device)) = (unwritten, self.device()) {
            let _ = device.put(Row::Draft(&service), &text);
            self.flag_saved();
        }
    }

    /// Erases a draft and its photos.
    pub(super) fn erase(&self, service: &ServiceCode) {
        let here = self.draft(service);
        let mut drafts = self.drafts.get_untracked().unwrap_or_default();
        let index = drafts.iter().position(|saved| saved.service == *service);
        let saved = index.map(|index| drafts.remove(index).draft);
        for photo in here.iter().chain(&saved).flat_map(|draft| &draft.photos) {
            self.erase_photo(&photo.id);
        }
        self.erase_silently(service);
        self.drafts.set(Some(drafts));
    }

    /// Erases a draft without redrawing the page, which shows what became of it.
    fn erase_silently(&self, service: &ServiceCode) {
        self.write_timer.replace(None);
        self.unwritten.replace(None);
        self.app.erase(Entry::Draft(service));
        if let Some(device) = self.device() {
            let _ = device.remove(Row::Draft(service));
        }
    }

    /// Erases a draft, but keeps its photos, which the outbox has now.
    pub(super) fn detach_draft(&self, service: &ServiceCode) {
        let mut drafts = self.drafts.get_untracked().unwrap_or_default();
        drafts.retain(|saved| saved.service != *service);
        self.drafts.update_untracked(|saved| *saved = Some(drafts));
        self.erase_silently(service);
    }

    /// Resumes a draft of an earlier visit in this tab.
    pub(super) fn resume(&self, service: &ServiceCode) {
        let drafts = self.drafts.get_untracked().unwrap_or_default();
        if let Some(saved) = drafts.iter().find(|saved| saved.service == *service) {
            self.app
                .write(Entry::Draft(service), &saved.draft.to_text());
        }
        self.changed.notify();
    }
}

/// Photos.
impl RequestStore {
    /// Saves a photo; returns when it is in the database.
    pub(super) async fn save_photo(&self, id: &PhotoId, blob: Blob) {
        self.photos.borrow_mut().push((id.clone(), blob.clone()));
        if let Some(device) = self.device() {
            device.put_photo(Row::Photo(id), &blob).done().await;
        }
    }

    /// A photo; `None` if the device has lost it.
    pub(super) async fn photo(&self, id: &PhotoId) -> Option<Blob> {
        let known = self
            .photos
            .borrow()
            .iter()
            .find(|(known, _)| known == id)
            .map(|(_, blob)| blob.clone());
        if known.is_some() {
            return known;
        }
        let blob = self.device()?.photo(Row::Photo(id)).await?;
        self.photos.borrow_mut().push((id.clone(), blob.clone()));
        Some(blob)
    }

    /// Erases a photo.
    pub(super) fn erase_photo(&self, id: &PhotoId) {
        self.photos.borrow_mut().retain(|(known, _)| known != id);
        if let Some(device) = self.device() {
            let _ = device.remove(Row::Photo(id));
        }
    }
}

/// The outbox.
impl RequestStore {
    /// Sets what is called when something in the outbox can be sent, and calls it if something can.
    pub(super) fn on_pending(&self, send: fn(App)) {
        if self.on_pending.borrow().is_none() {
            self.on_pending.replace(Some(send));
            self.notify_pending();
        }
    }

    /// True if something in the outbox can be sent.
    pub(super) fn has_pending(&self) -> bool {
        self.queue
            .with_untracked(|queue| queue.iter().any(QueuedRequest::is_pending))
    }

    fn notify_pending(&self) {
        if let Some(send) = self.on_pending.borrow().filter(|_| self.has_pending()) {
            send(self.app);
        }
    }

    /// Puts a request into the outbox.
    pub(super) async fn enqueue(&self, request: QueuedRequest) {
        self.write_queued(&request).await;
        self.queue.update(|queue| {
            queue.retain(|known| known.draft.key != request.draft.key);
            queue.push(request);
        });
        self.flag_saved();
        self.notify_pending();
    }

    /// Changes a request in the outbox.
    pub(super) fn update_queued(
        self: &Rc<Self>,
        key: &DraftKey,
        change: impl Fn(&mut QueuedRequest),
    ) {
        let mut queue = self.queue.get_untracked();
        let Some(request) = queue.iter_mut().find(|known| known.draft.key == *key) else {
            return;
        };
        change(request);
        let (store, request) = (self.clone(), request.clone());
        self.queue.set(queue);
        spawn_local(async move { store.write_queued(&request).await });
    }

    async fn write_queued(&self, request: &QueuedRequest) {
        if let Some(device) = self.device() {
            let row = Row::Queued(&request.draft.key);
            device.put(row, &request.to_text()).done().await;
        }
    }

    /// True if a request is still in the outbox on the device: another tab may have taken it out.
    pub(super) async fn is_still_queued(&self, key: &DraftKey) -> bool {
        match self.device() {
            Some(device) => device.text(Row::Queued(key)).await.is_some(),
            None => true,
        }
    }

    /// Takes a request out of this tab's view of the outbox.
    pub(super) fn forget_queued(&self, key: &DraftKey) {
        self.queue
            .update(|queue| queue.retain(|known| known.draft.key != *key));
    }

    /// Takes a request out of the outbox, and erases its photos unless it becomes a draft again.
    pub(super) fn dequeue(&self, key: &DraftKey, keeps_photos: bool) {
        let queue = self.queue.get_untracked().into_iter();
        let (gone, left): (Vec<_>, Vec<_>) = queue.partition(|known| known.draft.key == *key);
        if !keeps_photos {
            for photo in gone.iter().flat_map(|request| &request.draft.photos) {
                self.erase_photo(&photo.id);
            }
        }
        self.queue.set(left);
        if let Some(device) = self.device() {
            let _ = device.remove(Row::Queued(key));
        }
    }
}

/// What is known about sends, for all tabs.
impl RequestStore {
    /// What the city gave for a draft, if it was sent.
    pub(super) async fn sent_before(&self, key: &DraftKey) -> Option<Reference> {
        Reference::parse(&self.device()?.text(Row::Sent(key)).await?)
    }

    /// Saves what the city gave; nothing is in doubt any more.
    pub(super) async fn save_sent(&self, key: &DraftKey, reference: &Reference) {
        if let Some(device) = self.device() {
            let text = reference.to_text();
            device.put(Row::Sent(key), &text).done().await;
        }
        self.set_doubt(key, None).await;
    }

    /// Since when nobody knows whether a draft arrived, as far as this tab knows.
    pub(super) fn doubt_untracked(&self, key: &DraftKey) -> Option<UnixMs> {
        let doubts = self.doubts.borrow();
        let (_, since) = doubts.iter().find(|(known, _)| known == key)?;
        Some(*since)
    }

    /// Since when nobody knows whether a draft arrived, as far as any tab knows.
    pub(super) async fn doubt(&self, key: &DraftKey) -> Option<UnixMs> {
        let Some(device) = self.device() else {
            return self.doubt_untracked(key);
        };
        let since = device.text(Row::Doubt(key)).await?;
        Some(UnixMs(since.parse().ok()?))
    }

    /// Sets since when nobody knows whether a draft arrived; `None` once it is known. Returns when it is in the
    /// database.
    pub(super) async fn set_doubt(&self, key: &DraftKey, since: Option<UnixMs>) {
        self.doubts.borrow_mut().retain(|(known, _)| known != key);
        if let Some(since) = since {
            self.doubts.borrow_mut().push((key.clone(), since));
        }
        let Some(device) = self.device() else { return };
        let row = Row::Doubt(key);
        let write = match since {
            Some(since) => device.put(row, &since.0.to_string()),
            None => device.remove(row),
        };
        write.done().await;
    }

    /// Saves a request among the resident's own, which the status journey lists: by its token, as long as it has no
    /// number.
    pub(super) async fn save_own(&self, reference: &Reference, service_name: &str) {
        if let (Some(device), false) = (self.device(), reference.value().is_empty()) {
            let row = Row::Own(reference.value());
            device.put(row, service_name).done().await;
        }
    }

    /// Takes a token from the resident's own requests, once it has become a number.
    pub(super) async fn remove_own(&self, reference: &Reference) {
        if let Some(device) = self.device() {
            device.remove(Row::Own(reference.value())).done().await;
        }
    }

    /// Follows a request of somebody else.
    pub(super) fn follow(&self, number: &RequestNumber, service_name: &str) {
        self.followed.update(|followed| {
            followed.retain(|(known, _)| known != number);
            followed.push((number.clone(), service_name.to_owned()));
        });
        if let Some(device) = self.device() {
            let _ = device.put(Row::Followed(number), service_name);
        }
        self.flag_saved();
    }
}

impl Drop for RequestStore {
    fn drop(&mut self) {
        self.write_now();
    }
}
