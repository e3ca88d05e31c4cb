//! The page with a guide's eligibility questions. A question appears once earlier answers make it relevant; answers
//! are checked when they are submitted. Which questions are asked, and what follows, is decided by `guide::Personal`.

use super::open::OpenGuide;
use super::progress::ProgressStore;
use super::text::GuideText;
use crate::app::App;
use crate::platform::dom::Event;
use crate::ui::{
    ErrorText, FieldError, RadioGroup, button, error_summary, focus_error_summary, paragraph,
    radio_group, reactive_if_changed, title,
};
use crate::view::Signal;
use crate::view::{View, el};
use frontdoor_core::i18n::k;
use frontdoor_core::route::Route;
use guide::{Answers, Personal, Question};
use std::rc::Rc;

/// The page with the questions of a guide.
pub(super) fn eligibility_page(app: App, open: &Rc<OpenGuide>) -> View {
    let store = ProgressStore::of(app, &open.guide.id);
    let text = Rc::new(GuideText::new(app, &open.guide));
    let answers = Signal::new(store.chosen_answers());
    let errors = Signal::new(Vec::new());
    let questions: Vec<View> = (0..open.guide.questions.len())
        .map(|index| {
            let (asked, drawn) = (
                (open.clone(), answers.clone()),
                (open.clone(), answers.clone()),
            );
            let (text, errors, store) = (text.clone(), errors.clone(), store.clone());
            reactive_if_changed(
                move || {
                    let (open, answers) = &asked;
                    let question = open.guide.questions.get(index)?;
                    answers.with(|answers| {
                        let personal = Personal::new(&open.guide, answers);
                        personal
                            .asked()
                            .any(|asked| asked.id == question.id)
                            .then_some(())
                    })
                },
                move |()| {
                    let (open, answers) = &drawn;
                    let question = open.guide.questions.get(index);
                    question
                        .map(|question| {
                            radio_question(&text, index, question, answers, &store, &errors)
                        })
                        .into()
                },
            )
        })
        .collect();
    let (submitted, shown) = (open.clone(), errors.clone());
    let submit = move |event: Event| {
        event.prevent_default();
        let open = &submitted;
        let answers = answers.get_untracked();
        let personal = Personal::new(&open.guide, &answers);
        let missing = missing(app, open, &personal);
        if !missing.is_empty() {
            shown.set(missing);
            return focus_error_summary(app);
        }
        store.confirm(answers.clone());
        let guide = Route::guide(&open.guide.id);
        if app.came_from(&guide) {
            app.back();
        } else {
            app.replace(guide);
        }
        if let Some(outcome) = personal.outcome() {
            app.toast_after_navigation(GuideText::new(app, &open.guide).plain(&outcome.title));
        }
    };
    let form = el("form")
        .attr("novalidate", "")
        .on("submit", submit)
        .child(questions)
        .child(button("submit", "btn", app.t(k::GUIDE_SHOW_MINE)));
    let head = el("div")
        .child(text.paragraph("quiet", &open.guide.title))
        .child(title(app, app.t(k::GUIDE_CHECK_HEADING)));
    // Questions are drawn when they appear, but the translation notice covers all of them from the start.
    for question in &open.guide.questions {
        let options = question.options.iter().map(|option| &option.label);
        for field in options.chain([&question.label, &question.hint]) {
            text.plain_marked(field);
        }
    }
    let notice = text.notice();
    [
        error_summary(app, errors),
        head.into(),
        notice,
        paragraph("", app.t(k::GUIDE_CHECK_MORE)),
        form.into(),
    ]
    .into()
}

fn field_id(index: usize) -> String {
    ["question-", &index.to_string()].concat()
}

fn missing(app: App, open: &OpenGuide, personal: &Personal) -> Vec<FieldError> {
    let text = GuideText::new(app, &open.guide);
    let questions = open.guide.questions.iter().enumerate();
    questions
        .filter(|(_, question)| {
            let is_asked = personal.asked().any(|asked| asked.id == question.id);
            is_asked && personal.answer(&question.id).is_none()
        })
        .map(|(index, question)| {
            let label = text.plain(&question.label);
            let message = app.t_with(k::FAULT_NOT_CHOSEN, &[("label", &label)]);
            ([&field_id(index), "-0"].concat(), message)
        })
        .collect()
}

fn radio_question(
    text: &GuideText,
    index: usize,
    question: &Question,
    answers: &Signal<Answers>,
    store: &Rc<ProgressStore>,
    errors: &Signal<Vec<FieldError>>,
) -> View {
    let id = field_id(index);
    let first = [&id, "-0"].concat();
    let errors = errors.clone();
    let error: ErrorText = Rc::new(move || {
        errors.with(|errors| {
            let own = errors.iter().find(|(field, _)| *field == first);
            own.map(|(_, message)| message.clone())
        })
    });
    let options = question.options.iter();
    let options = options.map(|option| (option.id.clone(), text.view(&option.label)));
    let (all, store, asked) = (answers.clone(), store.clone(), question.id.clone());
    radio_group(RadioGroup {
        id,
        label: text.view(&question.label),
        hint: text.plain_marked(&question.hint),
        options: options.collect(),
        chosen: answers.with_untracked(|answers| answers.get(&question.id).map(str::to_owned)),
        error,
        on_choose: Rc::new(move |option| {
            let mut answers = all.get_untracked();
            answers.set(&asked, option);
            store.choose(&answers);
            all.set(answers);
        }),
    })
}
