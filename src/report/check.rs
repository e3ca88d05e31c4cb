//! Check your answers, and send them: once. What is not known is said; what may be done now is
//! always there to be pressed.

use super::answer::{Date, DateParts, date};
use super::contact_page::remember_sent;
use super::copy::Copy;
use super::draft::Draft;
use super::form::{Form, first_gap, kept_line, with_form};
use super::parcel::Parcel;
use super::post::{Frame, post};
use super::question::Question;
use super::send::{Consent, Outcome, deliver};
use super::words::answer_in_words;
use crate::app::App;
use crate::config::Extension;
use crate::i18n::k;
use crate::live::Live;
use crate::platform::view::{View, el};
use crate::platform::{dom, intl, time};
use crate::route::{Route, Step};
use crate::ui::{
    Mistake, button, contact_point, focus_summary, link, message_heading, paragraph, problem,
    promise, row, second_button, stack, summary_of, title,
};
use leptos::task::spawn_local;
use open311::Civil;
use std::rc::Rc;

/// The last page before sending.
pub(super) fn check(app: App, code: String) -> View {
    with_form(app, code, Box::new(page))
}

/// What stands above the answers after a press on “Send”.
#[derive(Clone, Default)]
enum Said {
    #[default]
    Nothing,
    /// Something is missing, at that step.
    Gap(Step, Mistake),
    Became(Outcome),
}

#[derive(Clone)]
struct Sender {
    form: Rc<Form>,
    said: Live<Said>,
    /// How far the pictures are.
    progress: Live<Option<f64>>,
    /// The request is in the outbox.
    waits: Live<bool>,
}

fn page(form: &Rc<Form>) -> View {
    let app = form.app;
    let sender = Sender {
        form: form.clone(),
        said: Live::new(Said::Nothing),
        progress: Live::new(None),
        waits: Live::new(false),
    };
    stack(move || match sender.waits.get() {
        true => kept_for_later(app),
        false => answers(&sender),
    })
}

/// The request is in the outbox.
fn kept_for_later(app: App) -> View {
    [
        title(app.t(k::OUTBOX_KEPT)),
        paragraph("", app.t(k::OUTBOX_KEPT_MORE)),
        row([
            second_button(app.t(k::OUTBOX_SEE), move || {
                app.go_for_good(Route::Services);
            }),
            second_button(app.t(k::START_AGAIN), move || app.go_for_good(Route::Start)),
        ]),
    ]
    .into()
}

fn answers(sender: &Sender) -> View {
    let form = &sender.form;
    let app = form.app;
    let code = form.service.code.clone();
    let draft = form.draft();
    let (above, press) = (sender.clone(), sender.clone());
    let words = move || {
        app.t(if app.state().sending.get() {
            k::SENDING
        } else {
            k::SEND
        })
    };
    let send = button("button", "btn", View::Nothing)
        .live_attr("aria-busy", move || {
            Some(app.state().sending.get().to_string())
        })
        .on("click", move |_| press.send(Consent::Usual))
        .live(move || words().into());
    let progress = sender.progress.clone();
    let progress = stack(move || {
        let part = progress.get();
        part.map(|part| {
            el("progress")
                .attr("max", "1")
                .attr("aria-label", &app.t(k::PHOTOS_HEADING))
                .attr("value", &intl::number("en", part))
        })
        .into()
    });
    let what = el("div")
        .put(el("dt").put(app.t(k::CHECK_WHAT)))
        .put(el("dd").put(form.service.name.as_str()));
    let rows = rows(form, &draft).into_iter();
    let rows: Vec<View> = rows.map(|row| row.draw(form)).collect();
    [
        form.head(Step::Check, &draft),
        stack(move || above.said_now()),
        title(app.t(k::CHECK_HEADING)),
        el("dl").class("answers").put(what).put(rows).into(),
        promise(app, &code).into(),
        other_ways(app, &code),
        progress,
        row(send),
        kept_line(form),
    ]
    .into()
}

/// The same task by phone and at the counter.
fn other_ways(app: App, code: &str) -> View {
    let state = app.state();
    let contacts = &state.setting().config.contact;
    let named = contacts
        .iter()
        .find(|contact| contact.services.iter().any(|known| known == code));
    let Some(contact) = named.or_else(|| contacts.first()) else {
        return View::Nothing;
    };
    el("details")
        .put(el("summary").put(app.t(k::CHECK_OTHER_WAYS)))
        .put(paragraph("", app.t(k::CHECK_OTHER_WAYS_MORE)))
        .put(contact_point(app, contact))
        .into()
}

/// One answer on the page.
struct Row {
    label: String,
    words: String,
    step: Step,
}

fn rows(form: &Form, draft: &Draft) -> Vec<Row> {
    let app = form.app;
    let mut rows = Vec::new();
    let row = |label: String, words: String, step| Row { label, words, step };
    for (step, question) in form.outline.asked(draft) {
        let words = answer_in_words(&question, draft.answer(&question.name), |parts| {
            day_in_words(app, parts)
        });
        let is_place = question.name == "address_string";
        let is_needed = question.required && !(is_place && draft.place.is_some());
        if !words.is_empty() || is_needed {
            let words = match words.is_empty() {
                true => app.t(k::NOT_ANSWERED),
                false => words,
            };
            rows.push(row(question.label, words, step));
        }
        if is_place && draft.place.is_some() {
            let words = app.t(k::CHECK_PIN_SET);
            rows.push(row(app.t(k::CHECK_PIN), words, Step::Place));
        }
    }
    if form.report.setting.most_photos() > 0 {
        let count = draft.photos.len();
        let words = match count {
            0 => app.t(k::CHECK_NO_PHOTOS),
            _ => app.t_count(k::CHECK_PHOTOS, count, &[]),
        };
        let place = rows.iter().position(|row| row.step == Step::Contact);
        let photos = row(app.t(k::PHOTOS_LABEL), words, Step::Photos);
        rows.insert(place.unwrap_or(rows.len()), photos);
    }
    let is_anonymous = !form.outline.items(Step::Contact).is_empty()
        && !rows.iter().any(|row| row.step == Step::Contact);
    if is_anonymous {
        let words = app.t(k::CHECK_ANONYMOUS);
        rows.push(row(app.t(k::CHECK_YOU), words, Step::Contact));
    }
    rows
}

impl Row {
    /// What was answered, with a way to change it.
    fn draw(self, form: &Form) -> View {
        let app = form.app;
        let label = el("span").class("vh").put([" ", &self.label].concat());
        let change = link(
            app,
            form.at(self.step),
            "",
            [app.t(k::CHANGE).into(), label.into()],
        );
        el("div")
            .put(el("dt").put(self.label))
            .put(el("dd").put(el("span").put(self.words)).put(change))
            .into()
    }
}

fn day_in_words(app: App, parts: &DateParts) -> String {
    let Ok(date) = date(parts) else {
        return String::new();
    };
    let civil = Civil {
        year: date.year as u16,
        month: date.month as u8,
        day: date.day as u8,
        time: None,
    };
    let day = intl::day(&app.language(), Some("UTC"), civil.as_if_utc() as f64).unwrap_or_default();
    match date
        .time
        .and_then(|(hour, minute)| intl::clock(&app.language(), (hour * 60 + minute) as u16))
    {
        Some(clock) => [&day, ", ", &clock].concat(),
        None => day,
    }
}

impl Sender {
    /// What a press on “Send” does; one at a time.
    fn send(&self, consent: Consent) {
        let (app, form) = (self.form.app, &self.form);
        if app.state().sending.now() {
            return;
        }
        let mut draft = form.draft();
        if let Some((step, mistake)) = first_gap(form, &draft) {
            self.said.set(Said::Gap(step, mistake));
            return focus_summary(app);
        }
        self.said.set(Said::Nothing);
        let parcel = self.parcel(&draft);
        let copy = self.copy(&draft);
        app.state().sending.set(true);
        app.announce(app.t(k::SENDING));
        let sender = self.clone();
        if !dom::is_online() && consent == Consent::Usual && draft.in_doubt.is_none() {
            spawn_local(async move { sender.keep_for_later(parcel).await });
            return;
        }
        // Whatever ends this tab from here on leaves a doubt, and no second request.
        draft.in_doubt.get_or_insert(time::now() as u64);
        form.keep(&mut draft);
        let far = self.progress.clone();
        let progress = Rc::new(move |part| far.set(Some(part)));
        spawn_local(async move {
            let form = &sender.form;
            let outcome = deliver(app, &form.report, parcel, consent, progress).await;
            if app.is_gone() {
                // The draft stays, and with it the key that keeps the request single.
                return;
            }
            app.state().sending.set(false);
            app.announce(String::new());
            sender.progress.set(None);
            if let Outcome::Sent(reference) = outcome {
                remember_sent(form);
                copy.keep(app, reference.clone());
                form.report.forget(&form.service.code);
                return app.go_for_good(Route::Sent {
                    service: form.service.code.clone(),
                    reference,
                });
            }
            if matches!(outcome, Outcome::Refused(_) | Outcome::NotSent(_)) {
                let mut draft = form.draft();
                draft.in_doubt = None;
                form.keep(&mut draft);
            }
            sender.said.set(Said::Became(outcome));
            focus_summary(app);
        });
    }

    /// Puts the request into the outbox, and takes it from the drafts.
    async fn keep_for_later(&self, parcel: Parcel) {
        let (app, report) = (self.form.app, &self.form.report);
        remember_sent(&self.form);
        report.put_parcel(parcel).await;
        if app.is_gone() {
            return;
        }
        app.state().sending.set(false);
        app.announce(String::new());
        report.part_with(&self.form.service.code);
        // There is no form any more that the way back could lead into.
        app.forget_way();
        self.waits.set(true);
        dom::focus(&app.root(), ".view .title");
    }

    fn parcel(&self, draft: &Draft) -> Parcel {
        let (app, form) = (self.form.app, &self.form);
        let asked: Vec<Question> = form
            .outline
            .asked(draft)
            .into_iter()
            .map(|(_, question)| question)
            .collect();
        let offset = |date: Date| {
            let (hour, minute) = date.time.unwrap_or_default();
            time::offset_minutes(date.year, date.month, date.day, hour, minute)
        };
        let frame = Frame {
            service: &form.service.code,
            asked: &asked,
            setting: &form.report.setting,
            words: &app.words(),
            offset: &offset,
        };
        Parcel {
            key: draft.key.clone(),
            service: form.service.code.clone(),
            service_name: form.service.name.clone(),
            post: post(draft, &frame),
            photos: draft.photos.clone(),
            draft: draft.clone(),
            composed: time::now() as u64,
            in_doubt: draft.in_doubt,
            ..Parcel::default()
        }
    }

    fn copy(&self, draft: &Draft) -> Copy {
        let rows = rows(&self.form, draft).into_iter();
        Copy {
            service: self.form.service.name.clone(),
            rows: rows.map(|row| (row.label, row.words)).collect(),
            sent: time::now() as u64,
        }
    }

    /// What became of the last press, and what can be done now.
    fn said_now(&self) -> View {
        let app = self.form.app;
        match self.said.get() {
            Said::Nothing => View::Nothing,
            Said::Gap(step, (_, words)) => {
                summary_of(app, 1, vec![link(app, self.form.at(step), "", words)])
            }
            Said::Became(outcome) => self.became(outcome),
        }
    }

    fn became(&self, outcome: Outcome) -> View {
        let app = self.form.app;
        let sender = self.clone();
        let again = move || sender.send(Consent::Usual);
        match outcome {
            Outcome::Sent(_) => View::Nothing,
            Outcome::Refused(failure) => [
                problem(app, &failure, again),
                paragraph("", app.t(k::SEND_REFUSED)),
            ]
            .into(),
            Outcome::NotSent(failure) => {
                [problem(app, &failure, again), self.later(k::SEND_REFUSED)].into()
            }
            Outcome::MayBeSentAgain(failure) => [
                problem(app, &failure, again),
                self.later(k::SEND_DOUBT_SAFE),
            ]
            .into(),
            Outcome::Elsewhere => message(
                app.t(k::SEND_ELSEWHERE),
                vec![row(second_button(app.t(k::PROBLEM_RETRY), again))],
            ),
            Outcome::Unclear { was_looked } => {
                let (look, send) = (self.clone(), self.clone());
                let words = match was_looked {
                    true => k::SEND_UNCLEAR_LOOKED,
                    false => k::SEND_UNCLEAR_NOT_LOOKED,
                };
                let presses = [
                    second_button(app.t(k::STATUS_LOOK_AGAIN), move || {
                        look.send(Consent::OnlyLook);
                    }),
                    second_button(app.t(k::SEND_AGAIN), move || send.send(Consent::Again)),
                ];
                let call = crate::ui::by_phone(app);
                message(
                    app.t(k::SEND_UNCLEAR),
                    vec![paragraph("", app.t(words)), call.into(), row(presses)],
                )
            }
        }
    }

    /// Words, and the outbox as a way out for those who have to go.
    fn later(&self, words: crate::i18n::Key) -> View {
        let app = self.form.app;
        let is_safe = app.with_config(|config| config.offers(Extension::Idempotency));
        let sender = self.clone();
        let keep = second_button(app.t(k::OUTBOX_KEEP), move || {
            let sender = sender.clone();
            spawn_local(async move {
                let parcel = sender.parcel(&sender.form.draft());
                sender.keep_for_later(parcel).await;
            });
        });
        let keep = is_safe.then(|| row(keep));
        [paragraph("", app.t(words)), keep.into()].into()
    }
}

/// A message that takes the focus.
fn message(words: String, more: Vec<View>) -> View {
    el("div")
        .class("summary")
        .attr("role", "alert")
        .attr("tabindex", "-1")
        .put(message_heading(words))
        .put(more)
        .into()
}
