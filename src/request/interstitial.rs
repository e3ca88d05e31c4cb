//! The page before a form, if there is one: a notice that residents have to read first, or a draft to resume. Which
//! notice applies is decided by `frontdoor_core::request::notice`.

use super::form::{Form, age, date_text};
use super::journey::RequestJourney;
use super::store::SavedDraft;
use crate::app::App;
use crate::platform::intl;
use crate::ui::{
    button, call_address, call_link, link, optional_paragraph, paragraph, row, safe_address,
    secondary_button, title,
};
use crate::view::{View, el};
use frontdoor_core::i18n::k;
use frontdoor_core::ids::ServiceCode;
use frontdoor_core::request::config::{NoticeKind, ServiceNotice};
use frontdoor_core::request::notice::{can_be_dismissed, notice_id};
use frontdoor_core::route::Route;
use frontdoor_core::time::{DAY, UnixMs};
use open311::{Moment, Parsed};
use std::rc::Rc;

/// A page to be read or decided on before a form.
#[derive(PartialEq)]
pub(super) enum Interstitial {
    /// A notice of the city.
    Notice(Box<ServiceNotice>),
    /// A draft of an earlier visit, to be resumed or erased.
    ResumeDraft(Box<SavedDraft>),
}

impl Interstitial {
    /// The page before a service's form, if there is one. A notice that arrives while the form is open does not
    /// replace it: somebody may be typing.
    pub(super) fn before(journey: &RequestJourney, service: &ServiceCode) -> Option<Self> {
        let draft = journey.store.draft(service);
        let dismissed = draft.as_ref().map(|draft| draft.dismissed.as_slice());
        let notice = journey
            .notices
            .before_form(service, dismissed.unwrap_or_default());
        if let Some(notice) = notice.filter(|_| !journey.is_open_form(service)) {
            return Some(Self::Notice(Box::new(notice)));
        }
        let saved = journey.store.saved_drafts().get().unwrap_or_default();
        let saved = saved.into_iter().find(|saved| saved.service == *service);
        saved
            .filter(|saved| draft.is_none() && !saved.draft.is_blank())
            .map(|saved| Self::ResumeDraft(Box::new(saved)))
    }

    /// Draws the page.
    pub(super) fn draw(&self, form: &Rc<Form>) -> View {
        match self {
            Self::Notice(notice) => notice_page(form, notice),
            Self::ResumeDraft(saved) => resume_page(form, saved),
        }
    }
}

fn notice_page(form: &Rc<Form>, notice: &ServiceNotice) -> View {
    let app = form.app;
    let dismiss = can_be_dismissed(notice.kind).then(|| {
        let (form, id) = (form.clone(), notice_id(notice));
        let text = match notice.kind {
            NoticeKind::Emergency => k::NOTICE_NO_EMERGENCY,
            _ => k::NOTICE_SOMETHING_ELSE,
        };
        secondary_button(app.t(text), move || {
            let mut draft = form.draft();
            draft.dismissed.push(id.clone());
            form.save(&mut draft);
            form.journey.store.changed().notify();
        })
    });
    let others = link(app, Route::Services, "", app.t(k::SERVICE_UNKNOWN_LIST));
    [
        headed(form, app.text(&notice.title)),
        notice_view(app, notice),
        dismiss.map(row).into(),
        paragraph("", others),
    ]
    .into()
}

/// The view's heading, with the name of the service above it.
fn headed(form: &Form, text: String) -> View {
    el("div")
        .child(paragraph("quiet", form.service.name.as_str()))
        .child(title(form.journey.app, text))
        .into()
}

/// The text of a notice.
fn notice_view(app: App, notice: &ServiceNotice) -> View {
    el("div")
        .class(class_of(notice.kind))
        .child(body(app, notice))
        .into()
}

/// A notice for everybody, shown above the list of services.
pub(super) fn notice_for_everyone(app: App, notice: &ServiceNotice) -> View {
    el("div")
        .class(class_of(notice.kind))
        .child(el("b").child(app.text(&notice.title)))
        .child(body(app, notice))
        .into()
}

fn class_of(kind: NoticeKind) -> &'static str {
    match kind {
        NoticeKind::Emergency => "promise late",
        _ => "promise note",
    }
}

fn body(app: App, notice: &ServiceNotice) -> View {
    let phone = notice.phone.as_deref().map(|phone| match notice.kind {
        NoticeKind::Emergency => {
            let text = app.t_with(k::CONTACT_CALL, &[("phone", phone)]);
            el("a")
                .class("btn")
                .attr("href", &call_address(phone))
                .child(text)
                .into()
        }
        _ => paragraph("", call_link(app, phone)),
    });
    let address = notice.link.as_deref().and_then(safe_address);
    let address = address.map(|address| {
        let text = app.t(k::NOTICE_MORE);
        paragraph("", el("a").attr("href", address).child(text))
    });
    let until = notice.until.as_deref().and_then(|until| day(app, until));
    let key = match notice.kind {
        NoticeKind::Paused => k::NOTICE_PAUSED_UNTIL,
        _ => k::NOTICE_UNTIL,
    };
    let until = until.map(|day| paragraph("", app.t_with(key, &[("day", &day)])));
    [
        optional_paragraph("", app.text(&notice.text)),
        until.into(),
        phone.into(),
        address.into(),
    ]
    .into()
}

fn day(app: App, text: &str) -> Option<String> {
    let (language, zone) = (app.language(), app.time_zone());
    match Moment::read(text)?.parsed? {
        Parsed::Unix(unix) => intl::day(&language, zone.as_deref(), UnixMs(unix)),
        Parsed::Civil(civil) => intl::day(&language, Some("UTC"), UnixMs(civil.as_if_utc())),
    }
}

/// Age in milliseconds after which residents are asked whether a draft still applies: a pothole may be another one by
/// then. Sensible: 3 to 30 days.
const OLD_DRAFT: i64 = 14 * DAY;

/// “You began this on …”: resume the draft, or start anew.
fn resume_page(form: &Rc<Form>, saved: &SavedDraft) -> View {
    let (app, draft) = (form.app, &saved.draft);
    let day = date_text(app, draft.changed_at);
    let changed = form
        .has_changed_since(draft)
        .then(|| paragraph("notice", app.t(k::FORM_CHANGED)));
    let in_doubt = saved
        .is_in_doubt
        .then(|| paragraph("notice", app.t(k::DRAFT_IN_DOUBT)));
    let is_old = age(draft.changed_at) > OLD_DRAFT;
    let old = is_old.then(|| paragraph("", app.t(k::DRAFT_OLD)));
    let (resumed, erased) = (form.clone(), form.clone());
    let resume = button("button", "btn", app.t(k::DRAFT_GO_ON)).on("click", move |_| {
        resumed.journey.store.resume(&resumed.code)
    });
    let start_new = secondary_button(app.t(k::DRAFT_START_NEW), move || {
        erased.journey.store.erase(&erased.code);
    });
    [
        headed(form, app.t(k::DRAFT_HEADING)),
        paragraph("", app.t_with(k::DRAFT_SINCE, &[("day", &day)])),
        in_doubt.into(),
        changed.into(),
        old.into(),
        row([resume.into(), start_new]),
    ]
    .into()
}
