//! The photo of an update: chosen, resized and stripped of its metadata, kept on the device.

use crate::app::App;
use crate::platform::dom;
use crate::platform::photos::{Photos, chosen_files};
use crate::platform::random::random_key;
use crate::ui::{reactive, secondary_button, status_line};
use crate::view::{Signal, View, el};
use frontdoor_core::i18n::{Key, k};
use frontdoor_core::ids::PhotoId;
use frontdoor_core::storage::Row;
use std::cell::RefCell;
use std::rc::Rc;

/// Longer edge of a resized photo, in pixels: enough to read a house number. Sensible: 1,200 to 2,400.
const LONGEST_EDGE: u32 = 1600;

/// Id of the file input.
const FIELD: &str = "act-photo";

/// State of the photo to send with the update.
#[derive(Clone, PartialEq)]
enum PhotoState {
    None,
    /// The choice with this number is being resized. Choices are numbered, so that a late result of an earlier one is
    /// ignored.
    Preparing(u32),
    Ready,
    /// The browser cannot read the photo.
    Unreadable,
}

impl PhotoState {
    fn text(&self) -> Option<Key> {
        match self {
            Self::None => None,
            Self::Preparing(_) => Some(k::PHOTO_PREPARING),
            Self::Ready => Some(k::ACT_PHOTO_READY),
            Self::Unreadable => Some(k::PHOTO_UNREADABLE),
        }
    }
}

/// The file input of an update form, and the photo that was chosen with it.
pub(super) struct UpdatePhoto {
    app: App,
    state: Signal<PhotoState>,
    /// How many choices were made.
    choices: RefCell<u32>,
    photo: RefCell<Option<PhotoId>>,
    /// Told of each change of the photo.
    on_change: Box<dyn Fn(Option<PhotoId>)>,
}

impl UpdatePhoto {
    pub(super) fn new(
        app: App,
        photo: Option<PhotoId>,
        on_change: impl Fn(Option<PhotoId>) + 'static,
    ) -> Rc<Self> {
        let state = if photo.is_some() {
            PhotoState::Ready
        } else {
            PhotoState::None
        };
        Rc::new(Self {
            app,
            state: Signal::new(state),
            choices: RefCell::default(),
            photo: RefCell::new(photo),
            on_change: Box::new(on_change),
        })
    }

    /// True while the chosen photo is being resized.
    pub(super) fn is_preparing(&self) -> bool {
        self.state
            .with_untracked(|state| matches!(state, PhotoState::Preparing(_)))
    }

    pub(super) fn field(self: &Rc<Self>) -> View {
        let app = self.app;
        let (photo, state) = (self.clone(), self.state.clone());
        let input = el("input")
            .attr("type", "file")
            .attr("accept", "image/*")
            .attr("id", FIELD)
            .on("change", move |event| {
                photo.choose(chosen_files(&event).into_iter().next());
            });
        let label = app.t_with(k::OPTIONAL, &[("label", &app.t(k::PHOTOS_LABEL))]);
        let status = move || state.with(PhotoState::text).map(|key| app.t(key));
        let (shown, photo) = (self.state.clone(), self.clone());
        let remove = reactive(move || {
            let photo = photo.clone();
            let is_ready = shown.with(|state| *state == PhotoState::Ready);
            is_ready.then(|| secondary_button(app.t(k::PHOTO_REMOVE), move || photo.choose(None)))
        });
        el("div")
            .class("field")
            .child(el("label").attr("for", FIELD).child(label))
            .child(input)
            .child(status_line(status))
            .child(remove)
            .into()
    }

    /// Takes a chosen file as the photo; none removes the photo.
    fn choose(self: &Rc<Self>, file: Option<dom::File>) {
        // Discards the previous photo, even if it is still being resized.
        let choice = self.choices.replace_with(|choices| *choices + 1);
        let Some(file) = file else {
            return self.remove();
        };
        self.replace(None);
        self.state.set(PhotoState::Preparing(choice));
        let photo = self.clone();
        self.app.spawn(async move {
            let small = match Photos::load().await {
                Some(code) => code.shrink(&file, LONGEST_EDGE).await.ok(),
                None => None,
            };
            let is_latest = || {
                photo
                    .state
                    .with_untracked(|state| *state == PhotoState::Preparing(choice))
            };
            let device = photo.app.device().await;
            if photo.app.is_gone() || !is_latest() {
                return;
            }
            let (Some(small), Some(device)) = (small, device) else {
                return photo.state.set(PhotoState::Unreadable);
            };
            let id = PhotoId::from(random_key());
            device.put_photo(Row::Photo(&id), &small).done().await;
            if photo.app.is_gone() || !is_latest() {
                return;
            }
            photo.replace(Some(id));
            photo.state.set(PhotoState::Ready);
        });
    }

    /// Removes the photo, from the device too.
    pub(super) fn remove(&self) {
        self.replace(None);
        self.state.set(PhotoState::None);
    }

    fn replace(&self, photo: Option<PhotoId>) {
        let before = self.photo.replace(photo.clone());
        if before == photo {
            return;
        }
        if let (Some(before), Some(device)) = (before, self.app.open_device()) {
            let _ = device.remove(Row::Photo(&before));
        }
        (self.on_change)(photo);
    }
}
