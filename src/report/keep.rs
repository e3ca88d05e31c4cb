//! What the request journey keeps on the device: drafts and their pictures, the outbox, what is
//! followed, and what is known of sends. In the tab at once, and beyond it where the device lets us.

use super::draft::Draft;
use super::parcel::Parcel;
use super::state::Report;
use super::watch_outbox;
use crate::platform::kept::Kept;
use crate::platform::time::Timer;
use crate::platform::{dom, storage, time};
use crate::route::Reference;
use leptos::task::spawn_local;
use std::rc::Rc;
use web_sys::Blob;

/// How long typing has to pause before it is written to the device's database, in milliseconds. The
/// tab's own storage has every letter at once.
const PAUSE: i32 = 400;

impl Report {
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
    pub(super) fn watch(&self) {
        if self.outbox.peek(|all| all.iter().any(Parcel::is_due)) {
            let app = self.app;
            spawn_local(async move {
                // Without the network its code may not be there; then it is tried with the next view.
                let _ = watch_outbox(app).await;
            });
        }
    }

    /// Whether a request still waits on the device. Where nothing is kept there, it does.
    pub(super) async fn is_still_kept(&self, key: &str) -> bool {
        match self.device() {
            Some(device) => device.text(&["outbox/", key].concat()).await.is_some(),
            None => true,
        }
    }

    /// Takes a request from this tab's view of the outbox.
    pub(super) fn forget_parcel(&self, key: &str) {
        let mut all = self.outbox.now();
        all.retain(|parcel| parcel.key != key);
        self.outbox.set(all);
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
        let name = ["draft/", service].concat();
        self.unwritten.replace(Some((name, text)));
        let weak = Rc::downgrade(self);
        let write = move || {
            if let Some(report) = weak.upgrade() {
                report.write_down();
            }
        };
        self.writing.replace(Some(Timer::new(PAUSE, write)));
    }

    /// Puts what was typed last into the device's database.
    pub(super) fn write_down(&self) {
        let unwritten = self.unwritten.take();
        if let (Some((name, text)), Some(device)) = (unwritten, self.device()) {
            let _ = device.put(&name, &text.as_str().into());
            storage::write_lasting(&self.waits, "1");
        }
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
        self.unwritten.replace(None);
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
        storage::write_lasting(&self.waits, "1");
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

    /// Keeps a request among the resident's own, for the list of the status journey: by its token, as long as
    /// it has no number.
    pub(super) async fn note_own(&self, reference: &Reference, service_name: &str, token: &str) {
        let (Some(device), Reference::Number(id) | Reference::Token(id)) =
            (self.device(), reference)
        else {
            return;
        };
        done(device.put(&["mine/", id].concat(), &service_name.into())).await;
        if !token.is_empty() {
            done(device.remove(&["mine/", token].concat())).await;
        }
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

pub(super) async fn done(promise: js_sys::Promise) {
    // What the device could not keep, it keeps in memory.
    let _ = wasm_bindgen_futures::JsFuture::from(promise).await;
}
