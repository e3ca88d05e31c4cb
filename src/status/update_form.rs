//! The form for a service request update: add something, answer the city's question, say that the problem is still
//! there, remind, withdraw. The texts are in `update_wording`; what the city does with an update shows on the
//! request's page.

use super::context::StatusContext;
use super::lookup::{RequestSnapshot, SnapshotSignal, fetch, load};
use super::update_wording::{UpdateWording, wording_of};
use crate::app::{App, Event as PageEvent};
use crate::net::{ApiError, Load, SEND_LIMIT_MS, Uploader};
use crate::platform::dom::{self, Blob};
use crate::platform::photos::{Attachment, Photos, chosen_files};
use crate::platform::random::random_key;
use crate::platform::{focus, time};
use crate::ui::{
    ErrorText, button, describe_input, error_text, focus_error_summary, form_group, link_with,
    load_error, loading, message, paragraph, phone_line, reactive, row, secondary_button, title,
};
use crate::view::{Signal, View, el};
use frontdoor_core::config::Extension;
use frontdoor_core::i18n::{Key, k};
use frontdoor_core::ids::{RequestNumber, ServiceCode};
use frontdoor_core::request::prefill::LINKED_REQUEST;
use frontdoor_core::route::Route;
use frontdoor_core::status::timeline::{Event, open_question, timeline};
use frontdoor_core::status::update_kind::UpdateKind;
use frontdoor_core::storage::Entry;
use json::Value;
use leptos::task::spawn_local;
use open311::{ServiceRequest, Stage};
use std::cell::RefCell;
use std::rc::Rc;

/// Id of the text field.
const FIELD: &str = "act-words";
/// Longer edge of a resized photo, in pixels: enough to read a house number. Sensible: 1,200 to 2,400.
const LONGEST_EDGE: u32 = 1600;

/// The form for an update of this kind; loads the request first if it is not the current one.
pub(super) fn update_form(app: App, number: RequestNumber, kind: UpdateKind) -> View {
    let known = RequestSnapshot::current(app)
        .filter(|known| known.query == number || known.number() == number)
        .filter(|known| known.request.is_some());
    if let Some(snapshot) = known {
        return draw(app, &snapshot, kind);
    }
    let snapshot: SnapshotSignal = Signal::new(Load::Pending);
    load(app, number.clone(), &snapshot);
    reactive(move || {
        let (again, number) = (snapshot.clone(), number.clone());
        snapshot.with(|snapshot| match snapshot {
            Load::Pending => loading(app),
            Load::Failed(error) => load_error(app, error, move || {
                again.set(Load::Pending);
                load(app, number.clone(), &again);
            }),
            Load::Ready(snapshot) => draw(app, snapshot, kind),
        })
    })
}

/// State of the update form.
#[derive(Clone, PartialEq)]
enum FormState {
    Editing,
    /// The form was submitted without its required text.
    MissingText,
    /// The update could not be sent.
    Failed(ApiError),
}

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

struct UpdateForm {
    app: App,
    snapshot: Rc<RequestSnapshot>,
    kind: UpdateKind,
    /// Key by which the city recognises an update that arrives twice.
    key: String,
    text: RefCell<String>,
    photo: RefCell<Option<Blob>>,
    photo_state: Signal<PhotoState>,
    photo_choices: RefCell<u32>,
    state: Signal<FormState>,
}

fn draw(app: App, snapshot: &Rc<RequestSnapshot>, kind: UpdateKind) -> View {
    let wording = wording_of(kind);
    let number = snapshot.number();
    if !app.offers(Extension::Updates) {
        return [
            title(app, app.t(wording.heading)),
            number_and_phone(app, &number),
        ]
        .into();
    }
    let address = address_of(snapshot, kind);
    let form = Rc::new(UpdateForm {
        app,
        snapshot: snapshot.clone(),
        kind,
        key: random_key(),
        text: RefCell::new(app.read(Entry::UpdateText(&address)).unwrap_or_default()),
        photo: RefCell::default(),
        photo_state: Signal::new(PhotoState::None),
        photo_choices: RefCell::default(),
        state: Signal::new(FormState::Editing),
    });
    let question = question(app, snapshot, kind);
    let question = question.map(|event| paragraph("notice", event.words.unwrap_or_default()));
    let takes_photos = app.offers(Extension::Media)
        && matches!(
            kind,
            UpdateKind::Add | UpdateKind::Answer | UpdateKind::StillThere
        );
    let (submitted, shown, is_sending) = (form.clone(), form.clone(), app.is_sending());
    let submit = button("submit", "btn", app.t(wording.submit)).attr("aria-busy", move || {
        is_sending.get().then(|| String::from("true"))
    });
    let fields = el("form")
        .attr("novalidate", "")
        .on("submit", move |event| {
            event.prevent_default();
            submitted.submit();
        })
        .child(form.text_area(&wording))
        .child(takes_photos.then(|| form.photo_field()))
        .child(submit);
    let number_text = app.t_with(k::STATUS_NUMBER, &[("number", &number)]);
    [
        reactive(move || shown.error_view()),
        el("div")
            .child(paragraph("quiet", number_text))
            .child(title(app, app.t(wording.heading)))
            .into(),
        question.into(),
        paragraph("", app.t(wording.more)),
        fields.into(),
    ]
    .into()
}

/// The city's open question, if this form answers it.
fn question(app: App, snapshot: &RequestSnapshot, kind: UpdateKind) -> Option<Event> {
    let request = snapshot.request.as_ref()?;
    if kind != UpdateKind::Answer {
        return None;
    }
    let now = snapshot.now();
    let utc_offset_ms = StatusContext::of(app).utc_offset_ms(now);
    let events = timeline(request, &snapshot.updates, now, utc_offset_ms);
    open_question(&events).cloned()
}

/// The URL fragment of the form, under which its text is saved.
fn address_of(snapshot: &RequestSnapshot, kind: UpdateKind) -> String {
    let number = snapshot.number();
    Route::Update { number, kind }.to_hash()
}

impl UpdateForm {
    fn text_area(self: &Rc<Self>, wording: &UpdateWording) -> View {
        let app = self.app;
        let state = self.state.clone();
        let error: ErrorText = Rc::new(move || {
            state
                .with(|state| *state == FormState::MissingText)
                .then(|| app.t(k::ACT_EMPTY))
        });
        let label = app.t(wording.label);
        let label = if wording.default_text.is_none() {
            label
        } else {
            app.t_with(k::OPTIONAL, &[("label", &label)])
        };
        let hint = app.t(k::DESCRIPTION_HINT);
        let form = self.clone();
        let area = el("textarea")
            .attr("rows", "4")
            .attr("maxlength", "4000")
            .prop("value", self.text.borrow().as_str())
            .on("input", move |event| {
                let text = dom::value_of(&event);
                let address = address_of(&form.snapshot, form.kind);
                app.write(Entry::UpdateText(&address), &text);
                form.text.replace(text);
            });
        let area = describe_input(area, FIELD, &hint, &error);
        form_group(FIELD, label, hint, &error, area)
    }

    /// A file input for a photo, which is resized and stripped of its metadata.
    fn photo_field(self: &Rc<Self>) -> View {
        let app = self.app;
        let form = self.clone();
        let state = self.photo_state.clone();
        let input = el("input")
            .attr("type", "file")
            .attr("accept", "image/*")
            .attr("id", "act-photo")
            .on("change", move |event| {
                form.choose_photo(chosen_files(&event).into_iter().next());
            });
        let label = app.t_with(k::OPTIONAL, &[("label", &app.t(k::PHOTOS_LABEL))]);
        let status = move || state.with(PhotoState::text).map(|key| app.t(key));
        el("div")
            .class("field")
            .child(el("label").attr("for", "act-photo").child(label))
            .child(input)
            .child(crate::ui::status_line(status))
            .into()
    }

    fn choose_photo(self: &Rc<Self>, file: Option<dom::File>) {
        // Discards the previous photo, even if it is still being resized.
        let choice = self.photo_choices.replace_with(|choices| *choices + 1);
        self.photo.replace(None);
        let Some(file) = file else {
            return self.photo_state.set(PhotoState::None);
        };
        self.photo_state.set(PhotoState::Preparing(choice));
        let form = self.clone();
        spawn_local(async move {
            let small = match Photos::load().await {
                Some(code) => code.shrink(&file, LONGEST_EDGE).await.ok(),
                None => None,
            };
            let is_latest = form
                .photo_state
                .with_untracked(|state| *state == PhotoState::Preparing(choice));
            if !is_latest {
                return;
            }
            let state = if small.is_some() {
                PhotoState::Ready
            } else {
                PhotoState::Unreadable
            };
            form.photo.replace(small);
            form.photo_state.set(state);
        });
    }

    /// Why the update could not be sent, and what to do now.
    fn error_view(self: &Rc<Self>) -> View {
        let app = self.app;
        let FormState::Failed(error) = self.state.get() else {
            return View::Nothing;
        };
        let reasons = error.reasons().iter();
        let mut more: Vec<View> = reasons
            .map(|reason| paragraph("", reason.as_str()))
            .collect();
        let number = self.snapshot.number();
        let form = self.clone();
        // If the city refuses to reopen the request, the problem can be sent as a new one.
        let is_closed_for_good = self.kind == UpdateKind::StillThere && error.is_refusal();
        let request = self.snapshot.request.as_ref();
        let request = request.filter(|_| is_closed_for_good);
        let anew = request.map(|request| new_request_link(app, request, &number, k::ACT_STILL_NEW));
        let retry = secondary_button(app.t(k::PROBLEM_RETRY), move || form.submit());
        more.extend([
            paragraph("", app.t(k::ACT_NOT_LOST)),
            number_and_phone(app, &number),
            row([anew.into(), retry]),
        ]);
        message(app, error_text(app, &error), more)
    }

    fn submit(self: &Rc<Self>) {
        let app = self.app;
        let wording = wording_of(self.kind);
        let mut text = self.text.borrow().trim().to_owned();
        if text.is_empty() {
            match wording.default_text {
                Some(default_text) => text = app.t(default_text),
                None => {
                    self.state.set(FormState::MissingText);
                    return focus::focus_id(&app.root(), FIELD);
                }
            }
        }
        // A photo that is still being resized would not be sent.
        let is_preparing = self
            .photo_state
            .with_untracked(|state| matches!(state, PhotoState::Preparing(_)));
        if is_preparing {
            return app.toast(app.t(k::PHOTO_PREPARING));
        }
        if app.is_sending().get_untracked() {
            return;
        }
        app.is_sending().set(true);
        let form = self.clone();
        spawn_local(async move {
            let result = form.post(&text).await;
            if app.is_gone() {
                return;
            }
            app.is_sending().set(false);
            match result {
                Ok(()) => form.on_sent(wording.sent),
                Err(error) => {
                    form.state.set(FormState::Failed(error));
                    focus_error_summary(app);
                }
            }
        });
    }

    async fn post(&self, text: &str) -> Result<(), ApiError> {
        let (app, client) = (self.app, self.app.client());
        if !dom::is_online() {
            return Err(ApiError::Unreachable);
        }
        let status = match self.kind {
            UpdateKind::StillThere => "open",
            UpdateKind::Withdraw => "withdrawn",
            UpdateKind::Add | UpdateKind::Answer | UpdateKind::Remind if self.is_open().await => {
                "open"
            }
            UpdateKind::Add | UpdateKind::Answer | UpdateKind::Remind => "",
        };
        let update_type = if self.kind == UpdateKind::Remind {
            "reminder"
        } else {
            ""
        };
        let is_idempotent = app.offers(Extension::Idempotency);
        let idempotency_key = if is_idempotent { self.key.as_str() } else { "" };
        let (now, number) = (time::rfc3339(time::now()), self.snapshot.number());
        let fields = [
            ("service_request_id", &*number),
            ("update_id", self.key.as_str()),
            ("description", text),
            ("status", status),
            ("type", update_type),
            ("updated_datetime", now.as_str()),
            ("idempotency_key", idempotency_key),
        ];
        let (url, pairs) = client.prepare_update(&fields);
        let photo = self.photo.borrow().clone();
        let response = match photo {
            None => client.submit(url, &pairs).await?,
            Some(blob) => {
                let code = Photos::load().await.ok_or(ApiError::Unreachable)?;
                let files = [Attachment {
                    field: "media",
                    blob,
                    name: "photo.jpg".into(),
                }];
                Uploader(&code)
                    .send(&url, &pairs, &files, SEND_LIMIT_MS * 2, |_| ())
                    .await?
            }
        };
        client.accept_update(response)
    }

    /// True if the request is open now. Fetches it again, because the snapshot may be old and an update must not
    /// reopen a request that was closed since.
    async fn is_open(&self) -> bool {
        let known = &self.snapshot;
        let latest = fetch(self.app, &known.query, Some(known.clone())).await;
        let latest = latest.ok().and_then(|latest| latest.request);
        let request = latest.as_ref().or(known.request.as_ref());
        request.is_some_and(|request| request.status.stage() == Stage::Open)
    }

    /// Returns to the request's page, which fetches it again.
    fn on_sent(&self, text: Key) {
        let app = self.app;
        let snapshot = &self.snapshot;
        app.erase(Entry::UpdateText(&address_of(snapshot, self.kind)));
        if let Some(event) = question(app, snapshot, self.kind) {
            app.write(Entry::Answered(&snapshot.number()), &event.mark());
        }
        app.clear_slot::<RequestSnapshot>();
        app.emit(&PageEvent::UpdateSent {
            kind: self.kind,
            service: snapshot.service_code(),
        });
        let status = Route::Status {
            number: snapshot.query.clone(),
        };
        if app.came_from(&status) {
            app.back();
        } else {
            app.replace(status);
        }
        app.toast_after_navigation(app.t(text));
    }
}

/// The city's phone number, with the request's number to read out.
pub(super) fn number_and_phone(app: App, number: &RequestNumber) -> View {
    el("div")
        .class("promise note")
        .child(paragraph("", app.t(k::STATUS_BY_PHONE)))
        .child(el("span").class("number").child(&**number))
        .child(phone_line(app))
        .into()
}

/// A link to a new request about the same problem, for endpoints that cannot reopen this one. The new request names
/// the old one in its description, and in a separate field if the endpoint has one.
pub(super) fn new_request_link(
    app: App,
    request: &ServiceRequest,
    number: &RequestNumber,
    text: Key,
) -> View {
    let Some(code) = request.service_code.as_deref() else {
        return View::Nothing;
    };
    let description = app.t_with(k::ACT_STILL_LINKED, &[("number", number)]);
    let mut fields = vec![("description", Value::from(description))];
    if let Some(address) = &request.address {
        fields.push(("address", address.as_str().into()));
    }
    if let Some(location) = request.location {
        let (lat, long) = location.texts();
        fields.push(("lat", lat.into()));
        fields.push(("long", long.into()));
    }
    if app.offers(Extension::LinkedRequest) {
        fields.push((LINKED_REQUEST, Value::from(&**number)));
    }
    let (prefill, service) = (json::write(&Value::object(fields)), ServiceCode::from(code));
    let leave = move || app.write(Entry::Prefill(&service), &prefill);
    link_with(app, Route::form(code), "btn second", app.t(text), leave)
}
