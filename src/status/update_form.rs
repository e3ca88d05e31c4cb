//! The form for a service request update: add something, answer the city's question, say that the problem is still
//! there, remind, withdraw. What is written is kept on the device until the city has it. The texts are in
//! `update_wording`, sending is in `update_send`; what the city does with an update shows on the request's page.

use super::context::StatusContext;
use super::lookup::{RequestSnapshot, SnapshotSignal, load};
use super::other_ways::number_and_phone;
use super::own_requests::{SavedFacts, saved_facts};
use super::update_outbox::send_when_online;
use super::update_photo::UpdatePhoto;
use super::update_send::{UpdateListener, UpdateOutcome, UpdateSend, saved_sends};
use super::update_state::{FormState, Press, state_view};
use super::update_wording::{UpdateWording, sent_text, wording_of};
use crate::app::App;
use crate::net::{ApiError, Load};
use crate::platform::dom;
use crate::platform::random::random_key;
use crate::platform::{focus, time};
use crate::ui::{
    ErrorText, button, describe_input, focus_error_summary, form_group, link, load_error, loading,
    paragraph, reactive, row, secondary_button, title,
};
use crate::view::{Signal, View, el};
use frontdoor_core::config::Extension;
use frontdoor_core::i18n::k;
use frontdoor_core::ids::RequestNumber;
use frontdoor_core::route::Route;
use frontdoor_core::status::timeline::{Event, open_question, timeline};
use frontdoor_core::status::update_draft::{UpdateDraft, id_of};
use frontdoor_core::status::update_kind::UpdateKind;
use frontdoor_core::status::update_sending::{UpdateMode, UpdateVerdict};
use frontdoor_core::storage::{Entry, Row, Saved};
use std::cell::{Ref, RefCell};
use std::rc::Rc;

/// Id of the text field.
const FIELD: &str = "act-words";

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

/// The draft of the form, and how it is saved.
struct SavedDraft {
    app: App,
    draft: RefCell<UpdateDraft>,
}

impl SavedDraft {
    /// Saves the draft after a change: in the tab, which has it at once, and on the device.
    fn save(&self, change: impl FnOnce(&mut UpdateDraft)) {
        let app = self.app;
        let mut draft = self.draft.borrow_mut();
        draft.changed_at = time::now();
        change(&mut draft);
        let (id, text) = (draft.id(), draft.to_text());
        app.write(Entry::Update(&id), &text);
        if let Some(device) = app.open_device() {
            let _ = device.put(Row::Update(&id), &text);
        }
    }
}

struct UpdateForm {
    app: App,
    snapshot: Rc<RequestSnapshot>,
    kind: UpdateKind,
    /// What this device knew about the request when the form was opened.
    facts: SavedFacts,
    saved: Rc<SavedDraft>,
    photo: Rc<UpdatePhoto>,
    state: Signal<FormState>,
}

fn draw(app: App, snapshot: &Rc<RequestSnapshot>, kind: UpdateKind) -> View {
    if !app.offers(Extension::Updates) {
        return [
            title(app, app.t(wording_of(kind).heading)),
            number_and_phone(app, &snapshot.number()),
        ]
        .into();
    }
    let form: Signal<Option<Rc<UpdateForm>>> = Signal::new(None);
    let (opened, snapshot) = (form.clone(), snapshot.clone());
    app.spawn(async move {
        let form = UpdateForm::open(app, snapshot, kind).await;
        if !app.is_gone() {
            opened.set(Some(Rc::new(form)));
        }
    });
    reactive(move || match form.get() {
        Some(form) => form.draw(),
        None => loading(app),
    })
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

impl UpdateForm {
    /// Reads what the device has saved: of this tab, or of an earlier visit.
    async fn open(app: App, snapshot: Rc<RequestSnapshot>, kind: UpdateKind) -> Self {
        let number = snapshot.number();
        let id = id_of(&number, kind);
        let facts = saved_facts(app, &snapshot).await;
        let mut sends = None;
        if let Some(device) = app.device().await {
            sends = Some(saved_sends(&device, &id).await);
        }
        let sends = sends.unwrap_or_default();
        let default_text = default_text(app, kind);
        let here = if app.is_gone() {
            None
        } else {
            app.read(Entry::Update(&id))
        };
        let here = here.and_then(|text| UpdateDraft::from_text(&text));
        let saved = facts.unsent.iter().filter(|draft| draft.kind == kind);
        let drafts = here.into_iter().chain(saved.cloned());
        // Another tab may have sent what this one has saved.
        let drafts = drafts.filter(|draft| {
            let key = draft.version(&default_text).key;
            !sends.done.contains(&key)
        });
        let draft = drafts.max_by_key(|draft| draft.changed_at);
        let is_in_doubt = sends.is_in_doubt();
        let draft = draft.unwrap_or_else(|| UpdateDraft {
            known: sends.done,
            ..UpdateDraft::new(number, kind, random_key().into())
        });
        let state = if draft.is_waiting {
            FormState::Waiting
        } else if is_in_doubt {
            FormState::InDoubt
        } else {
            FormState::Editing
        };
        let photo = draft.photo.clone();
        let saved = Rc::new(SavedDraft {
            app,
            draft: RefCell::new(draft),
        });
        let draft = saved.clone();
        let photo = UpdatePhoto::new(app, photo, move |photo| {
            draft.save(|draft| {
                draft.photo = photo;
                draft.is_waiting = false;
            });
        });
        Self {
            app,
            snapshot,
            kind,
            facts,
            saved,
            photo,
            state: Signal::new(state),
        }
    }

    fn draw(self: &Rc<Self>) -> View {
        let (app, kind, snapshot) = (self.app, self.kind, &self.snapshot);
        let wording = wording_of(kind);
        let number = snapshot.number();
        let number_text = app.t_with(k::STATUS_NUMBER, &[("number", &number)]);
        let head = el("div")
            .child(paragraph("quiet", number_text))
            .child(title(app, app.t(wording.heading)));
        if self.needs_proof() && !app.offers(Extension::Confirmation) {
            let add = Route::Update {
                number: number.clone(),
                kind: UpdateKind::Add,
            };
            return [
                head.into(),
                paragraph("notice", app.t(k::ACT_NOT_YOURS)),
                number_and_phone(app, &number),
                row(link(app, add, "btn second", app.t(k::ACT_ADD))),
            ]
            .into();
        }
        self.listen();
        let question = question(app, snapshot, kind);
        let question = question.map(|event| paragraph("notice", event.words.unwrap_or_default()));
        let takes_photos = app.offers(Extension::Media) && !kind.is_about_waiting();
        let (submitted, shown, is_sending) = (self.clone(), self.clone(), app.is_sending());
        let submit = button("submit", "btn", app.t(wording.submit)).attr("aria-busy", move || {
            is_sending.get().then(|| String::from("true"))
        });
        let fields = el("form")
            .attr("novalidate", "")
            .on("submit", move |event| {
                event.prevent_default();
                submitted.submit(UpdateMode::Normal);
            })
            .child(self.text_area(&wording))
            .child(takes_photos.then(|| self.photo.field()))
            .child(row(submit));
        let as_other = (!self.facts.is_sender).then(|| {
            let key = if self.needs_proof() {
                k::ACT_CONFIRM
            } else {
                k::ACT_AS_OTHER
            };
            paragraph("quiet", app.t(key))
        });
        [
            reactive(move || shown.state_view()),
            head.into(),
            question.into(),
            paragraph("", app.t(wording.more)),
            as_other.into(),
            fields.into(),
        ]
        .into()
    }

    fn draft(&self) -> Ref<'_, UpdateDraft> {
        self.saved.draft.borrow()
    }

    /// True if the update could do harm, and this device cannot prove that it sent the request.
    fn needs_proof(&self) -> bool {
        self.kind.needs_proof() && !self.facts.is_sender
    }

    /// Lets the outbox tell this form what became of the update.
    fn listen(self: &Rc<Self>) {
        let form = Rc::downgrade(self);
        let listener = move |draft: &UpdateDraft, outcome: &UpdateOutcome| {
            if let Some(form) = form.upgrade()
                && form.draft().key == draft.key
                && form.is_shown()
            {
                form.on_outcome(outcome.clone());
            }
        };
        self.app
            .set_slot(Rc::new(UpdateListener(Box::new(listener))));
    }

    /// False once the resident has left the form.
    fn is_shown(&self) -> bool {
        matches!(self.app.route_untracked(), Route::Update { kind, .. } if kind == self.kind)
    }

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
            .prop("value", self.draft().text.as_str())
            .on("input", move |event| {
                let text = dom::value_of(&event);
                form.saved.save(|draft| {
                    draft.text = text;
                    // What is changed is not what was to be sent.
                    draft.is_waiting = false;
                });
                let is_waiting = |state: &FormState| *state == FormState::Waiting;
                if form.state.with_untracked(is_waiting) {
                    form.state.set(FormState::Editing);
                }
            });
        let area = describe_input(area, FIELD, &hint, &error);
        form_group(FIELD, label, hint, &error, area)
    }

    fn state_view(self: &Rc<Self>) -> View {
        let app = self.app;
        let button = |label: View, press: Press| {
            let form = self.clone();
            secondary_button(label, move || match &press {
                Press::Send(mode) => form.submit(mode.clone()),
                Press::Erase => form.erase(),
            })
        };
        let state = self.state.get();
        state_view(app, &self.snapshot, self.kind, state, &button)
    }

    fn submit(self: &Rc<Self>, mode: UpdateMode) {
        let app = self.app;
        let wording = wording_of(self.kind);
        let is_empty = self.draft().text.trim().is_empty();
        if is_empty && wording.default_text.is_none() {
            self.state.set(FormState::MissingText);
            return focus::focus_id(&app.root(), FIELD);
        }
        // A photo that is still being resized would not be sent.
        if self.photo.is_preparing() {
            return app.toast(app.t(k::PHOTO_PREPARING));
        }
        if app.is_sending().get_untracked() {
            return;
        }
        app.is_sending().set(true);
        // What is sent is what is saved: the question that is answered, and the usual words if there are no others.
        let question = question(app, &self.snapshot, self.kind);
        let default_text = default_text(app, self.kind);
        self.saved.save(|draft| {
            draft.question = question.map(|event| event.mark()).unwrap_or_default();
            draft.needs_confirmation = self.needs_proof();
            draft.service = self.snapshot.service_code().to_owned();
            draft.is_waiting = !dom::is_online();
            if is_empty {
                draft.text.clone_from(&default_text);
            }
        });
        let send = UpdateSend {
            app,
            draft: self.draft().clone(),
            default_text,
            mode,
            snapshot: self.snapshot.clone(),
        };
        if send.draft.is_waiting {
            app.is_sending().set(false);
            app.write(Entry::HasUpdates, &send.draft.version("").key);
            self.state.set(FormState::Waiting);
            focus_error_summary(app);
            return send_when_online(app);
        }
        let form = self.clone();
        app.spawn(async move {
            let outcome = send.run().await;
            if !app.is_gone() {
                app.is_sending().set(false);
                form.on_outcome(outcome);
            }
        });
    }

    fn on_outcome(self: &Rc<Self>, outcome: UpdateOutcome) {
        let (verdict, error) = match outcome {
            UpdateOutcome::Ended(verdict, error) => (verdict, error),
            UpdateOutcome::PhotoLost => {
                self.photo.remove();
                return self.show(FormState::PhotoLost);
            }
            UpdateOutcome::SendingInOtherTab => return self.show(FormState::SendingInOtherTab),
        };
        let error = error.unwrap_or(ApiError::Unreachable);
        self.show(match verdict {
            UpdateVerdict::Sent { earlier: None } => return self.on_sent(),
            UpdateVerdict::Sent {
                earlier: Some(earlier),
            } => FormState::Earlier(earlier),
            UpdateVerdict::Refused | UpdateVerdict::NotSent => FormState::Failed(error),
            UpdateVerdict::MayBeSentAgain => FormState::InDoubt,
            UpdateVerdict::Unclear {
                was_list_read,
                candidates,
            } => FormState::Unclear {
                was_list_read,
                candidates,
            },
        });
    }

    fn show(&self, state: FormState) {
        self.state.set(state);
        focus_error_summary(self.app);
    }

    /// Erases what was written, and leaves the form.
    fn erase(self: &Rc<Self>) {
        let app = self.app;
        self.photo.remove();
        let id = self.draft().id();
        app.erase(Entry::Update(&id));
        if let Some(device) = app.open_device() {
            let _ = device.remove(Row::Update(&id));
        }
        self.leave();
        app.toast_after_navigation(app.t(k::ERASED));
    }

    /// Returns to the request's page, which fetches it again.
    fn on_sent(&self) {
        if !self.is_shown() {
            return;
        }
        self.leave();
        let text = sent_text(&self.draft());
        self.app.toast_after_navigation(self.app.t(text));
    }

    fn leave(&self) {
        let app = self.app;
        app.clear_slot::<RequestSnapshot>();
        let status = Route::Status {
            number: self.snapshot.query.clone(),
        };
        if app.came_from(&status) {
            app.back();
        } else {
            app.replace(status);
        }
    }
}

/// What is sent if nothing was written; empty if something must be.
fn default_text(app: App, kind: UpdateKind) -> String {
    let text = wording_of(kind).default_text;
    text.map(|text| app.t(text)).unwrap_or_default()
}
