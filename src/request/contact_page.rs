//! The page that asks how the resident can be reached. It says why, and that nothing has to be answered unless the
//! city requires it. Contact details are remembered on this device only if the resident asks for that.

use super::field::draw_field;
use super::form::Form;
use super::question_page::{QuestionPage, as_form};
use super::readiness::when_form_ready;
use crate::app::App;
use crate::platform::dom;
use crate::ui::{error_summary, paragraph, row, safe_address, secondary_button, title};
use crate::view::{View, el};
use frontdoor_core::i18n::k;
use frontdoor_core::ids::ServiceCode;
use frontdoor_core::request::draft::{answers_from_json, answers_to_json};
use frontdoor_core::request::questionnaire::is_personal;
use frontdoor_core::route::Step;
use frontdoor_core::storage::Entry;
use std::rc::Rc;

/// The page for contact details.
pub(super) fn contact_page(app: App, code: ServiceCode) -> View {
    when_form_ready(app, code, Box::new(draw))
}

fn draw(form: &Rc<Form>) -> View {
    let app = form.app;
    apply_remembered(form);
    let page = QuestionPage::new(form, Step::Contact, draw_field);
    let config = &form.journey.config.contact;
    let is_optional = config.required.is_empty();
    let own = app.text(&config.why);
    let why = if !own.is_empty() {
        own
    } else if is_optional {
        app.t(k::CONTACT_WHY)
    } else {
        app.t(k::CONTACT_WHY_NEEDED)
    };
    let anonymous = is_optional.then(|| {
        let page = page.clone();
        row(secondary_button(app.t(k::CONTACT_ANONYMOUS), move || {
            let mut draft = page.draft.borrow_mut();
            draft.remove(is_personal);
            page.form.save(&mut draft);
            page.form.continue_from(Step::Contact, &draft);
        }))
    });
    let mut fields = page.fields();
    fields.push(remember_choice(form, &page));
    let privacy = app.with_config(|config| config.privacy.clone());
    let privacy = privacy.and_then(|address| {
        let address = safe_address(&address)?;
        let link = el("a").attr("href", address).child(app.t(k::PRIVACY));
        Some(paragraph("quiet", View::from(link)))
    });
    [
        form.head(Step::Contact, &page.draft.borrow()),
        error_summary(app, page.errors.clone()),
        title(app, app.t(k::HOW_TO_REACH_HEADING)),
        paragraph("notice", why),
        anonymous.into(),
        as_form(fields, app.t(k::CONTINUE), page.on_continue()),
        privacy.into(),
        form.saved_notice(),
    ]
    .into()
}

/// Fills in remembered contact details, if the draft has nothing about the resident yet.
fn apply_remembered(form: &Form) {
    let mut draft = form.draft();
    let remembered = form.app.read(Entry::Contact);
    let remembered = remembered.and_then(|saved| answers_from_json(&json::parse(&saved).ok()?));
    let Some(remembered) = remembered.filter(|_| draft.answers_where(is_personal).is_empty())
    else {
        return;
    };
    for (name, answer) in remembered {
        draft.set(&name, answer);
    }
    form.save(&mut draft);
}

fn remember_choice(form: &Rc<Form>, page: &Rc<QuestionPage>) -> View {
    let app = form.app;
    if app.is_shared_computer() {
        return View::Nothing;
    }
    let is_remembered = app.read(Entry::Contact).is_some();
    let page = page.clone();
    let input = el("input")
        .attr("type", "checkbox")
        .attr("id", "remember")
        .prop("checked", is_remembered)
        .on("change", move |event| {
            let is_wanted = dom::is_checked(&event);
            let mut draft = page.draft.borrow_mut();
            draft.remembers_contact = is_wanted;
            page.form.save(&mut draft);
            if !is_wanted {
                app.erase(Entry::Contact);
            }
        });
    el("label")
        .class("choice")
        .child(input)
        .child(el("span").child(app.t(k::CONTACT_REMEMBER)))
        .into()
}

/// Remembers the resident's contact details after sending, if they asked for it.
pub(super) fn remember_contact(form: &Form) {
    let (app, draft) = (form.app, form.draft());
    let answers = draft.answers_where(is_personal);
    let is_wanted = draft.remembers_contact || app.read(Entry::Contact).is_some();
    // Staying anonymous once is not a request to erase the remembered details.
    if is_wanted && !answers.is_empty() {
        let saved = json::write(&answers_to_json(&answers));
        app.write(Entry::Contact, &saved);
    }
}
