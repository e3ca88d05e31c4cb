//! The pictures of a request while their page is open: each is made small, kept on the device, and,
//! where the city wants it so, taken up before the request is sent.

use super::form::Form;
use super::photo::{HEAD, LONGEST_EDGE, Photo, taken_at};
use crate::api::{self, Failure};
use crate::app::App;
use crate::i18n::{Key, k};
use crate::live::Live;
use crate::platform::dom;
use crate::platform::photos::{Attached, Photos, Unusable};
use crate::route::Step;
use leptos::task::spawn_local;
use std::cell::RefCell;
use std::rc::Rc;
use web_sys::{Blob, File};

/// How it stands with one picture on the page.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Stage {
    /// It is being made small, or read from the device.
    Reading,
    /// It is on its way, so much of it is there (0 to 1).
    Sending(f64),
    /// It is ready; shown under this address where the page can show it.
    Ready(String),
    /// It cannot be used, and why. With true, trying again may help.
    Failed(Key, bool),
}

/// One picture on the page.
pub(super) struct Shown {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) stage: Live<Stage>,
    /// The file as it was chosen; gone after a reload.
    file: RefCell<Option<File>>,
}

pub(super) struct Pictures {
    pub(super) form: Rc<Form>,
    pub(super) shown: Live<Vec<Rc<Shown>>>,
    pub(super) said: Live<String>,
    code: RefCell<Option<Rc<Photos>>>,
}

impl Pictures {
    /// Those of a form's draft.
    pub(super) fn of(form: &Rc<Form>) -> Rc<Self> {
        let pictures = Rc::new(Self {
            form: form.clone(),
            shown: Live::new(Vec::new()),
            said: Live::new(String::new()),
            code: RefCell::default(),
        });
        pictures.recall();
        pictures
    }

    fn app(&self) -> App {
        self.form.app
    }

    pub(super) fn photo(&self, id: &str) -> Option<Photo> {
        let draft = self.form.draft();
        draft.photos.into_iter().find(|photo| photo.id == id)
    }

    pub(super) fn change(&self, id: &str, change: impl Fn(&mut Photo)) {
        let mut draft = self.form.draft();
        draft
            .photos
            .iter_mut()
            .filter(|photo| photo.id == id)
            .for_each(change);
        self.form.keep(&mut draft);
    }

    async fn code(&self) -> Option<Rc<Photos>> {
        if let Some(code) = self.code.borrow().clone() {
            return Some(code);
        }
        let code = Rc::new(Photos::load().await?);
        self.code.replace(Some(code.clone()));
        Some(code)
    }

    /// The pictures that the draft has already.
    fn recall(self: &Rc<Self>) {
        let known: Vec<Rc<Shown>> = self
            .form
            .draft()
            .photos
            .into_iter()
            .map(|photo| Rc::new(Shown::new(photo.id, photo.name, None)))
            .collect();
        self.shown.set(known.clone());
        for shown in known {
            self.clone().read(shown);
        }
    }

    pub(super) fn add(self: &Rc<Self>, file: File) {
        let most = self.form.report.setting.most_photos() as usize;
        if self.shown.peek(Vec::len) >= most {
            return self.said.set(self.app().t(k::PHOTOS_FULL));
        }
        let photo = Photo {
            id: dom::random_key(),
            name: file.name(),
            ..Photo::default()
        };
        let shown = Rc::new(Shown::new(photo.id.clone(), photo.name.clone(), Some(file)));
        let mut draft = self.form.draft();
        draft.photos.push(photo);
        self.form.keep(&mut draft);
        let mut all = self.shown.now();
        all.push(shown.clone());
        self.shown.set(all);
        self.clone().read(shown);
    }

    /// Makes a picture ready: small, on the device, and where it is to be before the request is sent.
    pub(super) fn read(self: Rc<Self>, shown: Rc<Shown>) {
        shown.stage.set(Stage::Reading);
        spawn_local(async move {
            let stage = match self.make_ready(&shown).await {
                Ok(address) => Stage::Ready(address),
                Err((why, may_help)) => Stage::Failed(why, may_help),
            };
            if self.app().is_gone() {
                return;
            }
            let key = match &stage {
                Stage::Ready(_) => k::PHOTO_READY,
                Stage::Failed(why, _) => *why,
                _ => k::PHOTO_PREPARING,
            };
            let values = [("name", shown.name.as_str())];
            self.said.set(self.app().t_with(key, &values));
            shown.stage.set(stage);
        });
    }

    async fn make_ready(&self, shown: &Shown) -> Result<String, (Key, bool)> {
        let lost = (k::PHOTO_LOST, false);
        let code = self.code().await.ok_or((k::PROBLEM_UNREACHABLE, true))?;
        let small = match self.form.report.photo(&shown.id).await {
            Some(small) => small,
            None => {
                let file = shown.file.borrow().clone().ok_or(lost)?;
                let place = taken_at(&code.head(&file, HEAD).await);
                let small = code.shrink(&file, LONGEST_EDGE).await;
                let small = small.map_err(|why| match why {
                    Unusable::Unreadable => (k::PHOTO_UNREADABLE, false),
                    Unusable::TooLarge => (k::PHOTO_TOO_LARGE, false),
                })?;
                self.change(&shown.id, |photo| {
                    photo.taken_at = place.map(|place| place.texts());
                });
                self.form.report.keep_photo(&shown.id, small.clone()).await;
                // The place can be kept: the page has to ask.
                if place.is_some() {
                    self.shown.set(self.shown.now());
                }
                small
            }
        };
        let upload = self.form.report.setting.photos.upload.clone();
        if let Some(path) = upload {
            self.take_up(&code, shown, &small, &path).await?;
        }
        Ok(code.address(&small))
    }

    /// Sends a picture to where pictures are taken up, unless it is there.
    async fn take_up(
        &self,
        code: &Photos,
        shown: &Shown,
        small: &Blob,
        path: &str,
    ) -> Result<(), (Key, bool)> {
        if self
            .photo(&shown.id)
            .is_some_and(|photo| photo.url.is_some())
        {
            return Ok(());
        }
        let state = self.app().state();
        let url = dom::resolve(path, &state.setting().config_url);
        let file = Attached {
            field: "file",
            blob: small.clone(),
            name: ["photo-", &shown.id, ".jpg"].concat(),
        };
        shown.stage.set(Stage::Sending(0.0));
        let stage = shown.stage.clone();
        let sent = code
            .send(&url, &[], &[file], PHOTO_LIMIT, move |part| {
                stage.set(Stage::Sending(part));
            })
            .await;
        let url = sent.and_then(|answer| api::media_url(answer, &url));
        match url {
            Ok(url) => {
                self.change(&shown.id, |photo| photo.url = Some(url.clone()));
                Ok(())
            }
            Err(Failure::Refused(error)) if error.status == 413 => Err((k::PHOTO_TOO_LARGE, false)),
            Err(failure) if failure.is_refusal() => Err((k::PHOTO_REFUSED, false)),
            Err(_) => Err((k::PHOTO_NOT_SENT, true)),
        }
    }

    pub(super) fn remove(&self, id: &str) {
        self.forget(&|shown: &Shown| shown.id == id);
        self.said.set(self.app().t(k::PHOTO_REMOVED));
        dom::focus(&self.app().root(), ".view .title");
    }

    pub(super) fn drop_failed(&self) {
        self.forget(&|shown: &Shown| shown.stage.peek(|stage| matches!(stage, Stage::Failed(..))));
    }

    fn forget(&self, is_it: &dyn Fn(&Shown) -> bool) {
        let (gone, left): (Vec<_>, Vec<_>) =
            self.shown.now().into_iter().partition(|shown| is_it(shown));
        let mut draft = self.form.draft();
        for shown in gone {
            draft.photos.retain(|photo| photo.id != shown.id);
            self.form.report.forget_photo(&shown.id);
            if let (Stage::Ready(address), Some(code)) =
                (shown.stage.now(), self.code.borrow().as_ref())
            {
                code.release(&address);
            }
        }
        self.form.keep(&mut draft);
        self.shown.set(left);
    }

    pub(super) fn go_on(&self) {
        let app = self.app();
        let at = |wanted: fn(&Stage) -> bool| {
            self.shown
                .peek(|shown| shown.iter().any(|one| one.stage.peek(wanted)))
        };
        if at(|stage| matches!(stage, Stage::Reading | Stage::Sending(_))) {
            return self.said.set(app.t(k::PHOTOS_WAIT));
        }
        if at(|stage| matches!(stage, Stage::Failed(..))) {
            return self.said.set(app.t(k::PHOTOS_FAILED));
        }
        self.form.go_on(Step::Photos, &self.form.draft());
    }
}

/// How long a picture may take on its way, in milliseconds: a slow line has a minute.
const PHOTO_LIMIT: i32 = 60_000;

impl Shown {
    fn new(id: String, name: String, file: Option<File>) -> Self {
        Self {
            id,
            name,
            stage: Live::new(Stage::Reading),
            file: RefCell::new(file),
        }
    }
}

impl Drop for Pictures {
    fn drop(&mut self) {
        let code = self.code.borrow().clone();
        self.shown.peek(|all| {
            for shown in all {
                if let (Stage::Ready(address), Some(code)) = (shown.stage.now(), &code) {
                    code.release(&address);
                }
            }
        });
    }
}
