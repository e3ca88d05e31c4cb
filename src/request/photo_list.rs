//! The photos of a request while their page is open: each is resized, saved on the device, and uploaded before the
//! request is sent if the config says so. Sending photos with the request is in `submit`.

use super::form::Form;
use crate::app::App;
use crate::net::{ApiError, Uploader, read_media_url};
use crate::platform::dom::{Blob, File};
use crate::platform::focus;
use crate::platform::photos::{Attachment, Photos, Unusable};
use crate::platform::random::random_key;
use crate::view::Signal;
use frontdoor_core::i18n::{Key, k};
use frontdoor_core::ids::PhotoId;
use frontdoor_core::request::photo::{HEAD, LONGEST_EDGE, Photo, taken_at};
use frontdoor_core::route::Step;
use std::cell::RefCell;
use std::rc::Rc;

/// Time limit of an upload, in milliseconds. Shorter fails on slow connections. Sensible: 30 to 120 s.
const UPLOAD_LIMIT_MS: i32 = 60_000;

/// State of a photo.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum PhotoState {
    /// The photo is being resized, or read from the device.
    Reading,
    /// The photo is being uploaded; this fraction was sent (0 to 1).
    Uploading(f64),
    /// The photo is ready, and can be shown under this object URL.
    Ready(String),
    /// The photo cannot be used.
    Failed {
        /// The reason, as a phrase.
        why: Key,
        /// True if trying again may help.
        can_retry: bool,
    },
}

/// A photo on the page.
pub(super) struct PhotoItem {
    pub(super) id: PhotoId,
    /// Name of the chosen file.
    pub(super) name: String,
    pub(super) state: Signal<PhotoState>,
    /// The chosen file; `None` after a reload.
    file: RefCell<Option<File>>,
}

impl PhotoItem {
    fn new(id: PhotoId, name: String, file: Option<File>) -> Self {
        Self {
            id,
            name,
            state: Signal::new(PhotoState::Reading),
            file: RefCell::new(file),
        }
    }

    fn has_failed(&self) -> bool {
        self.state
            .with_untracked(|state| matches!(state, PhotoState::Failed { .. }))
    }
}

/// The photos of a form's draft.
pub(super) struct PhotoList {
    pub(super) form: Rc<Form>,
    pub(super) items: Signal<Vec<Rc<PhotoItem>>>,
    /// Result of the last action, for the status line.
    pub(super) status: Signal<String>,
    code: RefCell<Option<Rc<Photos>>>,
}

/// The reason why a photo is not ready, and true if trying again may help.
type NotReady = (Key, bool);

impl PhotoList {
    /// Lists the photos of a form's draft, and prepares each of them.
    pub(super) fn new(form: &Rc<Form>) -> Rc<Self> {
        let photos = form.draft().photos.into_iter();
        let items: Vec<Rc<PhotoItem>> = photos
            .map(|photo| Rc::new(PhotoItem::new(photo.id, photo.name, None)))
            .collect();
        let list = Rc::new(Self {
            form: form.clone(),
            items: Signal::new(items.clone()),
            status: Signal::new(String::new()),
            code: RefCell::default(),
        });
        for item in items {
            list.clone().prepare(item);
        }
        list
    }

    fn app(&self) -> App {
        self.form.app
    }

    /// The draft's entry of a photo.
    pub(super) fn photo(&self, id: &PhotoId) -> Option<Photo> {
        let draft = self.form.draft();
        draft.photos.into_iter().find(|photo| photo.id == *id)
    }

    /// True once the resident has removed the photo, or erased the draft.
    fn is_removed(&self, id: &PhotoId) -> bool {
        self.photo(id).is_none()
    }

    /// Changes a photo in the draft.
    pub(super) fn change(&self, id: &PhotoId, change: impl Fn(&mut Photo)) {
        let mut draft = self.form.draft();
        let photos = draft.photos.iter_mut();
        photos.filter(|photo| photo.id == *id).for_each(change);
        self.form.save(&mut draft);
    }

    async fn code(&self) -> Option<Rc<Photos>> {
        if let Some(code) = self.code.borrow().clone() {
            return Some(code);
        }
        let code = Rc::new(Photos::load().await?);
        self.code.replace(Some(code.clone()));
        Some(code)
    }

    /// Adds a file and prepares it, unless the maximum number of photos is reached.
    pub(super) fn add(self: &Rc<Self>, file: File) {
        let most = self.form.journey.config.max_photos() as usize;
        if self.items.with_untracked(Vec::len) >= most {
            return self.status.set(self.app().t(k::PHOTOS_FULL));
        }
        let photo = Photo {
            id: random_key().into(),
            name: file.name(),
            ..Photo::default()
        };
        let item = PhotoItem::new(photo.id.clone(), photo.name.clone(), Some(file));
        let item = Rc::new(item);
        let mut draft = self.form.draft();
        draft.photos.push(photo);
        self.form.save(&mut draft);
        self.items.update(|items| items.push(item.clone()));
        self.clone().prepare(item);
    }

    /// Prepares a photo: resizes it, saves it, and uploads it if photos are uploaded before the request is sent.
    pub(super) fn prepare(self: Rc<Self>, item: Rc<PhotoItem>) {
        item.state.set(PhotoState::Reading);
        self.app().spawn(async move {
            let (state, text) = match self.make_ready(&item).await {
                Ok(address) => (PhotoState::Ready(address), k::PHOTO_READY),
                Err((why, can_retry)) => (PhotoState::Failed { why, can_retry }, why),
            };
            if self.app().is_gone() || self.is_removed(&item.id) {
                return;
            }
            let values = [("name", item.name.as_str())];
            self.status.set(self.app().t_with(text, &values));
            item.state.set(state);
        });
    }

    async fn make_ready(&self, item: &PhotoItem) -> Result<String, NotReady> {
        let code = self.code().await.ok_or((k::PROBLEM_UNREACHABLE, true))?;
        let saved = self.form.journey.store.photo(&item.id).await;
        let small = match saved {
            Some(small) => small,
            None => self.shrink(&code, item).await?,
        };
        // A removed photo is neither kept nor uploaded. It may have been removed while it was being saved.
        if self.is_removed(&item.id) {
            self.form.journey.store.erase_photo(&item.id);
            return Err((k::PHOTO_REMOVED, false));
        }
        let upload = self.form.journey.config.photos.upload.as_deref();
        if let Some(path) = upload {
            self.upload(&code, item, &small, path).await?;
        }
        Ok(code.address(&small))
    }

    /// Resizes a photo and saves it.
    async fn shrink(&self, code: &Photos, item: &PhotoItem) -> Result<Blob, NotReady> {
        let file = item.file.borrow().clone();
        let file = file.ok_or((k::PHOTO_LOST, false))?;
        let place = taken_at(&code.head(&file, HEAD).await);
        let small = code.shrink(&file, LONGEST_EDGE).await;
        let small = small.map_err(|why| match why {
            Unusable::Unreadable => (k::PHOTO_UNREADABLE, false),
            Unusable::TooLarge => (k::PHOTO_TOO_LARGE, false),
        })?;
        self.change(&item.id, |photo| {
            photo.taken_at = place.map(|place| place.texts());
        });
        let store = &self.form.journey.store;
        if self.is_removed(&item.id) {
            return Err((k::PHOTO_REMOVED, false));
        }
        store.save_photo(&item.id, small.clone()).await;
        // Redraws the page, which has to ask whether to keep the location.
        if place.is_some() {
            self.items.update(|_| ());
        }
        Ok(small)
    }

    /// Uploads a photo, unless it is already uploaded.
    async fn upload(
        &self,
        code: &Photos,
        item: &PhotoItem,
        small: &Blob,
        path: &str,
    ) -> Result<(), NotReady> {
        if self
            .photo(&item.id)
            .is_some_and(|photo| photo.url.is_some())
        {
            return Ok(());
        }
        let url = self.app().resolve(path);
        let file = Attachment {
            field: "file",
            blob: small.clone(),
            name: ["photo-", &item.id, ".jpg"].concat(),
        };
        item.state.set(PhotoState::Uploading(0.0));
        let state = item.state.clone();
        let response = Uploader(code)
            .send(&url, &[], &[file], UPLOAD_LIMIT_MS, move |fraction| {
                state.set(PhotoState::Uploading(fraction));
            })
            .await;
        match response.and_then(|response| read_media_url(response, &url)) {
            Ok(url) => {
                self.change(&item.id, |photo| photo.url = Some(url.clone()));
                Ok(())
            }
            Err(ApiError::Refused(error)) if error.status == 413 => {
                Err((k::PHOTO_TOO_LARGE, false))
            }
            Err(error) if error.is_refusal() => Err((k::PHOTO_REFUSED, false)),
            Err(_) => Err((k::PHOTO_NOT_SENT, true)),
        }
    }

    /// Removes a photo.
    pub(super) fn remove(&self, id: &PhotoId) {
        self.remove_where(&|item| item.id == *id);
        self.status.set(self.app().t(k::PHOTO_REMOVED));
        focus::focus_after_drawing(&self.app().root(), ".view .title");
    }

    /// Removes the photos that cannot be used.
    pub(super) fn remove_failed(&self) {
        self.remove_where(&PhotoItem::has_failed);
    }

    fn remove_where(&self, matches: &dyn Fn(&PhotoItem) -> bool) {
        let items = self.items.get_untracked().into_iter();
        let (gone, left): (Vec<_>, Vec<_>) = items.partition(|item| matches(item));
        let mut draft = self.form.draft();
        for item in gone {
            draft.photos.retain(|photo| photo.id != item.id);
            self.form.journey.store.erase_photo(&item.id);
            self.release(&item);
        }
        self.form.save(&mut draft);
        self.items.set(left);
    }

    fn release(&self, item: &PhotoItem) {
        let code = self.code.borrow();
        if let (PhotoState::Ready(address), Some(code)) =
            (item.state.get_untracked(), code.as_ref())
        {
            code.release(&address);
        }
    }

    /// Handles “Continue”. Photos that are not ready or have failed stop it, so that none is left out unnoticed.
    pub(super) fn submit(&self) {
        let app = self.app();
        let any = |matches: fn(&PhotoState) -> bool| {
            self.items
                .with_untracked(|items| items.iter().any(|item| item.state.with_untracked(matches)))
        };
        if any(|state| matches!(state, PhotoState::Reading | PhotoState::Uploading(_))) {
            return self.status.set(app.t(k::PHOTOS_WAIT));
        }
        if any(|state| matches!(state, PhotoState::Failed { .. })) {
            return self.status.set(app.t(k::PHOTOS_FAILED));
        }
        self.form.continue_from(Step::Photos, &self.form.draft());
    }
}

impl Drop for PhotoList {
    fn drop(&mut self) {
        for item in self.items.get_untracked() {
            self.release(&item);
        }
    }
}
