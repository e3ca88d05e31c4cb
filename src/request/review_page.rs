//! The page to check the answers and send them, once. If the outcome is unknown, it says so, and it always offers the
//! next possible action. Sending itself is in `submit`.

use super::answer_rows::rows;
use super::contact_page::remember_contact;
use super::form::{Form, first_missing_answer};
use super::readiness::when_form_ready;
use super::send_outcome::{OutcomeActions, outcome_view, queue_state_view};
use super::sent_copy::SentCopy;
use super::submit::{SendOutcome, submit};
use crate::app::App;
use crate::platform::{dom, focus, intl, time};
use crate::ui::{
    FieldError, button, contact_point, focus_error_summary, link, paragraph, reactive, row,
    service_promise, summary_of, title,
};
use crate::view::{Signal, View, el};
use frontdoor_core::i18n::k;
use frontdoor_core::ids::ServiceCode;
use frontdoor_core::request::answer::Date;
use frontdoor_core::request::draft::Draft;
use frontdoor_core::request::question::Question;
use frontdoor_core::request::queued::{QueueState, QueuedRequest};
use frontdoor_core::request::sending::{OtherWords, SendMode, Verdict};
use frontdoor_core::request::submission::{PostContext, build_post};
use frontdoor_core::route::{Route, Step};
use std::rc::Rc;

/// The review, which is the last page before sending.
pub(super) fn review_page(app: App, code: ServiceCode) -> View {
    when_form_ready(app, code, Box::new(draw))
}

/// Result of “Send”, shown above the answers.
#[derive(Clone, Default)]
enum SendResult {
    #[default]
    Nothing,
    /// An answer of this step is missing or invalid.
    MissingAnswer(Step, FieldError),
    /// The send has finished, with or without success.
    Finished(SendOutcome),
}

#[derive(Clone)]
struct ReviewPage {
    form: Rc<Form>,
    result: Signal<SendResult>,
    /// Fraction of the photos that was sent, 0 to 1; `None` if none are being sent.
    progress: Signal<Option<f64>>,
    /// The request's copy, once the request is in the outbox.
    queued: Signal<Option<SentCopy>>,
}

fn draw(form: &Rc<Form>) -> View {
    let page = ReviewPage {
        form: form.clone(),
        result: Signal::new(SendResult::Nothing),
        progress: Signal::new(None),
        queued: Signal::new(None),
    };
    reactive(move || match page.queued.get() {
        Some(copy) => page.queued(copy),
        None => page.answers(),
    })
}

/// How to make the same request by phone or in person.
fn other_channels(app: App, code: &ServiceCode) -> View {
    let options = app.options();
    let contacts = &options.config.contact;
    let named = contacts
        .iter()
        .find(|contact| contact.services.iter().any(|known| *code == known.as_str()));
    let Some(contact) = named.or_else(|| contacts.first()) else {
        return View::Nothing;
    };
    el("details")
        .child(el("summary").child(app.t(k::CHECK_OTHER_WAYS)))
        .child(paragraph("", app.t(k::CHECK_OTHER_WAYS_MORE)))
        .child(contact_point(app, contact))
        .into()
}

impl ReviewPage {
    /// The page of a request in the outbox, which becomes the confirmation as soon as it is sent.
    fn queued(&self, copy: SentCopy) -> View {
        let (app, form) = (self.form.app, self.form.clone());
        let queue = form.journey.store.queue().clone();
        reactive(move || {
            let state = queue.with(|queue| {
                let own = queue.iter().find(|request| request.draft.key == copy.key);
                own.map(|request| request.state.clone())
            });
            match state {
                Some(QueueState::Sent(reference)) => {
                    let (copy, service) = (copy.clone(), form.code.clone());
                    app.spawn(async move {
                        copy.save(app, &reference);
                        app.reset_to(Route::Sent { service, reference });
                    });
                    View::Nothing
                }
                state => queue_state_view(app, state),
            }
        })
    }

    fn answers(&self) -> View {
        let form = &self.form;
        let app = form.app;
        let draft = form.draft();
        let (above, sender) = (self.clone(), self.clone());
        let is_sending = app.is_sending();
        let label = move || {
            app.t(if is_sending.get() {
                k::SENDING
            } else {
                k::SEND
            })
        };
        let is_busy = app.is_sending();
        let send = button("button", "btn", label)
            .attr("aria-busy", move || Some(is_busy.get().to_string()))
            .on("click", move |_| sender.send(SendMode::Normal));
        let progress = self.progress.clone();
        let progress = reactive(move || {
            progress.get().map(|fraction| {
                el("progress")
                    .attr("max", "1")
                    .attr("aria-label", &app.t(k::PHOTOS_HEADING))
                    .attr("value", &intl::number("en", fraction))
            })
        });
        let service = el("div")
            .child(el("dt").child(app.t(k::CHECK_WHAT)))
            .child(el("dd").child(form.service.name.as_str()));
        let rows = rows(form, &draft).into_iter();
        let rows: Vec<View> = rows.map(|row| row.draw(form)).collect();
        [
            form.head(Step::Check, &draft),
            reactive(move || above.result_view()),
            title(app, app.t(k::CHECK_HEADING)),
            el("dl").class("answers").child(service).child(rows).into(),
            service_promise(app, &form.code).into(),
            other_channels(app, &form.code),
            progress,
            row(send),
            form.saved_notice(),
        ]
        .into()
    }

    /// Handles “Send”: checks for missing answers, then sends the request, or puts it into the outbox without
    /// network. Does nothing while another send is in flight.
    fn send(&self, mode: SendMode) {
        let (app, form) = (self.form.app, &self.form);
        if app.is_sending().get_untracked() {
            return;
        }
        let draft = form.draft();
        if let Some((step, error)) = first_missing_answer(form, &draft) {
            self.result.set(SendResult::MissingAnswer(step, error));
            return focus_error_summary(app);
        }
        self.result.set(SendResult::Nothing);
        let request = self.request(&draft);
        let copy = self.copy(&draft, &draft);
        app.is_sending().set(true);
        app.announce(app.t(k::SENDING));
        let page = self.clone();
        let is_in_doubt = form.journey.store.is_in_doubt(&draft.key);
        if !dom::is_online() && mode == SendMode::Normal && !is_in_doubt {
            app.spawn(async move { page.enqueue(request, copy).await });
            return;
        }
        let progress = self.progress.clone();
        let on_progress = Rc::new(move |fraction| progress.set(Some(fraction)));
        app.spawn(async move {
            let form = &page.form;
            let outcome = submit(app, &form.journey, request.into(), mode, on_progress).await;
            if app.is_gone() {
                // The draft is kept, and with it the key that prevents a duplicate.
                return;
            }
            app.is_sending().set(false);
            app.announce(String::new());
            page.progress.set(None);
            if let SendOutcome::Finished(
                Verdict::Sent {
                    reference,
                    other,
                    twins,
                },
                _,
            ) = outcome
            {
                remember_contact(form);
                let mut copy = match other {
                    None => copy,
                    Some(OtherWords::Earlier(earlier)) => page.copy(&earlier.draft, &draft),
                    // Nothing is known of what the city has, so everything may be new to it.
                    Some(OtherWords::Unknown) => SentCopy {
                        changes: copy.rows,
                        rows: Vec::new(),
                        ..copy
                    },
                };
                copy.twins = twins.into_iter().map(String::from).collect();
                copy.save(app, &reference);
                form.journey.store.erase(&form.code);
                return app.reset_to(Route::Sent {
                    service: form.code.clone(),
                    reference,
                });
            }
            page.result.set(SendResult::Finished(outcome));
            focus_error_summary(app);
        });
    }

    /// Moves the request from the drafts to the outbox.
    async fn enqueue(&self, request: QueuedRequest, copy: SentCopy) {
        let (app, store) = (self.form.app, &self.form.journey.store);
        remember_contact(&self.form);
        store.enqueue(request).await;
        if app.is_gone() {
            return;
        }
        app.is_sending().set(false);
        app.announce(String::new());
        store.detach_draft(&self.form.code);
        // The form no longer exists, so Back must not lead into it.
        app.clear_history();
        self.queued.set(Some(copy));
        focus::focus_after_drawing(&app.root(), ".view .title");
    }

    fn request(&self, draft: &Draft) -> QueuedRequest {
        let (app, form) = (self.form.app, &self.form);
        let questions = form.questionnaire.active_questions(draft).into_iter();
        let questions: Vec<Question> = questions.map(|(_, question)| question).collect();
        let offset = |date: Date| {
            let (hour, minute) = date.time.unwrap_or_default();
            time::offset_minutes(date.year, date.month, date.day, hour, minute)
        };
        let context = PostContext {
            service: &form.code,
            questions: &questions,
            config: &form.journey.config,
            catalog: &app.catalog(),
            offset: &offset,
        };
        QueuedRequest {
            service: form.code.clone(),
            service_name: form.service.name.clone(),
            post: build_post(draft, &context),
            draft: draft.clone(),
            created_at: time::now(),
            state: QueueState::Pending,
        }
    }

    /// A copy of what the city has, and of what was changed since.
    fn copy(&self, sent: &Draft, changed: &Draft) -> SentCopy {
        let pairs = |draft| -> Vec<(String, String)> {
            let rows = rows(&self.form, draft).into_iter();
            rows.map(|row| (row.label, row.text)).collect()
        };
        let sent_rows = pairs(sent);
        let mut changes = pairs(changed);
        changes.retain(|row| !sent_rows.contains(row));
        SentCopy {
            key: sent.key.clone(),
            service: self.form.service.name.clone(),
            rows: sent_rows,
            sent_at: time::now(),
            changes,
            twins: Vec::new(),
        }
    }

    /// The result of “Send”, and what the resident can do now.
    fn result_view(&self) -> View {
        let app = self.form.app;
        match self.result.get() {
            SendResult::Nothing => View::Nothing,
            SendResult::MissingAnswer(step, (_, text)) => {
                summary_of(app, 1, vec![link(app, self.form.at(step), "", text)])
            }
            SendResult::Finished(outcome) => {
                let (sender, keeper) = (self.clone(), self.clone());
                let actions = OutcomeActions {
                    send: Rc::new(move |mode| sender.send(mode)),
                    send_later: Rc::new(move || keeper.send_later()),
                    photos: self.form.at(Step::Photos),
                };
                outcome_view(app, outcome, actions)
            }
        }
    }

    /// Moves the request to the outbox, from which it is sent later.
    fn send_later(&self) {
        let page = self.clone();
        self.form.app.spawn(async move {
            let draft = page.form.draft();
            let copy = page.copy(&draft, &draft);
            page.enqueue(page.request(&draft), copy).await;
        });
    }
}
