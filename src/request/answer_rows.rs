//! The answers of a draft as the resident checks them, and as they are kept with the copy of a request that was sent.
//! Does not know what is sent.

use super::form::Form;
use crate::app::App;
use crate::platform::intl;
use crate::ui::{hidden, link};
use crate::view::{View, el};
use frontdoor_core::i18n::k;
use frontdoor_core::request::answer::{DateParts, date};
use frontdoor_core::request::draft::Draft;
use frontdoor_core::request::wording::answer_text;
use frontdoor_core::route::Step;
use frontdoor_core::time::UnixMs;
use open311::Civil;

/// One answer on the page.
pub(super) struct AnswerRow {
    pub(super) label: String,
    pub(super) text: String,
    step: Step,
}

/// The answers of a draft, in the order of the form; with what is missing, the pin and the photos.
pub(super) fn rows(form: &Form, draft: &Draft) -> Vec<AnswerRow> {
    let app = form.app;
    let mut rows = Vec::new();
    let row = |label: String, text: String, step| AnswerRow { label, text, step };
    for (step, question) in form.questionnaire.active_questions(draft) {
        let answer = draft.answer(&question.name);
        let text = answer_text(&question, answer, |parts| date_answer_text(app, parts));
        let is_place = question.name == "address_string";
        let is_needed = question.required && !(is_place && draft.pin.is_some());
        if !text.is_empty() || is_needed {
            let text = if text.is_empty() {
                app.t(k::NOT_ANSWERED)
            } else {
                text
            };
            rows.push(row(question.label, text, step));
        }
        if is_place && draft.pin.is_some() {
            let text = app.t(k::CHECK_PIN_SET);
            rows.push(row(app.t(k::CHECK_PIN), text, Step::Place));
        }
    }
    if form.journey.config.max_photos() > 0 {
        let text = match draft.photos.len() {
            0 => app.t(k::CHECK_NO_PHOTOS),
            count => app.t_count(k::CHECK_PHOTOS, count, &[]),
        };
        let index = rows.iter().position(|row| row.step == Step::Contact);
        let photos = row(app.t(k::PHOTOS_LABEL), text, Step::Photos);
        rows.insert(index.unwrap_or(rows.len()), photos);
    }
    let is_anonymous = !form.questionnaire.items(Step::Contact).is_empty()
        && !rows.iter().any(|row| row.step == Step::Contact);
    if is_anonymous {
        let text = app.t(k::CHECK_ANONYMOUS);
        rows.push(row(app.t(k::CHECK_YOU), text, Step::Contact));
    }
    rows
}

impl AnswerRow {
    /// The answer, with a link to change it.
    pub(super) fn draw(self, form: &Form) -> View {
        let app = form.app;
        let inside = [app.t(k::CHANGE).into(), hidden(&self.label)];
        let change = link(app, form.at(self.step), "", inside);
        let answer = el("dd").child(el("span").child(self.text)).child(change);
        el("div")
            .child(el("dt").child(self.label))
            .child(answer)
            .into()
    }
}

fn date_answer_text(app: App, parts: &DateParts) -> String {
    let Ok(date) = date(parts) else {
        return String::new();
    };
    let civil = Civil {
        year: date.year as u16,
        month: date.month as u8,
        day: date.day as u8,
        time: None,
    };
    let language = app.language();
    let day = intl::day(&language, Some("UTC"), UnixMs(civil.as_if_utc())).unwrap_or_default();
    let time = date
        .time
        .and_then(|(hour, minute)| intl::time_of_day(&language, (hour * 60 + minute) as u16));
    match time {
        Some(time) => [&day, ", ", &time].concat(),
        None => day,
    }
}
