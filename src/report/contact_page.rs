//! The page that asks how the resident can be reached: why it is asked, and that nothing of it has
//! to be said unless the city requires it. Remembered on this device only if they ask for that.

use super::draft::{read_answers, write_answers};
use super::form::{Form, kept_line, with_form};
use super::outline::is_personal;
use super::page::{Page, as_form};
use crate::app::App;
use crate::i18n::k;
use crate::platform::view::{View, el};
use crate::platform::{dom, storage};
use crate::route::Step;
use crate::ui::{paragraph, row, safe_address, second_button, summary, title};
use open311::json;
use std::rc::Rc;

/// Under this name the answers are remembered, if the resident wants it.
const REMEMBERED: &str = "contact";

/// How to reach the resident.
pub(super) fn contact(app: App, code: String) -> View {
    with_form(app, code, Box::new(page))
}

fn page(form: &Rc<Form>) -> View {
    let app = form.app;
    fill_in(form);
    let page = Page::new(form, Step::Contact);
    let setting = &form.report.setting.contact;
    let own = app.text(&setting.why);
    let why = match (own.is_empty(), setting.required.is_empty()) {
        (false, _) => own,
        (true, true) => app.t(k::CONTACT_WHY),
        (true, false) => app.t(k::CONTACT_WHY_NEEDED),
    };
    let anonymous = setting.required.is_empty().then(|| {
        let page = page.clone();
        row(second_button(app.t(k::CONTACT_ANONYMOUS), move || {
            let mut draft = page.draft.borrow_mut();
            draft.forget(is_personal);
            page.form.keep(&mut draft);
            page.form.go_on(Step::Contact, &draft);
        }))
    });
    let mut fields = page.fields();
    fields.push(remember(form, &page));
    let go_on = page.continues(Step::Contact);
    let privacy = app.with_config(|config| config.privacy.clone());
    let privacy = privacy.and_then(|address| {
        let address = safe_address(&address)?;
        let words = el("a").attr("href", address).put(app.t(k::PRIVACY));
        Some(paragraph("quiet", words))
    });
    [
        form.head(Step::Contact, &page.draft.borrow()),
        summary(app, page.mistakes.clone()),
        title(app.t(k::HOW_TO_REACH_HEADING)),
        paragraph("notice", why),
        anonymous.into(),
        as_form(fields, app.t(k::CONTINUE), go_on),
        privacy.into(),
        kept_line(form),
    ]
    .into()
}

/// What was remembered goes into a form that says nothing of the resident yet.
fn fill_in(form: &Form) {
    let mut draft = form.draft();
    let kept = storage::read_lasting(&form.app.key(REMEMBERED));
    let kept = kept.and_then(|kept| read_answers(&json::parse(&kept).ok()?));
    let Some(kept) = kept.filter(|_| draft.some(is_personal).is_empty()) else {
        return;
    };
    for (name, answer) in kept {
        draft.set(&name, answer);
    }
    form.keep(&mut draft);
}

fn remember(form: &Rc<Form>, page: &Rc<Page>) -> View {
    let app = form.app;
    if storage::is_forgetful() {
        return View::Nothing;
    }
    let key = app.key(REMEMBERED);
    let is_remembered = storage::read_lasting(&key).is_some();
    let page = page.clone();
    let input = el("input")
        .attr("type", "checkbox")
        .attr("id", "remember")
        .prop("checked", is_remembered)
        .on("change", move |event| {
            let wanted = dom::is_checked(&event);
            let mut draft = page.draft.borrow_mut();
            draft.remembers_contact = wanted;
            page.form.keep(&mut draft);
            if !wanted {
                storage::write_lasting(&key, "");
            }
        });
    el("label")
        .class("choice")
        .put(input)
        .put(el("span").put(app.t(k::CONTACT_REMEMBER)))
        .into()
}

/// Remembers what the resident said of themselves, after sending, if they wanted it.
pub(super) fn remember_sent(form: &Form) {
    let draft = form.draft();
    let key = form.app.key(REMEMBERED);
    let said = draft.some(is_personal);
    let is_wanted = draft.remembers_contact || storage::read_lasting(&key).is_some();
    // Whoever stays anonymous once has not asked to be forgotten.
    if is_wanted && !said.is_empty() {
        let kept = json::write(&write_answers(&said));
        storage::write_lasting(&key, &kept);
    }
}
