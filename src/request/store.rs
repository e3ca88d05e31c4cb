//! The request journey's data on the device: drafts with their photos, the outbox, followed requests, and the
//! outcomes of sends. Written to the tab's storage at once, and to the device's database where the browser allows it.
//! Formats are defined in `frontdoor_core`; this module sends nothing.

use crate::app::App;
use crate::platform::device_store::DeviceStore;
use crate::platform::dom::Blob;
use crate::platform::history::WindowListener;
use crate::platform::random::random_key;
use crate::platform::time::{self, Timer};
use crate::view::Signal;
use frontdoor_core::ids::{DraftKey, PhotoId, RequestNumber, ServiceCode, Token};
use frontdoor_core::request::doubt::{Doubt, SentRecord};
use frontdoor_core::request::draft::Draft;
use frontdoor_core::request::queued::QueuedRequest;
use frontdoor_core::request::reference::Reference;
use frontdoor_core::storage::{Entry, Row, Saved, Table};
use std::cell::{Cell, RefCell};
use std::rc::Rc;

/// Pause in typing before a draft is written to the database, in milliseconds; the tab's storage has every letter at
/// once. Sensible: 200 to 1,000.
const WRITE_PAUSE_MS: i32 = 400;

/// A draft that was saved on the device by an earlier visit.
#[derive(Clone, Debug)]
pub(super) struct SavedDraft {
    pub(super) service: ServiceCode,
    pub(super) draft: Draft,
    /// True if it was sent, and it is unknown whether the city received it.
    pub(super) is_in_doubt: bool,
}

impl PartialEq for SavedDraft {
    /// Compares `changed_at` instead of the content: it changes whenever the draft does.
    fn eq(&self, other: &Self) -> bool {
        let identity = |saved: &Self| (saved.draft.changed_at, saved.is_in_doubt);
        self.draft.key == other.draft.key && identity(self) == identity(other)
    }
}

/// The data that the request journey saves.
pub(super) struct RequestStore {
    app: App,
    /// The drafts of earlier visits; `None` until the device's data is read.
    drafts: Signal<Option<Vec<SavedDraft>>>,
    /// The outbox.
    queue: Signal<Vec<QueuedRequest>>,
    /// The requests followed on this device, with the names of their services.
    followed: Signal<Vec<(RequestNumber, String)>>,
    /// Notified when saved data has changed in a way that views show.
    changed: Signal<()>,
    /// What was sent of each draft of which it is unknown whether the city received it. All doubts are here, and in
    /// their own table of the database.
    doubts: RefCell<Vec<(DraftKey, Doubt)>>,
    photos: RefCell<Vec<(PhotoId, Blob)>>,
    /// Called when something in the outbox can be sent.
    on_pending: RefCell<Option<fn(App)>>,
    /// True while the outbox is being sent.
    pub(super) is_sending_outbox: Cell<bool>,
    write_timer: RefCell<Option<Timer>>,
    /// The draft that is not yet written to the database.
    unwritten: RefCell<Option<(ServiceCode, String)>>,
    pagehide: RefCell<Option<WindowListener>>,
}

/// Opening and reading.
impl RequestStore {
    /// Creates the store, and reads the device's data in the background.
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
        // Writes what was typed just before the tab is closed.
        let pagehide = WindowListener::new("pagehide", move || {
            if let Some(store) = weak.upgrade() {
                store.write_now();
            }
        });
        store.pagehide.replace(Some(pagehide));
        let reader = store.clone();
        app.spawn(async move { reader.read_device().await });
        store
    }

    async fn read_device(&self) {
        let (mut drafts, mut queue, mut followed) = (Vec::new(), Vec::new(), Vec::new());
        if let Some(device) = self.app.device().await {
            // Doubts first, because drafts look them up. One loop, so that the wasm has only one place that waits for
            // the database.
            let tables = [Table::Doubts, Table::Drafts, Table::Queue, Table::Followed];
            for table in tables {
                for (id, text) in device.texts(table).await {
                    match table {
                        Table::Doubts => {
                            let doubt = Doubt::from_text(&text).map(|doubt| (id.into(), doubt));
                            self.doubts.borrow_mut().extend(doubt);
                        }
                        Table::Drafts => {
                            drafts.extend(Draft::from_text(&text).map(|draft| SavedDraft {
                                service: id.into(),
                                is_in_doubt: self.is_in_doubt(&draft.key),
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
        self.app.open_device()
    }

    /// The drafts of earlier visits; `None` until the device's data is read.
    pub(super) fn saved_drafts(&self) -> &Signal<Option<Vec<SavedDraft>>> {
        &self.drafts
    }

    /// The outbox.
    pub(super) fn queue(&self) -> &Signal<Vec<QueuedRequest>> {
        &self.queue
    }

    /// The requests followed on this device, with the names of their services.
    pub(super) fn followed(&self) -> &Signal<Vec<(RequestNumber, String)>> {
        &self.followed
    }

    /// Notified when saved data has changed in a way that views show.
    pub(super) fn changed(&self) -> &Signal<()> {
        &self.changed
    }

    /// True if drafts survive closing the tab.
    pub(super) fn is_persistent(&self) -> bool {
        !self.app.is_shared_computer() && self.device().is_some_and(|device| device.is_persistent())
    }

    /// Stops saving and erases what was saved, for a computer that others use too.
    pub(super) fn stop_saving(&self) {
        self.app.stop_saving();
        self.changed.notify();
    }

    /// Records in Web Storage, where the start view reads it, that the database has data.
    fn flag_saved(&self) {
        self.app.write(Entry::HasSaved, "1");
    }
}

/// Drafts.
impl RequestStore {
    /// The draft of this tab, if there is one.
    pub(super) fn draft(&self, service: &ServiceCode) -> Option<Draft> {
        Draft::from_text(&self.app.read(Entry::Draft(service))?)
    }

    /// The draft of this tab, or a new one.
    pub(super) fn draft_or_new(&self, service: &ServiceCode) -> Draft {
        self.draft(service)
            .unwrap_or_else(|| Draft::new(random_key().into()))
    }

    /// Saves a draft: in the tab at once, and in the database when typing pauses. Sets its time of change.
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

    /// Writes the latest draft to the database, if it is not written yet.
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

    /// Erases a draft without redrawing the page, which shows the outcome.
    fn erase_silently(&self, service: &ServiceCode) {
        self.write_timer.replace(None);
        self.unwritten.replace(None);
        self.app.erase(Entry::Draft(service));
        if let Some(device) = self.device() {
            let _ = device.remove(Row::Draft(service));
        }
    }

    /// Erases a draft but keeps its photos, which now belong to the outbox.
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

    /// A photo; `None` if the device no longer has it.
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
    /// Sets the callback for when something in the outbox can be sent, and calls it if something can. Only the first
    /// callback is kept.
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

    /// Changes a request in the outbox, and saves it in the background.
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
        self.app
            .spawn(async move { store.write_queued(&request).await });
    }

    async fn write_queued(&self, request: &QueuedRequest) {
        if let Some(device) = self.device() {
            let row = Row::Queued(&request.draft.key);
            device.put(row, &request.to_text()).done().await;
        }
    }

    /// True if a request is still in the device's outbox: another tab may have removed it.
    pub(super) async fn is_still_queued(&self, key: &DraftKey) -> bool {
        match self.device() {
            Some(device) => device.text(Row::Queued(key)).await.is_some(),
            None => true,
        }
    }

    /// Removes a request from this tab's copy of the outbox only.
    pub(super) fn forget_queued(&self, key: &DraftKey) {
        self.queue
            .update(|queue| queue.retain(|known| known.draft.key != *key));
    }

    /// Removes a request from the outbox, and erases its photos unless it becomes a draft again.
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

/// Outcomes of sends, shared by all tabs.
impl RequestStore {
    /// What the city answered for a draft, if it was sent.
    pub(super) async fn sent_before(&self, key: &DraftKey) -> Option<SentRecord> {
        SentRecord::parse(&self.device()?.text(Row::Sent(key)).await?)
    }

    /// Saves what the city answered, and clears the draft's doubt.
    pub(super) async fn save_sent(&self, key: &DraftKey, record: &SentRecord) {
        if let Some(device) = self.device() {
            device.put(Row::Sent(key), &record.to_text()).done().await;
        }
        self.save_doubt(key, None).await;
    }

    /// True if this tab does not know whether the city received a draft that was sent.
    pub(super) fn is_in_doubt(&self, key: &DraftKey) -> bool {
        self.doubts.borrow().iter().any(|(known, _)| known == key)
    }

    /// What was sent of a draft, if no tab knows whether the city received it.
    pub(super) async fn doubt(&self, key: &DraftKey) -> Option<Doubt> {
        if let Some(device) = self.device() {
            return Doubt::from_text(&device.text(Row::Doubt(key)).await?);
        }
        let doubts = self.doubts.borrow();
        let (_, doubt) = doubts.iter().find(|(known, _)| known == key)?;
        Some(doubt.clone())
    }

    /// Saves what was sent of a draft of which it is unknown whether the city received it; `None` once that is known.
    /// Returns when it is in the database.
    pub(super) async fn save_doubt(&self, key: &DraftKey, doubt: Option<&Doubt>) {
        self.doubts.borrow_mut().retain(|(known, _)| known != key);
        if let Some(doubt) = doubt {
            self.doubts.borrow_mut().push((key.clone(), doubt.clone()));
        }
        let Some(device) = self.device() else { return };
        let row = Row::Doubt(key);
        let write = match doubt {
            Some(doubt) => device.put(row, &doubt.to_text()),
            None => device.remove(row),
        };
        write.done().await;
    }

    /// Adds a request to the resident's own, which the status journey lists; by its token until it has a number.
    pub(super) async fn save_own(&self, reference: &Reference, service_name: &str) {
        if let (Some(device), false) = (self.device(), reference.value().is_empty()) {
            let row = Row::Own(reference.value());
            device.put(row, service_name).done().await;
        }
    }

    /// Saves the secret that proves to the city that a request was sent from here, by its number or token.
    pub(super) async fn save_receipt(&self, id: &str, secret: &str) {
        if let Some(device) = self.device() {
            device.put(Row::Receipt(id), secret).done().await;
        }
    }

    /// Puts the number that a token has become in its place among the resident's own requests. A token that was not sent
    /// from here, such as one of a link, makes no request one's own.
    pub(super) async fn number_own(&self, token: &Token, number: &RequestNumber) {
        let Some(device) = self.device() else { return };
        let rows = [
            (Row::Own(token), Row::Own(number)),
            (Row::Receipt(token), Row::Receipt(number)),
        ];
        for (before, after) in rows {
            if let Some(text) = device.text(before).await {
                device.put(after, &text).done().await;
                device.remove(before).done().await;
            }
        }
    }

    /// Follows somebody else's request on this device.
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
