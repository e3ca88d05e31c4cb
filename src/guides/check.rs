//! The questions that say for whom a guide is: answered on one page, the next one coming as the
//! answers do, and looked at on “Continue”.

use super::open::Open;
use super::progress::Held;
use super::says::Says;
use crate::app::App;
use crate::i18n::k;
use crate::live::Live;
use crate::platform::view::{View, el};
use crate::route::Route;
use crate::ui::{
    Choose, Fault, Mistake, button, choose, focus_summary, follow, paragraph, summary, title,
};
use guide::{Answers, Personal, Question};
use std::rc::Rc;

/// The questions of a guide.
pub(super) fn check(app: App, open: &Rc<Open>) -> View {
    let held = Held::of(app, &open.guide.id);
    let says = Rc::new(Says::new(app, &open.guide));
    let answers = Live::new(held.chosen());
    let mistakes = Live::new(Vec::new());
    let questions: Vec<View> = (0..open.guide.questions.len())
        .map(|index| {
            let (asked, drawn) = (
                (open.clone(), answers.clone()),
                (open.clone(), answers.clone()),
            );
            let (says, mistakes, held) = (says.clone(), mistakes.clone(), held.clone());
            follow(
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
                        .map(|question| one(&says, index, question, answers, &held, &mistakes))
                        .into()
                },
            )
        })
        .collect();
    let (open_for_submit, told) = (open.clone(), mistakes.clone());
    let submit = move |event: web_sys::Event| {
        event.prevent_default();
        let open = &open_for_submit;
        let answers = answers.now();
        let personal = Personal::new(&open.guide, &answers);
        let missing = missing(app, open, &personal);
        if !missing.is_empty() {
            told.set(missing);
            return focus_summary(app);
        }
        held.answer(answers.clone());
        let whole = Route::guide(&open.guide.id);
        match app.came_from(&whole) {
            true => app.back(),
            false => app.go_instead(whole),
        }
        if let Some(outcome) = personal.outcome() {
            app.announce_there(Says::new(app, &open.guide).words(&outcome.title));
        }
    };
    let form = el("form")
        .attr("novalidate", "")
        .on("submit", submit)
        .put(questions)
        .put(button("submit", "btn", app.t(k::GUIDE_SHOW_MINE)));
    let head = el("div")
        .put(says.paragraph("quiet", &open.guide.title))
        .put(title(app.t(k::GUIDE_CHECK_HEADING)));
    // The questions are drawn as they are asked; what their words are is known now.
    for question in &open.guide.questions {
        let options = question.options.iter().map(|option| &option.label);
        for text in options.chain([&question.label, &question.hint]) {
            says.said(text);
        }
    }
    let notice = says.notice();
    [
        summary(app, mistakes),
        head.into(),
        notice,
        paragraph("", app.t(k::GUIDE_CHECK_MORE)),
        form.into(),
    ]
    .into()
}

fn name(index: usize) -> String {
    ["question-", &index.to_string()].concat()
}

fn missing(app: App, open: &Open, personal: &Personal) -> Vec<Mistake> {
    let says = Says::new(app, &open.guide);
    let questions = open.guide.questions.iter().enumerate();
    questions
        .filter(|(_, question)| {
            let is_asked = personal.asked().any(|asked| asked.id == question.id);
            is_asked && personal.answer(&question.id).is_none()
        })
        .map(|(index, question)| {
            let label = says.words(&question.label);
            let words = app.t_with(k::FAULT_NOT_CHOSEN, &[("label", &label)]);
            ([&name(index), "-0"].concat(), words)
        })
        .collect()
}

fn one(
    says: &Says,
    index: usize,
    question: &Question,
    answers: &Live<Answers>,
    held: &Rc<Held>,
    mistakes: &Live<Vec<Mistake>>,
) -> View {
    let id = name(index);
    let first = [&id, "-0"].concat();
    let mistakes = mistakes.clone();
    let fault: Fault = Rc::new(move || {
        mistakes.with(|mistakes| {
            let own = mistakes.iter().find(|(field, _)| *field == first);
            own.map(|(_, words)| words.clone())
        })
    });
    let options = question.options.iter();
    let options = options.map(|option| (option.id.clone(), says.text(&option.label)));
    let (all, held, asked) = (answers.clone(), held.clone(), question.id.clone());
    choose(Choose {
        id,
        label: says.text(&question.label),
        hint: says.said(&question.hint),
        options: options.collect(),
        chosen: answers.peek(|answers| answers.get(&question.id).map(str::to_owned)),
        fault,
        told: Rc::new(move |option| {
            let mut answers = all.now();
            answers.set(&asked, option);
            held.choose(&answers);
            all.set(answers);
        }),
    })
}
