//! The outbox: requests that were composed without a network. It shows them, sends each when the
//! network is back, and never twice, however many tabs are open.

use super::form::when;
use super::parcel::{Parcel, State};
use super::send::{Consent, Outcome, deliver};
use super::state::Report;
use crate::app::App;
use crate::i18n::k;
use crate::platform::view::{View, el};
use crate::platform::{dom, time};
use crate::route::{Reference, Route, Step};
use crate::ui::{button, failure_in_words, heading, link, paragraph, row};
use leptos::task::spawn_local;
use std::rc::Rc;

/// A browser does not always say when the network is back: so often it is tried, in milliseconds.
const EVERY: i32 = 30_000;

/// Sends what is due, now and whenever the network comes back, until nothing is due any more.
pub(super) fn watch(app: App, report: &Rc<Report>) {
    let is_due = |report: &Report| report.outbox.peek(|all| all.iter().any(Parcel::is_due));
    if !is_due(report) || report.is_watched.replace(true) {
        return;
    }
    let weak = Rc::downgrade(report);
    spawn_local(async move {
        while let Some(report) = weak.upgrade().filter(|_| !app.is_gone()) {
            send_due(app, &report).await;
            if app.is_gone() || !is_due(&report) {
                report.is_watched.set(false);
                return;
            }
            drop(report);
            time::sleep_until(EVERY, "online").await;
        }
    });
}

async fn send_due(app: App, report: &Rc<Report>) {
    for parcel in report.outbox.now() {
        if !parcel.is_due() || !dom::is_online() || app.is_gone() {
            continue;
        }
        let key = parcel.key.clone();
        // Another tab may have taken it back, or changed it, since this one was drawn.
        if !report.is_still_kept(&key).await {
            report.forget_parcel(&key);
            continue;
        }
        let outcome = deliver(app, report, parcel, Consent::Usual, Rc::new(|_| ())).await;
        if app.is_gone() {
            return;
        }
        settle(app, report, &key, outcome);
    }
}

/// Notes what became of a parcel.
fn settle(app: App, report: &Rc<Report>, key: &str, outcome: Outcome) {
    let state = match outcome {
        Outcome::Sent(reference) => {
            if let Reference::Number(number) = &reference {
                app.announce(app.t_with(k::SENT_NUMBERED, &[("number", number)]));
            }
            State::Sent(reference)
        }
        Outcome::Refused(failure) => State::Refused(match failure.reasons() {
            [] => failure_in_words(app, &failure),
            reasons => reasons.join(" "),
        }),
        Outcome::Unclear { .. } => State::Unclear,
        Outcome::NotSent(_) | Outcome::MayBeSentAgain(_) | Outcome::Elsewhere => return,
    };
    report.change_parcel(key, |parcel| parcel.state = state.clone());
}

/// What waits on this device: requests to be sent, drafts, and what is followed.
pub(super) fn waiting(app: App, report: &Rc<Report>) -> View {
    let parcels: Vec<View> = report
        .outbox
        .get()
        .iter()
        .map(|parcel| parcel_row(app, report, parcel))
        .collect();
    let drafts = report.found.get().unwrap_or_default();
    let drafts: Vec<View> = drafts
        .iter()
        .filter(|(_, draft)| !draft.is_blank())
        .map(|(service, draft)| draft_row(app, report, service, draft.changed))
        .collect();
    let followed: Vec<View> = report
        .followed
        .get()
        .iter()
        .map(|(id, name)| {
            let inside = el("span").class("two").put(el("span").put(name.as_str()));
            let inside = inside.put(el("span").class("quiet").put(id.as_str()));
            let to = Route::Status { id: id.clone() };
            el("li").put(link(app, to, "", inside)).into()
        })
        .collect();
    let part = |key, rows: Vec<View>| -> View {
        match rows.is_empty() {
            true => View::Nothing,
            false => el("section")
                .class("group waiting")
                .put(heading(app.t(key)))
                .put(el("ul").class("list").put(rows))
                .into(),
        }
    };
    [
        part(k::OUTBOX_HEADING, parcels),
        part(k::DRAFTS_HEADING, drafts),
        part(k::FOLLOWED_HEADING, followed),
    ]
    .into()
}

fn draft_row(app: App, report: &Rc<Report>, service: &str, changed: u64) -> View {
    let name = app.service(service).map(|service| service.name);
    let name = name.unwrap_or_else(|| service.to_owned());
    let (eraser, code) = (report.clone(), service.to_owned());
    let label = el("span").class("vh").put([" ", &name].concat());
    let erase = button(
        "button",
        "quiet-button",
        [app.t(k::ERASE).into(), label.into()],
    )
    .on("click", move |_| eraser.forget(&code));
    let since = app.t_with(k::DRAFT_SINCE, &[("day", &when(app, changed))]);
    let two = el("span").class("two").put(el("span").put(name));
    let two = two.put(el("span").class("quiet").put(since));
    el("li")
        .put(link(app, Route::report(service), "", two))
        .put(row(erase))
        .into()
}

fn parcel_row(app: App, report: &Rc<Report>, parcel: &Parcel) -> View {
    let day = when(app, parcel.composed);
    let words = match &parcel.state {
        State::Waiting => app.t_with(k::OUTBOX_WAITING, &[("day", &day)]),
        State::Refused(why) => [&app.t(k::SEND_REFUSED), " ", why].concat(),
        State::Unclear => app.t(k::SEND_UNCLEAR),
        State::Sent(Reference::Number(number)) => {
            app.t_with(k::SENT_NUMBERED, &[("number", number)])
        }
        State::Sent(_) => app.t(k::SENT_HEADING),
    };
    let label = || {
        el("span")
            .class("vh")
            .put([" ", &parcel.service_name].concat())
    };
    let press = |key, act: Rc<dyn Fn()>| -> View {
        let inside = [app.t(key).into(), label().into()];
        button("button", "quiet-button", inside)
            .on("click", move |_| act())
            .into()
    };
    let key = parcel.key.clone();
    let (remover, gone) = (report.clone(), key.clone());
    let remove: Rc<dyn Fn()> = Rc::new(move || remover.remove_parcel(&gone, false));
    let (changer, changed) = (report.clone(), parcel.clone());
    let change: Rc<dyn Fn()> = Rc::new(move || {
        changer.remove_parcel(&changed.key, true);
        let mut draft = changed.draft.clone();
        changer.keep(&changed.service, &mut draft);
        app.go(Route::Report {
            service: changed.service.clone(),
            step: Step::Check,
        });
    });
    let consent = |consent| -> Rc<dyn Fn()> {
        let (report, parcel) = (report.clone(), parcel.clone());
        Rc::new(move || {
            let (report, parcel) = (report.clone(), parcel.clone());
            spawn_local(async move {
                let key = parcel.key.clone();
                let became = deliver(app, &report, parcel, consent, Rc::new(|_| ())).await;
                if !app.is_gone() {
                    settle(app, &report, &key, became);
                }
            });
        })
    };
    let presses: Vec<View> = match &parcel.state {
        State::Waiting => vec![press(k::CHANGE, change), press(k::ERASE, remove)],
        State::Refused(_) => vec![press(k::CHANGE, change), press(k::ERASE, remove)],
        State::Unclear => vec![
            press(k::STATUS_LOOK_AGAIN, consent(Consent::OnlyLook)),
            press(k::SEND_AGAIN, consent(Consent::Again)),
            press(k::ERASE, remove),
        ],
        State::Sent(reference) => {
            let to = Route::Sent {
                service: parcel.service.clone(),
                reference: reference.clone(),
            };
            vec![
                link(app, to, "", app.t(k::SENT_NEXT)),
                press(k::OUTBOX_DISMISS, remove),
            ]
        }
    };
    el("li")
        .class("parcel")
        .put(el("b").put(parcel.service_name.as_str()))
        .put(paragraph("quiet", words))
        .put(el("div").class("row links").put(presses))
        .into()
}
