//! What comes before a form: what a resident has to know first, and what they began earlier.

use super::draft::Draft;
use super::form::{Form, since, when};
use super::notice::{can_be_passed, name};
use super::setting::{Notice, NoticeKind};
use super::state::Report;
use crate::app::App;
use crate::i18n::k;
use crate::platform::intl;
use crate::platform::view::{View, el};
use crate::route::Route;
use crate::ui::{
    button, call_link, link, paragraph, paragraph_of, row, safe_address, second_button, title,
};
use open311::{Moment, Parsed};
use std::rc::Rc;

/// What is to be read or decided before a form.
#[derive(PartialEq)]
pub(super) enum First {
    /// Something to know.
    Notice(Box<Notice>),
    /// An earlier visit left a draft.
    Offer(Box<Draft>),
}

impl First {
    /// What comes first for a service; None if nothing does. A notice that comes while somebody writes
    /// does not take the form away from them.
    pub(super) fn of(report: &Report, service: &str) -> Option<Self> {
        let here = report.draft(service);
        let passed = here.as_ref().map(|draft| draft.passed.as_slice());
        let notice = report.notice(service, passed.unwrap_or_default());
        if let Some(notice) = notice.filter(|_| !report.has_begun(service)) {
            return Some(Self::Notice(Box::new(notice)));
        }
        let kept = report.found.get().unwrap_or_default();
        let kept = kept.into_iter().find(|(known, _)| known == service);
        kept.filter(|(_, kept)| here.is_none() && !kept.is_blank())
            .map(|(_, kept)| Self::Offer(Box::new(kept)))
    }

    /// Draws it.
    pub(super) fn draw(&self, form: &Rc<Form>) -> View {
        match self {
            Self::Notice(notice) => before_form(form, notice),
            Self::Offer(kept) => offer(form, kept),
        }
    }
}

fn before_form(form: &Rc<Form>, notice: &Notice) -> View {
    let app = form.app;
    let on = can_be_passed(notice.kind).then(|| {
        let (form, name) = (form.clone(), name(notice));
        let words = match notice.kind {
            NoticeKind::Emergency => k::NOTICE_NO_EMERGENCY,
            _ => k::NOTICE_SOMETHING_ELSE,
        };
        second_button(app.t(words), move || {
            let mut draft = form.draft();
            draft.passed.push(name.clone());
            form.keep(&mut draft);
            form.report.changed.set(());
        })
    });
    let others = link(app, Route::Services, "", app.t(k::SERVICE_UNKNOWN_LIST));
    [
        paragraph("quiet", form.service.name.as_str()),
        notice_view(app, notice),
        on.map(row).into(),
        paragraph("", others),
    ]
    .into()
}

/// A notice with its heading, and who helps.
fn notice_view(app: App, notice: &Notice) -> View {
    let class = match notice.kind {
        NoticeKind::Emergency => "promise late",
        _ => "promise note",
    };
    [
        title(app.text(&notice.title)),
        el("div").class(class).put(body(app, notice)).into(),
    ]
    .into()
}

/// A notice for everybody, as it stands above other things.
pub(super) fn notice_for_all(app: App, notice: &Notice) -> View {
    el("div")
        .class("promise note")
        .put(el("b").put(app.text(&notice.title)))
        .put(body(app, notice))
        .into()
}

fn body(app: App, notice: &Notice) -> View {
    let phone = notice.phone.as_deref().map(|phone| match notice.kind {
        NoticeKind::Emergency => {
            let words = app.t_with(k::CONTACT_CALL, &[("phone", phone)]);
            el("a")
                .class("btn")
                .attr("href", &crate::ui::call_address(phone))
                .put(words)
                .into()
        }
        _ => paragraph("", call_link(app, phone)),
    });
    let address = notice.link.as_deref().and_then(safe_address);
    let address = address.map(|address| {
        let words = app.t(k::NOTICE_MORE);
        paragraph("", el("a").attr("href", address).put(words))
    });
    let until = notice.until.as_deref().and_then(|until| day(app, until));
    let key = match notice.kind {
        NoticeKind::Paused => k::NOTICE_PAUSED_UNTIL,
        _ => k::NOTICE_UNTIL,
    };
    let until = until.map(|day| paragraph("", app.t_with(key, &[("day", &day)])));
    [
        paragraph_of("", app.text(&notice.text)),
        until.into(),
        phone.into(),
        address.into(),
    ]
    .into()
}

fn day(app: App, text: &str) -> Option<String> {
    let (language, zone) = (app.language(), app.time_zone());
    match Moment::read(text)?.parsed? {
        Parsed::Unix(moment) => intl::day(&language, zone.as_deref(), moment as f64),
        Parsed::Civil(civil) => intl::day(&language, Some("UTC"), civil.as_if_utc() as f64),
    }
}

/// “You began this on …”.
fn offer(form: &Rc<Form>, kept: &Draft) -> View {
    let app = form.app;
    let day = when(app, kept.changed);
    let has_changed = !kept.print.is_empty() && kept.print != form.outline.print();
    let changed = has_changed.then(|| paragraph("notice", app.t(k::FORM_CHANGED)));
    let doubt = kept
        .in_doubt
        .is_some()
        .then(|| paragraph("notice", app.t(k::DRAFT_IN_DOUBT)));
    let old = (since(kept.changed) > OLD).then(|| paragraph("", app.t(k::DRAFT_OLD)));
    let (taken, left) = (form.clone(), form.clone());
    let go_on = button("button", "btn", app.t(k::DRAFT_GO_ON))
        .on("click", move |_| taken.report.take_up(&taken.service.code));
    let start_new = second_button(app.t(k::DRAFT_START_NEW), move || {
        left.report.forget(&left.service.code);
    });
    [
        paragraph("quiet", form.service.name.as_str()),
        title(app.t(k::DRAFT_HEADING)),
        paragraph("", app.t_with(k::DRAFT_SINCE, &[("day", &day)])),
        doubt.into(),
        changed.into(),
        old.into(),
        row([go_on.into(), start_new]),
    ]
    .into()
}

/// After so long a pothole may be another one, in milliseconds.
const OLD: f64 = 14.0 * 86_400_000.0;
